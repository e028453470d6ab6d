package tomlfile

import (
	"bytes"
	"errors"
	"iter"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/property"
)

func write(t interface{ Fatal(...any) }, d *deck.Deck) string {
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestWriteGolden reads the examples and writes them as they were.
func TestWriteGolden(t *testing.T) {
	for _, name := range []string{"llm-basics.toml", "smallest.toml", "every.toml"} {
		t.Run(name, func(t *testing.T) {
			want, err := os.ReadFile("testdata/" + name)
			if err != nil {
				t.Fatal(err)
			}
			d, err := Parse("", want)
			if err != nil {
				t.Fatal(err.(*Error).Report())
			}
			if diff := cmp.Diff(string(want), write(t, d)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestQuote(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "a 中", `"a 中"`},
		{"quotes", `say "hi"`, `"say \"hi\""`},
		{"backslash", `\frac{1}{2}`, `'\frac{1}{2}'`},
		{"backslash and single quote", `it's \n`, `"it's \\n"`},
		{"tab", "a\tb", `"a\tb"`},
		{"carriage return", "a\r\nb", `"a\r\nb"`},
		{"control character", "a\x00b\x7f", `"a\u0000b\u007F"`},
		{"block", "a\nb", "\"\"\"\na\nb\"\"\""},
		{"block that ends with a newline", "a\n", "\"\"\"\na\n\"\"\""},
		{"block that starts with a newline", "\na", "\"\"\"\n\na\"\"\""},
		{"block with quotes", "a\"\"\"\nb\"", "\"\"\"\na\"\"\\\"\nb\\\"\"\"\""},
		{"block of code", "a\\n\nb", "'''\na\\n\nb'''"},
		{"block of code with single quotes", "'a'\\n\nb'", "\"\"\"\n'a'\\\\n\nb'\"\"\""},
		{"space at the end of a line", "a \nb", `"a \nb"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := quote(tt.in); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestWriteRefuses(t *testing.T) {
	tests := []struct {
		name, want string
		deck       deck.Deck
	}{
		{"two entries without a leaf", `writing deck x: leaf 1 "": a leaf without text has 2 entries, must have 1`,
			deck.Deck{ID: "x", Leaves: []deck.Leaf{{Entries: make([]deck.Entry, 2)}}}},
		{"broken text", `writing deck x: "\xff" is not valid UTF-8`, deck.Deck{ID: "x", Title: "\xff"}},
		{"kind", `writing deck x: leaf 1 "": unknown kind "kind(9)": use basic, reversed, cloze, list, choice or typed`,
			deck.Deck{ID: "x", Leaves: alone(deck.Entry{Kind: 9})}},
		{"level", `writing deck x: leaf 1 "l": unknown level "level(9)": use beginner, intermediate or advanced`,
			deck.Deck{ID: "x", Leaves: []deck.Leaf{{Text: "l", Level: 9}}}},
		{"format", `writing deck x: format 2 is not known`, deck.Deck{ID: "x", Format: 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := Write(&bytes.Buffer{}, &tt.deck)
			if err == nil || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

type fullDisk struct{}

var errFull = errors.New("no space left on device")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestWriteReportsTheWriter(t *testing.T) {
	long := &deck.Deck{ID: "x", Title: strings.Repeat("long ", 20_000)}
	for _, d := range []*deck.Deck{{ID: "x", Title: "short"}, long} {
		if err := Write(fullDisk{}, d); !errors.Is(err, errFull) {
			t.Errorf("got %v, want %v", err, errFull)
		}
	}
}

func TestWriteReadsBack(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		want := drawDeck(t)
		text := write(t, want)
		for name, in := range map[string]string{
			"as it is":  text,
			"with CRLF": strings.ReplaceAll(text, "\n", "\r\n"),
			"with mark": byteOrderMark + text,
		} {
			got, err := Parse("", []byte(in))
			if err != nil {
				t.Fatalf("%s: %s\n%s", name, err.(*Error).Report(), in)
			}
			if diff := cmp.Diff(want, got, ignorePos); diff != "" {
				t.Fatalf("%s (-want +got):\n%s\n%s", name, diff, in)
			}
			if again := write(t, got); again != text {
				t.Fatalf("%s, written again (-want +got):\n%s", name, cmp.Diff(text, again))
			}
		}
	})
}

// lastError returns the error with which cards end.
func lastError(cards iter.Seq2[deck.Card, error]) (last error) {
	for _, last = range cards {
	}
	return last
}

// TestWriteLarge compares what is known of a file by writing it with what reading it
// tells.
func TestWriteLarge(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		d := drawDeck(t)
		var file bytes.Buffer
		got, err := WriteLarge("large.en.toml", &file, d, d.All)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(write(t, d), file.String()); diff != "" {
			t.Fatalf("(-Write +WriteLarge):\n%s", diff)
		}
		text := file.Bytes()
		want, err := ReadLarge("large.en.toml", bytes.NewReader(text), nil, nil)
		if errors.Is(err, ErrWhole) && len(d.Leaves) == 0 {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Large{})); diff != "" {
			t.Fatalf("(-read +written):\n%s", diff)
		}
		read, err := readAgain(want, text, nil)
		if err != nil {
			t.Fatal(err)
		}
		var visited []deck.Card
		for c, err := range got.CardsOf(d.All) {
			if err != nil {
				t.Fatal(err)
			}
			visited = append(visited, c)
		}
		sameLine := cmp.Comparer(func(a, b deck.Pos) bool { return a.Line == b.Line })
		if diff := cmp.Diff(read, visited, cmpopts.IgnoreFields(deck.Leaf{}, "Pos"), sameLine); diff != "" {
			t.Fatalf("cards (-read +visited):\n%s", diff)
		}
		more := deck.Deck{Leaves: append(slices.Clone(d.Leaves), deck.Leaf{Entries: make([]deck.Entry, 1)})}
		if err := lastError(got.CardsOf(more.All)); !errors.Is(err, ErrWhole) {
			t.Fatalf("with one more leaf: got %v", err)
		}
		if err := lastError(got.CardsOf((&deck.Deck{}).All)); !errors.Is(err, ErrWhole) && len(got.lines) > 0 {
			t.Fatalf("without leaves: got %v", err)
		}
		written, err := readAgain(got, text, nil)
		if diff := cmp.Diff(read, written); err != nil || diff != "" {
			t.Fatalf("cards, %v (-read +written):\n%s", err, diff)
		}
	})
}
