package session

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

// snapshot is all that can be seen of a sitting and its log.
type snapshot struct {
	Turn        Turn
	More        bool
	Preview     [6]srs.State
	Left        []int64
	Counts      Left
	Done, Total int
	Summary     Summary
	Undoable    srs.Event
	States      map[int64]srs.State
}

func snap(s *Session, j *journal) snapshot {
	shot := snapshot{Preview: s.Preview(), Left: left(s), Counts: s.Left(), Summary: s.Summary(), States: make(map[int64]srs.State)}
	shot.Turn, shot.More = s.Current()
	shot.Done, shot.Total = s.Position()
	shot.Undoable, _ = s.CanUndo()
	for id, c := range j.cards {
		shot.States[id] = c.State
	}
	return shot
}

func drawCards(t *rapid.T) []srs.Card {
	cards := make([]srs.Card, rapid.IntRange(1, 12).Draw(t, "cards"))
	for i := range cards {
		id := int64(i + 1)
		cards[i] = fresh(id)
		if rapid.Bool().Draw(t, "due") {
			interval := rapid.Int32Range(1, 60).Draw(t, "interval")
			cards[i] = due(id, interval, today-srs.Day(rapid.Int32Range(0, 20).Draw(t, "overdue")))
		}
		cards[i].Leaf = rapid.Int64Range(0, 8).Draw(t, "leaf")
		cards[i].Section = cards[i].Leaf % 3
		cards[i].Seed = rapid.Uint32().Draw(t, "seed")
	}
	return cards
}

// TestUndoRestores goes through sittings of random turns. Every undo must bring
// back all that was seen before the event undone, and so must every refusal.
func TestUndoRestores(t *testing.T) {
	property.Check(t, func(rt *rapid.T) {
		j := newJournal(t, drawCards(rt)...)
		options := j.options(today)
		options.Limit = rapid.IntRange(0, 12).Draw(rt, "limit")
		s := New(options)
		var before []snapshot // one for each event in force
		for range rapid.IntRange(0, 40).Draw(rt, "turns") {
			now := snap(s, j)
			if before == nil {
				before = append(before, now)
			}
			op := rapid.SampledFrom([]string{"grade", "grade", "grade", "skip", "bury", "suspend", "refused", "undo", "undo"}).Draw(rt, "op")
			switch {
			case op == "undo":
				e, ok := s.CanUndo()
				if ok != (len(before) > 1) {
					rt.Fatalf("undo: got %v after %d events", ok, len(before)-1)
				}
				if ok {
					s.Undone(j.undo(t, e))
					same(rt, before[len(before)-1], snap(s, j))
					before = before[:len(before)-1]
				}
			case op == "skip":
				s.Skip()
			case !now.More:
			default:
				e := act(rt, s, op)
				if op == "refused" {
					s.Revert()
					same(rt, now, snap(s, j))
					continue
				}
				s.Recorded(j.record(e))
				before = append(before, now)
			}
			invariants(rt, s)
		}
		j.check(t)
	})
}

func act(t *rapid.T, s *Session, op string) srs.Event {
	at := noon.Add(time.Duration(len(s.moves)) * time.Minute)
	switch op {
	case "bury":
		return s.Bury(at)
	case "suspend":
		return s.Suspend(at)
	}
	g := srs.Grade(rapid.Int8Range(0, 5).Draw(t, "grade"))
	e, err := s.Grade(g, at, time.Duration(rapid.Int64Range(0, 1e11).Draw(t, "took")))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func same(t *rapid.T, want, got snapshot) {
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
}

// invariants checks that no card is queued twice and none of two siblings.
func invariants(t *rapid.T, s *Session) {
	ids := left(s)
	slices.Sort(ids)
	if len(slices.Compact(ids)) != s.reviews.len()+s.drill.len() {
		t.Fatalf("a card is queued twice: %v", left(s))
	}
	leaves := make(map[int64]bool)
	for _, c := range s.cards {
		if c.Leaf != 0 && leaves[c.Leaf] {
			t.Fatalf("two siblings of leaf %d in one sitting", c.Leaf)
		}
		leaves[c.Leaf] = true
	}
	if l := s.Left(); l.New+l.Learning+l.Review != len(ids) {
		t.Fatalf("got %+v left of %d", l, len(ids))
	}
}
