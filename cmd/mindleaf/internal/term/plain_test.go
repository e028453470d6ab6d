package term

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func TestPlain(t *testing.T) {
	question := []Block{{Question, "什么是\x1b[31m KV cache？"}}
	revealed := append(question[:1:1], Block{Kind: Rule}, Block{AnswerText, "缓存。"})
	keys := []Key{{'u', "undo", "撤销"}, {'q', "quit", "退出"}}
	v := View{Status: []string{"复习", "1/6"}, Body: question, Keys: keys}

	var out strings.Builder
	p := NewPlain(strings.NewReader("\n9\n３\nU\n\n"), &out, Chinese())
	p.Notice("欢迎")
	var got []Outcome
	step := func(o Outcome, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, o)
	}
	step(p.WaitKey(v, "按回车显示答案"))
	v.Body = revealed
	items := []Item{{"重来", "<1天"}, {"困难", ""}, {"良好", "6天"}, {"简单", ""}}
	step(p.Choose(v, "记得怎样？", items, 2))
	step(p.Choose(v, "记得怎样？", items, 2))
	step(p.Choose(v, "记得怎样？", items, 2))
	step(p.WaitKey(v, "继续"))

	want := []Outcome{{Kind: Answer}, {Kind: Answer, Index: 2}, {Kind: Command, Command: "undo"}, {Kind: Answer, Index: 2}, {Kind: EOF}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes: (-want +got)\n%s", diff)
	}
	const begin = `欢迎

复习  1/6
什么是 KV cache？
u 撤销  q 退出
按回车显示答案 
缓存。
记得怎样？
1 重来  <1天
2 困难
3 良好  6天
4 简单
u 撤销  q 退出
编号（1-4） [3] 没有看懂
u 撤销  q 退出
编号（1-4） [3] 
复习  1/6
`
	if !strings.HasPrefix(out.String(), begin) {
		t.Errorf("output: (-want +got)\n%s", cmp.Diff(begin, out.String()))
	}
}

func TestPlainAsk(t *testing.T) {
	notEmpty := func(s string) error {
		if s == "" {
			return errors.New("请写一点什么")
		}
		return nil
	}
	tests := []struct {
		name, in, initial string
		want              Outcome
	}{
		{"text", "u\n", "", Outcome{Kind: Answer, Text: "u"}},
		{"refused", "\n \n好\n", "", Outcome{Kind: Answer, Text: "好"}},
		{"initial", "\n", "旧", Outcome{Kind: Answer, Text: "旧"}},
		{"without a line end", "好", "", Outcome{Kind: Answer, Text: "好"}},
		{"escapes", "a\x1b[Ab\x07\n", "", Outcome{Kind: Answer, Text: "ab"}},
		{"end", "", "旧", Outcome{Kind: EOF}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			got, err := NewPlain(strings.NewReader(tt.in), &out, English()).Ask(View{}, "answer", tt.initial, notEmpty)
			if err != nil || got != tt.want {
				t.Errorf("got %+v, %v, want %+v", got, err, tt.want)
			}
		})
	}
}

// TestPlainAskLeadsToKeys leaves a text by an empty line, for keys that are given
// again when a line is not understood, below a card that is not.
func TestPlainAskLeadsToKeys(t *testing.T) {
	v := View{Status: []string{"复习"}, Body: []Block{{Question, "法语的狗？"}}, Keys: []Key{{'q', "quit", "退出"}}}
	var out strings.Builder
	p := NewPlain(strings.NewReader("\nwhat\nq\nq\n"), &out, Chinese())
	var got []Outcome
	note := func(o Outcome, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, o)
	}
	note(p.Ask(v, "答案", "", nil))
	note(p.WaitKey(v, "按回车显示答案"))
	note(p.Ask(v, "答案", "", nil))
	want := []Outcome{{Kind: Back}, {Kind: Command, Command: "quit"}, {Kind: Answer, Text: "q"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes: (-want +got)\n%s", diff)
	}
	const page = `
复习
法语的狗？
空行可以看到按键。
答案 q 退出
按回车显示答案 没有看懂
q 退出
按回车显示答案 
复习
法语的狗？
空行可以看到按键。
答案 `
	if diff := cmp.Diff(page, out.String()); diff != "" {
		t.Errorf("output: (-want +got)\n%s", diff)
	}
}

func TestPlainEnds(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want OutcomeKind
	}{{io.EOF, EOF}, {context.Canceled, Interrupt}} {
		p := NewPlain(iotest.ErrReader(tt.err), io.Discard, Words{})
		got, err := p.WaitKey(View{}, "go on")
		if err != nil || got.Kind != tt.want {
			t.Errorf("%v: got %v, %v, want %v", tt.err, got, err, tt.want)
		}
	}
	broken := errors.New("broken")
	if _, err := NewPlain(iotest.ErrReader(broken), io.Discard, Words{}).WaitKey(View{}, "go on"); !errors.Is(err, broken) {
		t.Errorf("got %v, want what reading failed with", err)
	}
}

