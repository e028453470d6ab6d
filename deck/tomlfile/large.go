package tomlfile

import (
	"bytes"
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
			l.count(&leaves[i])
		}
		return nil
	})
	sum.Sum(l.Sum[:0])
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
		})
	}
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
