package store

import (
	"context"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

// TestPackRoundTrip packs any state and reads it back, and what does not fit as
// the nearest that does.
func TestPackRoundTrip(t *testing.T) {
	within := func(n, most int32) int32 { return min(max(n, 0), most) }
	property.Check(t, func(t *rapid.T) {
		s := drawState(t)
		var b [stateBytes]byte
		pack(b[:], s)
		var got CardState
		if there := got.unpack(b[:]); there != (s.Phase != srs.New && !s.Suspended) {
			t.Fatalf("%+v: got there %v", s, there)
		} else if !there {
			if b != [stateBytes]byte{} {
				t.Fatalf("%+v: got %v, want zeros", s, b)
			}
			return
		}
		want := CardState{State: srs.State{
			Phase: s.Phase, LastDay: srs.Day(within(int32(s.LastDay), math.MaxUint16)), IntervalDays: within(s.IntervalDays, math.MaxUint16),
			Due: srs.Day(within(int32(s.Due), math.MaxUint16)), Ease: srs.Ease(within(int32(s.Ease), 1<<14-1)),
		}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func drawState(t *rapid.T) srs.State {
	number := rapid.OneOf(rapid.Int32Range(0, math.MaxUint16), rapid.Int32())
	return srs.State{
		Phase: srs.Phase(rapid.IntRange(0, 3).Draw(t, "phase")), LastDay: srs.Day(number.Draw(t, "last")), IntervalDays: number.Draw(t, "interval"),
		Due: srs.Day(number.Draw(t, "due")), Ease: srs.Ease(number.Draw(t, "ease")), Suspended: rapid.Bool().Draw(t, "suspended"),
	}
}

// TestPages sets cards in pages, some of them again, and elsewhere once they are
// not there any more, and reads all back.
func TestPages(t *testing.T) {
	ctx := context.Background()
	d := fresh(t)
	property.Check(t, func(t *rapid.T) {
		cards, want := make([]srs.Card, rapid.IntRange(1, 40).Draw(t, "cards")), make(map[int64]srs.Card)
		for i := range cards {
			cards[i] = srs.Card{
				// A few neighbours on both sides of the border of two pages.
				ID:   pageCards + rapid.Int64Range(-5, 5).Draw(t, "card"),
				Deck: rapid.SampledFrom([]int64{1, 2, 1<<24 - 1}).Draw(t, "deck"), Section: rapid.SampledFrom([]int64{0, 1, math.MaxUint32}).Draw(t, "section"),
				Level: int8(rapid.IntRange(0, 3).Draw(t, "level")), State: drawState(t),
			}
			if before, found := want[cards[i].ID]; found && before.State.Phase != srs.New && !before.State.Suspended {
				before.State = cards[i].State
				cards[i] = before
			}
			want[cards[i].ID] = cards[i]
		}
		err := d.tx(ctx, "testing", func(tx *txn) error {
			if _, err := tx.ExecContext(ctx, "DELETE FROM state_page"); err != nil {
				return err
			}
			for _, c := range cards {
				if err := setPage(ctx, tx, c, c.State); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		var all []CardState
		for _, id := range slices.Sorted(maps.Keys(want)) {
			c := want[id]
			var b [stateBytes]byte
			pack(b[:], c.State)
			got := CardState{Deck: c.Deck, Section: c.Section, Level: c.Level}
			if got.unpack(b[:]) {
				all = append(all, got)
			}
		}
		var got []CardState
		if err := d.States(ctx, 0, func(c *CardState) { got = append(got, *c) }); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(all, got); diff != "" {
			t.Fatal(diff)
		}
	})
}
