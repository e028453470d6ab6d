package mindmap

import (
	"fmt"
	"html"
	"strings"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
	"github.com/mindleaf/mindleaf/deck/outline"
)

// mermaidReader reads the nodes of one mindmap, from offset at to the end of
// source.
type mermaidReader struct {
	b       *builder
	cursor  *cursor
	source  string
	at      int
	escaped bool
	// endless tells that no directive ends after this place.
	endless bool
	// kept counts the nodes with brackets that are taken for part of the text.
	kept int
}

// read hangs the mindmap below top. A node belongs to the nearest one above it
// that is indented less, as in Mermaid, where a tab counts like a space.
func (r *mermaidReader) read(top *outline.Node) error {
	type openNode struct {
		indent int
		node   *outline.Node
	}
	var open []openNode
	for r.at < len(r.source) {
		line, _, _ := strings.Cut(r.source[r.at:], "\n")
		text := strings.TrimLeft(line, " \t\u00A0\u3000")
		indent := len([]rune(line[:len(line)-len(text)]))
		if r.skip(line, text) {
			continue
		}
		r.at += len(line) - len(text)
		p := r.cursor.place(r.at)
		label := r.node()
		for len(open) > 0 && open[len(open)-1].indent >= indent {
			open = open[:len(open)-1]
			if len(open) == 0 {
				return errorAt(r.b.name, p, fmt.Sprintf("a second root, %q", label), "a mindmap has one root: indent this line below it")
			}
		}
		parent := top
		if len(open) > 0 {
			parent = open[len(open)-1].node
		}
		node, err := r.b.add(parent, len(open)+1, p)
		if err != nil {
			return err
		}
		node.Text = label
		open = append(open, openNode{indent, node})
	}
	return nil
}

var (
	iconLine  = lazyregexp.New(`^::icon\([^)]*\)?[ \t]*$`)
	classLine = lazyregexp.New(`^:::[ \t]*[\w-]+([ \t]+[\w-]+)*[ \t]*$`)
)

// skip passes over a line that is no node: empty ones, comments, icons and
// classes.
func (r *mermaidReader) skip(line, text string) bool {
	rest := strings.TrimSpace(text)
	switch {
	case strings.HasPrefix(rest, "%%{") && !r.endless:
		if end := strings.Index(r.source[r.at:], "}%%"); end >= 0 {
			r.at += end + len("}%%")
			return true
		}
		r.endless = true
	case rest == "", strings.HasPrefix(rest, "%%"), iconLine.MatchString(rest), classLine.MatchString(rest):
	default:
		return false
	}
	r.at = min(r.at+len(line)+1, len(r.source))
	return true
}

// shapes pairs what opens a label with what closes it, longer ones first.
var shapes = []struct{ open, close string }{
	{"((", "))"}, {"))", "(("}, {"{{", "}}"}, {"(-", "-)"}, {"-)", "(-"}, {"(", ")"}, {")", "("}, {"[", "]"},
}

var (
	// identifier is what may stand before a bracket as the name of a node. With
	// anything else, as in "Landing (/)", the bracket is part of the text.
	identifier = lazyregexp.New(`^[A-Za-z0-9_-]*$`)
	iconTail   = lazyregexp.New(`[ \t]*::icon\([^)]*\)?[ \t]*$`)
	shapeTail  = lazyregexp.New(`^[ \t]*(?:(?::::|%%|::icon\().*)?$`)
)

