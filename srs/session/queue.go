package session

import (
	"slices"

	"github.com/mindleaf/mindleaf/srs"
)

// part names one of the two parts of a sitting.
type part int8

const (
	nowhere part = iota
	reviews      // due and new cards
	drills       // same-day repetition, after all reviews
)

// queue is a first-in first-out queue of indices into Session.cards. Nothing is
// ever dropped from its front, so that taking a card can be taken back.
type queue struct {
	all  []int
	head int
}

func (q *queue) len() int    { return len(q.all) - q.head }
func (q *queue) left() []int { return q.all[q.head:] }
func (q *queue) push(i int)  { q.all = append(q.all, i) }
func (q *queue) unpush()     { q.all = q.all[:len(q.all)-1] }
func (q *queue) unshift(i int) {
	q.all = slices.Insert(q.all, q.head, i)
}

// move takes one card from the front of a part to the end of a part, or out of
// the queue. Moves are taken back last one first, each in constant time, so that
// a long sitting needs no copies of its queue.
type move struct {
	card     int
	from, to part
	// step is what was logged; a skip logs nothing and has Kind 0.
	step srs.Step
}

func (m move) logged() bool { return m.step.Event.Kind != 0 }

// part returns the queue of p, nil for nowhere.
func (s *Session) part(p part) *queue {
	switch p {
	case reviews:
		return &s.reviews
	case drills:
		return &s.drill
	}
	return nil
}

// front returns the card to be asked now and its part; nowhere when none is
// left.
func (s *Session) front() (card int, from part) {
	for _, p := range [...]part{reviews, drills} {
		if q := s.part(p); q.len() > 0 {
			return q.left()[0], p
		}
	}
	return 0, nowhere
}

// place returns where a card goes on after step.
func (s *Session) place(step srs.Step) part {
	again := waitsForDrill(step.After, s.day)
	if s.cram {
		again = step.Event.Kind == srs.DrillEvent && step.Event.Grade < srs.Good
	}
	if again && !step.After.Hidden(s.day) {
		return drills
	}
	return nowhere
}

func (s *Session) advance(m move) {
	s.part(m.from).head++
	s.moves = append(s.moves, m)
	s.settle(m)
}

// settle puts the card of m at its new place, in its new state.
func (s *Session) settle(m move) {
	if q := s.part(m.to); q != nil {
		q.push(m.card)
	}
	if m.logged() {
		s.cards[m.card].State = m.step.After
	}
}

// unsettle is the reverse of settle.
func (s *Session) unsettle(m move) {
	if q := s.part(m.to); q != nil {
		q.unpush()
	}
	if m.logged() {
		s.cards[m.card].State = m.step.Before
	}
}

// takeBack undoes the last move and returns it.
func (s *Session) takeBack() move {
	m := s.moves[len(s.moves)-1]
	s.moves = s.moves[:len(s.moves)-1]
	s.unsettle(m)
	s.part(m.from).head--
	return m
}
