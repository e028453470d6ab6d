package mindmap

import (
	"strings"
	"testing"

	"github.com/mindleaf/mindleaf/deck/outline"
)

// pageOf writes a page as markmap-cli does around the data of a map.
func pageOf(literal string) string {
	return "<!doctype html>\n<html>\n<head>\n<meta charset=\"UTF-8\">\n<title>Markmap</title>\n</head>\n<body>\n" +
		`<svg id="mindmap"></svg>` + "\n<script>((getMarkmap, getOptions, root2) => {})(() => window.markmap,null," + literal + ",null)</script>\n</body>\n</html>\n"
}

func TestMarkmapHTML(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"data", pageOf(`{"content":"题","children":[{"content":"&#x7532;","children":[{"content":"List&lt;T&gt;","children":[]}],"payload":{"tag":"h2","lines":"1,2"}},{"content":"<strong>乙</strong>：丙<br/>丁"}],"payload":{"tag":"h1"}}`),
			"题\n 甲\n  List<T>\n 乙：丙丁\n"},
		{"ordered list", pageOf(`{"content":"题","children":[{"content":"1. 甲","payload":{"tag":"li","lines":"6,7","listIndex":1}},{"content":"2. \n<p>乙</p>","payload":{"listIndex":2}},{"content":"3. 丙","payload":{"tag":"h2"}}]}`),
			"题\n 甲\n 乙\n 3. 丙\n"},
		{"code and tables", pageOf(`{"content":"题","children":[{"content":"甲","children":[{"content":"<pre data-lines=\"1,2\"><code class=\"language-go\">x := 1\n<\/code></pre>","payload":{"tag":"pre"}}]}]}`),
			"题\n 甲 | x := 1\n"},
		{"empty root", pageOf(`{"content":"","children":[{"content":"甲","children":[]},{"content":"乙","children":[]}]}`), "map\n 甲\n 乙\n"},
		{"markmap 0.14", pageOf(`{"type":"heading","depth":0,"payload":{"lines":[0,1]},"content":"题","children":[{"type":"heading","content":"甲","children":[]}]}`), "题\n 甲\n"},
		{"markmap 0.10", pageOf(`{"t":"heading","d":1,"p":{},"v":"题","c":[{"t":"list_item","d":2,"v":"甲"}]}`), "题\n 甲\n"},
		{"code that looks like it", "<html><script>f({\"content\":x})</script>" + pageOf(`{"content":"题","children":[{"content":"甲"}]}`), "题\n 甲\n"},
		{"autoloader", "<!DOCTYPE html><html><body><div class=\"markmap\">\n  <script type=\"text/template\">\n    ---\n    title: 总\n    ---\n    # 题\n    ## 甲 <b>x</b>\n    - 乙\n        - 丙\n\n    # 丁\n  </script></div></body></html>",
			"总\n 题\n  甲 x\n   乙\n    丙\n 丁\n"},
		{"saved by a browser", "<html><body>" + svgOf("1 题", "1.2 甲<br>乙&nbsp;") + "</body></html>", "题\n 甲乙\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := mustRead(t, "dir/map.txt", test.in)
			if m.Format != MarkmapHTML {
				t.Errorf("got format %s", m.Format)
			}
			wantTree(t, m, test.want)
		})
	}
}

func TestMarkmapHTMLPositions(t *testing.T) {
	for name, test := range map[string]struct{ in, want string }{
		"data":       {pageOf(`{"content":"题","children":[{"content":"甲"}]}`), "9:76 题 9:103 甲"},
		"autoloader": {"<html>\n<script type=\"text/template\">\n  # 题\n  - 甲\n</script>", "3:3 题 4:3 甲"},
	} {
		t.Run(name, func(t *testing.T) {
			m := mustRead(t, "a.html", test.in)
			var got []string
			m.Root.Walk(func(_ []*outline.Node, n *outline.Node) bool {
				got = append(got, n.Pos.String()+" "+n.Text)
				return true
			})
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestMarkmapHTMLRefuses(t *testing.T) {
	deep := strings.Repeat(`{"content":"x","children":[`, 202) + strings.Repeat("]}", 202)
	for name, test := range map[string]struct{ in, want string }{
		"a page":     {"<!DOCTYPE HTML>\n<h1>题</h1><ul><li>甲</ul>", "a.html: a web page without a markmap"},
		"cut off":    {pageOf(`{"content":"题","children":[{"content":"甲"`)[:250], "a.html: a web page without a markmap"},
		"deep":       {pageOf(deep), "a.html:9:5449: nested more than 200 levels deep"},
		"many tries": {"<html>" + strings.Repeat(`{"content":`, 100_000), "a.html: a web page without a markmap"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read("a.html", strings.NewReader(test.in))
			wantRefused(t, err, test.want)
		})
	}
}

func FuzzMarkmapHTML(f *testing.F) {
	fuzzFormat(f, MarkmapHTML,
		pageOf(`{"content":"题","children":[{"content":"1. <p>&#x7532;</p>","payload":{"listIndex":1}},{"content":"<pre>x<\/pre>"}]}`),
		`<html>{"t":"root","v":"a","c":[{"v":"b","p":{"listIndex":"x"}}]}`,
		"<html><script type='text/template'>\n\t---\n\ttitle: t\n\t---\n\t# a\n\t- b\n</script>",
		"<script type=text/template >* 00)\n\t*",
		"<html>"+svgOf("1 题", "1.2 甲"))
}
