package cardgen

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/deck/outline"
)

// TestNotes makes cards of maps that keep their definitions in notes, as
// FreeMind's and the outliners' do.
func TestNotes(t *testing.T) {
	english := "A condition in which a wave keeps its shape while it travels, because two effects in the medium cancel each other out all the way along."
	long := strings.Repeat("长", 121)
	tests := []struct {
		name, leaf, note string
		want             []string
	}{
		{"short", "孤子", "不改变形状的波。", []string{"basic: 在「波」中，「孤子」说的是什么？ = 不改变形状的波。"}},
		{"lines", "孤子", "不变形\n不减速", []string{"basic: 在「波」中，「孤子」说的是什么？ = 不变形 / 不减速"}},
		{"long, with nothing else to ask", "孤子", long, []string{"basic: 在「波」中，「孤子」说的是什么？ = " + long}},
		{"long, with something else to ask", "孤子:水槽里所见", long, []string{
			"basic: 在「波」中，「孤子」的要点是什么？ = 水槽里所见 # " + long,
			"basic: 在「波」中，哪一项的要点是「水槽里所见」？ = 孤子"}},
		{"a sentence in English", "Soliton", english, []string{"basic: 在「波」中，「Soliton」说的是什么？ = " + english}},
		{"a title of many Latin letters", "The equation of Korteweg and de Vries, as of 1895", "一个方程。", []string{
			"cloze: 「波」：The equation of Korteweg and de Vries, as of {{1895::年份}}",
			"basic: 在「波」中，「The equation of Korteweg and de Vries, as of 1895」说的是什么？ = 一个方程。"}},
		{"an address is no answer", "孤子", "https://e.org/孤子", []string{"basic: 「波」的第 1 项是什么？ = 孤子 # https://e.org/孤子"}},
		{"nor is a label", "孤子", "#重要 #考点", []string{"basic: 「波」的第 1 项是什么？ = 孤子 # #重要 #考点"}},
		{"both beside a note", "孤子", "mailto:a@e.org\n不变形\n# 又\n#重要", []string{
			"basic: 在「波」中，「孤子」说的是什么？ = 不变形 / # 又 # mailto:a@e.org\n#重要"}},
		{"the note is all there is", "", "不变形", []string{"basic: 「波」的第 1 项是什么？ = 不变形"}},
		{"a note and a label are all there is", "", "不变形\n#重要", []string{"basic: 「波」的第 1 项是什么？ = 不变形 # #重要"}},
		{"a label is all there is", "", "#重要", []string{"basic: 「波」的第 1 项是什么？ = #重要"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			leaf := &outline.Node{Text: test.leaf, Note: test.note}
			d, _ := Deck(&outline.Node{Text: "图", Children: []*outline.Node{{Text: "波", Children: []*outline.Node{leaf}}}}, Options{Language: "zh"})
			if diff := cmp.Diff(test.want, asked(d.Leaves[0])); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNotesOfSections(t *testing.T) {
	english := "Waves that keep their shape while they travel, because two effects in the medium cancel each other out all along the way they go."
	tests := []struct {
		name, note string
		want       []string
	}{
		{"note", "不变形的波。", []string{"basic: 「孤子」讲的是什么？ = 不变形的波。"}},
		{"note with an address", "https://e.org\n不变形的波。", []string{"basic: 「孤子」讲的是什么？ = 不变形的波。 # https://e.org"}},
		{"a sentence in English", english, []string{"basic: 「孤子」讲的是什么？ = " + english}},
		{"address only", "https://e.org", nil},
		{"label only", "#重要", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			section := &outline.Node{Text: "孤子", Note: test.note, Children: []*outline.Node{{Text: "水槽:长"}}}
			d, _ := Deck(&outline.Node{Text: "图", Children: []*outline.Node{section}}, Options{Language: "zh"})
			got := asked(d.Leaves[0])
			first, rest := got[0], got[1:]
			if diff := cmp.Diff(test.want, append([]string(nil), rest...)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if test.want == nil && !strings.HasSuffix(first, " # "+test.note) {
				t.Errorf("got %q, want it to keep the note %q", first, test.note)
			}
		})
	}
}
