package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// imports says what each package may import besides the standard library.
// Arrows point down only: do not change this table to make a test pass.
var imports = map[string][]string{
	"cmd/mindleaf": {
		"deck/ahead", "deck/markdown", "deck/table",
		"cmd/mindleaf/internal/term", "deck", "deck/anki", "deck/cardgen", "deck/lazyregexp", "deck/spelling", "deck/spill", "deck/textfile", "deck/mindmap", "deck/outline", "deck/pack", "deck/tomlfile", "decks",
		"srs", "srs/draw", "srs/filter", "srs/path", "srs/place", "srs/quiz", "srs/session", "srs/simulate", "srs/sm2", "store",
		"github.com/BurntSushi/toml", "github.com/spf13/cobra",
		"github.com/spf13/pflag",
	},
	"cmd/mindleaf/internal/term": {
		"deck", "deck/lazyregexp", "srs", "github.com/manifoldco/promptui", "github.com/rivo/uniseg", "golang.org/x/term", "golang.org/x/sys/windows", "golang.org/x/sys/unix",
	},
	"deck":            {},
	"deck/ahead":      {},
	"deck/spelling":   {},
	"deck/textfile":   {"golang.org/x/text"},
	"deck/outline":    {},
	"deck/mindmap":    {"deck/textfile", "deck/outline", "deck/lazyregexp", "github.com/yuin/goldmark", "golang.org/x/text"},
	"deck/cardgen":    {"deck", "deck/lazyregexp", "deck/outline"},
	"deck/markdown":   {"deck/textfile", "deck/lazyregexp", "deck"},
	"deck/table":      {"deck/textfile", "deck/lazyregexp", "deck"},
	"deck/tomlfile":   {"deck", "deck/spelling", "deck/textfile", "github.com/BurntSushi/toml"},
	"deck/anki":       {"deck", "deck/ahead", "deck/lazyregexp", "deck/spill", "modernc.org/sqlite", "github.com/klauspost/compress/zstd"},
	"deck/lazyregexp": {},
	"deck/pack":       {},
	"deck/spill":      {"deck", "deck/pack"},
	"deck/property":   {"pgregory.net/rapid"}, // for tests; no room imports it
	"decks":           {},
	"srs":             {},
	"srs/draw":        {"srs"},
	"srs/filter":      {"deck/spelling"},
	"srs/path":        {"srs", "deck"},
	"srs/place":       {},
	"srs/quiz":        {"deck", "github.com/rivo/uniseg", "golang.org/x/text"},
	"srs/session":     {"srs", "deck"},
	"srs/simulate":    {"srs"},
	"srs/sm2":         {"srs"},
	"store":           {"srs", "srs/filter", "deck", "deck/ahead", "modernc.org/sqlite"},
}

func TestImports(t *testing.T) {
	const module = "github.com/mindleaf/mindleaf/"
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		room := strings.TrimPrefix(p.ImportPath, module)
		allowed, known := imports[room]
		if !known {
			t.Errorf("package %s is not in the table of rooms", room)
		}
		for _, i := range p.Imports {
			first, _, _ := strings.Cut(i, "/")
			if name, ours := strings.CutPrefix(i, module); ours {
				i = name
			} else if !strings.Contains(first, ".") {
				continue
			}
			if !slices.ContainsFunc(allowed, func(a string) bool { return i == a || !strings.HasPrefix(a, "deck") && strings.HasPrefix(i, a+"/") }) {
				t.Errorf("%s must not import %s", room, i)
			}
		}
	}
}
