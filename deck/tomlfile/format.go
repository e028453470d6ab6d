package tomlfile

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// Format gives the file the form that Write gives a deck: an empty line before
// each table, keys and comments indented with their table, equals signs in one
// column, lists on one line or with an element a line. Keys and comments keep
// their order and every text its wording. It reports whether anything changed. After an
// error the file is unchanged.
func (f *File) Format() (changed bool, err error) {
	text := formatted(f.text, f.newline())
	if text == f.text {
		return false, nil
	}
	var before, after bytes.Buffer
	p, err := parse(f.name, []byte(text))
	if err == nil {
		err = errors.Join(Write(&before, f.deck), Write(&after, p.deck))
	}
	if err == nil && !bytes.Equal(before.Bytes(), after.Bytes()) {
		err = errors.New("the cards would change")
	}
	if err != nil {
		return false, fmt.Errorf("formatting %s: %w", f.name, err)
	}
	f.parsed = p
	return true, nil
}

// item is a line of a deck file, or the lines of one value.
type item struct {
	kind itemKind
	// name is a key as it is written, the header between its brackets, or a
	// comment.
	name    string
	value   string
	comment string // behind it on the line
}

type itemKind uint8

const (
	emptyLine itemKind = iota
	commentLine
	tableHeader
	keyValue
)

// formatted returns text, which is TOML, in the form of Write.
func formatted(text, newline string) string {
	items := itemsOf(text)
	l := lines{newline: newline}
	for i, it := range items {
		switch it.kind {
		case emptyLine:
			l.gap = !l.top
		case commentLine:
			l.comment(it, items[i+1:])
		case tableHeader:
			l.header(it, widthOf(items[i+1:]))
		case keyValue:
			l.pair(it)
		}
	}
	return l.String()
}

// itemsOf splits text, which is TOML.
func itemsOf(text string) []item {
	var items []item
	s := scanner{layout: scan(""), text: text}
	for s.pos < len(text) {
		s.spaces()
		at := s.pos
		if s.pos == len(text) {
			break
		}
		switch c := text[s.pos]; c {
		case '\r', '\n':
			s.line()
			items = append(items, item{kind: emptyLine})
			continue
		case '#':
			items = append(items, item{kind: commentLine, name: s.restOfLine()})
			continue
		case '[':
			s.header()
			items = append(items, item{kind: tableHeader, name: text[at:s.pos]})
		default:
			items = append(items, s.item())
		}
		s.spaces()
		if s.at('#') {
			items[len(items)-1].comment = s.restOfLine()
		} else {
			s.line()
		}
	}
	return items
}

// item reads a key with its value, at which it stops.
func (s *scanner) item() item {
	at := s.pos
	s.key()
	it := item{kind: keyValue, name: strings.TrimSpace(s.text[at:s.pos])}
	s.pos++ // the equals sign
	it.value = s.raw()
	return it
}

// raw returns the value that comes next as it is written.
func (s *scanner) raw() string {
	s.spaces()
	at := s.pos
	s.value(s.add(none, node{}), 0, 0)
	return strings.TrimSpace(s.text[at:s.pos])
}

// restOfLine returns what is left of the line without the white space at its
// end, and goes to the next line.
func (s *scanner) restOfLine() string {
	at := s.pos
	s.line()
	return strings.TrimRight(s.text[at:s.pos], " \t\r\n")
}

// following returns the first item that is neither a comment nor an empty line,
// an empty line when there is none, and whether only comments come before it.
func following(next []item) (it item, close bool) {
	close = true
	for _, it := range next {
		switch it.kind {
		case commentLine:
		case emptyLine:
			close = false
		default:
			return it, close
		}
	}
	return item{}, false
}

// widthOf returns how wide the keys are of the table whose items follow.
func widthOf(next []item) int {
	width := short
	for _, it := range next {
		if it.kind == tableHeader {
			break
		}
		if it.kind == keyValue && isAligned(it.name) {
			width = max(width, len(it.name))
		}
	}
	return width
}

// isAligned reports whether the equals sign behind a key stands in one column
// with those of its neighbours.
func isAligned(key string) bool {
	switch key {
	case "id", "path", "text", "level", "kind", "front", "back", "note", "source", "accept", "tags", "media":
		return true
	}
	return false
}
