package store

import (
	"encoding/json"
	"iter"
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// incoming is a card of the file on its way into the store.
type incoming struct {
	id deck.CardID
	*chapter
	leaf, hash  int64
	order, line int32
	kind        deck.Kind
	level       deck.Level
	derived     bool
	// wording is nil where only what tells one card from another is held.
	*wording
	row    *row
	traits *traits // made when the row has to be searched for
}

// chapter is where cards stand in the file: the names of the sections above them, and
// the key of the innermost one once it is known.
type chapter struct {
	path    []string
	section int64
}

// wording is all that the file has the learner read of a card.
type wording struct {
	leafText, front, back, note, source, extra string
}

// noExtras is the JSON of a card that has none of the extras.
const noExtras = "{}"

// extras is what content keeps as JSON.
type extras struct {
	Choices []deck.Option `json:"choices,omitempty"`
	Accept  []string      `json:"accept,omitempty"`
	Tags    []string      `json:"tags,omitempty"`
	Media   []string      `json:"media,omitempty"`
}

// newIncoming returns a card with its leaf, order and hash, and without a section
// yet.
func newIncoming(in deck.ID, c deck.Card, order int) (*incoming, error) {
	e, l := c.Entry, c.Leaf
	extra, err := json.Marshal(extras{e.Choices, e.Accept, e.Tags, e.Media})
	if err != nil {
		return nil, err
	}
	w := &wording{l.Text, c.Front, c.Back, e.Note, e.Source, string(extra)}
	return &incoming{
		id: c.ID, kind: c.Kind, level: l.Level, derived: c.Derived, line: int32(e.Pos.Line), chapter: &chapter{path: l.Path},
		leaf: leafKey(in, c), order: int32(order), wording: w,
		hash: hashOfText(c.Kind, w),
	}, nil
}

// hashOfText tells what a card has the learner read from any other text.
func hashOfText(kind deck.Kind, w *wording) int64 {
	return hashOf(strconv.Itoa(int(kind)), w.leafText, w.front, w.back, w.note, w.source, w.extra)
}

// CardSource yields the cards of a file in the order of Deck.Cards, from the first one
// on whenever it is called. Given lines, in their order, it may leave out all but the
// cards of the entries that begin on them, and identities that are not stated.
type CardSource func(lines []int) iter.Seq2[deck.Card, error]

// incomings yields the cards of a deck from its source.
func (s CardSource) incomings(in deck.ID, lines []int) iter.Seq2[*incoming, error] {
	return func(yield func(*incoming, error) bool) {
		order := 0
		for card, err := range s(lines) {
			var c *incoming
			if err == nil {
				c, err = newIncoming(in, card, order)
			}
			if order++; !yield(c, err) {
				return
			}
		}
	}
}

// Cards are the cards of a file without their texts: what SyncLarge needs to find out
// which of them have changed. The zero Cards are none.
type Cards struct {
	list     []*incoming
	chapters map[string]*chapter
}

// Add adds the next card of a deck in the order of Deck.Cards.
func (c *Cards) Add(in deck.ID, card deck.Card) error {
	added, err := newIncoming(in, card, len(c.list))
	if err == nil {
		c.add(added)
	}
	return err
}

// add adds a card without its wording and any other part of its file's text.
func (c *Cards) add(in *incoming) {
	key := strings.Join(in.path, "\x00")
	at := c.chapters[key]
	if at == nil {
		at = &chapter{}
		for _, name := range in.path {
			at.path = append(at.path, strings.Clone(name))
		}
		if c.chapters == nil {
			c.chapters = make(map[string]*chapter)
		}
		c.chapters[key] = at
	}
	in.id, in.chapter, in.wording = deck.CardID(strings.Clone(string(in.id))), at, nil
	c.list = append(c.list, in)
}

// worded yields some of the cards, which are in the order of the file, with their
// wording, which it may have to read again. When they are not there any more it yields
// ErrOthers.
func (s *syncing) worded(cards []*incoming) iter.Seq2[*incoming, error] {
	return func(yield func(*incoming, error) bool) {
		for len(cards) > 0 && cards[0].wording != nil {
			if !yield(cards[0], nil) {
				return
			}
			cards = cards[1:]
		}
		if len(cards) == 0 {
			return
		}
		lines := make([]int, len(cards))
		for i, c := range cards {
			lines[i] = int(c.line)
		}
		left := cards
		for c, err := range s.source.incomings(s.deck.ID, lines) {
			if err != nil {
				yield(nil, err)
				return
			}
			if c.line != left[0].line || c.hash != left[0].hash {
				continue
			}
			again := *left[0]
			again.wording = c.wording
			if left = left[1:]; !yield(&again, nil) || len(left) == 0 {
				return
			}
		}
		yield(nil, ErrOthers)
	}
}

// positional reports whether the card's identity follows from its place among
// others and may therefore be another card's once one is added or removed.
func (c *incoming) positional() bool { return c.derived || c.kind == deck.Cloze }
