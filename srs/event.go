package srs

import "time"

// EventKind says what happened.
type EventKind int8

// The kinds of event. A DrillEvent is a same-day repetition of what scored
// below Good; it changes neither interval nor ease. Numbers are stored: never
// change one.
const (
	ReviewEvent    EventKind = 1
	DrillEvent     EventKind = 2
	UndoEvent      EventKind = 3
	SuspendEvent   EventKind = 4
	UnsuspendEvent EventKind = 5
	BuryEvent      EventKind = 6
	UnburyEvent    EventKind = 7
	ResetEvent     EventKind = 8
	SetDueEvent    EventKind = 9
	// RenameEvent says that a card goes on under another identity: Text is
	// "old\nnew".
	RenameEvent EventKind = 10
	// OpenLevelEvent opens a level of a deck by hand: Text is the deck's ID and
	// Level the level. It concerns no card.
	OpenLevelEvent EventKind = 11
	// ForeignReviewEvent is a review that another program asked for: Given is
	// the state it led to there.
	ForeignReviewEvent EventKind = 12
	// SetStateEvent gives a card the state Given without a review: because it
	// was placed, or because another program had it so.
	SetStateEvent EventKind = 13
	// FlagEvent sets the card's flag to Flag.
	FlagEvent EventKind = 14
	// MarkDrillEvent puts a card into the drill of the day without a review.
	MarkDrillEvent EventKind = 15
	// QuizEvent is a finished quiz: Text is its result. It concerns no card.
	QuizEvent EventKind = 16
	// FocusEvent makes new cards come from one section first: Text is
	// "deck\nsection\nsubsection...", or the deck alone for no section. It
	// concerns no card.
	FocusEvent EventKind = 17
	// CloseLevelsEvent shuts the levels of a deck that were opened by hand: Text
	// is the deck's ID. It concerns no card.
	CloseLevelsEvent EventKind = 18
)

// OfCard reports whether events of kind k concern a card.
func (k EventKind) OfCard() bool {
	switch k {
	case OpenLevelEvent, QuizEvent, FocusEvent, CloseLevelsEvent:
		return false
	}
	return true
}

// Answer reports whether events of kind k are answers: reviews, of another program
// too, and drill.
func (k EventKind) Answer() bool {
	return k == ReviewEvent || k == DrillEvent || k == ForeignReviewEvent
}

// OfDay reports whether it depends on the study day of an event of kind k when its card
// comes again, or what day that is stands in it.
func (k EventKind) OfDay() bool {
	switch k {
	case BuryEvent, SetDueEvent, SetStateEvent, MarkDrillEvent:
		return true
	}
	return k.Answer()
}

// MaxFlag is the highest flag a card may have; 0 is none.
const MaxFlag = 7

// EventKey names an event for ever: the device that logged it and the number
// it gave it, counting from 1 without gaps. The zero key names no event.
type EventKey struct {
	Device int64
	Seq    int64
}

// Event is one entry of the append-only log. Which fields beyond Key, Clock,
// At and Day have a meaning depends on Kind.
type Event struct {
	Key EventKey
	// Clock orders events: milliseconds since 1970, but always later than
	// every event known when it was logged, even when the clock was set back.
	Clock int64
	// At is the time on the clock, in the learner's zone, to the millisecond.
	At time.Time
	// Day is the study day the learner was in.
	Day  Day
	Kind EventKind
	// Card is the store's key of the card, 0 when the event concerns none.
	Card  int64
	Grade Grade
	// Took is the time from question to grade.
	Took time.Duration
	// Scheduler is the Name of the scheduler in force.
	Scheduler string
	// Target is the event an UndoEvent takes back.
	Target EventKey
	// Due is the day a SetDueEvent sets; of a ReviewEvent the day that was chosen
	// in place of the scheduler's own, 0 when none was.
	Due Day
	// Level is the level an OpenLevelEvent opens.
	Level int8
	// Flag is the flag a FlagEvent sets, 0 to MaxFlag.
	Flag int8
	// Given is the state of a ForeignReviewEvent and a SetStateEvent.
	Given Given
	// Batch is the number of the first event of those that were recorded, and
	// are taken back, as one; 0 for an event by itself.
	Batch int64
	Text  string
}

// Scheduler decides when a card comes again. It is pure.
type Scheduler interface {
	// Name identifies the algorithm with all its settings, as stored with each
	// review so that it can be folded again later.
	Name() string
	// Next returns the state after a review of card, in state s, graded g on
	// day. It sets Phase, Due, IntervalDays, Ease, Reps, Lapses, Reviews and
	// LastDay; the rest stays.
	Next(s State, seed uint32, g Grade, day Day) State
}
