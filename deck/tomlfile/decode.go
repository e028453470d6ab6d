package tomlfile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// maxFormat is the newest version of the deck format that is understood.
const maxFormat = 1

// decoder makes a deck of what the TOML parser read. It goes on after a
// problem, so that all of them come to light at once.
type decoder struct {
	*layout
	name     string
	places   *locator
	problems []Problem
}

func (d *decoder) report(at int32, message, hint string) {
	pos := d.places.pos(int(at))
	d.problems = append(d.problems, Problem{d.name, pos.Line, pos.Column, message, hint})
}

// unknown reports a key that t does not have and returns the one that was
// meant, "" when that is not clear.
func (d *decoder) unknown(t table, key string, v value) string {
	d.report(v.at, fmt.Sprintf("unknown key %q", deck.Shorten(key)), t.hint(key))
	return t.meant(key)
}

// placedLeaf is a leaf with where it stands and the nodes of its entries.
type placedLeaf struct {
	leaf  deck.Leaf
	at    int32
	spots []int32
}

// document reads the whole file. The second result holds the node of each
// entry in the order of the deck.
func (d *decoder) document(doc map[string]any) (*deck.Deck, []int32) {
	out := &deck.Deck{Pos: deck.Pos{Line: 1, Column: 1}}
	out.ID, out.Language = fromName(d.name)
	var leaves []placedLeaf
	for key, v := range d.fields(value{any: doc}) {
		switch key {
		case "format":
			out.Format = d.format(v)
		case "deck":
			d.deck(out, v)
		case "leaf":
			for _, e := range d.tables(v, leafTable) {
				leaves = append(leaves, d.leaf(e))
			}
		case "card":
			for _, e := range d.tables(v, aloneTable) {
				leaves = append(leaves, d.alone(e))
			}
		default:
			if d.unknown(fileTable, key, v) == "deck" {
				out.Title = unread
			}
		}
	}
	return out, join(out, leaves)
}

// join gives the deck its leaves in the order of the file, and returns the nodes of
// their entries.
func join(out *deck.Deck, leaves []placedLeaf) (spots []int32) {
	slices.SortStableFunc(leaves, func(a, b placedLeaf) int { return cmp.Compare(a.at, b.at) })
	if len(leaves) > 0 {
		out.Leaves = make([]deck.Leaf, len(leaves))
	}
	for i := range leaves {
		out.Leaves[i] = leaves[i].leaf
		spots = append(spots, leaves[i].spots...)
	}
	return spots
}

func (d *decoder) format(v value) int {
	n, ok := v.any.(int64)
	switch {
	case !ok:
		d.wrongType("format", v, "the number 1")
	case n < 1 || n > maxFormat:
		d.report(v.start, fmt.Sprintf("deck format %d is not known", n), "format 1 is; a newer mindleaf may know more")
	}
	return int(n)
}

func (d *decoder) deck(out *deck.Deck, v value) {
	if list, ok := d.elements(v); ok && len(list) > 0 {
		d.report(v.at, "deck is a list, expected one table", "write [deck] with single brackets, once")
		v = list[0]
	}
	if _, ok := v.any.(map[string]any); !ok {
		d.wrongType("deck", v, "a table: [deck]")
		out.Title = unread
		return
	}
	out.Pos = d.places.pos(int(v.at))
	for key, f := range d.fields(v) {
		switch key {
		case "id":
			out.ID = deck.ID(d.stated("deck id", f))
		case "title":
			out.Title = d.text(key, f)
		case "language":
			out.Language = d.text(key, f)
		case "about":
			out.About = d.text(key, f)
		default:
			if d.unknown(deckTable, key, f) == "title" {
				out.Title = unread
			}
		}
	}
}

// tables returns the elements of a list of tables. A single table in its place
// is reported and read as a list of one.
func (d *decoder) tables(v value, t table) []value {
	list, ok := d.elements(v)
	if _, single := v.any.(map[string]any); single {
		d.single(v, t)
		list = []value{v}
	} else if !ok {
		d.wrongType(strings.Trim(t.name, "[]"), v, "a list of tables: "+t.name)
		return nil
	}
	var out []value
	for _, e := range list {
		if _, ok := e.any.(map[string]any); !ok {
			d.wrongType("element of "+strings.Trim(t.name, "[]"), e, "a table")
			continue
		}
		out = append(out, e)
	}
	return out
}

func (d *decoder) single(v value, t table) {
	switch {
	case v.node != none && d.nodes[v.node].form == header:
		name := strings.Trim(t.name, "[]")
		d.report(v.at, fmt.Sprintf("[%s] has single brackets", name), "write "+t.name+" with double brackets")
	case v.node != none && d.nodes[v.node].form == implied && t.name == leafTable.name:
		d.report(v.at, "card has no leaf above it",
			"start with [[leaf]], or write [[card]] for a card that stands alone")
	default:
		d.wrongType(strings.Trim(t.name, "[]"), v, "a list of tables: "+t.name)
	}
}

// stated reads an identity. An empty one is a slip: a key left to be filled in.
func (d *decoder) stated(what string, v value) string {
	s, ok := v.any.(string)
	switch {
	case !ok:
		d.wrongType("id", v, "text")
	case s == "":
		d.report(v.start, what+" is empty", "fill it in or remove the line")
	}
	return s
}
