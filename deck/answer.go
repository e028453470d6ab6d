package deck

import (
	"strings"
	"unicode"
)

// FoldAnswer returns s in the form in which answers are compared: lower case,
// full-width letters and digits as half-width ones, without spaces and
// punctuation.
func FoldAnswer(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		if unicode.IsSpace(r) || unicode.IsPunct(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// SameAnswer reports whether given, as typed, means the same as one of right.
// An answer of nothing but punctuation is compared as it stands.
func SameAnswer(given string, right ...string) bool {
	for _, r := range right {
		folded := FoldAnswer(r)
		if folded == "" && strings.TrimSpace(given) == strings.TrimSpace(r) || folded != "" && FoldAnswer(given) == folded {
			return true
		}
	}
	return false
}
