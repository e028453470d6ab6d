package mindmap

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
	"github.com/mindleaf/mindleaf/deck/outline"
)

// WriteMarkdown writes an outline as Markdown that ReadAs(Markdown) reads as the
// same outline, apart from empty lines and indentation in notes: headings as
// long as all that is below a node has nodes below it, and nested lists from
// there on. Its only errors are w's.
func WriteMarkdown(w io.Writer, root *outline.Node) error {
	p := &writer{w: bufio.NewWriterSize(w, 32<<10)}
	p.heading(root, 1)
	return p.finish("Markdown")
}

// writer is the way of all formats out. It keeps its error for the end.
type writer struct{ w *bufio.Writer }

func (p *writer) print(parts ...string) {
	for _, s := range parts {
		_, _ = p.w.WriteString(s) // the writer keeps its error for Flush
	}
}

func (p *writer) finish(what string) error {
	if err := p.w.Flush(); err != nil {
		return fmt.Errorf("writing %s: %w", what, err)
	}
	return nil
}

// maxHeading is the deepest heading that Markdown has.
const maxHeading = 6

// heading writes a node as a heading with all that is below it.
func (p *writer) heading(n *outline.Node, level int) {
	p.print(strings.Repeat("#", level), " ", markdownText(n.Text), "\n")
	if n.Note != "" {
		p.print("\n", markdownNote(n.Note, ""), "\n")
	}
	if len(n.Children) == 0 {
		return
	}
	p.print("\n")
	if level == maxHeading || !allBranches(n) {
		p.list(n, "")
		return
	}
	for i, c := range n.Children {
		if i > 0 {
			p.print("\n")
		}
		p.heading(c, level+1)
	}
}

// allBranches reports whether every child of n has children.
func allBranches(n *outline.Node) bool {
	for _, c := range n.Children {
		if c.Leaf() {
			return false
		}
	}
	return true
}

// list writes the children of a node as items of a list.
func (p *writer) list(n *outline.Node, indent string) {
	for _, c := range n.Children {
		p.print(indent, "- ", markdownText(c.Text), "\n")
		if c.Note != "" {
			p.print("\n", markdownNote(c.Note, indent+"  "), "\n\n")
		}
		p.list(c, indent+"  ")
	}
}

var (
	// markup may begin or end inline markup wherever it stands, reference begins a
	// character reference, and lineSign is what a block or the rule of a table
	// begins with.
	markup    = lazyregexp.New("[\\\\`*<>\\[\\]~_$]|={2,}")
	reference = lazyregexp.New(`&([#a-zA-Z])`)
	lineSign  = lazyregexp.New(`^(?:([#+=|-]|:-)|(\d{1,9})([.)]))`)
)

// markdownText writes a text of one line so that it stands for itself. Formulas
// are written as they are.
func markdownText(s string) string {
	s = singleLine(s)
	var b strings.Builder
	for at := 0; at < len(s); {
		if end := formulaEnd([]byte(s[at:])); end > 0 {
			b.WriteString(s[at : at+end])
			at += end
			continue
		}
		end := len(s)
		if next := strings.IndexByte(s[at+1:], '$'); next >= 0 {
			end = at + 1 + next
		}
		b.WriteString(escaped(s[at:end]))
		at = end
	}
	s = b.String()
	s = lineSign.ReplaceAllStringFunc(s, func(sign string) string {
		return sign[:len(sign)-1] + `\` + sign[len(sign)-1:]
	})
	if strings.HasSuffix(s, "#") && !strings.HasSuffix(s, `\#`) {
		s = s[:len(s)-1] + `\#`
	}
	return s
}

// escaped returns s with what may be markup in it escaped.
func escaped(s string) string {
	s = markup.ReplaceAllStringFunc(s, func(signs string) string { return `\` + strings.Join(strings.Split(signs, ""), `\`) })
	return reference.ReplaceAllString(s, "&amp;$1")
}

// markdownNote writes the lines of a note as one paragraph.
func markdownNote(note, indent string) string {
	var lines []string
	for _, line := range strings.Split(note, "\n") {
		if line = markdownText(line); line != "" {
			lines = append(lines, indent+line)
		}
	}
	return strings.Join(lines, "\n")
}
