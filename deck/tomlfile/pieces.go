package tomlfile

import (
	"cmp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/mindleaf/mindleaf/deck"
)

// pieceBytes is about how much of a large file is given to the TOML parser at a
// time: what that makes of a text takes thirty times its size.
const pieceBytes = 8 << 10

// element is a leaf, or a card that stands alone, which begins with a header of its
// own.
type element struct {
	key  string // "leaf" or "card"
	node int32
	at   int
}

// parsePieces parses a file in pieces of about size bytes, which takes less memory and gives the
// same deck. It returns nil, with nothing said about why, for a file that has any
// problem, or whose leaves and cards do not all begin with a header of their own
// behind everything else: parseWhole is for these.
func parsePieces(name, text string, lay *layout, size int) *parsed {
	elements, ok := elementsOf(lay)
	if !ok || lay.open >= 0 {
		return nil
	}
	d := decoder{name: name, layout: lay, places: newLocator(text)}
	p := &parsed{deck: d.head(text[:elements[0].at]), text: text, layout: lay}
	leaves, ok := d.pieces(text, elements, size)
	if p.deck == nil || !ok {
		return nil
	}
	p.spots = join(p.deck, leaves)
	if len(d.problems) > 0 || len(p.deck.Validate()) > 0 {
		return nil
	}
	return p
}

// head reads what comes before the first leaf or card; nil when it is not TOML, or
// has leaves or cards all the same.
func (d *decoder) head(text string) *deck.Deck {
	doc, err := decodeTOML(text)
	if err != nil || doc["leaf"] != nil || doc["card"] != nil {
		return nil
	}
	out, _ := d.document(doc)
	return out
}

// pieces reads the elements of a text, which goes on with nothing else, about size
// bytes at a time.
func (d *decoder) pieces(text string, elements []element, size int) (leaves []placedLeaf, ok bool) {
	for len(elements) > 0 {
		n := 1
		for n < len(elements) && elements[n].at-elements[0].at < size {
			n++
		}
		end := len(text)
		if n < len(elements) {
			end = elements[n].at
		}
		if leaves, ok = d.piece(leaves, text[elements[0].at:end], elements[:n]); !ok {
			return nil, false
		}
		elements = elements[n:]
	}
	return leaves, true
}

// elementsOf returns the leaves and cards in the order of the file; false when there
// is none, or something else comes after the first.
func elementsOf(lay *layout) (out []element, ok bool) {
	last := int32(0) // where what is neither begins last
	for id := lay.nodes[0].first; id != none; id = lay.nodes[id].next {
		n := lay.nodes[id]
		if n.form != tables || n.key != "leaf" && n.key != "card" {
			last = max(last, n.at)
			continue
		}
		for kid := n.first; kid != none; kid = lay.nodes[kid].next {
			out = append(out, element{n.key, kid, int(lay.nodes[kid].at)})
		}
	}
	slices.SortFunc(out, func(a, b element) int { return cmp.Compare(a.at, b.at) })
	return out, len(out) > 0 && int(last) <= out[0].at
}

func decodeTOML(text string) (doc map[string]any, err error) {
	// A line end counts as one newline however the file spells it, so that a
	// deck does not change when git or an editor converts the file.
	_, err = toml.Decode(strings.ReplaceAll(text, "\r\n", "\n"), &doc)
	return doc, err
}

// piece adds the leaves of a piece of the file, which must hold the elements and
// nothing else.
func (d *decoder) piece(leaves []placedLeaf, text string, elements []element) ([]placedLeaf, bool) {
	doc, err := decodeTOML(text)
	if err != nil {
		return nil, false
	}
	read := make(map[string][]map[string]any, 2)
	total := 0
	for key, v := range doc {
		list, ok := v.([]map[string]any)
		if !ok || key != "leaf" && key != "card" {
			return nil, false
		}
		read[key] = list
		total += len(list)
	}
	if total != len(elements) {
		return nil, false
	}
	for _, e := range elements {
		if len(read[e.key]) == 0 {
			return nil, false
		}
		n := d.nodes[e.node]
		v := value{read[e.key][0], e.node, n.at, n.value}
		read[e.key] = read[e.key][1:]
		if e.key == "leaf" {
			leaves = append(leaves, d.leaf(v))
		} else {
			leaves = append(leaves, d.alone(v))
		}
	}
	return leaves, true
}
