package session

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata" // the test needs zones wherever it runs

	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/path"
)

const (
	rollover   = 4
	newADay    = 12
	longestGap = 4 // study days a due card may wait for its siblings
)

// year is a learner who studies most days for a year, with what goes wrong in
// one: missed days, a holiday, sittings broken off, a clock set back, two
// changes of daylight saving time, sittings after midnight.
type year struct {
	t       *testing.T
	rnd     *rand.Rand
	journal *journal
	waited  map[int64]int // study days in which a due card did not come
	done    map[string]int
	setBack srs.Day
}

func TestYear(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			y := &year{
				t: t, rnd: rand.New(rand.NewPCG(seed, 2026)), journal: newJournal(t),
				waited: make(map[int64]int), done: make(map[string]int),
			}
			y.makeCards(240)
			y.study()
			y.checkLog()
			y.checkOutcome()
		})
	}
}

// makeCards makes a map of leaves with one to three cards each; a fifth of the
// leaves of the first level have no level.
func (y *year) makeCards(leaves int) {
	id := int64(0)
	for leaf := range leaves {
		level := int8(leaf*3/leaves + 1)
		if leaf%15 == 0 && level == 1 {
			level = 0
		}
		for range 1 + y.rnd.IntN(3) {
			id++
			y.journal.add(srs.Card{
				ID: id, Deck: 1, Leaf: int64(leaf + 1), Section: int64(leaf/10 + 1), Level: level,
				Order: id, Seed: y.rnd.Uint32(), State: srs.NewState(),
			})
		}
	}
}

func (y *year) study() {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		y.t.Fatal(err)
	}
	for d := range 400 {
		at := time.Date(2026, 2, 1+d, 20, 0, 0, 0, berlin)
		switch {
		case d == 200:
			at = at.AddDate(0, 0, -1)
			y.setBack = srs.DayOf(at, rollover)
		case d > 100 && d < 112 || y.chance(10):
			y.done["missed"]++
			continue
		case y.chance(10):
			at = time.Date(2026, 2, 2+d, 2, 30, 0, 0, berlin) // before the rollover, in the hour DST skips or repeats
		}
		day := srs.DayOf(at, rollover)
		whole := y.sitting(at, day)
		if y.chance(20) {
			at = at.Add(time.Hour)
			whole = y.sitting(at, srs.DayOf(at, rollover)) || whole
		}
		if whole {
			y.checkWaiting(day)
		}
		y.housekeeping(at, day)
		if d%40 == 0 {
			y.journal.check(y.t)
		}
	}
	y.journal.check(y.t)
}

func (y *year) chance(percent int) bool { return y.rnd.IntN(100) < percent }

// sitting goes through one sitting and reports whether all due cards came.
func (y *year) sitting(at time.Time, day srs.Day) (whole bool) {
	o := y.options(day)
	if y.chance(10) {
		o.Limit = 1 + y.rnd.IntN(30)
	}
	s := New(o)
	_, total := s.Position()
	if o.Limit > 0 && total > o.Limit {
		y.t.Fatalf("%s: got %d cards, limit %d", day, total, o.Limit)
	}
	breakOff := -1
	if y.chance(5) {
		breakOff = y.rnd.IntN(40)
	}
	for turns := 0; ; turns++ {
		turn, ok := s.Current()
		if !ok {
			break
		}
		if turns == breakOff {
			y.done["broken off"]++
			return false
		}
		at = at.Add(time.Second)
		y.turn(s, turn, at)
	}
	if left := y.journal.options(day).Drill; len(left) > 0 && o.Limit == 0 {
		y.t.Fatalf("%s: %d cards are left in drill after the sitting", day, len(left))
	}
	return o.Limit == 0
}

// options gives a sitting what a command would: new cards of open levels up to
// the day's number.
func (y *year) options(day srs.Day) Options {
	o := y.journal.options(day)
	var counts [4]srs.Counts
	today := 0
	for _, c := range y.journal.cards {
		counts[c.Level] = counts[c.Level].Add(srs.CountState(c.State), 1)
		if c.State.Reviews > 0 && y.firstDay(c.ID) == day {
			today++
		}
	}
	levels := path.Levels(counts, [4]bool{}, path.Default())
	open := path.Open(levels)
	picker := NewPicker(newADay-today, o.Seen)
	picker.Avoid(o.Due)
	picker.Avoid(o.Drill)
	for _, c := range o.New {
		if picker.More() && open(c.Level) {
			picker.Take(c)
		}
	}
	o.New = picker.Cards()
	y.checkGates(o.New, counts)
	return o
}

func (y *year) firstDay(card int64) srs.Day {
	for _, e := range srs.Live(y.journal.log[card]) {
		if e.Kind == srs.ReviewEvent {
			return e.Day
		}
	}
	return 0
}

// turn does to the current card what a learner might do.
func (y *year) turn(s *Session, turn Turn, at time.Time) {
	switch n := y.rnd.IntN(1000); {
	case n < 10:
		s.Skip()
		y.done["skip"]++
		return
	case n < 18:
		s.Recorded(y.journal.record(s.Bury(at)))
		y.done["bury"]++
		return
	case n < 22:
		s.Recorded(y.journal.record(s.Suspend(at)))
		y.done["suspend"]++
		return
	case n < 52:
		if e, ok := s.CanUndo(); ok {
			before := y.journal.cards[e.Card].State
			state := y.journal.undo(y.t, e)
			s.Undone(state)
			if now, _ := s.Current(); now.Card.ID != e.Card || now.Card.State != state {
				y.t.Fatalf("undid card %d from %+v to %+v, got %+v", e.Card, before, state, now)
			}
			y.done["undo"]++
			return
		}
	}
	e, err := s.Grade(y.grade(), at, time.Duration(y.rnd.IntN(20000))*time.Millisecond)
	if err != nil {
		y.t.Fatal(err)
	}
	if y.chance(1) {
		s.Revert()
		y.done["refused"]++
		return
	}
	step := y.journal.record(e)
	if e.Kind == srs.ReviewEvent && (step.After.Due <= e.Day || step.After.Ease < srs.MinEase) {
		y.t.Fatalf("got %+v after %+v", step.After, e)
	}
	if turn.Drill != (e.Kind == srs.DrillEvent) {
		y.t.Fatalf("got event kind %d, drill %v", e.Kind, turn.Drill)
	}
	s.Recorded(step)
	y.done["answer"]++
}

func (y *year) grade() srs.Grade {
	if y.chance(12) {
		return srs.Grade(y.rnd.IntN(3))
	}
	return [...]srs.Grade{srs.Hard, srs.Good, srs.Good, srs.Good, srs.Easy}[y.rnd.IntN(5)]
}

// housekeeping takes back a suspension after some weeks.
func (y *year) housekeeping(at time.Time, day srs.Day) {
	for _, id := range y.journal.order {
		if y.journal.cards[id].State.Suspended && y.chance(5) {
			y.journal.record(srs.Event{Kind: srs.UnsuspendEvent, Card: id, At: at, Day: day})
			y.done["unsuspend"]++
		}
	}
}
