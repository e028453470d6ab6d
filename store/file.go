package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/mindleaf/mindleaf/deck"
)

// File is what the index knows of a deck file.
type File struct {
	Path string
	// MTimeNS and Size are the file's as it was indexed; IndexedNS is when.
	// Times are nanoseconds since 1970.
	MTimeNS, Size, IndexedNS int64
	Hash                     [32]byte
	Deck                     deck.ID
	Language, Title          string
	// Err says why the file could not be read; "" when it could.
	Err string
}

// Files returns the index of deck files, by path.
func (d *DB) Files(ctx context.Context) ([]File, error) {
	files, err := collect(ctx, brief{d}, scanFile,
		"SELECT path, mtime_ns, size, hash, indexed_ns, deck, language, title, err FROM deck_file ORDER BY path")
	if err != nil {
		return nil, d.explain("reading the index of decks", err)
	}
	return files, nil
}

func scanFile(row scanner) (File, error) {
	var f File
	var hash []byte
	err := row.Scan(&f.Path, &f.MTimeNS, &f.Size, &hash, &f.IndexedNS, &f.Deck, &f.Language, &f.Title, &f.Err)
	copy(f.Hash[:], hash)
	return f, err
}

func putFile(ctx context.Context, tx *txn, f File) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO deck_file (path, mtime_ns, size, hash, indexed_ns, deck, language, title, err)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (path) DO UPDATE SET mtime_ns = excluded.mtime_ns, size = excluded.size, hash = excluded.hash,
		indexed_ns = excluded.indexed_ns, deck = excluded.deck, language = excluded.language, title = excluded.title, err = excluded.err
		WHERE (mtime_ns, size, hash, indexed_ns, deck, language, title, err) IS NOT (excluded.mtime_ns, excluded.size, excluded.hash,
		excluded.indexed_ns, excluded.deck, excluded.language, excluded.title, excluded.err)`,
		f.Path, f.MTimeNS, f.Size, f.Hash[:], f.IndexedNS, f.Deck, f.Language, f.Title, f.Err)
	return err
}

// TouchFile notes that a file has new times but the content it had.
func (d *DB) TouchFile(ctx context.Context, f File) error {
	return d.tx(ctx, "updating the index of "+f.Path, func(tx *txn) error { return putFile(ctx, tx, f) })
}

// MarkBroken notes that a file cannot be read, with f.Err saying why. Its cards
// stay as they were last indexed, and so does their progress.
func (d *DB) MarkBroken(ctx context.Context, f File) error {
	return d.tx(ctx, "updating the index of "+f.Path, func(tx *txn) error {
		if err := putFile(ctx, tx, f); err != nil {
			return err
		}
		// Which deck the file held is still known from the deck itself.
		_, err := tx.ExecContext(ctx, `UPDATE deck_file SET (deck, language, title) = (SELECT uid, language, title FROM deck WHERE deck.path = ?1)
			WHERE path = ?1 AND EXISTS (SELECT 1 FROM deck WHERE deck.path = ?1)`, f.Path)
		return err
	})
}

// RemoveFile forgets a file that is gone and archives the cards it held. Their
// history is kept. It returns their number. Large decks are archived in pieces,
// like change does that; the last of them forgets the file.
func (d *DB) RemoveFile(ctx context.Context, path string) (cards int64, err error) {
	var many int
	err = d.db.QueryRowContext(ctx, "SELECT count(*) FROM card WHERE deck_id IN (SELECT id FROM deck WHERE path = ?)", path).Scan(&many)
	if err != nil {
		return 0, d.explain("removing "+path, err)
	}
	if many >= d.pieces.large {
		if cards, err = d.retireAll(ctx, path); errors.Is(err, errTaken) {
			return cards, nil // by who does the same, or has the file back
		} else if err != nil {
			return cards, err
		}
	}
	err = d.tx(ctx, "removing "+path, func(tx *txn) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM deck_file WHERE path = ?", path); err != nil {
			return err
		}
		if err := dropDecision(ctx, tx, path); err != nil {
			return err
		}
		decks, err := collect(ctx, tx, scanInt, "SELECT id FROM deck WHERE path = ?", path)
		if err != nil {
			return err
		}
		for _, id := range decks {
			archived, err := retireDeck(ctx, tx, id)
			if err != nil {
				return err
			}
			cards += archived
		}
		return nil
	})
	return cards, err
}

// retireAll archives all decks of a file in pieces.
func (d *DB) retireAll(ctx context.Context, path string) (cards int64, err error) {
	var decks []int64
	var token int64
	err = d.tx(ctx, "removing "+path, func(tx *txn) (err error) {
		if decks, err = collect(ctx, tx, scanInt, "SELECT id FROM deck WHERE path = ?", path); err == nil {
			token, err = putUnread(ctx, tx, File{Path: path})
		}
		return err
	})
	for i := 0; i < len(decks) && err == nil; i++ {
		var archived int64
		archived, err = d.retire(ctx, path, &token, decks[i])
		cards += archived
	}
	return cards, err
}

// retireDeck archives the cards of a deck that has no file any more, and
// returns their number.
func retireDeck(ctx context.Context, tx *txn, id int64) (cards int64, err error) {
	result, err := tx.ExecContext(ctx, "UPDATE card SET archived = 1 WHERE deck_id = ? AND archived = 0", id)
	if err != nil {
		return 0, err
	}
	if cards, err = result.RowsAffected(); err != nil {
		return 0, err
	}
	for _, query := range []string{
		"UPDATE deck SET path = '' WHERE id = ?",
		"DELETE FROM section_day WHERE deck_id = ?",
		"UPDATE day_count SET moved_learning = 0, moved_young = 0, moved_mature = 0, moved_suspended = 0 WHERE deck_id = ?",
	} {
		if _, err := tx.ExecContext(ctx, query, id); err != nil {
			return 0, err
		}
	}
	return cards, recount(ctx, tx, id)
}

// recount makes the section and level counters and the state pages of a deck anew from its cards,
// and drops sections that hold nothing any more.
func recount(ctx context.Context, tx *txn, deckID int64) error {
	for _, query := range []string{
		"DELETE FROM level_count WHERE deck_id = ?",
		"INSERT INTO level_count (deck_id, level, n_new, n_learning, n_young, n_mature, n_suspended) SELECT deck_id, level, " +
			countedStates + " FROM card WHERE deck_id = ? AND archived = 0 GROUP BY level",
		"UPDATE section SET leaves = 0, n_new = 0, n_learning = 0, n_young = 0, n_mature = 0, n_suspended = 0 WHERE deck_id = ?",
		"UPDATE section SET (leaves, n_new, n_learning, n_young, n_mature, n_suspended) = (c.leaves, c.a, c.b, c.c, c.d, c.e) FROM " +
			"(SELECT section_id, count(DISTINCT leaf_id) AS leaves, " + countedStatesNamed +
			" FROM card WHERE deck_id = ? AND archived = 0 GROUP BY section_id) AS c WHERE section.id = c.section_id",
	} {
		if _, err := tx.ExecContext(ctx, query, deckID); err != nil {
			return fmt.Errorf("counting cards: %w", err)
		}
	}
	if err := repage(ctx, tx, deckID); err != nil {
		return fmt.Errorf("counting cards: %w", err)
	}
	return dropEmptySections(ctx, tx, deckID)
}

// dropEmptySections removes sections without cards of their own, archived ones
// included, and without sections below them, from the deepest up.
func dropEmptySections(ctx context.Context, tx *txn, deckID int64) error {
	for {
		result, err := tx.ExecContext(ctx, `DELETE FROM section WHERE deck_id = ?1
			AND id NOT IN (SELECT section_id FROM card WHERE deck_id = ?1)
			AND id NOT IN (SELECT parent_id FROM section WHERE deck_id = ?1)`, deckID)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return err
		}
	}
}

// countedStates says in SQL what srs.CountState says in Go.
const (
	countedStates = `sum(suspended = 0 AND phase = 0), sum(suspended = 0 AND phase IN (1, 3)),
	sum(suspended = 0 AND phase = 2 AND interval < 21), sum(suspended = 0 AND phase = 2 AND interval >= 21), sum(suspended)`
	countedStatesNamed = `sum(suspended = 0 AND phase = 0) AS a, sum(suspended = 0 AND phase IN (1, 3)) AS b,
	sum(suspended = 0 AND phase = 2 AND interval < 21) AS c, sum(suspended = 0 AND phase = 2 AND interval >= 21) AS d, sum(suspended) AS e`
)
