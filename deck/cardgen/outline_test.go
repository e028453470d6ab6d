package cardgen

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/outline"
)

func TestOutlineIsTheMapOfTheDeck(t *testing.T) {
	node := func(text string, children ...*outline.Node) *outline.Node {
		return &outline.Node{Text: text, Children: children}
	}
	want := node("生物", node("植物", node("光合作用：把光能变成化学能"), node("结构", node("根"), node("茎"))), node("动物", node("猫")))
	d, _ := Deck(want, Options{ID: "d"})
	if diff := cmp.Diff(want, Outline(d), cmpopts.IgnoreFields(outline.Node{}, "Pos")); diff != "" {
		t.Errorf("outline differs (-want +got):\n%s", diff)
	}
}

func TestOutlineOfCardsThatStandAlone(t *testing.T) {
	d := &deck.Deck{Title: "首都", About: "欧洲", Leaves: []deck.Leaf{
		{Path: []string{"西欧"}, Entries: []deck.Entry{{Front: "法国的首都？", Back: "巴黎"}}},
		{Text: "叶"},
		{Path: []string{"西欧"}, Entries: []deck.Entry{{Kind: deck.Cloze, Front: "{{伦敦::城市}}是{{英国}}的首都"}}},
	}}
	want := &outline.Node{Text: "首都", Note: "欧洲", Children: []*outline.Node{
		{Text: "西欧", Children: []*outline.Node{{Text: "法国的首都？", Note: "巴黎"}, {Text: "伦敦是英国的首都"}}}, {Text: "叶"},
	}}
	if diff := cmp.Diff(want, Outline(d)); diff != "" {
		t.Errorf("outline differs (-want +got):\n%s", diff)
	}
}

// TestOutlineHasTheNotes makes decks of maps with notes, and of the outlines of
// these decks the same decks again.
func TestOutlineHasTheNotes(t *testing.T) {
	long := strings.Repeat("很长的说明，", 30) + "完。"
	leaf := func(text, note string) *outline.Node { return &outline.Node{Text: text, Note: note} }
	branch := func(text, note string, children ...*outline.Node) *outline.Node {
		return &outline.Node{Text: text, Note: note, Children: children}
	}
	for _, test := range []struct {
		name string
		root *outline.Node
	}{
		{"the answer", branch("图", "", leaf("孤子", "不变形的波"), leaf("驻波", "不前进的波\n#重要"))},
		{"beside a definition", branch("图", "", leaf("孤子：不变形的波", "水槽里所见"), leaf("驻波：不前进的波", long))},
		{"a question", branch("图", "", leaf("什么是孤子？", "不变形的波"), leaf("甲", ""))},
		{"an address", branch("图", "", leaf("孤子", "https://e.org"), leaf("驻波：不前进的波", "不动\nhttps://e.org"))},
		{"an open list", branch("图", "", branch("框架", "", leaf("主流：PyTorch、TensorFlow等", "都有中文文档\nhttps://e.org")))},
		{"of the root", branch("图", "一张图", leaf("甲", "子"), leaf("乙", "丑"))},
		{"of sections", branch("图", "", branch("波", "会传播的扰动", leaf("甲：子", ""), leaf("乙：丑", "")), branch("场", long, leaf("丙：寅", "卯"), leaf("丁：辰", "")))},
		{"long, of a section too long for a list", branch("图", "", branch("波", long+"\nhttps://e.org",
			leaf("甲", ""), leaf("乙", ""), leaf("丙", ""), leaf("丁", ""), leaf("戊", ""), leaf("己", "")), branch("场", "", leaf("庚", "")))},
		{"of a section and its only leaf", branch("图", "", branch("波", long, leaf("孤子：不变形的波", "水槽里所见")))},
		{"addresses of a section", branch("图", "", branch("波", "https://e.org/a", leaf("孤子：不变形的波", "水槽里所见\nhttps://e.org/b")))},
		{"in English", branch("Map", "About waves", branch("Waves", "They travel.", leaf("Soliton", "A wave that keeps its shape."), leaf("Standing wave", "It does not travel.")))},
	} {
		t.Run(test.name, func(t *testing.T) {
			want, _ := Deck(test.root, Options{ID: "d", IDs: true})
			got, _ := Deck(Outline(want), Options{ID: "d", IDs: true})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("deck of its outline differs (-want +got):\n%s", diff)
			}
			test.root.Walk(func(_ []*outline.Node, n *outline.Node) bool {
				if !holdsNote(want, n.Note) {
					t.Errorf("no card has the note %q", n.Note)
				}
				return true
			})
		})
	}
}

// holdsNote reports whether the entries of d have every line of a note.
func holdsNote(d *deck.Deck, note string) bool {
	var all strings.Builder
	for _, l := range d.Leaves {
		for _, e := range l.Entries {
			all.WriteString(e.Back + "\n" + e.Note + "\n")
		}
	}
	for _, line := range strings.Split(note, "\n") {
		if !strings.Contains(all.String(), line) {
			return false
		}
	}
	return true
}
