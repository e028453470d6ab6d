package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"

	"github.com/mindleaf/mindleaf/srs"
)

// A page of states holds those of pageCards cards with neighbouring keys in two
// pieces, little-endian. One has stateBytes bytes a card: last day, interval and
// due day in 16 bits each, then ease in 14 and phase in 2. Days reach to the year
// 2149 that way, intervals to 65535 days, and the ease to 163.83; what is beyond
// counts as the nearest. All zero stands for a card that was never reviewed, is
// suspended, or is in no file. The other piece says where the cards stand, in
// placeBytes bytes for as many neighbours as stand in the same place: their number
// in 16 bits, level in 8, deck in 24, section in 32; a card whose state is zero
// counts with whatever place is before it. A page fills one page of SQLite unless
// sections are very small: what costs most when the states of all cards are read
// is the number of these and of their bytes.
const (
	pageCards  = 400
	stateBytes = 8
	placeBytes = 10
)

// CardState is what figures about all cards need of one: see States.
type CardState struct {
	Deck, Section int64
	Level         int8
	State         srs.State
}

// pack writes what a page has of state s to b.
func pack(b []byte, s srs.State) {
	clear(b[:stateBytes])
	if s.Phase == srs.New || s.Suspended {
		return
	}
	for i, n := range [...]int32{int32(s.LastDay), s.IntervalDays, int32(s.Due)} {
		binary.LittleEndian.PutUint16(b[2*i:], uint16(min(max(n, 0), math.MaxUint16)))
	}
	binary.LittleEndian.PutUint16(b[6:], uint16(min(max(s.Ease, 0), math.MaxUint16>>2))<<2|uint16(s.Phase)&3)
}

// unpack reads what pack wrote; false when it is all zero.
func (c *CardState) unpack(b []byte) bool {
	_ = b[stateBytes-1]
	tail := binary.LittleEndian.Uint16(b[6:])
	c.State.Phase = srs.Phase(tail & 3)
	if c.State.Phase == srs.New {
		return false
	}
	c.State.LastDay = srs.Day(binary.LittleEndian.Uint16(b))
	c.State.IntervalDays = int32(binary.LittleEndian.Uint16(b[2:]))
	c.State.Due = srs.Day(binary.LittleEndian.Uint16(b[4:]))
	c.State.Ease = srs.Ease(tail >> 2)
	return true
}

// cardPlace is where a card stands.
type cardPlace struct {
	deck, section int64
	level         int8
}

// pack appends to b that n neighbours stand at p.
func (p cardPlace) pack(b []byte, n int) []byte {
	b = binary.LittleEndian.AppendUint16(b, uint16(n))
	b = binary.LittleEndian.AppendUint32(b, uint32(p.deck)<<8|uint32(uint8(p.level)))
	return binary.LittleEndian.AppendUint32(b, uint32(p.section))
}

// unpackPlace reads what cardPlace.pack wrote.
func unpackPlace(b []byte) (p cardPlace, n int) {
	_ = b[placeBytes-1]
	head := binary.LittleEndian.Uint32(b[2:])
	return cardPlace{int64(head >> 8), int64(binary.LittleEndian.Uint32(b[6:])), int8(head)}, int(binary.LittleEndian.Uint16(b))
}

// statePage is a page of states on its way into the store.
type statePage struct {
	places [pageCards]cardPlace
	states [pageCards * stateBytes]byte
}

// readPage returns the page that is stored in two pieces.
func readPage(places, states []byte) *statePage {
	p := &statePage{}
	copy(p.states[:], states)
	at := 0
	for ; len(places) >= placeBytes; places = places[placeBytes:] {
		place, n := unpackPlace(places)
		for ; n > 0 && at < pageCards; n-- {
			p.places[at] = place
			at++
		}
	}
	return p
}

// state is the piece of p.states at an index.
func (p *statePage) state(at int) []byte { return p.states[at*stateBytes : (at+1)*stateBytes] }

// empty reports whether the state at an index is zero.
func (p *statePage) empty(at int) bool { return binary.LittleEndian.Uint64(p.state(at)) == 0 }

// set puts a card in state s on its page.
func (p *statePage) set(c srs.Card, s srs.State) {
	at := int(c.ID % pageCards)
	p.places[at] = cardPlace{c.Deck, c.Section, c.Level}
	pack(p.state(at), s)
}

// pieces returns what is stored of p.
func (p *statePage) pieces() (places, states []byte) {
	from := 0
	var place cardPlace
	for at := range p.places {
		if p.empty(at) {
			continue
		}
		if place != (cardPlace{}) && p.places[at] != place {
			places = place.pack(places, at-from)
			from = at
		}
		place = p.places[at]
	}
	return place.pack(places, pageCards-from), p.states[:]
}

