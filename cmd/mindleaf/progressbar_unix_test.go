//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestImportOfMapShowsProgress imports a map large enough for the cards to take a while.
func TestImportOfMapShowsProgress(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	var text strings.Builder
	text.WriteString("# 图\n")
	for section := range 40 {
		fmt.Fprintf(&text, "\n## 章%d\n\n", section)
		for leaf := range 30 {
			fmt.Fprintf(&text, "- 名词%d：解释%d\n", section*30+leaf, leaf)
		}
	}
	name := filepath.Join(home, "map.md")
	if err := os.WriteFile(name, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, terminal := range []bool{true, false} {
		c := exec.Command(must1(os.Executable()))
		c.Args = []string{"mindleaf", "--home", home, "import", "--dry-run", name}
		c.Env = append(os.Environ(), "LANG=C.UTF-8", "TERM=xterm", "NO_COLOR=1", "TEST_NOW=2026-01-05T09:00:00+08:00")
		show := piped
		if terminal {
			show = onTerminal
		}
		out := show(t, c)
		if got := bytes.Contains(out, []byte("\rmaking cards [")); got != terminal {
			t.Errorf("on a terminal %v, but a bar %v: %q", terminal, got, out)
		}
		if !bytes.Contains(out, []byte("1200 leaves")) {
			t.Errorf("got %q", out)
		}
	}
}
