package deck

import (
	"strings"
	"testing"
)

func TestLint(t *testing.T) {
	choices := func(texts ...string) []Option {
		var out []Option
		for _, s := range texts {
			out = append(out, Option{Text: s})
		}
		return out
	}
	tests := []struct {
		name  string
		entry Entry
		want  string // part of the only message; "" for none
	}{
		{"good", Entry{Front: "法国的首都是哪里？", Back: "巴黎", Choices: choices("里昂", "马赛", "里尔")}, ""},
		{"answer in the question", Entry{Front: "光合作用发生在叶绿体的哪里？", Back: "叶绿体。"}, "the answer stands in the question"},
		{"short answer by chance", Entry{Front: "GPT 的 T 是什么的缩写？", Back: "T"}, ""},
		{"long answer", Entry{Front: "f", Back: strings.Repeat("长", longBack+1)}, "back has 241 letters"},
		{"long list", Entry{Kind: List, Front: "f", Back: "1\n2\n3\n4\n5\n6\n7"}, "list has 7 elements"},
		{"bracket", Entry{Front: "f（x", Back: "b"}, "front has 1 opening and 0 closing"},
		{"brackets of two widths", Entry{Front: "f（x)", Back: "b"}, "one width and closes it in another: （x)"},
		{"bracket in code", Entry{Front: "`f(` 是什么？", Back: "b"}, ""},
		{"half-width comma", Entry{Front: "先编码,再解码？", Back: "b"}, "half-width ',' after Chinese text: 先编码,再解"},
		{"half-width mark after Latin", Entry{Front: "用 BERT, GPT 做什么？", Back: "b"}, ""},
		{"half-width colon in a choice", Entry{Front: "f", Back: "b", Choices: choices("甲:乙", "c", "d")}, "choices has a half-width ':'"},
		{"hint of a blank", Entry{Kind: Cloze, Front: "首都是{{巴黎::城市}}。"}, ""},
		{"choice is the answer", Entry{Front: "f", Back: "Paris", Choices: choices("PARIS.")}, "is the right answer"},
		{"choice twice", Entry{Front: "f", Back: "a", Choices: choices("b", "b")}, "stands there twice"},
		{"length gives it away", Entry{Front: "f", Back: "an answer of many words", Choices: choices("no", "yes")}, "more than twice as long"},
		{"blank without cloze", Entry{Front: "f {{x}}", Back: "b"}, "no cloze"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Deck{Title: "t", Leaves: []Leaf{{Entries: []Entry{tt.entry}}}}
			got := d.Lint()
			switch {
			case tt.want == "" && len(got) > 0:
				t.Errorf("got %q, want nothing", got[0].Message)
			case tt.want != "" && (len(got) != 1 || !strings.Contains(got[0].Message, tt.want)):
				t.Errorf("got %v, want only %q", got, tt.want)
			}
		})
	}
}

// TestLintShortens has long choices, and brackets with a long text between them.
func TestLintShortens(t *testing.T) {
	long := strings.Repeat("长", 20_000)
	e := Entry{Kind: Choice, Front: "f", Back: long, Choices: []Option{{Text: long}, {Text: long + "x"}, {Text: long + "x"}}, Note: "（" + long + ")"}
	problems := (&Deck{Title: "T", Leaves: []Leaf{{Entries: []Entry{e}}}}).Lint()
	if len(problems) < 3 {
		t.Errorf("got %d warnings, want 3", len(problems))
	}
	for _, p := range problems {
		if len(p.Message) > 1000 {
			t.Errorf("got a message of %d bytes: %.100s", len(p.Message), p.Message)
		}
	}
}

func TestLintSameQuestion(t *testing.T) {
	d := Deck{Title: "t", Leaves: []Leaf{{Entries: []Entry{
		{Front: "Why?", Back: "a", Pos: Pos{Line: 3}}, {Front: "why ?", Back: "b", Pos: Pos{Line: 9}},
	}}}}
	got := d.Lint()
	if len(got) != 1 || got[0].Pos.Line != 9 || got[0].Message != "the same question stands on line 3" {
		t.Errorf("got %+v", got)
	}
}

func TestLintNearlySameQuestion(t *testing.T) {
	section := []string{"欧洲"}
	first := Entry{Front: "在西欧各国中，法国的首都是哪一座城市？", Back: "巴黎", Pos: Pos{Line: 3}}
	tests := []struct {
		name  string
		leaf  Leaf
		wrong bool
	}{
		{"same section and answer", Leaf{Path: section, Entries: []Entry{{Front: "在西欧各国中，法国的首都是哪座城市？", Back: "巴黎。", Pos: Pos{Line: 9}}}}, true},
		{"another answer", Leaf{Path: section, Entries: []Entry{{Front: "在西欧各国中，英国的首都是哪一座城市？", Back: "伦敦", Pos: Pos{Line: 9}}}}, false},
		{"another section", Leaf{Path: []string{"法语"}, Entries: []Entry{{Front: "在西欧各国中，法国的首都是哪座城市？", Back: "巴黎", Pos: Pos{Line: 9}}}}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Deck{Title: "t", Leaves: []Leaf{{Path: section, Entries: []Entry{first}}, tt.leaf}}
			got := d.Lint()
			if tt.wrong && (len(got) != 1 || got[0].Pos.Line != 9 || got[0].Message != "nearly the same question stands on line 3") || !tt.wrong && len(got) > 0 {
				t.Errorf("got %+v, want it reported: %v", got, tt.wrong)
			}
		})
	}
}

func TestLintMissingSource(t *testing.T) {
	with, without := Entry{Front: "甲？", Back: "a", Source: "s"}, Entry{Front: "乙？", Back: "b", Pos: Pos{Line: 7}}
	other := without
	other.Front = "丙？"
	tests := []struct {
		name    string
		entries []Entry
		want    int
	}{
		{"half have one", []Entry{with, without}, 1},
		{"most have none", []Entry{with, without, other}, 0},
		{"nobody has one", []Entry{without, other}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Deck{Title: "t", Leaves: []Leaf{{Entries: tt.entries}}}
			if got := d.Lint(); len(got) != tt.want {
				t.Errorf("got %+v, want %d problems", got, tt.want)
			}
		})
	}
}
