package quiz

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/property"
)

// pools draws cards of one or two decks whose texts are few and short, so that
// equal and overlapping ones are frequent.
func pools() *rapid.Generator[[]Card] {
	text := rapid.SampledFrom([]string{
		"注意力", "自注意力", "ＢＥＲＴ", "bert", "BERT。", "GPT", "GPT-2", "词向量", "残差连接", "①", "1", "2017年", "。", "Ｃ＋＋", "多头注意力机制", "梯度下降", "学习率", "一行\n两行", " ",
	})
	section := rapid.SampledFrom([]string{"甲", "乙", "丙"})
	return rapid.Custom(func(t *rapid.T) []Card {
		n := rapid.IntRange(0, 40).Draw(t, "cards")
		cards := make([]Card, n)
		for i := range cards {
			c := &cards[i]
			c.Key = int64(i + 1)
			c.Deck = deck.ID(rapid.SampledFrom([]string{"a", "b"}).Draw(t, "deck"))
			c.Path = rapid.SliceOfN(section, 0, 3).Draw(t, "path")
			c.Leaf = rapid.SampledFrom([]string{"", "叶一:注意力", "叶二(BERT)", "叶三", "叶四:残差", "叶五", "叶六"}).Draw(t, "leaf")
			c.Kind = deck.Kind(rapid.IntRange(0, int(deck.Typed)).Draw(t, "kind"))
			c.Level = deck.Level(rapid.IntRange(0, 3).Draw(t, "level"))
			c.Front, c.Back = text.Draw(t, "front"), text.Draw(t, "back")
			if c.Kind == deck.List {
				c.Back = strings.Join(rapid.SliceOfN(text, 1, 4).Draw(t, "elements"), "\n")
			}
			for _, o := range rapid.SliceOfN(text, 0, 4).Draw(t, "choices") {
				c.Choices = append(c.Choices, deck.Option{Text: o})
			}
			c.Accept = rapid.SliceOfN(text, 0, 2).Draw(t, "accept")
		}
		return cards
	})
}

func TestQuestionsAreSound(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		pool := pools().Draw(t, "pool")
		byKey := make(map[int64]Card)
		for _, c := range pool {
			byKey[c.Key] = c
		}
		s := Settings{
			Kind:  Kind(rapid.IntRange(0, int(Facts)).Draw(t, "kind")),
			Count: rapid.IntRange(0, 30).Draw(t, "count"), Seed: rapid.Uint64().Draw(t, "seed"),
		}
		level := deck.Level(rapid.IntRange(0, 3).Draw(t, "level"))
		asked := func(c *Card) bool { return level == 0 || c.Level == level }
		questions := Make(pool, asked, s)
		if len(questions) > s.Count {
			t.Fatalf("got %d questions, want %d at most", len(questions), s.Count)
		}
		cards := make(map[int64]bool)
		for _, q := range questions {
			c := byKey[q.Card]
			if cards[q.Card] {
				t.Fatalf("card %d is asked twice", q.Card)
			}
			cards[q.Card] = true
			if s.Kind != Mixed && q.Form.Typed() != (s.Kind == Typed || s.Kind == Cloze) {
				t.Fatalf("a quiz of kind %v has a question of form %v", s.Kind, q.Form)
			}
			if q.Form.Typed() {
				checkWritten(t, q)
			} else {
				checkOptions(t, q, c)
			}
		}
		if diff := cmp.Diff(questions, Make(pool, asked, s)); diff != "" {
			t.Fatalf("the same seed makes another quiz (-first +second):\n%s", diff)
		}
	})
}

func checkWritten(t *rapid.T, q Question) {
	for _, a := range q.Answers {
		if v, _ := q.Check(a); v != Right {
			t.Fatalf("the right answer %q is not right", a)
		}
	}
}

