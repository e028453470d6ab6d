package store

import (
	"context"
	"database/sql"
	"errors"
	"math"
)

// cardLog is a card with its events, packed, in the order in which they lie.
type cardLog struct {
	filed
	log []byte
}

// gathering reads the log of all cards. SQLite reads it fast where it lies, device by
// device, and several times slower card by card. So it is read where it lies, some
// cards at a time, whose events are gathered in memory. One goroutine does that, while
// another folds what was gathered before.
type gathering struct {
	ctx    context.Context
	tx     *txn
	many   int64 // events at a time
	report *Report
	row    eventRow
}

// all hands all cards on in the order of their keys.
func (g *gathering) all(logs chan<- []cardLog) error {
	for first := int64(1); ; {
		last, err := g.lastOf(first)
		if err != nil {
			return err
		}
		cards, err := g.some(first, last)
		if err != nil {
			return err
		}
		logs <- cards
		if last == math.MaxInt64 {
			return nil
		}
		first = last + 1
	}
}

// lastOf returns the key with which the cards end that begin with first.
func (g *gathering) lastOf(first int64) (last int64, err error) {
	err = g.tx.QueryRowContext(g.ctx, "SELECT card_id FROM event WHERE card_id >= ? ORDER BY card_id LIMIT 1 OFFSET ?", first, g.many).Scan(&last)
	if errors.Is(err, sql.ErrNoRows) {
		return math.MaxInt64, nil
	}
	return last, err
}

// some returns the cards with the keys first to last, with their events, and counts
// the events of cards that are not there. The + keeps SQLite from reading card by card.
func (g *gathering) some(first, last int64) ([]cardLog, error) {
	cards, err := collect(g.ctx, g.tx, func(row scanner) (c cardLog, err error) {
		c.filed, err = scanFiled(row)
		return c, err
	}, "SELECT "+cardColumns+", archived FROM card WHERE id BETWEEN ? AND ? ORDER BY id", first, last)
	if err != nil {
		return nil, err
	}
	g.report.Cards += int64(len(cards))
	at := make(map[int64]*cardLog, len(cards))
	for i := range cards {
		at[cards[i].ID] = &cards[i]
	}
	fields := g.row.fields()
	scan := func(row scanner) (none struct{}, err error) { return none, row.Scan(fields...) }
	for _, err := range each(g.ctx, g.tx, scan, "SELECT "+rawColumns+" FROM event e WHERE +e.card_id BETWEEN ? AND ? ORDER BY e.device, e.seq", first, last) {
		if err != nil {
			return nil, err
		}
		g.report.Events++
		if c := at[int64(g.row.n[cardColumn])]; c != nil {
			c.log = g.row.pack(c.log)
		} else {
			g.report.Orphans++
		}
	}
	return cards, nil
}

func schedulerNames(ctx context.Context, q rowser) (map[int64]string, error) {
	names := make(map[int64]string)
	var key int64
	var name string
	scan := func(row scanner) (none struct{}, err error) { return none, row.Scan(&key, &name) }
	for _, err := range each(ctx, q, scan, "SELECT id, name FROM scheduler") {
		if err != nil {
			return nil, err
		}
		names[key] = name
	}
	return names, nil
}
