package mindmap

import (
	"bytes"
	"testing"
)

// fuzzFormat gives a reader whatever the fuzzer thinks of, from seeds on.
func fuzzFormat(f *testing.F, format Format, seeds ...string) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { readAny(t, format, data) })
}

// readAny reads data, and fails if a promise of the reader is broken.
func readAny(t *testing.T, format Format, data []byte) {
	m, err := Read("题.x", bytes.NewReader(data))
	checkMap(t, m, err)
	m, err = ReadAs(format, "题.x", bytes.NewReader(data))
	checkMap(t, m, err)
	if err != nil {
		return
	}
	if m.Root.Leaf() {
		t.Error("the root has nothing below it")
	}
	for _, w := range m.Warnings {
		if w == "" || w != singleLine(w) {
			t.Errorf("warning %q is not one clean line", w)
		}
	}
}

func FuzzFreeMind(f *testing.F) {
	fuzzFormat(f, FreeMind,
		"\n"+`<map version="1.0.1"><node TEXT="&#x9898;"><node TEXT="a&#xa;b" LINK="http://e.org"><richcontent TYPE="NOTE"><html><head><style>x</style></head><body><p>n</p><ul><li>c</li></ul></body></html></richcontent></node></node></map>`,
		`<map><node LOCALIZED_TEXT="new_mindmap"><node><richcontent TYPE="NODE"><html><body><img src="x"/></body></html></richcontent></node><node TEXT="\latex x^2"/><hook NAME="accessories/plugins/NodeNote.properties"><text>n</text></hook><arrowlink MIDDLE_LABEL="l"/></node></map>`,
		`<map><node TEXT="&lt;html&gt;&lt;b&gt;x"><richcontent TYPE="DETAILS" CONTENT-TYPE="plain/markdown"><text>a&#11;b&nbsp;</text></richcontent><node/><node ENCRYPTED_CONTENT="x" TEXT="y"/></node></map>`)
}

func FuzzOPML(f *testing.F) {
	fuzzFormat(f, OPML,
		`<?xml version="1.0" encoding="ISO-8859-1"?><opml version="2.0"><head><title>T</title></head><body><outline text="a &lt;b&gt;c&lt;/b&gt; &amp;amp;" _note="n&#10;m"><outline title="t" type="include" url="http://e.org"/></outline><outline text=""/></body></opml>`,
		"<?xml version='1.0' encoding='gb18030'?><opml><body><outline text='\xd6\xd0\xce\xc4' _mubu_text='%3Cb%3Ex%3C/b%3E'/></body></opml>",
		`<opml><body><outline type="rss" text="f" xmlUrl="http://e.org"/></body></opml>`,
		`<!DOCTYPE opml [<!ENTITY x "y">]><opml><body><outline text="&x;"/></body></opml>`)
}

func FuzzKityMinder(f *testing.F) {
	fuzzFormat(f, KityMinder,
		`{"root":{"data":{"text":"题","note":"n\nm","hyperlink":"http://e.org","resource":["a b"],"image":"x"},"children":[{"data":{"text":null},"children":[{"data":{"text":1}}]}]},"version":"1.4.43"}`,
		`{"data":{"text":"<p>a</p>","richText":true,"generalization":[{"text":"s"}],"tag":[{"text":"t"}]},"children":[]}`)
}

func FuzzCanvas(f *testing.F) {
	fuzzFormat(f, Canvas,
		`{"nodes":[{"id":"a","type":"text","text":"# 题\n- x","x":0,"y":0,"width":10,"height":10},{"id":"b","type":"file","file":"d/e.md","x":0,"y":20},{"id":"g","type":"group","label":"组","x":-9,"y":-9,"width":99,"height":99}],"edges":[{"id":"e","fromNode":"a","toNode":"b","label":"l"}]}`,
		`{"nodes":[{"id":"a","type":"link","url":"http://e.org"},{"id":"b","type":"text","text":"y"}],"edges":[{"fromNode":"a","toNode":"b","fromEnd":"arrow","toEnd":"none"},{"fromNode":"b","toNode":"a"}]}`)
}

func FuzzXMind(f *testing.F) {
	f.Add([]byte(`[{"title":"S","rootTopic":{"title":"题","children":{"attached":[{"title":"a\nb","notes":{"plain":{"content":"n"},"realHTML":{"content":"<p>n</p>"}},"labels":["l"],"href":"http://e.org"},{"title":"","image":{"src":"x"}}],"detached":[{"title":"d"}],"summary":[{"title":"s"}],"callout":[{"title":"c"}]}},"relationships":[{"title":"r"}]}]`), byte(0))
	f.Add([]byte(`{"sheets":[{"rootTopic":{"title":"t","children":{"attached":[{"title":"","extensions":[{"provider":"org.xmind.ui.mathJax","content":{"content":"x^2"}}],"notes":{"html":{"content":{"paragraphs":[{"spans":[{"text":"p"}]}]}}}}]}}}]}`), byte(0))
	f.Add([]byte(`<xmap-content xmlns:xhtml="h"><sheet><topic><title>题</title><children><topics type="attached"><topic xlink:href="u"><title>a</title><notes><plain>x&#13;</plain><html><xhtml:p>x</xhtml:p></html></notes><labels><label>l</label></labels></topic></topics><topics type="detached"><topic><title>d</title></topic></topics></children></topic><title>S</title></sheet></xmap-content>`), byte(1))
	f.Add(zipped(f, "content.json", `[{"rootTopic":{"title":"a","children":{"attached":[{"title":"b"}]}}}]`), byte(2))
	f.Fuzz(func(t *testing.T, data []byte, member byte) {
		if member < 2 {
			data = zipped(t, xmindMembers[member], string(data))
		}
		readAny(t, XMind, data)
	})
}
