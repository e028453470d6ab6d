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
	type result struct {
		n   int
		err error
	}
	read := make([]byte, min(len(b), maxRead))
	done := make(chan result, 1)
	go func() {
		n, err := e.in.Read(read)
		done <- result{n, err}
	}()
	select {
	case <-e.ctx.Done():
		return 0, e.ctx.Err()
	case r := <-done:
		return copy(b, read[:r.n]), r.err
	}
}
