package quiz

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck"
)

// node is a section of the tree.
type node struct {
	name     string
	parent   *node // nil for the deck itself
	depth    int
	children []*node
	leaves   []*leaf
	compared *words // of the label, once they were asked for
}

func (n *node) words() words {
	if n.compared == nil {
		w := wordsOf(n.label())
		n.compared = &w
	}
	return *n.compared
}

// leaf is a leaf of the tree with its first card.
type leaf struct {
	item     *item
	section  *node
	compared *words // of the leaf, once they were asked for
}

func (l *leaf) words() words {
	if l.compared == nil {
		w := wordsOf(l.item.Leaf)
		l.compared = &w
	}
	return *l.compared
}

// plant puts the leaf of it into the tree of its deck. Cards without a leaf are
// in no tree.
func (m *maker) plant(it *item) {
	if it.Leaf == "" || len(it.Path) == 0 {
		return
	}
	at := m.trees[it.Deck]
	if at == nil {
		at = &node{}
		m.trees[it.Deck] = at
	}
	for _, name := range it.Path {
		at = at.child(name)
	}
	if i := slices.IndexFunc(at.leaves, func(l *leaf) bool { return l.item.Leaf == it.Leaf }); i < 0 {
		at.leaves = append(at.leaves, &leaf{item: it, section: at})
	}
}

func (n *node) child(name string) *node {
	for _, c := range slices.Backward(n.children) {
		if c.name == name {
			return c
		}
	}
	c := &node{name: name, parent: n, depth: n.depth + 1}
	n.children = append(n.children, c)
	return c
}

// label names a section with the one above it, which says what it is about.
func (n *node) label() string {
	if n.parent == nil || n.parent.parent == nil {
		return n.name
	}
	return n.parent.name + " › " + n.name
}

// find returns the leaf of it; nil when it is in no tree.
func (m *maker) find(it *item) *leaf {
	at := m.trees[it.Deck]
	if at == nil || it.Leaf == "" || len(it.Path) == 0 {
		return nil
	}
	for _, name := range it.Path {
		at = at.child(name)
	}
	for _, l := range at.leaves {
		if l.item.Leaf == it.Leaf {
			return l
		}
	}
	return nil
}

// fromTree asks about the list of a list card, or about the leaf of any other
// card: the section it belongs to, what does not belong there with it, or what
// is missing when it is. The first of these that can be asked is.
func (m *maker) fromTree(it *item) (Question, bool) {
	if it.Kind == deck.List {
		return m.completeList(it)
	}
	l := m.find(it)
	if l == nil {
		return Question{}, false
	}
	ways := []func(*leaf) (Question, bool){m.belong, m.odd, m.complete}
	m.rand.Shuffle(len(ways), func(i, j int) { ways[i], ways[j] = ways[j], ways[i] })
	for _, way := range ways {
		if q, ok := way(l); ok {
			return q, true
		}
	}
	return Question{}, false
}

func (l *leaf) question(f Form) Question {
	q := l.item.question(f)
	q.Text, q.Note, q.Source = "", "", ""
	return q
}

// belong asks for the section of a leaf. Its name must not be in the leaf, and
// the other sections must have nothing to do with it.
func (m *maker) belong(l *leaf) (Question, bool) {
	if l.section.hints(l) {
		return Question{}, false
	}
	q := l.question(Belong)
	q.Subject = l.item.Leaf
	s := selection{right: l.section.label(), taken: map[string]bool{l.section.words().key: true}}
	for at := l.section.parent; at != nil && len(s.wrong) < mostWrong; at = at.parent {
		sections := m.shuffled(at.sections(l.section.depth, far))
		for _, n := range sections {
			if len(n.leaves) > 0 && !n.suits(l) {
				s.add(Option{Text: n.label()})
			}
		}
	}
	return m.pick(q, &s)
}

// hints reports whether the name of n shares two letters in a row, or a word,
// with l: enough to guess that they belong together.
func (n *node) hints(l *leaf) bool {
	if related(n.words(), l.words()) {
		return true
	}
	name := []rune(n.name)
	for i := 2; i <= len(name); i++ {
		if pair := string(name[i-2 : i]); name[i-2] > 0x2e80 && strings.Contains(l.item.Leaf, pair) {
			return true
		}
	}
	return false
}

// suits reports whether l could stand in n as well: its name or a leaf of it is
// about the same.
func (n *node) suits(l *leaf) bool {
	return n.hints(l) || slices.ContainsFunc(n.leaves, func(o *leaf) bool { return related(o.words(), l.words()) })
}