func TestPlainConfirm(t *testing.T) {
	tests := []struct {
		in          string
		destructive bool
		yes         bool
		kind        OutcomeKind
	}{
		{"y\n", true, true, Answer},
		{"是\n", true, true, Answer},
		{"N\n", false, false, Answer},
		{"\n", true, false, Answer},
		{"\n", false, true, Answer},
		{"maybe\nYes\ny\n", true, true, Answer},
		{"", false, false, EOF},
	}
	for _, tt := range tests {
		var out strings.Builder
		yes, o, err := NewPlain(strings.NewReader(tt.in), &out, Chinese()).Confirm(View{}, "删除？", tt.destructive)
		if yes != tt.yes || o.Kind != tt.kind || err != nil {
			t.Errorf("%q, %v: got %v, %v, %v", tt.in, tt.destructive, yes, o, err)
		}
	}
}

func TestScript(t *testing.T) {
	keys := []Key{{'u', "undo", "撤销"}}
	items := []Item{{Label: "a"}, {Label: "b"}}
	var s Prompter = NewScript("", "2", "u", "undo", "text", "y", StepBack, StepInterrupt, "9")
	v := View{Keys: keys}
	var got []Outcome
	note := func(o Outcome, _ error) { got = append(got, o) }
	note(s.WaitKey(v, "go"))
	s.Notice("note")
	note(s.Choose(v, "which", items, 0))
	note(s.Choose(v, "which", items, 0))
	note(s.WaitKey(v, "go"))
	note(s.Ask(v, "text", "", nil))
	yes, o, err := s.Confirm(v, "sure", true)
	note(o, err)
	note(s.WaitKey(v, "go"))
	note(s.WaitKey(v, "go"))
	if _, err := s.Choose(v, "which", items, 0); err == nil {
		t.Error("a step that is no answer: no error")
	}
	note(s.WaitKey(v, "go"))
	want := []Outcome{
		{Kind: Answer}, {Kind: Answer, Index: 1}, {Kind: Command, Command: "undo"}, {Kind: Command, Command: "undo"},
		{Kind: Answer, Text: "text"}, {Kind: Answer}, {Kind: Back}, {Kind: Interrupt}, {Kind: EOF},
	}
	if diff := cmp.Diff(want, got); diff != "" || !yes {
		t.Errorf("yes %v; outcomes: (-want +got)\n%s", yes, diff)
	}
	shown := s.(*Script).Shown
	if len(shown) != 10 || shown[1].Notice != "note" || shown[2].Notice != "" || shown[1].Label != "which" {
		t.Errorf("shown: got %+v", shown)
	}
}

func TestPrompters(t *testing.T) {
	for _, p := range []Prompter{typing(), NewPlain(strings.NewReader(""), &strings.Builder{}, Words{}), NewScript()} {
		ran := false
		if _, ok := p.(*Console); !ok {
			if err := p.Suspend(func() error { ran = true; return nil }); err != nil || !ran {
				t.Errorf("%T.Suspend: %v, ran %v", p, err, ran)
			}
			if err := p.Close(); err != nil {
				t.Errorf("%T.Close: %v", p, err)
			}
		}
		if _, plain := p.(*Plain); p.Interactive() == plain {
			t.Errorf("%T.Interactive: got %v", p, p.Interactive())
		}
	}
}

func TestPlainFromZero(t *testing.T) {
	var out strings.Builder
	p := NewPlain(strings.NewReader("6\n0\n\n5\n"), &out, English())
	items := make([]Item, 6)
	for i, want := range []int{0, 4, 5} {
		o, err := p.Choose(View{FromZero: true}, "q", items, 4)
		if err != nil || o.Kind != Answer || o.Index != want {
			t.Errorf("choice %d: got %+v, %v, want %d", i, o, err, want)
		}
	}
	if !strings.Contains(out.String(), "Number (0-5) [4] not understood") {
		t.Errorf("got %q", out.String())
	}
}

// TestClockLineByLine answers once in time, once too late and not any more. Line
// by line a prompt looks at the clock to show it, before and after it reads.
func TestClockLineByLine(t *testing.T) {
	for _, tt := range []struct {
		name     string
		prompter Prompter
		inTime   int // looks at the clock
	}{
		{"plain", NewPlain(strings.NewReader("2\n1\n1\n"), &strings.Builder{}, English()), 5},
		{"script", NewScript("2", "1", "1"), 1},
	} {
		looks := 0
		v := View{Status: []string{"exam"}, Clock: func() (string, bool) {
			looks++
			return "left", looks > tt.inTime
		}}
		var got []OutcomeKind
		for range 3 {
			o, err := tt.prompter.Choose(v, "", []Item{{Label: "a"}, {Label: "b"}}, 0)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, o.Kind)
		}
		if diff := cmp.Diff([]OutcomeKind{Answer, Expired, Expired}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