// equal reports whether p and o say the same of every card.
func (p *statePage) equal(o *statePage) bool {
	for at := range p.places {
		if !p.empty(at) && p.places[at] != o.places[at] {
			return false
		}
	}
	return p.states == o.states
}

const (
	// Two pieces of a BLOB joined by || are TEXT to SQLite, of the same bytes. A
	// card whose state is zero may have no place on its page yet.
	updatePage = `UPDATE state_page SET states = CAST(substr(states, 1, ?2) || ?3 || substr(states, ?4) AS BLOB)
		WHERE page = ?1 AND substr(states, ?2 + 1, 8) <> x'0000000000000000'`
	upsertPage = `INSERT INTO state_page (page, places, states) VALUES (?, ?, ?)
		ON CONFLICT (page) DO UPDATE SET places = excluded.places, states = excluded.states`
)

// setPage writes the state s of a card in a file to its page. After a card has
// moved to another place, repage does that.
func setPage(ctx context.Context, tx *txn, c srs.Card, s srs.State) error {
	var b [stateBytes]byte
	pack(b[:], s)
	at := c.ID % pageCards
	result, err := tx.ExecContext(ctx, updatePage, c.ID/pageCards, at*stateBytes, b[:], (at+1)*stateBytes+1)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	p, err := getPage(ctx, tx, c.ID/pageCards)
	if err != nil {
		return err
	}
	p.set(c, s)
	return putPage(ctx, tx, c.ID/pageCards, p)
}

// repage writes the pages of a deck's cards anew.
func repage(ctx context.Context, tx *txn, deckID int64) error {
	var archived bool
	cards, err := collect(ctx, tx, func(row scanner) (c srs.Card, err error) {
		if c, err = scanCard(alsoScan{row, []any{&archived}}); archived {
			c.State = srs.NewState()
		}
		return c, err
	}, "SELECT "+cardColumns+", archived FROM card WHERE deck_id = ? AND phase > 0", deckID)
	if err != nil {
		return err
	}
	return setPages(ctx, tx, func(yield func(srs.Card, srs.State) bool) {
		for _, c := range cards {
			if !yield(c, c.State) {
				return
			}
		}
	})
}

// setPages writes the states of cards to their pages, each page once.
func setPages(ctx context.Context, tx *txn, states iter.Seq2[srs.Card, srs.State]) error {
	pages := make(map[int64]*statePage)
	for c, s := range states {
		key := c.ID / pageCards
		if pages[key] == nil {
			var err error
			if pages[key], err = getPage(ctx, tx, key); err != nil {
				return err
			}
		}
		pages[key].set(c, s)
	}
	for _, key := range slices.Sorted(maps.Keys(pages)) {
		if err := putPage(ctx, tx, key, pages[key]); err != nil {
			return err
		}
	}
	return nil
}

func putPage(ctx context.Context, tx *txn, key int64, p *statePage) error {
	places, states := p.pieces()
	_, err := tx.ExecContext(ctx, upsertPage, key, places, states)
	return err
}

// getPage returns a page, an empty one when there is none yet.
func getPage(ctx context.Context, tx *txn, key int64) (*statePage, error) {
	found, err := collect(ctx, tx, func(row scanner) (*statePage, error) {
		var places, states []byte
		err := row.Scan(&places, &states)
		return readPage(places, states), err
	}, "SELECT places, states FROM state_page WHERE page = ?", key)
	if err != nil || len(found) == 0 {
		return &statePage{}, err
	}
	return found[0], nil
}

// States offers each card that is in a file, was reviewed and is not suspended
// to f; with a deckKey that is not 0, those of one deck. Of State only Phase, LastDay, IntervalDays, Due and Ease are set. The
// cost is that of reading some 9 bytes a card. f must not use the
// store, and what it is given is good until it returns.
func (d *DB) States(ctx context.Context, deckKey int64, f func(*CardState)) error {
	query, args := "SELECT places, states FROM state_page", []any(nil)
	if deckKey != 0 {
		query += fmt.Sprintf(" WHERE page IN (SELECT id / %d FROM card WHERE deck_id = ?)", pageCards)
		args = []any{deckKey}
	}
	var places, states sql.RawBytes // not copied: there may be hundreds of them
	var c CardState
	scan := func(row scanner) (none struct{}, err error) { return none, row.Scan(&places, &states) }
	for _, err := range each(ctx, d.db, scan, query, args...) {
		if err != nil {
			return d.explain("reading the states of cards", err)
		}
		b := []byte(states)
		for runs := []byte(places); len(runs) >= placeBytes; runs = runs[placeBytes:] {
			place, n := unpackPlace(runs)
			c.Deck, c.Section, c.Level = place.deck, place.section, place.level
			for ; n > 0 && len(b) >= stateBytes; n-- {
				if c.unpack(b) && (deckKey == 0 || c.Deck == deckKey) {
					f(&c)
				}
				b = b[stateBytes:]
			}
		}
	}
	return nil
}
