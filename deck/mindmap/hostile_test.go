package mindmap

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mindleaf/mindleaf/deck/property"
)

// A file that was made to be slow must not be: no cost may grow with the square
// of a file's length.
func TestHostileFilesTakeTheirTimeInProportion(t *testing.T) {
	property.OneAtATime(t)
	const n = 100_000
	svg := func(label string) string { return svgOf("1 题", "1.2 "+label) }
	mermaid := func(lines string) string { return "mindmap\n题\n" + lines }
	tests := []struct {
		name   string
		format Format
		in     string
	}{
		{"labels of many lines", MarkmapSVG, svg(strings.Repeat("a<br>", n))},
		{"labels of many paragraphs", MarkmapSVG, svg(strings.Repeat("<p>a</p>", n))},
		{"labels of many formulas", MarkmapSVG, svg(strings.Repeat("<math>a<annotation>b</annotation></math>", n))},
		{"labels of many links", MarkmapSVG, svg(strings.Repeat(`<a href="http://e">a</a>`, n))},
		{"open tags", MarkmapSVG, svg(strings.Repeat("<a ", n))},
		{"open quotes", MarkmapSVG, svg(strings.Repeat(`<a b="`, n))},
		{"open comments", MarkmapSVG, svg(strings.Repeat("<!--", n))},
		{"open sections", MarkmapSVG, svg(strings.Repeat("<![CDATA[", n))},
		{"open scripts", MarkmapSVG, svg(strings.Repeat("<script>", n))},
		{"deep elements", MarkmapSVG, svg(strings.Repeat("<g><ul><li>", n))},
		{"many code nodes", MarkmapSVG, svgOf(numbered(n/10, "<pre>a</pre>")...)},
		{"literals that are none", MarkmapHTML, "<html>" + strings.Repeat(`{"content":[`, n)},
		{"literals in literals", MarkmapHTML, "<html>" + strings.Repeat(`{"content":`, n)},
		{"many nodes on a line", MarkmapHTML, pageOf(`{"content":"题","children":[` + strings.Repeat(`{"content":"a"},`, n) + `{"content":"b"}]}`)},
		{"stairs of indentation", MarkmapHTML, "<html><script type=text/template>" + stairs(200)},
		{"open shapes", Mermaid, mermaid(strings.Repeat(" a[\n", n))},
		{"open quotes in shapes", Mermaid, mermaid(strings.Repeat(" a[\"b\n", n))},
		{"closing brackets", Mermaid, mermaid(" a[" + strings.Repeat("] ", n))},
		{"marks", Mermaid, mermaid(strings.Repeat(" **a*b _c #1\n", n))},
		{"stars", Mermaid, mermaid(" " + strings.Repeat("**a*", n))},
		{"directives", Mermaid, mermaid(strings.Repeat(" %%{\n", n))},
		{"fences", Mermaid, strings.Repeat("```mermaid\nmindmap\n```\n", n)},
		{"elements", Mermaid, strings.Repeat("<div class=mermaid>mindmap\n", n)},
		{"front matter", Mermaid, strings.Repeat("---\n", n)},
		{"paragraphs", Org, "* 题\n" + strings.Repeat("a\n", n)},
		{"wrapped items", Org, "- 题\n" + strings.Repeat("  a\n", n)},
		{"open drawers", Org, "* 题\n" + strings.Repeat(":A:\n", n/10)},
		{"open blocks", Org, "* 题\n" + strings.Repeat("#+begin_x\n", n/10)},
		{"marks in a line", Org, "* " + strings.Repeat("*a =b /c ", n)},
		{"links", Org, "* " + strings.Repeat("[[a", n) + strings.Repeat("[[http://e][b]]", n)},
		{"terms", Org, strings.Repeat("- a ::\n  b\n", n)},
		{"wrapped bullets", Text, "- 题\n" + strings.Repeat("  a\n", n)},
		{"indentation", Text, "题\n" + strings.Repeat(strings.Repeat(" ", 200)+"a\n", n/10)},
		{"lines", Text, "题\n" + strings.Repeat("\ta\n", n)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			property.InTime(t, func() {
				if _, err := ReadAs(test.format, "a", strings.NewReader(test.in)); err != nil {
					t.Log(err)
				}
			})
		})
	}
}

// numbered returns nodes of an SVG, below the root, with one label.
func numbered(n int, label string) []string {
	nodes := []string{"1 题"}
	for i := range n {
		nodes = append(nodes, fmt.Sprintf("1.%d %s", i+2, label))
	}
	return nodes
}
