package mindmap

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/property"
)

func TestText(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"tabs", "题\n\t甲\n\t\t乙\n\t丙\n", "题\n 甲\n  乙\n 丙\n"},
		{"spaces", "题\n  甲\n    乙\n  丙\n", "题\n 甲\n  乙\n 丙\n"},
		{"irregular", "题\n      甲\n   乙\n", "题\n 甲\n 乙\n"},
		{"several at the top", "甲\n\t乙\n丙\n", "map\n 甲\n  乙\n 丙\n"},
		{"all of it indented", "    题\n      甲\n", "题\n 甲\n"},
		{"bullets", "- 题\n  * 甲\n    • 乙\n    •丙\n  + [x] 丁\n  – [ ] 戊\n", "题\n 甲\n  乙\n  丙\n 丁\n 戊\n"},
		{"bullets below a line without", "题\n- 甲\n- 乙\n目\n- 丙\n", "map\n 题\n  甲\n  乙\n 目\n  丙\n"},
		{"no bullets", "题\n\t-5 度\n\t*注\n\t**x**\n", "题\n -5 度\n *注\n **x**\n"},
		{"bullet that goes on", "- 题\n  - 甲\n    乙 two\n    words\n  - 丙\n", "题\n 甲乙 two words\n 丙\n"},
		{"not after an empty line", "- 题\n  - 甲\n\n    乙\n", "题\n 甲\n  乙\n"},
		{"rules and empty bullets", "题\n----\n\t-\n\t甲\n\n  \t\n\t乙\n", "题\n 甲\n 乙\n"},
		{"ideographic spaces", "题\n　　甲\n　　　　乙\n", "题\n 甲\n  乙\n"},
		{"clear mixture", "题\n 甲\n \t乙\n\t\t丙\n\t丁\n", "题\n 甲\n  乙\n   丙\n  丁\n"},
		{"crlf and a mark", "\uFEFF题\r\n\t甲：乙 \r\n", "题\n 甲：乙\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, err := ReadAs(Text, "dir/map.txt", strings.NewReader(test.in))
			if err != nil {
				t.Fatal(err)
			}
			wantTree(t, m, test.want)
		})
	}
}

func TestTextErrors(t *testing.T) {
	deep := ""
	for i := range 202 {
		deep += strings.Repeat("\t", i) + "x\n"
	}
	for name, test := range map[string]struct{ in, want string }{
		"a tab or four spaces":  {"题\n    甲\n\t乙\n", "a.txt:3:1: tabs and spaces mixed, so that its place below or beside line 2 is not clear"},
		"eight spaces or a tab": {"题\n\t甲\n        乙\n", "a.txt:3:1: tabs and spaces mixed, so that its place below or beside line 2 is not clear"},
		"found out later":       {"题\n  甲\n        乙\n\t丙\n", "a.txt:4:1: tabs and spaces mixed, so that its place below or beside line 2 is not clear"},
		"flat":                  {"甲\n乙\n", "a.txt: no line is indented and none has a bullet"},
		"nothing":               {"\n \n", "a.txt: no topics with a text"},
		"deep":                  {deep, "a.txt:200:200: nested more than 200 levels deep"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadAs(Text, "a.txt", strings.NewReader(test.in))
			wantRefused(t, err, test.want)
		})
	}
}

func TestTextPositions(t *testing.T) {
	m, err := ReadAs(Text, "a.txt", strings.NewReader("题\n\n\t• [x] 甲\n"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(outline.Pos{Line: 3, Column: 8}, m.Root.Children[0].Pos); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTextReadsBack(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		want := drawTree(t, 6)
		want.Children = append(want.Children, &outline.Node{Text: "末"})
		indent := rapid.SampledFrom([]string{"\t", " ", "  ", "    ", "　"}).Draw(t, "indent")
		bullet := rapid.SampledFrom([]string{"", "- ", "* ", "•"}).Draw(t, "bullet")
		var b strings.Builder
		want.Walk(func(path []*outline.Node, n *outline.Node) bool {
			b.WriteString(strings.Repeat(indent, len(path)) + bullet + n.Text + "\n")
			return true
		})
		got, err := ReadAs(Text, "f.txt", strings.NewReader(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(draw(want), draw(got.Root)); diff != "" {
			t.Fatalf("(-want +got):\n%s\n%s", diff, b.String())
		}
	})
}

func FuzzText(f *testing.F) {
	fuzzFormat(f, Text,
		"题\n\t甲\n\t\t• 乙\n\t丙\n目\n- [x] a\n  b\n",
		"a\n    b\n\tc\n",
		"- a\n  * b\n----\n　　c\n\u00A0d\n",
		strings.Repeat("- ", 50)+"x\n y\n")
}
