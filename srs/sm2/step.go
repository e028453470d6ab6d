package sm2

import (
	"fmt"
	"math"

	"github.com/mindleaf/mindleaf/srs"
)

// Reading says which of the two accounts of SM-2 by its author is followed.
// They differ in three places: see Program and Text.
type Reading int

const (
	// Program is SuperMemo 2 as P. Wozniak's own Delphi unit SuperMemo2Plug and
	// the npm package supermemo have it: every grade changes the ease factor,
	// the interval grows by the ease factor from before the change, and
	// fractions of a day are rounded half up. (The Delphi unit rounds halves to
	// the even day; npm does not.) It is the zero Reading.
	Program Reading = iota
	// Text is the prose of "Optimization of Learning" (1990), chapter 3.2,
	// taken literally: a failure keeps the ease factor, the interval grows by
	// the new ease factor, and fractions of a day are rounded up.
	Text
)

// The bounds of a Reading's arithmetic. Intervals above maxInterval are held
// there; int64 products of an interval, an ease and a multiplier then fit.
const (
	maxInterval = math.MaxInt32
	noChange    = 100 // the multiplier in percent that changes nothing
)

// delta is what a grade adds to the ease factor in hundredths, by q from 0 to
// 5: 0.1 - (5-q) * (0.08 + (5-q)*0.02).
var delta = [...]srs.Ease{-80, -54, -32, -14, 0, 10}

// String returns the word used in settings and names: "program" or "text".
func (r Reading) String() string {
	switch r {
	case Program:
		return "program"
	case Text:
		return "text"
	}
	return fmt.Sprintf("reading(%d)", int(r))
}

// ParseReading reads the word that String writes. Any other word is an error
// that lists the right ones.
func ParseReading(s string) (Reading, error) {
	for _, r := range [...]Reading{Program, Text} {
		if s == r.String() {
			return r, nil
		}
	}
	return Program, fmt.Errorf("unknown reading %q: use program or text", s)
}

// Step returns SM-2's interval I(n) in days, n and the ease factor after a
// review graded g of an item that had interval, reps (n) and ease before. It is
// the pure algorithm: no fuzz, no multiplier, no longest interval. A passed
// review gives I(1) = 1, I(2) = 6 and I(n) = I(n-1) * EF; a failed one starts
// again with I = 1 and n = 0. The interval is 1 or more and the ease factor
// 1.30 or more, and both stop at the largest int32, as n does. A grade outside
// 0 to 5 counts as the nearest one inside.
//
// Source: P. Wozniak, "Optimization of Learning" (1990), chapter 3.2, and the
// Delphi unit SuperMemo2Plug by the same author; r chooses between them.
func Step(r Reading, interval, reps int32, ease srs.Ease, g srs.Grade) (int32, int32, srs.Ease) {
	return step(r, interval, reps, ease, g, noChange)
}

// step is Step with a multiplier in percent on every I(n) with n > 2.
func step(r Reading, interval, reps int32, ease srs.Ease, g srs.Grade, multiplier int) (int32, int32, srs.Ease) {
	g = min(max(g, 0), 5)
	next := changed(ease, g)
	if !g.Passed() {
		if r == Text {
			next = max(ease, srs.MinEase)
		}
		return 1, 0, next
	}
	switch {
	case reps <= 0:
		return 1, 1, next
	case reps == 1:
		return 6, 2, next
	case reps < math.MaxInt32:
		reps++
	}
	if r == Text {
		ease = next
	}
	return grown(r, interval, ease, multiplier), reps, next
}

func changed(ease srs.Ease, g srs.Grade) srs.Ease {
	sum := int64(ease) + int64(delta[g])
	return srs.Ease(min(max(sum, int64(srs.MinEase)), math.MaxInt32))
}

// grown returns interval * ease * multiplier in whole days, rounded once, as r
// rounds. Ease and multiplier are hundredths.
func grown(r Reading, interval int32, ease srs.Ease, multiplier int) int32 {
	const scale = 100 * 100
	factor := max(int64(ease), 0) * int64(multiplier)
	days := max(int64(interval), 1)
	if factor > math.MaxInt64/days-scale {
		return maxInterval
	}
	up := int64(scale / 2)
	if r == Text {
		up = scale - 1
	}
	return int32(min(max((days*factor+up)/scale, 1), maxInterval))
}
