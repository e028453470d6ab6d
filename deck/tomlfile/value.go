package tomlfile

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/mindleaf/mindleaf/deck"
)

// value is what the TOML parser read, with its node; the node is none when the
// place is not known, and then at and start are those of the table around it.
type value struct {
	any       any
	node      int32
	at, start int32 // as at and value of the node
}

// unread stands for a value that could not be read, so that the same mistake
// is not reported a second time as something missing.
const unread = "?"

// fields yields the keys and values of a table in the order of the file.
func (d *decoder) fields(v value) iter.Seq2[string, value] {
	return func(yield func(string, value) bool) {
		values, _ := v.any.(map[string]any)
		seen := 0
		for kid := range d.kids(v.node) {
			n := &d.nodes[kid]
			if got, ok := values[n.key]; ok {
				seen++
				if !yield(n.key, value{got, kid, n.at, n.value}) {
					return
				}
			}
		}
		if seen < len(values) {
			d.unplaced(v, values, yield)
		}
	}
}

// unplaced yields the values of a table that the scan did not find. There
// should be none; if there are, they are read all the same.
func (d *decoder) unplaced(v value, values map[string]any, yield func(string, value) bool) {
	placed := make(map[string]bool)
	for kid := range d.kids(v.node) {
		placed[d.nodes[kid].key] = true
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if !placed[key] && !yield(key, value{values[key], none, v.at, v.start}) {
			return
		}
	}
}

// elements returns the elements of a list and whether v is one.
func (d *decoder) elements(v value) ([]value, bool) {
	var out []value
	switch list := v.any.(type) {
	case []any:
		out = make([]value, len(list))
		for i := range list {
			out[i] = value{list[i], none, v.at, v.start}
		}
	case []map[string]any:
		out = make([]value, len(list))
		for i := range list {
			out[i] = value{list[i], none, v.at, v.start}
		}
	default:
		return nil, false
	}
	i := 0
	for kid := range d.kids(v.node) {
		if i == len(out) {
			break
		}
		out[i].node, out[i].at, out[i].start = kid, d.nodes[kid].at, d.nodes[kid].value
		i++
	}
	return out, true
}

func (d *decoder) kids(parent int32) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		if parent == none {
			return
		}
		for n := d.nodes[parent].first; n != none && yield(n); {
			n = d.nodes[n].next
		}
	}
}

// text reads a text. Anything else is reported.
func (d *decoder) text(key string, v value) string {
	s, ok := v.any.(string)
	if !ok {
		d.wrongType(key, v, "text")
		return unread
	}
	return s
}

// texts reads a list of texts.
func (d *decoder) texts(key string, v value) []string {
	elements, ok := d.elements(v)
	if !ok {
		d.wrongType(key, v, "a list of texts")
		return nil
	}
	out := make([]string, len(elements))
	for i, e := range elements {
		if out[i], ok = e.any.(string); !ok {
			d.wrongType(fmt.Sprintf("%s element %d", key, i+1), e, "text")
			out[i] = unread
		}
	}
	return out
}

func (d *decoder) wrongType(what string, v value, want string) {
	hint := ""
	switch literal := d.literal(v); {
	case want == "text" && literal != "":
		hint = fmt.Sprintf("put it in quotes: %q", literal)
	case want == "a list of texts" && typeName(v.any) == "text":
		hint = `put it in brackets: ["…"]`
	}
	d.report(v.start, fmt.Sprintf("%s is %s, expected %s", what, typeName(v.any), want), hint)
}

// literal returns a number, a date or a truth value as the file has it, "" for
// anything else.
func (d *decoder) literal(v value) string {
	if v.node == none || d.nodes[v.node].form != scalar {
		return ""
	}
	if _, ok := v.any.(string); ok {
		return ""
	}
	s := scanner{text: d.places.text, pos: int(v.start)}
	s.bare()
	return deck.Shorten(strings.TrimSpace(s.text[v.start:s.pos]))
}

func typeName(v any) string {
	switch v.(type) {
	case string:
		return "text"
	case int64, float64:
		return "a number"
	case bool:
		return "true or false"
	case time.Time:
		return "a date"
	case []any, []map[string]any:
		return "a list"
	case map[string]any:
		return "a table"
	}
	return fmt.Sprintf("%T", v)
}
