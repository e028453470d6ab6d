// Package session owns the queue of one sitting: which card comes now, which
// ones are still to come, what an answer logs, and the way back. It stands apart
// from the terminal, which asks, and from the store, which records. It has no
// clock: a sitting belongs to the study day it began in, also past the rollover
// hour.
//
// One turn: Current gives the card, Grade (or Bury, or Suspend) the event to be
// recorded, and the queue moves on. Recorded then tells what the store made of
// it, or Revert that it refused. Until one of them is called nothing else moves.
package session

import "github.com/mindleaf/mindleaf/srs"

// Options says what a sitting is made of. The slices and the map stay as they
// are.
type Options struct {
	// Day is the study day of the sitting.
	Day srs.Day
	// Due holds cards to be reviewed, in any order; better too many than too
	// few, as of siblings only one is taken.
	Due []srs.Card
	// New holds cards never reviewed, in path order.
	New []srs.Card
	// Drill holds cards that an earlier sitting of Day left to be drilled, in
	// their order. Others than those with DrillDay equal to Day are left out.
	Drill []srs.Card
	// Seen holds the leaves of which a card was reviewed on Day already.
	Seen map[int64]bool
	// Limit is the largest number of cards of the sitting, each counted once; 0
	// for no limit. Left-over drill comes in first, then due cards, then new
	// ones.
	Limit int
	// Cram holds cards to be asked until each scores Good, whatever their state,
	// without a word to the scheduler; a sitting that has any has nothing else.
	Cram []srs.Card
	// Scheduler must not be nil.
	Scheduler srs.Scheduler
	// Choose returns the day on which a card should come that a review left in
	// state after; nil for the scheduler's own day, after.Due.
	Choose func(c srs.Card, after srs.State) srs.Day
}

// Turn is a card to be asked.
type Turn struct {
	Card srs.Card
	// Drill says that this is a same-day repetition, which changes neither
	// interval nor ease.
	Drill bool
}

// Session is the queue of one sitting. Make one with New. It is not safe for
// use by several goroutines at once.
type Session struct {
	day       srs.Day
	scheduler srs.Scheduler
	later     func(srs.Card, srs.State) srs.Day
	cram      bool
	cards     []srs.Card
	reviews   queue
	drill     queue
	moves     []move
	pending   bool // the last move waits for Recorded or Revert
	deferred  int
}

// New returns a sitting: due cards in the order of Order with the new ones
// spread evenly among them, and drill at the end. Suspended and buried cards are
// left out, and so is any but one card of a leaf: of due siblings the one waiting
// longest comes, a new card waits when a sibling comes or was seen on Day. A card
// given twice comes once. Leaf 0 is no leaf: such cards have no siblings.
func New(o Options) *Session {
	s := &Session{day: o.Day, scheduler: o.Scheduler, later: o.Choose, cram: len(o.Cram) > 0}
	if s.cram {
		s.fillCram(o)
		return s
	}
	due, drill, fresh := s.choose(o)
	if o.Limit > 0 {
		drill = drill[:min(len(drill), o.Limit)]
		due = due[:min(len(due), o.Limit-len(drill))]
		fresh = fresh[:min(len(fresh), o.Limit-len(drill)-len(due))]
	}
	for _, c := range spread(due, fresh) {
		s.add(&s.reviews, c)
	}
	for _, c := range drill {
		s.add(&s.drill, c)
	}
	return s
}

func (s *Session) fillCram(o Options) {
	shown := func(c srs.Card) bool { return !c.State.Hidden(o.Day) }
	cards := filter(o.Cram, make(map[int64]bool), shown)
	if o.Limit > 0 {
		cards = cards[:min(len(cards), o.Limit)]
	}
	for _, c := range cards {
		s.add(&s.drill, c)
	}
}

// choose returns the cards that may come, each once, in their order.
func (s *Session) choose(o Options) (due, drill, fresh []srs.Card) {
	known := make(map[int64]bool)
	drilled := func(c srs.Card) bool { return waitsForDrill(c.State, o.Day) }
	shown := func(c srs.Card) bool { return !c.State.Hidden(o.Day) }
	seen := make(map[int64]bool, len(o.Seen))
	for leaf, is := range o.Seen {
		seen[leaf] = is
	}
	for _, c := range o.Drill {
		seen[c.Leaf] = seen[c.Leaf] || drilled(c)
	}
	due = Order(filter(o.Due, known, shown), o.Day)
	due, s.deferred = OnePerLeaf(due, o.Day, seen)
	drill = filter(o.Drill, known, func(c srs.Card) bool { return shown(c) && drilled(c) })
	picker := NewPicker(len(o.New), seen)
	picker.Avoid(due)
	for _, c := range filter(o.New, known, shown) {
		picker.Take(c)
	}
	return due, drill, picker.Cards()
}

// filter returns the cards that may come and are not known yet, and makes them
// known.
func filter(cards []srs.Card, known map[int64]bool, may func(srs.Card) bool) []srs.Card {
	kept := make([]srs.Card, 0, len(cards))
	for _, c := range cards {
		if may(c) && !known[c.ID] {
			known[c.ID] = true
			kept = append(kept, c)
		}
	}
	return kept
}

func (s *Session) add(q *queue, c srs.Card) {
	q.push(len(s.cards))
	s.cards = append(s.cards, c)
}

// Day returns the study day of the sitting.
func (s *Session) Day() srs.Day { return s.day }

// Deferred returns how many due cards wait for another day because a sibling
// comes in this sitting or was seen today.
func (s *Session) Deferred() int { return s.deferred }

// Current returns the card to be asked now; false when the sitting is over.
func (s *Session) Current() (Turn, bool) {
	i, from := s.front()
	if from == nowhere {
		return Turn{}, false
	}
	return Turn{Card: s.cards[i], Drill: from == drills}, true
}

// Preview returns the state that each grade, 0 to 5, would leave the current
// card in; zero States when the sitting is over.
func (s *Session) Preview() (after [6]srs.State) {
	turn, ok := s.Current()
	if !ok {
		return after
	}
	for q := range after {
		e := srs.Event{Kind: kind(turn.Drill), Grade: srs.Grade(q), Day: s.day}
		e.Due = s.chosen(turn.Card, e)
		after[q] = srs.Apply(turn.Card.State, turn.Card.Seed, e, s.scheduler)
	}
	return after
}

// chosen returns the day that Options.Choose prefers to the scheduler's own
// after e, 0 when it prefers none.
func (s *Session) chosen(c srs.Card, e srs.Event) srs.Day {
	if s.later == nil || e.Kind != srs.ReviewEvent || !e.Grade.Passed() {
		return 0
	}
	after := srs.Apply(c.State, c.Seed, e, s.scheduler)
	if day := s.later(c, after); day != after.Due && day > s.day {
		return day
	}
	return 0
}

func kind(drill bool) srs.EventKind {
	if drill {
		return srs.DrillEvent
	}
	return srs.ReviewEvent
}

func waitsForDrill(st srs.State, day srs.Day) bool {
	return st.DrillDay == day && st.DrillDay != 0
}
