package mindmap

import (
	"bufio"
	"io"
	"strings"

	"github.com/mindleaf/mindleaf/deck/outline"
)

// WriteFreeMind writes an outline as a map that FreeMind and Freeplane open and
// that ReadAs(FreeMind) reads as the same outline, apart from runs of white
// space in notes. Its only errors are w's.
func WriteFreeMind(w io.Writer, root *outline.Node) error {
	p := &writer{w: bufio.NewWriterSize(w, 32<<10)}
	p.print("<map version=\"1.0.1\">\n")
	p.freeMind(root, "")
	p.print("</map>\n")
	return p.finish("FreeMind map")
}

func (p *writer) freeMind(n *outline.Node, indent string) {
	rich := freeMindReads(n.Text)
	p.print(indent, "<node")
	if !rich {
		p.print(` TEXT="`, xmlText(n.Text), `"`)
	}
	if n.Leaf() && n.Note == "" && !rich {
		p.print("/>\n")
		return
	}
	p.print(">\n")
	if rich {
		p.rich("NODE", n.Text, indent)
	}
	if n.Note != "" {
		p.rich("NOTE", n.Note, indent)
	}
	for _, c := range n.Children {
		p.freeMind(c, indent+"  ")
	}
	p.print(indent, "</node>\n")
}

// freeMindReads reports whether the program would take a text for something
// else than itself, for HTML or a formula, so that it must be rich text.
func freeMindReads(text string) bool {
	lower := strings.ToLower(strings.TrimSpace(text))
	return strings.HasPrefix(lower, "<html") || strings.HasPrefix(lower, `\latex`) || strings.HasPrefix(lower, `\unparsedlatex`)
}

// rich writes a text as HTML, a paragraph for each line.
func (p *writer) rich(kind, text, indent string) {
	p.print(indent, `  <richcontent TYPE="`, kind, `"><html><head/><body>`)
	for _, line := range strings.Split(text, "\n") {
		p.print("<p>", strings.ReplaceAll(xmlText(line), "&#9;", " "), "</p>")
	}
	p.print("</body></html></richcontent>\n")
}
