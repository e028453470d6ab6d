package sm2

import "math"

// firstFuzzed is the shortest interval in days that is fuzzed.
const firstFuzzed = 3

// spread returns the shortest and the longest interval, in days, that fuzz may
// make of interval. It is the rule of Anki and of FSRS 4.5 and later:
// interval +- (1 + 0.15 of its days from 2.5 to 7 + 0.1 of those from 7 to 20 +
// 0.05 of those beyond), both ends rounded half up, never below 2; below
// firstFuzzed days nothing is fuzzed. It is computed in 200ths of a day.
func spread(interval int32) (shortest, longest int32) {
	if interval < firstFuzzed {
		return interval, interval
	}
	const day = 200
	days := int64(interval)
	either := day + 30*min(days, 7) - 75 + 20*max(min(days, 20)-7, 0) + 10*max(days-20, 0)
	low := (days*day - either + day/2) / day
	high := (days*day + either + day/2) / day
	return int32(max(low, 2)), int32(min(high, math.MaxInt32))
}

// fuzzed returns a length in days from the spread of interval, the same for the
// same seed and number of reviews, about equally often each; at most longest.
// The interval itself must not exceed longest.
func fuzzed(interval, longest int32, seed uint32, reviews int32) int32 {
	low, high := spread(interval)
	high = min(high, longest)
	size := uint64(high-low) + 1
	top := mix(uint64(seed)<<32|uint64(uint32(reviews))) >> 32
	return low + int32(top*size>>32)
}

// mix is the output function of the generator SplitMix64 (Steele, Lea, Flood
// 2014): it turns neighbouring numbers into unrelated ones.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
