// Package spelling finds the word that was meant by one with a slip of the finger.
// It stands apart because keys of deck files, settings, commands and filters all
// want the same.
package spelling

// Closest returns the word among words that is most like s, "" when none is near:
// at most a third of its letters may differ.
func Closest(s string, words []string) string {
	best, least := "", len(s)
	for _, w := range words {
		if d := Distance(s, w); d < least {
			best, least = w, d
		}
	}
	if least*3 > len(best) {
		return ""
	}
	return best
}

// Distance counts the bytes left out, added, mistaken or swapped with their
// neighbour between a and b (the optimal string alignment distance).
func Distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
