package tomlfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/property"
)

// TestWhatIsParsedInPieces says which files go piece by piece. Those that do not
// are parsed whole, with the problems that only the whole file shows.
func TestWhatIsParsedInPieces(t *testing.T) {
	const head, card, leaf = "[deck]\ntitle = \"T\"\n", "[[card]]\nfront = \"a\"\nback = \"b\"\n", "[[leaf]]\ntext = \"x\"\n"
	const below = "[[leaf.card]]\nfront = \"a\"\nback = \"b\"\n"
	for _, test := range []struct {
		name, text string
		want       bool
	}{
		{"leaves and cards", head + leaf + below + below + card + leaf + below, true},
		{"keys before", "format = 1\n" + head + "about = \"\"\"\n[[card]]\n\"\"\"\n" + card, true},
		{"header in a text", head + "[[card]]\nfront = '''\n[[card]]\n'''\nback = \"b\"\n" + card, true},
		{"choices as tables", head + card + "[[card.choices]]\ntext = \"c\"\n" + card, true},
		{"Windows line ends", strings.ReplaceAll(head+card+card, "\n", "\r\n"), true},
		{"no cards", head, false},
		{"inline cards", head + "\n[[leaf]]\ntext = \"x\"\ncard = [{front = \"a\", back = \"b\"}]\n", true},
		{"a list of cards", "card = [{front = \"a\", back = \"b\"}]\n" + head, false},
		{"a list of cards and a header", "card = [{front = \"a\", back = \"b\"}]\n" + head + card, false},
		{"deck at the end", card + head, false},
		{"deck twice", head + card + head, false},
		{"a key of the deck at the end", head + card + "[deck.x]\n", false},
		{"single brackets", head + "[card]\nfront = \"a\"\n" + card, false},
		{"a card of a leaf behind another card", head + leaf + card + below, false},
		{"an unknown key", head + card + "fornt = \"x\"\n", false},
		{"a key twice", head + card + "back = \"c\"\n", false},
		{"not a text", head + card + "[[card]]\nfront = 3\nback = \"b\"\n", false},
		{"no back", head + card + "[[card]]\nfront = \"a\"\n", false},
		{"id twice, far apart", head + card + "id = \"i\"\n" + leaf + below + card + "id = \"i\"\n", false},
		{"open quote", head + card + "[[card]]\nfront = \"a\nback = \"b\"\n", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, size := range []int{1, 60, pieceBytes} {
				if got := parsePieces("t.toml", test.text, scan(test.text), size) != nil; got != test.want {
					// The two cards stand in one piece when it is large enough.
					if test.name == "a card of a leaf behind another card" && size > 1 {
						continue
					}
					t.Errorf("in pieces of %d bytes: got %v, want %v", size, got, test.want)
				}
				d, err := streamed([]byte(test.text), size)
				if got := err == nil && len(d.Validate()) == 0; got != test.want {
					t.Errorf("in blocks of %d bytes: got %v, %v, want %v", size, got, err, test.want)
				}
			}
			checkParse(t, []byte(test.text))
		})
	}
}

