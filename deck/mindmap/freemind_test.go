package mindmap

import (
	"strings"
	"testing"
)

// noteHTML is rich text as FreeMind's editor writes it.
func noteHTML(kind, body string) string {
	return `<richcontent TYPE="` + kind + `"><html>
  <head>
    <style type="text/css">
      p { margin-top: 0 }
    </style>
  </head>
  <body>
` + body + `
  </body>
</html>
</richcontent>`
}

func TestFreeMind(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"attributes", `<node TEXT="植物" POSITION="right" FOLDED="true" ID="ID_1"><node TEXT="叶"/></node>`, "根\n 植物\n  叶\n"},
		{"character references", `<node TEXT="&#x4e2d;&#25991;"/>`, "根\n 中文\n"},
		{"line breaks are a space", `<node TEXT="光合作用&#xa;把光能变成&#xd;&#xa;化学能"/>`, "根\n 光合作用 把光能变成 化学能\n"},
		{"a list in the text is a note", `<node TEXT="三要素&#xa;- 甲&#xa;- 乙"/>`, "根\n 三要素 | - 甲 / - 乙\n"},
		{"rich text", `<node>` + noteHTML("NODE", "<p>\n      <b>光</b>合\n      作用 of\n      plants\n    </p>") + `</node>`, "根\n 光合作用 of plants\n"},
		{"rich text with a list", `<node>` + noteHTML("NODE", "<p>要素</p><ul><li>甲</li><li>乙</li></ul>") + `</node>`, "根\n 要素 甲 乙\n"},
		{"note", `<node TEXT="a">` + noteHTML("NOTE", "<p>\n      第一行\n    </p>\n    <p>\n      第二行&#160;&amp;&nbsp;完\n    </p>") + `</node>`, "根\n a | 第一行 / 第二行 & 完\n"},
		{"a paragraph without text parts a note", `<node TEXT="a">` + noteHTML("NOTE", "<p>x</p><p></p><p>\n</p><p>y</p>") + `</node>`, "根\n a | x /  / y\n"},
		{"list and table in a note", `<node TEXT="a">` + noteHTML("NOTE", "<ol><li>x</li>\n<li>y<br/>z</li></ol><table><tr><td>1</td>\n<td><p>2</p></td></tr><tr><td>3</td><td>4</td></tr></table>") + `</node>`, "根\n a | x / y / z / 1 | 2 / 3 | 4\n"},
		{"details come before the note", `<node TEXT="a">` + noteHTML("DETAILS", "<p>d</p>") + noteHTML("NOTE", "<p>n</p>") + `</node>`, "根\n a | d / n\n"},
		{"markdown note", `<node TEXT="a"><richcontent CONTENT-TYPE="plain/markdown" TYPE="NOTE">
    <text>- x
- y</text>
</richcontent></node>`, "根\n a | - x / - y\n"},
		{"plain note", `<node TEXT="a"><richcontent CONTENT-TYPE="plain/auto" TYPE="NOTE">x
y</richcontent></node>`, "根\n a | x / y\n"},
		{"empty note", `<node TEXT="a"><richcontent CONTENT-TYPE="plain/auto" TYPE="NOTE"/></node>`, "根\n a\n"},
		{"note of FreeMind 0.8", `<node TEXT="a"><hook NAME="accessories/plugins/NodeNote.properties"><text>x&#xa;y</text></hook></node>`, "根\n a | x / y\n"},
		{"HTML of FreeMind 0.8", `<node TEXT="&lt;html&gt;&lt;b&gt;x&lt;/b&gt; &amp;lt; y&lt;br&gt;z"/>`, "根\n x < y z\n"},
		{"text about tags", `<node TEXT="&lt;table&gt; 与 &lt;/table&gt;"/>`, "根\n <table> 与 </table>\n"},
		{"formula", `<node TEXT="\latex E=mc^2"/><node TEXT="\latexmk"/><node>` + noteHTML("NODE", "<p>\\latex</p><p>$x$</p>") + `</node>`, "根\n E=mc^2\n \\latexmk\n $x$\n"},
		{"formula of FreeMind", `<node TEXT="a"><hook NAME="plugins/latex/LatexNodeHook.properties" EQUATION="x^2"/></node>`, "根\n a | x^2\n"},
		{"links", `<node TEXT="a" LINK="https://e.org/x"/><node TEXT="b" LINK="#ID_1"/><node TEXT="http://e.org" LINK="http://e.org"/>`, "根\n a | https://e.org/x\n b\n http://e.org\n"},
		{"spacers", `<node TEXT=""/><node TEXT=" "/><node TEXT="a"><node TEXT="&#160;"/></node><node><node TEXT=""/></node>`, "根\n a\n"},
		{"styles and hooks are no nodes", `<hook NAME="MapStyle"><map_styles><stylenode LOCALIZED_TEXT="styles.root_node"><stylenode TEXT="x"/></stylenode></map_styles></hook><font SIZE="12"/><icon BUILTIN="idea"/><edge/><cloud/><node TEXT="a"/>`, "根\n a\n"},
		{"local text", `<node LOCALIZED_TEXT="new_node"/>`, "根\n new node\n"},
		{"mubu", `<node TEXT="作用：甲" _mubu_text="%3Cspan%3E%E4%BD%9C%3C/span%3E" _mubu_note="" _completed="true"/>`, "根\n 作用：甲\n"},
		{"vertical tabs and other controls", `<node TEXT="a&#11;b&#x1F;c` + "\x0b" + `d"/>`, "根\n a b c d\n"},
		{"HTML's entities", `<node TEXT="a&nbsp;&mdash;&eacute;"/>`, "根\n a —é\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := mustRead(t, "a.mm", "\n<map version=\"1.0.1\"><!-- x -->\n<node TEXT=\"根\">"+test.in+"</node>\n</map>")
			wantTree(t, m, test.want)
			wantFormat(t, m, FreeMind)
		})
	}
}

