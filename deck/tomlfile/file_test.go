package tomlfile

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/property"
)

// idsOf returns the identity of every card of d.
func idsOf(d *deck.Deck) []deck.CardID {
	var ids []deck.CardID
	for _, c := range d.Cards() {
		ids = append(ids, c.ID)
	}
	return ids
}

func load(t interface{ Fatal(...any) }, text string) *File {
	f, err := Load("t.toml", []byte(text))
	if err != nil {
		t.Fatal(err.(*Error).Report())
	}
	return f
}

func TestFillIDs(t *testing.T) {
	const head = "# Mine.\n[deck]\ntitle = \"T\" # for now\n\n"
	tests := []struct{ name, in, want string }{
		{"nothing to fill", head + "[[card]]\nid = \"x\"\nfront = \"a\"\nback = \"b\"\n", ""},
		{"below the header", head + "[[card]] # first\n\n# the front\nfront=\"a\"\nback=\"b\"\n",
			head + "[[card]] # first\nid = \"ID0\"\n\n# the front\nfront=\"a\"\nback=\"b\"\n"},
		{"indented as the next key", head + "[[leaf]]\n\ttext = \"l\"\n\t[[leaf.card]]\n\t\tfront = \"a\"\n\t\tback = \"b\"",
			head + "[[leaf]]\n\ttext = \"l\"\n\t[[leaf.card]]\n\t\tid = \"ID0\"\n\t\tfront = \"a\"\n\t\tback = \"b\""},
		{"in line with the next keys", head + "[[card]]\n  front  = \"a\"\n  back   = \"b\"\n",
			head + "[[card]]\n  id     = \"ID0\"\n  front  = \"a\"\n  back   = \"b\"\n"},
		{"only the missing ones", head + "[[card]]\nfront = \"a\"\nback = \"b\"\n[[card]]\nid = \"x\"\nfront = \"a\"\nback = \"b\"\n[[card]]\nfront = \"a\"\nback = \"b\"\n",
			head + "[[card]]\nid = \"ID0\"\nfront = \"a\"\nback = \"b\"\n[[card]]\nid = \"x\"\nfront = \"a\"\nback = \"b\"\n[[card]]\nid = \"ID2\"\nfront = \"a\"\nback = \"b\"\n"},
		{"several cards of an entry", head + "[[card]]\nkind = \"reversed\"\nfront = \"a\"\nback = \"b\"\n[[card]]\nkind = \"cloze\"\nfront = \"{{a}} {{b}}\"\n",
			head + "[[card]]\nid = \"ID0\"\nkind = \"reversed\"\nfront = \"a\"\nback = \"b\"\n[[card]]\nid = \"ID2\"\nkind = \"cloze\"\nfront = \"{{a}} {{b}}\"\n"},
		{"braces", "leaf = [{text = \"l\", card = [{front = \"a\", back = \"b\"}, { front = \"c\", back = \"d\" }]}]\n" + head,
			"leaf = [{text = \"l\", card = [{id = \"ID0\", front = \"a\", back = \"b\"}, { id = \"ID1\", front = \"c\", back = \"d\" }]}]\n" + head},
		{"header inside a text", head + "[[card]]\nfront = '''\n[[card]]\nx'''\nback = \"b\"\n",
			head + "[[card]]\nid = \"ID0\"\nfront = '''\n[[card]]\nx'''\nback = \"b\"\n"},
		{"leaf after its next card", head + "[[leaf]]\ntext = \"l\"\n[[card]]\nfront = \"a\"\nback = \"b\"\n[[leaf.card]]\nfront = \"c\"\nback = \"d\"\n",
			head + "[[leaf]]\ntext = \"l\"\n[[card]]\nid = \"ID1\"\nfront = \"a\"\nback = \"b\"\n[[leaf.card]]\nid = \"ID0\"\nfront = \"c\"\nback = \"d\"\n"},
	}
	for _, tt := range tests {
		for style, file := range map[string]func(string) string{
			"LF":   func(s string) string { return s },
			"CRLF": func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
			"mark": func(s string) string { return byteOrderMark + s },
		} {
			t.Run(tt.name+" "+style, func(t *testing.T) {
				f := load(t, file(tt.in))
				before := idsOf(f.Deck())
				want := tt.want
				for i, id := range before {
					base, _, _ := strings.Cut(string(id), "~")
					want = strings.ReplaceAll(want, "ID"+string(rune('0'+i)), base)
				}
				if want == "" {
					want = tt.in
				}
				if _, err := f.FillIDs(); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(file(want), string(f.Bytes())); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				if diff := cmp.Diff(before, idsOf(load(t, string(f.Bytes())).Deck())); diff != "" {
					t.Errorf("ids (-want +got):\n%s", diff)
				}
			})
		}
	}
}

