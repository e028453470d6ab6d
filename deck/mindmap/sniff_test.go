package mindmap

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// smallMaps has a small file of every format, with the same map in it.
func smallMaps(t *testing.T) map[Format]string {
	t.Helper()
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	w, err := z.Create("content.json")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(`[{"title":"s","rootTopic":{"title":"题","children":{"attached":[{"title":"# 甲"},{"title":"- 乙"}]}}}]`)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return map[Format]string{
		XMind:       archive.String(),
		FreeMind:    "<map version=\"1.0\">\n<node TEXT=\"题\">\n<node TEXT=\"&#10;# 甲\"/>\n<node TEXT=\"\n- 乙\"/>\n</node></map>",
		OPML:        "<?xml version=\"1.0\"?>\n<opml version=\"2.0\"><body><outline text=\"题\"><outline text=\"\n# 甲\"/><outline text=\"\n- 乙\"/></outline></body></opml>",
		MarkmapSVG:  svgOf("1+ 题", "1.2 \n# 甲", "1.3 \n- 乙"),
		MarkmapHTML: pageOf("{\"content\":\"题\",\"children\":[\n{\"content\":\"# 甲\"},\n{\"content\":\"- 乙\"}]}"),
		KityMinder:  "{\n\"root\": {\"data\":{\"text\":\"题\"},\"children\":[\n{\"data\":{\"text\":\"# 甲\"},\"children\":[]},{\"data\":{\"text\":\"- 乙\"},\"children\":[]}]}\n}",
		Canvas: `{"nodes":[{"id":"a","type":"text","text":"题"},{"id":"b","type":"text","text":"甲"},{"id":"c","type":"text","text":"乙"}],` +
			`"edges":[{"id":"d","fromNode":"a","toNode":"b"},{"id":"e","fromNode":"a","toNode":"c"}]}`,
		Mermaid:  "mindmap\n  题\n    - 甲\n    - 乙\n",
		Article:  "题\n\n1. 章\n\n1.1 节\n\n  • 甲\n  • 乙\n",
		Org:      "#+title: 题\n# 注\n* 甲\n- 乙\n** 丙\n",
		Markdown: "# 题\n- 甲\n- 乙\n",
		Text:     "题\n\t甲\n\t- 乙\n",
	}
}

func TestDetectGoesByContent(t *testing.T) {
	maps := smallMaps(t)
	endings := []string{"", ".bin"}
	for _, g := range grammars {
		endings = append(endings, g.endings...)
	}
	for _, f := range Formats() {
		in, found := maps[f]
		if !found {
			t.Errorf("no small map in %s", f)
		}
		for _, ending := range endings {
			m, err := Read("map"+ending, strings.NewReader(in))
			if err != nil {
				t.Errorf("%s as %q: %v", f, ending, err)
				continue
			}
			if m.Format != f {
				t.Errorf("%s as %q: read as %s", f, ending, m.Format)
			}
			if nodes, _ := m.Root.Count(); nodes < 3 {
				t.Errorf("%s as %q: got\n%s", f, ending, draw(m.Root))
			}
		}
	}
}

// Files that leave their format open go by their name.
func TestDetectGoesByName(t *testing.T) {
	tests := []struct {
		name, file, in string
		want           Format
	}{
		{"headlines and comments", "a.org", "# 注\n* 甲\n* 乙\n", Org},
		{"headings and stars", "a.md", "# 题\n* 甲\n* 乙\n", Markdown},
		{"headings and stars in a text file", "a.txt", "# 题\n* 甲\n* 乙\n", Markdown},
		{"headings and stars from a pipe", "stdin", "# 题\n* 甲\n* 乙\n", Markdown},
		{"stars", "a.org", "* 甲\n正文\n* 乙\n", Org},
		{"stars in Markdown", "a.md", "* 甲\n* 乙\n", Markdown},
		{"list", "a.org", "- 甲\n- 乙 :: 丙\n", Org},
		{"list in Markdown", "a.md", "文\n\n- 甲\n- 乙\n", Markdown},
		{"list in a text file", "a.txt", "文\n- 甲\n- 乙\n", Text},
		{"list from a pipe", "stdin", "- 甲\n- 乙\n", Markdown},
		{"several at the top", "stdin", "甲\n\t乙\n丙\n", Text},
		{"several at the top of Markdown", "a.md", "1. 甲\n   - 乙\n1. 丙\n", Markdown},
		{"indented, in Markdown", "a.md", "题\n\t甲\n\t乙\n", Text},
		{"front matter", "stdin", "---\ntitle: x\n---\n1. 甲\n", Markdown},
		{"mermaid fence, as told", "a.md", "# 题\n```mermaid\nflowchart TD\n  a-->b\n```\n- 甲\n", Markdown},
		{"org source in Markdown", "a.md", "# 题\n- 甲\n\n** 乙\n", Markdown},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := mustRead(t, test.file, test.in)
			if m.Format != test.want {
				t.Errorf("got %s, want %s", m.Format, test.want)
			}
		})
	}
}

func TestDetectLeavesOtherFilesAlone(t *testing.T) {
	for name, in := range map[string]string{
		"prose": "只是文字。\n又一行。\n", "json": "{\n  \"a\": 1,\n  \"b\": [\n    2\n  ]\n}\n", "binary": "\x7fELF\x00\n  \x01\n",
		"archive": "PK\x03\x04\n  x\n", "list": "[\n  1\n]\n",
	} {
		if m, err := Read(name, strings.NewReader(in)); err == nil {
			t.Errorf("%s: read as %s", name, m.Format)
		}
	}
}

func TestDetectStrictFilesKeepTheirErrors(t *testing.T) {
	_, err := Read("a.opml", strings.NewReader("<opml>\n- a\n<body>\n# b\n"))
	if err == nil || !strings.Contains(err.Error(), "broken XML") {
		t.Errorf("got %v, want an error about the XML", err)
	}
}

// What only maps are called is no other kind of file, whatever it looks like.
func TestDetectIsSureOfNames(t *testing.T) {
	for _, test := range []struct {
		file, in string
		sure     bool
	}{
		{"a.mm", "int main() { std::map<int, int> m; }\n", true},
		{"a.org", "- 甲 :: 乙\n", true},
		{"a.opml", "甲::乙\n", true},
		{"a.md", "- 甲 :: 乙\n", false},
		{"a.txt", "- 甲 :: 乙\n", false},
		{"a", "- 甲 :: 乙\n", false},
	} {
		if f, sure := Detect(test.file, []byte(test.in)); sure != test.sure {
			t.Errorf("%s: got %q, sure %v, want %v", test.file, f, sure, test.sure)
		}
	}
}
