package mindmap

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/mindleaf/mindleaf/deck/outline"
)

// connect gives every card that an arrow points to its parent. It fails where
// the arrows make no tree.
func (c *canvasReader) connect() error {
	byID := make(map[string]*canvasCard)
	for _, card := range c.cards {
		byID[card.id] = card
	}
	for _, e := range c.edges {
		from, to := byID[e.from], byID[e.to]
		switch {
		case from == nil || to == nil || to.parent == from:
		case from == to:
			return errorAt(c.j.name, e.pos, fmt.Sprintf("not a tree: an arrow leads from %s to itself", to.name()), "delete the arrow")
		case to.parent != nil:
			return errorAt(c.j.name, e.pos, fmt.Sprintf("not a tree: arrows lead to %s from both %s and %s", to.name(), to.parent.name(), from.name()),
				"a map has one way to each card: delete one of the two arrows, or give each its own copy of the card")
		default:
			to.parent = from
		}
	}
	return c.circle()
}

// circle fails if a card is above itself.
func (c *canvasReader) circle() error {
	const seen, safe = 1, 2
	state := make(map[*canvasCard]int)
	for _, card := range c.cards {
		at := card
		for at != nil && state[at] == 0 {
			state[at] = seen
			at = at.parent
		}
		if at != nil && state[at] == seen {
			return errorAt(c.j.name, at.node.Pos, fmt.Sprintf("not a tree: the arrows lead from %s round to it again", at.name()),
				"a map begins somewhere: delete the arrow that leads back")
		}
		for at = card; at != nil && state[at] == seen; at = at.parent {
			state[at] = safe
		}
	}
	return nil
}

// group puts every card that no arrow leads to below the smallest group with a
// name it lies in.
func (c *canvasReader) group() {
	var groups, free []*canvasCard
	for _, card := range c.cards {
		if card.kind == "group" && card.node.Text != "" {
			groups = append(groups, card)
		}
		if card.parent == nil {
			free = append(free, card)
		}
	}
	slices.SortStableFunc(groups, func(a, b *canvasCard) int { return cmp.Compare(a.width*a.height, b.width*b.height) })
	for _, card := range free {
		for _, g := range groups {
			if g.holds(card) && !g.below(card) {
				card.parent = g
				break
			}
		}
	}
}

// holds reports whether the middle of other lies in card.
func (card *canvasCard) holds(other *canvasCard) bool {
	x, y := other.x+other.width/2, other.y+other.height/2
	return x >= card.x && x <= card.x+card.width && y >= card.y && y <= card.y+card.height
}

// below reports whether card is other or somewhere below it.
func (card *canvasCard) below(other *canvasCard) bool {
	for at := card; at != nil; at = at.parent {
		if at == other {
			return true
		}
	}
	return false
}

// tree returns a node with the trees of the canvas below it.
func (c *canvasReader) tree() (*outline.Node, error) {
	top := &canvasCard{node: &outline.Node{Pos: outline.Pos{Line: 1, Column: 1}}}
	slices.SortStableFunc(c.cards, func(a, b *canvasCard) int {
		return cmp.Or(cmp.Compare(a.y, b.y), cmp.Compare(a.x, b.x))
	})
	for _, card := range c.cards {
		parent := card.parent
		if parent == nil {
			parent = top
		}
		parent.children = append(parent.children, card)
	}
	return top.node, c.hang(top, 0)
}

// hang puts the nodes of the cards below parent below its node. A group around
// cards that arrows lead to has no cards of its own and is only drawn.
func (c *canvasReader) hang(parent *canvasCard, depth int) error {
	for _, card := range parent.children {
		if depth >= maxDepth {
			return tooDeep(c.j.name, card.node.Pos)
		}
		if card.kind == "group" && len(card.children) == 0 {
			continue
		}
		parent.node.Children = append(parent.node.Children, card.node)
		if err := c.hang(card, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// name returns how an error calls a card.
func (card *canvasCard) name() string {
	const most = 30
	name := []rune(card.node.Text)
	if len(name) > most {
		name = append(name[:most], '…')
	}
	return fmt.Sprintf("%q", string(name))
}
