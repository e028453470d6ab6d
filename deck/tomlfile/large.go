package tomlfile

import (
	"crypto/sha256"
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
	name  string
	ids   *deck.Identities
}

// ReadLarge reads and checks a deck file as Read does, but without holding it. Its
// error is an *Error, and then Sum is known all the same, ErrWhole for a file that
// only Parse can read, or one of r's.
func ReadLarge(name string, r io.Reader) (*Large, error) {
	sum, l := sha256.New(), &Large{name: name}
	var err error
	l.Deck, l.ids, err = stream(name, io.TeeReader(r, sum), blockBytes, func(leaves []deck.Leaf) error {
		for i := range leaves {
			for j := range leaves[i].Entries {
				_, cards := leaves[i].Entries[j].Makes()
				l.Count += cards
			}
		}
		return nil
	})
	sum.Sum(l.Sum[:0])
	return l, err
}

// Cards reads the same file again, from its beginning, and yields what Deck.Cards
// would return. It can be done once. At the end it gives ErrWhole when the file has
// changed since.
func (l *Large) Cards(r io.Reader) iter.Seq2[deck.Card, error] {
	return func(yield func(deck.Card, error) bool) {
		sum, going := sha256.New(), true
		err := eachBlock(l.name, io.TeeReader(r, sum), blockBytes, func(b *parsedBlock) error {
			for leaf := range b.deck.All {
				for _, c := range l.ids.Cards(leaf) {
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
