package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"github.com/mindleaf/mindleaf/srs"
)

// thisDevice is the key of this machine in the table of devices.
const thisDevice = 1

// eventColumns are rawColumns and the name of the scheduler.
const eventColumns = rawColumns + ", coalesce(s.name, '')"

const fromEvents = ` FROM event e LEFT JOIN scheduler s ON s.id = e.scheduler_id `

// scanner is a row, or the present one of several.
type scanner interface{ Scan(...any) error }

// rowser runs queries that give rows.
type rowser interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// querier is a database or a transaction.
type querier interface {
	rowser
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func scanEvent(row scanner) (srs.Event, error) {
	var r eventRow
	var scheduler string
	if err := row.Scan(append(r.fields(), &scheduler)...); err != nil {
		return srs.Event{}, err
	}
	e, err := r.event()
	e.Scheduler = scheduler
	return e, err
}

// packed puts what an event of its kind alone has into the columns that others
// use for something else; unpacked is the reverse.
func packed(e srs.Event) srs.Event {
	switch e.Kind {
	case srs.FlagEvent:
		e.Level = e.Flag
	case srs.ForeignReviewEvent, srs.SetStateEvent:
		e.Text = e.Given.String()
	}
	return e
}

func unpacked(e srs.Event) (_ srs.Event, err error) {
	switch e.Kind {
	case srs.FlagEvent:
		e.Flag, e.Level = e.Level, 0
	case srs.ForeignReviewEvent, srs.SetStateEvent:
		if e.Given, err = srs.ParseGiven(e.Text); err != nil {
			return e, fmt.Errorf("event %d of device %d: %w: %w", e.Key.Seq, e.Key.Device, errEvent, err)
		}
		e.Text = ""
	}
	return e, nil
}

// each yields what scan makes of the rows of a query, until there are no more, or
// one error.
func each[T any](ctx context.Context, q rowser, scan func(scanner) (T, error), query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := q.QueryContext(ctx, query, args...)
		if err != nil {
			yield(none, err)
			return
		}
		for rows.Next() {
			v, err := scan(rows)
			if !yield(v, err) || err != nil {
				_ = rows.Close() // nobody waits for more rows, nor for why they would not come
				return
			}
		}
		if err := firstError(rows.Err(), rows.Close()); err != nil {
			yield(none, err)
		}
	}
}

// collect returns every row of a query.
func collect[T any](ctx context.Context, q rowser, scan func(scanner) (T, error), query string, args ...any) (out []T, err error) {
	for v, err := range each(ctx, q, scan, query, args...) {
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

const (
	nextEvent   = "UPDATE device SET seq = seq + 1, clock = max(clock + 1, ?) WHERE id = ? AND uid = ? RETURNING seq, clock"
	insertEvent = `INSERT INTO event (device, seq, clock, at_ms, zone_min, day, kind, card_id, grade, took_ms,
	scheduler_id, target_device, target_seq, due, level, batch, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	selectScheduler = "SELECT id FROM scheduler WHERE name = ?"
)

// appendEvent gives e its key and clock and writes it to the log.
func appendEvent(ctx context.Context, tx *txn, e srs.Event) (srs.Event, error) {
	e.Key.Device = thisDevice
	err := tx.QueryRowContext(ctx, nextEvent, e.At.UnixMilli(), thisDevice, tx.device).Scan(&e.Key.Seq, &e.Clock)
	if errors.Is(err, sql.ErrNoRows) {
		return e, ErrReplaced
	} else if err != nil {
		return e, err
	}
	if e.Batch == startBatch {
		e.Batch = e.Key.Seq
	}
	return e, insert(ctx, tx, e)
}

// insert writes an event that has its key and clock.
func insert(ctx context.Context, tx *txn, e srs.Event) error {
	_, err := insertWith(ctx, tx, insertEvent, e)
	return err
}

// insertNew is insert for an event that may be there already, for whichever
// card.
func insertNew(ctx context.Context, tx *txn, e srs.Event) (added bool, err error) {
	result, err := insertWith(ctx, tx, insertEvent+" ON CONFLICT DO NOTHING", e)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

func insertWith(ctx context.Context, tx *txn, query string, e srs.Event) (sql.Result, error) {
	var scheduler any
	if e.Scheduler != "" {
		id, err := schedulerKey(ctx, tx, e.Scheduler)
		if err != nil {
			return nil, err
		}
		scheduler = id
	}
	p := packed(e)
	return tx.ExecContext(ctx, query,
		e.Key.Device, e.Key.Seq, e.Clock, e.At.UnixMilli(), zoneSeconds(e.At)/60, e.Day, e.Kind, e.Card, e.Grade, e.Took.Milliseconds(),
		scheduler, orNull(e.Target.Device), orNull(e.Target.Seq), orNull(int64(e.Due)), orNull(int64(p.Level)), orNull(e.Batch), textOrNull(p.Text))
}

func orNull(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

func textOrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func schedulerKey(ctx context.Context, tx *txn, name string) (int64, error) {
	var id int64
	err := tx.QueryRowContext(ctx, selectScheduler, name).Scan(&id)
	if err != sql.ErrNoRows {
		return id, err
	}
	result, err := tx.ExecContext(ctx, "INSERT INTO scheduler (name) VALUES (?)", name)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// History returns the events of one card in the order of the log, undone ones
// and undos included.
func (d *DB) History(ctx context.Context, card int64) ([]srs.Event, error) {
	events, err := history(ctx, d.db, card)
	return events, d.explain("reading the history of a card", err)
}

func history(ctx context.Context, q querier, card int64) ([]srs.Event, error) {
	return collect(ctx, q, scanEvent, "SELECT "+eventColumns+fromEvents+"WHERE e.card_id = ? ORDER BY e.clock, e.device, e.seq", card)
}

// LastUndoable returns the newest event of this device that the learner may
// take back; false when there is none.
func (d *DB) LastUndoable(ctx context.Context) (found srs.Event, ok bool, err error) {
	dead := make(map[srs.EventKey]bool)
	for e, err := range each(ctx, d.db, scanEvent, "SELECT "+eventColumns+fromEvents+"WHERE e.device = ? ORDER BY e.seq DESC", thisDevice) {
		switch {
		case err != nil:
			return e, false, d.explain("looking for the last answer", err)
		case dead[e.Key]:
		case e.Kind == srs.UndoEvent:
			dead[e.Target] = true
		case e.Kind != srs.RenameEvent && e.Kind != srs.QuizEvent:
			return e, true, nil
		}
	}
	return found, false, nil
}
