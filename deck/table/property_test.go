package table

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/property"
	"pgregory.net/rapid"
)

// drawText draws a text that a card may have, with all that a table must guard.
func drawText(t *rapid.T, label string) string {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{
		"注意力", "a", "\"", "\"\"", ",", "\t", "\n", ";", "|", "#", ":", " ", "<b>", "&lt;", "=", "\\", "\\n", "'", "1", "-", "🚀",
	}), 1, 8).Draw(t, label)
	return strings.TrimSpace("x" + strings.Join(parts, "") + "y")
}

func drawEntry(t *rapid.T, id string) deck.Entry {
	e := deck.Entry{ID: deck.CardID(id), Kind: rapid.SampledFrom([]deck.Kind{deck.Basic, deck.Reversed, deck.Cloze, deck.List, deck.Choice, deck.Typed}).Draw(t, "kind"),
		Front: drawText(t, "front"), Back: drawText(t, "back")}
	if e.Kind == deck.Cloze {
		e.Front = e.Front + "{{" + drawText(t, "answer") + "}}" + rapid.SampledFrom([]string{"", "{{b::hint}}", "}}", "{{c1::z}}"}).Draw(t, "more")
	}
	maybe := func(label string) string {
		if rapid.Bool().Draw(t, label+"?") {
			return drawText(t, label)
		}
		return ""
	}
	e.Note, e.Source = maybe("note"), maybe("source")
	if e.Kind == deck.Choice {
		e.Choices = []deck.Option{{Text: drawText(t, "choice"), Why: maybe("why")}, {Text: drawText(t, "choice")}}
	}
	if rapid.Bool().Draw(t, "lists") {
		e.Accept, e.Media = []string{drawText(t, "accept")}, []string{"p-" + id + ".png"}
		e.Tags = []string{"tag::" + id, "重点"}
	}
	return e
}

func drawDeck(t *rapid.T) *deck.Deck {
	d := &deck.Deck{Format: 1, ID: "d", Title: "卡组"}
	id := 0
	for i := range rapid.IntRange(1, 4).Draw(t, "leaves") {
		l := deck.Leaf{Level: rapid.SampledFrom([]deck.Level{deck.NoLevel, deck.Beginner, deck.Advanced}).Draw(t, "level")}
		l.Path = rapid.SliceOfN(rapid.SampledFrom([]string{"甲", "乙 丙", "a:b"}), 0, 3).Draw(t, "path")
		entries := 1
		if rapid.Bool().Draw(t, "leaf") {
			l.Text = strings.Repeat("叶", i+1) + rapid.SampledFrom([]string{"", "\"", ",x"}).Draw(t, "text")
			entries = rapid.IntRange(1, 3).Draw(t, "entries")
		}
		for range entries {
			id++
			l.Entries = append(l.Entries, drawEntry(t, string(rune('a'+id))+rapid.SampledFrom([]string{"", "%2F", "%", "#"}).Draw(t, "id")))
		}
		d.Leaves = append(d.Leaves, l)
	}
	return d
}

func TestReadingWhatWasWritten(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		want := drawDeck(t)
		var b bytes.Buffer
		if err := Write(&b, want, rapid.SampledFrom([]Format{CSV, TSV}).Draw(t, "format")); err != nil {
			t.Fatal(err)
		}
		got, report, err := Parse("a.txt", b.Bytes(), Options{ID: "d"})
		if err != nil || len(got) != 1 || len(report.Skipped)+len(report.Warnings) > 0 {
			t.Fatalf("got %d decks, report %+v, error %v of\n%s", len(got), report, err, b.String())
		}
		if diff := cmp.Diff(want, got[0], cmpopts.EquateEmpty(), cmpopts.IgnoreFields(deck.Entry{}, "Pos"), cmpopts.IgnoreFields(deck.Leaf{}, "Pos")); diff != "" {
			t.Errorf("deck differs (-want +got):\n%s\nof\n%s", diff, b.String())
		}
	})
}

func FuzzTable(f *testing.F) {
	for _, seed := range []string{
		"一\t1\n", "\"a\"\"\",b\nc,d\n", "#separator:tab\n#html:true\n#columns:a\tb\n<b>x</b>\ty\n", "front,back\n1,2\n",
		"#guid column:1\n#deck column:2\ng\tA::B\tx\ty\n", "{{c1::a {{c2::b}}}}\tx\n", "tags: a\nx;y\n", "\"open", "#separator:\n", "\xff\xfea\x00",
	} {
		f.Add(seed, "", "", uint8(0))
	}
	f.Fuzz(func(t *testing.T, text, separator, columns string, header uint8) {
		decks, _, err := Parse("f.txt", []byte(text), Options{ID: "f", Title: "f", Separator: separator, Columns: columns, Header: Header(header % 3)})
		if err != nil {
			if _, ours := err.(*Error); !ours {
				t.Fatalf("got an error of type %T: %v", err, err)
			}
		}
		checkOne(t, "f.txt", text, Options{ID: "f", Title: "f", Separator: separator, Columns: columns, Header: Header(header % 3)})
		for _, d := range decks {
			if d.Title == "" {
				d.Title = "f"
			}
			if problems := d.Validate(); len(problems) > 0 {
				t.Fatalf("got a deck that is not valid: %+v", problems[0])
			}
			var b bytes.Buffer
			if err := Write(&b, d, TSV); err != nil {
				t.Fatal(err)
			}
			again, report, err := Parse("f.tsv", b.Bytes(), Options{})
			if err != nil || len(report.Skipped) > 0 {
				t.Fatalf("what was written is not read: %v, skipped %v\n%q", err, report.Skipped, b.String())
			}
			if got, want := count(again), len(d.Cards()); got != want {
				t.Fatalf("got %d cards again, want %d of\n%q", got, want, b.String())
			}
		}
	})
}

func count(decks []*deck.Deck) (n int) {
	for _, d := range decks {
		n += len(d.Cards())
	}
	return n
}