// sections returns the sections below n at a depth, at most so many.
func (n *node) sections(depth, most int) []*node {
	if n.depth == depth {
		return []*node{n}
	}
	var out []*node
	for _, c := range n.children {
		if len(out) >= most {
			break
		}
		out = append(out, c.sections(depth, most-len(out))...)
	}
	return out
}

func (m *maker) shuffled(nodes []*node) []*node {
	m.rand.Shuffle(len(nodes), func(i, j int) { nodes[i], nodes[j] = nodes[j], nodes[i] })
	return nodes
}

// odd asks what is not in a section: members of it are the wrong options, and
// one of them is the leaf.
func (m *maker) odd(l *leaf) (Question, bool) {
	others, members := m.outsiders(l), l.members()
	if len(members) < leastWrong {
		return Question{}, false
	}
	m.rand.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	shown := append(members[:min(len(members), mostWrong-1)], l)
	right := m.byRank(others, shown)
	if right == nil {
		return Question{}, false
	}
	q := l.question(Odd)
	q.Subject = l.section.label()
	s := selection{right: right.item.Leaf, taken: map[string]bool{right.words().key: true}}
	for _, o := range shown {
		s.add(Option{Text: o.item.Leaf})
	}
	return m.pick(q, &s)
}

// byRank picks among candidates one that is longer than as many of shown as
// chance says; nil when there is none.
func (m *maker) byRank(candidates, shown []*leaf) *leaf {
	want := m.rand.IntN(len(shown) + 1)
	var among []*leaf
	for _, c := range candidates {
		rank := 0
		for _, l := range shown {
			if utf8.RuneCountInString(c.item.Leaf) > utf8.RuneCountInString(l.item.Leaf) {
				rank++
			}
		}
		if rank == want {
			among = append(among, c)
		}
	}
	if len(among) == 0 {
		return nil
	}
	return among[m.rand.IntN(len(among))]
}

// members are the leaves beside l.
func (l *leaf) members() []*leaf {
	return slices.DeleteFunc(slices.Clone(l.section.leaves), func(o *leaf) bool { return o == l })
}

// outsiders returns leaves of other sections that have nothing to do with that
// of l: those of the nearest place where there are enough.
func (m *maker) outsiders(l *leaf) []*leaf {
	var out []*leaf
	for at := l.section.parent; at != nil && len(out) < 4*mostWrong; at = at.parent {
		out = out[:0]
		looked := 0
		for _, n := range at.sections(l.section.depth, far) {
			for _, o := range n.leaves {
				if looked++; looked <= far && n != l.section && !l.section.suits(o) {
					out = append(out, o)
				}
			}
		}
	}
	return out
}

// complete asks which leaf is missing in a section.
func (m *maker) complete(l *leaf) (Question, bool) {
	members := l.members()
	if len(members) == 0 {
		return Question{}, false
	}
	q := l.question(Complete)
	q.Subject = l.section.label()
	s := selection{right: l.item.Leaf, taken: map[string]bool{l.words().key: true}}
	for _, o := range members {
		if s.taken[o.words().key] {
			return Question{}, false
		}
		q.Given = append(q.Given, o.item.Leaf)
		s.taken[o.words().key] = true
	}
	for _, o := range m.outsiders(l) {
		if similarLength(o.item.Leaf, l.item.Leaf) {
			s.add(Option{Text: o.item.Leaf})
		}
	}
	return m.pick(q, &s)
}

// completeList asks which element of a list card is missing. The wrong options
// are elements of other lists, of the nearest place first.
func (m *maker) completeList(it *item) (Question, bool) {
	elements := elementsOf(it)
	if len(elements) < 2 {
		return Question{}, false
	}
	missing := m.rand.IntN(len(elements))
	q := it.question(Complete)
	s := selection{right: elements[missing], taken: make(map[string]bool)}
	for i, e := range elements {
		if s.taken[key(e)] {
			return Question{}, false
		}
		s.taken[key(e)] = true
		if i != missing {
			q.Given = append(q.Given, e)
		}
	}
	for depth := len(it.Path); depth >= 0 && len(s.wrong) < mostWrong; depth-- {
		for o := range m.neighbours(m.below[placeOf(it.Deck, it.Path[:depth])]) {
			if o.Kind != deck.List || o.leaf == it.leaf || len(s.wrong) >= enough {
				continue
			}
			for _, e := range elementsOf(o) {
				if similarLength(e, s.right) && !s.clashes(key(e)) {
					s.add(Option{Text: e})
				}
			}
		}
	}
	return m.pick(q, &s)
}

func elementsOf(it *item) []string {
	var out []string
	for _, e := range strings.Split(it.Back, "\n") {
		if e = strings.TrimSpace(e); e != "" {
			out = append(out, e)
		}
	}
	return out
}
