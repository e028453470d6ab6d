package sm2

import (
	"math"

	"github.com/mindleaf/mindleaf/srs"
)

// decay is -w20 of the published FSRS-6 parameters, and factor is
// 0.9^(1/decay) - 1, which makes the curve 0.9 where elapsed time and stability
// are equal.
const (
	decay  = -0.1542
	factor = 0.98034649441347965
)

// Recall returns the probability, 0 to 1, that the card is recalled on day: 1 on
// the day of its last review (or before, when the clock was set back), 0.9 when
// its interval has passed, 0 for a new card. It is shown and never scheduled by.
//
// SM-2 itself predicts nothing. The curve is the power forgetting curve of
// FSRS-6, R(t, S) = (1 + f*t/S)^decay with f = 0.9^(1/decay) - 1, and the
// stability S taken to be SM-2's interval: with nothing fitted it predicted four
// review logs better than the exponential 0.9^(t/I).
func Recall(s srs.State, day srs.Day) float64 {
	if s.Phase == srs.New {
		return 0
	}
	elapsed := max(int64(day)-int64(s.LastDay), 0)
	stability := float64(max(s.IntervalDays, 1))
	return math.Exp(decay * math.Log1p(factor*float64(elapsed)/stability))
}

// Curve is Recall on one day, for very many cards: it remembers what it computed
// last. It must not be used by several goroutines at once.
type Curve struct {
	day  srs.Day
	memo [1 << memoBits]struct {
		interval, elapsed int32
		recall            float64
	}
}

// memoBits makes the memory of a Curve 128 KiB, which stays in a processor's
// cache.
const memoBits = 13

// NewCurve returns the Curve of a day.
func NewCurve(day srs.Day) *Curve { return &Curve{day: day} }

// Recall returns what the function Recall does for s on the day of the curve.
func (c *Curve) Recall(s *srs.State) float64 {
	if s.Phase == srs.New || c.day <= s.LastDay {
		return Recall(*s, c.day)
	}
	elapsed := int32(c.day - s.LastDay) // not 0, as in an unused cell
	m := &c.memo[(uint32(s.IntervalDays)*2654435761+uint32(elapsed)*40503)>>(32-memoBits)]
	if m.elapsed != elapsed || m.interval != s.IntervalDays {
		m.interval, m.elapsed, m.recall = s.IntervalDays, elapsed, Recall(*s, c.day)
	}
	return m.recall
}
