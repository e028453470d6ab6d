package anki

import (
	"strings"
	"testing"

	"github.com/mindleaf/mindleaf/deck/property"
)

func TestTextOf(t *testing.T) {
	tests := []struct{ name, html, want string }{
		{"plain", "中文 and more", "中文 and more"},
		{"line breaks", "a<br>b<br/>c<BR />d", "a\nb\nc\nd"},
		{"divs", "a<div>b</div><div><br></div><div>c</div>", "a\nb\n\nc"},
		{"paragraphs", "<p>a</p>\n<p>b</p>", "a\n\nb"},
		{"entities", "1 &lt; 2 &amp;&amp; &#20013;&#x6587;&nbsp;x", "1 < 2 && 中文 x"},
		{"white space", "  a \n\t b  ", "a b"},
		{"bold and code", "<b>粗</b> <strong> x </strong>y <code>a*b</code> <i>c</i>", "**粗** **x** y `a*b` c"},
		{"bold twice", "<b><strong>x</strong></b>", "**x**"},
		{"bold over lines", "<b>a<br>b</b>", "a\nb"},
		{"list", "x<ul><li>a</li><li>b<ol><li>c</li><li>d</li></ol></li></ul>y", "x\n- a\n- b\n  1. c\n  2. d\ny"},
		{"table", "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a | b\n1 | 2"},
		{"pre", "<pre>if x {\n    y\n}</pre>z", "```\nif x {\n    y\n}\n```\nz"},
		{"pre with code", "<pre><code>a  b\n</code></pre>", "```\na  b\n```"},
		{"small letters", "H<sub>2</sub>O, 10<sup>-5</sup>, x<sub>ab</sub>, e<sup>x</sup>", "H₂O, 10⁻⁵, x_(ab), e^x"},
		{"ruby", "<ruby>漢<rt>かん</rt></ruby>", "漢(かん)"},
		{"link", `<a href="https://example.org/x">here</a> <a href="https://a.b">https://a.b</a>`, "here (https://example.org/x) https://a.b"},
		{"image", `<img src="a&amp;b.jpg"> x <img src='c d.png' /><img src=e.gif>`, "[image: a&b.jpg] x [image: c d.png][image: e.gif]"},
		{"sound", "x [sound:y.mp3]", "x [sound: y.mp3]"},
		{"formulas", `\( a^2 &lt; b \) [latex]\frac{1}{2}[/latex] [$]x[/$] \[y\]`, `\( a^2 < b \) [latex]\frac{1}{2}[/latex] [$]x[/$] \[y\]`},
		{"left out", "a<!-- b --><script>c > d</script><STYLE>e</style >f", "af"},
		{"not a tag", "a < b > c <3", "a < b > c <3"},
		{"quoted >", `<span title="a > b">c</span>`, "c"},
		{"not closed", "a <b", "a"},
		{"control characters", "a\x00b\x1bc", "abc"},
		{"bad UTF-8", "a\xffb", "a\ufffdb"},
		{"data as image", `<img src="data:image/png;base64,AAAA">`, "[image: …]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := textOf(tt.html)
			check(t, "text", tt.want, got)
		})
	}
	_, media := textOf(`<img src="a&amp;b.jpg">[sound:y.mp3]<img src="https://x.y/z.png"><img src="data:x">`)
	check(t, "media", []string{"a&b.jpg", "y.mp3"}, media)
}

func TestTextOfLongNesting(t *testing.T) {
	property.InTime(t, func() {
		for _, s := range []string{"<sup>", "<ul><li>", "<b>x", "<!--", "<script>", "<a href=x>", "[sound:", "{{c1::", "&lt", "<pre>", "<", "<td>"} {
			textOf(strings.Repeat(s, 100_000))
			parseCloze(strings.Repeat(s, 100_000)).plain()
			parseTemplate(strings.Repeat("{{#"+s+"}}", 10_000))
		}
	})
}

func side(t *testing.T, source string, fields map[string]string) string {
	t.Helper()
	n := &noteRow{kind: &noteType{name: "Kind", cloze: true}, tags: []string{"a", "b"}, deck: []string{"Top", "Sub"}}
	for name, value := range fields {
		n.kind.fields = append(n.kind.fields, name)
		n.fields = append(n.fields, value)
	}
	r := &rendering{note: n, card: 2, template: "Card 2"}
	r.parts(parseTemplate(source))
	return r.out.String()
}

func TestTemplates(t *testing.T) {
	fields := map[string]string{"Front": "漢字[かんじ]です", "Empty": " <br> &nbsp;", "Html": "<b>x</b>"}
	tests := []struct{ name, source, want string }{
		{"field", "a {{Front}} b", "a 漢字[かんじ]です b"},
		{"three braces", "{{{Html}}}", "<b>x</b>"},
		{"unknown", "a{{Nobody}}b", "ab"},
		{"section", "{{#Front}}yes{{/Front}}{{#Empty}}no{{/Empty}}", "yes"},
		{"inverse", "{{^Front}}no{{/Front}}{{^Empty}}yes{{/Empty}}", "yes"},
		{"nested", "{{#Front}}a{{#Html}}b{{^Empty}}c{{/Empty}}{{/Html}}d{{/Front}}", "abcd"},
		{"not closed", "{{#Front}}a{{Html}}", "a<b>x</b>"},
		{"closed without being open", "a{{/Front}}b", "ab"},
		{"not a field", "a {{ b", "a {{ b"},
		{"comment", "a{{! note }}b", "ab"},
		{"furigana", "{{furigana:Front}}", "漢字(かんじ)です"},
		{"kana", "{{kana:Front}}", "かんじです"},
		{"kanji", "{{kanji:Front}}", "漢字です"},
		{"text", "{{text:Html}}", "**x**"},
		{"hint", "a{{hint:Html}}", "a"},
		{"speech", "a{{tts ja_JP voices=x:Front}}", "a"},
		{"typed", "a{{type:Front}}", "a"},
		{"two filters", "{{text:kanji:Front}}", "漢字です"},
		{"unknown filter", "{{shout:Html}}", "<b>x</b>"},
		{"specials", "{{Tags}}|{{Type}}|{{Deck}}|{{Subdeck}}|{{Card}}|{{FrontSide}}", "a b|Kind|Top::Sub|Sub|Card 2|"},
		{"card of a cloze", "{{#c1}}one{{/c1}}{{#c2}}two{{/c2}}", "two"},
		{"typed cloze", "a{{type:cloze:Front}}", "a漢字[かんじ]です"},
		{"names that Anki knows and a terminal has no use for", "a{{CardFlag}}b", "ab"},
		{"other braces", "{{=<% %>=}}\n<%Html%>", "\n<b>x</b>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { check(t, "side", tt.want, side(t, tt.source, fields)) })
	}
}

func TestTemplatesCannotGrowWithoutBounds(t *testing.T) {
	got := side(t, strings.Repeat("{{Long}}", 10_000), map[string]string{"Long": strings.Repeat("x", 100_000)})
	if len(got) > 2*maxRendered {
		t.Errorf("rendered %d bytes", len(got))
	}
}
