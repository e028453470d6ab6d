package mindmap

import (
	"fmt"
	"strings"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
	"github.com/mindleaf/mindleaf/deck/outline"
)

// maxNodes is how many nodes a map may have. People's maps have fewer than ten
// thousand.
const maxNodes = 1_000_000

// builder makes an outline of what a file calls its topics. While it is being
// built a node may have an empty text; finish sees to that.
type builder struct {
	name     string
	nodes    int
	warnings []string
	// pictures has the nodes that show a picture.
	pictures map[*outline.Node]bool
	// pictured and unnamed count what finish left out: nodes with nothing but
	// a picture, and nodes without a text that had others below them.
	pictured, unnamed int
}

func newBuilder(name string) *builder {
	return &builder{name: name, pictures: make(map[*outline.Node]bool)}
}

// add appends an empty node to parent, which is at the given depth.
func (b *builder) add(parent *outline.Node, depth int, p outline.Pos) (*outline.Node, error) {
	if depth >= maxDepth {
		return nil, tooDeep(b.name, p)
	}
	if b.nodes++; b.nodes > maxNodes {
		return nil, tooMany(b.name, p)
	}
	n := &outline.Node{Pos: p}
	parent.Children = append(parent.Children, n)
	return n, nil
}

// tooMany is the error of every format for a map beyond maxNodes.
func tooMany(name string, p outline.Pos) *Error {
	return errorAt(name, p, fmt.Sprintf("more than %d topics", maxNodes), "split it into several files")
}

// warn notes a sentence about count things, if there are any. The format has
// one verb for the count and its noun, given in the singular.
func (b *builder) warn(count int, noun, format string) {
	if count == 0 {
		return
	}
	if count > 1 {
		noun += "s"
	}
	b.warnings = append(b.warnings, fmt.Sprintf(format, fmt.Sprintf("%d %s", count, noun)))
}

var (
	newLines   = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\u2028", "\n", "\u2029", "\n")
	listMarker = lazyregexp.New(`^\s*(?:[-*+•·●◦▪‣–—]\s|[•·●◦▪‣]|\(?[0-9]{1,3}[.)、）]\s*|（[0-9]{1,3}）)\S`)
)

// setText gives n the text of a topic. Lines that are one sentence become one
// line; from an empty line or the first item of a list on they are its note,
// to which others may be added.
func setText(n *outline.Node, text string) {
	lines := strings.Split(newLines.Replace(strings.TrimSpace(text)), "\n")
	at := 1
	for at < len(lines) && strings.TrimSpace(lines[at]) != "" && !listMarker.MatchString(lines[at]) {
		at++
	}
	n.Text = singleLine(strings.Join(lines[:at], " "))
	n.Note = paragraphs(strings.Join(lines[at:], "\n"))
}

// addLink notes an address, unless it is the text already or points into the
// file itself.
func addLink(n *outline.Node, address string) {
	address = singleLine(address)
	if strings.HasPrefix(address, "#") || strings.HasPrefix(address, "xmind:") || strings.HasPrefix(address, "xap:") {
		return
	}
	if address != n.Text {
		addNote(n, address)
	}
}

// addLabels notes labels as a line of words with a # before each, which tells
// them from what a note says.
func addLabels(n *outline.Node, labels []string) {
	var words []string
	for _, label := range labels {
		if word := strings.Join(strings.Fields(singleLine(label)), "_"); word != "" {
			words = append(words, "#"+strings.TrimLeft(word, "#"))
		}
	}
	addNote(n, strings.Join(words, " "))
}

// finish makes a Map of what is below top. A single node there that has others
// below it is the root; otherwise top is, named after the file if need be.
func (b *builder) finish(top *outline.Node) (*Map, error) {
	if len(top.Children) == 1 && top.Children[0].Text == "" {
		top.Note, top.Children = top.Children[0].Note, top.Children[0].Children
	}
	b.tidy(top)
	if len(top.Children) == 0 {
		return nil, &Error{Name: b.name, Message: "no topics with a text", Hint: "open it in its program and see whether it is the right file"}
	}
	root := top
	if only := top.Children[0]; len(top.Children) == 1 && !only.Leaf() {
		root = only
	}
	if root.Text == "" {
		root.Text = baseTitle(b.name)
	}
	b.warn(b.pictured, "topic", "%s with nothing but a picture left out")
	b.warn(b.unnamed, "topic", "%s without a text left out; what is below was moved up")
	return &Map{Root: root, Warnings: b.warnings}, nil
}

// tidy names the nodes without a text below n after the first line of their
// notes, and replaces those without notes by what they have below them.
func (b *builder) tidy(n *outline.Node) {
	var kept []*outline.Node
	for _, c := range n.Children {
		b.tidy(c)
		if c.Text == "" {
			first, rest, _ := strings.Cut(c.Note, "\n")
			c.Text, c.Note = singleLine(first), paragraphs(rest)
		}
		switch {
		case c.Text != "":
			kept = append(kept, c)
		case !c.Leaf():
			b.unnamed++
			kept = append(kept, c.Children...)
		case b.pictures[c]:
			b.pictured++
		}
	}
	n.Children = kept
}
