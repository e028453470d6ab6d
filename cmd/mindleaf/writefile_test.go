package main

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck"
)

func TestNewDeckPathStaysInTheFolder(t *testing.T) {
	a := &app{places: places{decks: filepath.Join("home", "decks")}}
	for id, want := range map[deck.ID]string{
		"llm-basics": "llm-basics.toml", "生物": "生物.toml", `..\..\x`: "x.toml", "../../x": "x.toml", "..": "deck.toml", "C:x": "c-x.toml",
	} {
		got := filepath.ToSlash(a.newDeckPath(id))
		if got != "home/decks/"+want {
			t.Errorf("got %s for %q, want %s in home/decks", got, id, want)
		}
	}
}

func TestLongTitlesMakeUsableIDs(t *testing.T) {
	for _, title := range []string{strings.Repeat("长", 83), strings.Repeat("长", 84), strings.Repeat("长", 400), "x" + strings.Repeat("-长", 400), strings.Repeat("a", 251)} {
		id := string(deckIDOf(title))
		if len(id)+len(".toml") > deck.MaxIDBytes || !utf8.ValidString(id) || slug(id) != id || !strings.HasPrefix(title, id) {
			t.Errorf("%.20s… of %d bytes: got %q", title, len(title), id)
		}
		if len(title) <= 250 && id != title {
			t.Errorf("%q was cut to %q", title, id)
		}
	}
}
