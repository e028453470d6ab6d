package term

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// minWidth is the least number of columns a line can have: no character is
// wider.
const minWidth = 4

// What may not begin or end a line in Chinese typesetting, beyond what UAX #14
// says: there it may when nothing else fits.
const (
	noStart = "，。、；：？！）》”’】」』〉〕〗｝］％‰℃…·)]}"
	noEnd   = "（《“‘【「『〈〔〖｛［([{"
	// these may begin a word (".NET"), so they count only right after one
	noStartInWord = ",.;:!?%"
)

// Wrap returns s in lines of at most width columns (4 at least), all but the
// first of each paragraph indented by indent columns. Breaks follow UAX #14;
// a closing mark never begins a line and an opening one never ends it, even
// inside a word too long for a line, except in a run of marks that is itself
// too long. Spaces at a break are dropped.
func Wrap(s string, width, indent int) []string {
	var lines []string
	for p := range strings.SplitSeq(s, "\n") {
		for i, c := range wrapParagraph(p, width, indent) {
			line := p[c.start:c.end]
			if i > 0 {
				line = spaces(fitIndent(width, indent)) + line
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// cut is a part of a paragraph: one line of it, in bytes.
type cut struct{ start, end int }

// fitIndent returns the indent to use in width columns: none where it would
// leave too little.
func fitIndent(width, indent int) int {
	if indent > width/2 || width-indent < minWidth {
		return 0
	}
	return max(0, indent)
}

// wrapParagraph returns the lines of p, which has no line end; at least one.
func wrapParagraph(p string, width, indent int) []cut {
	width = max(width, minWidth)
	indent = fitIndent(width, indent)
	cells := cellsOf(p, width-indent)
	var cuts []cut
	room := width
	for at := 0; at < len(cells); {
		next := lineEnd(cells, at, room)
		last := next
		for last > at && cells[last-1].space {
			last--
		}
		if last > at {
			cuts = append(cuts, cut{cells[at].start, cells[last-1].end})
		}
		at, room = next, width-indent
	}
	if cuts == nil {
		return []cut{{0, 0}}
	}
	return cuts
}

// cell is one character as the learner sees it.
type cell struct {
	start, end int
	width      int
	breakable  bool // UAX #14 allows a break before it
	space      bool
	closing    bool // may not begin a line
	opening    bool // may not end one
	digit      bool // 0 to 9
	han        bool // a Chinese character
	dash       bool // a hyphen that begins a word, or follows one that does
}

// cellsOf returns the characters of p. One wider than width is taken apart.
// uniseg's Step would find breaks and characters at once, but brings tables of
// words and sentences too.
func cellsOf(p string, width int) []cell {
	cells := make([]cell, 0, len(p)/2)
	at, state, segments := 0, -1, lineSegments{rest: p, state: -1}
	for rest := p; rest != ""; {
		var text string
		var columns int
		text, rest, columns, state = uniseg.FirstGraphemeClusterInString(rest, state)
		c := cell{start: at, end: at + len(text), breakable: at > 0 && segments.endAt(at), width: columns}
		if c.width > max(width, minWidth) {
			for i := at; i < c.end; {
				_, n := utf8.DecodeRuneInString(p[i:])
				cells = append(cells, cell{start: i, end: i + n, width: Width(p[i : i+n])})
				i += n
			}
		} else {
			cells = append(cells, c.classify(text, cells))
		}
		at = c.end
	}
	return cells
}

// lineSegments finds where UAX #14 allows a break in a text, from its beginning on.
type lineSegments struct {
	rest       string
	end, state int
}

// endAt says whether a segment ends at the byte offset at, which must not go back.
func (s *lineSegments) endAt(at int) bool {
	for s.end < at {
		var segment string
		segment, s.rest, _, s.state = uniseg.FirstLineSegmentInString(s.rest, s.state)
		s.end += len(segment)
	}
	return s.end == at
}

// classify fills in what the first rune of text says, given the cells before.
func (c cell) classify(text string, before []cell) cell {
	r, _ := utf8.DecodeRuneInString(text)
	c.space = text == " " || text == "\u3000"
	c.opening = strings.ContainsRune(noEnd, r)
	c.closing = strings.ContainsRune(noStart, r)
	c.digit, c.han = r >= '0' && r <= '9', unicode.Is(unicode.Han, r)
	if n := len(before); text == "-" {
		c.dash = n == 0 || before[n-1].space || before[n-1].dash
	}
	if strings.ContainsRune(noStartInWord, r) {
		c.closing = len(before) > 0 && !before[len(before)-1].space
	}
	return c
}

// lineEnd returns the index after the last cell of the line that begins at
// cells[at] and has room columns. Spaces may stick out.
func lineEnd(cells []cell, at, room int) int {
	used, soft, i := 0, -1, at
	for ; i < len(cells); i++ {
		c := cells[i]
		if i > at && c.breakable && !badBreak(cells, i) {
			soft = i
		}
		if !c.space && used+c.width > room && i > at {
			break
		}
		used += c.width
	}
	switch {
	case i == len(cells):
		return i
	case soft > at:
		return soft
	}
	for hard := i; hard > at; hard-- {
		if !badBreak(cells, hard) {
			return hard
		}
	}
	return i
}

// badBreak reports whether a line should not end before cells[i], i > 0: besides what
// the marks say, a number keeps its Chinese unit and a flag its dashes.
func badBreak(cells []cell, i int) bool {
	if cells[i].closing || cells[i].space || cells[i-1].digit && cells[i].han || cells[i-1].dash {
		return true
	}
	before := i - 1
	for before > 0 && cells[before].space {
		before--
	}
	return cells[before].opening
}