// checkOptions wants the right option exactly once and no two that say the same.
func checkOptions(t *rapid.T, q Question, c Card) {
	if n := len(q.Options); n < 3 || n > 4 {
		t.Fatalf("got %d options", n)
	}
	keys := make(map[string]bool)
	for i, o := range q.Options {
		if k := key(o.Text); keys[k] || k == "" {
			t.Fatalf("option %q is there twice or says nothing: %v", o.Text, q.Options)
		} else {
			keys[k] = true
		}
		if q.Form != Choose || i == q.Right {
			continue
		}
		for _, a := range c.Accept {
			if key(a) == key(o.Text) {
				t.Fatalf("the accepted answer %q is a wrong option", a)
			}
		}
		if len(c.Choices) == 0 && overlap(key(o.Text), key(c.Back)) {
			t.Fatalf("option %q overlaps the answer %q", o.Text, c.Back)
		}
	}
	right := q.Options[q.Right].Text
	switch q.Form {
	case Choose:
		if right != strings.TrimSpace(c.Back) {
			t.Fatalf("got right option %q, want %q", right, c.Back)
		}
	case Belong:
		if !strings.HasSuffix(right, c.Path[len(c.Path)-1]) || q.Subject != c.Leaf {
			t.Fatalf("%q is said to belong to %q, want %v", q.Subject, right, c.Path)
		}
	case Complete:
		for _, g := range q.Given {
			if keys[key(g)] {
				t.Fatalf("%q is given and to choose", g)
			}
		}
	}
}

// small is a map with three groups in two sections.
func small() []Card {
	var cards []Card
	add := func(path []string, leaf, front, back string) {
		cards = append(cards, Card{Key: int64(len(cards) + 1), Deck: "d", Path: path, Leaf: leaf, Level: deck.Beginner, Front: front, Back: back})
	}
	fruit, nut, tool := []string{"厨房", "食材", "水果"}, []string{"厨房", "食材", "坚果"}, []string{"厨房", "器具", "刀具"}
	add(fruit, "苹果", "苹果是什么颜色？", "红色的")
	add(fruit, "香蕉", "香蕉是什么颜色？", "黄色的")
	add(fruit, "葡萄", "葡萄是什么颜色？", "紫色的")
	add(nut, "核桃", "核桃像什么？", "像大脑")
	add(nut, "杏仁", "举出一种坚果", "杏仁")
	add(nut, "腰果", "腰果像什么？", "像月牙")
	add(tool, "菜刀", "菜刀做什么？", "切菜用")
	add(tool, "剪刀", "剪刀做什么？", "剪东西")
	add(tool, "刨子", "刨子做什么？", "刨丝用")
	return cards
}

// ask makes questions of one form about a leaf, with a hundred seeds.
func ask(t *testing.T, pool []Card, f Form, about string) []Question {
	t.Helper()
	var out []Question
	for seed := range uint64(100) {
		m := newMaker(pool, seed)
		for i := range m.items {
			it := &m.items[i]
			if it.Leaf != about {
				continue
			}
			for _, ask := range []func(*item) (Question, bool){m.choose, m.fromTree} {
				if q, ok := ask(it); ok && q.Form == f {
					out = append(out, q)
				}
			}
		}
	}
	return out
}

func texts(options []Option) []string {
	var out []string
	for _, o := range options {
		out = append(out, o.Text)
	}
	return out
}

func TestTreeQuestions(t *testing.T) {
	pool := small()
	for _, f := range []Form{Belong, Odd, Complete} {
		if len(ask(t, pool, f, "苹果")) == 0 {
			t.Errorf("no question of form %d", f)
		}
	}
	for _, q := range ask(t, pool, Belong, "苹果") {
		want := []string{"器具 › 刀具", "食材 › 坚果", "食材 › 水果"}
		if got := texts(q.Options); !cmp.Equal(slices.Sorted(slices.Values(got)), want) || got[q.Right] != "食材 › 水果" {
			t.Errorf("belong: got %v, right %q, want %v", got, got[q.Right], want)
		}
	}
	for _, q := range ask(t, pool, Odd, "苹果") {
		for i, o := range q.Options {
			inside := slices.Contains([]string{"苹果", "香蕉", "葡萄"}, o.Text)
			if inside == (i == q.Right) {
				t.Errorf("odd: %q is right %v", o.Text, i == q.Right)
			}
		}
	}
	for _, q := range ask(t, pool, Complete, "苹果") {
		if diff := cmp.Diff([]string{"香蕉", "葡萄"}, q.Given); diff != "" || q.Options[q.Right].Text != "苹果" {
			t.Errorf("complete: got right %q, given (-want +got):\n%s", q.Options[q.Right].Text, diff)
		}
	}
}

