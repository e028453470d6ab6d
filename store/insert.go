package store

import "strings"

// insertRows is how many new cards are inserted with one statement. Most of the time
// of a statement with a single row goes into calling SQLite; but of one with several
// rows SQLite keeps each page as it was, for the case that a row is refused, and
// writes them to a temporary file when they are more than 64 KiB, which those of
// eight cards with identities at random are.
const insertRows = 4

const (
	insertCards   = "INSERT INTO card (id, deck_id, uid, section_id, leaf_id, level, ord, seed, hash) VALUES "
	insertContent = "INSERT INTO content (card_id, kind, line, leaf, front, back, note, source, extra) VALUES "
	oneRow        = "(?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

// fullRows are the values of a statement for insertRows cards.
var fullRows = oneRow + strings.Repeat(", "+oneRow, insertRows-1)

// insert puts a new card with those that wait to be inserted.
func (s *syncing) insert(c *incoming) error {
	s.changes.Added++
	s.dirty = true
	if s.counts != nil {
		s.enterNew(c)
	}
	if s.added = append(s.added, c); len(s.added) < insertRows {
		return nil
	}
	return s.insertAll(s.added, fullRows)
}

// flush inserts the cards that still wait, one by one: so there are two
// statements to compile, whatever their number.
func (s *syncing) flush() error {
	for _, c := range s.added {
		if err := s.insertAll([]*incoming{c}, oneRow); err != nil {
			return err
		}
	}
	s.added = nil
	return nil
}

// insertAll inserts cards, for which rows has the values, under the next keys.
// Nobody else can take them: the transaction is the only one that writes.
func (s *syncing) insertAll(cards []*incoming, rows string) error {
	if s.lastID == 0 {
		if err := s.tx.QueryRowContext(s.ctx, "SELECT coalesce(max(id), 0) FROM card").Scan(&s.lastID); err != nil {
			return err
		}
	}
	var card, content []any
	for _, c := range cards {
		s.lastID++
		seed := uint32(hashOf(string(s.deck.ID), string(c.id)))
		card = append(card, s.lastID, s.deckID, string(c.id), c.section, c.leaf, int64(c.level), c.order, int64(seed), c.hash)
		content = append(content, s.lastID, int64(c.kind), int64(c.line), c.leafText, c.front, c.back, c.note, c.source, c.extra)
	}
	s.added = s.added[:0]
	if _, err := s.tx.ExecContext(s.ctx, insertCards+rows, card...); err != nil {
		return err
	}
	_, err := s.tx.ExecContext(s.ctx, insertContent+rows, content...)
	return err
}
