package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/mindleaf/mindleaf/deck"
)

// unreadSize is the size of a file that is not indexed to its end.
const unreadSize = -1

// errTaken says that a deck is not, or no longer, one that fill or change has to
// itself.
var errTaken = errors.New("another process indexes the deck")

// fill inserts the cards of a large deck of which the store has none, a few
// hundred in a transaction, so that nobody has to wait long for an answer to be
// saved. Each transaction leaves a sound store. The file is noted with unreadSize
// until the last one: whoever comes after a kill reads it again. It returns the
// number of cards inserted, which is not all of them when others had or made a deck
// of that name or file meanwhile: then it gives errTaken.
func (d *DB) fill(s syncing, f File, cards iter.Seq2[*incoming, error], total int) (filled int, err error) {
	s.sections = make(map[place]*placed)
	var token int64
	leaves := make(map[placedLeaf]struct{})
	put := func(cards []*incoming, last bool) error {
		err := d.tx(s.ctx, "indexing "+f.Path, func(tx *txn) error {
			s.tx, s.lastID = tx, 0
			if err := s.claim(f, filled, &token); err != nil {
				return err
			}
			if err := s.insertNew(cards); err != nil {
				return err
			}
			if err := s.countNew(cards, leaves); err != nil || !last {
				return err
			}
			return putFile(s.ctx, tx, f)
		})
		if err != nil {
			return err
		}
		filled += len(cards)
		if d.progress != nil {
			d.progress(int64(filled), int64(total))
		}
		return nil
	}
	var piece []*incoming
	for c, err := range cards {
		if err != nil {
			return filled, err
		}
		if piece = append(piece, c); len(piece) < d.pieces.size {
			continue
		}
		if err := put(piece, false); err != nil {
			return filled, err
		}
		piece = piece[:0]
		time.Sleep(fillGap)
	}
	err = put(piece, true)
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

func (s *syncing) insertNew(cards []*incoming) (err error) {
	for _, c := range cards {
		if c.section, err = s.section(c.path); err != nil {
			return err
		}
		if err := s.insert(c); err != nil {
			return err
		}
	}
	return s.flush()
}

// placedLeaf is a leaf in its section: both keys mixed, in bytes because a map of
// those has no gaps.
type placedLeaf [8]byte

func placedLeafOf(c *incoming) (p placedLeaf) {
	binary.NativeEndian.PutUint64(p[:], uint64(c.leaf^c.section<<32))
	return p
}

// countNew adds new cards to the counters of their sections and levels, as
// recount would count them. leaves are those counted before.
func (s *syncing) countNew(cards []*incoming, leaves map[placedLeaf]struct{}) error {
	type sum struct{ cards, leaves int }
	sections, levels := make(map[int64]sum), make(map[deck.Level]int)
	for _, c := range cards {
		n := sections[c.section]
		n.cards++
		before := len(leaves)
		leaves[placedLeafOf(c)] = struct{}{}
		n.leaves += len(leaves) - before
		sections[c.section] = n
		levels[c.level]++
	}
	for id, n := range sections {
		_, err := s.tx.ExecContext(s.ctx, "UPDATE section SET n_new = n_new + ?, leaves = leaves + ? WHERE id = ?", n.cards, n.leaves, id)
		if err != nil {
			return fmt.Errorf("counting cards: %w", err)
		}
	}
	for level, n := range levels {
		_, err := s.tx.ExecContext(s.ctx, `INSERT INTO level_count (deck_id, level, n_new) VALUES (?1, ?2, ?3)
			ON CONFLICT (deck_id, level) DO UPDATE SET n_new = n_new + ?3`, s.deckID, level, n)
		if err != nil {
			return fmt.Errorf("counting cards: %w", err)
		}
	}
	return nil
}
