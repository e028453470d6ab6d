package mindmap

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/mindleaf/mindleaf/deck/outline"
)

// opml wraps outlines in a file whose title is 题.
func opml(outlines string) string {
	return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>题</title><ownerName>x</ownerName></head>\n<body>\n" + outlines + "\n</body></opml>\n"
}

func TestOPML(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"one at the top is the root", `<outline text="根"><outline text="a"/></outline>`, "根\n a\n"},
		{"several at the top", `<outline text="a"/><outline text="b"><outline text="c"/></outline>`, "题\n a\n b\n  c\n"},
		{"one alone", `<outline text="a"/>`, "题\n a\n"},
		{"title in place of text", `<outline title="a"/><outline text=" " title="b"/>`, "题\n a\n b\n"},
		{"text before title", `<outline text="a" title="b"/><outline text="c"/>`, "题\n a\n c\n"},
		{"notes", `<outline text="a" _note="一&#10;二 &lt;b&gt;粗&lt;/b&gt;"/><outline text="b" note="n"/>`, "题\n a | 一 / 二 粗\n b | n\n"},
		{"HTML", `<outline text="&lt;b&gt;a&lt;/b&gt; &amp;amp; &lt;a href=&quot;http://e.org&quot;&gt;b&lt;/a&gt;&lt;br/&gt;c"/><outline text="d"/>`, "题\n a & b c\n d\n"},
		{"HTML paragraphs", `<outline text="a" _note="&lt;p&gt;x&lt;/p&gt;&#10;&lt;ul&gt;&lt;li&gt;y&lt;/li&gt;&lt;li&gt;z&lt;/li&gt;&lt;/ul&gt;"/><outline text="b"/>`, "题\n a | x / y / z\n b\n"},
		{"a text about tags", `<outline text="&lt;table&gt; 与 List&lt;T&gt; 与 a &lt; b"/><outline text="c"/>`, "题\n <table> 与 List<T> 与 a < b\n c\n"},
		{"an address with ampersands", `<outline text="http://e.org/?a=1&amp;copy=2"/><outline text="c"/>`, "题\n http://e.org/?a=1&copy=2\n c\n"},
		{"empty outlines", `<outline text=""/><outline text="a"><outline/></outline><outline text="b"/>`, "题\n a\n b\n"},
		{"include", `<outline text="a" type="include" url="http://e.org/a.opml"/><outline text="b" type="link" url="http://e.org"/>`, "题\n a | http://e.org/a.opml\n b | http://e.org\n"},
		{"a feed among topics", `<outline text="a" type="rss" xmlUrl="http://e.org/f" htmlUrl="http://e.org"/><outline text="b"/>`, "题\n a | http://e.org/f / http://e.org\n b\n"},
		{"mubu", `<outline text="甲：乙" _mubu_text="%3Cspan%20class=%22bold%22%3E%E7%94%B2%3C/span%3E" _note="注" _mubu_note="%3Cp%3Ex%3C/p%3E" _completed="true" _mubu_images="%5B%5D"/><outline text="" _mubu_text="%3Cspan%3E%E4%B8%99%3C/span%3E"/>`, "题\n 甲：乙 | 注\n 丙\n"},
		{"attributes in another case", `<outline Text="a" _NOTE="n"/><outline TEXT="b"/>`, "题\n a | n\n b\n"},
		{"other elements", `<!-- x --><outline text="a"><x:y xmlns:x="z"><outline text="no"/></x:y></outline><outline text="b"/>`, "题\n a\n b\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := mustRead(t, "a.opml", opml(test.in))
			wantTree(t, m, test.want)
			wantFormat(t, m, OPML)
		})
	}
}

func TestOPMLUntitled(t *testing.T) {
	m := mustRead(t, "我的笔记.opml", `<opml><body><outline text=""><outline text="a"/></outline><outline><outline text="b"/></outline></body></opml>`)
	wantTree(t, m, "我的笔记\n a\n b\n")
	wantWarnings(t, m, "2 topics without a text left out; what is below was moved up")
}

