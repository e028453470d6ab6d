package session

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/mindleaf/mindleaf/srs"
)

// Grade answers the current card at the time at, took after it was asked, and
// moves the queue on: what scored below Good goes to the end of the drill, until
// it scores Good (SM-2, step 7). It returns the event to be recorded, without
// Key and Clock, times cut to the millisecond. It is an error to grade when the
// sitting is over, while an event waits to be recorded, or other than 0 to 5.
func (s *Session) Grade(g srs.Grade, at time.Time, took time.Duration) (srs.Event, error) {
	turn, ok := s.Current()
	switch {
	case !ok:
		return srs.Event{}, errors.New("grading: the sitting is over")
	case s.pending:
		return srs.Event{}, errors.New("grading: the last answer is not recorded yet")
	case !g.Valid():
		return srs.Event{}, fmt.Errorf("grading: %d is not a grade from 0 to 5", g)
	}
	e := s.event(kind(turn.Drill), at)
	e.Grade = g
	e.Took = max(took, 0).Truncate(time.Millisecond)
	if !turn.Drill {
		e.Scheduler = s.scheduler.Name()
		e.Due = s.chosen(turn.Card, e)
	}
	return s.log(e), nil
}

// Bury hides the current card for the rest of the study day and returns the
// event to be recorded; the zero Event when the sitting is over or an event
// waits to be recorded.
func (s *Session) Bury(at time.Time) srs.Event { return s.hide(srs.BuryEvent, at) }

// Suspend hides the current card until that is undone and returns the event to
// be recorded; the zero Event when the sitting is over or an event waits to be
// recorded.
func (s *Session) Suspend(at time.Time) srs.Event { return s.hide(srs.SuspendEvent, at) }

func (s *Session) hide(k srs.EventKind, at time.Time) srs.Event {
	if _, from := s.front(); from == nowhere || s.pending {
		return srs.Event{}
	}
	return s.log(s.event(k, at))
}

// Skip puts the current card at the end of its part of the sitting. It logs
// nothing. While an event waits to be recorded it does nothing.
func (s *Session) Skip() {
	if i, from := s.front(); from != nowhere && !s.pending {
		s.advance(move{card: i, from: from, to: from})
	}
}

func (s *Session) event(k srs.EventKind, at time.Time) srs.Event {
	i, _ := s.front()
	return srs.Event{Kind: k, Card: s.cards[i].ID, Day: s.day, At: at.Truncate(time.Millisecond)}
}

// log moves the current card on as e makes it, until the store says what is so.
func (s *Session) log(e srs.Event) srs.Event {
	i, from := s.front()
	c := s.cards[i]
	step := srs.Step{Event: e, Before: c.State, After: srs.Apply(c.State, c.Seed, e, s.scheduler)}
	s.advance(move{card: i, from: from, to: s.place(step), step: step})
	s.pending = true
	return e
}

// Recorded tells what the store made of the last event: its key, and the states
// before and after it, which differ from what was expected when another terminal
// reviewed the card meanwhile. The card then goes where its true state asks. It
// does nothing when no event waits.
func (s *Session) Recorded(step srs.Step) {
	if !s.pending {
		return
	}
	m := &s.moves[len(s.moves)-1]
	s.unsettle(*m)
	m.step, m.to = step, s.place(step)
	s.settle(*m)
	s.pending = false
}

// Revert takes the last event back because the store refused it: its card is
// current again. It does nothing when no event waits.
func (s *Session) Revert() {
	if s.pending {
		s.takeBack()
		s.pending = false
	}
}

// Changed tells that something else than the sitting's own events, such as a
// flag, left the current card in state. It does nothing while an event waits.
func (s *Session) Changed(state srs.State) {
	if i, from := s.front(); from != nowhere && !s.pending {
		s.cards[i].State = state
	}
}

// Return puts a card at the front of its part of the sitting, in the state in
// which taking back an event from before the sitting left it. It reports whether
// the card is to be asked in this sitting at all; otherwise, and while an event
// waits, it does nothing.
func (s *Session) Return(c srs.Card) bool {
	part := reviews
	switch st := c.State; {
	case s.pending || s.cram || st.Hidden(s.day):
		return false
	case waitsForDrill(st, s.day):
		part = drills
	case st.Phase != srs.New && st.Due > s.day:
		return false
	}
	for _, i := range slices.Concat(s.reviews.left(), s.drill.left()) {
		if s.cards[i].ID == c.ID {
			s.cards[i].State = c.State
			return true
		}
	}
	s.part(part).unshift(len(s.cards))
	s.cards = append(s.cards, c)
	return true
}

// CanUndo returns the last recorded event of this sitting that is not undone,
// for the store to take back; false when there is none, or while an event waits
// to be recorded.
func (s *Session) CanUndo() (srs.Event, bool) {
	if s.pending {
		return srs.Event{}, false
	}
	for i := len(s.moves) - 1; i >= 0; i-- {
		if s.moves[i].logged() {
			return s.moves[i].step.Event, true
		}
	}
	return srs.Event{}, false
}

// Undone tells that the store took back the event that CanUndo returns, and the
// state this left its card in. The card is current again and the queue as it was
// before the event; skips since then are undone with it. It does nothing when
// there is no such event.
func (s *Session) Undone(state srs.State) {
	if _, ok := s.CanUndo(); !ok {
		return
	}
	m := s.takeBack()
	for !m.logged() {
		m = s.takeBack()
	}
	s.cards[m.card].State = state
}
