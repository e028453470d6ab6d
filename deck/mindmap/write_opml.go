package mindmap

import (
	"bufio"
	"html"
	"io"
	"strings"

	"github.com/mindleaf/mindleaf/deck/outline"
)

// WriteOPML writes an outline as OPML 2.0 that ReadAs(OPML) reads as the same
// outline: the title in the head, the root as the one outline at the top, notes
// in _note, where outliners look for them. Its only errors are w's.
func WriteOPML(w io.Writer, root *outline.Node) error {
	p := &writer{w: bufio.NewWriterSize(w, 32<<10)}
	p.print("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>", xmlText(literally(root.Text)),
		"</title>\n  </head>\n  <body>\n")
	p.opml(root, "    ")
	p.print("  </body>\n</opml>\n")
	return p.finish("OPML")
}

func (p *writer) opml(n *outline.Node, indent string) {
	p.print(indent, `<outline text="`, xmlText(literally(n.Text)), `"`)
	if n.Note != "" {
		p.print(` _note="`, xmlText(literally(n.Note)), `"`)
	}
	if n.Leaf() {
		p.print("/>\n")
		return
	}
	p.print(">\n")
	for _, c := range n.Children {
		p.opml(c, indent+"  ")
	}
	p.print(indent, "</outline>\n")
}

// literally returns s, as HTML where programs that read the text as HTML would
// otherwise see something else in it.
func literally(s string) string {
	if htmlText(s) == s {
		return s
	}
	return html.EscapeString(s)
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\t", "&#9;")

// xmlText writes s for an attribute or an element. What XML cannot hold becomes
// U+FFFD.
func xmlText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return 0xFFFD
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return xmlEscapes.Replace(s)
}
