package mindmap

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// formulaEnd returns where the formula ends that s begins with, 0 when it begins
// with none. As markmap has it, a formula is TeX between single or double dollars.
// White space inside of them, or a digit after them, tells that they are money.
func formulaEnd(s []byte) int {
	sign := []byte("$")
	if bytes.HasPrefix(s, []byte("$$")) {
		sign = []byte("$$")
	} else if len(s) < 2 || s[0] != '$' || util.IsSpace(s[1]) {
		return 0
	}
	for at := len(sign); ; at++ {
		next := bytes.Index(s[at:], sign)
		if next <= 0 && at == len(sign) || next < 0 {
			return 0
		}
		if at += next; s[at-1] == '\\' {
			continue
		}
		end := at + len(sign)
		if len(sign) == 1 && (util.IsSpace(s[at-1]) || end < len(s) && s[end] >= '0' && s[end] <= '9') {
			return 0
		}
		return end
	}
}

// formula reads TeX in a line as it stands, since its signs are no markup.
type formula struct{}

// Trigger lists the characters that begin it.
func (formula) Trigger() []byte { return []byte("$") }

// Parse reads a formula with its dollars.
func (formula) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	end := formulaEnd(line)
	if end == 0 {
		return nil
	}
	block.Advance(end)
	return ast.NewString(line[:end])
}

// formulaBlock reads TeX between lines that begin with two dollars, in which a
// line may look like a list item, as code.
type formulaBlock struct{}

// Trigger lists the characters that begin it.
func (formulaBlock) Trigger() []byte { return []byte("$") }

// Open reads the first line of a formula that ends on another one.
func (formulaBlock) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	rest, found := bytes.CutPrefix(bytes.TrimSpace(line), []byte("$$"))
	if !found || bytes.Contains(rest, []byte("$$")) || !bytes.Contains(reader.Source()[segment.Stop:], []byte("$$")) {
		return nil, parser.NoChildren
	}
	node := ast.NewFencedCodeBlock(nil)
	node.Lines().Append(segment)
	return node, parser.NoChildren
}

// Continue reads one more line.
func (formulaBlock) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, segment := reader.PeekLine()
	node.Lines().Append(segment)
	reader.AdvanceToEOL()
	if bytes.Contains(line, []byte("$$")) {
		return parser.Close
	}
	return parser.Continue | parser.NoChildren
}

// Close has nothing to do.
func (formulaBlock) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph reports that no empty line is needed before it.
func (formulaBlock) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine reports that it is not indented by four columns, as code.
func (formulaBlock) CanAcceptIndentedLine() bool { return false }
