// Package simulate tries out what a setting would cost: it runs the days to come
// with the real scheduler and a learner who answers at random as the real one
// did. It stands apart from the scheduler so that what is foreseen can never
// become what is scheduled. It is pure: the same options give the same days.
package simulate

import (
	"math/rand/v2"

	"github.com/mindleaf/mindleaf/srs"
)

// Learner is how somebody answers.
type Learner struct {
	// Passed is the share of reviews passed at each stage, 0 to 1; below 0 where
	// it is not known and Recall decides.
	Passed [srs.Stages]float64
	// Buttons are the weights of Hard, Good and Easy among passed reviews at each
	// stage; where all are 0 it is always Good.
	Buttons [srs.Stages][3]float64
	// Millis is the time an answer takes, in milliseconds.
	Millis int64
	// Recall returns the probability, 0 to 1, that a card in a state is recalled
	// on a day.
	Recall func(srs.State, srs.Day) float64
}

// Options are what a run starts from.
type Options struct {
	// Day is the first study day to run and Days how many.
	Day  srs.Day
	Days int
	// Cards are the cards that were reviewed before and are not suspended; New is
	// how many there are that were not.
	Cards []srs.Card
	New   int
	// NewPerDay and ReviewsPerDay are the settings of the same names; no limit of
	// reviews is 0.
	NewPerDay, ReviewsPerDay int
	Scheduler                srs.Scheduler
	Learner                  Learner
	Seed                     uint64
}

// Day is what one simulated day holds.
type Day struct {
	// Reviews counts answers, those of new cards included; New only these.
	Reviews, New int
	// Millis is the time spent, in milliseconds.
	Millis int64
	// Waiting counts due cards that the limit left for later.
	Waiting int
	// Mature counts the mature cards at the end of the day.
	Mature int
}

// run is a simulation under way.
type run struct {
	Options
	random *rand.Rand
	cards  []srs.Card
	// due holds the cards by the day they are due, counted from Day; what is
	// overdue waits for day 0, and what is due after the last day is in none.
	due    [][]int
	mature int
}

// Run simulates the days. Each due card is answered once, in the order of the
// days they are due on, up to the limit; then come new cards. There is no drill.
func Run(o Options) []Day {
	r := &run{Options: o, random: newRandom(o.Seed), cards: append([]srs.Card(nil), o.Cards...), due: make([][]int, o.Days)}
	for i, c := range r.cards {
		r.put(i, c.State.Due)
		if c.State.Mature() {
			r.mature++
		}
	}
	days := make([]Day, o.Days)
	var waiting []int
	for d := range days {
		waiting = append(waiting, r.due[d]...)
		waiting = r.day(&days[d], o.Day+srs.Day(d), waiting)
	}
	return days
}

func newRandom(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// put enters a card under the day it is due.
func (r *run) put(card int, due srs.Day) {
	if at := max(int(due-r.Day), 0); at < len(r.due) {
		r.due[at] = append(r.due[at], card)
	}
}

// day answers what one day holds and returns what has to wait.
func (r *run) day(out *Day, day srs.Day, waiting []int) []int {
	n := len(waiting)
	if r.ReviewsPerDay > 0 {
		n = min(n, r.ReviewsPerDay)
	}
	for _, i := range waiting[:n] {
		r.answer(i, day)
	}
	out.New = min(r.NewPerDay, r.New)
	r.New -= out.New
	for range out.New {
		r.cards = append(r.cards, srs.Card{Seed: r.random.Uint32(), State: srs.NewState()})
		r.answer(len(r.cards)-1, day)
	}
	out.Reviews = n + out.New
	out.Millis = int64(out.Reviews) * r.Learner.Millis
	out.Waiting = len(waiting) - n
	out.Mature = r.mature
	return waiting[n:]
}

// answer draws the grade of a card and schedules it again.
func (r *run) answer(i int, day srs.Day) {
	c := &r.cards[i]
	before := c.State.Mature()
	c.State = r.Scheduler.Next(c.State, c.Seed, r.grade(c.State, day), day)
	switch after := c.State.Mature(); {
	case after && !before:
		r.mature++
	case before && !after:
		r.mature--
	}
	r.put(i, c.State.Due)
}

func (r *run) grade(s srs.State, day srs.Day) srs.Grade {
	stage := srs.StageOf(s)
	p := r.Learner.Passed[stage]
	if p < 0 {
		p = r.Learner.Recall(s, day)
	}
	if r.random.Float64() >= p {
		return srs.Again
	}
	weights := r.Learner.Buttons[stage]
	at := r.random.Float64() * (weights[0] + weights[1] + weights[2])
	for i, g := range []srs.Grade{srs.Hard, srs.Good, srs.Easy} {
		if at < weights[i] {
			return g
		}
		at -= weights[i]
	}
	return srs.Good
}
