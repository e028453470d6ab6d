package sm2

import (
	"math"
	"testing"
)

// TestSpread compares with the published rule in floating point.
func TestSpread(t *testing.T) {
	for interval := int32(1); interval <= LongestIntervalDays; interval++ {
		i := float64(interval)
		delta := 0.0
		if i >= 2.5 {
			delta = 1 + 0.15*(min(i, 7)-2.5) + 0.1*max(min(i, 20)-7, 0) + 0.05*max(i-20, 0)
		}
		// The nudge undoes the error of 0.15, 0.1 and 0.05 in binary.
		low, high := math.Floor(i-delta+0.5+1e-9), math.Floor(i+delta+0.5+1e-9)
		if delta > 0 {
			low = max(low, 2)
		}
		gotLow, gotHigh := spread(interval)
		if float64(gotLow) != low || float64(gotHigh) != high {
			t.Errorf("spread of %d: got %d to %d, want %v to %v", interval, gotLow, gotHigh, low, high)
		}
	}
}

// TestFuzzedUniform counts how often each length is chosen, over seeds of one
// review and over reviews of one seed, and compares by chi squared.
func TestFuzzedUniform(t *testing.T) {
	const draws = 100_000
	for _, interval := range []int32{3, 6, 15, 100, 1000} {
		low, high := spread(interval)
		bySeed, byReview := make([]float64, high-low+1), make([]float64, high-low+1)
		for i := range draws {
			bySeed[fuzzed(interval, LongestIntervalDays, uint32(i), 3)-low]++
			byReview[fuzzed(interval, LongestIntervalDays, 12345, int32(i))-low]++
		}
		for name, counts := range map[string][]float64{"seeds": bySeed, "reviews": byReview} {
			want := float64(draws) / float64(len(counts))
			chi := 0.0
			for _, n := range counts {
				chi += (n - want) * (n - want) / want
			}
			// Mean k and variance 2k for k degrees of freedom: five deviations.
			k := float64(len(counts) - 1)
			if limit := k + 5*math.Sqrt(2*k); chi > limit {
				t.Errorf("interval %d over %s: chi squared %.1f, want %.1f or less", interval, name, chi, limit)
			}
		}
	}
}

func TestFuzzedLongest(t *testing.T) {
	for seed := range uint32(1000) {
		if got := fuzzed(100, 101, seed, 1); got > 101 {
			t.Fatalf("seed %d: got %d days, want 101 or fewer", seed, got)
		}
	}
}

// TestFuzzedGolden keeps the choice the same for ever: logs are folded again.
func TestFuzzedGolden(t *testing.T) {
	var got []int32
	for reviews := range int32(8) {
		got = append(got, fuzzed(100, LongestIntervalDays, 0xdecade, reviews))
	}
	want := []int32{104, 94, 107, 105, 101, 102, 106, 95}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}
