package session

import (
	"time"

	"github.com/mindleaf/mindleaf/srs"
)

// Left is how many cards are still to come. A card in drill counts there only.
type Left struct {
	// New counts cards never reviewed, Learning those in drill, Review the
	// other due ones.
	New, Learning, Review int
}

// Left returns how many cards are still to come, the current one included.
func (s *Session) Left() Left {
	l := Left{Learning: s.drill.len()}
	for _, i := range s.reviews.left() {
		if s.cards[i].State.Phase == srs.New {
			l.New++
		} else {
			l.Review++
		}
	}
	return l
}

// Position returns how many of the cards of the sitting are done, that is out of
// its queue, and how many there are, each counted once.
func (s *Session) Position() (done, total int) {
	return len(s.cards) - s.reviews.len() - s.drill.len(), len(s.cards)
}

// Summary says what was done in a sitting, without what was undone.
type Summary struct {
	// Answered counts graded reviews, drill left out; New those of new cards;
	// Drills answers in drill.
	Answered, New, Drills int
	// Time is the sum of all times from question to grade.
	Time time.Duration
	// Passed and Failed count reviews of cards that were in Review before:
	// retention is Passed / (Passed + Failed).
	Passed, Failed int
	// Grades counts reviews by grade, drill left out.
	Grades [6]int
	// Suspended and Buried count cards hidden in the sitting.
	Suspended, Buried int
	// Sections says how the cards met moved, by section, in the order in which
	// the sections were met.
	Sections []Moved
}

// Moved is where the cards of a section that a sitting met stood before and
// stand after it.
type Moved struct {
	// Section is srs.Card's.
	Section       int64
	Before, After srs.Counts
}

// Summary returns what was done so far.
func (s *Session) Summary() Summary {
	var sum Summary
	sections := make(map[int64]int)
	met := make(map[int]bool)
	for _, m := range s.moves {
		if !m.logged() {
			continue
		}
		sum.add(m.step)
		section := s.cards[m.card].Section
		at, ok := sections[section]
		if !ok {
			at = len(sum.Sections)
			sections[section] = at
			sum.Sections = append(sum.Sections, Moved{Section: section})
		}
		if !met[m.card] {
			met[m.card] = true
			moved := &sum.Sections[at]
			moved.Before = moved.Before.Add(srs.CountState(m.step.Before), 1)
			moved.After = moved.After.Add(srs.CountState(s.cards[m.card].State), 1)
		}
	}
	return sum
}

func (sum *Summary) add(step srs.Step) {
	e := step.Event
	sum.Time += e.Took
	switch e.Kind {
	case srs.SuspendEvent:
		sum.Suspended++
	case srs.BuryEvent:
		sum.Buried++
	case srs.DrillEvent:
		sum.Drills++
	case srs.ReviewEvent:
		sum.Answered++
		sum.Grades[e.Grade]++
		if step.Before.Phase == srs.New {
			sum.New++
		}
		if step.Before.Phase != srs.Review {
			return
		}
		if e.Grade.Passed() {
			sum.Passed++
		} else {
			sum.Failed++
		}
	}
}
