package srs

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Given is what a state from outside the scheduler says: of a card that another
// program scheduled, or that was placed. The other fields of State are kept by
// the log itself.
type Given struct {
	Phase Phase
	// Due and LastDay are study days, IntervalDays 0 or more.
	Due, LastDay Day
	IntervalDays int32
	// Ease is MinEase or more.
	Ease         Ease
	Reps, Lapses int32
}

// Check returns an error that says which field cannot be.
func (g Given) Check() error {
	switch {
	case g.Phase < New || g.Phase > Relearning:
		return fmt.Errorf("phase %d is not 0 to %d", g.Phase, Relearning)
	case g.IntervalDays < 0:
		return fmt.Errorf("interval of %d days", g.IntervalDays)
	case g.Ease < MinEase:
		return fmt.Errorf("ease factor %d is below %d", g.Ease, MinEase)
	case g.Reps < 0 || g.Lapses < 0:
		return fmt.Errorf("%d reviews passed in a row and %d lapses", g.Reps, g.Lapses)
	}
	return nil
}

// fields are the fields of g in the order in which they are written.
func (g *Given) fields() [6]*int32 {
	return [...]*int32{(*int32)(&g.Due), (*int32)(&g.LastDay), &g.IntervalDays, (*int32)(&g.Ease), &g.Reps, &g.Lapses}
}

// String writes g the way ParseGiven reads it: its fields in their order, each
// as a decimal number, with single spaces between.
func (g Given) String() string {
	text := strconv.AppendInt(nil, int64(g.Phase), 10)
	for _, f := range g.fields() {
		text = strconv.AppendInt(append(text, ' '), int64(*f), 10)
	}
	return string(text)
}

// ParseGiven reads what String writes.
func ParseGiven(s string) (Given, error) {
	var g Given
	word, rest, more := strings.Cut(s, " ")
	n, err := strconv.ParseInt(word, 10, 8)
	g.Phase = Phase(n)
	for _, f := range g.fields() {
		if err != nil || !more {
			return Given{}, fmt.Errorf("%q is not a given state", s)
		}
		word, rest, more = strings.Cut(rest, " ")
		n, err = strconv.ParseInt(word, 10, 32)
		*f = int32(n)
	}
	if err != nil || more {
		return Given{}, fmt.Errorf("%q is not a given state", s)
	}
	if err := g.Check(); err != nil {
		return Given{}, fmt.Errorf("%q is not a given state: %w", s, err)
	}
	return g, nil
}

// set returns s as g says.
func (s State) set(g Given) State {
	s.Phase, s.Due, s.LastDay = g.Phase, g.Due, g.LastDay
	s.IntervalDays, s.Ease, s.Reps, s.Lapses = g.IntervalDays, g.Ease, g.Reps, g.Lapses
	return s
}

// foreign returns s after a review by another program.
func (s State) foreign(e Event) State {
	s = s.set(e.Given)
	if s.Reviews < math.MaxInt32 {
		s.Reviews++
	}
	s.LastDay, s.DrillDay, s.BuriedDay = e.Day, 0, 0
	return s
}