// TestFillIDsTwice adds a card where one has its derived identity stated
// already, as happens after every FillIDs.
func TestFillIDsTwice(t *testing.T) {
	const card = "[[leaf.card]]\nfront = \"a\"\nback = \"b\"\n"
	f := load(t, head+"[[leaf]]\ntext = \"l\"\n"+card)
	if _, err := f.FillIDs(); err != nil {
		t.Fatal(err)
	}
	f = load(t, string(f.Bytes())+card)
	if n, err := f.FillIDs(); n != 1 || err != nil {
		t.Fatalf("got %d, %v, want one id", n, err)
	}
	if ids := idsOf(f.Deck()); ids[0] == ids[1] {
		t.Errorf("two cards have the id %s", ids[0])
	}
}

func TestFillIDsKeepsTheRest(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		want := drawDeck(t)
		want.ID = "t"
		text := write(t, want)
		if rapid.Bool().Draw(t, "crlf") {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		f := load(t, text)
		ids := idsOf(f.Deck())
		n, err := f.FillIDs()
		if err != nil {
			t.Fatal(err)
		}
		got := load(t, string(f.Bytes())).Deck()
		if diff := cmp.Diff(ids, idsOf(got)); diff != "" {
			t.Fatalf("ids (-want +got):\n%s", diff)
		}
		noIDs := cmpopts.IgnoreFields(deck.Entry{}, "ID")
		if diff := cmp.Diff(want, got, ignorePos, noIDs); diff != "" {
			t.Fatalf("deck (-want +got):\n%s", diff)
		}
		kept := strings.SplitAfter(string(f.Bytes()), "\n")
		for _, line := range strings.SplitAfter(text, "\n") {
			i := slices.Index(kept, line)
			if i < 0 {
				t.Fatalf("line %q is gone", line)
			}
			n -= i
			kept = kept[i+1:]
		}
		if n != 0 || len(kept) != 0 {
			t.Fatalf("%d lines too many or too few, %q", n, kept)
		}
	})
}

func TestAppend(t *testing.T) {
	leaf := deck.Leaf{Path: []string{"p"}, Text: "l", Entries: []deck.Entry{{Front: "c\nd", Back: "e"}}}
	const written = "[[leaf]]\npath  = [\"p\"]\ntext  = \"l\"\n\n  [[leaf.card]]\n  front = \"\"\"\nc\nd\"\"\"\n  back  = \"e\"\n"
	for _, tt := range []struct{ name, in, want string }{
		{"after the last line", head, head + "\n" + written},
		{"after an empty line", head + "\n", head + "\n" + written},
		{"after a comment", head + "# end", head + "# end\n\n" + written},
		{"after lines with CRLF", strings.ReplaceAll(head, "\n", "\r\n"), strings.ReplaceAll(head+"\n"+written, "\n", "\r\n")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := load(t, tt.in)
			if err := f.Append(leaf); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(f.Bytes())); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]deck.Leaf{leaf}, f.Deck().Leaves, ignorePos); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAppendCard(t *testing.T) {
	f := load(t, head)
	if err := f.AppendCard(deck.Entry{Front: "a", Back: "b"}); err != nil {
		t.Fatal(err)
	}
	if got, want := string(f.Bytes()), head+"\n[[card]]\nfront = \"a\"\nback  = \"b\"\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAppendRefuses(t *testing.T) {
	tests := []struct {
		name, in, want string
		entry          deck.Entry
	}{
		{"no front", head, "adding to t.toml: t.toml:4:1: card has no front", deck.Entry{Back: "b"}},
		{"broken text", head, `adding to t.toml: "\xff" is not valid UTF-8`, deck.Entry{Front: "\xff"}},
		{"list in brackets", "card = []\n" + head, "adding to t.toml: t.toml:5:3: card is there already in another form", deck.Entry{Front: "a", Back: "b"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := load(t, tt.in)
			err := f.AppendCard(tt.entry)
			if err == nil || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if got := string(f.Bytes()); got != tt.in {
				t.Errorf("file changed to %q", got)
			}
		})
	}
}
