package markdown

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/property"
	"pgregory.net/rapid"
)

// shown writes what was read one card a line, for comparing.
func shown(d *deck.Deck) string {
	var b strings.Builder
	for _, l := range d.Leaves {
		for _, e := range l.Entries {
			fmt.Fprintf(&b, "%v %q %q", e.Kind, e.Front, e.Back)
			for _, s := range []struct{ name, value string }{
				{"note", e.Note}, {"path", strings.Join(l.Path, "/")}, {"leaf", l.Text}, {"level", l.Level.String()}, {"tags", strings.Join(e.Tags, ",")},
			} {
				if s.value != "" {
					fmt.Fprintf(&b, " %s=%q", s.name, s.value)
				}
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func TestRead(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"question and answer", "Q: 什么是注意力？\nA: 加权求和\n\nQ: b\nA: c\n", "basic \"什么是注意力？\" \"加权求和\"\nbasic \"b\" \"c\"\n"},
		{"over several lines", "Q: 一\n二\n\nA: 三\n\n四\n\n---\nQ: x\nA: y\n", "basic \"一\\n二\" \"三\\n\\n四\"\nbasic \"x\" \"y\"\n"},
		{"Chinese marks and colons", "问：甲\n答：乙\nQ：丙\nA：丁\n", "basic \"甲\" \"乙\"\nbasic \"丙\" \"丁\"\n"},
		{"code in an answer", "Q: a\nA: b\n```go\n# no heading\nQ: no card\nx::y\n```\n", "basic \"a\" \"b\\n```go\\n# no heading\\nQ: no card\\nx::y\\n```\"\n"},
		{"cloze in brackets", "C: [巴黎]是[法国]的首都\n", "cloze \"{{巴黎}}是{{法国}}的首都\" \"\"\n"},
		{"cloze beside links and escapes", `C: ![p](a.png) [x](u) \[no\] [^1] [yes [a]]` + "\n", "cloze \"![p](a.png) [x](u) [no] [^1] {{yes [a]}}\" \"\"\n"},
		{"cloze beside a link to another note", "C: [细胞]见[[笔记|别名]]\n", "cloze \"{{细胞}}见[[笔记|别名]]\" \"\"\n"},
		{"cloze with braces, hint and back", "C: {{巴黎::城市}} x\nA: 后面\n", "cloze \"{{巴黎::城市}} x\" \"后面\"\n"},
		{"one-liners", "光合作用::把光能变成化学能\n- Paris ::: Frankreich\n1. [ ] a :: b::c\n", "basic \"光合作用\" \"把光能变成化学能\"\nreversed \"Paris\" \"Frankreich\"\nbasic \"a\" \"b::c\"\n"},
		{"colons in code", "`std::vector` 是什么::容器\n", "basic \"`std::vector` 是什么\" \"容器\"\n"},
		{"several lines with ? and ??", "一\n二\n?\n三\n四\n\nx\n??\ny\n", "basic \"一\\n二\" \"三\\n四\"\nreversed \"x\" \"y\"\n"},
		{"highlighted cloze", "==巴黎==是==法国==的首都\n", "cloze \"{{巴黎}}是{{法国}}的首都\" \"\"\n"},
		{"highlighted cloze in a list item", "- 模型 a == b ==c==\n", "cloze \"模型 a == b {{c}}\" \"\"\n"},
		{"headings", "# 书\n\n## 章\n\na::1\n\n### 节\n\nb::2\n\n## 章二\n\nc::3\n", "basic \"a\" \"1\" path=\"章\"\nbasic \"b\" \"2\" path=\"章/节\"\nbasic \"c\" \"3\" path=\"章二\"\n"},
		{"two headings of the first level", "# 甲\na::1\n# 乙\nb::2\n", "basic \"a\" \"1\" path=\"甲\"\nbasic \"b\" \"2\" path=\"乙\"\n"},
		{"a one-liner after a card", "Q: a\nA: b\n\nc::d\n", "basic \"a\" \"b\"\nbasic \"c\" \"d\"\n"},
		{"a note", "Q: a\nA: b\n\n> 注一\n> 注二\n", "basic \"a\" \"b\" note=\"注一\\n注二\"\n"},
		{"a quote that is the answer", "Q: a\nA:\n> b\n", "basic \"a\" \"> b\"\n"},
		{"byte order mark and CRLF", "\uFEFFQ: a\r\nA: b\r\n", "basic \"a\" \"b\"\n"},
		{"tags on a line of their own", "#flashcards #生物\na::b\n", "basic \"a\" \"b\"\n"},
		{"a one-liner that begins like a tag", "#define::宏\n", "basic \"#define\" \"宏\"\n"},
		{"a card with all that has no mark", `<!--mindleaf {"id":"x","kind":"list","level":"advanced","leaf":"叶","tags":["t"]}-->` + "\nQ: a\nA: 1\n2\n",
			"list \"a\" \"1\\n2\" leaf=\"叶\" level=\"advanced\" tags=\"t\"\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, report, err := Parse("a.md", []byte(test.text), Options{Title: "t"})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, shown(d)); diff != "" {
				t.Errorf("cards differ (-want +got):\n%s", diff)
			}
			if len(report.Skipped) > 0 {
				t.Errorf("skipped %+v, want nothing", report.Skipped)
			}
		})
	}
}

