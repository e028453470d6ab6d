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
