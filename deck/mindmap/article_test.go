package mindmap

import (
	"bytes"
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/deck/outline"
)

// place of a leaf in the published map.
type wantLeaf struct {
	Path []string
	Text string
	Line int
}

// seedLeaves reads the list of the leaves that the article is known to have.
func seedLeaves(t *testing.T) []wantLeaf {
	t.Helper()
	f, err := os.Open("testdata/leaves.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var leaves []wantLeaf
	for _, row := range rows[1:] {
		line, err := strconv.Atoi(row[5])
		if err != nil {
			t.Fatal(err)
		}
		path := []string{row[1], row[2]}
		if row[3] != "" {
			path = append(path, row[3])
		}
		leaves = append(leaves, wantLeaf{path, row[4], line})
	}
	return leaves
}

func leavesOf(root *outline.Node) []wantLeaf {
	var leaves []wantLeaf
	root.Walk(func(path []*outline.Node, n *outline.Node) bool {
		if n.Leaf() {
			leaf := wantLeaf{Text: n.Text, Line: n.Pos.Line}
			for _, p := range path[1:] {
				leaf.Path = append(leaf.Path, p.Text)
			}
			leaves = append(leaves, leaf)
		}
		return true
	})
	return leaves
}

func readSeed(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/article.txt")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestArticleSeed(t *testing.T) {
	m, err := Read("article.txt", bytes.NewReader(readSeed(t)))
	if err != nil {
		t.Fatal(err)
	}
	if nodes, leaves := m.Root.Count(); nodes != 166 || leaves != 101 {
		t.Errorf("got %d nodes and %d leaves, want 166 and 101", nodes, leaves)
	}
	if want := "LLM大型语言模型脑图-基础技术篇"; m.Root.Text != want {
		t.Errorf("got root %q, want %q", m.Root.Text, want)
	}
	if diff := cmp.Diff(seedLeaves(t), leavesOf(m.Root)); diff != "" {
		t.Errorf("leaves (-want +got):\n%s", diff)
	}
	levels := map[int]int{}
	m.Root.Walk(func(path []*outline.Node, n *outline.Node) bool {
		if !n.Leaf() {
			levels[len(path)]++
		}
		return true
	})
	if diff := cmp.Diff(map[int]int{0: 1, 1: 6, 2: 16, 3: 42}, levels); diff != "" {
		t.Errorf("sections by depth (-want +got):\n%s", diff)
	}
}

func TestArticleLineEndings(t *testing.T) {
	seed := readSeed(t)
	want, err := ReadAs(Article, "a", bytes.NewReader(seed))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"crlf":     bytes.ReplaceAll(seed, []byte("\n"), []byte("\r\n")),
		"mark":     append([]byte("\uFEFF"), seed...),
		"utf16-le": utf16Bytes(string(seed), false),
		"utf16-be": utf16Bytes(string(seed), true),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Read("a", bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestArticle(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"sections and groups", "T\n\nintro\n\n1. A\n\n1.1 B\n\nG\n\n  • x。\n  • y。\n", "T\n 1. A\n  1.1 B\n   G\n    x。\n    y。\n"},
		{"other bullets", "T\n1. A\n1.1 B\nG\n- x\n* y\n· z\n", "T\n 1. A\n  1.1 B\n   G\n    x\n    y\n    z\n"},
		{"question and answer", "T\n1. A\n1.1 B\n什么是甲:\n\n乙的一种。\n\nG\n- x\n", "T\n 1. A\n  1.1 B\n   什么是甲:乙的一种。\n   G\n    x\n"},
		{"group with a colon", "T\n1. A\n1.1 B\n特点：\n- x\n", "T\n 1. A\n  1.1 B\n   特点\n    x\n"},
		{"question before a group", "T\n1. A\n1.1 B\n优点：\n缺点\n- x\n", "T\n 1. A\n  1.1 B\n   优点：\n   缺点\n    x\n"},
		{"group typed as a bullet", "T\n1. A\n1.1 B\nG\n- a。\n- b。\n- c。\n- d。\n- e。\n- f。\n- g。\n- h。\n- i。\n- 乙\n- k。\n",
			"T\n 1. A\n  1.1 B\n   G\n    a。\n    b。\n    c。\n    d。\n    e。\n    f。\n    g。\n    h。\n    i。\n   乙\n    k。\n"},
		{"no full stops at all", "T\n1. A\n1.1 B\nG\n- a\n- b\n- c\n", "T\n 1. A\n  1.1 B\n   G\n    a\n    b\n    c\n"},
		{"nested bullets", "T\n1. A\n1.1 B\nG\n- a\n  - b\n- c\n", "T\n 1. A\n  1.1 B\n   G\n    a\n     b\n    c\n"},
		{"ordered list below a chapter", "T\n1. A\n1.1 B\nG\n1. a\n2. B\n2.1 C\n", "T\n 1. A\n  1.1 B\n   G\n    a\n 2. B\n  2.1 C\n"},
		{"broken bullet", "T\n1. A\n1.1 B\nG\n  • 一\n    二\n", "T\n 1. A\n  1.1 B\n   G\n    一二\n"},
		{"prose is a note", "T\n1. A\n这是一句话。\n1.1 B\nG\n也是一句话。\n- x\n", "T\n 1. A | 这是一句话。\n  1.1 B\n   G | 也是一句话。\n    x\n"},
		{"the end", "T\n1. A\n1.1 B\nG\n- x\n\n参考资料：\n\nhttps://example.org\n", "T\n 1. A\n  1.1 B\n   G\n    x\n"},
		{"a numbered summary stays", "T\n1. A\n1.1 B\n- x\n2. 总结\n- y\n", "T\n 1. A\n  1.1 B\n   x\n 2. 总结\n  y\n"},
		{"no title", "1. A\n1.1 B\n- x\n", "name\n 1. A\n  1.1 B\n   x\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, err := ReadAs(Article, "dir/name.txt", strings.NewReader(test.in))
			if err != nil {
				t.Fatal(err)
			}
			wantTree(t, m, test.want)
		})
	}
}

func TestArticlePositions(t *testing.T) {
	m, err := ReadAs(Article, "a", strings.NewReader("题\n1. A\n1.1 B\n组\n  • 叶\n"))
	if err != nil {
		t.Fatal(err)
	}
	wantPlaces(t, m, "1:1 题", "2:1 1. A", "3:1 1.1 B", "4:1 组", "5:5 叶")
}
