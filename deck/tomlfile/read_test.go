package tomlfile

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/mindleaf/mindleaf/deck"
)

// ignorePos compares decks without their positions, and an empty list as none.
var ignorePos = cmp.Options{cmpopts.IgnoreTypes(deck.Pos{}), cmpopts.EquateEmpty()}

// head makes a deck of the cards that follow it; they start on line 3.
const head = "[deck]\ntitle = \"T\"\n"

func TestParse(t *testing.T) {
	tests := []struct {
		name, in string
		want     []deck.Leaf
	}{
		{"no cards", head, nil},
		{"smallest", head + "[[card]]\nfront = \"a\"\nback  = \"b\"\n",
			alone(deck.Entry{Front: "a", Back: "b"})},
		{"every key", head + `[[card]]
path = ["p", "q"]
level = "advanced"
id = "x"
kind = "choice"
front = "a"
back = "b"
note = "n"
source = "s"
choices = ["c", { text = "d", why = "w" }]
accept = ["e"]
tags = ["f", "g"]
media = ["h.png"]
`, []deck.Leaf{{Path: []string{"p", "q"}, Level: deck.Advanced, Entries: []deck.Entry{{
			ID: "x", Kind: deck.Choice, Front: "a", Back: "b", Note: "n", Source: "s",
			Choices: []deck.Option{{Text: "c"}, {Text: "d", Why: "w"}},
			Accept:  []string{"e"}, Tags: []string{"f", "g"}, Media: []string{"h.png"}}}}}},
		{"leaves and cards keep their order", head + `[[card]]
front = "1"
back = "-"
[[leaf]]
text = "2"
  [[leaf.card]]
  front = "2a"
  back = "-"
  [[leaf.card]]
  front = "2b"
  back = "-"
[[card]]
front = "3"
back = "-"
[[leaf]]
text = "4"
`, []deck.Leaf{
			{Entries: []deck.Entry{{Front: "1", Back: "-"}}},
			{Text: "2", Entries: []deck.Entry{{Front: "2a", Back: "-"}, {Front: "2b", Back: "-"}}},
			{Entries: []deck.Entry{{Front: "3", Back: "-"}}},
			{Text: "4"}}},
		{"list", head + "[[card]]\nfront = \"a\"\nback = [\n  \"1\", # one\n  \"2\",\n]\nkind = \"list\"\n",
			alone(deck.Entry{Kind: deck.List, Front: "a", Back: "1\n2"})},
		{"choices below headers", head + "[[card]]\nfront = \"a\"\nback = \"b\"\n[[card.choices]]\ntext = \"c\"\nwhy = \"d\"\n",
			alone(deck.Entry{Front: "a", Back: "b", Choices: []deck.Option{{Text: "c", Why: "d"}}})},
		{"inline tables", "deck.title = \"T\"\nleaf = [{ text = \"l\", card = [{ front = \"a\", back = \"b\" }, { front = \"c\", back = \"d\" }] }]\n",
			[]deck.Leaf{{Text: "l", Entries: []deck.Entry{{Front: "a", Back: "b"}, {Front: "c", Back: "d"}}}}},
		{"quoted keys", head + "[[\"card\"]]\n'front' = \"a\"\n\"b\\u0061ck\" = \"b\"\n",
			alone(deck.Entry{Front: "a", Back: "b"})},
		{"CRLF is one line end", head + "[[card]]\r\nfront = \"\"\"\r\na\r\nb\"\"\"\r\nback = \"c\\r\\n\"\r\n",
			alone(deck.Entry{Front: "a\nb", Back: "c\r\n"})},
		{"byte order mark", "\ufeff" + head, nil},
		{"keys inside a text are text", head + "[[card]]\nfront = '''\n[[card]]\nfront = \"x\" # '''\nback = \"\"\"\n[deck]\n\"\"\"\"\"\n",
			alone(deck.Entry{Front: "[[card]]\nfront = \"x\" # ", Back: "[deck]\n\"\""})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse("t.toml", []byte(tt.in))
			if err != nil {
				t.Fatal(err.(*Error).Report())
			}
			want := &deck.Deck{ID: "t", Title: "T", Leaves: tt.want}
			if diff := cmp.Diff(want, got, ignorePos); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func alone(e deck.Entry) []deck.Leaf { return []deck.Leaf{{Entries: []deck.Entry{e}}} }

func TestParsePositions(t *testing.T) {
	in := "\ufeff# 注释\r\n[deck]\r\ntitle = \"T\"\r\n\r\n[[leaf]]\r\ntext = \"l\"\r\n  [[leaf.card]]\r\n  front = \"\"\"\r\n[[card]]\r\n\"\"\"\r\n" +
		"  back = \"b\"\r\n[[card]]\r\nfront = \"a\"\r\nback = \"b\"\r\n"
	d, err := Parse("t.toml", []byte(in))
	if err != nil {
		t.Fatal(err)
	}
	got := []deck.Pos{d.Pos, d.Leaves[0].Pos, d.Leaves[0].Entries[0].Pos, d.Leaves[1].Pos, d.Leaves[1].Entries[0].Pos}
	want := []deck.Pos{{Line: 2, Column: 1}, {Line: 5, Column: 1}, {Line: 7, Column: 3}, {Line: 12, Column: 1}, {Line: 12, Column: 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestParseNames(t *testing.T) {
	tests := []struct {
		name string
		id   deck.ID
		lang string
	}{
		{"llm-basics.zh.toml", "llm-basics", "zh"},
		{"decks/llm-basics.en-GB.toml", "llm-basics", "en-GB"},
		{`C:\decks\x.zh_Hant.TOML`, "x", "zh-Hant"},
		{"首都.toml", "首都", ""},
		{"my first deck.toml", "my-first-deck", ""},
		{"todo.go.toml", "todo.go", ""},
		{"a.b.fr.toml", "a.b", "fr"},
		{"zh.toml", "zh", ""},
		{".zh.toml", ".zh", ""},
		{"plain", "plain", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Parse(tt.name, []byte(head))
			if err != nil {
				t.Fatal(err)
			}
			if d.ID != tt.id || d.Language != tt.lang {
				t.Errorf("got %q %q, want %q %q", d.ID, d.Language, tt.id, tt.lang)
			}
		})
	}
	d, err := Parse("x.zh.toml", []byte("[deck]\nid = \"y\"\ntitle = \"T\"\nlanguage = \"en\"\n"))
	if err != nil || d.ID != "y" || d.Language != "en" {
		t.Errorf("got %+v %v, want what the file states", d, err)
	}
}

func TestRead(t *testing.T) {
	if d, err := Read("t.toml", strings.NewReader(head)); err != nil || d.Title != "T" {
		t.Errorf("got %+v, %v", d, err)
	}
	broken := errors.New("disk on fire")
	_, err := Read("t.toml", iotest.ErrReader(broken))
	if got, want := err.Error(), "reading deck t.toml: disk on fire"; got != want || !errors.Is(err, broken) {
		t.Errorf("got %q, want %q", got, want)
	}
	_, err = Read("t.toml", io.LimitReader(zeros{}, MaxBytes+10))
	if got, want := err.Error(), "t.toml:1:1: file is larger than 32 MB"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func TestLongDeckID(t *testing.T) {
	in := func(n int) string {
		return "# 注释\n[deck]\ntitle = \"T\"\nid = \"" + strings.Repeat("识", n/3) + "\"\n"
	}
	if _, err := Parse("t.toml", []byte(in(255))); err != nil {
		t.Errorf("255 bytes: got %v", err)
	}
	for _, n := range []int{258, 3 << 20} {
		_, err := Parse("t.toml", []byte(in(n)))
		want := fmt.Sprintf(`t.toml:2:1: deck id "%s…" has %d bytes, more than 255`, strings.Repeat("识", 40), n)
		if err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 500 {
			t.Errorf("%d bytes: got %.300v, want %s", n, err, want)
		}
	}
}
