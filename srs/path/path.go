// Package path owns the learning path: which levels are open and what opens the
// next one. It stands apart from the store, which counts cards, and from the
// session, which queues them.
package path

import (
	"fmt"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// Settings are what a learner may choose about the path. The zero Settings open
// every level at once: start from Default.
type Settings struct {
	// GatePercent is the share of a level's cards to be learned before the next
	// level opens, 0 to 100.
	GatePercent int
}

// Default returns the settings a learner starts with: 80 percent.
func Default() Settings { return Settings{GatePercent: 80} }

// Check returns an error if a setting is out of range.
func (s Settings) Check() error {
	if s.GatePercent < 0 || s.GatePercent > 100 {
		return fmt.Errorf("checking the path: gate: %d is not 0 to 100 percent", s.GatePercent)
	}
	return nil
}

// Status says how one level of one deck, or of all, stands.
type Status struct {
	Level deck.Level
	// Counts are the level's cards, those of no level with the beginner's.
	Counts srs.Counts
	// Open says that new cards of the level may come.
	Open bool
	// ByHand says that the learner opened the level although what comes before
	// it is not learned yet.
	ByHand bool
	// Needed is the number of cards of this level still to be learned before it
	// lets the next one open; 0 where the next level is open already, and where no
	// later one has cards to learn.
	Needed int64
}

// Levels returns the status of the three levels in the order of the path. Both
// arguments are indexed by deck.Level; counts[0] belongs to cards of no level,
// which count as beginner, and opened says which levels were opened by hand.
//
// Beginner is always open. Any other level opens when the level before it is
// open and GatePercent of its cards that are not suspended are in Review, young
// or mature; a level without such cards lets pass. A level of which a card was
// ever begun stays open: neither a lapse nor cards added to an earlier level
// shut it again. A level opened by hand is open whatever comes before it.
func Levels(counts [4]srs.Counts, opened [4]bool, s Settings) [3]Status {
	counts[deck.Beginner] = counts[deck.Beginner].Add(counts[deck.NoLevel], 1)
	var levels [3]Status
	passed := true // what comes before is open and learned
	for i, level := range deck.Levels {
		c := counts[level]
		begun := c.Active() > c.New
		st := Status{Level: level, Counts: c, Open: passed || begun || opened[level]}
		st.ByHand = opened[level] && !passed
		st.Needed = needed(c, s.GatePercent)
		passed = st.Open && st.Needed == 0
		levels[i] = st
	}
	later := int64(0) // cards of the levels after this one
	for i := len(levels) - 1; i >= 0; i-- {
		if later == 0 || levels[i+1].Open {
			levels[i].Needed = 0
		}
		later += levels[i].Counts.Active()
	}
	return levels
}

// Several reports whether there are cards of more than one level: those of only one
// go without its name.
func Several(levels [3]Status) bool {
	n := 0
	for _, st := range levels {
		if st.Counts.Total() > 0 {
			n++
		}
	}
	return n > 1
}

// needed returns how many of the cards counted are missing to percent of them,
// rounded up.
func needed(c srs.Counts, percent int) int64 {
	p := int64(min(max(percent, 0), 100))
	return max((c.Active()*p+99)/100-c.Learned(), 0)
}

// Open returns a function that reports whether new cards of a level may come.
// A level that is none of deck.Levels counts as the nearest one.
func Open(levels [3]Status) func(level int8) bool {
	return func(level int8) bool { return levels[index(level)].Open }
}

// Present returns the level the learner is at, which is decided by what a review
// brings next: the level of the next new card, that is the first open one with new
// cards. So a learner whom a placement has let start at intermediate, but for a
// section, is at beginner until the cards of that section are begun, as these come
// first. Where no new card may come it is the last open level with cards.
func Present(levels [3]Status) Status {
	last := levels[0]
	for _, st := range levels {
		switch {
		case !st.Open:
		case st.Counts.New > 0:
			return st
		case st.Counts.Total() > 0:
			last = st
		}
	}
	return last
}

func index(level int8) int {
	return int(min(max(level, int8(deck.Beginner)), int8(deck.Advanced)) - int8(deck.Beginner))
}

// Rotate returns decks in the order in which new cards are drawn from them in
// turn on day: the same order each day, but one deck further on the next day,
// so that each comes first equally often. The slice it is given stays as it is.
func Rotate[T any](decks []T, day srs.Day) []T {
	if len(decks) == 0 {
		return nil
	}
	start := int(int64(day) % int64(len(decks)))
	if start < 0 {
		start += len(decks)
	}
	turned := make([]T, 0, len(decks))
	return append(append(turned, decks[start:]...), decks[:start]...)
}
