package cardgen

import (
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/outline"
)

// Outline returns the map that a deck was made from: its title with its sections
// and leaves below it, in the order of the deck, and what the cards keep of their
// notes. A card that stands alone is a node with its question, and its answer as
// the note.
func Outline(d *deck.Deck) *outline.Node {
	root := &outline.Node{Text: clean(d.Title), Note: d.About}
	sections := make(map[string]*outline.Node)
	g := &generator{words: phrasesOf(d.Language), title: d.Title}
	for i := range d.Leaves {
		l := &d.Leaves[i]
		parent := sectionNode(root, sections, l.Path)
		pos := outline.Pos{Line: l.Pos.Line, Column: l.Pos.Column}
		if !l.Alone() {
			n := &outline.Node{Text: clean(l.Text), Pos: pos}
			g.notes(l, n, func(path []string) *outline.Node { return sectionNode(root, sections, path) })
			parent.Children = append(parent.Children, n)
			continue
		}
		for j := range l.Entries {
			n := aloneNode(&l.Entries[j])
			n.Pos = pos
			parent.Children = append(parent.Children, n)
		}
	}
	return root
}

// sectionNode returns the node of a section, made when it is not there.
func sectionNode(root *outline.Node, sections map[string]*outline.Node, path []string) *outline.Node {
	if len(path) == 0 {
		return root
	}
	key := strings.Join(path, "\x1f")
	n := sections[key]
	if n == nil {
		last := len(path) - 1
		parent := sectionNode(root, sections, path[:last])
		n = &outline.Node{Text: clean(path[last])}
		parent.Children = append(parent.Children, n)
		sections[key] = n
	}
	return n
}

// aloneNode returns the node of a card that stands alone. The blanks of a cloze
// are filled in.
func aloneNode(e *deck.Entry) *outline.Node {
	text := e.Front
	if e.Kind == deck.Cloze {
		var b strings.Builder
		at := 0
		for _, blank := range deck.Blanks(text) {
			b.WriteString(text[at:blank.Start] + blank.Answer)
			at = blank.End
		}
		text = b.String() + text[at:]
	}
	return &outline.Node{Text: clean(text), Note: e.Back}
}
