package filter

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"注意力", "注意力"},
		{"  注意力　机制 ", "注意力 机制"},
		{`"自注意力 机制"`, `"自注意力 机制"`},
		{"“自注意力”", "自注意力"},
		{`"is:due"`, `"is:due"`},
		{"is：due", "is:due"},
		{"是：到期 章节：注意力 级别：初学者", "is:due section:注意力 level:beginner"},
		{"到期<7 易度＜2", "due<7 ease<2.00"},
		{"定义：语言", "定义：语言"},
		{"is:young is:mature is:flagged is:archived", "is:young is:mature is:flagged is:archived"},
		{"IS:Due", "is:due"},
		{"-tag:易 is:new", "-tag:易 is:new"},
		{"a OR b c", "a or (b c)"},
		{"（a or b）c", "(a or b) c"},
		{"((a b)) c", "a b c"},
		{"-(a or b)", "-(a or b)"},
		{"--a", "--a"},
		{"due<7 due>=0", "due<7 due>=0"},
		{"due:0", "due=0"},
		{"due>-3", "due>-3"},
		{"ease<2", "ease<2.00"},
		{"ease>=2.35", "ease>=2.35"},
		{"interval＞＝21", "interval>=21"},
		{"lapses>3 flag:07", "lapses>3 flag:7"},
		{`section:"训练 过程"`, `section:"训练 过程"`},
		{`section:训练过程`, `section:训练过程`},
		{"kind:cloze level:advanced", "kind:cloze level:advanced"},
		{"id:a~1 deck:llm", "id:a~1 deck:llm"},
		{"GPT-4", "GPT-4"},
		{`"or"`, `"or"`},
		{`"a\"b\\"`, `"a\"b\\"`},
		{":a", ":a"},
	} {
		t.Run(c.in, func(t *testing.T) {
			e, err := Parse(c.in)
			if err != nil {
				t.Fatal(err)
			}
			if got := e.String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestParseTree(t *testing.T) {
	got, err := Parse(`-机器 ease<1.5 or "深度 学习"`)
	if err != nil {
		t.Fatal(err)
	}
	want := &Expr{Op: Or, Args: []*Expr{
		{Op: And, Args: []*Expr{
			{Op: Not, Args: []*Expr{{Value: "机器"}}},
			{Key: "ease", Cmp: "<", Value: "1.50", Number: 150},
		}},
		{Value: "深度 学习"},
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestParseMistakes(t *testing.T) {
	for _, c := range []struct {
		in     string
		column int
		want   string
	}{
		{"", 1, "a condition is missing"},
		{"注意力 or", 7, "a condition is missing"},
		{"or a", 1, "a condition is missing"},
		{"()", 2, "a condition is missing"},
		{"注意 is:deu", 7, "did you mean is:due?"},
		{"is:完成", 4, "it is one of due, new"},
		{"taag:易", 1, "did you mean tag:?"},
		{"due:", 5, "such as due<7"},
		{"new:1", 1, "did you mean is:new?"},
		{"http://x", 1, `"http://x" finds the text itself`},
		{"ease<低", 6, "such as ease<2"},
		{"ease<-1", 6, "is not a number from 0 to 100"},
		{"lapses>1.5", 8, "takes a whole number"},
		{"due<99999999", 5, "takes a whole number"},
		{"flag:8", 6, "is not 0 to 7"},
		{"deck<a", 1, "write deck:"},
		{"level:hard", 7, "it is one of beginner"},
		{"(a", 1, "never closed"},
		{"a)", 2, "never opened"},
		{`注 "a`, 3, "never closed"},
		{`""`, 1, "nothing stands between"},
		{"a - b", 3, "nothing stands behind -"},
		{strings.Repeat("(", 60) + "a", 52, "nested more than 50 deep"},
		{strings.Repeat("a ", 101), 201, "more than 100 conditions"},
		{"a\xff", 1, "not valid UTF-8"},
	} {
		t.Run(c.in, func(t *testing.T) {
			_, err := Parse(c.in)
			var wrong *Error
			if !errors.As(err, &wrong) {
				t.Fatalf("got %v, want an *Error", err)
			}
			if wrong.Column != c.column || !strings.Contains(wrong.Message+"; "+wrong.Hint, c.want) {
				t.Errorf("got %v (%s), want column %d: ... %s", err, wrong.Hint, c.column, c.want)
			}
		})
	}
}

func TestIsQuery(t *testing.T) {
	for text, want := range map[string]bool{
		"注意力": false, "card-1": false, "is:due": true, "-a": true, "a or b": true, "or": false, "ease<2": true,
		"“注意”": true, "(a)": true, "http://x": false, "-is:due": true, "标签：易": true, "tag：易": true, "定义：易": false, "sectoin:x": true, "GPT: a": false,
	} {
		if got := IsQuery(text); got != want {
			t.Errorf("%s: got %v, want %v", text, got, want)
		}
	}
}

func TestSought(t *testing.T) {
	e, err := Parse("注意力 -机制 (is:new or “自 回归”)")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"注意力", "自 回归"}, e.Sought()); d != "" {
		t.Error(d)
	}
	if n := len(e.Terms("")); n != 3 {
		t.Errorf("%d terms of text, want 3", n)
	}
}

// TestStringParsesBack makes filters of all sorts and reads them back.
func TestStringParsesBack(t *testing.T) {
	term := rapid.OneOf(
		rapid.StringMatching(`[a-z注意力][a-z0-9注意力-]{0,5}`).Filter(func(s string) bool { return s != "or" }),
		rapid.Map(rapid.StringMatching(`[a-z "\\()注意：<]{1,8}`), quote),
		rapid.SampledFrom([]string{"is:due", "级别：中级", "due<-3", "ease>=1.3", "flag:3", "tag:\"很 难\"", "id:x", "kind:list", "level:beginner"}),
	)
	property.Check(t, func(t *rapid.T) {
		var make func(depth int) string
		make = func(depth int) string {
			if depth == 0 {
				return term.Draw(t, "term")
			}
			a, b := make(depth-1), make(depth-1)
			return rapid.SampledFrom([]string{a + " " + b, a + " or " + b, "-(" + a + ")", "-" + term.Draw(t, "not"), "(" + a + ") " + b}).Draw(t, "shape")
		}
		first, err := Parse(make(rapid.IntRange(0, 3).Draw(t, "depth")))
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse(first.String())
		if err != nil {
			t.Fatalf("%s: %v", first, err)
		}
		if d := cmp.Diff(first, again); d != "" {
			t.Fatalf("%s: %s", first, d)
		}
	})
}

func FuzzFilter(f *testing.F) {
	for _, seed := range []string{"注意力 is:due -tag:易 (ease<2 or lapses>3)", `section:"训练 \"过程"`, "“a”（b or c）--d", "due：0", "-", "a:\"\"", "id:\\"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		first, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(first.String())
		if err != nil {
			t.Fatalf("%q became %q: %v", text, first, err)
		}
		if !reflect.DeepEqual(first, again) { // cmp takes exponential time for what is deeply nested
			t.Fatalf("%q became %q, which became %q", text, first, again)
		}
	})
}
