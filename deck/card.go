package deck

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strconv"
	"strings"
)

// reverseSuffix marks the second card of a Reversed entry.
const reverseSuffix = "~rev"

// Cards returns the cards of d in the order of the map. They point into d.
// Every card has an ID: the stated one, or one derived from the leaf's path
// and text, the entry's kind and its place among the entries of that kind, so
// that rewording a card of a leaf keeps its identity. A card that stands alone
// is known by its front instead. An ID that some entry states is never derived
// for another one.
func (d *Deck) Cards() []Card {
	var cards []Card
	ids := d.identities()
	for l := range d.All {
		cards = append(cards, ids.Cards(l)...)
	}
	return cards
}

// identities returns the Identities of d, told of all its leaves.
func (d *Deck) identities() *Identities {
	ids := NewIdentities()
	for l := range d.All {
		ids.State(l)
	}
	return ids
}

// Identities gives the cards of a deck the IDs that Deck.Cards gives them, where
// the leaves are at hand one after another only: it must be told of all by State
// before it is asked for the cards of the first. It holds sums, and no text.
type Identities struct {
	// stated has the line of the first entry that states an ID.
	stated map[idSum]int32
	// taken counts the entries without an ID of the same place.
	taken map[idSum]int32
	// lacking counts the entries without an ID.
	lacking int
	// derived are the IDs that Now derived; overtaken says that one of them was stated
	// afterwards.
	derived   map[idSum]struct{}
	overtaken bool
}

// idSum is as long as what a derived ID is made of.
type idSum [10]byte

func sumOf(text string) idSum {
	sum := sha256.Sum256([]byte(text))
	return idSum(sum[:])
}

// NewIdentities returns the Identities of a deck without leaves.
func NewIdentities() *Identities {
	return &Identities{stated: make(map[idSum]int32), taken: make(map[idSum]int32)}
}

// State takes note of the IDs that the entries of l state.
func (n *Identities) State(l *Leaf) {
	for i := range l.Entries {
		n.state(&l.Entries[i])
	}
}

// States reports whether an entry that State was told of states an ID.
func (n *Identities) States(id CardID) bool {
	_, stated := n.stated[sumOf(string(id))]
	return stated
}

// Stated returns the number of IDs that entries state.
func (n *Identities) Stated() int { return len(n.stated) }

// state reports whether an entry before e states the same ID, and on which line the
// first one stands that does.
func (n *Identities) state(e *Entry) (line int, again bool) {
	if e.ID == "" {
		n.lacking++
		return 0, false
	}
	sum := sumOf(string(e.ID))
	if first, again := n.stated[sum]; again {
		return int(first), true
	}
	n.stated[sum] = int32(e.Pos.Line)
	if _, taken := n.derived[sum]; taken {
		n.overtaken = true
	}
	return 0, false
}

// Cards returns the cards of l, which point into it. It is to be called once for
// each leaf, in the order of the map.
func (n *Identities) Cards(l *Leaf) []Card {
	n.forget()
	return n.cards(l, func(e *Entry) CardID { return n.derive(l, e) })
}

func (n *Identities) cards(l *Leaf, derive func(*Entry) CardID) []Card {
	var cards []Card
	for i := range l.Entries {
		e := &l.Entries[i]
		id, derived := e.ID, false
		if id == "" {
			id, derived = derive(e), true
		}
		cards = append(cards, expand(l, e, id, derived)...)
	}
	return cards
}

// forget drops the stated IDs when there are no others, which must differ from them.
func (n *Identities) forget() {
	if n.lacking == 0 {
		n.stated = nil
	}
}

// derive counts how many entries have the same place. It passes over stated IDs:
// they are derived ones that have been written into the file, and still belong to
// the entries that state them.
func (n *Identities) derive(l *Leaf, e *Entry) CardID {
	text := l.Text
	if l.Alone() {
		text = e.Front
	}
	place := strings.Join(append(append([]string{}, l.Path...), text, e.Kind.String()), "\x1f")
	key := sumOf(place)
	for {
		number := n.taken[key]
		n.taken[key]++
		sum := sumOf(place + "\x1f" + strconv.Itoa(int(number)))
		id := CardID(strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])))
		if _, stated := n.stated[sumOf(string(id))]; !stated {
			return id
		}
	}
}

// Makes returns the kind and the number of the cards that e makes.
func (e *Entry) Makes() (kind Kind, cards int) {
	switch e.Kind {
	case Reversed:
		return Basic, 2
	case Cloze:
		return Cloze, len(Blanks(e.Front))
	}
	return e.Kind, 1
}

func expand(l *Leaf, e *Entry, id CardID, derived bool) []Card {
	card := Card{ID: id, Derived: derived, Kind: e.Kind, Front: e.Front, Back: e.Back, Entry: e, Leaf: l}
	switch e.Kind {
	case Reversed:
		card.Kind = Basic
		back := card
		back.ID += reverseSuffix
		back.Front, back.Back = e.Back, e.Front
		return []Card{card, back}
	case Cloze:
		blanks := Blanks(e.Front)
		cards := make([]Card, len(blanks))
		for i := range blanks {
			cards[i] = card
			cards[i].ID = CardID(fmt.Sprintf("%s~%d", id, i+1))
			cards[i].Front = hideBlank(e.Front, blanks, i)
			cards[i].Back = blanks[i].Answer
			if e.Back != "" {
				cards[i].Back += "\n\n" + e.Back
			}
		}
		return cards
	}
	return []Card{card}
}

// Blank is one {{answer}} or {{answer::hint}} of a cloze text. Start and End
// are byte offsets of the braces in the text.
type Blank struct {
	Answer, Hint string
	Start, End   int
}

// Blanks returns the blanks of a cloze text in order; none when it has none.
// Braces without an answer between them are not a blank.
func Blanks(text string) []Blank {
	var blanks []Blank
	for at := 0; ; {
		open := strings.Index(text[at:], "{{")
		if open < 0 {
			return blanks
		}
		open += at
		length := strings.Index(text[open:], "}}")
		if length < 0 {
			return blanks
		}
		end := open + length + 2
		answer, hint, _ := strings.Cut(text[open+2:end-2], "::")
		if strings.TrimSpace(answer) != "" {
			blanks = append(blanks, Blank{Answer: answer, Hint: hint, Start: open, End: end})
		}
		at = end
	}
}

// hideBlank returns text with the asked blank cut out and the others filled in.
func hideBlank(text string, blanks []Blank, asked int) string {
	var b strings.Builder
	at := 0
	for i, blank := range blanks {
		b.WriteString(text[at:blank.Start])
		switch {
		case i != asked:
			b.WriteString(blank.Answer)
		case blank.Hint != "":
			b.WriteString("[" + blank.Hint + "]")
		default:
			b.WriteString("[…]")
		}
		at = blank.End
	}
	b.WriteString(text[at:])
	return b.String()
}
