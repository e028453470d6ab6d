package session

import (
	"iter"

	"github.com/mindleaf/mindleaf/srs"
)

// Picker chooses new cards from a stream in path order, no two of one leaf, so
// that a caller reads from its store no more than it needs. Make one with
// NewPicker. Leaf 0 is no leaf: such cards have no siblings.
type Picker struct {
	limit int
	// before are the leaves taken before, taken those that it takes itself.
	before, taken map[int64]bool
	cards         []srs.Card
}

// NewPicker returns a Picker of at most limit cards, none if limit is 0 or less,
// that passes over cards of the leaves in taken: those seen today. taken is not
// changed, must not be while the Picker is used, and may be nil.
func NewPicker(limit int, taken map[int64]bool) *Picker {
	return &Picker{limit: limit, before: taken, taken: make(map[int64]bool)}
}

// Avoid makes p pass over siblings of cards: those due today or in drill.
func (p *Picker) Avoid(cards []srs.Card) {
	for _, c := range cards {
		p.taken[c.Leaf] = true
	}
}

// More reports whether p wants more cards.
func (p *Picker) More() bool { return len(p.cards) < p.limit }

// Take offers c, which is kept unless its leaf is taken, and reports whether p
// wants more.
func (p *Picker) Take(c srs.Card) (more bool) {
	if p.More() && (c.Leaf == 0 || !p.taken[c.Leaf] && !p.before[c.Leaf]) {
		p.taken[c.Leaf] = true
		p.cards = append(p.cards, c)
	}
	return p.More()
}

// Cards returns the cards kept so far, in the order they were offered.
func (p *Picker) Cards() []srs.Card { return p.cards }

// Pick offers candidates to a Picker until it has limit cards, and returns them.
func Pick(candidates iter.Seq[srs.Card], limit int, taken map[int64]bool) []srs.Card {
	p := NewPicker(limit, taken)
	if !p.More() {
		return nil
	}
	for c := range candidates {
		if !p.Take(c) {
			break
		}
	}
	return p.cards
}
