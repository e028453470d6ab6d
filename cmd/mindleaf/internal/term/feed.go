package term

import (
	"io"
	"unicode/utf8"
)

// What promptui understands, and all it ever gets besides text. None of them
// rings readline's hidden corners (Ctrl-C, Ctrl-D, Tab, Ctrl-R, Ctrl-Z).
const (
	runeLeft      = '\x02'
	runeRight     = '\x06'
	runeEnter     = '\r'
	runeNext      = '\x0e'
	runePrev      = '\x10'
	runeSearch    = '\x1f'
	runeBackspace = '\x7f'
)

// reaction is what a key means for the prompt: runes for promptui, then
// perhaps the end of its input.
type reaction struct {
	send []rune
	end  bool
}

func repeat(r rune, n int) []rune {
	rs := make([]rune, max(0, n))
	for i := range rs {
		rs[i] = r
	}
	return rs
}

// feed is the standard input of one prompt. It hands over one rune a Read, so
// that promptui's buffers never swallow a key meant for the next prompt.
type feed struct {
	pump   *pump
	handle func(key) reaction
	frame  *frame
	guard  func() // deferred: restores the terminal when handle panics
	queue  []rune
	done   bool
	closed bool // guarded by pump.mu
}

// Read waits for a key and hands over what it means, as promptui sees it.
func (f *feed) Read(b []byte) (int, error) {
	defer f.guard()
	for len(f.queue) == 0 {
		if f.done {
			return 0, io.EOF
		}
		k, ok := f.pump.next(f)
		if !ok {
			return 0, io.EOF
		}
		r := f.handle(k)
		f.queue, f.done = r.send, r.end
		if len(f.queue) > 1 {
			f.frame.hold(true)
		}
	}
	n := utf8.EncodeRune(b[:utf8.UTFMax], f.queue[0])
	f.queue = f.queue[1:]
	if len(f.queue) == 0 {
		f.frame.hold(false)
	}
	return n, nil
}

// Close ends a waiting Read.
func (f *feed) Close() error {
	f.pump.forget(f)
	return nil
}
