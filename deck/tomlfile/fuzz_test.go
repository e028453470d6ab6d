package tomlfile

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/deck"
)

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.toml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		f.Add([]byte(strings.ReplaceAll(byteOrderMark+string(data), "\n", "\r\n")))
	}
	for _, s := range []string{
		"deck.title = \"T\"\nleaf = [{text = 'l', card = [{front = \"a\", back = \"b\"}]}]\n",
		"[deck]\ntitle = \"\"\"\\\n  T\"\"\"\n[[card]]\n\"fr\\u006fnt\" = '''a'''''\nback=\"b\"\n[[card.choices]]\ntext=\"\"\n",
		"a.b.'c' = [1, 0x1F, 1e3, -inf, 07:32:00, 1979-05-27 07:32:00Z, true, {x = [[]]}] # c\n[a.b.d]\n",
		"[[a]]\n[[a.b]]\n[a.b.c]\nd = 1\n[[a]]\nb = {}\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		checkParse(t, data)
		checkScan(t, string(data))
	})
}

// failer is what *testing.T and *rapid.T have in common.
type failer interface {
	Fatal(...any)
	Fatalf(string, ...any)
}

// checkParse checks that a broken file gives problems with places in it, and
// that a good one can be written and edited.
func checkParse(t failer, data []byte) {
	file, err := Load("t.toml", data)
	if err != nil {
		checkProblems(t, string(data), err)
		for _, size := range []int{1, 100, blockBytes} {
			if _, got := streamed(data, size); !errors.Is(got, ErrWhole) {
				if diff := cmp.Diff(err, got); diff != "" {
					t.Fatalf("blocks of %d bytes (-whole +blocks):\n%s", size, diff)
				}
			}
		}
		return
	}
	if got := file.Bytes(); string(got) != string(data) {
		t.Fatalf("loaded %q, want %q", got, data)
	}
	text := write(t, file.Deck())
	back, err := Parse("t.toml", []byte(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if diff := cmp.Diff(file.Deck(), back, ignorePos); diff != "" {
		t.Fatalf("(-want +got):\n%s\n%s", diff, text)
	}
	if again := write(t, back); again != text {
		t.Fatalf("written again (-want +got):\n%s", cmp.Diff(text, again))
	}
	for _, l := range file.Deck().Leaves {
		checkPlace(t, file.text, l.Pos)
		for _, e := range l.Entries {
			checkPlace(t, file.text, e.Pos)
		}
	}
	checkPieces(t, file.text)
	checkStream(t, data, file.Deck())
	checkFillIDs(t, file)
	checkFormat(t, file)
}

// checkPieces checks that a good file gives the same deck in whichever way it is
// parsed. That parsePieces finds no deck in a bad one follows: what it finds goes
// through checkParse.
func checkPieces(t failer, text string) {
	lay := scan(text)
	whole, err := parseWhole("t.toml", text, lay)
	if err != nil {
		t.Fatalf("in pieces it is good: %v", err)
	}
	for _, size := range []int{1, 100, pieceBytes} {
		pieces := parsePieces("t.toml", text, lay, size)
		if pieces == nil {
			continue
		}
		if diff := cmp.Diff(whole.deck, pieces.deck); diff != "" {
			t.Fatalf("pieces of %d bytes (-whole +pieces):\n%s", size, diff)
		}
		if !slices.Equal(whole.spots, pieces.spots) {
			t.Fatalf("pieces of %d bytes: got entries at %v, want %v", size, pieces.spots, whole.spots)
		}
	}
}

// checkStream checks that a good file that need not be read whole gives the same deck
// and cards however it is divided.
func checkStream(t failer, data []byte, want *deck.Deck) {
	for _, size := range []int{1, 100, blockBytes} {
		got, err := streamed(data, size)
		if errors.Is(err, ErrWhole) {
			continue
		}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Fatalf("blocks of %d bytes: %v (-whole +blocks):\n%s", size, err, diff)
		}
	}
	var shown, visited []deck.Card
	var kept deck.Deck
	keep := func(l *deck.Leaf) error {
		kept.Leaves = append(kept.Leaves, *l)
		return nil
	}
	large, err := ReadLarge("t.toml", bytes.NewReader(data), keep, func(in *deck.Deck, c deck.Card) error {
		if in.ID != want.ID {
			t.Fatalf("got the deck %q, want %q", in.ID, want.ID)
		}
		shown = append(shown, c)
		return nil
	})
	if errors.Is(err, ErrWhole) {
		return
	} else if err != nil {
		t.Fatal(err)
	}
	cards := want.Cards()
	if diff := cmp.Diff(cards, shown); diff != "" && !large.Overtaken {
		t.Fatalf("shown (-whole +large):\n%s", diff)
	}
	again, err := readAgain(large, data, nil)
	if diff := cmp.Diff(cards, again); err != nil || diff != "" || len(cards) != large.Count {
		t.Fatalf("%d cards, %v (-whole +large):\n%s", large.Count, err, diff)
	}
	for c, err := range large.CardsOf(kept.All) {
		if err != nil {
			t.Fatal(err)
		}
		visited = append(visited, c)
	}
	if diff := cmp.Diff(cards, visited); diff != "" {
		t.Fatalf("visited (-whole +large):\n%s", diff)
	}
	checkLines(t, large, data, cards)
}

// checkLines checks that every third entry is read again when its line is asked for.
func checkLines(t failer, large *Large, data []byte, cards []deck.Card) {
	lines := []int{}
	for i := 0; i < len(cards); i += 3 {
		lines = append(lines, cards[i].Entry.Pos.Line)
	}
	again, err := readAgain(large, data, lines)
	if errors.Is(err, ErrWhole) {
		return // a card that stands behind another leaf than its own cannot be read alone
	} else if err != nil {
		t.Fatal(err)
	}
	places := make(map[deck.Pos]*deck.Entry)
	for _, c := range again {
		places[c.Entry.Pos] = c.Entry
	}
	for i := 0; i < len(cards); i += 3 {
		if diff := cmp.Diff(cards[i].Entry, places[cards[i].Entry.Pos]); diff != "" {
			t.Fatalf("lines %v (-whole +lines):\n%s", lines, diff)
		}
	}
}

func readAgain(large *Large, data []byte, lines []int) (cards []deck.Card, err error) {
	for c, err := range large.Cards(bytes.NewReader(data), lines) {
		if err != nil {
			return nil, err
		}
		cards = append(cards, c)
	}
	return cards, nil
}

// streamed returns the deck of a file that is read in blocks of about size bytes.
func streamed(data []byte, size int) (*deck.Deck, error) {
	var leaves []deck.Leaf
	d, _, err := stream("t.toml", bytes.NewReader(data), size, func(_ *deck.Deck, _ *deck.Identities, l *deck.Leaf) error {
		leaves = append(leaves, *l)
		return nil
	})
	if err == nil {
		d.Leaves = leaves
	}
	return d, err
}

// checkFormat checks that a good file can be formatted, and that this keeps its
// cards and changes nothing a second time.
func checkFormat(t failer, file *File) {
	before := string(file.Bytes())
	if _, err := file.Format(); err != nil {
		t.Fatalf("%v in\n%s", err, before)
	}
	checkFormatted(t, file)
}

func checkFillIDs(t failer, file *File) {
	want := idsOf(file.Deck())
	if _, err := file.FillIDs(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, idsOf(file.Deck())); diff != "" {
		t.Fatalf("ids (-want +got):\n%s", diff)
	}
	if n, err := file.FillIDs(); n != 0 || err != nil {
		t.Fatalf("filled in %d ids again, %v", n, err)
	}
}

func checkProblems(t failer, text string, err error) {
	var list *Error
	if !errors.As(err, &list) || len(list.Problems) == 0 {
		t.Fatalf("got %T %v, want problems", err, err)
	}
	for _, p := range list.Problems {
		checkPlace(t, text, deck.Pos{Line: p.Line, Column: p.Column})
		if p.Message == "" || p.Name != "t.toml" {
			t.Fatalf("got problem %+v", p)
		}
	}
}

func checkPlace(t failer, text string, p deck.Pos) {
	lines := strings.Split(strings.TrimPrefix(text, byteOrderMark), "\n")
	if p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > len([]rune(lines[p.Line-1]))+1 {
		t.Fatalf("place %+v is not in the file of %d lines", p, len(lines))
	}
}

// checkScan checks that the scan finds exactly the keys that the TOML parser
// finds.
func checkScan(t failer, text string) {
	text = strings.TrimPrefix(text, byteOrderMark)
	if checkBytes("t.toml", text) != nil {
		return
	}
	lay := scan(text)
	for _, n := range lay.nodes {
		if n.at < 0 || n.value < n.at || int(n.value) > len(text) {
			t.Fatalf("node %+v is not in the text of %d bytes", n, len(text))
		}
	}
	if lay.refused("t.toml", text) != nil {
		return
	}
	var doc map[string]any
	if _, err := toml.Decode(text, &doc); err != nil {
		return
	}
	if lay.open >= 0 {
		t.Fatalf("a text at %d is thought to be open", lay.open)
	}
	d := decoder{layout: lay}
	compareTrees(t, &d, value{any: doc})
}

func compareTrees(t failer, d *decoder, v value) {
	if v.node == none {
		t.Fatalf("no place for %v", v.any)
	}
	kids, keys := 0, make(map[string]bool)
	for kid := range d.kids(v.node) {
		kids++
		keys[d.nodes[kid].key] = true
	}
	if table, ok := v.any.(map[string]any); ok {
		if len(keys) < kids {
			return // the parser lets [a] b = [] replace an earlier [[a.b]]; TOML does not
		}
		if kids != len(table) {
			t.Fatalf("%d keys found, want %d: %v", kids, len(table), table)
		}
		for _, f := range d.fields(v) {
			if f.node != none && d.nodes[f.node].key == "" {
				continue // the parser loses elements of a list that belongs to an empty key
			}
			compareTrees(t, d, f)
		}
		return
	}
	elements, _ := d.elements(v)
	if kids != len(elements) {
		t.Fatalf("%d elements found, want %d: %v", kids, len(elements), v.any)
	}
	for _, e := range elements {
		compareTrees(t, d, e)
	}
}
