package mindmap

import (
	"strings"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxInline is how many characters of a block may be read as inline markup;
// those after it stand for themselves. Matching them costs the square of their
// number, and no map needs so many.
const maxInline = 500

// newMarkdownParser returns a parser of CommonMark with task lists, strikethrough,
// highlights, formulas and Obsidian's links. Tables and link definitions are left as
// the paragraphs they look like: as a note they read well, and nothing of them is lost.
func newMarkdownParser() parser.Parser {
	inline := append(parser.DefaultInlineParsers(),
		util.Prioritized(&inlineGuard{}, -1),
		util.Prioritized(taskBox{}, 0),
		util.Prioritized(wikiLink{}, 0),
		util.Prioritized(formula{}, 0),
		util.Prioritized(struck{'~', 1}, 500),
		util.Prioritized(struck{'=', 2}, 500))
	return parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(), util.Prioritized(formulaBlock{}, 50))...),
		parser.WithInlineParsers(inline...))
}

// inlineGuard is asked before every other inline parser and takes markup
// beyond maxInline as text.
type inlineGuard struct {
	block ast.Node
	seen  int
}

// Trigger lists the characters that begin or end inline markup.
func (g *inlineGuard) Trigger() []byte { return []byte("*_[]!<`~=") }

// Parse counts the character it stands on, and takes it when there were
// enough of them.
func (g *inlineGuard) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	if parent != g.block {
		g.block, g.seen = parent, 0
	}
	if g.seen++; g.seen <= maxInline {
		return nil
	}
	_, segment := block.PeekLine()
	block.Advance(1)
	return ast.NewTextSegment(segment.WithStop(segment.Start + 1))
}

// inlineText is what the inline markup of a block says.
type inlineText struct {
	reader *markdownReader
	lines  []string
	line   strings.Builder
	// links has the addresses of links; in a note they stand in the lines.
	links  []string
	inNote bool
	// pictured tells that there is a picture. labelled tells that the first
	// line is bold and nothing else, and boldEnd where the bold ended.
	pictured, labelled bool
	boldEnd            int
}

// label returns the text of a block without its markup, on one line, and what
// else it says. A bold line at its start is the name of what follows.
func (m *markdownReader) label(n ast.Node) (string, *inlineText) {
	t := m.inline(n, false)
	if t.labelled && len(t.lines) > 1 {
		term, rest := singleLine(t.lines[0]), joinAll(t.lines[1:])
		if term != "" && rest != "" && !strings.ContainsAny(term+rest, ":：") {
			return singleLine(withColon(term, rest)), t
		}
	}
	return singleLine(joinAll(t.lines)), t
}

// inline reads the text below n, for a label or for a note.
func (m *markdownReader) inline(n ast.Node, inNote bool) *inlineText {
	t := &inlineText{reader: m, inNote: inNote, boldEnd: -1}
	t.visit(n)
	t.breakLine()
	return t
}

func (t *inlineText) breakLine() {
	line := strings.TrimSpace(t.line.String())
	if len(t.lines) == 0 {
		t.labelled = t.boldEnd >= 0 && strings.TrimSpace(t.line.String()[t.boldEnd:]) == ""
	}
	if line != "" || len(t.lines) > 0 {
		t.lines = append(t.lines, line)
	}
	t.line.Reset()
}

func (t *inlineText) visit(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			if t.tableRule(c) {
				continue
			}
			t.line.WriteString(t.reader.literal(c))
			if c.SoftLineBreak() || c.HardLineBreak() {
				t.breakLine()
			}
		case *ast.String:
			t.line.Write(c.Value)
		case *ast.AutoLink:
			t.line.Write(c.Label(t.reader.source))
		case *ast.RawHTML:
			t.tag(segments(c.Segments, t.reader.source))
		case *ast.Link:
			t.visit(c)
			t.link(string(c.Destination))
		case *ast.Image:
			t.pictured = true
			t.visit(c)
		default:
			t.visit(c)
			if strong, ok := c.(*ast.Emphasis); ok && strong.Level == 2 && c.PreviousSibling() == nil && n.Type() == ast.TypeBlock && len(t.lines) == 0 {
				t.boldEnd = t.line.Len()
			}
		}
	}
}

