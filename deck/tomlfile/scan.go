package tomlfile

import "strings"

const (
	// maxDepth is how deep tables and lists may nest, the parts of a dotted
	// key counted. The TOML parser recurses, so there must be an end.
	maxDepth = 32
	// maxKeyBytes is how long the full name of a value may be. The parser
	// keeps a copy of it for every value.
	maxKeyBytes = 256
	// maxValues is how many values a file may hold, lists and tables counted:
	// twice what the largest file of ordinary cards has. The parser takes up
	// to a kilobyte for each.
	maxValues = 2_000_000
)

// scan finds the places of a file's tables, keys and values, which the TOML
// parser does not tell. It understands all of TOML. Of a text that is not TOML
// it understands the part before the first mistake; it ends in any case.
func scan(text string) *layout {
	l := &layout{named: make(map[edge]int32), deep: -1, longKey: -1, crowded: -1, open: -1}
	l.nodes = make([]node, 0, 16+min(len(text), 1<<20)/24) // a longer text may be one text that is never closed
	s := scanner{layout: l, text: text}
	s.table = l.add(none, node{form: implied})
	for s.pos < len(text) {
		switch text[s.pos] {
		case ' ', '\t', '\r', '\n':
			s.pos++
		case '#':
			s.line()
		case '[':
			s.header()
			s.line()
		default:
			s.pair(s.table, s.base, s.size)
			s.line()
		}
	}
	return l
}

type scanner struct {
	*layout
	text  string
	pos   int
	parts []part // the last key read
	// table is where keys go now; its name has base parts and size bytes.
	table      int32
	base, size int
}

// part is one part of a dotted key.
type part struct {
	name string
	at   int
}

func (s *scanner) stop() { s.pos = len(s.text) }

func (s *scanner) line() {
	if i := strings.IndexByte(s.text[s.pos:], '\n'); i >= 0 {
		s.pos += i + 1
		return
	}
	s.stop()
}

func (s *scanner) spaces() {
	for s.pos < len(s.text) && (s.text[s.pos] == ' ' || s.text[s.pos] == '\t') {
		s.pos++
	}
}

// gaps skips what may stand between the elements of a list.
func (s *scanner) gaps() {
	for s.pos < len(s.text) {
		switch s.text[s.pos] {
		case ' ', '\t', '\r', '\n', ',':
			s.pos++
		case '#':
			s.line()
		default:
			return
		}
	}
}

func (s *scanner) at(c byte) bool { return s.pos < len(s.text) && s.text[s.pos] == c }

func (s *scanner) header() {
	at := s.pos
	s.pos++
	double := s.at('[')
	if double {
		s.pos++
	}
	s.key()
	for s.at(']') {
		s.pos++
	}
	s.base, s.size = s.measure(at, 0, 0)
	if len(s.parts) == 0 || s.limited() {
		return
	}
	last := s.parts[len(s.parts)-1].name
	parent := int32(0)
	for i, p := range s.parts[:len(s.parts)-1] {
		parent = s.layout.table(parent, p.name, at)
		s.stray = s.stray || i == 0 && parent != s.newest
	}
	if double {
		s.table = s.element(parent, last, at, s.pos)
		return
	}
	s.table = s.layout.table(parent, last, at)
	n := &s.nodes[s.table]
	if n.form == header && n.key == "" {
		return // an element begins where it does, whatever header tries to begin it again
	}
	n.form, n.at, n.value = header, int32(at), int32(s.pos)
}

// measure returns the depth and the size of the last key read below a table of
// the given depth and size, and ends the scan when they are too large.
func (s *scanner) measure(at, depth, size int) (int, int) {
	depth += len(s.parts)
	for _, p := range s.parts {
		size += len(p.name) + 1
	}
	switch {
	case depth > maxDepth:
		s.deep = at
	case size > maxKeyBytes:
		s.longKey = at
	case len(s.nodes) > maxValues:
		s.crowded = at
	}
	if s.limited() {
		s.stop()
	}
	return depth, size
}

// pair reads key = value into a table whose name has depth parts and size
// bytes.
func (s *scanner) pair(table int32, depth, size int) {
	at := s.pos
	s.key()
	depth, size = s.measure(at, depth, size)
	if len(s.parts) == 0 || !s.at('=') {
		return
	}
	s.pos++
	s.spaces()
	last := s.parts[len(s.parts)-1]
	for _, p := range s.parts[:len(s.parts)-1] {
		table = s.layout.table(table, p.name, p.at)
	}
	s.value(s.add(table, node{key: last.name, at: int32(last.at), value: int32(s.pos)}), depth, size)
}

func (s *scanner) value(n int32, depth, size int) {
	if s.pos == len(s.text) {
		return
	}
	if depth > maxDepth {
		s.deep = s.pos
	} else if len(s.nodes) > maxValues {
		s.crowded = s.pos
	}
	if s.limited() {
		s.stop()
		return
	}
	switch c := s.text[s.pos]; c {
	case '"', '\'':
		s.quoted(c)
	case '[':
		s.nodes[n].form = list
		s.list(n, depth+1, size)
	case '{':
		s.nodes[n].form = inline
		s.inline(n, depth+1, size)
	default:
		s.bare()
	}
}

func (s *scanner) list(n int32, depth, size int) {
	s.pos++
	for s.gaps(); s.pos < len(s.text) && s.text[s.pos] != ']'; s.gaps() {
		before := s.pos
		s.value(s.add(n, node{at: int32(s.pos), value: int32(s.pos)}), depth, size)
		if s.pos == before {
			s.pos++
		}
	}
	s.pos = min(s.pos+1, len(s.text))
}

func (s *scanner) inline(n int32, depth, size int) {
	s.pos++
	for s.gaps(); s.pos < len(s.text) && s.text[s.pos] != '}'; s.gaps() {
		before := s.pos
		s.pair(n, depth, size)
		if s.pos == before {
			s.pos++
		}
	}
	s.pos = min(s.pos+1, len(s.text))
}
