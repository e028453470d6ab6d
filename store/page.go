package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"maps"
	"math"
	"slices"

	"github.com/mindleaf/mindleaf/srs"
)

// A page of states holds, for each of pageCards cards with neighbouring keys,
// pageBytes bytes, little-endian: section in 32 bits, deck in 24, phase and level
// in 4 each, then last day, interval, due day and ease in 16. Days reach to the
// year 2149 that way and intervals to 65535 days; what is beyond counts as the
// nearest. All zero stands for a card that was never reviewed, is suspended, or
// is in no file. A page fills one page of SQLite: what costs most when the states
// of all cards are read is the number of these.
const (
	pageCards = 240
	pageBytes = 16
)

// CardState is what figures about all cards need of one: see States.
type CardState struct {
	Deck, Section int64
	Level         int8
	State         srs.State
}

// pack writes what a card in state s says in its page to b.
func pack(b []byte, c srs.Card, s srs.State) {
	clear(b[:pageBytes])
	if s.Phase == srs.New || s.Suspended {
		return
	}
	binary.LittleEndian.PutUint32(b, uint32(c.Section))
	binary.LittleEndian.PutUint32(b[4:], uint32(c.Deck)<<8|uint32(c.Level)&15<<4|uint32(s.Phase)&15)
	for i, n := range [...]int32{int32(s.LastDay), s.IntervalDays, int32(s.Due), int32(s.Ease)} {
		binary.LittleEndian.PutUint16(b[8+2*i:], uint16(min(max(n, 0), math.MaxUint16)))
	}
}

// unpack reads what pack wrote; false when it is all zero.
func (c *CardState) unpack(b []byte) bool {
	_ = b[pageBytes-1]
	head := binary.LittleEndian.Uint32(b[4:])
	c.State.Phase = srs.Phase(head & 15)
	if c.State.Phase == srs.New {
		return false
	}
	c.Section = int64(binary.LittleEndian.Uint32(b))
	c.Deck, c.Level = int64(head>>8), int8(head>>4&15)
	c.State.LastDay = srs.Day(binary.LittleEndian.Uint16(b[8:]))
	c.State.IntervalDays = int32(binary.LittleEndian.Uint16(b[10:]))
	c.State.Due = srs.Day(binary.LittleEndian.Uint16(b[12:]))
	c.State.Ease = srs.Ease(binary.LittleEndian.Uint16(b[14:]))
	return true
}

const (
	// Two pieces of a BLOB joined by || are TEXT to SQLite, of the same bytes.
	updatePage = `UPDATE state_page SET states = CAST(substr(states, 1, ?2) || ?3 || substr(states, ?4) AS BLOB) WHERE page = ?1`
	insertPage = "INSERT INTO state_page (page, states) VALUES (?, ?)"
	putPage    = insertPage + " ON CONFLICT (page) DO UPDATE SET states = excluded.states"
)

// setPage writes the state s of a card in a file to its page.
func setPage(ctx context.Context, tx *txn, c srs.Card, s srs.State) error {
	var b [pageBytes]byte
	pack(b[:], c, s)
	at := c.ID % pageCards * pageBytes
	result, err := tx.ExecContext(ctx, updatePage, c.ID/pageCards, at, b[:], at+pageBytes+1)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	page := make([]byte, pageCards*pageBytes)
	copy(page[at:], b[:])
	_, err = tx.ExecContext(ctx, insertPage, c.ID/pageCards, page)
	return err
}

// repage writes the pages of a deck's cards anew.
func repage(ctx context.Context, tx *txn, deckID int64) error {
	var archived bool
	pages := make(map[int64][]byte)
	cards, err := collect(ctx, tx, func(row scanner) (c srs.Card, err error) {
		if c, err = scanCard(alsoScan{row, []any{&archived}}); archived {
			c.State = srs.NewState()
		}
		return c, err
	}, "SELECT "+cardColumns+", archived FROM card WHERE deck_id = ? AND phase > 0", deckID)
	if err != nil {
		return err
	}
	for _, c := range cards {
		key := c.ID / pageCards
		if pages[key] == nil {
			if pages[key], err = getPage(ctx, tx, key); err != nil {
				return err
			}
		}
		pack(pages[key][c.ID%pageCards*pageBytes:], c, c.State)
	}
	for _, key := range slices.Sorted(maps.Keys(pages)) {
		if _, err := tx.ExecContext(ctx, putPage, key, pages[key]); err != nil {
			return err
		}
	}
	return nil
}

// getPage returns a page, all zero when there is none yet.
func getPage(ctx context.Context, tx *txn, key int64) ([]byte, error) {
	found, err := collect(ctx, tx, scanBytes, "SELECT states FROM state_page WHERE page = ?", key)
	if err != nil || len(found) == 1 {
		return append([]byte(nil), slices.Concat(found...)...), err
	}
	return make([]byte, pageCards*pageBytes), nil
}

func scanBytes(row scanner) (b []byte, err error) { return b, row.Scan(&b) }

// States offers each card that is in a file, was reviewed and is not suspended
// to f. Of State only Phase, LastDay, IntervalDays, Due and Ease are set. The
// cost is that of reading 16 bytes a card. f must not use the
// store, and what it is given is good until it returns.
func (d *DB) States(ctx context.Context, f func(*CardState)) error {
	return d.states(ctx, d.db, f)
}

// StatesBeside is States on a connection of its own, so that other queries can
// run meanwhile. Opening it takes as long as reading the states of 20,000 cards.
func (d *DB) StatesBeside(ctx context.Context, f func(*CardState)) (err error) {
	beside, err := sql.Open("sqlite", source(d.path, d.patience)+"&_pragma=query_only(1)")
	if err != nil {
		return d.explain("reading the states of cards", err)
	}
	defer func() { err = firstError(err, d.explain("reading the states of cards", beside.Close())) }()
	return d.states(ctx, beside, f)
}

func (d *DB) states(ctx context.Context, q rowser, f func(*CardState)) error {
	var page sql.RawBytes // not copied: there may be a thousand of them
	var c CardState
	scan := func(row scanner) (sql.RawBytes, error) { err := row.Scan(&page); return page, err }
	for page, err := range each(ctx, q, scan, "SELECT states FROM state_page") {
		if err != nil {
			return d.explain("reading the states of cards", err)
		}
		for b := []byte(page); len(b) >= pageBytes; b = b[pageBytes:] {
			if c.unpack(b) {
				f(&c)
			}
		}
	}
	return nil
}
