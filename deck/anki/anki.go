// Package anki reads and writes packages of Anki, .apkg and .colpkg: notes as
// leaves and cards, with what Anki knows of their schedule and their history.
// It stands apart because it is the only format that is a database inside an
// archive, and the only one that carries a history.
//
// It is the exception to the rule that deck and what is below it do no I/O: a
// collection is a SQLite file, and SQLite wants a file. It reads from the
// io.ReaderAt and writes to the io.Writer that it is given, and puts the
// collection into a temporary folder that it is given too. It reads no clock.
package anki

import (
	"errors"
	"time"

	"github.com/mindleaf/mindleaf/deck"
)

// Errors that say what is wrong with a package as a whole. The errors of Open
// wrap them.
var (
	ErrNoCollection = errors.New("no Anki collection in it")
	ErrTooNew       = errors.New("made by a newer Anki than is known here")
	ErrStub         = errors.New("the collection is missing: it holds only the note that asks to update Anki")
	ErrEncrypted    = errors.New("the archive is encrypted")
	ErrDamaged      = errors.New("the package is damaged")
	ErrTooLarge     = errors.New("the package is too large")
)

// Options says what reading a package needs from outside.
type Options struct {
	// Folder takes the collection while the package is open.
	Folder string
	// Now is the present time in the learner's zone. Study days are counted in
	// that zone.
	Now time.Time
}

// Note is one note of Anki, or the cards of one that lie in the same top-level
// deck.
type Note struct {
	// Deck is the name of the top-level deck.
	Deck string
	// Leaf holds the entries made of the note; its Path is what is below the
	// top-level deck. It stands alone when it has one entry.
	Leaf deck.Leaf
	// Place orders the notes of a deck as Anki would show them when new.
	Place int64
	// Exported is the identity of the deck that the note was exported from, ""
	// when it was not made by Write; Language is that deck's.
	Exported deck.ID
	Language string
}

// Phase says where a card stands in being learned.
type Phase int8

// The phases of a card in Anki.
const (
	New Phase = iota
	Learning
	Review
	Relearning
)

// State is the schedule of a card. Days are study days, counted since 1 January
// 1970.
type State struct {
	Phase        Phase
	Due, LastDay int32
	// IntervalDays is 0 to 36500.
	IntervalDays int32
	// Ease is the ease factor in hundredths, 130 to 9999.
	Ease int32
	// Reps counts reviews passed in a row, Lapses the failed ones of a card in
	// Review.
	Reps, Lapses int32
}

// EventKind says what a row of the history is.
type EventKind int8

// The kinds of Event.
const (
	// Reviewed is an answer that led to State.
	Reviewed EventKind = iota
	// Drilled is an answer that changed nothing: cramming.
	Drilled
	// Placed is a change by hand or by a new setting that led to State.
	Placed
)

// Event is one row of a card's history.
type Event struct {
	Kind EventKind
	// At is when it happened, to the millisecond, and unique in a collection;
	// Day is its study day.
	At  time.Time
	Day int32
	// Button is 1 Again, 2 Hard, 3 Good, 4 Easy; 0 when Placed.
	Button int8
	Took   time.Duration
	// FSRS says that the row was written with FSRS in force, so that the ease
	// in State is not Anki's but worked out as Anki does beside FSRS.
	FSRS  bool
	State State
}

// Progress is all that a package says about how a card is learned.
type Progress struct {
	Deck string
	Card deck.CardID
	// Events are in the order of time.
	Events []Event
	// Now is the state of the card when the package was made, and At when that
	// state began, as far as can be told, on the study day AtDay.
	Now   State
	At    time.Time
	AtDay int32
	// Suspended and Buried were so on Changed. Buried means on that day.
	Suspended, Buried bool
	Changed           time.Time
	ChangedDay        int32
	// Flag (0 to 7) was so when the package was made: Anki does not note when a
	// flag changes.
	Flag int8
	Made time.Time
	// MadeDay is the study day of Made.
	MadeDay int32
}

const (
	// maxIntervalDays is a hundred years, Anki's own bound.
	maxIntervalDays = 36500
	minEase         = 130
	startEase       = 250
	maxEase         = 9999
)
