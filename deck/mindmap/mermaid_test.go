package mindmap

import (
	"strings"
	"testing"
)

func TestMermaid(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"indentation", "mindmap\n  题\n    甲\n      乙\n    丙\n", "题\n 甲\n  乙\n 丙\n"},
		{"irregular dedent", "mindmap\n题\n      甲\n    乙\n        丙\n     丁\n", "题\n 甲\n 乙\n  丙\n  丁\n"},
		{"tabs count like spaces", "mindmap\n\t题\n\t\t甲\n   乙\n", "题\n 甲\n  乙\n"},
		{"shapes", "mindmap\n  根((题))\n    a[方]\n    b(圆)\n    c))爆((\n    d)云(\n    e{{六}}\n    [无名]\n    (-甲-)\n    -)乙(-\n",
			"题\n 方\n 圆\n 爆\n 云\n 六\n 无名\n 甲\n 乙\n"},
		{"brackets in a shape", "mindmap\n  r((题(一)))\n    a[甲 (x) [y]]\n    b[List] of\n", "题(一)\n 甲 (x) [y]\n b[List] of\n"},
		{"quoted", "mindmap\n  r[\"题 (x) [y]\"]\n    a(\"甲\n乙\")\n    b[\"`**粗** 和 _斜_\n行`\"]\n    c[\"x\" y]\n", "题 (x) [y]\n 甲乙\n 粗 和 斜行\n \"x\" y\n"},
		{"label over lines", "mindmap\n  题\n    a[甲\n    乙]\n    丙\n", "题\n 甲乙\n 丙\n"},
		{"open bracket", "mindmap\n  题\n    a[甲\n    b)乙\n", "题\n a[甲\n b)乙\n"},
		{"markup", "mindmap\n  题\n    **粗**体 *斜* 2*3*4\n    一<br/>二 <b>x</b> a<b\n    #quot;x#quot; #35; &amp; C#\n    甲\\n乙 \\nabla\n", "题\n 粗体 斜 2*3*4\n 一二 x a<b\n \"x\" # & C#\n 甲乙 \\nabla\n"},
		{"comments, icons and classes", "%% 前\nmindmap %% x\n\n  题\n    ::icon(fa fa-book)\n    %% 注\n    甲 ::icon(mdi x)\n    :::urgent large\n    a[乙]:::big\n    b(丙) %% 注\n    c[丁]::icon(x)\n  %%{init: {\n}}%%\n    戊\n",
			"题\n 甲\n 乙\n 丙\n 丁\n 戊\n"},
		{"colons", "mindmap\n  题\n    : 甲\n    :: 乙\n    丙: 丁\n", "题\n : 甲\n :: 乙\n 丙: 丁\n"},
		{"front matter and directive", "---\ntitle: x\nconfig:\n  theme: dark\n---\n%%{init: {\"theme\":\n\"x\"}}%%\nmindmap\n  题\n    甲\n", "题\n 甲\n"},
		{"any case, CRLF", "\uFEFFMindMap\r\n  题\r\n    甲\r\n", "题\n 甲\n"},
		{"empty label", "mindmap\n  题\n    a[]\n    b[\"\"]\n", "题\n a\n b\n"},
		{"only a root", "mindmap\n  题\n", "map\n 题\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := mustRead(t, "dir/map.txt", test.in)
			wantFormat(t, m, Mermaid)
			wantTree(t, m, test.want)
		})
	}
}

func TestMermaidKeepsBracketsOfText(t *testing.T) {
	m := mustRead(t, "a.mmd", "mindmap\n  题\n    Landing (/)\n    剪枝(Pruning)\n    api(接口)\n    根 ((甲))\n")
	wantTree(t, m, "题\n Landing (/)\n 剪枝(Pruning)\n 接口\n 甲\n")
	wantWarnings(t, m, "2 labels kept whole, of which Mermaid shows only what is in the brackets")
}

