package term

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"
)

// page composes s and returns the text of its rows.
func page(t *testing.T, s *scene, width, height int) string {
	t.Helper()
	s.words = Chinese()
	p := s.compose(width, height)
	if len(p.rows) != height {
		t.Errorf("rows: got %d, want %d", len(p.rows), height)
	}
	var rows []string
	for _, r := range p.rows {
		if r.width() > max(width-1, minWidth) {
			t.Errorf("%q takes %d of %d columns", r, r.width(), width)
		}
		rows = append(rows, strings.TrimRight(r.String(), " "))
	}
	return strings.Join(rows, "\n")
}

func gradeScene() *scene {
	s := &scene{total: 4, view: View{
		Status: []string{"复习 · LLM › 工作原理 › Transformer架构", "12/80", "新5 学2 复18"},
		Body: []Block{
			{Question, "Transformer 为什么需要 **Positional Encoding**？"}, {Kind: Rule},
			{AnswerText, "自注意力本身不区分词的先后。\n1. 正弦\n2. 可学习的，长度因此有上限"}, {Note, "用 `RoPE` 的很多。"},
		},
		Keys: []Key{{'u', "undo", "撤销"}, {'s', "skip", "跳过"}, {'q', "quit", "退出"}},
	}}
	s.panel.label = "记得怎样？"
	for i, it := range []Item{{"重来", "<1天"}, {"困难", ""}, {"良好", "6天"}, {"简单", ""}} {
		s.panel.items = append(s.panel.items, choice{i, it.Label, it.Detail, i == 2})
	}
	return s
}