func TestFreeMindWarnings(t *testing.T) {
	in := `<?xml version="1.1" encoding="UTF-8"?><map>
<attribute_registry/>
<node LOCALIZED_TEXT="new_mindmap">
<node><richcontent TYPE="NODE"><html><body><img src="a.png"/></body></html></richcontent></node>
<node><hook NAME="ExternalObject" URI="b.png"/></node>
<node TEXT="" _mubu_images="%5B%7B%22uri%22:%22c.png%22%7D%5D"/>
<node TEXT=""><node TEXT="甲"/><node TEXT="乙"/></node>
<node TEXT="丙" ENCRYPTED_CONTENT="x7"><attribute NAME="k" VALUE="v"/><attribute NAME="l" VALUE="w"/></node>
<node TEXT="丁"><arrowlink MIDDLE_LABEL="导致"/><arrowlink DESTINATION="ID_1"/></node>
</node></map>`
	m := mustRead(t, "目录/我的图.mm", in)
	wantTree(t, m, "我的图\n 甲\n 乙\n 丙\n 丁\n")
	want := []string{
		"1 encrypted topic left out",
		"2 attributes of topics left out",
		"1 label of arrows between topics left out",
		"3 topics with nothing but a picture left out",
		"1 topic without a text left out; what is below was moved up",
	}
	wantWarnings(t, m, want...)
}

func TestFreeMindPositions(t *testing.T) {
	m := mustRead(t, "a.mm", "\n<map>\n<node TEXT=\"根\">\n<node TEXT=\"中\"/><node TEXT=\"文\">\n  <node TEXT=\"叶\"/></node></node></map>")
	wantPlaces(t, m, "3:1 根", "4:1 中", "4:17 文", "5:3 叶")
}

func TestFreeMindErrors(t *testing.T) {
	bomb := `<!DOCTYPE map [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>` + "\n<map><node TEXT=\"中&b;\"/></map>"
	tests := []struct{ name, in, want string }{
		{"Objective-C++", "/*\n * a list\n * of words\n */\n#import <Foundation/Foundation.h>\n@implementation X\n@end\n", "a.mm: Objective-C++ source code, not a FreeMind map"},
		{"another XML file", "<xmap></xmap>", "a.mm: not a FreeMind map: its first element is <xmap>"},
		{"not XML", "nothing", "a.mm: not a FreeMind map: it does not begin with <map"},
		{"cut off", "<map>\n<node TEXT=\"根\">", "a.mm:2:16: broken XML: ends in the middle"},
		{"crossed elements", "<map>\n<node TEXT=\"根\"></map>", "a.mm:2:22: broken XML: element <node> closed by </map>"},
		{"bare ampersand", "<map>\n <node TEXT=\"根 & b\"/></map>", "a.mm:2:17: broken XML: & in a text"},
		{"own entities", bomb, "a.mm:2:22: broken XML: unknown entity &b;"},
		{"no nodes", "<map></map>", "a.mm: no topics with a text"},
		{"spacers only", "<map><node TEXT=\"\"/></map>", "a.mm: no topics with a text"},
		{"deep nodes", "<map>" + strings.Repeat("<node TEXT='x'>", 201), "a.mm:1:3006: nested more than 200 levels deep"},
		{"deep markup", "<map><node><richcontent>" + strings.Repeat("<p>", 1000), "a.mm:1:2416: nested more than 200 levels deep"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Read("a.mm", strings.NewReader(test.in))
			wantRefused(t, err, test.want)
		})
	}
}