// TestMistakesInBlocks has one mistake somewhere in a large file. It must be found
// without the file being read whole, and be the one that the whole file shows.
func TestMistakesInBlocks(t *testing.T) {
	property.OneAtATime(t)
	const card = "\n[[card]]\n  id = \"i%d\"\n  front = \"问题\"\n  back = \"b\"\n"
	for _, test := range []struct{ name, old, new string }{
		{"open text", "\"b\"", "\"b"},
		{"open raw text", "\"b\"", "'b"},
		{"quote in a text", "\"b\"", "\"b\"c\""},
		{"escape", "\"b\"", "\"\\d\""},
		{"no quotes", "\"b\"", "b"},
		{"open list", "\"b\"", "[\"b\""},
		{"a text of several lines never closed", "\"b\"", "'" + "''b"},
		{"no equals sign", "front =", "front"},
		{"key twice", "back =", "front ="},
		{"no card above", "\n[[card]]\n", ""},
		{"open header", "[[card]]", "[[card]"},
		{"control character", "\"b\"", "\"\x01\""},
		{"other encoding", "\"b\"", "\"\xba\xc3\""},
		{"unknown key", "back =", "bakc ="},
		{"no back", "  back = \"b\"\n", ""},
		{"no text", "\"b\"", "3"},
		{"id of another card", "id = ", "id = \"i1\" # "},
	} {
		for _, place := range []int{2, 500, 999} {
			t.Run(fmt.Sprintf("%s/%d", test.name, place), func(t *testing.T) {
				var text strings.Builder
				text.WriteString(head)
				for i := range 1000 {
					c := fmt.Sprintf(card, i)
					if i == place {
						c = strings.Replace(c, test.old, test.new, 1)
					}
					text.WriteString(c)
				}
				for _, text := range []string{text.String(), strings.ReplaceAll(text.String(), "\n", "\r\n")} {
					_, want := parseBy(parseWhole, "t.toml", []byte(text))
					for _, size := range []int{100, 4 << 10, blockBytes} {
						_, got := streamed([]byte(text), size)
						if want == nil || errors.Is(got, ErrWhole) {
							t.Fatalf("blocks of %d bytes: got %v, want %v", size, got, want)
						}
						if diff := cmp.Diff(want, got); diff != "" {
							t.Fatalf("blocks of %d bytes (-whole +blocks):\n%s", size, diff)
						}
					}
				}
			})
		}
	}
}

// TestLargeChanges reads a file that has changed since it was checked, and one that
// breaks off.
func TestLargeChanges(t *testing.T) {
	property.OneAtATime(t)
	text := string(largeDeck(t))
	for _, test := range []struct {
		name string
		now  io.Reader
		want error
	}{
		{"the same", strings.NewReader(text), nil},
		{"another back", strings.NewReader(text[:len(text)-40] + strings.Replace(text[len(text)-40:], "减少", "增加", 1)), ErrWhole},
		{"shorter", strings.NewReader(text[:len(text)/2]), ErrWhole},
		{"longer", strings.NewReader(text + "[[card]]\nfront = \"a\"\nback = \"b\"\n"), ErrWhole},
		{"broken off", io.MultiReader(strings.NewReader(text[:len(text)/2]), iotest.ErrReader(io.ErrClosedPipe)), io.ErrClosedPipe},
	} {
		t.Run(test.name, func(t *testing.T) {
			large, err := ReadLarge("t.toml", strings.NewReader(text), nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			cards := 0
			var last error
			for _, err := range large.Cards(test.now, nil) {
				if last = err; err == nil {
					cards++
				}
			}
			if !errors.Is(last, test.want) {
				t.Errorf("after %d of %d cards: got %v, want %v", cards, large.Count, last, test.want)
			}
		})
	}
}

// TestLargeIsLeft reads the first cards only, and nothing more after them.
func TestLargeIsLeft(t *testing.T) {
	text := largeDeck(t)
	large, err := ReadLarge("t.toml", bytes.NewReader(text), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	from := bytes.NewReader(text)
	for range large.Cards(from, nil) {
		break
	}
	if left := from.Len(); left < len(text)/2 {
		t.Errorf("%d of %d bytes are left unread, want most", left, len(text))
	}
}

// TestLargeIsOvertaken has a card state the identity that one before it would have got.
func TestLargeIsOvertaken(t *testing.T) {
	card := "[[card]]\nfront = \"a\"\nback = \"b\"\n"
	first, err := Parse("t.toml", []byte(head+card))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, text string
		want       bool
	}{
		{"stated before", head + card + fmt.Sprintf("id = %q\n", first.Cards()[0].ID) + card, false},
		{"stated behind", head + card + card + fmt.Sprintf("id = %q\n", first.Cards()[0].ID), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			large, err := ReadLarge("t.toml", strings.NewReader(test.text), nil, func(*deck.Deck, deck.Card) error { return nil })
			if err != nil || large.Overtaken != test.want {
				t.Errorf("got %+v, %v, want that it is overtaken: %v", large, err, test.want)
			}
			checkParse(t, []byte(test.text))
		})
	}
}
