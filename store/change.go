package store

import (
	"context"
	"iter"
	"strings"

	"github.com/mindleaf/mindleaf/srs"
)

// change is SyncDeck for a large deck that is there, in transactions so short that
// nobody has to wait long for an answer to be saved. What becomes of which card is
// found out while nobody has to wait at all, and noted: see decision. Each
// transaction leaves a sound store. The file is noted as one to be read again until
// the last: whoever comes after a kill goes on from there. It returns errTaken when
// others have changed the deck meanwhile.
func (d *DB) change(s syncing, f File) (Changes, error) {
	c := &changing{syncing: s, db: d, doing: "indexing " + f.Path, file: f}
	for _, step := range []func() error{c.announce, c.putSections, c.decide, c.put, c.retireOthers, c.finish} {
		if err := step(); err != nil {
			return c.changes, err
		}
	}
	return c.changes, nil
}

// changing is one run of change.
type changing struct {
	syncing
	db    *DB
	doing string
	file  File
	// token is what the index of the file has while nobody else changes it.
	token int64
	pace  pace
}

// announce finds or makes the deck and notes that the file is not indexed to its
// end.
func (c *changing) announce() error {
	return c.db.tx(c.ctx, c.doing, func(tx *txn) (err error) {
		c.tx = tx
		if err := c.putDeck(c.file.Path); err != nil {
			return err
		}
		if _, err := tx.ExecContext(c.ctx, "DELETE FROM decision WHERE path = ? AND hash <> ?", c.file.Path, c.contents()); err != nil {
			return err
		}
		c.token, err = putUnread(c.ctx, tx, c.file)
		return err
	})
}

// putUnread notes that a file is not indexed to its end, and returns the token of
// who is doing that.
func putUnread(ctx context.Context, tx *txn, f File) (token int64, err error) {
	f.MTimeNS, f.Size, f.Hash, f.Err = 0, unreadSize, [len(f.Hash)]byte{}, ""
	if err := tx.QueryRowContext(ctx, "SELECT abs(random() / 2)").Scan(&f.IndexedNS); err != nil {
		return 0, err
	}
	return f.IndexedNS, putFile(ctx, tx, f)
}

// holdOn makes sure at the beginning of a piece that all is as the last one left
// it.
func holdOn(ctx context.Context, tx *txn, path string, token *int64) error {
	result, err := tx.ExecContext(ctx, "UPDATE deck_file SET indexed_ns = ?1 + 1 WHERE path = ?2 AND size = ?3 AND indexed_ns = ?1", *token, path, unreadSize)
	if err != nil {
		return err
	}
	*token++
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return errTaken
}

// begin begins a piece. A repair drops sections in which there are no cards yet.
func (c *changing) begin(tx *txn) error {
	c.tx, c.lastID, c.counts = tx, 0, newShift()
	c.ledger = c.counts.ledger
	if err := holdOn(c.ctx, tx, c.file.Path, &c.token); err != nil {
		return err
	}
	var sections int
	err := tx.QueryRowContext(c.ctx, `SELECT count(*) FROM section WHERE deck_id = (SELECT id FROM deck WHERE id = ? AND uid = ? AND path = ?)`,
		c.deckID, c.deck.ID, c.file.Path).Scan(&sections)
	if err == nil && sections != len(c.sections) {
		return errTaken
	}
	return err
}

// end writes what the piece has put aside.
func (c *changing) end() error {
	if err := c.flush(); err != nil {
		return err
	}
	return c.counts.write(c.ctx, c.tx)
}

// putSections makes the sections of the file, without cards, and puts them in order.
func (c *changing) putSections() error {
	if err := c.read(c.loadSections); err != nil {
		return err
	}
	paths, seen := [][]string(nil), make(map[string]bool)
	for _, in := range c.cards {
		if key := strings.Join(in.path, "\x00"); !seen[key] {
			seen[key] = true
			paths = append(paths, in.path)
		}
	}
	return c.db.inPieces(c.ctx, c.doing, len(paths), piecework{
		begin: c.begin,
		step: func(i int) error {
			_, err := c.section(paths[i])
			return err
		},
		end: func(int) error { return nil },
	}, &c.pace)
}

// read runs f in a transaction that sees one state of the store.
func (c *changing) read(f func() error) error {
	return c.db.read(c.ctx, c.doing, func(tx *txn) error {
		c.tx = tx
		return f()
	})
}

// put writes what is to be written of the cards. Their wording is read while nobody has
// to wait.
func (c *changing) put() error {
	var cards, reworded []*incoming
	for _, in := range c.cards {
		if in.same() && in.row.line == in.line {
			c.changes.Same++
			continue
		}
		cards = append(cards, in)
		if in.needsWording() {
			reworded = append(reworded, in)
		}
	}
	next, stop := iter.Pull2(c.worded(reworded))
	defer stop()
	free, rest := c.wanted(), c.rest()
	steps := counted{all: len(free) + len(cards) + len(rest)}
	if err := c.steps(&steps, len(free), func(i int) error { return c.free(free[i]) }); err != nil {
		return err
	}
	for len(cards) > 0 {
		some := cards
		for n, read := 0, 0; n < len(cards); n++ {
			if !cards[n].needsWording() {
				continue
			}
			if read++; read > c.db.pieces.size {
				some = cards[:n]
				break
			}
			var err error
			if cards[n], err, _ = next(); err != nil {
				return err
			}
		}
		err := c.steps(&steps, len(some), func(i int) error {
			if some[i].row == nil {
				return c.insert(some[i])
			}
			return c.update(some[i])
		})
		if err != nil {
			return err
		}
		clear(some) // with their wording
		cards = cards[len(some):]
	}
	return c.steps(&steps, len(rest), func(i int) error { return c.archive(rest[i]) })
}