// TestSectionThatGivesItselfAway asks no leaf for its section whose name it has.
func TestSectionThatGivesItselfAway(t *testing.T) {
	pool := small()
	if got := ask(t, pool, Belong, "菜刀"); len(got) == 0 {
		t.Error("a leaf that does not name its section is never asked for it")
	}
	pool[6].Leaf = "切菜的刀具"
	if got := ask(t, pool, Belong, "切菜的刀具"); len(got) != 0 {
		t.Errorf("%q is asked for %q", got[0].Subject, got[0].Options[got[0].Right].Text)
	}
}

// TestBorrowedOptions takes wrong options from the nearest place, and none that
// is right as well.
func TestBorrowedOptions(t *testing.T) {
	pool := small()
	for _, q := range ask(t, pool, Choose, "苹果") {
		for _, o := range texts(q.Options) {
			if !slices.Contains([]string{"红色的", "黄色的", "紫色的", "像大脑", "像月牙", "杏仁"}, o) {
				t.Errorf("got option %q from far away", o)
			}
		}
	}
	for _, q := range ask(t, pool, Choose, "杏仁") {
		for _, o := range texts(q.Options) {
			if o == "像大脑" || o == "像月牙" {
				t.Errorf("got %q, which is in the section that the question names", o)
			}
		}
	}
	pool[1].Back, pool[2].Back = "深红色的", "红色的。"
	for _, q := range ask(t, pool, Choose, "苹果") {
		for i, o := range texts(q.Options) {
			if i != q.Right && strings.Contains(o, "红") {
				t.Errorf("got option %q beside 红色的", o)
			}
		}
	}
}

func TestOwnChoices(t *testing.T) {
	pool := small()
	pool[0].Choices = []deck.Option{{Text: "绿色的", Why: "那是青苹果"}, {Text: "红色的！"}, {Text: "蓝色的"}, {Text: "赤色的"}}
	pool[0].Accept = []string{"赤色的"}
	for _, q := range ask(t, pool, Choose, "苹果") {
		got := slices.Sorted(slices.Values(texts(q.Options)))
		if diff := cmp.Diff([]string{"红色的", "绿色的", "蓝色的"}, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		if i := slices.Index(texts(q.Options), "绿色的"); q.Options[i].Why != "那是青苹果" {
			t.Errorf("the reason is lost: %v", q.Options)
		}
	}
}

func TestMixedIsEven(t *testing.T) {
	var pool []Card
	for i := range 40 {
		section := string(rune('甲' + i/4))
		c := Card{
			Key: int64(i + 1), Deck: "d", Path: []string{"章", section}, Leaf: fmt.Sprintf("叶%c%c", 'a'+i/4, 'a'+i),
			Front: fmt.Sprintf("问题%d", i), Back: fmt.Sprintf("答案%c", 'a'+i), Kind: []deck.Kind{deck.Basic, deck.Typed, deck.Basic, deck.Cloze}[i%4],
			Choices: []deck.Option{{Text: "错一"}, {Text: "错二"}, {Text: "错三"}},
		}
		pool = append(pool, c)
	}
	for seed := range uint64(20) {
		sorts := make(map[string]int)
		for _, q := range Make(pool, func(*Card) bool { return true }, Settings{Count: 20, Seed: seed}) {
			sorts[[]string{"choose", "write", "fill in", "tree", "tree", "tree"}[q.Form]]++
		}
		if diff := cmp.Diff(map[string]int{"choose": 5, "write": 5, "fill in": 5, "tree": 5}, sorts); diff != "" {
			t.Errorf("seed %d (-want +got):\n%s", seed, diff)
		}
	}
}

func TestParseKind(t *testing.T) {
	for k := Mixed; k < Facts; k++ {
		if got, err := ParseKind(k.String()); got != k || err != nil {
			t.Errorf("%v: got %v, %v", k, got, err)
		}
	}
	for _, word := range []string{"", "facts", "multiple"} {
		if _, err := ParseKind(word); err == nil {
			t.Errorf("%q is a kind", word)
		}
	}
}