func TestMermaidInPages(t *testing.T) {
	around := "only the Mermaid mind map was read, and the text around it left out; --format markdown reads that"
	tests := []struct{ name, in, want, warning string }{
		{"fence", "# 页\n\n```mermaid\nmindmap\n  题\n    甲\n```\n", "题\n 甲\n", ""},
		{"text around", "---\ntags: x\n---\n# 页\n正文\n```mermaid\nmindmap\n  题\n    甲\n```\n", "题\n 甲\n", around},
		{"tildes and attributes", "~~~ {.mermaid #x}\nmindmap\n  题\n    甲\n~~~\n", "题\n 甲\n", ""},
		{"colons", "::: mermaid\nmindmap\n  题\n    甲\n    :::x\n    乙\n:::\n", "题\n 甲\n 乙\n", ""},
		{"div", "<div class=\"mermaid\">\nmindmap\n  题\n    甲 &amp; <br/>b\n</div>\n", "题\n 甲 & b\n", ""},
		{"pre in a web page", "<!DOCTYPE html>\n<html>\n<pre class='x mermaid'>mindmap\n  题\n    List&lt;T&gt;</pre>\n</html>\n", "题\n List<T>\n", ""},
		{"two", "---\ntitle: 总\n---\n```mermaid\nmindmap\n  题\n    甲\n```\n```mermaid\nmindmap\n  目\n    乙\n```\n", "总\n 题\n  甲\n 目\n  乙\n", ""},
		{"two below a heading", "# <b>总</b>\n```mermaid\nmindmap\n  题\n```\n```mermaid\nmindmap\n  目\n```\n", "总\n 题\n 目\n", ""},
		{"beside a flowchart", "```mermaid\nflowchart TD\n  a-->b\n```\n\n```mermaid\nmindmap\n  题\n    甲\n```\n", "题\n 甲\n", around},
		{"an example in a fence", "````md\n```mermaid\nmindmap\n  例\n    x\n```\n````\n```mermaid\nmindmap\n  题\n    甲\n```\n", "题\n 甲\n", around},
		{"not closed", "```mermaid\nmindmap\n  题\n    甲\n", "题\n 甲\n", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := mustRead(t, "page.md", test.in)
			if got := strings.Join(m.Warnings, " "); m.Format != Mermaid || got != test.warning {
				t.Errorf("got format %s and warning %q, want %q", m.Format, got, test.warning)
			}
			wantTree(t, m, test.want)
		})
	}
}

func TestMermaidPositions(t *testing.T) {
	m := mustRead(t, "a.md", "# 页\n```mermaid\nmindmap\n  题\n    甲[\"a\nb\"]\n    乙\n```\n")
	wantPlaces(t, m, "4:3 题", "5:5 a b", "7:5 乙")
}

func TestMermaidRefuses(t *testing.T) {
	deep := "mindmap\n"
	for i := range 202 {
		deep += strings.Repeat(" ", i) + "x\n"
	}
	for name, test := range map[string]struct{ in, want string }{
		"second root":      {"mindmap\n  题\n    甲\n  乙\n", `a.mmd:4:3: a second root, "乙"`},
		"less than root":   {"mindmap\n  题\n 乙\n", `a.mmd:3:2: a second root, "乙"`},
		"flowchart":        {"%% x\nflowchart TD\n  a-->b\n", "a.mmd:2:1: a Mermaid flowchart, and only a mindmap can be read"},
		"class diagram":    {"classDiagram\n  a <|-- b\n", "a.mmd:1:1: a Mermaid classDiagram, and only a mindmap can be read"},
		"pie":              {"pie title x\n", "a.mmd:1:1: a Mermaid pie, and only a mindmap can be read"},
		"no diagram":       {"中文\n", "a.mmd:1:1: no Mermaid mindmap"},
		"netbeans":         {"\uFEFFMind Map generated by NB MindMap plugin   \n> __version__=`1.1`\n---\n\n# Root\n\n## 甲\n", "a.mmd:1:1: a map of the NetBeans mind map plugin (SciaReto), not Mermaid"},
		"nothing in it":    {"mindmap\n", "a.mmd: no topics with a text"},
		"deep":             {deep, "a.mmd:201:200: nested more than 200 levels deep"},
		"endless comments": {strings.Repeat("%%{", 100_000), "a.mmd:1:300001: no Mermaid mindmap"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read("a.mmd", strings.NewReader(test.in))
			wantRefused(t, err, test.want)
		})
	}
}

func FuzzMermaid(f *testing.F) {
	fuzzFormat(f, Mermaid,
		"---\ntitle: x\n---\n%% c\nmindmap\n  r((题))\n    a[\"`**甲** _x_\ny`\"]:::c\n    ::icon(fa x)\n    b)乙(\n    c[x\n    y]\n    Landing (/)\n",
		"# 页\n```mermaid\nmindmap\n 题\n\t#quot;甲#35; &lt;<br/>\\nX\n```\n::: mermaid\nmindmap\n  a\n   b\n:::\n",
		"<div class=\"mermaid\">mindmap\n a\n  b &amp; c</div>",
		"%%{init}%%\nmindmap\n a\n  -)x(-\n  {{y}}\n  (-z-)\n  ))w((\n")
}