// tableRule reports whether a text is the line of dashes below the head of a
// table. One whose signs are escaped is text.
func (t *inlineText) tableRule(c *ast.Text) bool {
	whole := c.SoftLineBreak() || c.HardLineBreak() || c.NextSibling() == nil
	return t.inNote && len(t.lines) > 0 && t.line.Len() == 0 && whole &&
		tableRule.Match(c.Segment.Value(t.reader.source))
}

// tag reads a tag or a comment.
func (t *inlineText) tag(raw string) {
	switch found, _ := htmlMarkup(raw); {
	case found.name == "br":
		t.breakLine()
		return
	case found.name == "a" && found.kind == htmlStart:
		t.link(found.attribute("href"))
	case found.name == "img":
		t.pictured = true
		t.line.WriteString(found.attribute("alt"))
	}
	t.line.WriteString(withoutTags(raw))
}

// link keeps the address of a link that leads out of the file.
func (t *inlineText) link(address string) {
	switch {
	case !leadsOut(address):
	case !t.inNote:
		t.links = append(t.links, singleLine(address))
	case !strings.HasSuffix(t.line.String(), address):
		t.line.WriteString(" (" + address + ") ")
	}
}

// literal returns what a text node stands for: escapes and entities resolved,
// except in code.
func (m *markdownReader) literal(t *ast.Text) string {
	value := t.Segment.Value(m.source)
	if _, code := t.Parent().(*ast.CodeSpan); code || t.IsRaw() {
		return string(value)
	}
	value = util.ResolveEntityNames(util.ResolveNumericReferences(value))
	return strings.ToValidUTF8(string(util.UnescapePunctuations(value)), "\uFFFD")
}

// note returns the text of a block that is neither heading nor list.
func (m *markdownReader) note(block ast.Node) string {
	switch block := block.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		return strings.Join(m.inline(block, true).lines, "\n")
	case *ast.HTMLBlock:
		return blankLines.ReplaceAllString(withoutTags(m.html(block)), "\n")
	}
	return segments(block.Lines(), m.source)
}

// html returns the source of a block of HTML.
func (m *markdownReader) html(block *ast.HTMLBlock) string {
	html := segments(block.Lines(), m.source)
	if block.HasClosure() {
		html += string(block.ClosureLine.Value(m.source))
	}
	return html
}

func segments(s *text.Segments, source []byte) string {
	var b strings.Builder
	for i := range s.Len() {
		segment := s.At(i)
		b.Write(segment.Value(source))
	}
	return b.String()
}

var (
	blankLines = lazyregexp.New(`\n\s*\n`)
	comment    = lazyregexp.New(`(?s)<!--.*?(-->|$)`)
	lineBreak  = lazyregexp.New(`(?i)<br\s*/?>`)
	// tag matches the tags people write in Markdown. Anything else in angle
	// brackets may well be text, such as a type parameter.
	tag       = lazyregexp.New(`(?i)</?(a|abbr|audio|b|big|blockquote|body|br|center|code|col|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]|head|hr|html|i|iframe|img|ins|kbd|li|mark|meta|nobr|ol|p|pre|ruby|s|samp|script|section|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|video)(\s[^<>]*)?/?>`)
	tableRule = lazyregexp.New(`^\s*\|?(\s*:?-+:?\s*\|)+\s*(:?-+:?)?\s*$`)
)

// withoutTags removes comments and tags from HTML and keeps its text.
func withoutTags(html string) string {
	html = lineBreak.ReplaceAllString(comment.ReplaceAllString(html, ""), " ")
	return tag.ReplaceAllString(html, "")
}