func TestCompose(t *testing.T) {
	tests := []struct {
		width, height int
		want          string
	}{
		{60, 16, `
…习 · LLM › 工作原理 › Transformer架构  12/80  新5 学2 复18
Transformer 为什么需要 Positional Encoding？
───────────────────────────────────────────────────────────
自注意力本身不区分词的先后。
1. 正弦
2. 可学习的，长度因此有上限
  用 RoPE 的很多。



记得怎样？
  1 重来  <1天
  2 困难
▸ 3 良好  6天
  4 简单
u 撤销  s 跳过  q 退出`},
		{20, 10, `
…sformer架构  12/80
Transformer 为什么
需要 Positional
Encoding？
───────────────────
自注意力本身不区分
词的先后。
1 重来 <1天  2 困难
▸3 良好 6天  4 简单
[6/10] PgDn  u 撤销`},
		{20, 5, `
…sformer架构  12/80
Transformer 为什么
需要 Positional
1 重来 <1天  2 困难
▸3 良好 6天  4 简单`},
		{20, 2, `
Transformer 为什么
▸3 良好 6天  4 简单`},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%dx%d", tt.width, tt.height), func(t *testing.T) {
			if diff := cmp.Diff(strings.TrimPrefix(tt.want, "\n"), page(t, gradeScene(), tt.width, tt.height)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Whatever the size, the rows fill the window, none is too wide, and the
// highlighted item can be seen.
func TestComposeAnySize(t *testing.T) {
	for h := 1; h < 40; h++ {
		for w := 5; w < 100; w++ {
			if got := page(t, gradeScene(), w, h); h > 1 && w >= 20 && strings.Count(got, "▸") != 1 {
				t.Fatalf("%dx%d:\n%s", w, h, got)
			}
		}
	}
}

// TestCompactSpacing sets the grades side by side as wide apart as their rows allow.
func TestCompactSpacing(t *testing.T) {
	p := panel{}
	for i, name := range []string{"Again", "Hard", "Good", "Easy"} {
		p.items = append(p.items, choice{i, name, "1d", i == 2})
	}
	for width, want := range map[int]string{
		60: "1 Again 1d  2 Hard 1d  ▸3 Good 1d  4 Easy 1d",
		41: "1Again 1d  2Hard 1d  ▸3Good 1d  4Easy 1d",
		38: "1Again 1d 2Hard 1d ▸3Good 1d 4Easy 1d",
		34: "1Again1d 2Hard1d ▸3Good1d 4Easy1d",
		21: "1 Again 1d  2 Hard 1d|▸3 Good 1d  4 Easy 1d",
	} {
		b, ok := p.compact(width, 4)
		var rows []string
		for _, r := range b.rows {
			rows = append(rows, r.String())
		}
		if got := strings.Join(rows, "|"); !ok || got != want {
			t.Errorf("%d columns: got %q, want %q", width, got, want)
		}
	}
}

// TestCompactNumbers keeps an option that is a number apart from its own.
func TestCompactNumbers(t *testing.T) {
	p := panel{items: []choice{{0, "50 条", "", true}, {1, "2000 条", "", false}}}
	b, ok := p.compact(18, 2)
	if got, want := b.rows[0].String(), "▸1 50 条 2 2000 条"; !ok || got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestComposeSaysWhatIsHidden cuts a list of options: the last row counts those that
// are not, or not wholly, in the window, and says which keys lead to them.
func TestComposeSaysWhatIsHidden(t *testing.T) {
	s := &scene{total: 5, view: View{Body: []Block{{Question, strings.Repeat("什么是光合作用？", 12)}}, Keys: []Key{{'q', "quit", "退出"}}}}
	for i := range 5 {
		s.panel.items = append(s.panel.items, choice{index: i, label: "在叶绿体基质（stroma）中进行，靠光反应产生的 ATP 和 NADPH 提供能量。"})
	}
	tests := []struct {
		width, height, active int
		want                  string
	}{
		{40, 15, 0, "[4/6] PgDn  ▾1 项 ↑↓  q 退出"},
		{40, 15, 4, "[4/6] PgDn  ▴1 项 ↑↓  q 退出"},
		{20, 10, 0, "[2/12] PgDn  ▾4 ↑↓"},
		{20, 10, 2, "[2/12] PgDn  ▴2 ▾2"},
		{80, 24, 2, "q 退出"},
	}
	for _, tt := range tests {
		for i := range s.panel.items {
			s.panel.items[i].active = i == tt.active
		}
		rows := strings.Split(page(t, s, tt.width, tt.height), "\n")
		if got := rows[len(rows)-1]; got != tt.want {
			t.Errorf("%dx%d, option %d: got %q, want %q in\n%s", tt.width, tt.height, tt.active+1, got, tt.want, strings.Join(rows, "\n"))
		}
	}
	uniseg.EastAsianAmbiguousWidth = 2
	defer func() { uniseg.EastAsianAmbiguousWidth = 1 }()
	if got, want := hiddenItems(1, 2), "^1 v2"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestComposeShowsTheAnswer adds an answer to a question: the question stays where
// enough of the answer can be seen below it, and can be scrolled back to elsewhere.
func TestComposeShowsTheAnswer(t *testing.T) {
	tests := []struct {
		name             string
		question, answer int // rows
		want             string
	}{
		{"all fits", 3, 2, "问"},
		{"half can be seen", 2, 12, "问"},
		{"none can be seen", 9, 12, "─"},
		{"the end is shown", 9, 2, "问"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := gradeScene()
			s.view.Body = []Block{
				{Question, strings.TrimSpace(strings.Repeat("问\n", tt.question))}, {Kind: Rule}, {AnswerText, strings.TrimSpace(strings.Repeat("答\n", tt.answer))},
			}
			s.reveal = 1
			got := page(t, s, 40, 15)
			if row := strings.Split(got, "\n")[1]; !strings.HasPrefix(row, tt.want) || !strings.Contains(got, "答") {
				t.Errorf("got the row %q, want %q first, and the answer in\n%s", row, tt.want, got)
			}
			s.reveal = 0
			s.scroll -= 20
			if got := page(t, s, 40, 15); !strings.HasPrefix(strings.Split(got, "\n")[1], "问") {
				t.Errorf("the question cannot be scrolled back to:\n%s", got)
			}
		})
	}
}

func TestStatusRow(t *testing.T) {
	s := gradeScene()
	tests := []struct {
		width  int
		notice string
		want   string
	}{
		{70, "", "复习 · LLM › 工作原理 › Transformer架构            12/80  新5 学2 复18"},
		{50, "", "…› 工作原理 › Transformer架构  12/80  新5 学2 复18"},
		{30, "", "…原理 › Transformer架构  12/80"},
		{12, "", "…sformer架构"},
		{50, "良好 · u 撤销", "良好 · u 撤销                  12/80  新5 学2 复18"},
		{10, "良好 · u 撤销", "良好 · u …"},
	}
	for _, tt := range tests {
		s.notice = tt.notice
		if got := s.statusRows(tt.width, 1)[0].String(); got != tt.want {
			t.Errorf("statusRow(%d): got %q, want %q", tt.width, got, tt.want)
		}
	}
}

// TestLongNotice wants all of a notice to be read where there is room for it.
func TestLongNotice(t *testing.T) {
	s := gradeScene()
	s.notice = "这张卡没有图片或声音"
	for _, tt := range []struct {
		width, height int
		want          string
	}{
		{40, 15, "这张卡没有图片或声音              12/80"},
		{25, 15, "这张卡没有图片或声音"},
		{16, 15, "这张卡没有图片|或声音    12/80"},
		{16, 10, "这张卡没有图片|或声音    12/80"},
		{10, 8, "这张卡没|有图片或…"},
		{16, 4, "这张卡没有图片…"},
	} {
		rows := s.compose(tt.width, tt.height).rows
		got := rows[0].String()
		for _, r := range rows[1 : strings.Count(tt.want, "|")+1] {
			got += "|" + r.String()
		}
		if got != tt.want {
			t.Errorf("%dx%d: got %q, want %q", tt.width, tt.height, got, tt.want)
		}
	}
}

func TestBodyMarkup(t *testing.T) {
	tests := []struct {
		name  string
		block Block
		width int
		want  string
	}{
		{"list", Block{Question, "- 光反应产生能量\n- 暗反应"}, 10, "- 光反应产\n  生能量\n- 暗反应"},
		{"numbers", Block{Question, "10. 光反应产生能量"}, 10, "10. 光反应\n    产生能\n    量"},
		{"code", Block{Question, "看：\n```go\nif x {\n    y()\n}\n```\n\n\n完"}, 20, "看：\n│ if x {\n│     y()\n│ }\n\n完"},
		{"long code", Block{Verbatim, "abcdefghijkl"}, 10, "│ abcdefgh\n│ ↪ ijkl"},
		{"pairs", Block{Pairs, "空格  显示答案，再按\nu   撤销"}, 16, "空格  显示答案，\n      再按\nu     撤销"},
		{"pairs with a mark at the edge", Block{Pairs, "空格  显示答案，再按"}, 14, "空格  显示答\n      案，再按"},
		{"pairs without room", Block{Pairs, "PgUp PgDn  滚动，长"}, 15, "PgUp PgDn  滚\n  动，长"},
		{"marks alone", Block{Question, "2**3 和 ` 号"}, 20, "2**3 和 ` 号"},
		{"a link", Block{Question, "见[官网](https://a.org/b)。"}, 40, "见官网 <https://a.org/b>。"},
		{"no links", Block{Question, "[a](b) [c] (https://a.org)"}, 40, "[a](b) [c] (https://a.org)"},
		{"note", Block{Note, "甲乙丙丁"}, 8, "  甲乙丙\n  丁"},
		{"source", Block{Source, "论文"}, 20, "— 论文"},
		{"rule", Block{Kind: Rule}, 5, "─────"},
		{"empty", Block{}, 5, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var rows []string
			for _, r := range tt.block.render(tt.width) {
				rows = append(rows, r.String())
			}
			if diff := cmp.Diff(tt.want, strings.Join(rows, "\n")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestColour(t *testing.T) {
	l := wrapSpans(inline("a **b `c`** d", answer), 20, 0)[0]
	if got, want := l.render(true), "\x1b[32ma \x1b[0m\x1b[1;32mb \x1b[0m\x1b[1;32;33mc\x1b[0m\x1b[32m d\x1b[0m"; got != want {
		t.Errorf("with colour: got %q, want %q", got, want)
	}
	if got, want := l.render(false), "a \x1b[1mb \x1b[0m\x1b[1mc\x1b[0m d"; got != want {
		t.Errorf("without: got %q, want %q", got, want)
	}
}

func TestScreenSendsWhatChanged(t *testing.T) {
	var out strings.Builder
	s := screen{out: &out}
	draw := func(rows ...string) string {
		out.Reset()
		p := picture{}
		for _, r := range rows {
			p.rows = append(p.rows, line{{r, 0}})
		}
		if err := s.draw(p); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	draw("a", "b")
	if got := draw("a", "b"); got != "" {
		t.Errorf("nothing changed: got %q", got)
	}
	if got, want := draw("a", "c"), beginUpdate+"\x1b[2;1Hc"+clearRest+endUpdate; got != want {
		t.Errorf("one row changed: got %q, want %q", got, want)
	}
	s.forget()
	if got := draw("a", "c"); !strings.Contains(got, clearScreen) || !strings.Contains(got, "\x1b[1;1Ha") {
		t.Errorf("all rows: got %q", got)
	}
}

func BenchmarkCompose(b *testing.B) {
	s := gradeScene()
	s.words = Chinese()
	for b.Loop() {
		s.compose(80, 24)
	}
}

func TestComposeClock(t *testing.T) {
	s := gradeScene()
	s.view.Clock = func() (string, bool) { return "剩 1:05", false }
	for width, want := range map[int]string{60: "…› 工作原理 › Transformer架构  剩 1:05  12/80  新5 学2 复18", 20: "…ormer架构  剩 1:05"} {
		if got, _, _ := strings.Cut(page(t, s, width, 16), "\n"); got != want {
			t.Errorf("%d columns: got %q, want %q", width, got, want)
		}
	}
}

func TestDifferenceStandsOut(t *testing.T) {
	got := Block{Difference, "自{+注意+}力[-机-]。"}.render(40)
	want := []line{{{"自", 0}, {"{+注意+}", answer | bold}, {"力", 0}, {"[-机-]", mistake | bold}, {"。", 0}}}
	if diff := cmp.Diff(fmt.Sprint(want), fmt.Sprint(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	rows := Block{Right, "✓ 自注意力不区分词的先后"}.render(14)
	if len(rows) < 2 || rows[1].String()[:2] != "  " {
		t.Errorf("the text does not hang below itself: %v", rows)
	}
}
