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
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck/property"
)

// hostile is what a terminal would obey: a colour, a title, the clipboard, a
// bell, a lone escape, C1 controls, and what turns the direction of text.
const hostile = "\x1b[31m\x1b]0;标题\x07\x1b]52;c;eA==\x1b\\\a\x1b\u009b2J\u009d0;x\u009c\u202e\u2066\u0008"

// obeyed returns the first character of output that a terminal obeys, -1 when
// there is none.
func obeyed(output []byte) rune {
	for _, r := range string(output) {
		switch {
		case r == '\n' || r == '\t':
		case r < ' ', r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return r
		}
	}
	return -1
}

// turning is the part of hostile that a deck file may have.
const turning = "\u202e\u2066"

// tomlText writes a text with something behind it as a TOML string.
func tomlText(s, behind string) string {
	var b strings.Builder
	for _, r := range s + behind {
		fmt.Fprintf(&b, "\\U%08x", r)
	}
	return `"` + b.String() + `"`
}

// hostileHome is a home folder in which every text of the decks, and a file name,
// is hostile.
func hostileHome(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	good := "format = 1\n[deck]\nid = \"evil\"\ntitle = " + tomlText("卡组", turning) + "\nlanguage = \"zh\"\n[[leaf]]\npath = [" + tomlText("章", turning) + ", " + tomlText("节", turning) +
		"]\ntext = " + tomlText("知识点", turning) + "\nlevel = \"beginner\"\n[[leaf.card]]\nid = \"one\"\nfront = " + tomlText("问题", turning) + "\nback = " + tomlText("答案", turning) +
		"\nnote = " + tomlText("注", turning) + "\nsource = " + tomlText("出处", turning) + "\n"
	files := map[string]string{
		"config.toml":                        "shipped_deck = false\n",
		"decks/mine" + hostileName + ".toml": good,
		"decks/bad" + hostileName + ".toml":  "[deck]\ntitle = " + tomlText("坏", hostile) + "\n" + tomlText("键", hostile) + " = 1\n",
		"cards" + hostileName + ".csv":       "问" + hostile + ",答" + hostile + "\n",
		"outline" + hostileName + ".md":      "# 图" + hostile + "\n\n- 章" + hostile + "\n  - 节" + hostile + "：点\n",
	}
	for name, text := range files {
		path := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return home
}

// hostileName is hostile as far as a file name can be.
var hostileName = strings.ReplaceAll(hostile, "/", "")

// TestNothingIsObeyed runs every command that shows something, on decks and files
// whose texts and names a terminal would obey.
func TestNothingIsObeyed(t *testing.T) {
	property.OneAtATime(t)
	home := hostileHome(t)
	in := func(name string) string { return filepath.Join(home, name) }
	mine, bad := in("decks/mine"+hostileName+".toml"), in("decks/bad"+hostileName+".toml")
	commands := [][]string{
		{}, {"due"}, {"deck", "list"}, {"deck", "show", "evil"}, {"progress"}, {"map"}, {"stats"}, {"path"}, {"path", "focus", "章"},
		{"review", "--plain"}, {"progress"}, {"due"}, {"quiz", "--plain"}, {"undo"}, {"backlog"},
		{"deck", "check"}, {"deck", "check", mine}, {"deck", "check", bad}, {"deck", "show", hostile}, {"doctor"}, {"backup", "list"},
		{"import", "--dry-run", in("cards" + hostileName + ".csv")}, {"import", "--dry-run", in("outline" + hostileName + ".md")},
		{"import", bad}, {"import", in("nowhere" + hostileName)}, {"restore", in("nowhere" + hostileName)}, {"config", "get", hostile},
		{hostile}, {"review", "--" + hostile}, {"review", "--deck", hostile}, {"deck", "list", "--json"},
	}
	for _, args := range commands {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			c := exec.Command(self)
			c.Args = append([]string{"mindleaf", "--home", home}, args...)
			c.Env = append(os.Environ(), "LANG=C.UTF-8", "NO_COLOR=1", "TEST_NOW=2026-01-05T09:00:00+08:00")
			c.Stdin = strings.NewReader("\n3\n\n3\n")
			var out bytes.Buffer
			c.Stdout, c.Stderr = &out, &out
			_ = c.Run() // some of them must fail; what they show counts
			if !utf8.Valid(out.Bytes()) {
				t.Errorf("not UTF-8: %q", out.String())
			}
			if r := obeyed(out.Bytes()); r >= 0 {
				t.Errorf("%U reaches the screen: %q", r, out.String())
			}
		})
	}
}
