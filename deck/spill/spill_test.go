package spill

import (
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
	s, err := New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var spots []Spot
	for i := range want {
		in, err := s.Add(&want[i])
		if err != nil {
			t.Fatal(err)
		}
		spots = append(spots, in)
	}
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	for i := len(want) - 1; i >= 0; i-- {
		got, err := s.Get(spots[i])
		if diff := cmp.Diff(want[i], got); err != nil || diff != "" {
			t.Errorf("leaf %d: %v (-want +got):\n%s", i, err, diff)
		}
	}
	i := 0
	for got := range s.All {
		if diff := cmp.Diff(&want[i], got); diff != "" {
			t.Errorf("leaf %d of all (-want +got):\n%s", i, diff)
		}
		i++
	}
	if i != len(want) {
		t.Errorf("all are %d, want %d", i, len(want))
	}
	for short := range spots[1].size {
		if _, err := s.Get(Spot{spots[1].at, short}); !errors.Is(err, ErrChanged) {
			t.Fatalf("%d of %d bytes: got %v, want %v", short, spots[1].size, err, ErrChanged)
		}
	}
	if _, err := s.Get(Spot{spots[2].at, spots[2].size + 1}); err == nil {
		t.Error("read more than there is without an error")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.file.Close(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("closing again: got %v, want %v", err, os.ErrClosed)
	}
}

// TestAllEndsEarly cuts the file off at every length: only whole leaves are visited.
func TestAllEndsEarly(t *testing.T) {
	s, err := New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	leaf := deck.Leaf{Entries: []deck.Entry{{ID: "c", Front: "问", Back: strings.Repeat("答", 100)}}}
	for range 3 {
		if _, err := s.Add(&leaf); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	for size := s.size; size >= 0; size-- {
		if err := s.file.Truncate(size); err != nil {
			t.Fatal(err)
		}
		n := 0
		for range s.All {
			n++
		}
		if want := int(size * 3 / s.size); n != want {
			t.Errorf("%d of %d bytes: got %d leaves, want %d", size, s.size, n, want)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
