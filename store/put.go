package store

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// putDeck finds or makes the deck. A deck that went by another identity in the
// same file goes on when most of its cards are there.
func (s *syncing) putDeck(path string) error {
	var title, language, at string
	row := s.tx.QueryRowContext(s.ctx, "SELECT id, title, language, path FROM deck WHERE uid = ?", s.deck.ID)
	err := row.Scan(&s.deckID, &title, &language, &at)
	if errors.Is(err, sql.ErrNoRows) {
		err = s.newDeck(path)
	}
	if err != nil {
		return err
	}
	if title != s.deck.Title || language != s.deck.Language || at != path {
		_, err := s.tx.ExecContext(s.ctx, "UPDATE deck SET title = ?, language = ?, path = ? WHERE id = ?",
			s.deck.Title, s.deck.Language, path, s.deckID)
		if err != nil {
			return err
		}
	}
	return nil
}

// retireOthers archives the other decks that the file held.
func (s *syncing) retireOthers(path string) error {
	others, err := s.others(path)
	if err != nil {
		return err
	}
	for _, id := range others {
		archived, err := retireDeck(s.ctx, s.tx, id)
		if err != nil {
			return err
		}
		s.changes.Archived += int(archived)
	}
	return nil
}

func (s *syncing) others(path string) ([]int64, error) {
	return collect(s.ctx, s.tx, scanInt, "SELECT id FROM deck WHERE path = ? AND id <> ?", path, s.deckID)
}

// newDeck makes a deck, or gives the one that the file held the new identity.
func (s *syncing) newDeck(path string) error {
	before, err := collect(s.ctx, s.tx, scanInt, "SELECT id FROM deck WHERE path = ?", path)
	if err != nil {
		return err
	}
	if len(before) == 1 {
		same, err := s.mostlyHolds(before[0])
		if err != nil {
			return err
		}
		if same {
			s.deckID = before[0]
			return s.renameDeck()
		}
	}
	result, err := s.tx.ExecContext(s.ctx, "INSERT INTO deck (uid, title, language, path) VALUES (?, ?, ?, ?)",
		s.deck.ID, s.deck.Title, s.deck.Language, path)
	if err != nil {
		return err
	}
	s.deckID, err = result.LastInsertId()
	return err
}

// mostlyHolds reports whether a deck has at least half of the file's cards.
func (s *syncing) mostlyHolds(deckID int64) (bool, error) {
	uids, err := collect(s.ctx, s.tx, scanString, "SELECT uid FROM card WHERE deck_id = ? AND archived = 0", deckID)
	if err != nil {
		return false, err
	}
	held := make(map[deck.CardID]bool, len(uids))
	for _, uid := range uids {
		held[deck.CardID(uid)] = true
	}
	shared := 0
	for _, c := range s.cards {
		if held[c.id] {
			shared++
		}
	}
	return shared > 0 && shared*2 >= len(s.cards), nil
}

// renameDeck gives the deck its new identity, and opens under it what was opened
// by hand, with the same focus.
func (s *syncing) renameDeck() error {
	events, err := pathEvents(s.ctx, s.tx)
	if err != nil {
		return err
	}
	var old deck.ID
	if err := s.tx.QueryRowContext(s.ctx, "SELECT uid FROM deck WHERE id = ?", s.deckID).Scan(&old); err != nil {
		return err
	}
	if _, err := s.tx.ExecContext(s.ctx, "UPDATE deck SET uid = ? WHERE id = ?", s.deck.ID, s.deckID); err != nil {
		return err
	}
	opened, focus := livePath(events)
	var again []srs.Event
	for _, level := range deck.Levels {
		if opened[openedLevel{old, int(level)}] {
			again = append(again, srs.Event{Kind: srs.OpenLevelEvent, Level: int8(level), Text: string(s.deck.ID)})
		}
	}
	if section, ok := focus[old]; ok {
		again = append(again, srs.Event{Kind: srs.FocusEvent, Text: string(s.deck.ID) + "\n" + section})
	}
	for _, e := range again {
		e.At, e.Day = s.at.At, s.at.Day
		if _, err := recordPath(s.ctx, s.tx, e); err != nil {
			return err
		}
	}
	return nil
}

