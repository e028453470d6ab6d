package mindmap

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The two pieces of GitHub's Markdown that mind maps have, read for what they say.
// The library has them too, in a package that compiles nine regular expressions
// at every start of the program.

// struck reads ~~strikethrough~~, of which only the text counts.
type struck struct{}

// Trigger lists the characters that begin it.
func (struck) Trigger() []byte { return []byte("~") }

// Parse reads one or two tildes; more are text.
func (s struck) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	tildes := parser.ScanDelimiter(line, before, 1, s)
	if tildes == nil || tildes.OriginalLength > 2 || before == '~' {
		return nil
	}
	tildes.Segment = segment.WithStop(segment.Start + tildes.OriginalLength)
	block.Advance(tildes.OriginalLength)
	pc.PushDelimiter(tildes)
	return tildes
}

// IsDelimiter reports whether b begins or ends it.
func (struck) IsDelimiter(b byte) bool { return b == '~' }

// CanOpenCloser reports whether two runs of tildes belong together.
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
