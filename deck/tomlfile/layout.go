package tomlfile

import (
	"fmt"
	"strings"
)

// form is how a value stands in the file.
type form uint8

const (
	scalar  form = iota
	list         // [ … ]
	inline       // { … }
	header       // what stands below a [table] or a [[table]]
	tables       // the list that the [[table]] headers of one name make
	implied      // a table made by a dotted key or by a deeper header
)

// none is the node that is not there.
const none int32 = -1

// node is the place of one value. The nodes of a file form a tree that mirrors
// its tables and lists; a node's children stand in the order of the file.
type node struct {
	key  string // "" for an element of a list
	form form
	// at is where the value's key starts, or its header, or the value itself
	// when it is an element of a list.
	at int32
	// value is where the value starts; for a header, where the header ends.
	value             int32
	first, last, next int32
}

// layout is the places of everything in a file.
type layout struct {
	nodes []node // nodes[0] is the file itself
	named map[edge]int32
	// deep is where nesting goes too deep, longKey where a key is too long,
	// crowded where there are too many values, open where a text starts that is
	// never closed; each is -1 when it is not so. The scan ends there.
	deep, longKey, crowded, open int
	// stray says that a header goes on with a leaf or card which another one follows.
	stray bool
	// newest is the last element of a list of the file's.
	newest int32
}

// edge leads from a table to the table or list below it of the given name.
type edge struct {
	parent int32
	key    string
}

func (l *layout) add(parent int32, n node) int32 {
	n.first, n.last, n.next = none, none, none
	id := int32(len(l.nodes))
	l.nodes = append(l.nodes, n)
	if parent == none {
		return id
	}
	p := &l.nodes[parent]
	if p.last == none {
		p.first = id
	} else {
		l.nodes[p.last].next = id
	}
	p.last = id
	return id
}

// table returns the table of the given name below parent, made when it is not
// there. Of the tables that [[table]] headers make it is the last one.
func (l *layout) table(parent int32, key string, at int) int32 {
	id, ok := l.named[edge{parent, key}]
	if !ok {
		id = l.add(parent, node{key: key, form: implied, at: int32(at), value: int32(at)})
		l.named[edge{parent, key}] = id
	}
	if n := &l.nodes[id]; n.form == tables && n.last != none {
		return n.last
	}
	return id
}

// element adds an element to the list of the given name that [[table]] headers
// make, and returns it.
func (l *layout) element(parent int32, key string, at, end int) int32 {
	id, ok := l.named[edge{parent, key}]
	if !ok {
		id = l.add(parent, node{key: key, form: tables, at: int32(at), value: int32(at)})
		l.named[edge{parent, key}] = id
	}
	added := l.add(id, node{form: header, at: int32(at), value: int32(end)})
	if parent == 0 {
		l.newest = added
	}
	return added
}

// openLine reports whether there is a text, in quotes for one line, which is not closed
// on its line.
func (l *layout) openLine(text string) bool {
	if l.open < 0 {
		return false
	}
	rest := text[l.open:]
	return !strings.HasPrefix(rest, `"""`) && !strings.HasPrefix(rest, "'''") && strings.Contains(rest, "\n")
}

// limited reports whether the scan ended at one of the limits.
func (l *layout) limited() bool { return l.deep >= 0 || l.longKey >= 0 || l.crowded >= 0 }

// refused reports what in the layout must keep the file from being parsed.
func (l *layout) refused(name, text string) *Problem {
	at, message, hint := l.deep, "nested too deeply", "a deck needs lists and tables three deep at most"
	switch {
	case l.longKey >= 0:
		at, message, hint = l.longKey, "key is too long", "is a quote or an = missing before it?"
	case l.crowded >= 0:
		at, message = l.crowded, fmt.Sprintf("file has more than %d values", maxValues)
		hint = "split it into several decks"
	}
	if !l.limited() {
		return nil
	}
	pos := newLocator(text).pos(at)
	return &Problem{name, pos.Line, pos.Column, message, hint}
}
