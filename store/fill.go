package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/ahead"
)

// unreadSize is the size of a file that is not indexed to its end.
const unreadSize = -1

// errTaken says that a deck is not, or no longer, one that fill or change has to
// itself.
var errTaken = errors.New("another process indexes the deck")

// fill inserts the cards of a large deck of which the store has none, in
// transactions so short that nobody has to wait long for an answer to be saved. Each
// leaves a sound store. The file is noted with unreadSize until the last one: whoever
// comes after a kill reads it again. It returns the number of cards inserted, which is
// not all of them when others had or made a deck of that name or file meanwhile, or
// when there are not as many as expected: then it gives errTaken.
func (d *DB) fill(s syncing, f File, cards iter.Seq2[*incoming, error], total int) (filled int, err error) {
	next, stop := ahead.Pull(cards)
	defer stop()
	n := newCount{leaves: make(map[placedLeaf]struct{})}
	var token int64
	s.sections = make(map[place]*placed)
	steps := total + 1 // of which the last one finds that there are no more
	err = d.inPieces(s.ctx, "indexing "+f.Path, steps, piecework{
		begin: func(tx *txn) error {
			s.tx, s.lastID = tx, 0
			n.begin()
			return s.claim(f, filled, &token)
		},
		step: func(i int) error {
			c, err, more := next()
			switch {
			case err != nil:
				return err
			case more != (i < total):
				return errTaken
			case !more:
				return nil
			}
			if err := s.insertNew(c); err != nil {
				return err
			}
			n.add(c)
			return nil
		},
		end: func(done int) error {
			if err := s.flush(); err != nil {
				return err
			}
			if err := s.countNew(&n); err != nil || done < steps {
				return err
			}
			return putFile(s.ctx, s.tx, f)
		},
		after: func(done int) {
			filled = min(done, total)
			if d.progress != nil {
				d.progress(int64(filled), int64(total))
			}
		},
	}, &pace{})
	return filled, err
}

// claim makes the deck before its first card, and finds out before the others
// whether it is still as it was left.
func (s *syncing) claim(f File, filled int, token *int64) error {
	var there int
	if filled > 0 {
		if err := holdOn(s.ctx, s.tx, f.Path, token); err != nil {
			return err
		}
		err := s.tx.QueryRowContext(s.ctx, "SELECT count(*) FROM deck WHERE id = ? AND uid = ? AND path = ?", s.deckID, s.deck.ID, f.Path).Scan(&there)
		if err == nil && there == 0 {
			return errTaken
		}
		return err
	}
	err := s.tx.QueryRowContext(s.ctx, "SELECT count(*) FROM deck WHERE uid = ? OR path = ?", s.deck.ID, f.Path).Scan(&there)
	if err == nil && there > 0 {
		return errTaken
	}
	if err == nil {
		err = s.newDeck(f.Path)
	}
	if err == nil {
		*token, err = putUnread(s.ctx, s.tx, f)
	}
	return err
}

func (s *syncing) insertNew(c *incoming) (err error) {
	if c.section, err = s.section(c.path); err != nil {
		return err
	}
	return s.insert(c)
}

// placedLeaf is a leaf in its section: both keys mixed, in bytes because a map of
// those has no gaps.
type placedLeaf [8]byte

func placedLeafOf(c *incoming) (p placedLeaf) {
	binary.NativeEndian.PutUint64(p[:], uint64(c.leaf^c.section<<32))
	return p
}

// newCount counts the new cards of a transaction.
type newCount struct {
	sections map[int64]cardsAndLeaves
	levels   map[deck.Level]int
	// leaves are those counted so far, by all transactions.
	leaves map[placedLeaf]struct{}
}

type cardsAndLeaves struct{ cards, leaves int }

func (n *newCount) begin() {
	n.sections, n.levels = make(map[int64]cardsAndLeaves), make(map[deck.Level]int)
}

func (n *newCount) add(c *incoming) {
	before := len(n.leaves)
	n.leaves[placedLeafOf(c)] = struct{}{}
	sum := n.sections[c.section]
	sum.cards++
	sum.leaves += len(n.leaves) - before
	n.sections[c.section] = sum
	n.levels[c.level]++
}

// countFirst makes the counters of a deck that had no cards before.
func (s *syncing) countFirst() error {
	n := newCount{leaves: make(map[placedLeaf]struct{})}
	n.begin()
	for _, c := range s.cards {
		n.add(c)
	}
	return s.countNew(&n)
}

// countNew adds new cards to the counters of their sections and levels, as
// recount would count them.
func (s *syncing) countNew(n *newCount) error {
	for id, sum := range n.sections {
		_, err := s.tx.ExecContext(s.ctx, "UPDATE section SET n_new = n_new + ?, leaves = leaves + ? WHERE id = ?", sum.cards, sum.leaves, id)
		if err != nil {
			return fmt.Errorf("counting cards: %w", err)
		}
	}
	for level, cards := range n.levels {
		_, err := s.tx.ExecContext(s.ctx, `INSERT INTO level_count (deck_id, level, n_new) VALUES (?1, ?2, ?3)
			ON CONFLICT (deck_id, level) DO UPDATE SET n_new = n_new + ?3`, s.deckID, level, cards)
		if err != nil {
			return fmt.Errorf("counting cards: %w", err)
		}
	}
	return nil
}
