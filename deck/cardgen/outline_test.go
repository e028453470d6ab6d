package cardgen

import (
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
