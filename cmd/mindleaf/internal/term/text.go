package term

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Width returns the number of columns s takes on the terminal. Characters of
// ambiguous width count 1, or 2 after Open with AmbiguousWide.
func Width(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return uniseg.StringWidth(s)
		}
	}
	return len(s)
}

// Truncate returns s cut to at most width columns; a cut is marked with … at
// its end.
func Truncate(s string, width int) string {
	if Width(s) <= width {
		return s
	}
	if width < Width("…") {
		return ""
	}
	return headOf(s, width-Width("…")) + "…"
}

// TruncateLeft is Truncate with the cut at the beginning.
func TruncateLeft(s string, width int) string {
	if Width(s) <= width {
		return s
	}
	room := width - Width("…")
	if room < 0 {
		return ""
	}
	rest := s
	for Width(rest) > room {
		_, rest, _, _ = uniseg.FirstGraphemeClusterInString(rest, -1)
	}
	return "…" + rest
}

// headOf returns the longest beginning of s, in whole characters, that takes
// at most width columns.
func headOf(s string, width int) string {
	used, rest, state := 0, s, -1
	for rest != "" {
		var w int
		var next string
		_, next, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if used+w > width {
			break
		}
		used, rest = used+w, next
	}
	return s[:len(s)-len(rest)]
}

// PadRight returns s with spaces after it up to width columns; a wider s is
// returned as it is.
func PadRight(s string, width int) string {
	return s + spaces(width-Width(s))
}

// PadLeft returns s with spaces before it up to width columns; a wider s is
// returned as it is.
func PadLeft(s string, width int) string {
	return spaces(width-Width(s)) + s
}

func spaces(n int) string { return strings.Repeat(" ", max(0, n)) }

const tab = "    "

// Sanitize returns s without anything a terminal would obey or hide: escape
// sequences, control characters, bidirectional controls, private-use
// characters (the prompts mark things with these) and broken UTF-8. A tab
// becomes four spaces; every kind of line end becomes \n.
func Sanitize(s string) string {
	if clean(s) {
		return s
	}
	var b strings.Builder
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == 0x1b:
			n = escapeLen(s)
		case r == '\t':
			b.WriteString(tab)
		case r == '\r':
			if !strings.HasPrefix(s, "\r\n") {
				b.WriteByte('\n')
			}
		case r == 0x85, r == 0x2028, r == 0x2029:
			b.WriteByte('\n')
		case r == '\v', r == '\f':
			b.WriteByte(' ')
		case r == utf8.RuneError && n == 1:
			b.WriteRune(utf8.RuneError)
		case !hidden(r):
			b.WriteRune(r)
		}
		s = s[n:]
	}
	return b.String()
}

// oneLine returns s sanitized and without line ends.
func oneLine(s string) string {
	return strings.ReplaceAll(strings.TrimRight(Sanitize(s), "\n"), "\n", " ")
}

// clean reports whether Sanitize has nothing to do.
func clean(s string) bool {
	for i, r := range s {
		if r == '\n' || r >= ' ' && r < 0x7f {
			continue
		}
		if r < 0xa0 || r == 0x2028 || r == 0x2029 || hidden(r) {
			return false
		}
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			return false
		}
	}
	return true
}

// hidden reports whether a terminal obeys r, or shows nothing or something
// unforeseeable for it.
func hidden(r rune) bool {
	switch {
	case r == '\n':
		return false
	case unicode.IsControl(r), unicode.Is(unicode.Co, r), unicode.Is(unicode.Bidi_Control, r):
		return true
	}
	// soft hyphen, byte order mark, interlinear annotations
	return r == 0xad || r == 0xfeff || r >= 0xfff9 && r <= 0xfffb
}

// escapeLen returns how many bytes at the beginning of s, which begins with
// ESC, belong to one escape sequence. Of one that does not end it is ESC alone.
func escapeLen(s string) int {
	if len(s) < 2 {
		return 1
	}
	switch s[1] {
	case '[':
		for i := 2; i < len(s); i++ {
			if s[i] >= 0x40 && s[i] <= 0x7e {
				return i + 1
			}
			if s[i] < 0x20 || s[i] > 0x7e {
				return 2
			}
		}
	case ']', 'P', 'X', '^', '_':
		for i := 2; i < len(s); i++ {
			if s[i] == '\a' {
				return i + 1
			}
			if strings.HasPrefix(s[i:], "\x1b\\") {
				return i + 2
			}
		}
	}
	return 1
}
