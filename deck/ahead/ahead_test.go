package ahead

import (
	"errors"
	"iter"
	"testing"
)

var errSequence = errors.New("the sequence ends")

// counting yields the numbers below n, then an error unless it is nil, and notes when
// it has ended.
func counting(n int, err error, ended *bool) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		defer func() { *ended = true }()
		for i := range n {
			if !yield(i, nil) {
				return
			}
		}
		if err != nil {
			yield(0, err)
		}
	}
}

func TestPull(t *testing.T) {
	for _, n := range []int{0, 1, atOnce - 1, atOnce, atOnce + 1, 20 * atOnce} {
		for _, want := range []error{nil, errSequence} {
			var ended bool
			next, stop := Pull(counting(n, want, &ended))
			for i := range n {
				if v, err, more := next(); v != i || err != nil || !more {
					t.Fatalf("%d of %d: got %d, %v, %v", i, n, v, err, more)
				}
			}
			for range 2 {
				if _, err, more := next(); !errors.Is(err, want) || more != (want != nil) {
					t.Errorf("after %d: got %v, %v, want %v", n, err, more, want)
				}
			}
			if stop(); !ended {
				t.Errorf("%d: not ended", n)
			}
		}
	}
}

// TestPullStops stops in the middle, and wants the sequence to have ended.
func TestPullStops(t *testing.T) {
	for pulled := range 3 * atOnce {
		var ended bool
		next, stop := Pull(counting(1000*atOnce, nil, &ended))
		for range pulled {
			if _, _, more := next(); !more {
				t.Fatal("no more")
			}
		}
		if stop(); !ended {
			t.Errorf("after %d: not ended", pulled)
		}
	}
}

// TestAll has a sequence that uses its only value again and again.
func TestAll(t *testing.T) {
	const n = 3*atOnce + 1
	for most := range n + 1 {
		ended, got := false, 0
		all := func(yield func(*int) bool) {
			defer func() { ended = true }()
			var v int
			for v = range n {
				if !yield(&v) {
					return
				}
			}
		}
		var kept []*int
		for v := range All(all) {
			if got == most {
				break
			}
			kept, got = append(kept, v), got+1
		}
		for i, v := range kept {
			if *v != i {
				t.Fatalf("of %d: got %d, want %d", most, *v, i)
			}
		}
		if len(kept) != most || !ended {
			t.Errorf("got %d, want %d; ended %v", len(kept), most, ended)
		}
	}
}
