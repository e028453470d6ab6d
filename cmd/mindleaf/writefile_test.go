package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
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

func TestWriteNewLeavesNothingHalf(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "decks")
	path := filepath.Join(folder, "deck.toml")
	full := errors.New("the disk is full")
	half := io.MultiReader(strings.NewReader("[deck]"), iotest.ErrReader(full))
	if err := writeNew(path, half); !errors.Is(err, full) {
		t.Errorf("got %v, want %v", err, full)
	}
	if left := namesIn(t, folder); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
	// Whoever is killed while the file is written leaves nothing under its name.
	err := fillNew(path, func(w io.Writer) error {
		_, err := io.WriteString(w, "[deck]")
		if slices.Contains(namesIn(t, folder), "deck.toml") {
			t.Error("the file has its name before it is whole")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := namesIn(t, folder); !slices.Equal(got, []string{"deck.toml"}) {
		t.Errorf("got %v", got)
	}
}

func TestWriteNewOverwritesNothing(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "deck.toml")
	err := fillNew(path, func(w io.Writer) error {
		// Another program writes the very file meanwhile.
		return os.WriteFile(path, []byte("theirs"), 0o600)
	})
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v, want that it is there", err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "theirs" {
		t.Errorf("got %q, %v", got, err)
	}
	if got := namesIn(t, folder); !slices.Equal(got, []string{"deck.toml"}) {
		t.Errorf("got %v", got)
	}
}

func TestWhatKilledCommandsLeftIsSwept(t *testing.T) {
	home := t.TempDir()
	a := &app{places: places{config: filepath.Join(home, "config", "config.toml"), database: filepath.Join(home, "mindleaf.db"), decks: filepath.Join(home, "decks")}}
	old := time.Now().Add(-25 * time.Hour)
	tests := []struct {
		path string
		at   time.Time
		gone bool
	}{
		{"decks/.mindleaf-123", old, true},
		{"decks/.imported/.mindleaf-123", old, true},
		{"decks/removed/.mindleaf-123", old, true},
		{"config/.mindleaf-1", old, true},
		{".mindleaf-1", old, true},
		{"mindleaf.db.restored", old, true},
		{"mindleaf.db.restored-wal", old, true},
		{"decks/.mindleaf-124", time.Now(), false},
		{"decks/.mindleaf-", old, false},
		{"decks/.mindleaf-12a", old, false},
		{"decks/mindleaf-12", old, false},
		{"decks/.mindleaf-5/mine.toml", old, false},
		{"decks/mindleaf.db.restored", old, false},
		{"mindleaf.db", old, false},
		{"mindleaf.db.restored-notes", old, false},
	}
	for _, tt := range tests {
		path := filepath.Join(home, filepath.FromSlash(tt.path))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o600), os.Chtimes(path, tt.at, tt.at)); err != nil {
			t.Fatal(err)
		}
	}
	backup := filepath.Join(home, "b.db")
	if err := os.WriteFile(backup, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	a.sweepHome(backup)
	for _, tt := range tests {
		if gone := !exists(filepath.Join(home, filepath.FromSlash(tt.path))); gone != tt.gone {
			t.Errorf("%s: gone %v, want %v", tt.path, gone, tt.gone)
		}
	}
}

func TestWritingSweepsTheFolder(t *testing.T) {
	folder := t.TempDir()
	left := filepath.Join(folder, ".mindleaf-7")
	old := time.Now().Add(-25 * time.Hour)
	if err := errors.Join(os.WriteFile(left, nil, 0o600), os.Chtimes(left, old, old), writeFile(filepath.Join(folder, "all.json"), strings.NewReader("{}"))); err != nil {
		t.Fatal(err)
	}
	if got := namesIn(t, folder); !slices.Equal(got, []string{"all.json"}) {
		t.Errorf("got %v", got)
	}
}
