package store

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestEventRowPacks wants what is unpacked to be what was packed, and nothing to be
// made of a piece that was cut off.
func TestEventRowPacks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want, got eventRow
		for i := range want.n {
			want.n[i] = number(rapid.Int64().Draw(t, "number"))
		}
		want.text = words(rapid.String().Draw(t, "text"))
		packed := want.pack(nil)
		rest, err := got.unpack(append(packed, "next"...))
		if err != nil || string(rest) != "next" || got != want {
			t.Errorf("got %+v, %q, %v, want %+v", got, rest, err, want)
		}
		if _, err := got.unpack(packed[:rapid.IntRange(0, len(packed)-1).Draw(t, "cut")]); err == nil {
			t.Error("want an error for a piece")
		}
	})
}

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
