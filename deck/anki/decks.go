package anki

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/spill"
)

// Deck is a top-level deck of Anki. Its leaves are not held in memory.
type Deck struct {
	// Deck is the deck without its leaves. It has the identity of the one that it
	// was exported from, or none.
	Deck *deck.Deck
	// Notes counts the notes that it was made of; of one that was exported, which
	// has several in a leaf, the entries.
	Notes    int
	in       *Package
	exported bool
	leaves   []gathered
}

// gathered is a leaf of a deck: the place of its note, which is no larger than that
// of a card, and where it lies.
type gathered struct {
	path  *[]string
	spot  spill.Spot
	place int32
}

// Decks returns the notes of the package as decks, one for each top-level deck
// of Anki that has cards, in the order of their names.
func (p *Package) Decks(ctx context.Context) ([]*Deck, error) {
	byName, paths := make(map[string]*Deck), make(map[string]*[]string)
	err := p.Notes(ctx, func(n *Note) error {
		d := byName[n.Deck]
		if d == nil {
			d = &Deck{in: p, Deck: &deck.Deck{Format: 1, Title: n.Deck, ID: n.Exported, Language: n.Language}}
			byName[n.Deck] = d
		}
		if d.Deck.ID != n.Exported {
			d.Deck.ID = ""
		}
		path := n.Leaf.Path
		section := strings.Join(path, "\x1f")
		if paths[section] == nil {
			paths[section] = &path
		}
		in, err := p.spill.Add(&n.Leaf)
		d.leaves = append(d.leaves, gathered{paths[section], in, int32(n.Place)})
		d.Notes += len(n.Leaf.Entries)
		return p.named(err, "the notes")
	})
	if err == nil {
		err = p.spill.Flush()
	}
	if err != nil {
		return nil, err
	}
	p.seen = make(map[uint64]bool)
	var out []*Deck
	for _, d := range byName {
		d.sort()
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b *Deck) int { return byLetters(a.Deck.Title, b.Deck.Title) })
	return out, nil
}

// sort puts the leaves in order. A deck that was exported has the order of its own.
func (d *Deck) sort() {
	d.exported = d.Deck.ID != ""
	if !d.exported {
		d.Notes = len(d.leaves)
	}
	slices.SortStableFunc(d.leaves, func(a, b gathered) int {
		if d.exported {
			return cmp.Compare(a.place, b.place)
		}
		return cmp.Or(slices.CompareFunc(*a.path, *b.path, byLetters), cmp.Compare(a.place, b.place))
	})
}

// Leaves visits the leaves, each of which lasts until the next one: nested decks are
// sections, in the order of theirs, and new cards stand in the order in which Anki
// would show them. The leaves of a deck that was exported are put together again.
// Err says afterwards whether all were there.
func (d *Deck) Leaves(yield func(*deck.Leaf) bool) {
	var last deck.Leaf
	for i := range d.leaves {
		l, err := d.in.spill.Get(d.leaves[i].spot)
		if err != nil {
			d.in.wrong = d.in.named(err, "the notes")
			return
		}
		switch {
		case i == 0:
			last = l
		case d.exported && !l.Alone() && last.Text == l.Text && slices.Equal(last.Path, l.Path):
			last.Entries = append(last.Entries, l.Entries...)
		case !yield(&last):
			return
		default:
			last = l
		}
	}
	if len(d.leaves) > 0 {
		yield(&last)
	}
}

// Err returns what kept Leaves from visiting all leaves of a deck of the package.
func (p *Package) Err() error { return p.wrong }

func byLetters(a, b string) int {
	return cmp.Or(cmp.Compare(strings.ToLower(a), strings.ToLower(b)), cmp.Compare(a, b))
}
