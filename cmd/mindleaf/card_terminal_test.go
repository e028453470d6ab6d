//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTerminalCardEdit has a card that comes with the program edited: a copy is
// made, the editor is run at its line, and what it wrote is studied.
func TestTerminalCardEdit(t *testing.T) {
	home := t.TempDir()
	editor := filepath.Join(t.TempDir(), "vi")
	script := "#!/bin/sh\necho \"$1\" > " + home + "/line\nsed 's/^title = .*/title = \"改过的\"/' \"$2\" > \"$2.new\" && mv \"$2.new\" \"$2\"\n"
	if err := os.WriteFile(editor, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	w := openWith(t, 80, 24, []string{"VISUAL=", "EDITOR=" + editor}, home, "card", "edit", "llm-basics/moe-what")
	w.shows("Make the copy?")
	w.press("y\r")
	if code := w.ends(); code != 0 {
		t.Fatalf("exit %d: %s", code, w.text())
	}
	line, err := os.ReadFile(filepath.Join(home, "line"))
	if err != nil || !strings.HasPrefix(string(line), "+") || string(line) == "+1\n" {
		t.Errorf("the editor was given %q, %v, want the line of the card", line, err)
	}
	list := open(t, 80, 24, home, "deck", "list")
	list.shows("改过的")
}

// TestTerminalCardConfirm has several cards suspended, first refusing, then
// agreeing, in a narrow window.
func TestTerminalCardConfirm(t *testing.T) {
	home := t.TempDir()
	for _, c := range []struct{ key, says string }{{"n\r", ""}, {"y\r", "suspended: 8 cards"}} {
		w := openWith(t, 40, 15, nil, home, "card", "suspend", "section:优化算法")
		w.shows("Suspend 8 cards now?")
		w.press(c.key)
		if c.says != "" {
			w.shows(c.says)
		}
		if code := w.ends(); code != 0 {
			t.Fatalf("exit %d: %s", code, w.text())
		}
	}
	open(t, 40, 15, home, "card", "search", "is:suspended", "--limit", "1").shows("1 of 8 cards")
}

// TestTerminalLeech has a card become a leech in the smallest window: what is
// asked must be seen there without scrolling past the card.
func TestTerminalLeech(t *testing.T) {
	home := t.TempDir()
	if err := os.WriteFile(filepath.Join(home, "config.toml"), []byte("shipped_deck = false\n[review]\nleech_lapses = 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(home, "decks"), 0o700); err != nil {
		t.Fatal(err)
	}
	card := "[deck]\ntitle = \"d\"\n[[card]]\nfront = \"Which organelle of the plant cell is it that photosynthesis goes on in?\"\nback = \"the chloroplast\"\n"
	if err := os.WriteFile(filepath.Join(home, "decks", "d.toml"), []byte(card), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, now := range []string{"2026-01-05", "2026-01-06"} {
		w := openWith(t, 20, 10, []string{"TEST_NOW=" + now + "T09:00:00+08:00"}, home, "review")
		w.shows("Space")
		w.press(" 3")
		w.shows("Tomorrow")
		if code := w.ends(); code != 0 {
			t.Fatalf("exit %d: %s", code, w.text())
		}
	}
	w := openWith(t, 20, 10, []string{"TEST_NOW=2026-02-06T09:00:00+08:00"}, home, "review")
	w.shows("Space")
	w.press(" 1")
	w.until("what has happened, and what to do", func(screen string) bool {
		return strings.Contains(screen, "You have failed") && strings.Contains(screen, "rewrite")
	})
	w.press("\x03")
	if code := w.ends(); code != 130 {
		t.Fatalf("exit %d: %s", code, w.text())
	}
}
