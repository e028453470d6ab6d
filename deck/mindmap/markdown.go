package mindmap

import (
	"sort"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/mindleaf/mindleaf/deck/outline"
)

// readMarkdown reads a Markdown outline. Headings and list items are nodes;
// everything else a heading or an item has below it is its note. A single
// heading or item at the top is the root; otherwise the root is called after
// the title in the front matter, or else after the file.
func readMarkdown(name string, data []byte) (*Map, error) {
	source, err := markdownSource(name, data)
	if err != nil {
		return nil, err
	}
	title, source := frontMatter(source)
	m := &markdownReader{name: name, source: source, lines: lineStarts(source)}
	root := &outline.Node{Text: title, Pos: outline.Pos{Line: 1, Column: 1}}
	if err := m.document(root, newMarkdownParser().Parse(text.NewReader(source))); err != nil {
		return nil, err
	}
	if len(root.Children) == 0 {
		return nil, &Error{Name: name, Message: "no headings and no list items", Hint: "start lines with # or -"}
	}
	b := newBuilder(name)
	b.pictured = m.pictures
	return finishTitled(b, root)
}

// finishTitled makes a Map of what is below top. Top has the title of the file
// as its text, if there is one, and then is the root, unless a single node
// below it says the same. Otherwise a single node that has others below it is
// the root, and gets the note of top.
func finishTitled(b *builder, top *outline.Node) (*Map, error) {
	if len(top.Children) != 1 || top.Children[0].Leaf() {
		return b.finish(top)
	}
	only := top.Children[0]
	if top.Text != "" && top.Text != only.Text {
		return b.finish(&outline.Node{Children: []*outline.Node{top}, Pos: top.Pos})
	}
	own := only.Note
	only.Note = top.Note
	addNote(only, own)
	return b.finish(top)
}

type markdownReader struct {
	name   string
	source []byte
	lines  []int
	notes  notes
	// pictures counts the headings and items that are left out because they
	// have a picture without a text and nothing below it.
	pictures int
}

// add appends a node to parent for a block, unless the block has no text.
func (m *markdownReader) add(parent *outline.Node, block ast.Node) (*outline.Node, bool) {
	title, said := m.label(block)
	if title == "" {
		if said.pictured && block.NextSibling() == nil {
			m.pictures++
		}
		return nil, false
	}
	node := &outline.Node{Text: title, Pos: m.pos(block)}
	for _, link := range said.links {
		if link != title {
			m.notes.add(node, link)
		}
	}
	parent.Children = append(parent.Children, node)
	return node, true
}

// addHTML appends a node to parent for an item that is written in HTML.
func (m *markdownReader) addHTML(parent *outline.Node, block *ast.HTMLBlock) (*outline.Node, bool) {
	node := &outline.Node{Pos: m.pos(block)}
	label := readLabel(m.html(block))
	label.fill(node)
	if node.Text == "" { // a tag that is none, such as a type in angle brackets
		node.Text = singleLine(withoutTags(m.html(block)))
	}
	if node.Text == "" {
		if label.picture && block.NextSibling() == nil {
			m.pictures++
		}
		m.notes.add(parent, node.Note)
		return nil, false
	}
	parent.Children = append(parent.Children, node)
	return node, true
}

// document hangs the blocks of doc below root. A heading belongs to the last
// heading above it that has a smaller level, whatever lies between.
func (m *markdownReader) document(root *outline.Node, doc ast.Node) error {
	m.notes = make(notes)
	open := []*outline.Node{root}
	levels := []int{0}
	for block := doc.FirstChild(); block != nil; block = block.NextSibling() {
		heading, ok := block.(*ast.Heading)
		if !ok {
			if err := m.block(open[len(open)-1], block, len(open)); err != nil {
				return err
			}
			continue
		}
		for levels[len(levels)-1] >= heading.Level {
			open, levels = open[:len(open)-1], levels[:len(levels)-1]
		}
		if node, ok := m.add(open[len(open)-1], heading); ok {
			open, levels = append(open, node), append(levels, heading.Level)
		}
	}
	m.notes.settle()
	return nil
}

// block adds to node what a block below it holds: the items of a list as
// children, anything else as a note.
func (m *markdownReader) block(node *outline.Node, block ast.Node, depth int) error {
	if depth > maxDepth {
		return tooDeep(m.name, m.pos(block))
	}
	switch block := block.(type) {
	case *ast.List:
		for item := block.FirstChild(); item != nil; item = item.NextSibling() {
			if err := m.item(node, item, depth+1); err != nil {
				return err
			}
		}
		return nil
	case *ast.Heading:
		m.add(node, block)
		return nil
	case *ast.Blockquote:
		for child := block.FirstChild(); child != nil; child = child.NextSibling() {
			if err := m.block(node, child, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	m.notes.add(node, m.note(block))
	return nil
}

// item adds a list item to parent. Its first paragraph is its text; an item
// without one hands what it holds to parent.
func (m *markdownReader) item(parent *outline.Node, item ast.Node, depth int) error {
	into := parent
	block := item.FirstChild()
	switch first := block.(type) {
	case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
		if node, ok := m.add(parent, block); ok {
			into = node
		}
		block = block.NextSibling()
	case *ast.HTMLBlock:
		if node, ok := m.addHTML(parent, first); ok {
			into = node
		}
		block = block.NextSibling()
	}
	for ; block != nil; block = block.NextSibling() {
		if err := m.block(into, block, depth); err != nil {
			return err
		}
	}
	return nil
}

// pos returns where the text of a block begins, or where the first block in it
// does.
func (m *markdownReader) pos(n ast.Node) outline.Pos {
	for ; n != nil && n.Type() == ast.TypeBlock; n = n.FirstChild() {
		if n.Lines().Len() > 0 {
			return m.posAt(n.Lines().At(0).Start)
		}
		if n.Pos() >= 0 && !n.HasChildren() {
			return m.posAt(n.Pos())
		}
	}
	return outline.Pos{}
}

// posAt returns the place of an offset. The parser puts an empty item beyond
// the end of the file when the last line has no line break.
func (m *markdownReader) posAt(offset int) outline.Pos {
	offset = min(offset, len(m.source))
	line := sort.SearchInts(m.lines, offset+1)
	start := m.lines[line-1]
	return outline.Pos{Line: line, Column: utf8.RuneCount(m.source[start:offset]) + 1}
}
