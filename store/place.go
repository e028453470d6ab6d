package store

import (
	"hash/fnv"
	"iter"
	"slices"

	"github.com/mindleaf/mindleaf/deck"
)

// place is where a section hangs: the key of its parent and its name.
type place struct {
	parent int64
	name   string
}

// placed is a section of the deck; seen says that the file has it.
type placed struct {
	id, order int64
	place     place
	seen      bool
}

func (s *syncing) loadSections() error {
	all, err := collect(s.ctx, s.tx, func(row scanner) (p *placed, err error) {
		p = &placed{}
		return p, row.Scan(&p.id, &p.order, &p.place.parent, &p.place.name)
	}, "SELECT id, ord, parent_id, name FROM section WHERE deck_id = ?", s.deckID)
	s.sections = make(map[place]*placed, len(all))
	for _, p := range all {
		s.sections[p.place] = p
	}
	return err
}

// section returns the key of the section with the given path, made when it is
// not there; 0 for the empty path.
func (s *syncing) section(path []string) (parent int64, err error) {
	for _, name := range path {
		at := place{parent, name}
		p := s.sections[at]
		if p == nil {
			if p, err = s.newSection(at); err != nil {
				return 0, err
			}
		}
		if err := s.orderSection(p); err != nil {
			return 0, err
		}
		parent = p.id
	}
	return parent, nil
}

func (s *syncing) newSection(at place) (*placed, error) {
	result, err := s.tx.ExecContext(s.ctx, "INSERT INTO section (deck_id, parent_id, name, ord) VALUES (?, ?, ?, ?)",
		s.deckID, at.parent, at.name, s.ordered)
	if err != nil {
		return nil, err
	}
	p := &placed{order: s.ordered, place: at}
	p.id, err = result.LastInsertId()
	s.sections[at] = p
	return p, err
}

// orderSection puts a section after those seen before it.
func (s *syncing) orderSection(p *placed) error {
	if p.seen {
		return nil
	}
	order := s.ordered
	p.seen = true
	s.ordered++
	if p.order == order {
		return nil
	}
	p.order = order
	_, err := s.tx.ExecContext(s.ctx, "UPDATE section SET ord = ? WHERE id = ?", order, p.id)
	return err
}

// leafKey is the same for all cards of a leaf, and 0 for a card that stands
// alone. The cards made from one entry are siblings even without a leaf: each
// would give the next away.
func leafKey(id deck.ID, c deck.Card) int64 {
	l, e := c.Leaf, c.Entry
	if l.Alone() && (e.Kind == deck.Reversed || e.Kind == deck.Cloze) {
		return hashOf(string(id), string(e.ID), e.Front)
	}
	if l.Alone() {
		return 0
	}
	return hashOf(append([]string{string(id), l.Text}, l.Path...)...)
}

// hashOf returns 63 bits of FNV-1a of parts, never 0.
func hashOf(parts ...string) int64 { return hashEach(slices.Values(parts)) }

func hashEach(parts iter.Seq[string]) int64 {
	h := fnv.New64a()
	for p := range parts {
		// Writing to a hash never fails.
		_, _ = h.Write([]byte(p))
		_, _ = h.Write([]byte{0})
	}
	return int64(h.Sum64()>>1 | 1)
}
