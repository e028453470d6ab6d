package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/mindleaf/mindleaf/srs"
)

// Undo takes the event with the key target back by appending an UndoEvent, and
// returns the step that no longer counts and the state its card is in now. What
// was recorded as a batch is taken back whole, in one transaction. When target
// is itself an UndoEvent, what that one took back counts again, and the step
// holds the event only. An event that is not in the log, or taken back already,
// or a RenameEvent is an error.
func (d *DB) Undo(ctx context.Context, target srs.EventKey, at Stamp) (undone srs.Step, now srs.State, err error) {
	err = d.tx(ctx, "taking back", func(tx *txn) error {
		members, err := batch(ctx, tx, target)
		if err != nil {
			return err
		}
		first := int64(0)
		if len(members) > 1 {
			first = startBatch
		}
		for _, e := range members {
			step, state, undo, err := d.undo(ctx, tx, e, at, first)
			if err != nil {
				return err
			}
			if first != 0 {
				first = undo.Batch
			}
			if e.Key == target {
				undone, now = step, state
			}
		}
		return nil
	})
	d.changed.CompareAndSwap(false, err == nil)
	return undone, now, err
}

// batch returns the event with the given key and those recorded with it as one,
// the last first.
func batch(ctx context.Context, tx *txn, key srs.EventKey) ([]srs.Event, error) {
	row := tx.QueryRowContext(ctx, "SELECT "+eventColumns+fromEvents+"WHERE e.device = ? AND e.seq = ?", key.Device, key.Seq)
	event, err := scanEvent(row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("there is no event %d of device %d", key.Seq, key.Device)
	}
	if err != nil || event.Batch == 0 {
		return []srs.Event{event}, err
	}
	return collect(ctx, tx, scanEvent, "SELECT "+eventColumns+fromEvents+"WHERE e.device = ? AND e.seq >= ? AND e.batch = ? ORDER BY e.seq DESC",
		key.Device, event.Batch, event.Batch)
}

// undo takes a single event back with an UndoEvent of the given batch, which it
// returns.
func (d *DB) undo(ctx context.Context, tx *txn, event srs.Event, at Stamp, first int64) (undone srs.Step, now srs.State, undo srs.Event, err error) {
	undone.Event = event
	events, err := history(ctx, tx, event.Card)
	if err != nil {
		return undone, now, undo, err
	}
	if event.Kind == srs.RenameEvent || !inForce(events, event.Key) {
		return undone, now, undo, errors.New("that was taken back already, or cannot be")
	}
	undo = srs.Event{Kind: srs.UndoEvent, Card: event.Card, Target: event.Key, At: at.At, Day: at.Day, Batch: first}
	if undo, err = appendEvent(ctx, tx, undo); err != nil {
		return undone, now, undo, err
	}
	if event.Card == 0 {
		return undone, now, undo, foldPath(ctx, tx)
	}
	before, now, err := d.refold(ctx, tx, event.Card, events, append(events, undo))
	for _, step := range before {
		if step.Event.Key == event.Key {
			undone = step
		}
	}
	return undone, now, undo, err
}

// inForce reports whether no event in force takes back the one with the given
// key. events must be in the order of the log.
func inForce(events []srs.Event, key srs.EventKey) bool {
	dead := make(map[srs.EventKey]bool)
	for _, e := range slices.Backward(events) {
		switch {
		case dead[e.Key]:
		case e.Key == key:
			return true
		case e.Kind == srs.UndoEvent:
			dead[e.Target] = true
		}
	}
	return false
}

// refold folds a card whose log was before and is after, and returns the steps
// of the former and the state it is in now.
func (d *DB) refold(ctx context.Context, tx *txn, id int64, before, after []srs.Event) (was []srs.Step, now srs.State, err error) {
	card, archived, err := getCard(ctx, tx, id)
	if err != nil {
		return nil, now, err
	}
	if _, was, err = srs.Fold(before, card.Seed, d.scheduler); err != nil {
		return nil, now, err
	}
	now, is, err := srs.Fold(after, card.Seed, d.scheduler)
	if err != nil {
		return nil, now, err
	}
	l := newLedger()
	l.addAll(spotOf(card, archived), was, -1)
	l.addAll(spotOf(card, archived), is, 1)
	if err := l.write(ctx, tx); err != nil {
		return nil, now, err
	}
	return was, now, setState(ctx, tx, card, archived, now)
}
