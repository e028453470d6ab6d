package store

import (
	"context"

	"github.com/mindleaf/mindleaf/srs"
)

// shift adds up what cards that change their state or place move in all counters,
// to be written at the end of a piece.
type shift struct {
	*ledger
	sections map[int64]sectionShift
	levels   map[deckLevel]srs.Counts
	pages    map[int64]pagedCard // by card
}

// pagedCard is a card with the state that its page is to say.
type pagedCard struct {
	card  srs.Card
	state srs.State
}

// sectionShift is what a section gains.
type sectionShift struct {
	counts srs.Counts
	leaves int64
}

// deckLevel is a level of one deck.
type deckLevel struct {
	deck  int64
	level int8
}

func newShift() *shift {
	return &shift{newLedger(), make(map[int64]sectionShift), make(map[deckLevel]srs.Counts), make(map[int64]pagedCard)}
}

// count adds n times a card in a file to its section and level; n is 1 or -1.
func (s *shift) count(c srs.Card, n int64) {
	counts := srs.CountState(c.State)
	if c.Section != 0 {
		of := s.sections[c.Section]
		of.counts = of.counts.Add(counts, n)
		s.sections[c.Section] = of
	}
	level := deckLevel{c.Deck, c.Level}
	s.levels[level] = s.levels[level].Add(counts, n)
}

// leave takes a card out of the counters of what is in a file.
func (s *shift) leave(c srs.Card) {
	s.count(c, -1)
	s.page(c, srs.NewState())
}

// enter is the reverse of leave.
func (s *shift) enter(c srs.Card) {
	s.count(c, 1)
	s.page(c, c.State)
}

// page enters what the page of a card says of it.
func (s *shift) page(c srs.Card, now srs.State) {
	if _, there := s.pages[c.ID]; !there && c.State.Phase == srs.New && now.Phase == srs.New {
		return // it says nothing, and has to say nothing
	}
	s.pages[c.ID] = pagedCard{c, now}
}

// write adds all to the counters.
func (s *shift) write(ctx context.Context, tx *txn) error {
	if err := s.ledger.write(ctx, tx); err != nil {
		return err
	}
	for id, of := range s.sections {
		if of == (sectionShift{}) {
			continue
		}
		c := of.counts
		_, err := tx.ExecContext(ctx, "UPDATE section"+setCounts+", leaves = leaves + ? WHERE id = ?",
			c.New, c.Learning, c.Young, c.Mature, c.Suspended, of.leaves, id)
		if err != nil {
			return err
		}
	}
	for of, c := range s.levels {
		if c == (srs.Counts{}) {
			continue
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO level_count (deck_id, level, n_new, n_learning, n_young, n_mature, n_suspended)
			VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (deck_id, level) DO UPDATE SET n_new = n_new + excluded.n_new,
			n_learning = n_learning + excluded.n_learning, n_young = n_young + excluded.n_young,
			n_mature = n_mature + excluded.n_mature, n_suspended = n_suspended + excluded.n_suspended`,
			of.deck, of.level, c.New, c.Learning, c.Young, c.Mature, c.Suspended)
		if err != nil {
			return err
		}
	}
	return setPages(ctx, tx, func(yield func(srs.Card, srs.State) bool) {
		for _, c := range s.pages {
			if !yield(c.card, c.state) {
				return
			}
		}
	})
}
