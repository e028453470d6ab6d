package mindmap

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/property"
)

func TestMarkdown(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"headings and lists", "# R\n## A\n- x\n  - y\n## B\n", "R\n A\n  x\n   y\n B\n"},
		{"paragraphs are notes", "# R\n\nof R\n\n## A\n\nof A\n", "R | of R\n A | of A\n"},
		{"list before a sub-heading", "# R\n- x\n## A\n", "R\n x\n A\n"},
		{"h3 before h2", "# R\n### A\n## B\n", "R\n A\n B\n"},
		{"code beside a list", "# R\n```go\nx := 1\n```\n- a\n\n      y\n", "R | x := 1\n a | y\n"},
		{"table", "# R\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n", "file\n R | | a | b | / | 1 | 2 |\n"},
		{"dashes that are no table's", "# R\n\na\n\\--- |\n\n--- |\nb\n", "file\n R | a / --- | / --- | / b\n"},
		{"several h1", "# A\n# B\n", "file\n A\n B\n"},
		{"list only", "- a\n- b\n", "file\n a\n b\n"},
		{"front matter", "---\ntitle: \"题目\"\nmarkmap:\n  x: 1\n---\n# A\n# B\n", "题目\n A\n B\n"},
		{"front matter with a comment", "---\ntitle: 题 C# # 注\n---\n# A\n# B\n", "题 C#\n A\n B\n"},
		{"front matter in quotes", "---\ntitle: '题 # 一' # 注\n---\n# A\n# B\n", "题 # 一\n A\n B\n"},
		{"front matter with one h1", "---\ntitle: T\n---\n# A\n## B\n", "T\n A\n  B\n"},
		{"front matter repeats the h1", "---\ntitle: A\n---\n# A\n## B\n", "A\n B\n"},
		{"preamble", "before\n# A\nof A\n- x\n", "A | before / of A\n x\n"},
		{"ordinals", "# R\n1. a\n2. b\n## 1.1 C\n", "R\n a\n b\n 1.1 C\n"},
		{"loose list", "# R\n\n- a\n\n- b\n", "R\n a\n b\n"},
		{"second paragraph", "# R\n- a\n\n  more\n", "R\n a | more\n"},
		{"checkbox", "# R\n- [x] a\n- [ ] b\n", "R\n a\n b\n"},
		{"comments", "# R <!-- fold -->\n<!-- markmap: x -->\n- a\n", "R\n a\n"},
		{"markup", "# R\n- **粗**：*x* `y*` ~~z~~ [l](http://e) ![i](p) <b>h</b> &amp; \\*\n", "R\n 粗：x y* z l i h & * | http://e\n"},
		{"type parameter", "# R\n- List<T> and <https://e.org>\n", "R\n List<T> and https://e.org\n"},
		{"empty items", "# R\n-\n- \n  - a\n", "R\n a\n"},
		{"setext trap", "# R\n- b\n  -\n- a\n", "R\n b\n a\n"},
		{"heading in an item", "# R\n- a\n  ## b\n", "R\n a\n  b\n"},
		{"quote", "# R\n> said\n> - a\n", "R | said\n a\n"},
		{"tabs", "# R\n- a\n\t- b\n\t\t- c\n", "R\n a\n  b\n   c\n"},
		{"wrapped item", "# R\n- 中文\n  换行\n- two\n  words\n", "R\n 中文换行\n two words\n"},
		{"hard break", "# R\n1. **x**  \n   - y\n", "R\n x\n  y\n"},
		{"html block", "# R\n\n<details>\n<summary>s</summary>\nx\n</details>\n", "file\n R | s / x\n"},
		{"link definition", "# R\n[a]: http://e.org\n", "file\n R | [a]: http://e.org\n"},
		{"setext headings", "R\n=\n\nA\n-\n", "R\n A\n"},
		{"one item at the top", "- 题\n  - 甲\n", "题\n 甲\n"},
		{"first item indented", "## 题\n  - 甲\n  - 乙\n", "题\n 甲\n 乙\n"},
		{"front matter after empty lines", "\n\n---\ntitle: 题\n---\n- 甲\n", "题\n 甲\n"},
		{"front matter of options only", "---\nmarkmap:\n  colorFreezeLevel: 2\n---\n# 题\n- 甲\n", "题\n 甲\n"},
		{"skipped levels", "# 题\n#### 甲\n### 乙\n## 丙\n", "题\n 甲\n 乙\n 丙\n"},
		{"ordinals from another number", "# 题\n7. 甲\n8. 乙\n", "题\n 甲\n 乙\n"},
		{"loose ordinals", "# 题\n\n1. 甲\n\n   多说一句\n\n2. 乙\n", "题\n 甲 | 多说一句\n 乙\n"},
		{"checkbox states", "# 题\n- [X] 甲\n- [ ] 乙\n- [-] 丙\n", "题\n 甲\n 乙\n [-] 丙\n"},
		{"bold label and definition", "# 题\n- **甲**：乙\n- **丙：** 丁\n- **戊** 己\n", "题\n 甲：乙\n 丙： 丁\n 戊 己\n"},
		{"bold label on a line of its own", "# 题\n- **甲**\n  乙，丙\n- **RAG**  \n  search first\n- **甲**：\n  乙\n- **甲**，\n  乙\n- **甲**<br>乙\n",
			"题\n 甲：乙，丙\n RAG: search first\n 甲：乙\n 甲，乙\n 甲：乙\n"},
		{"code and a table beside a list", "# 题\n\n```\na  b\n```\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n- 丙\n", "题 | a  b / | 甲 | 乙 | / | 1 | 2 |\n 丙\n"},
		{"links", "# [题](http://e.org/t)\n- [甲](http://e.org/a \"x\") 和 [乙](http://e.org/b)\n- <http://e.org>\n- [http://e.org](http://e.org)\n- [丙](#c) [丁](d.md)\n- <a href=\"http://e.org/?a=1&amp;b=2\" target=\"_blank\">戊</a>\n",
			"题 | http://e.org/t\n 甲 和 乙 | http://e.org/a / http://e.org/b\n http://e.org\n http://e.org\n 丙 丁\n 戊 | http://e.org/?a=1&b=2\n"},
		{"links in notes", "# 题\n见[甲](http://e.org)。\n\n[乙](b.md)\n- 丙\n", "题 | 见甲 (http://e.org) 。 / 乙\n 丙\n"},
		{"images", "# 题\n- ![图](i.png)\n- 甲 ![](j.png)\n- <img src=k.png alt=画>\n", "题\n 图\n 甲\n 画\n"},
		{"html items", "# 题\n- <div>甲</div>\n\n  - 乙\n- <T>\n- <p>\n  丙</p>\n- <!-- x -->\n", "题\n 甲\n  乙\n <T>\n 丙\n"},
		{"html breaks", "# 题\n- 甲<br>乙<br/>c<BR />d\n", "题\n 甲乙c d\n"},
		{"formulas", "# 题\n- 集合：$\\{x\\}$ 与 $a*b*c$ 与 $a_1*b_2$\n- 换行 $$a \\\\ b$$ 后 *斜*\n- \\$x*y*z\\$\n", "题\n 集合：$\\{x\\}$ 与 $a*b*c$ 与 $a_1*b_2$\n 换行 $$a \\\\ b$$ 后 斜\n $xyz$\n"},
		{"money", "# 题\n- 梨 $5，桃 $6 *便宜*，$7*$8*$9\n- $ a$ 与 $$\n", "题\n 梨 $5，桃 $6 便宜，$7*$8*$9\n $ a$ 与 $$\n"},
		{"formulas over lines", "# 题\n甲\n$$\nL = -a \\\\\n- b_1*c*\n\n= d\n$$\n- 乙\n  $$\n  x\n  $$\n- $$ 丙\n- 丁\n", "题 | 甲 / $$ / L = -a \\\\ / - b_1*c* /  / = d / $$\n 乙 | $$ / x / $$\n $$ 丙\n 丁\n"},
		{"highlights", "# 题\n- ==光合作用==：把==光能==变成化学能\n- a == b == c\n- a=b=c\n", "题\n 光合作用：把光能变成化学能\n a == b == c\n a=b=c\n"},
		{"links to other notes", "# [[题]]\n- [[光合作用]] 与 [[叶绿体#结构|叶绿]] 与 ![[呼吸]]\n- x[[i]] [[1, 2]] [[:alpha:]] [[甲](http://e.org)] [[乙\n- [[#丙]]\n",
			"题\n 光合作用 与 叶绿 与 呼吸\n x[[i]] [[1, 2]] [[:alpha:]] [甲] [[乙 | http://e.org\n 丙\n"},
		{"long text", "# 题\n- " + strings.Repeat("长，", 5000) + "\n", "题\n " + strings.Repeat("长，", 5000) + "\n"},
		{"crlf", "\uFEFF# R\r\n- a\r\n", "R\n a\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, err := ReadAs(Markdown, "dir/file.md", strings.NewReader(test.in))
			if err != nil {
				t.Fatal(err)
			}
			wantTree(t, m, test.want)
		})
	}
}

