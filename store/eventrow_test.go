package store

import (
	"math"
	"testing"
)

// TestEventRowOutOfRange wants an error where a number of the log does not fit what
// it is in an event.
func TestEventRowOutOfRange(t *testing.T) {
	for _, column := range []int{dayColumn, kindColumn, gradeColumn, dueColumn, levelColumn} {
		var r eventRow
		if _, err := r.event(); err != nil {
			t.Fatal(err)
		}
		r.n[column] = math.MaxInt32 + 1
		if e, err := r.event(); err == nil {
			t.Errorf("column %d: got %+v, want an error", column, e)
		}
	}
}
