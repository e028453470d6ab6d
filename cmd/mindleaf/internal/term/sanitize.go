package term

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const tab = "    "

// nothing stands for the character before the first.
const nothing = rune(-1)

// The characters that take no room themselves and are shown where they have a work
// to do.
const (
	zeroWidthSpace   = '\u200b' // where words of Thai may be parted
	zeroWidthNon     = '\u200c' // keeps letters of Persian and of India from joining
	zeroWidthJoiner  = '\u200d' // joins them, and pictures
	mongolianDivider = '\u180e'
	blackFlag        = '\U0001F3F4' // begins the flag of a region, whose name follows in tags
	cancelTag        = '\U000E007F' // ends it
)

// Sanitize returns s without anything a terminal would obey or hide: escape
// sequences, control characters, bidirectional controls, private-use
// characters (the prompts mark things with these), broken UTF-8, and characters
// that cannot be seen, but for those that scripts and emoji need, where they need
// them. A tab becomes four spaces; every kind of line end becomes \n.
func Sanitize(s string) string { return sanitize(s, nothing, tab) }

// sanitize is Sanitize for a text that stands right behind the character before, with
// something else for a tab.
func sanitize(s string, before rune, tab string) string {
	if clean(s) {
		return s
	}
	var b strings.Builder
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		out := ""
		switch {
		case ordinary(r) || r == '\n':
			out = s[:n]
		case r == 0x1b:
			n = escapeLen(s)
		case r == '\t':
			out = tab
		case r == '\r':
			if !strings.HasPrefix(s, "\r\n") {
				out = "\n"
			}
		case r == 0x85, r == 0x2028, r == 0x2029:
			out = "\n"
		case r == '\v', r == '\f':
			out = " "
		case r == utf8.RuneError:
			out = string(utf8.RuneError)
		case r == blackFlag:
			n = flagLen(s)
			out = s[:n]
		case contextual(r):
			if next, _ := utf8.DecodeRuneInString(s[n:]); inPlace(r, before, next) {
				out = s[:n]
			}
		case !invisible(r):
			out = s[:n]
		}
		if out != "" {
			b.WriteString(out)
			before, _ = utf8.DecodeLastRuneInString(out)
		}
		s = s[n:]
	}
	return b.String()
}

// oneLine returns s sanitized and without line ends.
func oneLine(s string) string { return flat(Sanitize(s)) }

// flat returns s, which is sanitized, without line ends.
func flat(s string) string {
	return strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", " ")
}

// clean reports whether Sanitize has nothing to do.
func clean(s string) bool {
	for i, r := range s {
		switch {
		case ordinary(r) || r == '\n':
		case r < 0xa0, r == 0x2028, r == 0x2029, r == blackFlag, contextual(r), invisible(r):
			return false
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			return false
		}
	}
	return true
}

// ordinary reports whether r is one of the many characters that need no second look:
// ASCII, Latin, most marks and symbols, and most of what is written in East Asia.
func ordinary(r rune) bool {
	switch {
	case r < 0x7f:
		return r >= ' '
	case r < 0x300:
		return r >= 0xa0 && r != 0xad
	case r >= 0x2e80:
		return r < 0xd800
	}
	return r >= 0x2010 && r < 0x2028 || r >= 0x2030 && r < 0x205f || r >= 0x2070
}

// Unseen reports whether r is one of the characters that a terminal obeys or shows
// nothing for. The joiners and selectors of scripts and emoji are not: what they do can
// be seen.
func Unseen(r rune) bool {
	switch {
	case ordinary(r), r == zeroWidthNon, r == zeroWidthJoiner, unicode.Is(unicode.Variation_Selector, r):
		return false
	}
	return contextual(r) || invisible(r)
}

// invisible reports whether a terminal obeys r, or shows nothing or something
// unforeseeable for it, wherever it stands.
func invisible(r rune) bool {
	switch {
	case contextual(r), r == '\n':
		return false
	case unicode.Is(unicode.Cf, r):
		return !unicode.Is(unicode.Prepended_Concatenation_Mark, r) // signs below numbers
	case unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
		return !unicode.Is(unicode.Hangul, r) // blanks in the place of letters
	}
	return unicode.In(r, unicode.Cc, unicode.Co, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point)
}

// contextual reports whether it depends on its neighbours whether r is shown.
func contextual(r rune) bool {
	switch r {
	case zeroWidthSpace, zeroWidthNon, zeroWidthJoiner, mongolianDivider:
		return true
	}
	return r >= 0xe0020 && r <= cancelTag || unicode.Is(unicode.Variation_Selector, r)
}

// inPlace reports whether r, which is contextual, has a work to do between two other
// characters. Tags have theirs in a flag only.
func inPlace(r, before, next rune) bool {
	switch {
	case r == zeroWidthSpace:
		return unicode.In(before, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
	case r == zeroWidthNon:
		return joins(before) || joins(next)
	case r == zeroWidthJoiner:
		return joins(before) || joins(next) || pictograph(before) || unicode.Is(unicode.Variation_Selector, before)
	case r == mongolianDivider:
		return unicode.Is(unicode.Mongolian, before)
	case unicode.Is(unicode.Variation_Selector, r):
		return before > ' ' && !contextual(before)
	}
	return false
}

// joins reports whether r is of a script whose letters join with their neighbours, or
// a mark upon another character.
func joins(r rune) bool {
	if contextual(r) || invisible(r) {
		return false
	}
	return unicode.In(r, unicode.L, unicode.M) && !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Han,
		unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo)
}

// pictograph reports whether r may be a part of an emoji, or the colour of a skin.
func pictograph(r rune) bool {
	return unicode.Is(unicode.So, r) || r >= 0x1f3fb && r <= 0x1f3ff
}

// flagLen returns how many bytes the flag at the beginning of s has: those of the
// black one alone where no name of a region follows.
func flagLen(s string) int {
	alone := utf8.RuneLen(blackFlag)
	letters := 0
	for i, r := range s[alone:] {
		switch {
		case r == cancelTag && letters >= 3:
			return alone + i + utf8.RuneLen(r)
		case letters < 6 && (r >= 0xe0030 && r <= 0xe0039 || r >= 0xe0061 && r <= 0xe007a):
			letters++
		default:
			return alone
		}
	}
	return alone
}

// maxSequence is how long an escape sequence may be, in bytes: one that is longer
// counts for one that does not end.
const maxSequence = 4 << 10

// escapeLen returns how many bytes at the beginning of s, which begins with
// ESC, belong to one escape sequence. Of one that does not end it is ESC alone.
func escapeLen(s string) int {
	s = s[:min(len(s), maxSequence)]
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
