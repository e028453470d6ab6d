// Package draw turns a mind map and statistics into pictures: SVG that any
// program draws, and HTML pages of one file. It stands apart from the commands,
// which know texts and dates, because layout is worth testing by itself: a tree
// or figures go in, bytes come out, with no clock, no I/O and no reference to
// anything outside the file.
package draw

import "github.com/mindleaf/mindleaf/srs"

// Mark is how well a leaf is known: the stage of its worst card.
type Mark int8

// The marks from worst to best. A leaf is Suspended when all its cards are.
const (
	New Mark = iota
	Learning
	Young
	Mature
	Suspended
	Marks = 5
)

// Symbol returns the character that stands for m where there is no picture.
func (m Mark) Symbol() string { return [Marks]string{"○", "◔", "◑", "●", "×"}[m] }

// Word returns the name of m in lower case, as data have it.
func (m Mark) Word() string {
	return [Marks]string{"new", "learning", "young", "mature", "suspended"}[m]
}

// MarkOf returns the mark of a leaf with cards in the given states, and whether
// any of them is due on day, cards in drill left out: the worst of the cards that
// are not suspended counts. A leaf without cards is New.
func MarkOf(cards []srs.State, day srs.Day) (m Mark, due bool) {
	m = Suspended
	for _, s := range cards {
		if s.Suspended {
			continue
		}
		m = min(m, Mark(srs.StageOf(s)))
		due = due || s.Phase != srs.New && s.Due <= day && !s.Hidden(day) && s.DrillDay != day
	}
	if len(cards) == 0 {
		return New, false
	}
	return m, due
}

// Node is a node of the map: a section, or a leaf where it has no children.
type Node struct {
	Text string
	// Note is shown when the pointer rests on the node; "" for none.
	Note string
	// Mark and Due are those of a leaf.
	Mark Mark
	Due  bool
	// Leaves counts the leaves below by mark, and DueLeaves those that are due;
	// Sum fills both in.
	Leaves    [Marks]int
	DueLeaves int
	Children  []*Node
}

// Sum counts the leaves below n and below all its nodes.
func (n *Node) Sum() {
	n.Leaves, n.DueLeaves = [Marks]int{}, 0
	if len(n.Children) == 0 {
		n.Leaves[n.Mark] = 1
		if n.Due {
			n.DueLeaves = 1
		}
		return
	}
	for _, c := range n.Children {
		c.Sum()
		for i, leaves := range c.Leaves {
			n.Leaves[i] += leaves
		}
		n.DueLeaves += c.DueLeaves
	}
}

// Total returns the number of leaves below n, suspended ones left out.
func (n *Node) Total() int {
	return n.Leaves[New] + n.Leaves[Learning] + n.Leaves[Young] + n.Leaves[Mature]
}

// Known returns how many of them are young or mature.
func (n *Node) Known() int { return n.Leaves[Young] + n.Leaves[Mature] }
