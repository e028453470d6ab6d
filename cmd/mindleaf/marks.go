package main

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
)

// The signs around what was found, in a text on its way to the page: no text of a
// learner's has them once it is sanitised.
const (
	markOpen  = '\ue000'
	markClose = '\ue001'
)

// foundIn returns the stretches of text, in characters, where one of sought
// stands, from left to right and without overlap. Neither case nor width counts.
func foundIn(text []rune, sought []string) [][2]int {
	var out [][2]int
	folded := foldRunes(text)
	for _, s := range sought {
		want := foldRunes([]rune(s))
		for at := 0; len(want) > 0 && at+len(want) <= len(folded); at++ {
			if slices.Equal(folded[at:at+len(want)], want) {
				out = append(out, [2]int{at, at + len(want)})
				at += len(want) - 1
			}
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return a[0] - b[0] })
	joined := out[:0]
	for _, s := range out {
		if n := len(joined); n > 0 && s[0] <= joined[n-1][1] {
			joined[n-1][1] = max(joined[n-1][1], s[1])
		} else {
			joined = append(joined, s)
		}
	}
	return joined
}

// foldRunes makes letters comparable, one for one.
func foldRunes(text []rune) []rune {
	out := make([]rune, len(text))
	for i, r := range text {
		if r >= '！' && r <= '～' {
			r += '!' - '！'
		}
		out[i] = unicode.ToLower(r)
	}
	return out
}

// excerpt returns text on one line, with signs around what was sought, and cut to
// most characters around the first of these where it is longer.
func excerpt(text string, sought []string, most int) string {
	runes := []rune(oneLine(term.Sanitize(text)))
	found := foundIn(runes, sought)
	from, to := 0, len(runes)
	if to > most {
		if len(found) > 0 && found[0][1] > most {
			from = max(0, found[0][0]-most/3)
		}
		to = min(to, from+most)
	}
	var b strings.Builder
	if from > 0 {
		b.WriteString("…")
	}
	for _, s := range found {
		if s[0] < from || s[1] > to {
			continue
		}
		b.WriteString(string(runes[from:s[0]]))
		b.WriteRune(markOpen)
		b.WriteString(string(runes[s[0]:s[1]]))
		b.WriteRune(markClose)
		from = s[1]
	}
	b.WriteString(string(runes[from:to]))
	if to < len(runes) {
		b.WriteString("…")
	}
	return b.String()
}

// printMarked prints text in lines that fit a terminal, indented, with what was found
// between « and », and in colour where there is colour.
func (a *app) printMarked(text string, indent int) {
	open := false
	text = strings.NewReplacer(string(markOpen), string(markOpen)+"«", string(markClose), "»"+string(markClose)).Replace(text)
	for _, line := range term.Wrap(text, max(a.room()-indent, 4), 0) {
		var b strings.Builder
		b.WriteString(strings.Repeat(" ", indent))
		for line != "" {
			n := strings.IndexFunc(line, func(r rune) bool { return r == markOpen || r == markClose })
			part := line
			if n >= 0 {
				part = line[:n]
			}
			ink := term.NoInk
			if open {
				ink = term.LearningInk
			}
			b.WriteString(term.Paint(part, ink, a.color()))
			if n < 0 {
				break
			}
			open = strings.HasPrefix(line[n:], string(markOpen))
			line = line[n+len(string(markOpen)):]
		}
		a.printLine(b.String())
	}
}
