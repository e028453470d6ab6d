//go:build unix

package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// editHome is a home folder with a deck of the given text and an editor that
// notes what it is called with and does what script says to the file "$last".
func editHome(t *testing.T, text, script string) (home, deck string, environment []string) {
	t.Helper()
	home = t.TempDir()
	deck, editor := filepath.Join(home, "decks", "mine.toml"), filepath.Join(home, "vi")
	err := errors.Join(os.MkdirAll(filepath.Dir(deck), 0o700), os.WriteFile(deck, []byte(text), 0o600),
		os.WriteFile(editor, []byte("#!/bin/sh\nfor last; do :; done\necho \"$@\" >> \""+home+"/called\"\n"+script+"\n"), 0o700))
	if err != nil {
		t.Fatal(err)
	}
	return home, deck, []string{"VISUAL=", "EDITOR=" + editor}
}

func called(t *testing.T, home string) string {
	t.Helper()
	out, err := os.ReadFile(filepath.Join(home, "called"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func TestDeckEditOpensAtTheMistake(t *testing.T) {
	t.Parallel()
	home, deck, environment := editHome(t, "[deck]\ntitle = \"坏\"\n\n[[card]]\nfront = \"题\"\nback = 3\n", `sed -i.bak 's/^back = .*/back = "答"/' "$last"`)
	w := openWith(t, 80, 24, environment, home, "deck", "edit", deck)
	w.shows("nothing wrong")
	if code := w.ends(); code != 0 {
		t.Errorf("got exit %d, want 0", code)
	}
	if got, want := called(t, home), "+6 "+deck; got != want {
		t.Errorf("the editor was called with %q, want %q", got, want)
	}
	// The deck is known now, and found by its name.
	w = openWith(t, 80, 24, environment, home, "deck", "edit", "坏")
	w.shows("1 card")
	w.ends()
	if got, want := called(t, home), "+1 "+deck; !strings.HasSuffix(got, want) {
		t.Errorf("the editor was called with %q, want %q at last", got, want)
	}
}

func TestDeckEditSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	home, deck, environment := editHome(t, "[deck]\ntitle = \"好\"\n\n[[card]]\nfront = \"题\"\nback = \"答\"\n", `echo 'nonsense' >> "$last"`)
	w := openWith(t, 80, 24, environment, home, "deck", "edit", deck)
	w.shows("opens the file again")
	w.shows("mine.toml:7:")
	if code := w.ends(); code != 1 {
		t.Errorf("got exit %d, want 1", code)
	}
}

func TestDeckEditCopiesTheShippedDeck(t *testing.T) {
	t.Parallel()
	home, deck, environment := editHome(t, "[deck]\ntitle = \"好\"\n", "")
	w := openWith(t, 80, 24, environment, home, "deck", "edit", "llm-basics")
	w.shows("Make the copy?")
	w.press("n")
	if code := w.ends(); code != 0 {
		t.Errorf("got exit %d after a no, want 0", code)
	}
	if files, err := os.ReadDir(filepath.Dir(deck)); err != nil || len(files) != 1 {
		t.Errorf("got files %v, %v after a no, want only the one of before", files, err)
	}
	w = openWith(t, 80, 24, environment, home, "deck", "edit", "llm-basics")
	w.shows("Make the copy?")
	w.press("y")
	w.shows("nothing wrong")
	w.ends()
	if got := called(t, home); !strings.Contains(got, filepath.Join("decks", "llm-basics.")) {
		t.Errorf("the editor was called with %q, want the copy", got)
	}
}
