package tomlfile

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/mindleaf/mindleaf/deck"
)

// Large is a deck file without problems of which only what all cards have in
// common is held in memory.
type Large struct {
	// Deck is the deck without its leaves.
	Deck *deck.Deck
	// Count is the number of cards, and Sum the SHA-256 of the file.
	Count int
	Sum   [sha256.Size]byte
	// Overtaken says that cards which ReadLarge showed have another identity after all.
	Overtaken bool
	name      string
	ids       *deck.Identities
	lines     []int32 // on which the entries begin
}

// ReadLarge reads and checks a deck file as Read does, but without holding it. Unless
// they are nil, keep is given each leaf on the way, for CardsOf, and see each card, with
// the deck without its leaves; the identities of cards are final unless the Large is
// Overtaken in the end. The error is an *Error, and then Sum is known all the same,
// ErrWhole for a file that only Parse can read, or one of r's, keep's or see's.
func ReadLarge(name string, r io.Reader, keep func(*deck.Leaf) error, see func(in *deck.Deck, c deck.Card) error) (*Large, error) {
	sum, l := sha256.New(), &Large{name: name}
	d, ids, err := stream(name, io.TeeReader(r, sum), blockBytes, func(in *deck.Deck, ids *deck.Identities, leaf *deck.Leaf) error {
		l.count(leaf)
		for i := range leaf.Entries {
			l.lines = append(l.lines, int32(leaf.Entries[i].Pos.Line))
		}
		if keep != nil {
			if err := keep(leaf); err != nil {
				return err
			}
		}
		if see == nil {
			return nil
		}
		for _, c := range ids.Now(leaf) {
			if err := see(in, c); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.As(err, new(*Error)) {
		if _, failed := io.Copy(sum, r); failed != nil {
			err = fmt.Errorf("reading deck %s: %w", name, failed)
		}
	}
	sum.Sum(l.Sum[:0])
	if err == nil {
		l.Deck, l.ids, l.Overtaken = d, ids.Again(), ids.Overtaken()
	}
	return l, err
}

func (l *Large) count(leaf *deck.Leaf) {
	for i := range leaf.Entries {
		_, cards := leaf.Entries[i].Makes()
		l.Count += cards
	}
}

// WriteLarge does what Write does for a deck whose leaves are at hand one after
// another only, and returns what ReadLarge would make of the file that it wrote, which
// is to have that name: so a deck in which Deck.Validate finds nothing need not be
// checked again. When a leaf cannot stand in a file it fails in the middle.
func WriteLarge(name string, w io.Writer, d *deck.Deck, leaves iter.Seq[*deck.Leaf]) (*Large, error) {
	sum, l := sha256.New(), &Large{name: name, ids: deck.NewIdentities()}
	var head bytes.Buffer
	err := Write(&head, &deck.Deck{Format: d.Format, ID: d.ID, Title: d.Title, Language: d.Language, About: d.About})
	if err == nil {
		l.Deck, err = Parse(name, head.Bytes())
	}
	if err == nil {
		err = writeLeaves(io.MultiWriter(w, sum), d, func(yield func(*deck.Leaf) bool) {
			for leaf := range leaves {
				l.count(leaf)
				l.ids.State(leaf)
				if !yield(leaf) {
					return
				}
			}
		}, func(line int) { l.lines = append(l.lines, int32(line)) })
	}
	sum.Sum(l.Sum[:0])
	return l, err
}

// CardsOf yields what Cards would, but for columns, without reading the file: leaves are
// those that WriteLarge wrote, or that ReadLarge gave to keep, visited once more. It
// gives their entries the lines of the file. When they are not as many as they were, it
// gives ErrWhole.
func (l *Large) CardsOf(leaves iter.Seq[*deck.Leaf]) iter.Seq2[deck.Card, error] {
	return func(yield func(deck.Card, error) bool) {
		ids, lines := l.ids.Again(), l.lines
		for leaf := range leaves {
			if len(lines) < len(leaf.Entries) {
				yield(deck.Card{}, ErrWhole)
				return
			}
			for i := range leaf.Entries {
				leaf.Entries[i].Pos.Line, lines = int(lines[0]), lines[1:]
			}
			for _, c := range ids.Cards(leaf) {
				if !yield(c, nil) {
					return
				}
			}
		}
		if len(lines) > 0 {
			yield(deck.Card{}, ErrWhole)
		}
	}
}

// Cards reads the same file again, from its beginning, and yields what Deck.Cards
// would return. Given lines, in their order, it yields little more than the cards of
// the entries that begin on them; identities that are not stated are not theirs. At
// the end it gives ErrWhole when the file has changed since.
func (l *Large) Cards(r io.Reader, lines []int) iter.Seq2[deck.Card, error] {
	return func(yield func(deck.Card, error) bool) {
		sum, ids, going := sha256.New(), l.ids.Again(), true
		err := eachBlock(l.name, io.TeeReader(r, sum), blockBytes, lines, func(b *parsedBlock) error {
			if b.deck == nil {
				return ErrWhole
			}
			for leaf := range b.deck.All {
				for _, c := range ids.Cards(leaf) {
					if going = yield(c, nil); !going {
						return ErrWhole
					}
				}
			}
			return nil
		})
		if err == nil && [sha256.Size]byte(sum.Sum(nil)) != l.Sum {
			err = ErrWhole
		}
		if going && err != nil {
			yield(deck.Card{}, err)
		}
	}
}
