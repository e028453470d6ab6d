package store

import (
	"context"

	"github.com/mindleaf/mindleaf/srs"
)

// EventsAfter counts the events in force that were logged on a study day after day, and
// keep their cards away until after theirs: the clock was ahead then, or is behind now.
func (d *DB) EventsAfter(ctx context.Context, day srs.Day) (n int64, err error) {
	events, err := eventsAfter(ctx, d.db, day)
	return int64(len(events)), d.explain("looking at the days of events", err)
}

// UndoAfter takes back what EventsAfter counts, as one batch, and returns how many
// events that were. Their cards are as they were before.
func (d *DB) UndoAfter(ctx context.Context, day srs.Day, at Stamp) (n int64, err error) {
	err = d.tx(ctx, "taking back", func(tx *txn) error {
		events, err := eventsAfter(ctx, tx, day)
		if err != nil {
			return err
		}
		first := int64(startBatch)
		for _, e := range events {
			_, _, undo, err := d.undo(ctx, tx, e, at, first)
			if err != nil {
				return err
			}
			first = undo.Batch
		}
		n = int64(len(events))
		return nil
	})
	if err != nil {
		return 0, err
	}
	d.changed.CompareAndSwap(false, n > 0)
	return n, nil
}

// eventsAfter returns the events that EventsAfter counts, the last first: as much of
// them as scanBare reads.
func eventsAfter(ctx context.Context, q querier, day srs.Day) (found []srs.Event, err error) {
	const bare = "SELECT e.card_id, e.device, e.seq, e.kind, coalesce(e.target_device, 0), coalesce(e.target_seq, 0) FROM event e "
	later, err := collect(ctx, q, scanBare, bare+"JOIN card c ON c.id = e.card_id WHERE e.day > ? ORDER BY e.clock DESC, e.device DESC, e.seq DESC", day)
	logs := make(map[int64][]srs.Event)
	for _, e := range later {
		if !e.Kind.OfDay() {
			continue
		}
		if logs[e.Card] == nil {
			if logs[e.Card], err = collect(ctx, q, scanBare, bare+"WHERE e.card_id = ? ORDER BY e.clock, e.device, e.seq", e.Card); err != nil {
				return nil, err
			}
		}
		if inForce(logs[e.Card], e.Key) {
			found = append(found, e)
		}
	}
	return found, err
}

// scanBare reads of an event what says whether it is in force. Of one that cannot be
// there is that too.
func scanBare(row scanner) (e srs.Event, err error) {
	var kind int64
	err = row.Scan(&e.Card, &e.Key.Device, &e.Key.Seq, &kind, &e.Target.Device, &e.Target.Seq)
	if int64(srs.EventKind(kind)) == kind {
		e.Kind = srs.EventKind(kind)
	}
	return e, err
}
