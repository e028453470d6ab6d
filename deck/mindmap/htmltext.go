package mindmap

import (
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
	"github.com/mindleaf/mindleaf/deck/outline"
)

// htmlLabel is what a node of a map that is written in HTML says.
type htmlLabel struct {
	// text is the first paragraph, "" when there is none. notes has the other
	// paragraphs, code and tables, links the addresses of the links.
	text         string
	notes, links []string
	picture      bool
}

// readLabel reads the label of a node.
func readLabel(fragment string) htmlLabel {
	var l labelReader
	scanner := htmlScanner{source: fragment}
	for t, ok := scanner.next(); ok; t, ok = scanner.next() {
		switch {
		case l.hidden(t) || l.formula(t):
		case t.kind == htmlChars:
			l.part.text(t.text)
		case t.kind == htmlStart:
			l.start(t)
		case t.kind == htmlEnd:
			l.end(t)
		}
	}
	l.flush()
	if l.label.picture = l.part.pictures; l.label.text == "" {
		l.label.text = l.ordinal
	}
	return l.label
}

// fill gives n the text and the note of the label.
func (l htmlLabel) fill(n *outline.Node) {
	n.Text = l.text
	about := notes{}
	for _, note := range l.notes {
		about.add(n, note)
	}
	for _, link := range l.links {
		if link = singleLine(link); leadsOut(link) && link != n.Text {
			about.add(n, link)
		}
	}
	about.settle()
}

// labelReader collects a label, a paragraph at a time.
type labelReader struct {
	label htmlLabel
	part  richText
	// ordinal is the number that markmap writes before a paragraph.
	ordinal string
	// apart is the open element that holds no text but code, a table or a list.
	apart string
	// link is the address of the open link.
	link string
	// unseen is the open element that is not to be read, and unseenDepth counts
	// the elements of its name that are open.
	unseen      string
	unseenDepth int
	// inFormula tells that a formula is open. drawn is its text, and source how
	// it was written, the open element being the latter if inSource.
	inFormula, inSource bool
	drawn, source       strings.Builder
}

// hidden passes over what a label does not show as text, such as the drawing of
// a checkbox. KaTeX writes a formula twice, once for the eye.
func (l *labelReader) hidden(t htmlToken) bool {
	switch {
	case l.unseen == "":
		if t.kind == htmlStart && !t.closed() &&
			(t.name == "svg" || t.name == "style" || t.name == "script" || t.name == "title" || t.hasClass("katex-html")) {
			l.unseen, l.unseenDepth = t.name, 1
			return true
		}
		return false
	case t.name == l.unseen && t.kind == htmlStart && !t.closed():
		l.unseenDepth++
	case t.name == l.unseen && t.kind == htmlEnd:
		if l.unseenDepth--; l.unseenDepth == 0 {
			l.unseen = ""
		}
	}
	return true
}

// formula reads a formula in MathML as its TeX source if that comes with it.
func (l *labelReader) formula(t htmlToken) bool {
	switch {
	case t.name == "math" && t.kind == htmlStart:
		l.inFormula = true
	case !l.inFormula:
		return false
	case t.name == "math" && t.kind == htmlEnd:
		text := l.drawn.String()
		if l.source.Len() > 0 {
			text = l.source.String()
		}
		l.part.text(text)
		l.drawn.Reset()
		l.source.Reset()
		l.inFormula, l.inSource = false, false
	case t.name == "annotation":
		l.inSource = t.kind == htmlStart
	case t.kind == htmlChars && l.inSource:
		l.source.WriteString(t.text)
	case t.kind == htmlChars:
		l.drawn.WriteString(t.text)
	}
	return true
}

// apartTags are the elements that hold what is no part of a text.
var apartTags = []string{"pre", "table", "ul", "ol", "blockquote"}

func (l *labelReader) start(t htmlToken) {
	if l.apart == "" && (t.name == "p" || slices.Contains(apartTags, t.name)) {
		l.flush()
		if t.name != "p" {
			l.apart = t.name
		}
	}
	if t.name == "a" {
		l.link = t.attribute("href")
	}
	l.part.open(t.name, t.attribute("alt"))
	if t.name == "li" {
		l.part.text("- ")
	}
}

func (l *labelReader) end(t htmlToken) {
	l.part.close(t.name)
	switch {
	case t.name == "a" && l.link != "":
		l.label.links = append(l.label.links, l.link)
		l.link = ""
	case t.name == "p" && l.apart == "":
		l.flush()
	case t.name == l.apart:
		l.flush()
		l.apart = ""
	}
}

// flush ends a paragraph.
func (l *labelReader) flush() {
	said := strings.TrimSpace(l.part.String())
	l.part = richText{pictures: l.part.pictures}
	switch {
	case said == "":
	case l.apart == "" && l.label.text == "" && l.ordinal == "" && ordinalOnly.MatchString(said):
		l.ordinal = said
	case l.apart == "" && l.label.text == "" && len(l.label.notes) == 0:
		l.label.text = joinLines(said)
	default:
		l.label.notes = append(l.label.notes, said)
	}
}

var ordinalOnly = lazyregexp.New(`^[0-9]{1,9}\.$`)

// joinLines makes one line of the lines of s.
func joinLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = singleLine(line)
	}
	return singleLine(joinAll(lines))
}
