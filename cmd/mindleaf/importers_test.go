package main

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// TestImportOfChineseExcel imports what Excel writes in China, small and larger than
// what is looked at to tell what a file is; and XML that says in which encoding it is.
func TestImportOfChineseExcel(t *testing.T) {
	w := newWorld(t)
	row := "注意力是什么？,让每个位置看别的位置\n"
	for name, text := range map[string]string{"small.csv": row, "large.csv": strings.Repeat(row, headBytes/len(row)+1), "map.opml": `<?xml version="1.0" encoding="GBK"?>
<opml><body><outline text="注"/><outline text="意"/></body></opml>`} {
		raw, err := simplifiedchinese.GBK.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		w.write("../"+name, raw)
		out, talk, code := w.call("import", filepath.Join(w.home, name), "--dry-run", "--json")
		if code != exitDone || !strings.Contains(out, "注") {
			t.Errorf("%s: exit %d: %s%.300s", name, code, talk, out)
		}
		if got, want := strings.Contains(out, "not UTF-8; read as GB18030"), name != "map.opml"; got != want {
			t.Errorf("%s: said that it is not UTF-8: %v, want %v", name, got, want)
		}
	}
}
