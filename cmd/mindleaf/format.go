package main

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// format is a text with verbs, cut at the verbs: literals has one part more than
// verbs.
type format struct {
	literals []string
	verbs    []byte
	// letters is the length of all literals.
	letters int
}

func formatOf(s string) format {
	f := format{literals: []string{""}}
	extend := func(literal string) { f.literals[len(f.literals)-1] += literal }
	for {
		before, after, found := strings.Cut(s, "%")
		extend(before)
		if !found || after == "" {
			break
		}
		verb := strings.IndexFunc(after, func(r rune) bool { return r == '%' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' })
		if verb < 0 {
			break
		}
		s = after[verb+1:]
		if after[verb] == '%' {
			extend("%")
			continue
		}
		f.verbs = append(f.verbs, after[verb])
		f.literals = append(f.literals, "")
	}
	for _, l := range f.literals {
		f.letters += len(l)
	}
	return f
}

// startsWithName reports whether f says first of which file it tells.
func (f format) startsWithName() bool {
	return f.literals[0] == "" && len(f.verbs) > 1 && strings.HasPrefix(f.literals[1], ":")
}

// namesWork reports whether f says what was done with a file, and what came of it.
func (f format) namesWork() bool {
	return f.startsWithText() && len(f.verbs) == 2 && f.literals[1] == ": " && f.literals[2] == ""
}

// startsWithText reports whether f has words of its own before its first verb.
func (f format) startsWithText() bool { return f.literals[0] != "" }

// match returns what stands for the verbs of f in text, when text is made with f.
func (f format) match(text string) (values []string, ok bool) {
	rest, ok := strings.CutPrefix(text, f.literals[0])
	if !ok || !strings.HasSuffix(rest, f.literals[len(f.literals)-1]) {
		return nil, false
	}
	values = make([]string, len(f.verbs))
	return values, f.matchFrom(0, rest, values)
}

// matchFrom fills in the values from verb i on. Where the literal after a verb
// stands in the value too, a later place may be the one that fits.
func (f format) matchFrom(i int, text string, values []string) bool {
	if i == len(f.verbs) {
		return text == ""
	}
	literal := f.literals[i+1]
	if i == len(f.verbs)-1 {
		value, ok := strings.CutSuffix(text, literal)
		values[i] = value
		return ok && fitsVerb(f.verbs[i], value)
	}
	for at := 0; ; at++ {
		n := strings.Index(text[at:], literal)
		if n < 0 {
			return false
		}
		at += n
		if values[i] = text[:at]; fitsVerb(f.verbs[i], values[i]) && f.matchFrom(i+1, text[at+len(literal):], values) {
			return true
		}
		if at == len(text) {
			return false
		}
	}
}

// fitsVerb reports whether a verb can have written value.
func fitsVerb(verb byte, value string) bool {
	switch verb {
	case 'd':
		return value != "" && strings.Trim(value, "-0123456789") == ""
	case 'x':
		return value != "" && strings.Trim(value, "0123456789abcdef") == ""
	case 'q':
		quoted, err := strconv.QuotedPrefix(value)
		return err == nil && quoted == value
	case 'U':
		return strings.HasPrefix(value, "U+")
	}
	return true
}

// fill puts values, translated themselves, in the place of the verbs.
func (f format) fill(values []string) string {
	return f.fillValues(values, translate)
}

// fillValues puts values in the place of the verbs, those that are not quoted and no
// numbers as change makes them. The space that sets a value off is left out where it
// would be between Chinese characters.
func (f format) fillValues(values []string, change func(string) string) string {
	filled := f.literals[0]
	for i, verb := range f.verbs {
		value, next := values[i], f.literals[i+1]
		if strings.IndexByte("dqUx", verb) < 0 {
			value = change(value)
		}
		if value != values[i] {
			if before := strings.TrimSuffix(filled, " "); endsChinese(before) && startsChinese(value) {
				filled = before
			}
			if after := strings.TrimPrefix(next, " "); endsChinese(value) && startsChinese(after) {
				next = after
			}
		}
		filled += value + next
	}
	return filled
}

func startsChinese(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.Is(unicode.Han, r)
}

func endsChinese(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return unicode.Is(unicode.Han, r)
}
