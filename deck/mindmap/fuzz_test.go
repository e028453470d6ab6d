package mindmap

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

// checkMap fails if a map breaks a promise that every reader makes.
func checkMap(t *testing.T, m *Map, err error) {
	t.Helper()
	if err != nil {
		var positioned *Error
		if !errors.As(err, &positioned) {
			t.Fatalf("got %#v, want an *Error", err)
		}
		return
	}
	m.Root.Walk(func(path []*outline.Node, n *outline.Node) bool {
		if n.Text == "" || n.Text != singleLine(n.Text) {
			t.Errorf("text %q is not one clean line", n.Text)
		}
		if n.Note != paragraphs(n.Note) {
			t.Errorf("note %q is not clean", n.Note)
		}
		if (n.Pos.Line < 1 || n.Pos.Column < 1) && m.Format != XMind {
			t.Errorf("%q is at %v", n.Text, n.Pos)
		}
		if len(path) > maxDepth+10 {
			t.Errorf("%q is nested %d deep", n.Text, len(path))
		}
		return true
	})
}

// allText returns everything an outline says, without white space.
func allText(root *outline.Node) string {
	var b strings.Builder
	root.Walk(func(_ []*outline.Node, n *outline.Node) bool {
		b.WriteString(n.Text + n.Note + "\n")
		return true
	})
	return withoutSpace(b.String())
}

func withoutSpace(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

func FuzzMarkdown(f *testing.F) {
	f.Add([]byte("# R\n\npara\n\n- a\n  - b\n\n    more\n1. c\n### D\n## E\n"))
	f.Add([]byte("---\ntitle: T\n---\n- [x] **a**：`b` <!-- c -->\n\n> q\n> - r\n\n|a|b|\n|-|-|\n|c|d|\n"))
	f.Add([]byte("- \n- a\n  -\n\tx\n```\ncode\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := ReadAs(Markdown, "f.md", bytes.NewReader(data))
		checkMap(t, m, err)
		if err != nil {
			return
		}
		said := allText(m.Root)
		for _, word := range plainWords(data) {
			if !strings.Contains(said, word) {
				t.Errorf("%q is lost", word)
			}
		}
	})
}

// plainWords returns the words of a Markdown file that must be in its outline:
// all that have nothing but letters, if it has none of the markup that hides
// words.
func plainWords(data []byte) []string {
	if bytes.ContainsAny(data, "<&\\[") || bytes.Contains(data, []byte("```")) || bytes.Contains(data, []byte("~~~")) {
		return nil // escapes, links and code blocks have words that are not text
	}
	if bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\uFEFF")), "\r\n"), []byte("---")) || bytes.HasPrefix(data, []byte("\xff")) || bytes.HasPrefix(data, []byte("\xfe")) {
		return nil
	}
	var words []string
	for _, field := range strings.Fields(string(data)) {
		plain := len(field) > 1
		for _, r := range field {
			plain = plain && unicode.IsLetter(r)
		}
		if plain {
			words = append(words, field)
		}
	}
	return words
}

func FuzzArticle(f *testing.F) {
	seed, err := os.ReadFile("testdata/article.txt")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed[len(seed)/8 : len(seed)/4])
	f.Add([]byte("T\n\n1. A\n\n1.1 B\n\n什么是甲:\n\n乙。\n\nG\n\n  • a:b。\n  - c\n    d\n  1. e\n\n结束语\n\nend\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := ReadAs(Article, "f.txt", bytes.NewReader(data))
		checkMap(t, m, err)
		if err != nil || bytes.HasPrefix(data, []byte("\xff")) || bytes.HasPrefix(data, []byte("\xfe")) {
			return
		}
		source, _ := textfile.Decode("f.txt", data, maxBytes)
		said, inMap := allText(m.Root), false
		for _, line := range articleLines(source) {
			inMap = inMap || line.kind == chapterLine
			if inMap && line.kind == endLine {
				break
			}
			text := withoutSpace(strings.TrimRight(line.text, ":："))
			if inMap && line.kind != blankLine && !strings.Contains(said, text) {
				t.Errorf("line %d, %q, is lost", line.pos.Line, line.text)
			}
		}
	})
}
