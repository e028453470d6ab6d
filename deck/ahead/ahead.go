// Package ahead runs a sequence in a goroutine of its own, some values ahead of who
// uses them, so that both have a processor.
package ahead

import "iter"

// Of the values atOnce are handed from one goroutine to the other together, and
// batchesAhead times as many wait at most.
const (
	atOnce       = 64
	batchesAhead = 4
)

// pulled is what a sequence yielded: some values, and an error behind them.
type pulled[T any] struct {
	values []T
	err    error
}

// Pull is iter.Pull2 for a sequence that ends with its first error. It runs ahead until
// stop has returned.
func Pull[T any](all iter.Seq2[T, error]) (next func() (T, error, bool), stop func()) {
	ahead, stopped := make(chan pulled[T], batchesAhead), make(chan struct{})
	go func() {
		defer close(ahead)
		var batch pulled[T]
		send := func() bool {
			select {
			case ahead <- batch:
				batch = pulled[T]{}
				return true
			case <-stopped:
				return false
			}
		}
		for v, err := range all {
			if err != nil {
				batch.err = err
				break
			}
			if batch.values = append(batch.values, v); len(batch.values) == atOnce && !send() {
				return
			}
		}
		send()
	}()
	var batch pulled[T]
	next = func() (v T, err error, more bool) {
		for len(batch.values) == 0 {
			if batch.err != nil {
				return v, batch.err, true
			}
			if batch, more = <-ahead; !more {
				return v, nil, false
			}
		}
		v, batch.values = batch.values[0], batch.values[1:]
		return v, nil, true
	}
	return next, func() {
		close(stopped)
		for range ahead { // until the goroutine ends
		}
	}
}

// All yields pointers to copies of what all yields pointers to, which may last until
// the next one only. It runs ahead until All has ended.
func All[T any](all iter.Seq[*T]) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		next, stop := Pull(func(yield func(T, error) bool) {
			for v := range all {
				if !yield(*v, nil) {
					return
				}
			}
		})
		defer stop()
		for {
			v, _, more := next()
			if !more || !yield(&v) {
				return
			}
		}
	}
}
