package srs

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
)

func TestParseGiven(t *testing.T) {
	tests := []struct {
		text string
		want Given
		ok   bool
	}{
		{"2 20010 20000 10 250 3 1", Given{Phase: Review, Due: 20010, LastDay: 20000, IntervalDays: 10, Ease: 250, Reps: 3, Lapses: 1}, true},
		{"0 0 0 0 250 0 0", Given{Ease: 250}, true},
		{"1 -5 -6 1 130 1 0", Given{Phase: Learning, Due: -5, LastDay: -6, IntervalDays: 1, Ease: 130, Reps: 1}, true},
		{"", Given{}, false},
		{"2 20010 20000 10 250 3", Given{}, false},
		{"2 20010 20000 10 250 3 1 ", Given{}, false},
		{"2 20010 20000 10 250 3 1 4", Given{}, false},
		{"2 20010  20000 10 250 3 1", Given{}, false},
		{"4 20010 20000 10 250 3 1", Given{}, false},
		{"2 20010 20000 -1 250 3 1", Given{}, false},
		{"2 20010 20000 10 129 3 1", Given{}, false},
		{"2 20010 20000 10 250 -3 1", Given{}, false},
		{"2 99999999999 20000 10 250 3 1", Given{}, false},
		{"二 20010 20000 10 250 3 1", Given{}, false},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got, err := ParseGiven(tt.text)
			if (err == nil) != tt.ok {
				t.Fatalf("ParseGiven(%q) gives the error %v, want ok %v", tt.text, err, tt.ok)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestGivenRoundTrip(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		want := Given{
			Phase: Phase(rapid.IntRange(0, 3).Draw(t, "phase")), Due: Day(rapid.Int32().Draw(t, "due")), LastDay: Day(rapid.Int32().Draw(t, "last")),
			IntervalDays: rapid.Int32Min(0).Draw(t, "interval"), Ease: Ease(rapid.Int32Min(int32(MinEase)).Draw(t, "ease")),
			Reps: rapid.Int32Min(0).Draw(t, "reps"), Lapses: rapid.Int32Min(0).Draw(t, "lapses"),
		}
		got, err := ParseGiven(want.String())
		if err != nil || got != want {
			t.Fatalf("ParseGiven(%q) = %+v, %v; want %+v", want, got, err, want)
		}
	})
}

func TestApplyFromOutside(t *testing.T) {
	given := Given{Phase: Review, Due: 120, LastDay: 100, IntervalDays: 20, Ease: 210, Reps: 4, Lapses: 2}
	tests := []struct {
		name   string
		before State
		event  Event
		want   State
	}{
		{"foreign review", State{Ease: 250, Reviews: 4, BuriedDay: 99, Flag: 3}, Event{Kind: ForeignReviewEvent, Day: 101, Grade: Good, Given: given},
			State{Phase: Review, Due: 120, LastDay: 101, IntervalDays: 20, Ease: 210, Reps: 4, Lapses: 2, Reviews: 5, Flag: 3}},
		{"set state", State{Ease: 250, DrillDay: 101, Suspended: true}, Event{Kind: SetStateEvent, Day: 101, Given: given},
			State{Phase: Review, Due: 120, LastDay: 100, IntervalDays: 20, Ease: 210, Reps: 4, Lapses: 2, Suspended: true}},
		{"flag", NewState(), Event{Kind: FlagEvent, Flag: 5}, State{Ease: 250, Flag: 5}},
		{"reset keeps the flag", State{Phase: Review, IntervalDays: 9, Ease: 130, Flag: 5}, Event{Kind: ResetEvent}, State{Ease: 250, Flag: 5}},
		{"drill of a known card", State{Phase: Review, Ease: 250}, Event{Kind: MarkDrillEvent, Day: 7}, State{Phase: Review, Ease: 250, DrillDay: 7}},
		{"drill of a new card", NewState(), Event{Kind: MarkDrillEvent, Day: 7}, NewState()},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Apply(tt.before, 0, tt.event, nil)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzGiven wants a state that is read to be the one that was written.
func FuzzGiven(f *testing.F) {
	f.Add("2 20010 20000 10 250 3 1")
	f.Add("1 -5 -6 1 130 1 0")
	f.Add("2 +1 01 1 250 0 ")
	f.Fuzz(func(t *testing.T, text string) {
		g, err := ParseGiven(text)
		if err != nil {
			return
		}
		if again, err := ParseGiven(g.String()); err != nil || again != g {
			t.Errorf("%q is %+v, and then %+v, %v", text, g, again, err)
		}
	})
}
