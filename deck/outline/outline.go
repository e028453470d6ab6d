// Package outline holds an ordered tree of text in which every node knows
// where in its source file it came from. It stands apart because the readers
// of mind maps produce it and the card rules consume it, and neither needs to
// know the other.
package outline

import "fmt"

// Pos is a place in a source file. Line and Column count from 1, Column in
// runes; the zero Pos means the place is unknown.
type Pos struct {
	Line, Column int
}

// String formats p as "line:column", or "line" when the column is unknown.
func (p Pos) String() string {
	if p.Column == 0 {
		return fmt.Sprintf("%d", p.Line)
	}
	return fmt.Sprintf("%d:%d", p.Line, p.Column)
}

// Node is one node of an outline. Text is a single line without markup; Note
// holds what the source says about the node beyond its text, lines joined by
// "\n", and is empty when it says nothing.
type Node struct {
	Text     string
	Note     string
	Children []*Node
	Pos      Pos
}

// Leaf reports whether n has no children.
func (n *Node) Leaf() bool { return len(n.Children) == 0 }

// Walk calls visit for n and everything below it in document order. path holds
// the ancestors of the visited node, root first; it is reused between calls,
// so visit must copy it to keep it. The children of a node for which visit
// returns false are passed over.
func (n *Node) Walk(visit func(path []*Node, n *Node) bool) {
	n.walk(nil, visit)
}

func (n *Node) walk(path []*Node, visit func([]*Node, *Node) bool) {
	if !visit(path, n) {
		return
	}
	path = append(path, n)
	for _, c := range n.Children {
		c.walk(path, visit)
	}
}

// Count returns the number of nodes in the tree below and including n, and how
// many of them are leaves.
func (n *Node) Count() (nodes, leaves int) {
	n.Walk(func(_ []*Node, m *Node) bool {
		nodes++
		if m.Leaf() {
			leaves++
		}
		return true
	})
	return nodes, leaves
}
