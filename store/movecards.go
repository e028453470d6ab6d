package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/mindleaf/mindleaf/deck"
)

// MoveCards makes cards of one deck, with their history, cards of another one, whose
// identity, title and language to has. They are archived there until its file is
// indexed and has them; the file that had them will be indexed again. A card whose
// identity the other deck has already stays. It returns how many went.
func (d *DB) MoveCards(ctx context.Context, from deck.ID, to *deck.Deck, cards []deck.CardID) (moved int, err error) {
	err = d.tx(ctx, "moving cards", func(tx *txn) error {
		s := syncing{ctx: ctx, tx: tx, deck: to, scheduler: d.scheduler, ledger: newLedger()}
		var path string
		err := tx.QueryRowContext(ctx, "SELECT id, path FROM deck WHERE uid = ?", from).Scan(&s.deckID, &path)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			err = s.loadRows()
		}
		if err != nil {
			return err
		}
		if moved, err = s.moveTo(cards); err != nil || moved == 0 {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE deck_file SET size = ?, hash = zeroblob(length(hash)) WHERE path = ?", unreadSize, path)
		return err
	})
	return moved, err
}

// moveTo moves cards of the deck whose rows are loaded to s.deck.
func (s *syncing) moveTo(cards []deck.CardID) (moved int, err error) {
	to, err := s.deckKey()
	if err != nil {
		return 0, err
	}
	uids, err := collect(s.ctx, s.tx, scanString, "SELECT uid FROM card WHERE deck_id = ?", to)
	if err != nil {
		return 0, err
	}
	goes := make(map[deck.CardID]bool, len(cards))
	for _, card := range cards {
		goes[card] = true
	}
	for _, taken := range uids {
		delete(goes, deck.CardID(taken))
	}
	for _, r := range s.rows {
		if !goes[r.uid] {
			continue
		}
		if err := s.move(r, spot{to, 0, r.level, true}, 0); err != nil {
			return moved, err
		}
		if _, err := s.tx.ExecContext(s.ctx, "UPDATE card SET deck_id = ?, section_id = 0, leaf_id = 0, archived = 1 WHERE id = ?", to, r.id); err != nil {
			return moved, err
		}
		moved++
	}
	if moved == 0 {
		return 0, nil
	}
	if err := s.ledger.write(s.ctx, s.tx); err != nil {
		return moved, err
	}
	return moved, errors.Join(recount(s.ctx, s.tx, s.deckID), recount(s.ctx, s.tx, to))
}

// deckKey finds s.deck, or makes it, of which no file is known yet.
func (s *syncing) deckKey() (key int64, err error) {
	err = s.tx.QueryRowContext(s.ctx, "SELECT id FROM deck WHERE uid = ?", s.deck.ID).Scan(&key)
	if !errors.Is(err, sql.ErrNoRows) {
		return key, err
	}
	result, err := s.tx.ExecContext(s.ctx, "INSERT INTO deck (uid, title, language, path) VALUES (?, ?, ?, '')",
		s.deck.ID, s.deck.Title, s.deck.Language)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}
