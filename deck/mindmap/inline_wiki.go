package mindmap

import (
	"bytes"
	"path"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// wikiLink reads [[name]] and [[name|text]], Obsidian's links to other notes, as
// the text they show, and ![[picture.png]] as a picture.
type wikiLink struct{}

// Trigger lists the characters that begin it.
func (wikiLink) Trigger() []byte { return []byte("![") }

// Parse reads a link. Brackets after a word, as in x[[1]], and around what is no
// name are text.
func (wikiLink) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, _ := block.PeekLine()
	start := bytes.TrimPrefix(line, []byte("!"))
	inner, found := bytes.CutPrefix(start, []byte("[["))
	end := bytes.IndexAny(inner, "[]\n")
	if !found || end < 0 || !bytes.HasPrefix(inner[end:], []byte("]]")) || before < unicode.MaxASCII && unicode.IsLetter(before) {
		return nil
	}
	name, shown, _ := strings.Cut(string(inner[:end]), "|")
	if name = strings.TrimLeft(name, "#^"); !strings.ContainsFunc(name, unicode.IsLetter) || name[0] == ':' {
		return nil
	}
	block.Advance(len(line) - len(inner) + end + len("]]"))
	if len(start) < len(line) && strings.Contains(pictureEndings, " "+strings.ToLower(path.Ext(name))+" ") {
		return ast.NewImage(ast.NewLink())
	}
	if shown != "" {
		name = shown
	}
	return ast.NewString([]byte(name))
}
