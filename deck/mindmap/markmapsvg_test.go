package mindmap

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// svgOf writes a markmap with the given nodes, each "data-path label"; a path
// with a + after it has a circle.
func svgOf(nodes ...string) string {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" class="markmap mm-1"><style>.markmap{--x:"<g>"}</style><g transform="x">`)
	for _, n := range nodes {
		path, label, _ := strings.Cut(n, " ")
		circle := ""
		if strings.HasSuffix(path, "+") {
			path, circle = strings.TrimSuffix(path, "+"), `<circle r="6"></circle>`
		}
		fmt.Fprintf(&b, `<g class="markmap-node" data-depth="1" data-path="%s"><line/>%s<foreignObject class="markmap-foreign">`+
			`<div xmlns="http://www.w3.org/1999/xhtml"><div>%s</div></div></foreignObject></g>`, path, circle, label)
	}
	return b.String() + `<path class="markmap-link" data-path="1.2"/></g></svg>`
}

func TestMarkmapSVG(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"order by number and not by place", svgOf("1.2.10 丙", "1.2.9 乙", "1.2 甲", "1 题", "1.11 丁"), "题\n 甲\n  乙\n  丙\n 丁\n"},
		{"old generation", strings.NewReplacer("<div><div>", "<div>", "</div></div>", "</div>", `data-depth="1"`, `data-depth="0"`).Replace(svgOf("1 题", "1.2 甲")), "题\n 甲\n"},
		{"not strict XML", svgOf("1 题", "1.2 甲<br>乙&nbsp;x <img src=i.png alt=图>"), "题\n 甲乙 x 图\n"},
		{"entities", svgOf("1 题", "1.2 List&lt;T&gt; &amp;amp; &#x4e2d;"), "题\n List<T> &amp; 中\n"},
		{"empty label", svgOf("1 题", "1.2 ", "1.2.3 甲"), "题\n 甲\n"},
		{"empty root", svgOf("1 ", "1.2 甲", "1.3 乙"), "map\n 甲\n 乙\n"},
		{"ordered list", svgOf("1 题", "1.2 1. \n<p><strong>甲</strong>：乙</p>", "1.3 1.1 丙"), "题\n 甲：乙\n 1.1 丙\n"},
		{"a number alone", svgOf("1 题", "1.2 42."), "题\n 42.\n"},
		{"second paragraph", svgOf("1 题", "1.2 <p>甲</p><p>多说一句</p>"), "题\n 甲 | 多说一句\n"},
		{"code and tables", svgOf("1 题", "1.2 甲", "1.2.3 <pre><code>x := 1\n  y</code></pre>", "1.4 <table><tr><td>a</td><td>b</td></tr></table>", "1.5 乙"),
			"题 | a | b\n 甲 | x := 1 /   y\n 乙\n"},
		{"link", svgOf("1 题", `1.2 <a href="http://e.org/?a=1&amp;b=2">甲</a>`, `1.3 <a href="#x">乙</a>`, `1.4 <a href="http://e.org">http://e.org</a>`),
			"题\n 甲 | http://e.org/?a=1&b=2\n 乙\n http://e.org\n"},
		{"checkbox", svgOf("1 题", `1.2 <svg viewBox="0 0 24 24"><g><title>x</title></g></svg> 甲`), "题\n 甲\n"},
		{"formula", svgOf("1 题", `1.2 质能 <span class="katex"><span class="katex-mathml"><math><semantics><mi>E</mi><annotation encoding="application/x-tex">E=mc^2</annotation></semantics></math></span><span class="katex-html" aria-hidden="true"><span>E</span></span></span>！`, `1.3 <math><mi>x</mi></math>`),
			"题\n 质能 E=mc^2！\n x\n"},
		{"namespace prefixes", strings.NewReplacer("<g ", "<s:g ", "</g>", "</s:g>", "<div>", "<h:div>", "</div>", "</h:div>").Replace(svgOf("1 题", "1.2 甲")), "题\n 甲\n"},
		{"declaration and comment", "<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<!-- <html> -->\n" + svgOf("1 题", "1.2 甲"), "题\n 甲\n"},
		{"two roots", svgOf("1 甲", "2 乙"), "map\n 甲\n 乙\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := mustRead(t, "dir/map.txt", test.in)
			if m.Format != MarkmapSVG {
				t.Errorf("got format %s", m.Format)
			}
			wantTree(t, m, test.want)
		})
	}
}

