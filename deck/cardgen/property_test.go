package cardgen

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/property"
)

// texts makes the texts of nodes: pieces of real ones, in any order.
var texts = rapid.OneOf(
	rapid.Custom(func(t *rapid.T) string {
		pieces := rapid.SliceOfN(rapid.SampledFrom([]string{
			"注意力", "模型", "A", "GPT", "BERT", "训练", "1. ", "1.1 ", ":", "：", "、", "，", ", ", "(", ")", "（", "）", "《", "》",
			"与", "和", " and ", " vs ", "/", "。", ".", "等", "的", " is a ", "是一种", "2017年", "{{", "}}", "::", "\n", "\x00", "\xff",
			"什么是", "?", " - ", "提升", "“", "”", " ",
		}), 0, 8).Draw(t, "pieces")
		return strings.Join(pieces, "")
	}),
	rapid.String(),
	rapid.Custom(func(t *rapid.T) string {
		return strings.Repeat(rapid.SampledFrom([]string{"长", "x ", "、a"}).Draw(t, "piece"), rapid.IntRange(50, 3000).Draw(t, "times"))
	}),
)

func drawNode(t *rapid.T, depth int) *outline.Node {
	n := &outline.Node{Text: texts.Draw(t, "text")}
	if rapid.IntRange(0, 4).Draw(t, "noted") == 0 {
		n.Note = texts.Draw(t, "note")
	}
	if depth > 0 {
		for range rapid.IntRange(0, 4).Draw(t, "children") {
			n.Children = append(n.Children, drawNode(t, depth-1))
		}
	}
	return n
}

// wantLeaves counts the leaves below root that say anything.
func wantLeaves(root *outline.Node) int {
	count := 0
	root.Walk(func(path []*outline.Node, n *outline.Node) bool {
		if len(path) > 0 && n.Leaf() && clean(n.Text)+clean(n.Note) != "" {
			count++
		}
		return true
	})
	return count
}

func TestDeckOfAnyOutline(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		root := drawNode(t, 3)
		o := Options{ID: "x", Language: rapid.SampledFrom([]string{"", "zh", "en"}).Draw(t, "language"), IDs: rapid.Bool().Draw(t, "ids")}
		d, report := Deck(root, o)
		if problems := d.Validate(); len(problems) > 0 {
			t.Fatalf("got problems %+v", problems)
		}
		if want := wantLeaves(root); len(d.Leaves) != want || report.Leaves != want {
			t.Fatalf("got %d leaves, %d reported, want %d", len(d.Leaves), report.Leaves, want)
		}
		for _, leaf := range d.Leaves {
			if len(leaf.Entries) == 0 || leaf.Alone() || leaf.Level == deck.NoLevel {
				t.Fatalf("leaf %q: %d entries, level %q", leaf.Text, len(leaf.Entries), leaf.Level)
			}
			for _, e := range leaf.Entries {
				checkEntry(t, e)
			}
		}
		again, _ := Deck(root, o)
		if diff := cmp.Diff(d, again); diff != "" {
			t.Fatalf("a second run differs:\n%s", diff)
		}
	})
}

func checkEntry(t *rapid.T, e deck.Entry) {
	options := []string{e.Back}
	for _, o := range e.Choices {
		for _, other := range options {
			if overlap(o.Text, other) {
				t.Fatalf("%q: option %q overlaps %q", e.Front, o.Text, other)
			}
		}
		options = append(options, o.Text)
	}
	if e.Kind == deck.List && strings.Count(e.Back, "\n") > maxItems-1 {
		t.Fatalf("%q: more than %d elements: %q", e.Front, maxItems, e.Back)
	}
}

func TestNoQuestionTwice(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		d, _ := Deck(drawNode(t, 3), Options{})
		seen := make(map[string]bool)
		for _, leaf := range d.Leaves {
			for _, e := range leaf.Entries {
				if seen[e.Front] {
					t.Fatalf("%q is asked twice", e.Front)
				}
				seen[e.Front] = true
			}
		}
	})
}

func TestStatedIDsAreTheDerivedOnes(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		root := drawNode(t, 3)
		derived, _ := Deck(root, Options{})
		stated, _ := Deck(root, Options{IDs: true})
		var want, got []deck.CardID
		for _, c := range derived.Cards() {
			want = append(want, c.ID)
		}
		for _, c := range stated.Cards() {
			got = append(got, c.ID)
			if c.Derived {
				t.Fatalf("the entry of %q states no id", c.Front)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-derived +stated):\n%s", diff)
		}
	})
}
