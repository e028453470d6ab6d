package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"
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
// the events of cards that are not there.
func (g *gathering) some(first, last int64) (cards []cardLog, err error) {
	err = g.packedCards(first, last, func(_, row []byte) error {
		f, err := unpackFiled(row)
		const most = 40 // bytes of a packed event, nearly always
		cards = append(cards, cardLog{filed: f, log: make([]byte, 0, most*max(0, min(f.State.Reviews, 1000)))})
		return err
	})
	if err != nil {
		return nil, err
	}
	g.report.Cards += int64(len(cards))
	return cards, g.packedEvents(first, last, func(card int64, row []byte) {
		g.report.Events++
		if c := findLog(cards, card); c != nil {
			c.log = append(c.log, row...)
		} else {
			g.report.Orphans++
		}
	})
}

// findLog returns the card with a key, nil when there is none. The keys are in order,
// and nearly always without gaps.
func findLog(cards []cardLog, card int64) *cardLog {
	if len(cards) == 0 {
		return nil
	}
	if i := card - cards[0].ID; i >= 0 && i < int64(len(cards)) && cards[i].ID == card {
		return &cards[i]
	}
	i, found := slices.BinarySearchFunc(cards, card, func(c cardLog, card int64) int { return cmp.Compare(c.ID, card) })
	if !found {
		return nil
	}
	return &cards[i]
}

// packedAtOnce is how many rows are packed at a time at most, in 2 or 3 MB.
const packedAtOnce = 1 << 16

// packedCards hands on the rows of the cards with the keys first to last, for
// unpackFiled.
func (g *gathering) packedCards(first, last int64, f func(whole, row []byte) error) error {
	const (
		next = "SELECT id FROM card WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1"
		some = "SELECT " + packRows + "(" + cardColumns + ", archived, NULL) FROM card WHERE id BETWEEN ? AND ?"
	)
	for id := first; ; id++ {
		err := g.tx.QueryRowContext(g.ctx, next, id, last).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		} else if err != nil {
			return err
		}
		end := min(g.upTo(id), last)
		if err := g.rows(f, some, id, end); err != nil || end == last {
			return err
		}
		id = end
	}
}

// packedEvents hands on the events of the cards with the keys first to last, with what
// says how long they are. The + keeps SQLite from reading card by card.
func (g *gathering) packedEvents(first, last int64, f func(card int64, row []byte)) error {
	const (
		next = "SELECT device, seq FROM event WHERE (device, seq) > (?, ?) ORDER BY device, seq LIMIT 1"
		some = "SELECT " + packRows + "(" + rawColumns + ") FROM event e WHERE e.device = ? AND e.seq BETWEEN ? AND ? AND +e.card_id BETWEEN ? AND ?"
	)
	hand := func(whole, row []byte) error {
		p := packedRow{rest: row}
		f(p.number(), whole)
		return nil
	}
	device, seq := int64(math.MinInt64), int64(math.MinInt64)
	for {
		err := g.tx.QueryRowContext(g.ctx, next, device, seq).Scan(&device, &seq)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		} else if err != nil {
			return err
		}
		end, err := g.endOf(device, seq)
		if err != nil {
			return err
		}
		if err := g.rows(hand, some, device, seq, end, first, last); err != nil {
			return err
		}
		seq = end
	}
}

// endOf returns the number with which as many events of a device end as are packed at a
// time, from number first on. Those of other programs have numbers far apart.
func (g *gathering) endOf(device, first int64) (end int64, err error) {
	err = g.tx.QueryRowContext(g.ctx, "SELECT seq FROM event WHERE device = ? AND seq >= ? ORDER BY seq LIMIT 1 OFFSET ?", device, first, g.atOnce()).Scan(&end)
	if errors.Is(err, sql.ErrNoRows) {
		return math.MaxInt64, nil
	}
	return end, err
}

// atOnce is how many rows more than one are packed at a time.
func (g *gathering) atOnce() int64 { return max(0, min(packedAtOnce, g.many)-1) }

// upTo is the last key of so many cards, from first on.
func (g *gathering) upTo(first int64) int64 {
	if first > math.MaxInt64-g.atOnce() {
		return math.MaxInt64
	}
	return first + g.atOnce()
}

// rows hands on what a query has packed.
func (g *gathering) rows(f func(whole, row []byte) error, query string, args ...any) error {
	var rows []byte
	if err := g.tx.QueryRowContext(g.ctx, query, args...).Scan(&rows); err != nil {
		return err
	}
	return eachPacked(rows, f)
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
