package mindmap

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The pieces of GitHub's and markmap's Markdown that mind maps have, read for what
// they say. The library has two of them too, in a package that compiles nine
// regular expressions at every start of the program.

// struck reads ~~strikethrough~~ and ==highlights==, of which only the text counts.
type struck struct {
	sign byte
	// least is how many signs there must be; there are two at most.
	least int
}

// Trigger lists the characters that begin it.
func (s struck) Trigger() []byte { return []byte{s.sign} }

// Parse reads one or two signs; more are text.
func (s struck) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	signs := parser.ScanDelimiter(line, before, s.least, s)
	if signs == nil || signs.OriginalLength > 2 || before == rune(s.sign) {
		return nil
	}
	signs.Segment = segment.WithStop(segment.Start + signs.OriginalLength)
	block.Advance(signs.OriginalLength)
	pc.PushDelimiter(signs)
	return signs
}

// IsDelimiter reports whether b begins or ends it.
func (s struck) IsDelimiter(b byte) bool { return b == s.sign }

// CanOpenCloser reports whether two runs of signs belong together.
func (struck) CanOpenCloser(opener, closer *parser.Delimiter) bool { return opener.Char == closer.Char }

// OnMatch returns the node of what stands between.
func (struck) OnMatch(int) ast.Node { return ast.NewEmphasis(1) }

// taskBox reads the [ ] or [x] at the start of a list item as nothing.
type taskBox struct{}

// Trigger lists the characters that begin it.
func (taskBox) Trigger() []byte { return []byte("[") }

// Parse reads a box and the white space after it.
func (taskBox) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	item, ok := parent.Parent().(*ast.ListItem)
	if !ok || item.FirstChild() != parent || parent.HasChildren() {
		return nil
	}
	line, _ := block.PeekLine()
	if len(line) < 3 || line[2] != ']' {
		return nil
	}
	if line[1] != 'x' && line[1] != 'X' && !isSpaceByte(line[1]) {
		return nil
	}
	end := 3
	for end < len(line) && isSpaceByte(line[end]) {
		end++
	}
	block.Advance(end)
	return ast.NewString(nil)
}

func isSpaceByte(b byte) bool {
	switch b {
	case ' ', '\t', '\n', '\r', '\f':
		return true
	}
	return false
}
