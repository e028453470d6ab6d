package mindmap

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

func sniffMarkmapSVG(data []byte) bool { return firstTag(data).name == "svg" }

// readMarkmapSVG reads the picture that markmap makes of a Markdown outline.
// Each of its nodes says by which numbers one gets to it from the root, and
// numbers count in the order of the map.
func readMarkmapSVG(name string, data []byte) (*Map, error) {
	source, err := textfile.Decode(name, data, maxBytes)
	if err != nil {
		return nil, err
	}
	if err := notMarkmap(name, firstTag(source), string(source)); err != nil {
		return nil, err
	}
	nodes, err := svgNodes(name, source)
	if err != nil {
		return nil, err
	}
	return svgMap(name, nodes)
}

// notMarkmap returns the error for an SVG that cannot be read: markmap's is the
// only one that has the tree in it.
func notMarkmap(name string, svg htmlToken, source string) error {
	switch {
	case strings.Contains(source, "mindmapDiagram") || svg.attribute("aria-roledescription") == "mindmap":
		return &Error{Name: name, Message: "a picture made by Mermaid, which has no tree in it",
			Hint: "import the Mermaid text that it was made from (.mmd, or the Markdown around it)"}
	case svg.name == "svg" && svg.attribute("viewBox") != "" && strings.Contains(source, "NeverMind"):
		return &Error{Name: name, Message: "a picture made by XMind, which has no tree in it",
			Hint: "import the .xmind file, or export the map as Markdown or OPML"}
	case !strings.Contains(source, "markmap"):
		return &Error{Name: name, Message: "a picture that was not made by markmap, which has no tree in it",
			Hint: "import the map that it was made from, or export that as Markdown or OPML"}
	}
	return nil
}

// svgNode is one node in the picture.
type svgNode struct {
	path  []int
	label htmlLabel
	pos   outline.Pos
	// parent tells that the node is drawn with the circle that folds and
	// unfolds what is below it.
	parent bool
}

// svgNodes returns the nodes of all markmaps in source in the order of the map.
func svgNodes(name string, source []byte) ([]svgNode, error) {
	var nodes []svgNode
	scanner, at, ended := htmlScanner{source: string(source)}, cursor{data: source}, false
	for t, ok := scanner.next(); ok; t, ok = scanner.next() {
		ended = ended || t.kind == htmlEnd && t.name == "svg"
		if t.kind != htmlStart || t.name != "g" || t.closed() || !t.hasClass("markmap-node") {
			continue
		}
		n := svgNode{pos: at.place(t.start), parent: t.hasClass("markmap-fold")}
		var err error
		if n.path, err = dataPath(t.attribute("data-path")); err != nil {
			return nil, errorAt(name, n.pos, err.Error(), "save the picture again with a present markmap, or import its Markdown")
		}
		n.read(&scanner)
		nodes = append(nodes, n)
	}
	if !ended {
		return nil, errorAt(name, at.place(len(source)), "ends in the middle", "the file is cut off: save or download it again")
	}
	slices.SortStableFunc(nodes, func(a, b svgNode) int { return slices.Compare(a.path, b.path) })
	return nodes, nil
}

// read reads to the end of the node's element.
func (n *svgNode) read(scanner *htmlScanner) {
	start, depth := scanner.at, 1
	for t, ok := scanner.next(); ok; t, ok = scanner.next() {
		switch {
		case t.name == "circle" && t.kind == htmlStart:
			n.parent = true
		case t.name == "g" && t.kind == htmlStart && !t.closed():
			depth++
		case t.name == "g" && t.kind == htmlEnd:
			depth--
		}
		if depth == 0 {
			n.label = readLabel(scanner.source[start:t.start])
			break
		}
	}
}

func dataPath(s string) ([]int, error) {
	if s == "" {
		return nil, fmt.Errorf("a node without data-path")
	}
	parts := strings.Split(s, ".")
	if len(parts) > maxDepth {
		return nil, fmt.Errorf("nested more than %d levels deep", maxDepth)
	}
	path := make([]int, len(parts))
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 {
			return nil, fmt.Errorf("data-path %q is not a list of numbers", singleLine(s))
		}
		path[i] = n
	}
	return path, nil
}

// svgMap hangs each node below the nearest one above it that is in the file.
func svgMap(name string, nodes []svgNode) (*Map, error) {
	b, top := newBuilder(name), &outline.Node{Pos: outline.Pos{Line: 1, Column: 1}}
	type openNode struct {
		path []int
		node *outline.Node
	}
	open := []openNode{{nil, top}}
	for i, n := range nodes {
		if i > 0 && slices.Equal(nodes[i-1].path, n.path) {
			return nil, errorAt(name, n.pos, "a second node with the same data-path", "save the picture again, or import its Markdown")
		}
		for !hasPrefix(n.path, open[len(open)-1].path) {
			open = open[:len(open)-1]
		}
		node, err := b.add(open[len(open)-1].node, len(open), n.pos)
		if err != nil {
			return nil, err
		}
		n.label.fill(node)
		b.pictures[node] = n.label.picture
		open = append(open, openNode{n.path, node})
	}
	asideToParents(top)
	m, err := b.finish(top)
	if err != nil {
		return nil, err
	}
	if folded := foldedWarning(nodes); folded != "" {
		m.Warnings = append(m.Warnings, folded)
	}
	return m, nil
}

func hasPrefix(path, prefix []int) bool {
	return len(path) >= len(prefix) && slices.Equal(path[:len(prefix)], prefix)
}

// asideToParents makes what markmap draws as nodes of their own, code and
// tables, notes of the nodes that they are about.
func asideToParents(n *outline.Node) {
	about := notes{}
	n.Children = slices.DeleteFunc(n.Children, func(c *outline.Node) bool {
		if c.Text != "" || c.Note == "" || !c.Leaf() {
			return false
		}
		about.add(n, c.Note)
		return true
	})
	about.settle()
	for _, c := range n.Children {
		asideToParents(c)
	}
}

// foldedWarning says how many nodes are not in the picture, "" if all are.
// Numbers are given out before anything is folded, so that gaps tell; below
// the last node there is no gap to see.
func foldedWarning(nodes []svgNode) string {
	smallest, largest, last := nodes[0].path[0], 0, 0
	for i, n := range nodes {
		number := n.path[len(n.path)-1]
		smallest = min(smallest, number)
		if number > largest {
			largest, last = number, i
		}
	}
	hidden, atLeast := largest-smallest+1-len(nodes), ""
	if end := nodes[last]; end.parent && (last+1 == len(nodes) || !hasPrefix(nodes[last+1].path, end.path)) {
		hidden, atLeast = max(hidden, 0)+1, "at least "
	}
	switch {
	case hidden <= 0:
		return ""
	case hidden == 1:
		return atLeast + "1 node is folded and not in the file; unfold all and save again"
	}
	return fmt.Sprintf("%s%d nodes are folded and not in the file; unfold all and save again", atLeast, hidden)
}