func TestOPMLPictures(t *testing.T) {
	m := mustRead(t, "a.opml", opml(`<outline text="" _mubu_images="%5B%7B%22uri%22:%22a.png%22%7D%5D"/><outline text="甲" _mubu_images="%5B%7B%7D%5D"/><outline text="" _mubu_images="%5B%5D"/>`))
	wantTree(t, m, "题\n 甲\n")
	wantWarnings(t, m, "1 topic with nothing but a picture left out")
}

func TestOPMLCharsets(t *testing.T) {
	file := func(charset, text string) string {
		return "<?xml version='1.0' encoding='" + charset + "'?>\n<opml><head><title>t</title></head><body>\n<outline text=\"" + text + "\"/></body></opml>"
	}
	in := func(e encoding.Encoding, s string) string {
		b, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	tests := []struct{ name, in, want string }{
		{"gb18030", in(simplifiedchinese.GB18030, file("GB18030", "中文𠮷")), "中文𠮷"},
		{"gb2312 with more than it has", in(simplifiedchinese.GB18030, file("gb2312", "镕€")), "镕€"},
		{"latin-1", in(charmap.Windows1252, file("ISO-8859-1", "é–")), "é–"},
		{"windows-1251", in(charmap.Windows1251, file("windows-1251", "карта")), "карта"},
		{"utf-8", file("utf-8", "中"), "中"},
		{"utf-16 with a mark", string(utf16Bytes(file("UTF-16", "中𠮷"), false)), "中𠮷"},
		{"utf-16 without", string(utf16Bytes(file("UTF-16", "中"), false)[2:]), "中"},
		{"utf-16 without, big end first", string(utf16Bytes(file("UTF-16", "中"), true)[2:]), "中"},
		{"a declaration that is not true", file("gb2312", "深度学习模型"), "深度学习模型"},
		{"a mark", "\uFEFF" + file("utf-8", "中"), "中"},
		{"crlf", strings.ReplaceAll(file("utf-8", "中"), "\n", "\r\n"), "中"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := mustRead(t, "a", test.in)
			leaf := m.Root.Children[0]
			if leaf.Text != test.want || leaf.Pos != (outline.Pos{Line: 3, Column: 1}) {
				t.Errorf("got %q at %v, want %q at 3:1", leaf.Text, leaf.Pos, test.want)
			}
		})
	}
}

func TestOPMLErrors(t *testing.T) {
	feeds := opml(`<outline text="新闻"><outline type="rss" text="a" xmlUrl="http://e.org/a"/><outline text="b" xmlUrl="http://e.org/b"/></outline>`)
	tests := []struct{ name, in, want string }{
		{"feeds", feeds, "a.opml: a list of subscriptions to news feeds (2 of them), not an outline"},
		{"no outlines", opml(""), "a.opml: no topics with a text"},
		{"another root", "\n<rss/>", "a.opml:2:1: not OPML: its first element is <rss>"},
		{"text", "just words", "a.opml: not OPML: it has no <opml>"},
		{"cut off in an element", "<opml><body>\n<outline text=\"中\" typ", "a.opml:2:22: broken XML: ends in the middle"},
		{"not UTF-8", opml("<outline text=\"中\xd6\xd0\"/>"), "a.opml:5:17: not valid UTF-8"},
		{"not the encoding it says", "<?xml version='1.0' encoding='gb18030'?>\n<opml><body><outline text='\xd6\xd0\xff\xff'/></body></opml>", "a.opml:2:29: not valid gb18030, which the first line says it is"},
		{"unknown encoding", "<?xml version='1.0' encoding='ebcdic'?>\n<opml/>", "a.opml:1:21: unknown encoding \"ebcdic\""},
		{"bare ampersand", opml("<outline text=\"中 & b\"/>"), "a.opml:5:19: broken XML: & in a text"},
		{"own entities", "<!DOCTYPE opml [\n<!ENTITY a 'x'>\n]>\n<opml><body><outline text='&a;'/></body></opml>", "a.opml:4:31: broken XML: unknown entity &a;"},
		{"attribute without quotes", opml("<outline text=a/>"), "a.opml:5:16: broken XML: unquoted or missing attribute value in element"},
		{"deep", opml(strings.Repeat("<outline text='x'>", 201)), "a.opml:5:3601: nested more than 200 levels deep"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Read("a.opml", strings.NewReader(test.in))
			wantRefused(t, err, test.want)
		})
	}
}