func TestReadReportsWhatIsNoCard(t *testing.T) {
	text := "# 书\n\n散落的文字\n还有一行\n\nA: 没有问题\n\nQ: 没有答案\n\nx::y\n  夹在中间\nC: 没有空\n\na::b <!--SR:!2023-09-02,4,270-->\n<!--SR:!2023-09-02,4,270-->\n```\nopen\n"
	d, report, err := Parse("a.md", []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []Skipped{
		{3, 1, `text that is no card: "散落的文字 还有一行"`}, {6, 1, "A: without a Q: before it"}, {8, 1, "card has no back"},
		{11, 3, `text that is no card: "夹在中间"`}, {12, 1, "cloze card has no blank"},
		{16, 1, "text that is no card: \"``` open\""}, {16, 1, "a code block opens here and never closes"},
	}
	if diff := cmp.Diff(want, report.Skipped); diff != "" {
		t.Errorf("skipped differs (-want +got):\n%s", diff)
	}
	if want := []string{"2 cards have the schedule of another program, which was not taken over"}; !cmp.Equal(report.Warnings, want) {
		t.Errorf("got warnings %q, want %q", report.Warnings, want)
	}
	if got, want := shown(d), "basic \"x\" \"y\"\nbasic \"a\" \"b\"\n"; got != want {
		t.Errorf("got cards %s, want %s", got, want)
	}
	if d.Title != "书" {
		t.Errorf("got title %q, want 书", d.Title)
	}
}

func TestFrontMatterNamesTheDeck(t *testing.T) {
	for _, text := range []string{
		"---\nname = \"生物\"\n---\nQ: a\nA: b\n", "---\ntitle: 生物\ntags: [a]\n---\na::b\n", "+++\nname = \"生物\"\n+++\na::b\n",
	} {
		d, _, err := Parse("a.md", []byte(text), Options{})
		if err != nil || d.Title != "生物" || len(d.Leaves) != 1 {
			t.Errorf("got %+v, %v of %q, want one card in 生物", d, err, text)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", "a.md: no cards"},
		{"# 标题\n\n- 一\n", `a.md:3:1: no cards; text that is no card: "一"`},
		{"a::b\n\xff", "a.md:2:1: not valid UTF-8"},
		{"a::\x00", "a.md:1:4: has a NUL byte: not a text file, or UTF-16 without its mark"},
	} {
		_, _, err := Parse("a.md", []byte(test.text), Options{})
		var bad *Error
		if !errors.As(err, &bad) || bad.Error() != test.want || bad.Hint == "" {
			t.Errorf("got error %v of %q, want %s with a hint", err, test.text, test.want)
		}
	}
}

func TestLikely(t *testing.T) {
	for _, test := range []struct {
		text         string
		likely, sure bool
	}{
		{"Q: a\nA: b\n", true, true}, {"C: [a] b\n", true, true}, {"a::b\n", true, false}, {"a\n?\nb\n", true, false},
		{"# 标题\n\n- 一：二\n- Q: 三\n", false, false}, {"```\nQ: a\nA: b\nx::y\n```\n", false, false},
		{"# C++\n- std::vector：动态数组\n- std::map：有序映射\n", false, false}, {"# Rust\n- String::from：建字符串\n- 所有权\n", false, false},
		{"- dog::Hund\n- cat::Katze\n", true, false}, {"- 法国::巴黎\n- 河\n", true, false}, {"- std::map :: 有序映射\n- x::y\n- z\n", false, false},
	} {
		if likely, sure := Likely([]byte(test.text)); likely != test.likely || sure != test.sure {
			t.Errorf("Likely(%q) = %v, %v, want %v, %v", test.text, likely, sure, test.likely, test.sure)
		}
	}
}

func TestWrite(t *testing.T) {
	d := &deck.Deck{ID: "d", Title: "生物", Leaves: []deck.Leaf{
		{Path: []string{"植物", "光合"}, Text: "光合作用：……", Level: deck.Beginner, Entries: []deck.Entry{
			{ID: "a", Front: "什么是光合作用？", Back: "一\n# 二", Note: "注"},
			{ID: "b", Kind: deck.Cloze, Front: "{{叶绿体}}[1]里发生{{光合作用::过程}}"}}},
		{Path: []string{"植物"}, Entries: []deck.Entry{{ID: "c", Kind: deck.Reversed, Front: "Blatt", Back: "叶"}}},
	}}
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	want := "# 生物\n\n## 植物\n\n### 光合\n\n" +
		`<!--mindleaf {"id":"a","level":"beginner","leaf":"光合作用：……"}-->` + "\nQ: 什么是光合作用？\nA: 一\n\\# 二\n\n> 注\n\n" +
		`<!--mindleaf {"id":"b","level":"beginner","leaf":"光合作用：……"}-->` + "\nC: [叶绿体]\\[1\\]里发生{{光合作用::过程}}\n\n## 植物\n\n" +
		`<!--mindleaf {"id":"c","kind":"reversed"}-->` + "\nQ: Blatt\nA: 叶\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("Markdown differs (-want +got):\n%s", diff)
	}
}

// drawText draws a text with all that Markdown must guard.
func drawText(t *rapid.T, label string) string {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{
		"注意力", "a", "\n", "\n\n", "Q: ", "A: ", "C: ", "问：", "# ", "> ", "---", "***", "?", "::", ":", "[", "]", "\\", "`", "```", "~~~", "==", "<!--", "-->", " ", "(", "!", "- ", "_ _ _",
	}), 1, 8).Draw(t, label)
	return strings.TrimSpace(strings.Join(parts, "") + rapid.SampledFrom([]string{"y", "]", "。"}).Draw(t, label+" end"))
}

