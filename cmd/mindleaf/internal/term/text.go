package term

import (
	"strings"

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
