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
	stated := d.statedIDs()
	taken := make(map[string]int)
	for i := range d.Leaves {
		leaf := &d.Leaves[i]
		for j := range leaf.Entries {
			e := &leaf.Entries[j]
			id, derived := e.ID, false
			if id == "" {
				id, derived = deriveID(leaf, e, taken, stated), true
			}
			cards = append(cards, expand(leaf, e, id, derived)...)
		}
	}
	return cards
}

func (d *Deck) statedIDs() map[CardID]bool {
	stated := make(map[CardID]bool)
	for i := range d.Leaves {
		for j := range d.Leaves[i].Entries {
			stated[d.Leaves[i].Entries[j].ID] = true
		}
	}
	return stated
}

// deriveID counts in taken how many entries have the same place. It passes
// over stated IDs: they are derived ones that have been written into the file,
// and still belong to the entries that state them.
func deriveID(l *Leaf, e *Entry, taken map[string]int, stated map[CardID]bool) CardID {
	text := l.Text
	if l.Alone() {
		text = e.Front
	}
	place := strings.Join(append(append([]string{}, l.Path...), text, e.Kind.String()), "\x1f")
	for {
		n := taken[place]
		taken[place]++
		sum := sha256.Sum256([]byte(place + "\x1f" + strconv.Itoa(n)))
		id := CardID(strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10])))
		if !stated[id] {
			return id
		}
	}
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
