package term

import (
	"bytes"
	"time"
	"unicode"
	"unicode/utf8"
)

// key is one thing the learner did at the keyboard.
type key struct {
	code keyCode
	text string // of keyText and keyPaste; the letter of keyCtrl
}

type keyCode uint8

const (
	keyNone keyCode = iota // something that means nothing here
	keyText                // one character
	keyPaste
	keyCtrl
	keyEnter
	keyEsc
	keyTab
	keyBackspace
	keyDelete
	keyUp
	keyDown
	keyLeft
	keyRight
	keyHome
	keyEnd
	keyPageUp
	keyPageDown
	keyWordLeft
	keyWordRight
	keyWordBackspace
	// not keys: what happened to the process
	keyInterrupt // asked to stop
	keyEOF       // nothing more will come
	keyResume    // continued after a stop
	keyStop      // asked to stop by a signal
	keyExpired   // the clock has run out
)

const (
	escWait   = 50 * time.Millisecond // how long the rest of a sequence may take
	pasteWait = 5 * time.Second       // how long a paste may stall
	maxSeq    = 64                    // bytes of a key sequence
	maxString = 4096                  // bytes of a reply of the terminal
	maxPaste  = 1 << 20               // bytes of a paste
)

var (
	pasteBegin = []byte("\x1b[200~")
	pasteEnd   = []byte("\x1b[201~")
)

// decoder turns bytes from the terminal into keys, however they were split.
// Its zero value is ready.
type decoder struct {
	buf     []byte
	pasting bool
}

// feed takes b and returns the keys that are complete.
func (d *decoder) feed(b []byte) []key {
	d.buf = append(d.buf, b...)
	return d.drain(false)
}

// flush says that nothing followed in time, and returns what that makes of
// the bytes kept: a lone ESC is the Esc key.
func (d *decoder) flush() []key { return d.drain(true) }

// patience returns how long to wait for more bytes before flush; 0 when
// nothing is kept.
func (d *decoder) patience() time.Duration {
	switch {
	case d.pasting:
		return pasteWait
	case len(d.buf) > 0:
		return escWait
	}
	return 0
}

func (d *decoder) drain(final bool) []key {
	var keys []key
	for len(d.buf) > 0 || d.pasting {
		k, n := d.next(final)
		if n == 0 && !final {
			break
		}
		d.buf = d.buf[n:]
		if k.code != keyNone {
			keys = append(keys, k)
		}
	}
	if len(d.buf) == 0 {
		d.buf = nil
	}
	return keys
}

// next returns the first key of buf and its length in bytes; length 0 when it
// may be incomplete. With final set it always makes progress.
func (d *decoder) next(final bool) (key, int) {
	if d.pasting {
		return d.paste(final)
	}
	switch c := d.buf[0]; {
	case c == 0x1b:
		return d.escape(final)
	case c < ' ' || c == 0x7f:
		return controlKey(c), 1
	}
	if !utf8.FullRune(d.buf) && !final {
		return key{}, 0
	}
	r, n := utf8.DecodeRune(d.buf)
	if r == utf8.RuneError || invisible(r) {
		return key{}, n
	}
	return key{code: keyText, text: string(r)}, n
}

func (d *decoder) paste(final bool) (key, int) {
	end := bytes.Index(d.buf, pasteEnd)
	if end < 0 && !final && len(d.buf) < maxPaste {
		return key{}, 0
	}
	d.pasting = false
	if end < 0 {
		return key{code: keyPaste, text: string(d.buf)}, len(d.buf)
	}
	return key{code: keyPaste, text: string(d.buf[:end])}, end + len(pasteEnd)
}

// escape reads what begins with ESC: the key itself, a sequence, a reply of
// the terminal, or a character typed with Alt.
func (d *decoder) escape(final bool) (key, int) {
	b := d.buf
	if len(b) == 1 {
		if final {
			return key{code: keyEsc}, 1
		}
		return key{}, 0
	}
	switch b[1] {
	case '[', 'O':
		return d.sequence(final)
	case ']', 'P', 'X', '^', '_':
		return key{}, stringLen(b, final)
	case 0x7f, '\b':
		return key{code: keyWordBackspace}, 2
	case 'b':
		return key{code: keyWordLeft}, 2
	case 'f':
		return key{code: keyWordRight}, 2
	}
	if b[1] < ' ' {
		return key{code: keyEsc}, 1
	}
	if !utf8.FullRune(b[1:]) && !final {
		return key{}, 0
	}
	_, n := utf8.DecodeRune(b[1:])
	return key{}, 1 + n
}

// sequence reads a CSI or SS3 sequence.
func (d *decoder) sequence(final bool) (key, int) {
	b := d.buf
	for i := 2; i < len(b); i++ {
		switch c := b[i]; {
		case i == 2 && c == '[' && b[1] == '[': // a function key of the Linux console
			if len(b) == 3 {
				return d.partial(final)
			}
			return key{}, 4
		case c < ' ' || c > '~' || i > maxSeq:
			return key{}, i
		case c < '@':
			continue
		case bytes.Equal(b[:i+1], pasteBegin):
			d.pasting = true
			return key{}, i + 1
		}
		return sequenceKey(string(b[2:i]), b[i]), i + 1
	}
	return d.partial(final)
}

// partial is the answer for a sequence whose end is not there yet.
func (d *decoder) partial(final bool) (key, int) {
	if final {
		return key{}, len(d.buf)
	}
	return key{}, 0
}

// stringLen returns the length of a reply that ends with BEL or ST.
func stringLen(b []byte, final bool) int {
	for i := 2; i < len(b); i++ {
		switch {
		case b[i] == '\a' || i == maxString:
			return i + 1
		case b[i] == '\\' && b[i-1] == 0x1b && i > 2:
			return i + 1
		}
	}
	if final {
		return len(b)
	}
	return 0
}

// folded returns the letter, digit or sign k stands for as a command: full
// width forms, which an input method may send, count as their narrow ones. It
// is 0 for anything but one character.
func (k key) folded() rune {
	r, n := utf8.DecodeRuneInString(k.text)
	switch {
	case k.code != keyText || n != len(k.text):
		return 0
	case r == '\u3000':
		return ' '
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	}
	return r
}

// ctrl reports whether k is Ctrl and the letter.
func (k key) ctrl(letter string) bool { return k.code == keyCtrl && k.text == letter }

// matches reports whether k is the letter r, in capitals too unless these are
// a letter of their own in all.
func (k key) matches(r rune, all []Key) bool {
	f := k.folded()
	if f == r {
		return f != 0
	}
	for _, other := range all {
		if other.Key == f {
			return false
		}
	}
	return f != 0 && unicode.ToLower(f) == r
}
