package anki

import (
	"slices"
	"testing"

	"github.com/mindleaf/mindleaf/deck"
)

// shown is a card as the learner sees it.
type shown struct{ ID, Front, Back string }

func cardsOf(t *testing.T, f *fixture) []shown {
	t.Helper()
	decks, _, _ := read(t, f.legacy(t))
	var out []shown
	for _, d := range decks {
		for _, c := range d.Cards() {
			out = append(out, shown{string(c.ID)[len(noteKey("")):], c.Front, c.Back})
		}
	}
	slices.SortFunc(out, func(a, b shown) int { return slices.Compare([]string{a.ID}, []string{b.ID}) })
	return out
}

func TestClozes(t *testing.T) {
	tests := []struct {
		name, text string
		ords       []int
		want       []shown
	}{
		{"in the order of the text", "{{c2::甲}}和{{c1::乙::hint}}", []int{0, 1},
			[]shown{{"-0~1", "[…]和乙", "甲\n\nextra"}, {"-0~2", "甲和[hint]", "乙\n\nextra"}}},
		{"one number twice", "{{c1::a}} b {{c1::c}}", []int{0}, []shown{{"-0", "[…] b […]", "a\nc\n\nextra"}}},
		{"two numbers, one twice", "{{c1::a}} {{c2::b}} {{c1::c}}", []int{0, 1},
			[]shown{{"-0", "[…] b […]", "a\nc\n\nextra"}, {"-1~1", "a […] c", "b\n\nextra"}}},
		{"nested", "{{c1::a {{c2::b}} c}}", []int{0, 1}, []shown{{"-0~1", "[…]", "a b c\n\nextra"}, {"-1~1", "a […] c", "b\n\nextra"}}},
		{"on two cards", "{{c1,2::a}} {{c2::b}}", []int{0, 1}, []shown{{"-0~1", "[…] b", "a\n\nextra"}, {"-1", "[…] […]", "a\nb\n\nextra"}}},
		{"card missing", "{{c1::a}} {{c2::b}}", []int{1}, []shown{{"-1~1", "a […]", "b\n\nextra"}}},
		{"braces of its own", "{{x}} {{c1::a}}", []int{0}, []shown{{"-0~1", "{ {x} } […]", "a\n\nextra"}}},
		{"empty", "{{c1::}} x", []int{0}, []shown{{"-0", "[…] x", "extra"}}},
		{"not closed", "{{c1::a}} {{c2::b", []int{0}, []shown{{"-0~1", "[…] { {c2::b", "a\n\nextra"}}},
		{"markup", "<b>{{c1::a}}</b><br>{{c2::x<br>y}}", []int{0, 1}, []shown{{"-0~1", "**[…]**\nx\ny", "a\n\nextra"}, {"-0~2", "**a**\n[…]", "x\ny\n\nextra"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := stock()
			f.note(clozeType, tt.ords, tt.text, "extra")
			check(t, "cards", tt.want, cardsOf(t, f))
		})
	}
}

// TestClozeKeepsItsSchedule looks at what belongs to which card.
func TestClozeKeepsItsSchedule(t *testing.T) {
	for _, text := range []string{"{{c2::two}} {{c1::one}}", "{{c2::two}} {{c1::one {{c3::three}}}}"} {
		f := stock()
		ords := []int{0, 1, 2}[:2+len(text)/30]
		f.note(clozeType, ords, text, "")
		for i := range ords {
			c := f.card(1001 + int64(i))
			c.kind, c.queue, c.ivl, c.due, c.factor = 2, 2, 10*(i+1), today-firstDay, 2500
		}
		decks, progress, _ := read(t, f.legacy(t))
		for _, c := range decks[0].Cards() {
			want := map[string]int32{"one": 10, "one three": 10, "two": 20, "three": 30}[c.Back]
			check(t, c.Back, want, progress[c.ID].Now.IntervalDays)
		}
	}
}

func TestNoteTypes(t *testing.T) {
	tests := []struct {
		name      string
		fields    []string
		values    []string
		templates [][2]string
		ords      []int
		want      []shown
	}{
		{"answer repeats the front", []string{"F", "B"}, []string{"q", "a"}, [][2]string{{"{{F}}", "{{F}}<hr id=\"answer\">{{B}}"}}, []int{0}, []shown{{"-0", "q", "a"}}},
		{"without a line", []string{"F", "B"}, []string{"q", "a"}, [][2]string{{"{{F}}", "{{F}}<br>{{B}}"}}, []int{0}, []shown{{"-0", "q", "a"}}},
		{"the front is another on the answer", []string{"F", "B"}, []string{"q", "a"}, [][2]string{{"{{F}}", "Q: {{F}}<hr id=answer>{{B}}"}}, []int{0}, []shown{{"-0", "q", "Q: q\n\na"}}},
		{"a line in a section", []string{"F", "B"}, []string{"q", "a"}, [][2]string{{"{{F}}", "{{F}}{{#B}}<hr id=answer>{{B}}{{/B}}"}}, []int{0}, []shown{{"-0", "q", "a"}}},
		{"only read out", []string{"F", "B"}, []string{"ねこ", "cat"}, [][2]string{{"{{tts ja_JP:F}}", "{{B}}"}}, []int{0}, []shown{{"-0", "ねこ", "cat"}}},
		{"image alone", []string{"F", "B"}, []string{`<img src="x.png">`, "a"}, [][2]string{{"{{F}}", "{{B}}"}}, []int{0}, []shown{{"-0", "[image: x.png]", "a"}}},
		{"two that are not the reverse", []string{"F", "B", "X"}, []string{"q", "a", "more"}, [][2]string{{"{{F}}", "{{B}} {{X}}"}, {"{{B}}", "{{F}}"}}, []int{0, 1},
			[]shown{{"-0", "q", "a more"}, {"-1", "a", "q"}}},
		{"second card alone", []string{"F", "B"}, []string{"q", "a"}, [][2]string{{"{{F}}", "{{B}}"}, {"{{B}}", "{{F}}"}}, []int{1}, []shown{{"-1", "a", "q"}}},
		{"typed", []string{"F", "B", "N"}, []string{"q", "<i>a</i>", "note"}, [][2]string{{"{{F}}{{type:B}}", "{{F}}<hr id=answer>{{type:B}} {{N}}"}}, []int{0}, []shown{{"-0", "q", "a"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := stock()
			f.types = append(f.types, fixtureType{50, "Own", false, 0, tt.fields, tt.templates})
			f.note(50, tt.ords, tt.values...)
			check(t, "cards", tt.want, cardsOf(t, f))
		})
	}
}

func TestSiblingsShareALeaf(t *testing.T) {
	f := stock()
	f.types = append(f.types, fixtureType{50, "Vocabulary", false, 0, []string{"F", "B"}, [][2]string{{"{{F}}?", "{{B}}"}, {"{{B}}", "{{F}}"}}})
	f.note(50, []int{0, 1}, "<b>cat</b>", "猫")
	f.decks[3] = "语言::英语::A1"
	f.card(1001).deck, f.card(1002).deck = 3, 3
	decks, _, _ := read(t, f.legacy(t))
	check(t, "leaves", 1, len(decks[0].Leaves))
	l := decks[0].Leaves[0]
	check(t, "leaf", []string{"cat", "英语", "A1"}, append([]string{l.Text}, l.Path...))
	f.card(1002).deck = 1
	decks, _, _ = read(t, f.legacy(t))
	check(t, "decks of a note that is split", []string{"Default", "语言"}, []string{decks[0].Title, decks[1].Title})
	check(t, "cards", []deck.CardID{decks[1].Cards()[0].ID[:21] + "-1"}, []deck.CardID{decks[0].Cards()[0].ID})
}

func TestNewCardsComeInAnkisOrder(t *testing.T) {
	f := stock()
	for _, front := range []string{"third", "first", "second"} {
		f.note(basicType, []int{0}, front, "x")
	}
	f.card(1001).due, f.card(2001).due, f.card(3001).due = 30, 10, 20
	*f.card(3001) = fixtureCard{id: 3001, note: 3000, deck: 1, kind: 2, queue: 2, due: 5, ivl: 3, data: `{"pos":20,"s":3.1}`}
	decks, _, _ := read(t, f.legacy(t))
	var fronts []string
	for _, c := range decks[0].Cards() {
		fronts = append(fronts, c.Front)
	}
	check(t, "order", []string{"first", "second", "third"}, fronts)
}
