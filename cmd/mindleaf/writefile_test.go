package main

import (
	"path/filepath"
	"testing"

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
