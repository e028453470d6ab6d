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

// ReadLarge reads and checks a deck file as Read does, but without holding it. It
// gives ErrWhole for a file that only Parse can read, or has something to say about;
// any other error is one of r's.
func ReadLarge(name string, r io.Reader) (*Large, error) {
	sum, v := sha256.New(), deck.NewValidator()
	l := &Large{name: name, ids: v.IDs}
	var err error
	l.Deck, err = stream(name, io.TeeReader(r, sum), blockBytes, func(leaves []deck.Leaf) error {
		for i := range leaves {
			for j := range leaves[i].Entries {
				_, cards := leaves[i].Entries[j].Makes()
				l.Count += cards
			}
			v.Leaf(&leaves[i])
		}
		return unlessProblems(v)
	})
	if err != nil {
		return nil, err
	}
	v.Head(l.Deck)
	sum.Sum(l.Sum[:0])
	return l, unlessProblems(v)
}

func unlessProblems(v *deck.Validator) error {
	if len(v.Problems) > 0 {
		return ErrWhole
	}
	return nil
}

// Cards reads the same file again, from its beginning, and yields what Deck.Cards
// would return. It can be done once. At the end it gives ErrWhole when the file has
// changed since.
func (l *Large) Cards(r io.Reader) iter.Seq2[deck.Card, error] {
	return func(yield func(deck.Card, error) bool) {
		sum, going := sha256.New(), true
		_, err := stream(l.name, io.TeeReader(r, sum), blockBytes, func(leaves []deck.Leaf) error {
			for i := range leaves {
				for _, c := range l.ids.Cards(&leaves[i]) {
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
