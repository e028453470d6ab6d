package srs

// DayCount is what was done on one study day, in one deck or in all.
type DayCount struct {
	// Reviews counts graded reviews without drill; New those of new cards.
	Reviews, New, Drills int64
	// Again counts reviews graded below Hard. Young and Mature count reviews
	// of cards that were in Review before, by their interval then, and
	// YoungPassed and MaturePassed the passed ones among them: retention.
	Again, Young, YoungPassed, Mature, MaturePassed int64
	// Millis is the time spent, in milliseconds, drill included.
	Millis int64
}

// CountStep returns what one step adds to its study day.
func CountStep(s *Step) DayCount {
	c := DayCount{Millis: s.Event.Took.Milliseconds()}
	switch s.Event.Kind {
	case DrillEvent:
		c.Drills = 1
		return c
	case ReviewEvent, ForeignReviewEvent:
	default:
		return DayCount{}
	}
	c.Reviews = 1
	if s.Before.Phase == New {
		c.New = 1
	}
	passed := int64(0)
	if s.Event.Grade.Passed() {
		passed = 1
	} else {
		c.Again = 1
	}
	switch {
	case s.Before.Mature():
		c.Mature, c.MaturePassed = 1, passed
	case s.Before.Phase == Review:
		c.Young, c.YoungPassed = 1, passed
	}
	return c
}

// Add returns the sum of c and n times d; n is 1 or -1.
func (c DayCount) Add(d DayCount, n int64) DayCount {
	c.Reviews += n * d.Reviews
	c.New += n * d.New
	c.Drills += n * d.Drills
	c.Again += n * d.Again
	c.Young += n * d.Young
	c.YoungPassed += n * d.YoungPassed
	c.Mature += n * d.Mature
	c.MaturePassed += n * d.MaturePassed
	c.Millis += n * d.Millis
	return c
}

// Counts says how many cards stand where. Suspended cards are counted there
// and nowhere else.
type Counts struct {
	New, Learning, Young, Mature, Suspended int64
}

// Total returns the number of cards, suspended ones included.
func (c Counts) Total() int64 { return c.New + c.Learning + c.Young + c.Mature + c.Suspended }

// Active returns the number of cards that are not suspended.
func (c Counts) Active() int64 { return c.Total() - c.Suspended }

// Learned returns the number of cards in Review, young or mature.
func (c Counts) Learned() int64 { return c.Young + c.Mature }

// CountState returns the count of a single card in state s. Relearning counts
// as learning.
func CountState(s State) Counts {
	switch {
	case s.Suspended:
		return Counts{Suspended: 1}
	case s.Phase == New:
		return Counts{New: 1}
	case s.Mature():
		return Counts{Mature: 1}
	case s.Phase == Review:
		return Counts{Young: 1}
	}
	return Counts{Learning: 1}
}

// Add returns the sum of c and n times d.
func (c Counts) Add(d Counts, n int64) Counts {
	c.New += n * d.New
	c.Learning += n * d.Learning
	c.Young += n * d.Young
	c.Mature += n * d.Mature
	c.Suspended += n * d.Suspended
	return c
}