// freeIdentities takes an identity from the row that has it when a card of the
// file that is not this row's needs it.
func (s *syncing) freeIdentities() error {
	for _, r := range s.wanted() {
		if err := s.free(r); err != nil {
			return err
		}
	}
	return nil
}

// wanted returns the rows whose identity another card needs.
func (s *syncing) wanted() (rows []*row) {
	wanted := make(map[deck.CardID]bool)
	for _, c := range s.cards {
		if c.row == nil || c.row.uid != c.id {
			wanted[c.id] = true
		}
	}
	for _, r := range s.rows {
		if wanted[r.uid] {
			rows = append(rows, r)
		}
	}
	return rows
}

func (s *syncing) free(r *row) error {
	free := deck.CardID(fmt.Sprintf("%s~was%d", r.uid, r.id))
	for i := range s.changes.Unclear {
		if s.changes.Unclear[i].Old.ID == r.uid {
			s.changes.Unclear[i].Old.ID = free
		}
	}
	r.uid = free
	_, err := s.tx.ExecContext(s.ctx, "UPDATE card SET uid = ? WHERE id = ?", r.uid, r.id)
	return err
}

// putCards writes what is new or has changed, and leaves the rest alone.
func (s *syncing) putCards() error {
	const often = 256
	for i, c := range s.cards {
		if s.progress != nil && (i%often == 0 || i == len(s.cards)-1) {
			s.progress(int64(i+1), int64(len(s.cards)))
		}
		put := s.update
		if c.row == nil {
			put = s.insert
		}
		if err := put(c); err != nil {
			return err
		}
	}
	return s.flush()
}

func (s *syncing) putContent(id int64, c *incoming) error {
	_, err := s.tx.ExecContext(s.ctx, `INSERT INTO content (card_id, kind, line, leaf, front, back, note, source, extra)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (card_id) DO UPDATE SET kind = excluded.kind, line = excluded.line, leaf = excluded.leaf, front = excluded.front,
		back = excluded.back, note = excluded.note, source = excluded.source, extra = excluded.extra`,
		id, c.kind, c.line, c.leafText, c.front, c.back, c.note, c.source, c.extra)
	return err
}

// moved reports whether a card stands elsewhere than its row.
func (c *incoming) moved() bool {
	r := c.row
	return r.section != c.section || r.leaf != c.leaf || r.level != int8(c.level)
}

// same reports whether the row of a card needs no change, but for the line.
func (c *incoming) same() bool {
	r := c.row
	return r != nil && !c.moved() && r.order == c.order && !r.archived && r.hash == c.hash && r.uid == c.id && !r.wordless
}

// needsWording reports whether the store needs the wording of a card.
func (c *incoming) needsWording() bool { return c.row == nil || c.row.wordless || c.row.hash != c.hash }

func (s *syncing) update(c *incoming) error {
	r, moved := c.row, c.moved()
	switch {
	case r.archived:
		s.changes.Revived++
		if r.reviews > 0 {
			s.changes.Remembered++
		}
	case r.hash != c.hash || moved:
		s.changes.Changed++
	default:
		s.changes.Same++
	}
	if was := s.was[r]; was != "" {
		_, err := appendEvent(s.ctx, s.tx, srs.Event{
			Kind: srs.RenameEvent, Card: r.id, At: s.at.At, Day: s.at.Day, Text: string(was) + "\n" + string(c.id),
		})
		if err != nil {
			return err
		}
	}
	if moved || r.archived {
		if err := s.move(r, spot{s.deckID, c.section, int8(c.level), false}, c.leaf); err != nil {
			return err
		}
	}
	if !c.same() {
		_, err := s.tx.ExecContext(s.ctx, `UPDATE card SET uid = ?, section_id = ?, leaf_id = ?, level = ?, ord = ?, hash = ?, archived = 0
			WHERE id = ?`, c.id, c.section, c.leaf, c.level, c.order, c.hash, r.id)
		if err != nil {
			return err
		}
	}
	if c.needsWording() {
		return s.putContent(r.id, c)
	}
	if r.line == c.line {
		return nil
	}
	_, err := s.tx.ExecContext(s.ctx, "UPDATE content SET line = ? WHERE card_id = ?", c.line, r.id)
	return err
}
