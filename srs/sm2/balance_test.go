package sm2

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

// reviewed returns the state of a card with an interval that was reviewed on day.
func reviewed(s *Scheduler, interval int32, seed uint32, day srs.Day) srs.State {
	st := srs.State{Phase: srs.Review, IntervalDays: interval, Ease: 100, Reps: 3, Reviews: 3, LastDay: day - srs.Day(interval), Due: day}
	return s.Next(st, seed, srs.Good, day)
}

func scheduler(t testing.TB, change func(*Settings)) *Scheduler {
	t.Helper()
	settings := Default()
	change(&settings)
	s, err := New(settings)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func always(srs.Day) int { return 100 }

func TestSpreadOfDays(t *testing.T) {
	on, off := scheduler(t, func(*Settings) {}), scheduler(t, func(s *Settings) { s.Fuzz = false })
	short := scheduler(t, func(s *Settings) { s.MaxIntervalDays = 11 })
	const day srs.Day = 20000
	tests := []struct {
		name        string
		s           *Scheduler
		after       srs.State
		first, last srs.Day
	}{
		{"ten days", on, srs.State{Phase: srs.Review, IntervalDays: 10, Due: day + 9}, day + 8, day + 12},
		{"no fuzz", off, srs.State{Phase: srs.Review, IntervalDays: 10, Due: day + 10}, day + 10, day + 10},
		{"too short", on, srs.State{Phase: srs.Learning, IntervalDays: 1, Due: day + 1}, day + 1, day + 1},
		{"longest interval", short, srs.State{Phase: srs.Review, IntervalDays: 11, Due: day + 10}, day + 9, day + 11},
		{"kept its day", on, srs.State{Phase: srs.Review, IntervalDays: 10, Due: day + 40}, day + 40, day + 40},
		{"new", on, srs.NewState(), 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if first, last := tt.s.Spread(tt.after, day); first != tt.first || last != tt.last {
				t.Errorf("got %d to %d, want %d to %d", first, last, tt.first, tt.last)
			}
		})
	}
}

func TestBalanceStaysInTheSpread(t *testing.T) {
	s := scheduler(t, func(*Settings) {})
	property.Check(t, func(t *rapid.T) {
		const day srs.Day = 20000
		seed := rapid.Uint32().Draw(t, "seed")
		after := reviewed(s, rapid.Int32Range(1, 400).Draw(t, "interval"), seed, day)
		first, last := s.Spread(after, day)
		due := rapid.SliceOfN(rapid.Int64Range(0, 500), int(last-first)+1, int(last-first)+1).Draw(t, "due")
		percent := rapid.IntRange(-5, 120).Draw(t, "easy")
		got := s.Balance(after, seed, day, due, func(d srs.Day) int { return percent * int(d%2) })
		if got < first || got > last || got <= day {
			t.Fatalf("got %d, want %d to %d", got, first, last)
		}
		if again := s.Balance(after, seed, day, due, func(d srs.Day) int { return percent * int(d%2) }); again != got {
			t.Fatalf("got %d and then %d", got, again)
		}
	})
}

func TestBalanceAvoidsFullDays(t *testing.T) {
	s := scheduler(t, func(*Settings) {})
	const day srs.Day = 20000
	const full = day + 20
	onFull := func(balanced bool) (n int) {
		due := map[srs.Day]int64{full: 400}
		for i := range uint32(600) {
			seed := i * 2654435761
			after := reviewed(s, 20, seed, day)
			at := after.Due
			if balanced {
				first, last := s.Spread(after, day)
				counts := make([]int64, 0, last-first+1)
				for d := first; d <= last; d++ {
					counts = append(counts, due[d])
				}
				at = s.Balance(after, seed, day, counts, always)
			}
			if due[at]++; at == full {
				n++
			}
		}
		return n
	}
	if fuzzed, balanced := onFull(false), onFull(true); fuzzed < 60 || balanced > fuzzed/4 {
		t.Errorf("of 600 cards over 7 days %d come on a day with 400 already, and %d without balance", balanced, fuzzed)
	}
}

func TestBalanceMindsEasyDays(t *testing.T) {
	s := scheduler(t, func(*Settings) {})
	const day srs.Day = 20000
	rest := day + 20
	easy := func(d srs.Day) int {
		if d == rest {
			return 0
		}
		return 100
	}
	onRest := 0
	for seed := range uint32(2000) {
		after := reviewed(s, 20, seed*2654435761, day)
		first, last := s.Spread(after, day)
		if s.Balance(after, seed*2654435761, day, make([]int64, last-first+1), easy) == rest {
			onRest++
		}
	}
	if onRest > 4 {
		t.Errorf("%d of 2000 cards come on a day of rest", onRest)
	}
}

func TestBalanced(t *testing.T) {
	s := scheduler(t, func(*Settings) {})
	const day srs.Day = 20000
	for interval, want := range map[int32]bool{1: false, 10: true, 90: true, 91: false} {
		if got := s.Balanced(srs.State{Phase: srs.Review, IntervalDays: interval, Due: day + srs.Day(interval)}, day); got != want {
			t.Errorf("interval %d: got %v, want %v", interval, got, want)
		}
	}
}
