package simulate

import (
	"slices"
	"testing"

	"github.com/mindleaf/mindleaf/srs"
)

// doubling brings a card back after twice its interval, and a failed one the
// next day.
type doubling struct{}

func (doubling) Name() string { return "doubling" }

func (doubling) Next(s srs.State, _ uint32, g srs.Grade, day srs.Day) srs.State {
	s.Phase, s.LastDay, s.IntervalDays = srs.Review, day, max(2*s.IntervalDays, 1)
	if !g.Passed() {
		s.IntervalDays = 1
	}
	s.Due = day + srs.Day(s.IntervalDays)
	return s
}

func perfect() Learner {
	return Learner{Passed: [srs.Stages]float64{1, 1, 1, 1}, Millis: 2000}
}

func reviews(days []Day) (n []int) {
	for _, d := range days {
		n = append(n, d.Reviews)
	}
	return n
}

// TestRunByHand follows three new cards, one a day: each comes on days 0, 1, 3,
// 7, 15 after its first.
func TestRunByHand(t *testing.T) {
	days := Run(Options{Day: 100, Days: 12, New: 3, NewPerDay: 1, Scheduler: doubling{}, Learner: perfect()})
	want := []int{1, 2, 2, 2, 1, 1, 0, 1, 1, 1, 0, 0}
	if got := reviews(days); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if days[0].New != 1 || days[3].New != 0 || days[0].Millis != 2000 || days[1].Millis != 4000 {
		t.Errorf("got %+v", days)
	}
}

func TestLimitMakesCardsWait(t *testing.T) {
	var cards []srs.Card
	for range 5 {
		cards = append(cards, srs.Card{State: srs.State{Phase: srs.Review, Due: 90, IntervalDays: 30}})
	}
	days := Run(Options{Day: 100, Days: 4, Cards: cards, ReviewsPerDay: 2, Scheduler: doubling{}, Learner: perfect()})
	if got := reviews(days); !slices.Equal(got, []int{2, 2, 1, 0}) || days[0].Waiting != 3 || days[2].Waiting != 0 || days[3].Mature != 5 {
		t.Errorf("got %+v", days)
	}
	if cards[0].State.Due != 90 {
		t.Error("the cards given were changed")
	}
}

// TestLearner checks that stages answer by their own share, and by the curve
// where there is none.
func TestLearner(t *testing.T) {
	l := perfect()
	l.Passed[srs.YoungStage] = 0.8
	l.Passed[srs.MatureStage] = -1
	l.Recall = func(srs.State, srs.Day) float64 { return 0.5 }
	l.Buttons[srs.YoungStage] = [3]float64{1, 2, 1}
	r := &run{Options: Options{Learner: l}, random: newRandom(7)}
	counts := func(s srs.State) (n [6]int) {
		for range 10000 {
			n[r.grade(s, 0)]++
		}
		return n
	}
	near := func(name string, got, want int) {
		if got < want-250 || got > want+250 {
			t.Errorf("%s: got %d of 10000, want about %d", name, got, want)
		}
	}
	young := counts(srs.State{Phase: srs.Review, IntervalDays: 3})
	near("young again", young[srs.Again], 2000)
	near("young hard", young[srs.Hard], 2000)
	near("young good", young[srs.Good], 4000)
	near("young easy", young[srs.Easy], 2000)
	mature := counts(srs.State{Phase: srs.Review, IntervalDays: 30})
	near("mature again", mature[srs.Again], 5000)
	near("mature good", mature[srs.Good], 5000)
}

func TestSameSeedSameDays(t *testing.T) {
	l := perfect()
	l.Passed = [srs.Stages]float64{0.7, 0.7, 0.7, 0.7}
	o := Options{Day: 100, Days: 100, New: 200, NewPerDay: 5, Scheduler: doubling{}, Learner: l, Seed: 3}
	a, b := Run(o), Run(o)
	o.Seed = 4
	if c := Run(o); !slices.Equal(a, b) || slices.Equal(a, c) {
		t.Error("a run must depend on its seed and on nothing else")
	}
}
