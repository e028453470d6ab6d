package tomlfile

import (
	"fmt"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// unknownKind is the kind of a card whose kind could not be read; what its
// other keys must be cannot be told then.
const unknownKind deck.Kind = -1

func (d *decoder) leaf(v value) placedLeaf {
	out := placedLeaf{at: v.at, leaf: deck.Leaf{Pos: d.places.pos(int(v.at))}}
	leaf := &out.leaf
	hasText := false
	for key, f := range d.fields(v) {
		switch key {
		case "path":
			leaf.Path = d.texts(key, f)
		case "text":
			leaf.Text = d.text(key, f)
			hasText = leaf.Text != ""
		case "level":
			leaf.Level = d.level(f)
		case "card":
			for _, e := range d.tables(f, cardTable) {
				leaf.Entries = append(leaf.Entries, d.entry(e, cardTable, nil))
				out.spots = append(out.spots, e.node)
			}
		default:
			hasText = d.unknown(leafTable, key, f) == "text" || hasText
		}
	}
	if !hasText && d.isLeaf(v) {
		d.report(v.at, "leaf has no text", `add text = "…", the leaf as the map has it, or use [[card]] without a leaf`)
	}
	return out
}

// isLeaf reports whether v is meant to be a leaf and not only implied by a
// [[leaf.card]] without a leaf, which has its own message.
func (d *decoder) isLeaf(v value) bool {
	return v.node == none || d.nodes[v.node].form != implied
}

func (d *decoder) alone(v value) placedLeaf {
	out := placedLeaf{at: v.at, leaf: deck.Leaf{Pos: d.places.pos(int(v.at))}, spots: []int32{v.node}}
	out.leaf.Entries = []deck.Entry{d.entry(v, aloneTable, &out.leaf)}
	return out
}

// entry reads a card of table t. The leaf is that of a card which stands alone
// and gets its path and level; nil otherwise.
func (d *decoder) entry(v value, t table, leaf *deck.Leaf) deck.Entry {
	out := deck.Entry{Pos: d.places.pos(int(v.at))}
	back := value{node: none}
	for key, f := range d.fields(v) {
		switch key {
		case "id":
			out.ID = deck.CardID(d.stated("card id", f))
		case "kind":
			out.Kind = d.kind(f)
		case "front":
			out.Front = d.text(key, f)
		case "back":
			back = f
		case "note":
			out.Note = d.text(key, f)
		case "source":
			out.Source = d.text(key, f)
		case "choices":
			out.Choices = d.choices(f)
		case "accept":
			out.Accept = d.texts(key, f)
		case "tags":
			out.Tags = d.texts(key, f)
		case "media":
			out.Media = d.texts(key, f)
		default:
			switch d.place(t, key, f, leaf) {
			case "front":
				out.Front = unread
			case "back", "kind":
				out.Kind = unknownKind
			}
		}
	}
	out.Back = d.back(back, out.Kind)
	return out
}

// place reads the keys that say where a card which stands alone belongs. Of
// any other it returns the key that was meant.
func (d *decoder) place(t table, key string, v value, leaf *deck.Leaf) string {
	switch {
	case leaf != nil && key == "path":
		leaf.Path = d.texts(key, v)
	case leaf != nil && key == "level":
		leaf.Level = d.level(v)
	default:
		return d.unknown(t, key, v)
	}
	return ""
}

// back reads an answer; that of a list card is a list with one line each.
func (d *decoder) back(v value, kind deck.Kind) string {
	elements, isList := d.elements(v)
	switch {
	case kind == unknownKind:
		return unread
	case v.any == nil:
		return ""
	case kind != deck.List && isList:
		d.report(v.start, "back is a list, expected text", `add kind = "list" if the card asks for several things in order`)
		return unread
	case kind != deck.List:
		return d.text("back", v)
	case !isList:
		d.report(v.start, "back of a list card is "+typeName(v.any)+", expected a list of texts",
			`put each thing in quotes, in brackets: ["…", "…"]`)
		return unread
	}
	lines := d.texts("back", v)
	for i, line := range lines {
		if strings.Contains(line, "\n") {
			d.report(elements[i].start, fmt.Sprintf("back element %d has several lines", i+1), "make each line an element of its own")
		}
	}
	return strings.Join(lines, "\n")
}

func (d *decoder) choices(v value) []deck.Option {
	elements, ok := d.elements(v)
	if !ok {
		d.wrongType("choices", v, "a list of texts")
		return []deck.Option{{Text: unread}}
	}
	out := make([]deck.Option, len(elements))
	for i, e := range elements {
		if _, ok := e.any.(map[string]any); !ok {
			out[i].Text = d.text(fmt.Sprintf("choices element %d", i+1), e)
			continue
		}
		for key, f := range d.fields(e) {
			switch key {
			case "text":
				out[i].Text = d.text(key, f)
			case "why":
				out[i].Why = d.text(key, f)
			default:
				d.unknown(choiceTable, key, f)
			}
		}
	}
	return out
}

func (d *decoder) kind(v value) deck.Kind {
	word := d.text("kind", v)
	if word == unread {
		return unknownKind
	}
	kind, err := deck.ParseKind(word)
	if err != nil {
		d.wrongWord(v, err)
		return unknownKind
	}
	return kind
}

func (d *decoder) level(v value) deck.Level {
	word := d.text("level", v)
	level, err := deck.ParseLevel(word)
	if err != nil && word != unread {
		d.wrongWord(v, err)
	}
	return level
}

// wrongWord reports an error of deck, whose list of right words is the hint.
func (d *decoder) wrongWord(v value, err error) {
	message, hint := err.Error(), ""
	if i := strings.LastIndex(message, ": "); i >= 0 {
		message, hint = message[:i], message[i+2:]
	}
	d.report(v.start, message, hint)
}
