package tomlfile

import (
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
}

// ReadLarge reads and checks a deck file as Read does, but without holding it. Unless
// see is nil it is given each card on the way, and the deck without its leaves; the
// identities of cards are final unless the Large is Overtaken in the end. The
// error is an *Error, and then Sum is known all the same, ErrWhole for a file that
// only Parse can read, or one of r's.
func ReadLarge(name string, r io.Reader, see func(in *deck.Deck, c deck.Card) error) (*Large, error) {
	sum, l := sha256.New(), &Large{name: name}
	d, ids, err := stream(name, io.TeeReader(r, sum), blockBytes, func(in *deck.Deck, ids *deck.Identities, leaf *deck.Leaf) error {
		for i := range leaf.Entries {
			_, cards := leaf.Entries[i].Makes()
			l.Count += cards
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

// Cards reads the same file again, from its beginning, and yields what Deck.Cards
// would return. Given lines, in their order, it yields little more than the cards of
// the entries that begin on them; identities that are not stated are not theirs. At the end it gives ErrWhole when the file has changed since.
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
