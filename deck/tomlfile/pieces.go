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
	key     string // "leaf" or "card"
	node    int32
	at, end int // where the next one begins, or the text ends
}

// parsePieces parses a file in pieces of about size bytes, which takes less memory and gives the
// same deck. It returns nil, with nothing said about why, for a file that has any
// problem, or whose leaves and cards do not all begin with a header of their own
// behind everything else: parseWhole is for these.
func parsePieces(name, text string, lay *layout, size int) *parsed {
	elements, ok := elementsOf(lay, len(text))
	if !ok || lay.open >= 0 {
		return nil
	}
	d := decoder{name: name, layout: lay, places: newLocator(text)}
	head, err := d.head(text[:elements[0].at])
	if err != nil {
		return nil
	}
	leaves, _, err := d.pieces(text, elements, size)
	if err != nil {
		return nil
	}
	p := &parsed{deck: head, text: text, layout: lay}
	p.spots = join(p.deck, leaves)
	if len(d.problems) > 0 || len(p.deck.Validate()) > 0 {
		return nil
	}
	return p
}

// head reads what comes before the first leaf or card. It returns ErrWhole when it has
// leaves or cards all the same, and any other error when it is not TOML.
func (d *decoder) head(text string) (*deck.Deck, error) {
	doc, err := decodeTOML(text)
	if err != nil {
		return nil, err
	}
	if doc["leaf"] != nil || doc["card"] != nil {
		return nil, ErrWhole
	}
	out, _ := d.document(doc)
	return out, nil
}

// pieces reads elements of a text, about size bytes at a time. Its errors are those of
// piece, with where that begins.
func (d *decoder) pieces(text string, elements []element, size int) (leaves []placedLeaf, at int, err error) {
	for len(elements) > 0 {
		n := 1
		for n < len(elements) && elements[n].at == elements[n-1].end && elements[n].at-elements[0].at < size {
			n++
		}
		if leaves, err = d.piece(leaves, text[elements[0].at:elements[n-1].end], elements[:n]); err != nil {
			return nil, elements[0].at, err
		}
		elements = elements[n:]
	}
	return leaves, 0, nil
}

// elementsOf returns the leaves and cards in the order of a text of the given length;
// false when there is none, or something else comes after the first.
func elementsOf(lay *layout, length int) (out []element, ok bool) {
	last := int32(0) // where what is neither begins last
	for id := lay.nodes[0].first; id != none; id = lay.nodes[id].next {
		n := lay.nodes[id]
		if n.form != tables || n.key != "leaf" && n.key != "card" {
			last = max(last, n.at)
			continue
		}
		for kid := n.first; kid != none; kid = lay.nodes[kid].next {
			out = append(out, element{n.key, kid, int(lay.nodes[kid].at), length})
		}
	}
	slices.SortFunc(out, func(a, b element) int { return cmp.Compare(a.at, b.at) })
	for i := range len(out) - 1 {
		out[i].end = out[i+1].at
	}
	return out, len(out) > 0 && int(last) <= out[0].at
}

func decodeTOML(text string) (doc map[string]any, err error) {
	// A line end counts as one newline however the file spells it, so that a
	// deck does not change when git or an editor converts the file.
	_, err = toml.Decode(strings.ReplaceAll(text, "\r\n", "\n"), &doc)
	return doc, err
}

// piece adds the leaves of a piece of the file. It returns ErrWhole when that holds
// anything else than the elements, and any other error when it is not TOML.
func (d *decoder) piece(leaves []placedLeaf, text string, elements []element) ([]placedLeaf, error) {
	doc, err := decodeTOML(text)
	if err != nil {
		return nil, err
	}
	read := make(map[string][]map[string]any, 2)
	total := 0
	for key, v := range doc {
		list, ok := v.([]map[string]any)
		if !ok || key != "leaf" && key != "card" {
			return nil, ErrWhole
		}
		read[key] = list
		total += len(list)
	}
	if total != len(elements) {
		return nil, ErrWhole
	}
	for _, e := range elements {
		if len(read[e.key]) == 0 {
			return nil, ErrWhole
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
	return leaves, nil
}
