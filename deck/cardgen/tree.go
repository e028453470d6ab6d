package cardgen

import (
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/outline"
)

// branch is a node of the map with children, or the root. Its name has no
// number; it is "" for the root and for nodes without a text.
type branch struct {
	name string
	// note is what the map says about the branch, links what it only points to.
	note, links string
	parent      *branch
	branches    []*branch
	// at is the index of the branch among those of its parent.
	at int
	// leaves lists the leaves directly below, all those at any depth.
	leaves, all []*leaf
	// names lists how the children are called in a list, in order; it has an
	// empty name for a child that cannot be named.
	names []string
	// context is how questions refer to the branch.
	context string
}

// leaf is a leaf of the map on its way into the deck. rules has the rule that
// made each of the entries.
type leaf struct {
	text, note, links string
	fact              fact
	path              []string
	parent            *branch
	entries           []deck.Entry
	rules             []Rule
	// order is the place of the leaf in the map.
	order int
	// asks says that the term is a question by itself.
	asks bool
}

// generator holds the map while cards are made from it.
type generator struct {
	words  *phrases
	title  string
	leaves []*leaf
	// fronts has the questions asked so far.
	fronts map[string]bool
	// bodies and mentions count in how many leaves a definition, and an
	// example or an element of a list, occurs.
	bodies, mentions map[string]int
}

func newGenerator(root *outline.Node, title string, words *phrases) *generator {
	g := &generator{words: words, title: title, fronts: make(map[string]bool),
		bodies: make(map[string]int), mentions: make(map[string]int)}
	top := &branch{context: title}
	top.note, top.links = splitNote(cleanNote(root.Note))
	g.grow(top, root, nil)
	for _, l := range g.leaves {
		if l.fact.term.text != "" {
			g.bodies[fold(l.fact.body.text)]++
		}
		for _, m := range mentioned(l.fact) {
			g.mentions[m]++
		}
	}
	return g
}

// grow builds the branches and leaves for the children of node.
func (g *generator) grow(b *branch, node *outline.Node, path []string) {
	for _, child := range node.Children {
		if !child.Leaf() {
			below := &branch{name: sectionName(child.Text), parent: b, at: len(b.branches)}
			below.note, below.links = splitNote(cleanNote(child.Note))
			name := path[:len(path):len(path)]
			if below.name != "" {
				name = append(name, below.name)
			}
			below.context = g.context(name)
			b.branches, b.names = append(b.branches, below), append(b.names, below.name)
			g.grow(below, child, name)
			b.all = append(b.all, below.all...)
			continue
		}
		text := clean(child.Text)
		note, links := splitNote(cleanNote(child.Note))
		if text == "" {
			text, note = clean(note), ""
		}
		if text == "" {
			text, links = clean(links), ""
		}
		if text == "" {
			continue
		}
		l := &leaf{text: text, note: note, links: links, path: path, parent: b, order: len(g.leaves),
			fact: parseFact(g.words.typeset(withoutNumber(text)))}
		l.asks = g.words.question(l.fact.term.text)
		b.names = append(b.names, l.name())
		b.leaves, b.all = append(b.leaves, l), append(b.all, l)
		g.leaves = append(g.leaves, l)
	}
}

// name returns what a leaf is called in a list: its term, or all of it.
func (l *leaf) name() string {
	if l.fact.term.text != "" {
		return l.fact.term.text
	}
	if l.fact.body.inner != "" {
		return l.fact.body.head
	}
	return l.fact.text
}

// first returns whether l is the first leaf below b.
func (l *leaf) first(b *branch) bool { return len(b.all) > 0 && b.all[0] == l }

// mentioned returns the elements and examples in a fact, folded.
func mentioned(f fact) []string {
	var all []string
	for _, p := range []phrase{f.term, f.body} {
		items := p.items
		if items == nil {
			items = splitOutside(p.inner, "、,，")
		}
		for _, item := range items {
			all = append(all, fold(item))
		}
	}
	return all
}