func TestMarkdownWarnsOfPictures(t *testing.T) {
	m := mustRead(t, "a.md", "# 题\n- ![](i.png)\n- ![](j.png)\n  - 甲\n- <img src=k.png>\n- ![图](l.png)\n- ![[m.png|100]]\n")
	wantTree(t, m, "题\n 甲\n 图\n")
	wantWarnings(t, m, "3 topics with nothing but a picture left out")
}

func TestMarkdownPositions(t *testing.T) {
	in := "---\ntitle: x\n---\n# 甲\n\nS\n-\n- **叶**\n  1. 子\n"
	m, err := ReadAs(Markdown, "a.md", strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	wantPlaces(t, m, "1:1 x", "4:3 甲", "6:1 S", "8:3 叶", "9:6 子")
}

// markdownOf writes a tree as headings down to the third level and a list
// below them.
func markdownOf(root *outline.Node) string {
	var b strings.Builder
	root.Walk(func(path []*outline.Node, n *outline.Node) bool {
		switch depth := len(path); {
		case depth < 3:
			b.WriteString("\n" + strings.Repeat("#", depth+1) + " " + n.Text + "\n\n")
		default:
			b.WriteString(strings.Repeat("  ", depth-3) + "- " + n.Text + "\n")
		}
		return true
	})
	return b.String()
}

func TestMarkdownSeed(t *testing.T) {
	want, err := Read("article.txt", bytes.NewReader(readSeed(t)))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read("article.md", strings.NewReader(markdownOf(want.Root)))
	if err != nil {
		t.Fatal(err)
	}
	if nodes, leaves := got.Root.Count(); nodes != 166 || leaves != 101 {
		t.Errorf("got %d nodes and %d leaves, want 166 and 101", nodes, leaves)
	}
	if diff := cmp.Diff(draw(want.Root), draw(got.Root)); diff != "" {
		t.Errorf("(-article +markdown):\n%s", diff)
	}
}

func TestMarkdownTakesItsTimeInProportion(t *testing.T) {
	property.OneAtATime(t)
	const n = 100_000
	tests := map[string]string{
		"emphasis": strings.Repeat("*a**b_c", n),
		"links":    strings.Repeat("[a](", n),
		"ticks":    strings.Repeat("`a``", n),
		"brackets": strings.Repeat("[a", n) + strings.Repeat("]", n),
		"columns":  strings.Repeat("|a", n/20) + "\n" + strings.Repeat("|-", n/20) + "\n" + strings.Repeat("|a\n", n/20),
		"links to": strings.Repeat("[a]: b\n", n/2),
		"tags":     strings.Repeat("<a ", n),
		"comments": strings.Repeat("<!--", n),
		"stairs":   stairs(maxDepth),
		"lines":    strings.Repeat("a\n", n),
		"notes":    strings.Repeat("a\n\n", n),
		"bold":     "- **a**\n" + strings.Repeat("  b\n", n),
	}
	for name, in := range tests {
		t.Run(name, func(t *testing.T) {
			property.InTime(t, func() {
				if _, err := ReadAs(Markdown, "a", strings.NewReader("# R\n- x\n"+in)); err != nil {
					t.Log(err)
				}
			})
		})
	}
}

func stairs(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}