// node reads the node that the rest of the line holds, or, when its label goes
// on, the lines after it.
func (r *mermaidReader) node() string {
	line, _, _ := strings.Cut(r.source[r.at:], "\n")
	start := r.at
	r.at = min(r.at+len(line)+1, len(r.source))
	text := iconTail.ReplaceAllString(line, "")
	at := strings.IndexAny(text, "([{)")
	if strings.HasPrefix(line, "-)") {
		at = 0
	}
	if at < 0 {
		return r.label(text)
	}
	for _, shape := range shapes {
		if !strings.HasPrefix(line[at:], shape.open) {
			continue
		}
		inner, length, quoted := shapeLabel(r.source[start+at+len(shape.open):], shape.close)
		if length == 0 {
			break
		}
		if !quoted && len(shape.open) == 1 && !identifier.MatchString(line[:at]) {
			r.kept++
			return r.label(text)
		}
		if end := start + at + len(shape.open) + length; end > r.at {
			r.at = min(end+1, len(r.source))
		}
		if label := r.label(inner); label != "" {
			return label
		}
		return r.label(line[:at])
	}
	return r.label(text)
}

// maxShape is how many bytes the label of a shape that goes on over lines may
// have.
const maxShape = 4096

// shapeLabel returns the label that s begins with, quoted or not, and how long
// it and what follows it on its last line are; 0 when it does not end.
func shapeLabel(s, closer string) (label string, length int, quoted bool) {
	s = s[:min(len(s), maxShape)]
	opening := s[:len(s)-len(strings.TrimLeft(s, " \t\n"))]
	inner, isQuoted := strings.CutPrefix(s[len(opening):], `"`)
	if isQuoted {
		mark := `"`
		rest, markdown := strings.CutPrefix(inner, "`")
		if markdown {
			inner, mark = rest, "`\""
		}
		if label, after, found := strings.Cut(inner, mark); found {
			if markdown {
				label = underlined.ReplaceAllString(label, "$1$2$3")
			}
			after := strings.TrimLeft(after, " \t\n")
			tail, _, _ := strings.Cut(strings.TrimPrefix(after, closer), "\n")
			if strings.HasPrefix(after, closer) && shapeTail.MatchString(tail) {
				return label, len(s) - len(after) + len(closer) + len(tail), true
			}
		}
	}
	line, _, _ := strings.Cut(s, "\n")
	for at := 0; ; at++ {
		next := strings.Index(line[at:], closer)
		if next < 0 {
			break
		}
		if at += next; shapeTail.MatchString(line[at+len(closer):]) {
			return line[:at], len(line), false
		}
	}
	if at := strings.IndexAny(s, "()[]{}"); at >= len(line) && strings.HasPrefix(s[at:], closer) {
		tail, _, _ := strings.Cut(s[at+len(closer):], "\n")
		if shapeTail.MatchString(tail) {
			return s[:at], at + len(closer) + len(tail), false
		}
	}
	return "", 0, false
}

var (
	mermaidEntity = lazyregexp.New(`#([0-9]{1,7}|[a-zA-Z]{2,8});`)
	mermaidBreak  = lazyregexp.New(`(?i)<br\s*/?>|\\n([^a-z]|$)|\n`)
	strongText    = lazyregexp.New(`\*\*([^*\n]+)\*\*`)
	emphasis      = lazyregexp.New(`(^|[^\w*])\*([^*\s](?:[^*\n]*[^*\s])?)\*`)
	underlined    = lazyregexp.New(`(^|\W)__?([^_\s](?:[^_\n]*[^_\s])?)__?(\W|$)`)
)

// label returns what a label says: one line, without markup.
func (r *mermaidReader) label(s string) string {
	if r.escaped {
		s = html.UnescapeString(s)
	}
	s = mermaidBreak.ReplaceAllString(s, "\n$1")
	s = html.UnescapeString(mermaidEntity.ReplaceAllStringFunc(withoutTags(s), mermaidCharacter))
	s = emphasis.ReplaceAllString(strongText.ReplaceAllString(s, "$1"), "$1$2")
	return joinLines(strings.ToValidUTF8(s, "\uFFFD"))
}

// mermaidCharacter turns "#35;" and "#quot;" into the entities of HTML.
func mermaidCharacter(s string) string {
	if s[1] >= '0' && s[1] <= '9' {
		return "&" + s
	}
	return "&" + s[1:]
}
