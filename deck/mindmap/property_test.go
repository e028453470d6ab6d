package mindmap

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/property"
)

// drawTree makes a tree whose texts have nothing that Markdown or an article
// would take for a sign.
func drawTree(t *rapid.T, depth int) *outline.Node {
	n := &outline.Node{Text: rapid.StringMatching(`[a-zA-Z中文词，、《》]{1,8}( [a-z]{1,4})?`).Draw(t, "text")}
	if depth > 0 {
		for range rapid.IntRange(0, 4).Draw(t, "children") {
			n.Children = append(n.Children, drawTree(t, depth-1))
		}
	}
	return n
}

func TestMarkdownReadsBack(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		want := drawTree(t, 6)
		want.Children = append(want.Children, &outline.Node{Text: "末"})
		text := markdownOf(want)
		for name, in := range map[string]string{
			"as it is":       text,
			"with CRLF":      strings.ReplaceAll(text, "\n", "\r\n"),
			"loose":          strings.ReplaceAll(text, "\n", "\n\n"),
			"with asterisks": strings.ReplaceAll(text, "- ", "* "),
		} {
			got, err := ReadAs(Markdown, "f.md", strings.NewReader(in))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if diff := cmp.Diff(draw(want), draw(got.Root)); diff != "" {
				t.Fatalf("%s (-want +got):\n%s\n%s", name, diff, in)
			}
		}
	})
}

func TestArticleReadsBack(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		want := &outline.Node{Text: "Title", Children: []*outline.Node{}}
		var b strings.Builder
		b.WriteString("Title\n\nAn introduction.\n")
		for c := range rapid.IntRange(1, 4).Draw(t, "chapters") {
			chapter := &outline.Node{Text: string(rune('1'+c)) + ". 章"}
			want.Children = append(want.Children, chapter)
			b.WriteString("\n" + chapter.Text + "\n")
			for s := range rapid.IntRange(0, 3).Draw(t, "sections") {
				section := &outline.Node{Text: string(rune('1'+c)) + "." + string(rune('1'+s)) + " 节"}
				chapter.Children = append(chapter.Children, section)
				b.WriteString("\n" + section.Text + "\n")
				for range rapid.IntRange(0, 3).Draw(t, "groups") {
					group := &outline.Node{Text: "组"}
					section.Children = append(section.Children, group)
					b.WriteString("\n" + group.Text + "\n\n")
					for range rapid.IntRange(1, 3).Draw(t, "leaves") {
						leaf := rapid.StringMatching(`[a-z中文]{1,8}[:：]?[a-z中文]{1,8}。`).Draw(t, "leaf")
						group.Children = append(group.Children, &outline.Node{Text: leaf})
						b.WriteString("  • " + leaf + "\n")
					}
				}
			}
		}
		b.WriteString("\n参考资料\n\n• not a leaf\n")
		got, err := ReadAs(Article, "f.txt", strings.NewReader(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(draw(want), draw(got.Root)); diff != "" {
			t.Fatalf("(-want +got):\n%s\n%s", diff, b.String())
		}
	})
}
