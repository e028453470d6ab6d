package srs

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
)

func TestCountState(t *testing.T) {
	tests := []struct {
		name  string
		state State
		want  Counts
	}{
		{"new", NewState(), Counts{New: 1}},
		{"learning", State{Phase: Learning, IntervalDays: 1}, Counts{Learning: 1}},
		{"relearning", State{Phase: Relearning, IntervalDays: 1}, Counts{Learning: 1}},
		{"young", State{Phase: Review, IntervalDays: 20}, Counts{Young: 1}},
		{"mature", State{Phase: Review, IntervalDays: 21}, Counts{Mature: 1}},
		{"suspended new", State{Suspended: true}, Counts{Suspended: 1}},
		{"suspended mature", State{Phase: Review, IntervalDays: 99, Suspended: true}, Counts{Suspended: 1}},
		{"buried", State{Phase: Learning, BuriedDay: 5}, Counts{Learning: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := CountState(tt.state)
			if got != tt.want || got.Total() != 1 {
				t.Errorf("got %+v, total %d, want %+v", got, got.Total(), tt.want)
			}
		})
	}
}

func TestCounts(t *testing.T) {
	c := Counts{New: 1, Learning: 2, Young: 3, Mature: 4, Suspended: 5}
	if c.Total() != 15 || c.Active() != 10 || c.Learned() != 7 {
		t.Errorf("got total %d, active %d, learned %d, want 15, 10, 7", c.Total(), c.Active(), c.Learned())
	}
}

func TestCountStep(t *testing.T) {
	took := 1500 * time.Millisecond
	review := func(g Grade) Event { return Event{Kind: ReviewEvent, Grade: g, Took: took} }
	young, mature := State{Phase: Review, IntervalDays: 6}, State{Phase: Review, IntervalDays: 60}
	tests := []struct {
		name string
		step Step
		want DayCount
	}{
		{"new passed", Step{Event: review(Good), Before: NewState()}, DayCount{Reviews: 1, New: 1, Millis: 1500}},
		{"new failed", Step{Event: review(Again), Before: NewState()}, DayCount{Reviews: 1, New: 1, Again: 1, Millis: 1500}},
		{"learning", Step{Event: review(Hard), Before: State{Phase: Learning}}, DayCount{Reviews: 1, Millis: 1500}},
		{"young passed", Step{Event: review(Hard), Before: young}, DayCount{Reviews: 1, Young: 1, YoungPassed: 1, Millis: 1500}},
		{"mature failed", Step{Event: review(0), Before: mature}, DayCount{Reviews: 1, Again: 1, Mature: 1, Millis: 1500}},
		{"mature passed", Step{Event: review(Easy), Before: mature}, DayCount{Reviews: 1, Mature: 1, MaturePassed: 1, Millis: 1500}},
		{"drill", Step{Event: Event{Kind: DrillEvent, Took: took}, Before: young}, DayCount{Drills: 1, Millis: 1500}},
		{"bury", Step{Event: Event{Kind: BuryEvent, Took: took}, Before: young}, DayCount{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, CountStep(&tt.step)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestAddTakesBack adds random counts and takes them off again.
func TestAddTakesBack(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		c, d := rapid.Make[Counts]().Draw(t, "c"), rapid.Make[Counts]().Draw(t, "d")
		if got := c.Add(d, 1).Add(d, -1); got != c {
			t.Fatalf("got %+v, want %+v", got, c)
		}
		x, y := rapid.Make[DayCount]().Draw(t, "x"), rapid.Make[DayCount]().Draw(t, "y")
		if got := x.Add(y, 1).Add(y, -1); got != x {
			t.Fatalf("got %+v, want %+v", got, x)
		}
		if got := (DayCount{}).Add(y, 1); got != y {
			t.Fatalf("got %+v, want %+v: a field is not added", got, y)
		}
	})
}
