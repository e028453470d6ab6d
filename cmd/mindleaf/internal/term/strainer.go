package term

import (
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Strainer writes to a terminal what is printed and not part of a screen, without
// what Sanitize removes: but tabs stay, and so does what Paint has painted. Whatever
// prints names, paths, cards or the errors of others as they are can so do no harm.
type Strainer struct {
	to     io.Writer
	colour bool
	held   string // the beginning of a character or a sequence whose end is to come
}

// NewStrainer returns a Strainer that writes to a terminal; without colour nothing
// painted passes.
func NewStrainer(to io.Writer, colour bool) *Strainer { return &Strainer{to: to, colour: colour} }

// Write writes b, but for what may be the beginning of something to be removed: that
// waits for the next Write, and is of no use where none comes.
func (s *Strainer) Write(b []byte) (int, error) {
	text := s.held + string(b)
	whole := len(text) - unfinished(text)
	s.held = text[whole:]
	if _, err := io.WriteString(s.to, s.strain(text[:whole])); err != nil {
		return 0, err
	}
	return len(b), nil
}

// unfinished returns how many bytes at the end of s begin a character, an escape
// sequence or something painted, on the last line, whose end is not there.
func unfinished(s string) int {
	last := s[strings.LastIndexByte(s, '\n')+1:]
	for rest := last; ; {
		at := strings.IndexByte(rest, 0x1b)
		if at < 0 {
			break
		}
		rest = rest[at:]
		n := escapeLen(rest)
		if isInk(rest[:n]) {
			if _, after, ok := strings.Cut(rest, unpaint); ok {
				rest = after
				continue
			}
		}
		if len(rest) < maxSequence && (isInk(rest[:n]) || goesOn(rest)) {
			return len(rest)
		}
		rest = rest[n:]
	}
	if strings.HasSuffix(last, "\r") {
		return 1 // \n may follow
	}
	for n := 1; n < utf8.UTFMax && n <= len(last); n++ {
		if tail := last[len(last)-n:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRuneInString(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}

// goesOn reports whether s, which begins with ESC, may be the beginning of a sequence
// that is longer.
func goesOn(s string) bool {
	return len(s) == 1 || escapeLen(s) == 1 && strings.IndexByte("[]PX^_", s[1]) >= 0
}

// strain returns text as s writes it.
func (s *Strainer) strain(text string) string {
	if clean(text) {
		return text
	}
	var b strings.Builder
	for line := range strings.SplitAfterSeq(text, "\n") {
		for line != "" {
			before, painted, ink := line, "", ""
			if s.colour {
				before, painted, ink = cutPainted(line)
			}
			b.WriteString(sanitize(before, nothing, "\t"))
			line = line[len(before):]
			if ink != "" {
				b.WriteString(ink + sanitize(painted, nothing, "\t") + unpaint)
				line = line[len(ink)+len(painted)+len(unpaint):]
			}
		}
	}
	return b.String()
}

// cutPainted returns what comes in line before the first part that Paint has painted,
// the text of that part, and the sequence for its ink; all of line when there is none.
func cutPainted(line string) (before, painted, ink string) {
	for at := 0; ; {
		i := strings.IndexByte(line[at:], 0x1b)
		if i < 0 {
			return line, "", ""
		}
		at += i
		n := escapeLen(line[at:])
		ink = line[at : at+n]
		end := strings.IndexByte(line[at+n:], 0x1b)
		if isInk(ink) && end >= 0 && strings.HasPrefix(line[at+n+end:], unpaint) {
			return line[:at], line[at+n : at+n+end], ink
		}
		at += n
	}
}

// isInk reports whether a sequence is one that Paint begins with.
func isInk(sequence string) bool {
	params, ok := strings.CutPrefix(sequence, "\x1b[")
	params, m := strings.CutSuffix(params, "m")
	return ok && m && params != "" && slices.Contains(inkParams[:], params)
}
