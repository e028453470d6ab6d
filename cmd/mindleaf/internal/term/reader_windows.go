package term

import (
	"errors"
	"io"
	"os"
	"sync/atomic"
	"time"

	"golang.org/x/sys/windows"
)

// tick is how often a waiting reader looks whether it was woken.
const tick = 50 * time.Millisecond

// ttySource reads a console in a way that can be interrupted between two keys.
type ttySource struct {
	in     *os.File
	handle windows.Handle
	woken  atomic.Bool
	closed atomic.Bool
	buf    [4096]byte
}

func newSource(in *os.File) (source, error) {
	return &ttySource{in: in, handle: windows.Handle(in.Fd())}, nil
}

func (s *ttySource) read(wait time.Duration) ([]byte, error) {
	for left := wait; ; left -= tick {
		switch {
		case s.closed.Load():
			return nil, io.EOF
		case s.woken.Swap(false):
			return nil, errWoken
		case wait > 0 && left <= 0:
			return nil, os.ErrDeadlineExceeded
		}
		slice := tick
		if wait > 0 {
			slice = min(tick, left)
		}
		event, err := windows.WaitForSingleObject(s.handle, uint32(slice.Milliseconds()))
		if err != nil {
			return nil, err
		}
		if event == uint32(windows.WAIT_TIMEOUT) {
			continue
		}
		n, err := s.in.Read(s.buf[:])
		if n == 0 && errors.Is(err, nil) {
			err = io.EOF
		}
		return s.buf[:n], err
	}
}

func (s *ttySource) wake() { s.woken.Store(true) }

func (s *ttySource) close() error {
	s.closed.Store(true)
	return nil
}
