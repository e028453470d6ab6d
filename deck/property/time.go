package property

import (
	"testing"
	"time"
)

// OneAtATime skips a long test in short runs, which are those with the race detector:
// a single goroutine does everything in it, or processes of which the detector sees one
// at a time.
func OneAtATime(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("there is nothing for the race detector")
	}
}

// InTime runs what takes a second or two, but minutes and hours when the cost of
// anything in it grows faster than its input, and fails the test then. Short runs get
// more time: they are those with the race detector, under which all takes longer.
func InTime(t *testing.T, f func()) {
	t.Helper()
	limit := time.Minute
	if testing.Short() {
		limit *= 3
	}
	start := time.Now()
	f()
	if took := time.Since(start); took > limit {
		t.Errorf("took %v, want less than %v", took, limit)
	}
}
