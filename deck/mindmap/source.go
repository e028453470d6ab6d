package mindmap

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck/outline"
)

const (
	// maxBytes is the size from which a file is refused unread.
	maxBytes = 64 << 20
	// maxDepth is the number of levels a map may have. People's maps have
	// fewer than 20; recursion over a tree of this depth is safe.
	maxDepth = 200
)

// place returns where byte offset at of data is.
func place(data []byte, at int) outline.Pos {
	c := cursor{data: data}
	return c.place(at)
}

// cursor finds the places of byte offsets in data. It is quick when each offset
// is at or after the one before, however long the lines are.
type cursor struct {
	data []byte
	// at is the offset that pos is the place of.
	at  int
	pos outline.Pos
}

// place returns where offset is; an offset beyond the data is at its end.
func (c *cursor) place(offset int) outline.Pos {
	if offset < c.at || c.pos.Line == 0 {
		c.at, c.pos = 0, outline.Pos{Line: 1, Column: 1}
	}
	for c.at < min(offset, len(c.data)) {
		r, size := utf8.DecodeRune(c.data[c.at:])
		c.at += size
		c.pos.Column++
		if r == '\n' {
			c.pos.Line, c.pos.Column = c.pos.Line+1, 1
		}
	}
	return c.pos
}

// singleLine makes s fit to be a node's text: one line, without control
// characters, runs of white space made one space and none at the ends.
func singleLine(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
	return strings.Join(words, " ")
}

// paragraphs makes s fit to be a note: without control characters but "\n"
// and "\t", without white space at the ends of lines or empty lines around it.
func paragraphs(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRightFunc(strings.Map(printable, line), unicode.IsSpace)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\t' {
		return -1
	}
	return r
}

// addNote appends a paragraph to the note of n.
func addNote(n *outline.Node, note string) {
	switch note = paragraphs(note); {
	case note == "":
	case n.Note == "":
		n.Note = note
	default:
		n.Note += "\n" + note
	}
}

// notes gathers what is said about nodes until all is known: to append one note
// to the other costs the square of their number.
type notes map[*outline.Node][]string

// add appends a paragraph to what is said about n.
func (m notes) add(n *outline.Node, note string) {
	if note = paragraphs(note); note != "" {
		m[n] = append(m[n], note)
	}
}

// settle gives the nodes their notes, after what they have already.
func (m notes) settle() {
	for n, parts := range m {
		addNote(n, strings.Join(parts, "\n"))
	}
}

// join puts what a line break stands between together: with a space, but
// without one next to a Chinese or Japanese character.
func join(a, b string) string { return joinAll([]string{a, b}) }

// joinAll does the same for many lines.
func joinAll(lines []string) string {
	var b strings.Builder
	var last rune
	for _, line := range lines {
		if line == "" {
			continue
		}
		if first, _ := utf8.DecodeRuneInString(line); b.Len() > 0 && !unspaced(last) && !unspaced(first) {
			b.WriteByte(' ')
		}
		b.WriteString(line)
		last, _ = utf8.DecodeLastRuneInString(line)
	}
	return b.String()
}

// withColon joins a term and its definition as most maps do.
func withColon(term, definition string) string {
	last, _ := utf8.DecodeLastRuneInString(term)
	if first, _ := utf8.DecodeRuneInString(definition); unspaced(last) || unspaced(first) {
		return term + "：" + definition
	}
	return term + ": " + definition
}

// leadsOut reports whether an address is of use outside of the file and its
// folder.
func leadsOut(address string) bool {
	return strings.Contains(address, "://") || strings.HasPrefix(address, "mailto:")
}

func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF
}
