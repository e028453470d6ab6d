package session

import (
	"testing"

	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
)

// journal is a store in memory: a log by card, and cards whose states are
// stepped along with it.
type journal struct {
	scheduler srs.Scheduler
	seq       int64
	log       map[int64][]srs.Event
	cards     map[int64]*srs.Card
	base      map[int64]srs.State // before the log begins
	order     []int64
}

func newJournal(t testing.TB, cards ...srs.Card) *journal {
	t.Helper()
	s, err := sm2.New(sm2.Default())
	if err != nil {
		t.Fatal(err)
	}
	j := &journal{
		scheduler: s, log: make(map[int64][]srs.Event),
		cards: make(map[int64]*srs.Card), base: make(map[int64]srs.State),
	}
	for _, c := range cards {
		j.add(c)
	}
	return j
}

func (j *journal) add(c srs.Card) {
	j.cards[c.ID], j.base[c.ID] = &c, c.State
	j.order = append(j.order, c.ID)
}

// record logs e and steps the state of its card.
func (j *journal) record(e srs.Event) srs.Step {
	j.seq++
	e.Key = srs.EventKey{Device: 1, Seq: j.seq}
	e.Clock = j.seq
	c := j.cards[e.Card]
	step := srs.Step{Event: e, Before: c.State, After: srs.Apply(c.State, c.Seed, e, j.scheduler)}
	c.State = step.After
	j.log[e.Card] = append(j.log[e.Card], e)
	return step
}

// undo logs a tombstone for e and folds the card's log.
func (j *journal) undo(t testing.TB, e srs.Event) srs.State {
	t.Helper()
	j.seq++
	j.log[e.Card] = append(j.log[e.Card], srs.Event{
		Key: srs.EventKey{Device: 1, Seq: j.seq}, Clock: j.seq, Kind: srs.UndoEvent,
		Card: e.Card, At: e.At, Day: e.Day, Target: e.Key,
	})
	state := j.fold(t, e.Card)
	j.cards[e.Card].State = state
	return state
}

func (j *journal) fold(t testing.TB, card int64) srs.State {
	t.Helper()
	if j.base[card] != srs.NewState() {
		state := j.base[card]
		for _, e := range srs.Live(j.log[card]) {
			state = srs.Apply(state, j.cards[card].Seed, e, j.scheduler)
		}
		return state
	}
	state, _, err := srs.Fold(j.log[card], j.cards[card].Seed, sm2.Schedulers)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// check compares every state with the fold of its log.
func (j *journal) check(t testing.TB) {
	t.Helper()
	for _, id := range j.order {
		if got, want := j.cards[id].State, j.fold(t, id); got != want {
			t.Fatalf("card %d: got state %+v, want its fold %+v", id, got, want)
		}
	}
}

// options returns what a caller gives a sitting on day.
func (j *journal) options(day srs.Day) Options {
	o := Options{Day: day, Scheduler: j.scheduler, Seen: make(map[int64]bool)}
	for _, id := range j.order {
		c := *j.cards[id]
		if c.State.Phase != srs.New && c.State.LastDay == day {
			o.Seen[c.Leaf] = true
		}
		switch {
		case c.State.Hidden(day):
		case c.State.DrillDay == day && day != 0:
			o.Drill = append(o.Drill, c)
		case c.State.Phase == srs.New:
			o.New = append(o.New, c)
		case c.State.Due <= day:
			o.Due = append(o.Due, c)
		}
	}
	return o
}

// left returns the IDs of the cards still to come, in order.
func left(s *Session) (ids []int64) {
	for _, q := range []queue{s.reviews, s.drill} {
		for _, i := range q.left() {
			ids = append(ids, s.cards[i].ID)
		}
	}
	return ids
}

// due returns a card in Review with its own leaf.
func due(id int64, interval int32, on srs.Day) srs.Card {
	return srs.Card{ID: id, Leaf: id, State: srs.State{
		Phase: srs.Review, Due: on, IntervalDays: interval, Ease: 250, Reps: 3, Reviews: 3, LastDay: on - srs.Day(interval),
	}}
}

func fresh(id int64) srs.Card { return srs.Card{ID: id, Leaf: id, State: srs.NewState()} }

func of(leaf int64, c srs.Card) srs.Card {
	c.Leaf = leaf
	return c
}
