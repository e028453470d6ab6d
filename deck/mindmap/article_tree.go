package mindmap

import (
	"strings"

	"github.com/mindleaf/mindleaf/deck/outline"
)

// articleReader builds the tree, line by line. group is the innermost node
// that takes bullets; bullets holds the open ones by indentation.
type articleReader struct {
	name                          string
	stops                         bool
	root, chapter, section, group *outline.Node
	bullets                       []openBullet
	// question is a line that ended with a colon and waits for its answer.
	question *outline.Node
}

type openBullet struct {
	indent int
	node   *outline.Node
}

// title makes the root from the first line that is not empty, if that is not
// already the map, and returns the index of the line after it.
func (a *articleReader) title(lines []articleLine) int {
	a.root = &outline.Node{Text: baseTitle(a.name), Pos: outline.Pos{Line: 1, Column: 1}}
	for i, line := range lines {
		switch line.kind {
		case blankLine:
			continue
		case labelLine, proseLine, endLine:
			a.root.Text, a.root.Pos = line.text, line.pos
			return i + 1
		}
		return i
	}
	return len(lines)
}

// line adds line i to the tree.
func (a *articleReader) line(lines []articleLine, i int) error {
	line := lines[i]
	if line.kind == blankLine || a.chapter == nil && line.kind != chapterLine {
		return nil
	}
	question := a.question
	a.question = nil
	switch line.kind {
	case chapterLine:
		a.chapter = a.add(a.root, line)
		a.section, a.group = nil, nil
	case sectionLine:
		a.section, a.group = a.add(a.chapter, line), nil
	case bulletLine:
		return a.bullet(lines, i)
	default:
		a.plain(lines, i, question)
	}
	return nil
}

// add appends a node for line to parent and closes the open bullets.
func (a *articleReader) add(parent *outline.Node, line articleLine) *outline.Node {
	node := &outline.Node{Text: line.text, Pos: line.pos}
	parent.Children = append(parent.Children, node)
	a.bullets = a.bullets[:0]
	return node
}

// above returns the section being read, or the chapter before its first one.
func (a *articleReader) above() *outline.Node {
	if a.section != nil {
		return a.section
	}
	return a.chapter
}

// plain adds a line without number or bullet: the rest of a bullet that was
// broken over lines, the answer to a question, the name of a group, or a note.
func (a *articleReader) plain(lines []articleLine, i int, question *outline.Node) {
	line := lines[i]
	last := len(a.bullets) - 1
	switch {
	case last >= 0 && line.indent > a.bullets[last].indent && lines[i-1].kind != blankLine:
		a.bullets[last].node.Text = join(a.bullets[last].node.Text, line.text)
	case question != nil && !asks(line) && !beforeBullet(lines, i):
		question.Text += line.text
		a.group = nil
	case line.kind == labelLine:
		a.group = a.add(a.above(), line)
		if asks(line) {
			a.question = a.group
		}
	case a.group != nil:
		addNote(a.group, line.text)
	default:
		addNote(a.above(), line.text)
	}
}

// bullet adds a leaf, or the name of a group that was typed as one.
func (a *articleReader) bullet(lines []articleLine, i int) error {
	line := lines[i]
	if a.stops && namesGroup(line) && i+1 < len(lines) &&
		lines[i+1].kind == bulletLine && stops(lines[i+1].text) {
		a.group = a.add(a.above(), line)
		return nil
	}
	for n := len(a.bullets); n > 0 && a.bullets[n-1].indent >= line.indent; n-- {
		a.bullets = a.bullets[:n-1]
	}
	parent := a.group
	if parent == nil {
		parent = a.above()
	}
	open := a.bullets
	if len(open) >= maxDepth {
		return tooDeep(a.name, line.pos)
	}
	if len(open) > 0 {
		parent = open[len(open)-1].node
	}
	if name := strings.TrimSpace(strings.TrimRight(parent.Text, ":：")); name != "" && len(parent.Children) == 0 {
		parent.Text = name
	}
	a.bullets = append(open, openBullet{line.indent, a.add(parent, line)})
	return nil
}