func TestMarkmapSVGFolded(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"all there", svgOf("1+ 题", "1.2+ 甲", "1.2.3 乙", "1.4 丙"), nil},
		{"numbers from 0", svgOf("0+ 题", "0.1 甲", "0.2 乙"), nil},
		{"one folded", svgOf("1+ 题", "1.2+ 甲", "1.4 丙"), []string{"1 node is folded and not in the file; unfold all and save again"}},
		{"three folded", svgOf("1+ 题", "1.2+ 甲", "1.6 丙"), []string{"3 nodes are folded and not in the file; unfold all and save again"}},
		{"the last one folded", svgOf("1+ 题", "1.2+ 甲"), []string{"at least 1 node is folded and not in the file; unfold all and save again"}},
		{"the last of several", svgOf("1+ 题", "1.2+ 甲", "1.5+ 乙"), []string{"at least 3 nodes are folded and not in the file; unfold all and save again"}},
		{"by class", strings.Replace(svgOf("1+ 题", "1.2 甲"), `"markmap-node" data-depth="1" data-path="1.2"`, `"markmap-node markmap-fold" data-path="1.2"`, 1),
			[]string{"at least 1 node is folded and not in the file; unfold all and save again"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := mustRead(t, "map.svg", test.in)
			wantWarnings(t, m, test.want...)
		})
	}
}

func TestMarkmapSVGRefuses(t *testing.T) {
	tests := []struct{ name, in, want, hint string }{
		{"mermaid", `<svg class="mindmapDiagram" viewBox="0 0 1 1"><g/></svg>`, "a.svg: a picture made by Mermaid, which has no tree in it", "Mermaid text"},
		{"xmind", `<svg viewBox="0 0 1 1"><style>@font-face{font-family:NeverMind}</style></svg>`, "a.svg: a picture made by XMind, which has no tree in it", ".xmind"},
		{"another", `<svg><circle/></svg>`, "a.svg: a picture that was not made by markmap, which has no tree in it", "OPML"},
		{"no nodes", `<svg class="markmap"></svg>`, "a.svg: no topics with a text", "right file"},
		{"cut off", "<svg class=\"markmap\">\n<g class=\"markmap-node\" data-path=\"1\">题", "a.svg:2:40: ends in the middle", "cut off"},
		{"no path", "<svg class=\"markmap\">\n <g class=\"markmap-node\">题</g></svg>", "a.svg:2:2: a node without data-path", "Markdown"},
		{"bad path", `<svg class="markmap"><g class="markmap-node" data-path="1.x">题</g></svg>`, `a.svg:1:22: data-path "1.x" is not a list of numbers`, "Markdown"},
		{"twice", svgOf("1 题", "1.2 甲", "1.2 乙")[107:], "a.svg:1:366: a second node with the same data-path", "Markdown"},
		{"deep", `<svg class="markmap"><g class="markmap-node" data-path="1` + strings.Repeat(".1", 200) + `">题</g></svg>`, "a.svg:1:22: nested more than 200 levels deep", "Markdown"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := ReadAs(MarkmapSVG, "a.svg", strings.NewReader(test.in))
			var positioned *Error
			if !errors.As(err, &positioned) || err.Error() != test.want || !strings.Contains(positioned.Hint, test.hint) {
				t.Errorf("got %#v, want %s with a hint about %s", err, test.want, test.hint)
			}
		})
	}
}

func FuzzMarkmapSVG(f *testing.F) {
	fuzzFormat(f, MarkmapSVG,
		svgOf("1+ 题", "1.2+ 甲<br>", "1.2.4 1. \n<p>乙</p><p>x</p>", "1.3 <pre>a\n b</pre>"),
		svgOf("0 ", `0.1 <a href="http://e.org">a</a> <math><mi>x</mi><annotation>y</annotation></math>`, "0.1.5 <table><tr><td>a</td></tr></table><svg><g/></svg>"),
		`<svg class="markmap"><![CDATA[<g>]]><g class='markmap-node' data-path=1>a<!-- b --><li>c</g></svg>`,
		`<svg class="mindmapDiagram"/>`)
}
