package main

import (
	"context"
	"io"
)

// endable is a stream that ends when the process is asked to, even while it waits
// for what nobody types: Read then returns [context.Canceled]. What is read
// meanwhile is lost.
type endable struct {
	ctx context.Context
	in  io.Reader
}

// maxRead is the most one Read of endable returns, in bytes.
const maxRead = 64 << 10

// Read waits for the stream or for the end, whichever comes first.
func (e endable) Read(b []byte) (int, error) {
	read := make([]byte, min(len(b), maxRead))
	n, err := await(e.ctx, func() (int, error) { return e.in.Read(read) })
	if n > 0 {
		copy(b, read[:n])
	}
	return n, err
}

// await returns what f does, or the error of ctx when that ends first. What f still
// does then, nobody will know of.
func await[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := f()
		done <- result{value, err}
	}()
	select {
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	case r := <-done:
		return r.value, r.err
	}
}
