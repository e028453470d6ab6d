package srs

import (
	"slices"
	"sort"
)

// Apply returns the state after e, which must not be an UndoEvent. sched is
// used for reviews only.
func Apply(s State, seed uint32, e Event, sched Scheduler) State {
	switch e.Kind {
	case ReviewEvent:
		s = sched.Next(s, seed, e.Grade, e.Day)
		if e.Due != 0 {
			s.Due = e.Due
		}
		s.DrillDay = 0
		if e.Grade < Good {
			s.DrillDay = e.Day
		}
		s.BuriedDay = 0
	case DrillEvent:
		if e.Grade >= Good {
			s.DrillDay = 0
		}
	case SuspendEvent:
		s.Suspended = true
	case UnsuspendEvent:
		s.Suspended = false
	case BuryEvent:
		s.BuriedDay = e.Day
	case UnburyEvent:
		s.BuriedDay = 0
	case ResetEvent:
		flag := s.Flag
		s = NewState()
		s.Flag = flag
	case SetDueEvent:
		if s.Phase != New {
			s.Due = e.Due
		}
	case ForeignReviewEvent:
		s = s.foreign(e)
	case SetStateEvent:
		s = s.set(e.Given)
		s.DrillDay = 0
	case FlagEvent:
		s.Flag = e.Flag
	case MarkDrillEvent:
		if s.Phase != New {
			s.DrillDay = e.Day
		}
	}
	return s
}

// Live returns the events that are still in force, in the order of the log: no
// UndoEvents, and nothing that a later one of them took back. An undo may itself
// be taken back, which brings its target to life again. When these are all events,
// in their order, Live returns events itself.
func Live(events []Event) []Event {
	ordered, undone := true, false
	for i := range events {
		ordered = ordered && (i == 0 || !before(&events[i], &events[i-1]))
		undone = undone || events[i].Kind == UndoEvent
	}
	if ordered && !undone {
		return events
	}
	sorted := append([]Event(nil), events...)
	sort.SliceStable(sorted, func(i, j int) bool { return before(&sorted[i], &sorted[j]) })
	dead := make(map[EventKey]bool)
	first := len(sorted) // live events are gathered from here on
	for i := len(sorted) - 1; i >= 0; i-- {
		e := sorted[i]
		switch {
		case dead[e.Key]:
		case e.Kind == UndoEvent:
			dead[e.Target] = true
		default:
			first--
			sorted[first] = e
		}
	}
	return sorted[first:]
}

func before(a, b *Event) bool {
	if a.Clock != b.Clock {
		return a.Clock < b.Clock
	}
	if a.Key.Device != b.Key.Device {
		return a.Key.Device < b.Key.Device
	}
	return a.Key.Seq < b.Key.Seq
}

// Step is one live event with the state before and after it.
type Step struct {
	Event         Event
	Before, After State
}

// Fold runs the live events of one card from a new card on. schedulers turns
// the name stored with a review into its scheduler; its error is returned.
func Fold(events []Event, seed uint32, schedulers func(name string) (Scheduler, error)) (State, []Step, error) {
	return AppendFold(nil, events, seed, schedulers)
}

// AppendFold is Fold that appends the steps to those given.
func AppendFold(steps []Step, events []Event, seed uint32, schedulers func(name string) (Scheduler, error)) (State, []Step, error) {
	s := NewState()
	live := Live(events)
	steps = slices.Grow(steps, len(live))
	for i := range live {
		e := &live[i]
		var sched Scheduler
		if e.Kind == ReviewEvent {
			var err error
			if sched, err = schedulers(e.Scheduler); err != nil {
				return s, nil, err
			}
		}
		after := Apply(s, seed, *e, sched)
		steps = append(steps, Step{Event: *e, Before: s, After: after})
		s = after
	}
	return s, steps, nil
}
