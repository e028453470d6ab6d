package term

import (
	"slices"
	"strings"
	"sync"
)

// frame is the standard output of one prompt. It obeys the few control
// characters promptui writes and keeps what they make: logical lines, whatever
// the width of the window. The line under the last one belongs to readline,
// which echoes there; it is never shown.
type frame struct {
	mu     sync.Mutex
	rows   []string
	row    int
	rest   string // an escape sequence that is not complete yet
	held   bool   // in the middle of several runes for one key
	frozen bool   // the outcome is known: what is still written is late
	shown  []string
	draw   func(rows []string)
	guard  func()
}

// Write interprets b and draws the lines when they have changed.
func (f *frame) Write(b []byte) (int, error) {
	defer f.guard()
	f.mu.Lock()
	f.interpret(f.rest + string(b))
	rows := slices.Clone(f.rows[:min(f.row, len(f.rows))])
	show := !f.held && !f.frozen && len(rows) > 0 && !slices.Equal(rows, f.shown)
	if show {
		f.shown = rows
	}
	f.mu.Unlock()
	if show {
		f.draw(rows)
	}
	return len(b), nil
}

// Close does nothing: readline closes what it was given.
func (f *frame) Close() error { return nil }

// hold delays drawing until the runes of one key are all handed over.
func (f *frame) hold(on bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.held = on
}

// freeze keeps the frame as it is.
func (f *frame) freeze() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.frozen = true
}

func (f *frame) interpret(s string) {
	f.rest = ""
	for s != "" {
		switch s[0] {
		case '\x1b':
			n := sequenceLen(s)
			if n == 0 {
				f.rest = s
				return
			}
			f.obey(s[:n])
			s = s[n:]
		case '\n':
			f.row++
			s = s[1:]
		default:
			n := strings.IndexAny(s, "\x1b\n")
			if n < 0 {
				n = len(s)
			}
			*f.current() += strings.Map(dropControl, s[:n])
			s = s[n:]
		}
	}
}

func dropControl(r rune) rune {
	if r < ' ' || r == 0x7f {
		return -1
	}
	return r
}

// obey follows a CSI sequence: up, down, erase line, erase below. Colours and
// the cursor's looks are ours.
func (f *frame) obey(seq string) {
	if len(seq) < 3 {
		return
	}
	switch args := seq[2 : len(seq)-1]; seq[len(seq)-1] {
	case 'A':
		f.row = max(0, f.row-1)
	case 'B':
		f.row++
	case 'K':
		if args == "2" {
			*f.current() = ""
		}
	case 'J':
		f.current()
		f.rows = f.rows[:f.row+1]
	}
}

// current returns the line the cursor is on.
func (f *frame) current() *string {
	for len(f.rows) <= f.row {
		f.rows = append(f.rows, "")
	}
	return &f.rows[f.row]
}

// sequenceLen returns the length of the escape sequence s begins with, 0 when
// its end is not there yet.
func sequenceLen(s string) int {
	if len(s) < 2 {
		return 0
	}
	if s[1] != '[' {
		return 2
	}
	for i := 2; i < len(s); i++ {
		if s[i] >= '@' && s[i] <= '~' {
			return i + 1
		}
	}
	return 0
}
