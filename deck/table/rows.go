package table

import (
	"strings"
	"unicode/utf8"
)

// grid says how text is divided into rows and fields.
type grid struct {
	separator, row string
	// quotes says that a field in double quotes may hold separators and line
	// ends, and two double quotes for one.
	quotes bool
	// comments says that a line that begins with # is none of the rows.
	comments bool
}

// row is one row of a table. line counts from 1.
type row struct {
	fields []string
	line   int
	at     int // its offset in the text
}

// empty reports whether nothing is written in any field.
func (r *row) empty() bool {
	for _, f := range r.fields {
		if strings.TrimSpace(f) != "" {
			return false
		}
	}
	return true
}

// scanner reads the rows of a text one after another.
type scanner struct {
	grid
	text string
	at   int
	line int
	// passed are the comments so far.
	passed []comment
}

func newScanner(g grid, text string, line int) *scanner {
	return &scanner{grid: g, text: text, line: line}
}

// next returns the next row; false at the end. Open is the offset of a quote
// that is never closed, -1 when there is none.
func (s *scanner) next() (r row, open int, ok bool) {
	for s.comments && strings.HasPrefix(s.text[s.at:], "#") {
		s.skipLine()
	}
	if s.at >= len(s.text) {
		return r, -1, false
	}
	r.line, r.at = s.line, s.at
	for {
		field, end, unclosed := s.field()
		if unclosed >= 0 {
			return r, unclosed, true
		}
		r.fields = append(r.fields, field)
		if end || len(r.fields) > maxColumns {
			s.line += strings.Count(s.text[r.at:s.at], "\n")
			return r, -1, true
		}
	}
}

func (s *scanner) skipLine() {
	text, _, _ := strings.Cut(s.text[s.at:], "\n")
	s.passed = append(s.passed, comment{s.line, text})
	s.at = min(s.at+len(text)+1, len(s.text))
	s.line++
}

// field reads one field with what ends it. end says that the row ends too.
func (s *scanner) field() (field string, end bool, unclosed int) {
	if s.quotes && strings.HasPrefix(s.text[s.at:], `"`) {
		return s.quoted()
	}
	rest := s.text[s.at:]
	if i := strings.Index(rest, s.row); i >= 0 {
		rest = rest[:i]
	}
	if i := strings.Index(rest, s.separator); i >= 0 {
		s.at += i + len(s.separator)
		return rest[:i], false, -1
	}
	s.at = min(s.at+len(rest)+len(s.row), len(s.text))
	return rest, true, -1
}

// quoted reads a field in quotes. What follows the closing quote up to the
// separator belongs to the field as it stands, as spreadsheets read it.
func (s *scanner) quoted() (field string, end bool, unclosed int) {
	start := s.at
	var b strings.Builder
	for at := s.at + 1; ; {
		i := strings.IndexByte(s.text[at:], '"')
		if i < 0 {
			return "", true, start
		}
		b.WriteString(s.text[at : at+i])
		at += i + 1
		if !strings.HasPrefix(s.text[at:], `"`) {
			s.at = at
			break
		}
		b.WriteByte('"')
		at++
	}
	rest := s.text[s.at:]
	if i := strings.Index(rest, s.row); i >= 0 {
		rest = rest[:i]
	}
	if i := strings.Index(rest, s.separator); i >= 0 {
		s.at += i + len(s.separator)
		b.WriteString(rest[:i])
		return b.String(), false, -1
	}
	s.at = min(s.at+len(rest)+len(s.row), len(s.text))
	b.WriteString(rest)
	return b.String(), true, -1
}

// candidates are the separators in the order in which Anki looks for them.
var candidates = []string{"\t", "|", ";", ":", ",", " "}

// guessBytes is how much of a table is looked at to find its separator.
const guessBytes = 8 << 10

// guessSeparator returns the separator of a table: the one its name speaks for,
// when it is there; the first in Anki's order with which all rows at the
// beginning have the same number of fields, more than one; or, as in Anki, the
// first that occurs there at all.
func guessSeparator(name, text string) string {
	if named := separatorOfName(name); named != "" && strings.Contains(beginning(text), named) && fieldsAgree(text, named) {
		return named
	}
	for _, c := range candidates[:len(candidates)-1] {
		if fieldsAgree(text, c) {
			return c
		}
	}
	for _, c := range candidates {
		if strings.Contains(beginning(text), c) {
			return c
		}
	}
	return "\t"
}

// separatorOfName is what the ending of a file's name says, "" when nothing.
func separatorOfName(name string) string {
	name = strings.ToLower(name)
	switch {
	case strings.HasSuffix(name, ".csv"):
		return ","
	case strings.HasSuffix(name, ".tsv"), strings.HasSuffix(name, ".tab"):
		return "\t"
	}
	return ""
}

// beginning returns the first 8 KiB of text, cut at the end of a line.
func beginning(text string) string {
	if len(text) <= guessBytes {
		return text
	}
	text = text[:guessBytes]
	for !utf8.ValidString(text[max(0, len(text)-utf8.UTFMax):]) && len(text) > 0 {
		text = text[:len(text)-1]
	}
	if i := strings.LastIndexByte(text, '\n'); i > 0 {
		text = text[:i+1]
	}
	return text
}

// fieldsAgree reports whether at least two rows at the beginning, and all there,
// have the same number of fields, two or more. A last row that is cut short by
// the end of what is looked at does not count.
func fieldsAgree(text, separator string) bool {
	s := newScanner(grid{separator: separator, row: "\n", quotes: true, comments: true}, beginning(text), 1)
	rows, fields := 0, 0
	for {
		r, open, ok := s.next()
		if !ok || open >= 0 {
			return rows > 1
		}
		if r.empty() {
			continue
		}
		if rows > 0 && len(r.fields) != fields || len(r.fields) < 2 {
			return false
		}
		rows, fields = rows+1, len(r.fields)
	}
}
