package tomlfile

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
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

// TestLargeChanges reads a file that has changed since it was checked, and one that
// breaks off.
func TestLargeChanges(t *testing.T) {
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
			large, err := ReadLarge("t.toml", strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			cards := 0
			var last error
			for _, err := range large.Cards(test.now) {
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
	large, err := ReadLarge("t.toml", bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	from := bytes.NewReader(text)
	for range large.Cards(from) {
		break
	}
	if left := from.Len(); left < len(text)/2 {
		t.Errorf("%d of %d bytes are left unread, want most", left, len(text))
	}
}
