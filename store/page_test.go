package store

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

// TestPackRoundTrip packs any state and reads it back, and what does not fit as
// the nearest that does.
func TestPackRoundTrip(t *testing.T) {
	within := func(n int32) int32 { return min(max(n, 0), math.MaxUint16) }
	property.Check(t, func(t *rapid.T) {
		number := rapid.OneOf(rapid.Int32Range(0, math.MaxUint16), rapid.Int32())
		c := srs.Card{
			Deck: rapid.Int64Range(1, 1<<24-1).Draw(t, "deck"), Section: rapid.Int64Range(0, math.MaxUint32).Draw(t, "section"),
			Level: int8(rapid.IntRange(0, 3).Draw(t, "level")),
		}
		s := srs.State{
			Phase: srs.Phase(rapid.IntRange(0, 3).Draw(t, "phase")), LastDay: srs.Day(number.Draw(t, "last")), IntervalDays: number.Draw(t, "interval"),
			Due: srs.Day(number.Draw(t, "due")), Ease: srs.Ease(number.Draw(t, "ease")), Suspended: rapid.Bool().Draw(t, "suspended"),
		}
		var b [pageBytes]byte
		pack(b[:], c, s)
		var got CardState
		if there := got.unpack(b[:]); there != (s.Phase != srs.New && !s.Suspended) {
			t.Fatalf("%+v: got there %v", s, there)
		} else if !there {
			if b != [pageBytes]byte{} {
				t.Fatalf("%+v: got %v, want zeros", s, b)
			}
			return
		}
		want := CardState{Deck: c.Deck, Section: c.Section, Level: c.Level, State: srs.State{
			Phase: s.Phase, LastDay: srs.Day(within(int32(s.LastDay))), IntervalDays: within(s.IntervalDays),
			Due: srs.Day(within(int32(s.Due))), Ease: srs.Ease(within(int32(s.Ease))),
		}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}
