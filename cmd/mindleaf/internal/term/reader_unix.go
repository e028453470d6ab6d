//go:build unix

package term

import (
	"errors"
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// ttySource reads a terminal in a way that can be interrupted, so that an
// editor can have the keys for itself.
type ttySource struct {
	in          *os.File
	fd          int
	woken, waky *os.File
	buf         [4096]byte
}

func newSource(in *os.File) (source, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	return &ttySource{in: in, fd: int(in.Fd()), woken: r, waky: w}, nil
}

// read waits with select, which unlike poll knows terminals on every system.
func (s *ttySource) read(wait time.Duration) ([]byte, error) {
	wake := int(s.woken.Fd())
	for {
		var set unix.FdSet
		set.Set(s.fd)
		set.Set(wake)
		var limit *unix.Timeval
		if wait > 0 {
			tv := unix.NsecToTimeval(int64(wait))
			limit = &tv
		}
		n, err := unix.Select(max(s.fd, wake)+1, &set, nil, nil, limit)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return nil, err
		case n == 0:
			return nil, os.ErrDeadlineExceeded
		case set.IsSet(wake):
			var one [1]byte
			if _, err := s.woken.Read(one[:]); err != nil {
				return nil, err
			}
			return nil, errWoken
		}
		got, err := s.in.Read(s.buf[:])
		if got == 0 && err == nil {
			err = io.EOF
		}
		return s.buf[:got], err
	}
}

func (s *ttySource) wake() {
	// A full pipe wakes the reader just as well.
	_, _ = s.waky.Write([]byte{0})
}

// close ends a waiting read.
func (s *ttySource) close() error { return s.waky.Close() }
