package store

import (
	"context"
	"database/sql"

	"github.com/mindleaf/mindleaf/srs"
)

// cardLog is a card with all of its events.
type cardLog struct {
	card   filed
	events []srs.Event
}

// logsAtOnce is how many cards are handed from the goroutine that reads the log to
// the one that folds it at once.
const logsAtOnce = 64

// verifyCards folds every card that has events, compares, and returns what the
// counters must hold. The log is read by one goroutine and folded by another.
func (d *DB) verifyCards(ctx context.Context, tx *txn, r *Report, found func(filed, srs.State) error) (*derived, error) {
	cards, err := collect(ctx, tx, scanFiled, "SELECT "+cardColumns+", archived FROM card ORDER BY id")
	if err != nil {
		return nil, err
	}
	r.Cards = int64(len(cards))
	rows, err := tx.QueryContext(ctx, "SELECT "+eventColumns+fromEvents+"WHERE e.card_id > 0 ORDER BY e.card_id, e.clock, e.device, e.seq")
	if err != nil {
		return nil, err
	}
	want := newDerived()
	logs, folded := make(chan []cardLog, 4), make(chan error, 1)
	go func() { folded <- d.verifyLogs(logs, want, r, found) }()
	reader := &logReader{rows: rows, report: r}
	err = reader.read(cards, logs)
	close(logs)
	return want, firstError(err, <-folded, rows.Close())
}

// verifyLogs folds cards until there are no more. It takes all of them, also after an
// error.
func (d *DB) verifyLogs(logs <-chan []cardLog, want *derived, r *Report, found func(filed, srs.State) error) (err error) {
	for some := range logs {
		for i := range some {
			if err == nil {
				err = d.verifyCard(&some[i], want, r, found)
			}
		}
	}
	return err
}

// verifyCard folds one card and compares.
func (d *DB) verifyCard(l *cardLog, want *derived, r *Report, found func(filed, srs.State) error) error {
	c := l.card
	state, steps, err := srs.Fold(l.events, c.Seed, d.scheduler)
	if err != nil {
		return err
	}
	if state != c.State {
		r.States++
		if found != nil {
			if err := found(c, state); err != nil {
				return err
			}
		}
	}
	for _, s := range steps {
		want.add(spotOf(c.Card, c.archived), s, 1)
	}
	want.setPage(c, state)
	return nil
}

// logReader gives cards their events out of the log of all cards, in their order.
type logReader struct {
	rows   *sql.Rows
	report *Report
	next   *srs.Event // the one that is read; nil when there are no more
}

// read hands all cards on, in their order, and counts the events of cards that are
// not there.
func (l *logReader) read(cards []filed, logs chan<- []cardLog) error {
	err := l.advance()
	for len(cards) > 0 && err == nil {
		some := make([]cardLog, 0, logsAtOnce)
		for ; len(some) < logsAtOnce && len(cards) > 0 && err == nil; cards = cards[1:] {
			var events []srs.Event
			events, err = l.of(cards[0].ID)
			some = append(some, cardLog{cards[0], events})
		}
		logs <- some
	}
	for err == nil && l.next != nil {
		l.report.Orphans++
		err = l.advance()
	}
	return err
}

// of returns the events of a card.
func (l *logReader) of(card int64) (events []srs.Event, err error) {
	for err == nil && l.next != nil && l.next.Card <= card {
		if l.next.Card == card {
			events = append(events, *l.next)
		} else {
			l.report.Orphans++
		}
		err = l.advance()
	}
	return events, err
}

// advance reads on.
func (l *logReader) advance() error {
	l.next = nil
	if !l.rows.Next() {
		return l.rows.Err()
	}
	e, err := scanEvent(l.rows)
	l.next = &e
	l.report.Events++
	return err
}
