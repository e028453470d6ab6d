// Package srs is the vocabulary of scheduling: grades, study days, the state
// of a card, the events of the log and the fold that turns events into state.
// It is pure: no clock, no I/O, no floating point in the state, so that every
// machine folds the same log to the same state.
package srs

import "fmt"

// Grade is how well an answer was recalled, SM-2's quality q from 0 (blackout)
// to 5 (perfect).
type Grade int8

// The four grades of the review screen and the qualities they stand for.
const (
	Again Grade = 2
	Hard  Grade = 3
	Good  Grade = 4
	Easy  Grade = 5
)

// Grades lists the four grades in the order of their keys.
var Grades = [...]Grade{Again, Hard, Good, Easy}

// Valid reports whether g is 0 to 5.
func (g Grade) Valid() bool { return g >= 0 && g <= 5 }

// Passed reports whether the answer counts as recalled (q >= 3).
func (g Grade) Passed() bool { return g >= Hard }

// Ease is an ease factor (EF) in hundredths: 250 is EF 2.50.
type Ease int32

// The start value and the floor of the ease factor, from SuperMemo 2.
const (
	StartEase Ease = 250
	MinEase   Ease = 130
)

// Phase says where a card stands in being learned.
type Phase int8

// The phases. A card is Learning until it was recalled on two review days in a
// row (SM-2's n = 2), Review from then on, and Relearning after a lapse until
// that is so again.
const (
	New Phase = iota
	Learning
	Review
	Relearning
)

// MatureDays is the interval from which a card in Review counts as mature.
const MatureDays = 21

// String returns the phase in lower case.
func (p Phase) String() string {
	switch p {
	case New:
		return "new"
	case Learning:
		return "learning"
	case Review:
		return "review"
	case Relearning:
		return "relearning"
	}
	return fmt.Sprintf("phase(%d)", int8(p))
}

// State is what the log says about one card. The zero State is not a new card:
// use NewState.
type State struct {
	Phase Phase
	// Due is the study day on which the card should be seen next; no meaning
	// while Phase is New.
	Due Day
	// IntervalDays is SM-2's interval I(n), before fuzz; 0 while New.
	IntervalDays int32
	Ease         Ease
	// Reps is SM-2's n: reviews passed in a row.
	Reps int32
	// Lapses counts failed reviews of a card in Review.
	Lapses int32
	// Reviews counts graded reviews, drill answers left out.
	Reviews int32
	// LastDay is the study day of the last review.
	LastDay Day
	// DrillDay is the study day on which the card waits to be drilled, having
	// been graded below Good; 0 when it does not.
	DrillDay Day
	// Suspended hides the card until that is undone.
	Suspended bool
	// BuriedDay hides the card on that study day and before; 0 when it is not
	// buried.
	BuriedDay Day
	// Flag is a mark of the learner's, 0 to MaxFlag; 0 is none.
	Flag int8
}

// NewState returns the state of a card that was never reviewed.
func NewState() State { return State{Ease: StartEase} }

// Mature reports whether s is in Review with an interval of MatureDays or more.
func (s State) Mature() bool { return s.Phase == Review && s.IntervalDays >= MatureDays }

// Hidden reports whether the card may not be shown on day.
func (s State) Hidden(day Day) bool { return s.Suspended || s.BuriedDay >= day && s.BuriedDay != 0 }

// Card is a card as the scheduler sees it: keys of the store and a state.
type Card struct {
	// ID is the store's key of the card.
	ID int64
	// Deck and Leaf are the store's keys of the card's deck and leaf. Cards of
	// one leaf are siblings.
	Deck, Leaf int64
	// Section is the store's key of the section right above the leaf.
	Section int64
	// Level is 1 beginner, 2 intermediate, 3 advanced.
	Level int8
	// Order is the card's place in its deck, in the order of the map.
	Order int64
	// Seed is fixed when the card is first seen and makes its fuzz its own.
	Seed  uint32
	State State
}
