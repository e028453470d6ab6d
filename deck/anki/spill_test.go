package anki

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/deck"
)

func TestSpill(t *testing.T) {
	want := []deck.Leaf{
		{},
		{Path: []string{"章", ""}, Text: "叶子", Level: deck.Advanced, Entries: []deck.Entry{
			{ID: "a", Kind: deck.Choice, Front: strings.Repeat("问", 1000), Back: "答", Note: "n", Source: "s",
				Choices: []deck.Option{{Text: "b", Why: "c"}, {Text: "d"}}, Accept: []string{"e"}, Tags: []string{"f", "g"}, Media: []string{"h.png"}},
			{ID: "b", Kind: deck.Cloze, Front: "{{x}}"},
		}},
		{Entries: []deck.Entry{{ID: "c", Kind: deck.Typed, Front: "a", Back: "b"}}},
	}
	s, err := newSpill(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var spots []spot
	for i := range want {
		in, err := s.add(&want[i])
		if err != nil {
			t.Fatal(err)
		}
		spots = append(spots, in)
	}
	if err := s.to.Flush(); err != nil {
		t.Fatal(err)
	}
	for i := len(want) - 1; i >= 0; i-- {
		got, err := s.get(spots[i])
		if diff := cmp.Diff(want[i], got); err != nil || diff != "" {
			t.Errorf("leaf %d: %v (-want +got):\n%s", i, err, diff)
		}
	}
	for short := range spots[1].size {
		if _, err := s.get(spot{spots[1].at, short}); !errors.Is(err, ErrDamaged) {
			t.Fatalf("%d of %d bytes: got %v, want %v", short, spots[1].size, err, ErrDamaged)
		}
	}
	if _, err := s.get(spot{spots[2].at, spots[2].size + 1}); err == nil {
		t.Error("read more than there is without an error")
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	if err := s.file.Close(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("closing again: got %v, want %v", err, os.ErrClosed)
	}
}

// TestSpillFails has what was put aside become unreadable: the leaves end, and Err
// says why.
func TestSpillFails(t *testing.T) {
	data := mixed().legacy(t)
	p, err := Open(t.Context(), bytes.NewReader(data), int64(len(data)), Options{Folder: t.TempDir(), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	decks, err := p.Decks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := p.spill.file.Truncate(p.spill.size - 1); err != nil {
		t.Fatal(err)
	}
	leaves, wrong := 0, 0
	for _, d := range decks {
		for range d.Leaves {
			leaves++
		}
		if p.Err() != nil {
			wrong++
		}
	}
	if wrong == 0 || leaves == 0 {
		t.Errorf("got %d leaves of the others, %d errors, want some of both", leaves, wrong)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
}
