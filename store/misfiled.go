package store

import (
	"context"
	"fmt"

	"github.com/mindleaf/mindleaf/deck"
)

// What can be wrong with the index of decks although SQLite finds nothing: a section that
// is not below one made before it, a card of a file in a section that its deck has not,
// and a card without a text.
const (
	straySections = `FROM section AS s WHERE parent_id <> 0
		AND NOT EXISTS (SELECT 1 FROM section p WHERE p.id = s.parent_id AND p.id < s.id AND p.deck_id = s.deck_id)`
	strayCards = `FROM card WHERE archived = 0 AND section_id <> 0
		AND NOT EXISTS (SELECT 1 FROM section s WHERE s.id = section_id AND s.deck_id = card.deck_id)`
	wordless = `FROM card WHERE NOT EXISTS (SELECT 1 FROM content WHERE card_id = card.id)`
)

// misfiled counts what is wrong with the index of decks, and names the cards among it
// whose text is not the one that was written.
func misfiled(ctx context.Context, tx *txn) (n int64, reworded []int64, err error) {
	for _, what := range []string{straySections, strayCards, wordless} {
		var some int64
		if err := tx.QueryRowContext(ctx, "SELECT count(*) "+what).Scan(&some); err != nil {
			return 0, nil, err
		}
		n += some
	}
	reworded, err = rewordedCards(ctx, tx)
	return n + int64(len(reworded)), reworded, err
}

// rewordedCards returns the keys of the cards of files whose text is not the one that was
// written.
func rewordedCards(ctx context.Context, tx *txn) (cards []int64, err error) {
	type worded struct{ id, want, got int64 }
	scan := func(row scanner) (w worded, err error) {
		var kind deck.Kind
		var t [6]string
		if err := row.Scan(&w.id, &w.want, &kind, &t[0], &t[1], &t[2], &t[3], &t[4], &t[5]); err != nil {
			return w, err
		}
		w.got = hashOfText(kind, &wording{t[0], t[1], t[2], t[3], t[4], t[5]})
		return w, nil
	}
	for w, err := range each(ctx, tx, scan, `SELECT id, hash, kind, leaf, front, back, note, source, extra
		FROM card JOIN content ON card_id = id WHERE archived = 0`) {
		if err != nil {
			return nil, err
		}
		if w.got != w.want {
			cards = append(cards, w.id)
		}
	}
	return cards, nil
}

// Refile makes way for what Verify counts as misfiled to be read again from the deck
// files, and returns how much that is: the next SyncDeck puts cards and sections of the
// decks with any of it where they belong. All deck files count as changed. All is one
// transaction.
func (d *DB) Refile(ctx context.Context) (n int64, err error) {
	err = d.tx(ctx, "repairing the index of decks", func(tx *txn) error {
		var reworded []int64
		var err error
		if n, reworded, err = misfiled(ctx, tx); err != nil || n == 0 {
			return err
		}
		for _, id := range reworded {
			if _, err := tx.ExecContext(ctx, "DELETE FROM content WHERE card_id = ?", id); err != nil {
				return err
			}
		}
		for _, query := range []string{
			// A name that no section of a file has, so that it can be at the top.
			"UPDATE section SET parent_id = 0, name = name || char(10) || id WHERE id IN (SELECT id " + straySections + ")",
			// The others have no file from which their text could be read.
			"INSERT INTO content (card_id, kind, line, leaf, front, back, note, source, extra) SELECT id, 0, 0, '', '', '', '', '', '{}' " + wordless + " AND archived = 1",
			"UPDATE deck_file SET mtime_ns = 0, hash = zeroblob(32) WHERE path IN (SELECT path FROM deck)",
		} {
			if _, err := tx.ExecContext(ctx, query); err != nil {
				return fmt.Errorf("reading decks again: %w", err)
			}
		}
		return nil
	})
	return n, err
}
