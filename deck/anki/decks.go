package anki

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// Decks returns the notes of the package as decks, one for each top-level deck
// of Anki that has cards, in the order of their names. Nested decks are
// sections, in the order of theirs, and new cards stand in the order in which
// Anki would show them. A deck has the identity of the one that it was exported
// from, or none.
func (p *Package) Decks(ctx context.Context) ([]*deck.Deck, error) {
	byName := make(map[string]*gathered)
	err := p.Notes(ctx, func(n *Note) error {
		g := byName[n.Deck]
		if g == nil {
			g = &gathered{deck: &deck.Deck{Format: 1, Title: n.Deck, ID: n.Exported, Language: n.Language}}
			byName[n.Deck] = g
		}
		if g.deck.ID != n.Exported {
			g.deck.ID = ""
		}
		g.notes = append(g.notes, *n)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []*deck.Deck
	for _, g := range byName {
		g.sort()
		out = append(out, g.deck)
	}
	slices.SortFunc(out, func(a, b *deck.Deck) int { return byLetters(a.Title, b.Title) })
	return out, nil
}

type gathered struct {
	deck  *deck.Deck
	notes []Note
}

// sort puts the leaves in order. A deck that was exported has the order of its
// own, and its leaves are put together again.
func (g *gathered) sort() {
	exported := g.deck.ID != ""
	slices.SortStableFunc(g.notes, func(a, b Note) int {
		if exported {
			return cmp.Compare(a.Place, b.Place)
		}
		return cmp.Or(slices.CompareFunc(a.Leaf.Path, b.Leaf.Path, byLetters), cmp.Compare(a.Place, b.Place))
	})
	leaves := make([]deck.Leaf, 0, len(g.notes))
	for i := range g.notes {
		l := g.notes[i].Leaf
		if n := len(leaves); exported && n > 0 && !l.Alone() && leaves[n-1].Text == l.Text && slices.Equal(leaves[n-1].Path, l.Path) {
			leaves[n-1].Entries = append(leaves[n-1].Entries, l.Entries...)
			continue
		}
		leaves = append(leaves, l)
	}
	g.deck.Leaves = leaves
}

func byLetters(a, b string) int {
	return cmp.Or(cmp.Compare(strings.ToLower(a), strings.ToLower(b)), cmp.Compare(a, b))
}
