package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/anki"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/store"
)

func TestTakeBackRemovesNewDecksAlone(t *testing.T) {
	folder := t.TempDir()
	file := func(name string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	fresh, old := &plan{fresh: true, path: file("new"), base: filepath.Join(folder, "never written")}, &plan{path: file("old"), base: file("base"), merge: &merge{}}
	other := &plan{path: file("of another program")} // that came before ours was written
	if err := takeBack([]*plan{fresh, old, other}); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{fresh.path: false, old.path: true, old.base: true, other.path: true} {
		if got := exists(path); got != want {
			t.Errorf("%s exists: %v, want %v", filepath.Base(path), got, want)
		}
	}
}

func TestCardEvents(t *testing.T) {
	at := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	learned := anki.State{Phase: anki.Review, Due: 20500, LastDay: 20458, IntervalDays: 42, Ease: 230, Reps: 3, Lapses: 1}
	given := srs.Given{Phase: srs.Review, Due: 20500, LastDay: 20458, IntervalDays: 42, Ease: 230, Reps: 3, Lapses: 1}
	g := &anki.Progress{
		Events: []anki.Event{
			{Kind: anki.Reviewed, At: at, Day: 20458, Button: 1, Took: time.Second, State: learned},
			{Kind: anki.Reviewed, At: at, Day: 20458, Button: 4, FSRS: true, State: learned},
			{Kind: anki.Drilled, At: at, Day: 20458, Button: 2, State: learned},
			{Kind: anki.Placed, At: at, Day: 20458, State: learned},
		},
		Now: learned, At: at, AtDay: 20458, Suspended: true, Changed: at.Add(time.Hour), ChangedDay: 20459,
		Flag: 3, Made: at.Add(2 * time.Hour), MadeDay: 20460,
	}
	clock := at.UnixMilli()
	event := func(kind srs.EventKind, e srs.Event) srs.Event {
		e.Kind, e.At, e.Clock, e.Day = kind, at, clock, 20458
		e.Key.Seq = clock
		return e
	}
	want := []srs.Event{
		event(srs.ForeignReviewEvent, srs.Event{Grade: srs.Again, Took: time.Second, Scheduler: "anki sm2", Given: given}),
		event(srs.ForeignReviewEvent, srs.Event{Grade: srs.Easy, Scheduler: "anki fsrs", Given: given}),
		event(srs.DrillEvent, srs.Event{Grade: srs.Hard}),
		event(srs.SetStateEvent, srs.Event{Given: given}),
		{Kind: srs.SetStateEvent, At: at, Clock: clock, Day: 20458, Given: given},
		{Kind: srs.SuspendEvent, At: g.Changed, Clock: g.Changed.UnixMilli(), Day: 20459},
		{Kind: srs.FlagEvent, Flag: 3, At: g.Made, Clock: g.Made.UnixMilli(), Day: 20460},
	}
	got := cardEvents(g)
	if len(got) != len(want) {
		t.Fatalf("%d events, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("event %d is %+v, want %+v", i, got[i], want[i])
		}
	}
	for i, g := range srs.Grades {
		if button(g) != int8(i+1) || grades[i+1] != g {
			t.Errorf("grade %d has the button %d", g, button(g))
		}
	}
}

func TestMarksHaveLastingNumbers(t *testing.T) {
	l := store.Logged{Deck: "d", CardID: "c"}
	l.Kind, l.At = srs.SuspendEvent, time.UnixMilli(1_700_000_000_000)
	first := markSeq(l)
	if first != markSeq(l) || first < 1<<61 {
		t.Errorf("number %d does not last, or could be that of a review", first)
	}
	l.Kind = srs.UnsuspendEvent
	if markSeq(l) == first {
		t.Error("two events have the same number")
	}
}

func TestAdoptedID(t *testing.T) {
	adopted := map[deck.CardID]deck.CardID{"new": "old"}
	for card, want := range map[deck.CardID]deck.CardID{"new": "old", "new~2": "old~2", "new~rev": "old~rev", "other~1": "other~1", "other": "other"} {
		if got := adoptedID(adopted, card); got != want {
			t.Errorf("adoptedID(%q) = %q, want %q", card, got, want)
		}
	}
}
