package tomlfile

import (
	"cmp"
	"slices"
	"strings"
)

// insertion is text to be put into a file before the byte at an offset.
type insertion struct {
	at   int
	text string
}

func insert(text string, edits []insertion) string {
	slices.SortStableFunc(edits, func(a, b insertion) int { return cmp.Compare(a.at, b.at) })
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.at])
		b.WriteString(e.text)
		at = e.at
	}
	b.WriteString(text[at:])
	return b.String()
}

// idInsertion states an id in the card table of a node: on a line of its own
// below the header, or as the first key between braces.
func (f *File) idInsertion(card int32, id string) insertion {
	n := f.layout.nodes[card]
	if n.form == inline {
		at := int(n.value) + 1
		if strings.ContainsAny(f.text[at:at+1], " \t\r\n") {
			return insertion{at, " id = " + quoteLine(id) + ","}
		}
		return insertion{at, "id = " + quoteLine(id) + ", "}
	}
	end := strings.IndexByte(f.text[n.value:], '\n')
	indent, width := f.style(n)
	line := indent + "id" + strings.Repeat(" ", max(1, width-len("id"))) + "= " + quoteLine(id)
	if end < 0 {
		return insertion{len(f.text), f.newline() + line}
	}
	at := int(n.value) + end + 1
	if f.text[at-2] == '\r' {
		return insertion{at, line + "\r\n"}
	}
	return insertion{at, line + "\n"}
}

// style returns how the first key below a header is indented and, when the
// table's equals signs stand in one column, how far that is from the key.
func (f *File) style(table node) (indent string, width int) {
	indent = f.indentOf(int(table.at))
	var lengths, equals []int
	for kid := table.first; kid != none; kid = f.layout.nodes[kid].next {
		n := f.layout.nodes[kid]
		if n.form == header || n.form == tables || n.form == implied {
			break
		}
		if len(equals) == 0 {
			indent = f.indentOf(int(n.at))
		}
		key := f.text[n.at:n.value]
		equal := strings.LastIndexByte(key, '=')
		lengths = append(lengths, len(strings.TrimRight(key[:equal], " \t")))
		equals = append(equals, equal)
		if len(equals) == 2 {
			break
		}
	}
	if len(equals) == 2 && equals[0] == equals[1] && lengths[0] != lengths[1] {
		width = equals[0]
	}
	return indent, width
}

// indentOf returns the spaces between the start of a line and an offset in it.
func (f *File) indentOf(at int) string {
	start := strings.LastIndexByte(f.text[:at], '\n') + 1
	before := f.text[start:at]
	return before[:len(before)-len(strings.TrimLeft(before, " \t"))]
}