func drawDeck(t *rapid.T) *deck.Deck {
	d := &deck.Deck{Format: 1, ID: "d", Title: "卡组"}
	id := 0
	for i := range rapid.IntRange(1, 4).Draw(t, "leaves") {
		l := deck.Leaf{Level: rapid.SampledFrom([]deck.Level{deck.NoLevel, deck.Advanced}).Draw(t, "level")}
		l.Path = rapid.SliceOfN(rapid.SampledFrom([]string{"甲", "乙 丙", "#", "c #", "卡组"}), 0, 7).Draw(t, "path")
		entries := 1
		if rapid.Bool().Draw(t, "leaf") {
			l.Text = strings.Repeat("叶", i+1) + "-->"
			entries = rapid.IntRange(1, 3).Draw(t, "entries")
		}
		for range entries {
			id++
			e := deck.Entry{ID: deck.CardID(fmt.Sprintf("id-%d", id)), Kind: rapid.SampledFrom([]deck.Kind{deck.Basic, deck.Reversed, deck.Cloze, deck.List}).Draw(t, "kind"),
				Front: drawText(t, "front"), Back: drawText(t, "back")}
			if e.Kind == deck.Cloze {
				e.Front = "x " + strings.ReplaceAll(e.Front, "}", "") + "{{" + rapid.SampledFrom([]string{"b", "b::提示", "[b]", "(b", "^b", "b\\"}).Draw(t, "blank") + "}}" + rapid.SampledFrom([]string{"", "(u)", "[z]"}).Draw(t, "after")
			}
			if rapid.Bool().Draw(t, "more") {
				e.Note, e.Source, e.Tags = strings.Join(strings.Fields(drawText(t, "note")), "\n"), "书 -->", []string{"标签"}
				e.Choices = []deck.Option{{Text: "错", Why: "因为--"}}
			}
			l.Entries = append(l.Entries, e)
		}
		d.Leaves = append(d.Leaves, l)
	}
	return d
}

func TestReadingWhatWasWritten(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		want := drawDeck(t)
		var b bytes.Buffer
		if err := Write(&b, want); err != nil {
			t.Fatal(err)
		}
		got, report, err := Parse("a.md", b.Bytes(), Options{ID: "d"})
		if err != nil || len(report.Skipped) > 0 {
			t.Fatalf("got report %+v, error %v of\n%s", report, err, b.String())
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(deck.Entry{}, "Pos"), cmpopts.IgnoreFields(deck.Leaf{}, "Pos")); diff != "" {
			t.Errorf("deck differs (-want +got):\n%s\nof\n%s", diff, b.String())
		}
	})
}

func FuzzMarkdownCards(f *testing.F) {
	for _, seed := range []string{
		"Q: 一\nA: 二\n\n> 注\n", "C: [a] \\[b\\] {{c::d}}\n", "a::b\nc:::d\n", "x\n?\ny\n", "==a== b\n", "# t\n## s\na::b\n", "```\nQ: a\n", "---\nname = \"x\"\n---\na::b",
		"<!--mindleaf {\"kind\":\"list\"}-->\nQ: a\nA: b\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, _, err := Parse("f.md", []byte(text), Options{ID: "f"})
		if err != nil {
			if _, ours := err.(*Error); !ours {
				t.Fatalf("got an error of type %T: %v", err, err)
			}
			return
		}
		if d.Title == "" {
			d.Title = "f"
		}
		if problems := d.Validate(); len(problems) > 0 {
			// Comments may name an identity twice, or one that cannot be used; the
			// caller validates. Nothing else may be wrong.
			for _, p := range problems {
				if !strings.HasPrefix(p.Message, "card id ") {
					t.Fatalf("a card that is not valid was read: %d:%d: %s", p.Pos.Line, p.Pos.Column, p.Message)
				}
			}
			return
		}
		var b bytes.Buffer
		if err := Write(&b, d); err != nil {
			t.Fatal(err)
		}
		again, report, err := Parse("f.md", b.Bytes(), Options{ID: "f"})
		if err != nil || len(report.Skipped) > 0 {
			t.Fatalf("what was written is not read: %v, skipped %v\n%q", err, report.Skipped, b.String())
		}
		if got, want := len(again.Cards()), len(d.Cards()); got != want {
			t.Fatalf("got %d cards again, want %d of\n%q", got, want, b.String())
		}
	})
}
