package store

import (
	"context"

	"github.com/mindleaf/mindleaf/srs"
)

// Repair makes everything that follows from the log anew where it differs from
// it: states, counters, levels opened by hand, the number of the next event. It
// returns what it found, and writes nothing when there is nothing to mend; all is one
// transaction. The log itself is never changed.
func (d *DB) Repair(ctx context.Context) (Report, error) {
	var r Report
	err := d.tx(ctx, "repairing progress", func(tx *txn) (err error) {
		var wrong []stated
		r, err = d.verify(ctx, tx, func(c filed, s srs.State) error {
			wrong = append(wrong, stated{c.ID, s})
			return nil
		})
		if err != nil || r.Repairable() == 0 {
			return err
		}
		for _, w := range wrong {
			if err := putState(ctx, tx, w.card, w.state); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, `UPDATE device SET (seq, clock) = (SELECT max(device.seq, coalesce(max(e.seq), 0)),
			max(device.clock, coalesce(max(e.clock), 0)) FROM event e WHERE e.device = device.id) WHERE id = ?`, thisDevice); err != nil {
			return err
		}
		return d.rebuild(ctx, tx)
	})
	return r, err
}

// Reindex makes SQLite's indexes anew, which quick_check does not look into.
func (d *DB) Reindex(ctx context.Context) error {
	_, err := d.db.ExecContext(ctx, "REINDEX")
	return d.explain("making indexes anew", err)
}

// stated is a state to be written.
type stated struct {
	card  int64
	state srs.State
}

// rebuild makes all counters anew from the log and the states of cards, which
// must be right.
func (d *DB) rebuild(ctx context.Context, tx *txn) error {
	for _, table := range []string{"day_count", "day_total", "section_day", "hour_count", "state_page", "level_count"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	var r Report
	want, err := d.verifyCards(ctx, tx, &r, nil)
	if err != nil {
		return err
	}
	if err := want.write(ctx, tx); err != nil {
		return err
	}
	decks, err := collect(ctx, tx, scanInt, "SELECT id FROM deck")
	if err != nil {
		return err
	}
	for _, id := range decks {
		if err := recount(ctx, tx, id); err != nil {
			return err
		}
	}
	return foldPath(ctx, tx)
}

// EventsAmiss counts the events whose study day is days away from the date of their
// time where they were logged: one of both cannot be.
func (d *DB) EventsAmiss(ctx context.Context) (n int64, err error) {
	err = d.db.QueryRowContext(ctx, "SELECT count(*) FROM event WHERE abs(day - (at_ms / 1000 + zone_min * 60) / 86400) > 2").Scan(&n)
	return n, d.explain("looking at the days of events", err)
}
