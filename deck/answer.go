package deck

import (
	"slices"
	"strings"
	"unicode"
)

// notCompared is what FoldEach returns for a character that does not count.
const notCompared = -1

// FoldAnswer returns s in the form in which answers are compared: lower case,
// full-width letters and digits as half-width ones, without spaces and
// punctuation. What punctuation says about a number or a name stays: 1.5 is not
// 15, −5 not 5, 2/3 not 23, 5% not 5 and C# not C, but 1,200 is 1200 and GPT-2
// is gpt2.
func FoldAnswer(s string) string {
	folded := FoldEach([]rune(s))
	return string(slices.DeleteFunc(folded, func(r rune) bool { return r == notCompared }))
}

// FoldEach is FoldAnswer for each character of s by itself: what it is compared
// as among the others, or -1 for one that does not count.
func FoldEach(s []rune) []rune {
	folded := make([]rune, len(s))
	for i, r := range s {
		folded[i] = unicode.ToLower(narrow(r))
		if r == '−' && unicode.IsDigit(at(s, i+1)) {
			folded[i] = '-' // elsewhere it is a symbol as + is, and counts
		}
	}
	for i := 0; i < len(folded); {
		end := i
		for end < len(folded) && isMark(folded[end]) {
			end++
		}
		if end > i {
			foldMarks(folded, i, end)
		}
		i = end + 1
	}
	return folded
}

// narrow returns the ASCII form of a full-width character and of a dash.
func narrow(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - ('！' - '!')
	case unicode.Is(unicode.Pd, r):
		return '-'
	}
	return r
}

func isMark(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }

// foldMarks leaves of s[from:to], which is white space and punctuation, the one
// mark that counts, where there is one.
func foldMarks(s []rune, from, to int) {
	mark := meant(s, from, to)
	for i := from; i < to; i++ {
		s[i] = notCompared
	}
	if mark != notCompared {
		s[from] = mark
	}
}

// meant returns the mark that counts in s[from:to]: what parts two numbers, a
// sign, a leading point, a per cent, the # of a name; or -1.
func meant(s []rune, from, to int) rune {
	before, after := at(s, from-1), at(s, to)
	digitBefore, digitAfter := unicode.IsDigit(before), unicode.IsDigit(after)
	first, last := s[from], s[to-1]
	switch {
	case digitBefore && digitAfter:
		return between(s, from, to)
	case digitAfter && (last == '-' || last == '.') && (to-from > 1 || !unicode.IsLetter(before)):
		return last
	case digitBefore && strings.ContainsRune("%‰", firstMark(s[from:to])):
		return firstMark(s[from:to])
	case first == '#' && unicode.IsLetter(before) && (to-from > 1 || !unicode.IsLetter(after)):
		return first
	}
	return notCompared
}

// between is meant between two digits. What groups the thousands of one number
// does not count.
func between(s []rune, from, to int) rune {
	for _, mark := range "%-/:." {
		if slices.Contains(s[from:to], mark) {
			return mark
		}
	}
	const group = 3
	digits := 0
	for unicode.IsDigit(at(s, to+digits)) {
		digits++
	}
	if to-from == 1 && digits == group && (unicode.IsSpace(s[from]) || strings.ContainsRune(",'’", s[from])) {
		return notCompared
	}
	return ','
}

// firstMark returns the first character of marks that is no white space, or -1.
func firstMark(marks []rune) rune {
	for _, r := range marks {
		if !unicode.IsSpace(r) {
			return r
		}
	}
	return notCompared
}

// at returns s[i], or -1 outside of s.
func at(s []rune, i int) rune {
	if i < 0 || i >= len(s) {
		return notCompared
	}
	return s[i]
}
