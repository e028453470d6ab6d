package tomlfile

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck"
)

// locator turns byte offsets of a text into lines and columns. Asked in the
// order of the text it stays fast however long a line is.
type locator struct {
	text  string
	lines []int // where each line starts
	// before is how many lines of the file come before the text.
	before int
	// last is the offset asked last, on line lastLine at column lastColumn.
	last, lastLine, lastColumn int
}

func newLocator(text string) *locator {
	l := &locator{text: text, lines: []int{0}, lastLine: 1, lastColumn: 1}
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return l
		}
		at += i + 1
		l.lines = append(l.lines, at)
	}
}

// pos returns the place of the byte at offset, which may be the text's length.
func (l *locator) pos(offset int) deck.Pos {
	offset = max(0, min(offset, len(l.text)))
	line, found := slices.BinarySearch(l.lines, offset)
	if found {
		line++
	}
	from, column := l.lines[line-1], 1
	if line == l.lastLine && offset >= l.last {
		from, column = l.last, l.lastColumn
	}
	column += utf8.RuneCountInString(l.text[from:offset])
	l.last, l.lastLine, l.lastColumn = offset, line, column
	return deck.Pos{Line: l.before + line, Column: column}
}
