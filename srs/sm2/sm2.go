// Package sm2 is the scheduler SuperMemo 2 and what daily use asks of it beyond
// the algorithm: interval fuzz, a multiplier, a longest interval, early and
// repeated reviews. It stands apart from srs so that the vocabulary does not
// depend on one algorithm. It is pure and, but for the shown Recall, all
// integers: every machine computes the same.
package sm2

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/mindleaf/mindleaf/srs"
)

// The ranges of settings.
const (
	MinMultiplierPercent = 10
	MaxMultiplierPercent = 1000
	// LongestIntervalDays is a hundred years.
	LongestIntervalDays = 36500
)

// Settings are what a learner may choose about SM-2. The zero Settings are not
// valid: start from Default.
type Settings struct {
	Reading Reading
	// MultiplierPercent scales every interval after the second, 10 to 1000. As
	// the next interval grows from the scaled one it compounds, like Anki's
	// interval modifier.
	MultiplierPercent int
	// Fuzz varies intervals from 3 days up, so that cards learned together do
	// not stay together.
	Fuzz bool
	// MaxIntervalDays is the longest interval, 1 to 36500 days.
	MaxIntervalDays int32
}

// Default returns the settings a learner starts with: the author's program,
// multiplier 100, fuzz on, intervals up to 36500 days.
func Default() Settings {
	return Settings{Reading: Program, MultiplierPercent: noChange, Fuzz: true, MaxIntervalDays: LongestIntervalDays}
}

// Scheduler is SM-2 with its settings. Make one with New or Parse; it may be
// used by several goroutines at once.
type Scheduler struct {
	settings Settings
	name     string
}

// New returns a scheduler. Its error names every setting that is out of range
// as Name writes it, with its value and the range.
func New(s Settings) (*Scheduler, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	return &Scheduler{settings: s, name: s.name()}, nil
}

func (s Settings) check() error {
	var wrong []string
	for _, f := range []struct {
		key string
		err error
	}{
		{"reading", checkReading(s.Reading)},
		{"multiplier", checkMultiplier(s.MultiplierPercent)},
		{"max", checkMax(int(s.MaxIntervalDays))},
	} {
		if f.err != nil {
			wrong = append(wrong, f.key+": "+f.err.Error())
		}
	}
	if wrong != nil {
		return errors.New("setting up sm2: " + strings.Join(wrong, "; "))
	}
	return nil
}

func checkReading(r Reading) error {
	if r != Program && r != Text {
		return fmt.Errorf("%d is neither program nor text", int(r))
	}
	return nil
}

func checkMultiplier(percent int) error {
	if percent < MinMultiplierPercent || percent > MaxMultiplierPercent {
		return fmt.Errorf("%d is not %d to %d percent", percent, MinMultiplierPercent, MaxMultiplierPercent)
	}
	return nil
}

func checkMax(days int) error {
	if days < 1 || days > LongestIntervalDays {
		return fmt.Errorf("%d is not 1 to %d days", days, LongestIntervalDays)
	}
	return nil
}

// Settings returns what s was made with.
func (s *Scheduler) Settings() Settings { return s.settings }

// Next returns the state after a review graded g on day, as srs.Scheduler asks.
// IntervalDays is SM-2's own interval; Due is day plus the fuzzed one. A grade
// outside 0 to 5 counts as the nearest one inside. Where SM-2 says nothing:
//
//   - A second success on one study day counts once. A success on the day of the
//     last review, or before it when the clock was set back, keeps interval,
//     reps and ease. SM-2 intervals are whole days ("repetition session of a
//     given day", Wozniak 1990), so nothing was learned about a longer one. A
//     success right after a failure does count, that being the first success
//     since; a failure always counts.
//   - A success before its time earns no more than the days that have passed:
//     the interval is max(current, elapsed * EF), as for an early review in Anki
//     (passing_early_review_intervals, "good"); Easy counts as Good, so that the
//     ease factor does not rise (Mnemosyne: "Don't update the easiness when
//     learning ahead"); and the card is not due sooner than it was.
//   - A success after its time earns what it would have earned on its day, as in
//     the author's program, which does not know the day.
func (s *Scheduler) Next(st srs.State, seed uint32, g srs.Grade, day srs.Day) srs.State {
	next := st
	next.LastDay = day
	if next.Reviews < math.MaxInt32 {
		next.Reviews++
	}
	repeated := st.Phase != srs.New && g.Passed() && day <= st.LastDay && st.Reps > 0
	if !repeated {
		next.IntervalDays, next.Reps, next.Ease = s.advance(st, g, day)
		next.Phase = phase(st.Phase, next.Reps)
		if st.Phase == srs.Review && !g.Passed() && next.Lapses < math.MaxInt32 {
			next.Lapses++
		}
	}
	next.Due = s.due(next.IntervalDays, seed, next.Reviews, day)
	if st.Phase != srs.New && g.Passed() && st.Due > day {
		next.Due = max(next.Due, st.Due)
		if repeated {
			next.Due = st.Due
		}
	}
	return next
}

// advance returns interval, reps and ease after a review that counts.
func (s *Scheduler) advance(st srs.State, g srs.Grade, day srs.Day) (int32, int32, srs.Ease) {
	base, early := st.IntervalDays, false
	if g.Passed() && st.Reps >= 2 {
		base, early = earned(st, day)
	}
	if early {
		g = min(g, srs.Good)
	}
	interval, reps, ease := step(s.settings.Reading, base, st.Reps, st.Ease, g, s.settings.MultiplierPercent)
	if early {
		interval = max(interval, st.IntervalDays)
	}
	return min(interval, s.settings.MaxIntervalDays), reps, ease
}

// earned returns the days from which the next interval grows, and whether the
// review comes too early to grow from the whole interval. It does so before Due,
// and also when Due was brought forward by hand: fuzz alone never makes a card
// due before the shortest of its spread.
func earned(st srs.State, day srs.Day) (days int32, early bool) {
	elapsed := int64(day) - int64(st.LastDay)
	shortest, _ := spread(st.IntervalDays)
	if elapsed >= int64(st.IntervalDays) || day >= st.Due && elapsed >= int64(shortest) {
		return st.IntervalDays, false
	}
	return int32(max(elapsed, 1)), true
}

// due returns the day after interval days, fuzzed if so set, and tomorrow at
// the earliest.
func (s *Scheduler) due(interval int32, seed uint32, reviews int32, day srs.Day) srs.Day {
	interval = min(interval, s.settings.MaxIntervalDays)
	if s.settings.Fuzz {
		interval = fuzzed(interval, s.settings.MaxIntervalDays, seed, reviews)
	}
	return srs.Day(min(int64(day)+int64(max(interval, 1)), math.MaxInt32))
}

// phase returns the phase of a card that was in before and now has reps.
func phase(before srs.Phase, reps int32) srs.Phase {
	switch {
	case reps >= 2:
		return srs.Review
	case before == srs.Review || before == srs.Relearning:
		return srs.Relearning
	}
	return srs.Learning
}
