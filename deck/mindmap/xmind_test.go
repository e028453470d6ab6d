package mindmap

import (
	"archive/zip"
	"bytes"
	"errors"
	"hash/crc32"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/deck/property"
)

// fataler is what tests, fuzz targets and properties have in common.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

// zipped returns a zip file of members, each a name and its content.
func zipped(t fataler, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		f, err := w.Create(members[i])
		if err == nil {
			_, err = f.Write([]byte(members[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sheetJSON is a workbook of one sheet whose central topic is 根 and has the
// given children.
func sheetJSON(children string) string {
	return `[{"id":"1","class":"sheet","title":"画布 1","rootTopic":{"id":"2","title":"根","structureClass":"org.xmind.ui.map.unbalanced","children":{` + children + `}},"theme":{"title":"x"}}]`
}

// sheetXML is the same as XMind 8 writes it.
func sheetXML(children string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="no"?><xmap-content xmlns="urn:xmind:xmap:xmlns:content:2.0" xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:xlink="http://www.w3.org/1999/xlink" version="2.0"><sheet id="1"><topic id="2"><title>根</title><children>` + children + `</children></topic><title>画布 1</title></sheet></xmap-content>`
}

const decoy = `<?xml version="1.0"?><xmap-content><sheet><topic><title>Warning 警告</title><children><topics type="attached"><topic><title>This file can not be opened normally</title></topic></topics></children></topic></sheet></xmap-content>`

func TestXMind(t *testing.T) {
	tests := []struct{ name, json, xml, want string }{
		{"topics", `"attached":[{"title":"a","children":{"attached":[{"title":"b"}]}},{"title":"丙"}]`,
			`<topics type="attached"><topic><title>a</title><children><topics type="attached"><topic><title>b</title></topic></topics></children></topic><topic><title>丙</title></topic></topics>`,
			"根\n a\n  b\n 丙\n"},
		{"lines in a title", `"attached":[{"title":"光合\r\n作用\n1. 甲\n2. 乙"}]`,
			"<topics type='attached'><topic><title svg:width='50'>光合&#13;\n作用\n1. 甲\n2. 乙</title></topic></topics>",
			"根\n 光合 作用 | 1. 甲 / 2. 乙\n"},
		{"notes", `"attached":[{"title":"a","notes":{"plain":{"content":"一\n二"},"realHTML":{"content":"<div>一</div>"}}}]`,
			"<topics type='attached'><topic><title>a</title><notes><html><xhtml:p>一</xhtml:p></html><plain>一&#13;\n二</plain></notes></topic></topics>",
			"根\n a | 一 / 二\n"},
		{"notes as HTML only", `"attached":[{"title":"a","notes":{"plain":{"content":" "},"realHTML":{"content":"<div>一&nbsp;<b>二</b></div><ul><li>三</li></ul>"}}}]`,
			"<topics type='attached'><topic><title>a</title><notes><html><xhtml:p>一 <xhtml:span>二</xhtml:span></xhtml:p><xhtml:p>三</xhtml:p></html></notes></topic></topics>",
			"根\n a | 一 二 / 三\n"},
		{"labels and links", `"attached":[{"title":"a","labels":["重要","two words"],"href":"http://e.org"},{"title":"b","href":"xmind:#1"},{"title":"c.txt","href":"xap:resources/x.txt"}]`,
			`<topics type='attached'><topic xlink:href="http://e.org"><title>a</title><labels><label>重要</label><label>two words</label></labels></topic><topic xlink:href="xmind:#1"><title>b</title></topic><topic xlink:href="xap:attachments/x.txt"><title>c.txt</title></topic></topics>`,
			"根\n a | http://e.org / #重要 #two_words\n b\n c.txt\n"},
		{"summary", `"attached":[{"title":"a"}],"summary":[{"title":"总结","children":{"attached":[{"title":"b"}]}}]`,
			`<topics type="summary"><topic><title>总结</title><children><topics type="attached"><topic><title>b</title></topic></topics></children></topic></topics><topics type="attached"><topic><title>a</title></topic></topics>`,
			"根\n a\n 总结\n  b\n"},
		{"callout", `"attached":[{"title":"a","children":{"callout":[{"title":"批注","children":{"attached":[{"title":"细节"}]}}]}}]`,
			`<topics type='attached'><topic><title>a</title><children><topics type="callout"><topic><title>批注</title><children><topics type="attached"><topic><title>细节</title></topic></topics></children></topic></topics></children></topic></topics>`,
			"根\n a | 批注 / 细节\n"},
		{"named by its note, label or link", `"attached":[{"title":"","notes":{"plain":{"content":"注\n二"}}},{"labels":["签"]},{"title":" ","href":"http://e.org"}]`,
			`<topics type='attached'><topic><title/><notes><plain>注
二</plain></notes></topic><topic><labels><label>签</label></labels></topic><topic xlink:href="http://e.org"><title> </title></topic></topics>`,
			"根\n 注 | 二\n #签\n http://e.org\n"},
		{"empty topics", `"attached":[{"title":""},{"title":"a","children":{"attached":[{"id":"9"}]}},null]`,
			`<topics type='attached'><topic><title/></topic><topic><title>a</title><children><topics type="attached"><topic/></topics></children></topic></topics>`,
			"根\n a\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for name, file := range map[string][]byte{
				"json":        zipped(t, "content.xml", decoy, "content.json", sheetJSON(test.json)),
				"json object": zipped(t, "content.json", `{"sheets":`+sheetJSON(test.json)+`}`),
				"xml":         zipped(t, "附件/图.png", "x", "content.xml", sheetXML(test.xml), "META-INF/manifest.xml", `<manifest password-hint=""/>`),
				"naotu":       zipped(t, "/content.xml", sheetXML(test.xml)),
			} {
				m, err := Read("a.xmind", bytes.NewReader(file))
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if diff := cmp.Diff(test.want, draw(m.Root)); diff != "" {
					t.Errorf("%s (-want +got):\n%s", name, diff)
				}
				wantFormat(t, m, XMind)
			}
		})
	}
}

func TestXMindFormulas(t *testing.T) {
	math := `"extensions":[{"provider":"org.xmind.ui.taskInfo","content":[{"name":"x"}]},{"content":{"content":"E=mc^2"},"provider":"org.xmind.ui.mathJax"}]`
	file := zipped(t, "content.json", sheetJSON(`"attached":[{"title":"",`+math+`},{"title":"能量",`+math+`}]`))
	m, err := Read("a.xmind", bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	wantTree(t, m, "根\n E=mc^2\n 能量 | E=mc^2\n")
}

func TestXMindNotesInSpans(t *testing.T) {
	file := zipped(t, "content.json", sheetJSON(`"attached":[{"title":"a","notes":{"html":{"content":{"paragraphs":[{"spans":[{"text":"一"},{"text":"二","style":{"id":"1"}}]},{"spans":[{"text":"三"}]}]}}}}]`))
	m, err := Read("a.xmind", bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	wantTree(t, m, "根\n a | 一二 / 三\n")
}

func TestXMindComments(t *testing.T) {
	file := zipped(t, "content.xml", sheetXML(`<topics type="attached"><topic><title>a</title></topic></topics>`),
		"comments.xml", `<comments version="2.0"><comment object-id="1"><content>一</content></comment><comment object-id="2"><content>二</content></comment></comments>`)
	m, err := Read("a.xmind", bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	wantWarnings(t, m, "2 comments left out")
}

// TestXMindSheets reads a workbook whose first sheet has all its content in
// floating topics, and whose others are untitled, bare and without a topic.
func TestXMindSheets(t *testing.T) {
	asJSON := `[{"title":"第一章","rootTopic":{"title":"甲","children":{"detached":[{"title":"浮","children":{"attached":[{"title":"子"}]}},{"title":"动"}],"attached":[{"title":"","image":{"src":"xap:resources/a.png"}},{"title":"","children":{"attached":[{"title":"乙"}]}}]},"boundaries":[{"title":"框"},{"range":"master"}]},"relationships":[{"title":"导致"},{"title":""}]},
{"title":"第二章","rootTopic":{"title":"","children":{"attached":[{"title":"丙"}]}}},{"title":"画布 3","rootTopic":{"title":"中心主题"}},{"title":"空"}]`
	asXML := `<xmap-content><sheet><topic><title>甲</title><children><topics type="detached"><topic><title>浮</title><position/><children><topics type="attached"><topic><title>子</title></topic></topics></children></topic><topic><title>动</title></topic></topics><topics type="attached"><topic><title/><xhtml:img xhtml:src="xap:a.png"/></topic><topic><title/><children><topics type="attached"><topic><title>乙</title></topic></topics></children></topic></topics></children><boundaries><boundary><title>框</title></boundary><boundary range="master"/></boundaries></topic><title>第一章</title><relationships><relationship end1="a"><title>导致</title></relationship><relationship/></relationships></sheet><sheet><title>第二章</title><topic><title/><children><topics type="attached"><topic><title>丙</title></topic></topics></children></topic></sheet><sheet><topic><title>中心主题</title></topic></sheet><sheet/></xmap-content>`
	for name, file := range map[string][]byte{
		"json": zipped(t, "content.json", asJSON),
		"xml":  zipped(t, "content.xml", asXML),
	} {
		m, err := Read("书/笔记.xmind", bytes.NewReader(file))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff("笔记\n 甲\n  乙\n  浮\n   子\n  动\n 第二章\n  丙\n", draw(m.Root)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		want := []string{
			"2 sheets with nothing but a central topic left out",
			"2 floating topics added as branches",
			"2 texts of lines and frames around topics left out",
			"1 topic with nothing but a picture left out",
			"1 topic without a text left out; what is below was moved up",
		}
		wantWarnings(t, m, want...)
	}
}

func TestXMindErrors(t *testing.T) {
	property.OneAtATime(t)
	good := zipped(t, "content.json", sheetJSON(`"attached":[{"title":"a"}]`))
	damaged := bytes.Clone(good)
	damaged[bytes.Index(damaged, []byte("content.json"))+30] ^= 0xFF
	locked := bytes.Clone(good)
	for _, header := range []string{"PK\x03\x04", "PK\x01\x02"} {
		at := bytes.Index(locked, []byte(header)) + 6
		if header == "PK\x01\x02" {
			at += 2
		}
		locked[at] |= 1
	}
	deep := strings.Repeat(`{"title":"x","children":{"attached":[`, 210)
	tests := []struct {
		name string
		in   []byte
		want string
	}{
		{"cut off", good[:len(good)/2], "a.xmind: broken zip: zip: not a valid zip file"},
		{"damaged", damaged, "a.xmind: broken zip: flate: corrupt input before offset 39"},
		{"not a zip", []byte("words"), "a.xmind: broken zip: zip: not a valid zip file"},
		{"locked by the zip", locked, "a.xmind: locked with a password"},
		{"locked by XMind", zipped(t, "content.json", "\x93\xfe\x00\x12", "manifest.json", `{"file-entries":{"content.json":{"encryption-data":{}}}}`), "a.xmind: locked with a password"},
		{"locked by XMind 8", zipped(t, "content.xml", "\x93\xfe\x00\x12", "META-INF/manifest.xml", `<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>`), "a.xmind: locked with a password"},
		{"bomb", zipped(t, "content.json", strings.Repeat(" ", maxBytes+1)), "a.xmind: more than 64 MB when unpacked"},
		{"no content", zipped(t, "readme.txt", "x"), "a.xmind: a zip file without content.json or content.xml"},
		{"SimpleMind", zipped(t, "document/mindmap.xml", "<x/>"), "a.xmind: a SimpleMind map, which cannot be read as a mind map"},
		{"Word", zipped(t, "[Content_Types].xml", "<x/>", "word/document.xml", "<x/>"), "a.xmind: a Word document, which cannot be read as a mind map"},
		{"empty zip", zipped(t), "a.xmind: a zip file without content.json or content.xml"},
		{"empty content", zipped(t, "content.json", ""), "a.xmind/content.json:1:1: broken JSON: ends in the middle"},
		{"broken JSON", zipped(t, "content.json", "[{\"rootTopic\":\n{\"title\":\"中\",]"), "a.xmind/content.json:2:14: broken JSON: invalid character ']'"},
		{"cut JSON", zipped(t, "content.json", "[{\"rootTopic\":\n{\"title\":\"中"), "a.xmind/content.json:2:12: broken JSON: ends in the middle"},
		{"broken XML", zipped(t, "content.xml", "<xmap-content>\n<sheet></topic>"), "a.xmind/content.xml:2:16: broken XML: element <sheet> closed by </topic>"},
		{"no topics", zipped(t, "content.json", "[]"), "a.xmind: no topics with a text"},
		{"deep", zipped(t, "content.json", `[{"rootTopic":`+deep+strings.Repeat("]}}", 210)+"}]"), "a.xmind: nested more than 200 levels deep"},
		{"very deep", zipped(t, "content.json", `[{"rootTopic":`+strings.Repeat(deep, 100)), "a.xmind/content.json:1:9857: nested more than 200 levels deep"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Read("a.xmind", bytes.NewReader(test.in))
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Fatalf("got %v, want %s", err, test.want)
			}
			var positioned *Error
			if !errors.As(err, &positioned) || positioned.Hint == "" {
				t.Errorf("got %#v, want an Error with a hint", err)
			}
		})
	}
}

// TestXMindOpensFixedNames reads a zip with a path that leads out of it, two
// members of the same name, and sizes that only follow the content.
func TestXMindOpensFixedNames(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	content := sheetJSON(`"attached":[{"title":"a"}]`)
	f, err := w.CreateRaw(&zip.FileHeader{Name: "content.json", CRC32: crc32.ChecksumIEEE([]byte(content)),
		CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(content))})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"../content.json", "content.json", "dir/content.json"} {
		if f, err = w.Create(name); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte("no map")); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	m, err := Read("a", bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	wantTree(t, m, "根\n a\n")
}