// counted is how many steps of all are done.
type counted struct{ done, all int }

// steps does n more steps in pieces.
func (c *changing) steps(of *counted, n int, step func(i int) error) error {
	before := of.done
	return c.db.inPieces(c.ctx, c.doing, n, piecework{
		begin: c.begin, step: step,
		end: func(int) error { return c.end() },
		after: func(done int) {
			if of.done = before + done; c.db.progress != nil {
				c.db.progress(int64(of.done), int64(of.all))
			}
		},
	}, &c.pace)
}

// retireOthers archives the other decks that the file held.
func (c *changing) retireOthers() error {
	var others []int64
	err := c.read(func() (err error) {
		others, err = c.others(c.file.Path)
		return err
	})
	for i := 0; i < len(others) && err == nil; i++ {
		var cards int64
		cards, err = c.db.retire(c.ctx, c.file.Path, &c.token, others[i])
		c.changes.Archived += int(cards)
	}
	return err
}

// retire archives, in pieces, the cards of a deck that the file at path has no
// more, and returns their number.
func (d *DB) retire(ctx context.Context, path string, token *int64, deckID int64) (cards int64, err error) {
	s := &syncing{ctx: ctx, deckID: deckID, scheduler: d.scheduler}
	doing := "removing " + path
	err = d.read(ctx, doing, func(tx *txn) error {
		s.tx = tx
		return s.loadRows()
	})
	if err != nil {
		return 0, err
	}
	s.countLeaves()
	rest, p := s.rest(), pace{}
	err = d.inPieces(ctx, doing, len(rest), piecework{
		begin: func(tx *txn) error {
			s.tx, s.counts = tx, newShift()
			s.ledger = s.counts.ledger
			return holdOn(ctx, tx, path, token)
		},
		step: func(i int) error { return s.archive(rest[i]) },
		end:  func(int) error { return s.counts.write(ctx, s.tx) },
	}, &p)
	if err != nil {
		return int64(s.changes.Archived), err
	}
	return int64(s.changes.Archived), d.tx(ctx, doing, func(tx *txn) error {
		if err := holdOn(ctx, tx, path, token); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE deck SET path = '' WHERE id = ?", deckID)
		return err
	})
}

// finish drops sections that hold nothing any more, and notes that the file is
// indexed.
func (c *changing) finish() error {
	return c.db.tx(c.ctx, c.doing, func(tx *txn) error {
		if err := c.begin(tx); err != nil {
			return err
		}
		for _, id := range c.empty() {
			if _, err := tx.ExecContext(c.ctx, "DELETE FROM section WHERE id = ?", id); err != nil {
				return err
			}
		}
		if err := dropDecision(c.ctx, tx, c.file.Path); err != nil {
			return err
		}
		return putFile(c.ctx, tx, c.file)
	})
}

// empty returns the sections without cards, archived ones included, and without
// sections below them that have some.
func (c *changing) empty() (ids []int64) {
	parents, holds := make(map[int64]int64, len(c.sections)), make(map[int64]bool)
	for at, p := range c.sections {
		parents[p.id] = at.parent
	}
	hold := func(id int64) {
		for ; id != 0 && !holds[id]; id = parents[id] {
			holds[id] = true
		}
	}
	for _, in := range c.cards {
		hold(in.section)
	}
	for _, r := range c.rows {
		if !r.matched {
			hold(r.section)
		}
	}
	for id := range parents {
		if !holds[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// leafPlace is a leaf in a section.
type leafPlace struct{ section, leaf int64 }

// countLeaves counts the cards of each leaf that are in the file.
func (s *syncing) countLeaves() {
	s.leaves = make(map[leafPlace]int)
	for _, r := range s.rows {
		if !r.archived {
			s.leaves[leafPlace{r.section, r.leaf}]++
		}
	}
}

// addLeaf adds a card to its leaf, or takes it out; n is 1 or -1.
func (s *syncing) addLeaf(section, leaf int64, n int) {
	at := leafPlace{section, leaf}
	had := s.leaves[at] > 0
	s.leaves[at] += n
	if has := s.leaves[at] > 0; had != has && section != 0 {
		of := s.counts.sections[section]
		of.leaves += int64(n)
		s.counts.sections[section] = of
	}
}

// shift moves a card in the counters of what is in the file.
func (s *syncing) shift(r *row, to spot, leaf int64) error {
	card, archived, err := getCard(s.ctx, s.tx, r.id)
	if err != nil {
		return err
	}
	r.seed = card.Seed
	if !archived {
		s.counts.leave(card)
		s.addLeaf(r.section, r.leaf, -1)
	}
	if !to.archived {
		card.Section, card.Level = to.section, to.level
		s.counts.enter(card)
		s.addLeaf(to.section, leaf, 1)
	}
	return nil
}

// enterNew counts a card that is new.
func (s *syncing) enterNew(c *incoming) {
	s.counts.count(srs.Card{Deck: s.deckID, Section: c.section, Level: int8(c.level), State: srs.NewState()}, 1)
	s.addLeaf(c.section, c.leaf, 1)
}
