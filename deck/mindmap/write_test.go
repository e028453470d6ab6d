package mindmap

import (
	"bytes"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/property"
)

// writers are the formats that can be written.
var writers = []struct {
	format Format
	write  func(io.Writer, *outline.Node) error
}{{Markdown, WriteMarkdown}, {OPML, WriteOPML}, {FreeMind, WriteFreeMind}}

// drawNode makes a tree whose texts have all that a format must guard.
func drawNode(t *rapid.T, depth int) *outline.Node {
	word := rapid.SampledFrom([]string{"注意力", "a", "*b*", "_c_", "`d`", "<b>x</b>", "<", "&amp;", "&#20013;", "&", "#", "- e", "1. f", "2)", "+", "=", "---", ":-", "|",
		"[g](h)", "![i]", "\\", "\\*", "~~j~~", "\"", "'", "{{k}}", "http://l.org", ">", "[x] m", "词：义", "***",
		"$", "$$", "$a_1*b$", "$$\\{x\\}$$", "$5", "==", "==n==", "[[o]]", "![[p.png]]", "[[q|r]]"})
	text := func(label string) string {
		s := ""
		for i := range rapid.IntRange(1, 4).Draw(t, label+" words") {
			if i > 0 {
				s += rapid.SampledFrom([]string{" ", ""}).Draw(t, "space")
			}
			s += word.Draw(t, label)
		}
		return s
	}
	n := &outline.Node{Text: text("text")}
	if rapid.IntRange(0, 3).Draw(t, "note?") == 0 {
		n.Note = text("note")
		if rapid.Bool().Draw(t, "more") {
			n.Note += "\n" + text("note")
		}
	}
	if depth > 0 {
		for range rapid.IntRange(0, 3).Draw(t, "children") {
			n.Children = append(n.Children, drawNode(t, depth-1))
		}
	}
	return n
}

func TestReadingWhatWasWritten(t *testing.T) {
	for _, f := range writers {
		t.Run(string(f.format), func(t *testing.T) {
			property.Check(t, func(t *rapid.T) {
				want := drawNode(t, 4)
				want.Children = append(want.Children, &outline.Node{Text: "叶"})
				var b bytes.Buffer
				if err := f.write(&b, want); err != nil {
					t.Fatal(err)
				}
				got, err := ReadAs(f.format, "f", bytes.NewReader(b.Bytes()))
				if err != nil {
					t.Fatalf("%v\n%s", err, b.String())
				}
				if diff := cmp.Diff(want, got.Root, cmpopts.IgnoreFields(outline.Node{}, "Pos")); diff != "" {
					t.Errorf("outline differs (-want +got):\n%s\n%s", diff, b.String())
				}
				if len(got.Warnings) > 0 {
					t.Errorf("got warnings %q, want none", got.Warnings)
				}
				if found, _ := Detect("f", b.Bytes()); found != f.format {
					t.Errorf("what was written is taken for %q", found)
				}
			})
		})
	}
}

func TestWriteMarkdownIsReadable(t *testing.T) {
	leaf := func(text, note string) *outline.Node { return &outline.Node{Text: text, Note: note} }
	root := &outline.Node{Text: "生物", Note: "一张图", Children: []*outline.Node{
		{Text: "植物", Children: []*outline.Node{leaf("光合作用：把光能变成化学能", "放出氧气\n# 不是标题"), {Text: "GPT-4 的 1.5 倍", Children: []*outline.Node{leaf("- x", "")}}}},
		{Text: "动物", Children: []*outline.Node{leaf("猫", "")}},
	}}
	var b bytes.Buffer
	if err := WriteMarkdown(&b, root); err != nil {
		t.Fatal(err)
	}
	want := "# 生物\n\n一张图\n\n## 植物\n\n- 光合作用：把光能变成化学能\n\n  放出氧气\n  \\# 不是标题\n\n- GPT-4 的 1.5 倍\n  - \\- x\n\n## 动物\n\n- 猫\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("Markdown differs (-want +got):\n%s", diff)
	}
}

func TestWritersReturnTheErrorOfTheirWriter(t *testing.T) {
	for _, f := range writers {
		if err := f.write(full{}, &outline.Node{Text: "x"}); err == nil {
			t.Errorf("%s: got no error of a full disk", f.format)
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
