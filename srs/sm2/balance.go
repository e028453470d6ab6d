package sm2

import (
	"math"

	"github.com/mindleaf/mindleaf/srs"
)

// longestBalanced is the interval in days up to which Balance looks for a quiet
// day, as in Anki: beyond it the days are too far away to be known.
const longestBalanced = 90

// Spread returns the first and the last study day on which a card, in state after
// since a review on day, may come again: those that fuzz chooses among. Both are
// after.Due where there is nothing to choose: fuzz is off, the interval is short,
// or the review came early and the card kept its day.
func (s *Scheduler) Spread(after srs.State, day srs.Day) (first, last srs.Day) {
	if !s.settings.Fuzz || after.Phase == srs.New {
		return after.Due, after.Due
	}
	low, high := spread(after.IntervalDays)
	high = min(high, s.settings.MaxIntervalDays)
	if chosen := int64(after.Due) - int64(day); low >= high || chosen < int64(low) || chosen > int64(high) {
		return after.Due, after.Due
	}
	return day + srs.Day(low), day + srs.Day(high)
}

// Balance returns the day of Spread on which a card should come: rather a day on
// which few cards are due, and one that easy makes no lighter. due holds the
// number of cards due on each day of the spread, its first day first; easy gives
// the share of the usual load that a day should have, in percent, 0 to 100; a day
// of 0 is chosen only where all days are such. The choice is drawn with weights
// after those of Anki's load balancer (load_balancer.rs), due^-2.15 * interval^-3,
// where a day without cards counts as half a card, by the card's seed and its
// number of reviews: the same again for the same numbers.
func (s *Scheduler) Balance(after srs.State, seed uint32, day srs.Day, due []int64, easy func(srs.Day) int) srs.Day {
	first, last := s.Spread(after, day)
	if first == last || len(due) != int(last-first)+1 {
		return after.Due
	}
	weights := make([]float64, len(due))
	total := 0.0
	for i, n := range due {
		d := first + srs.Day(i)
		weights[i] = quiet(n, int32(d-day)) * lighter(easy(d))
		total += weights[i]
	}
	const scale = 1 << 53
	at := total * float64(mix(uint64(seed)<<32|uint64(uint32(after.Reviews)))>>11) / scale
	for i, w := range weights {
		if at -= w; at < 0 {
			return first + srs.Day(i)
		}
	}
	return after.Due
}

// Balanced reports whether Balance has anything to choose for a card in state
// after since a review on day.
func (s *Scheduler) Balanced(after srs.State, day srs.Day) bool {
	first, last := s.Spread(after, day)
	return first != last && after.IntervalDays <= longestBalanced
}

func quiet(due int64, interval int32) float64 {
	return math.Pow(max(float64(due), 0.5), -2.15) * math.Pow(float64(max(interval, 1)), -3)
}

// lighter is the weight of a day that should have a share of the usual load.
func lighter(percent int) float64 { return max(float64(min(percent, 100))/100, 1e-12) }
