package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/mindleaf/mindleaf/srs"
)

// leastAtOnce is how many events are gathered at least before they are folded, in some
// 30 bytes each, and mostParts in how many parts the log is gathered at most: the
// whole of it is gone through for each.
const (
	leastAtOnce = 1 << 19
	mostParts   = 4
)

// verifyCards folds every card that has events, compares, and returns what the
// counters must hold.
func (d *DB) verifyCards(ctx context.Context, tx *txn, r *Report, found func(filed, srs.State) error) (*derived, error) {
	var events int64
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM event").Scan(&events); err != nil {
		return nil, err
	}
	return d.verifyParts(ctx, tx, max(leastAtOnce, events/mostParts), r, found)
}

// verifyParts is verifyCards with so many events at a time, about.
func (d *DB) verifyParts(ctx context.Context, tx *txn, many int64, r *Report, found func(filed, srs.State) error) (*derived, error) {
	schedulers, err := schedulerNames(ctx, tx)
	if err != nil {
		return nil, err
	}
	f := &folding{DB: d, schedulers: schedulers, want: newDerived(), report: r, found: found}
	g := &gathering{ctx: ctx, tx: tx, many: many, report: r}
	logs, folded := make(chan []cardLog), make(chan error, 1)
	go func() { folded <- f.all(logs) }()
	err = g.all(logs)
	close(logs)
	return f.want, firstError(err, <-folded)
}

// folding folds the logs of cards again.
type folding struct {
	*DB
	schedulers map[int64]string // their names
	want       *derived
	report     *Report
	found      func(filed, srs.State) error
	row        eventRow
	events     []srs.Event
	steps      []srs.Step
}

// all folds cards until there are no more. It takes all of them, also after an error.
func (f *folding) all(logs <-chan []cardLog) (err error) {
	for cards := range logs {
		for i := range cards {
			if err == nil {
				err = f.verify(&cards[i])
			}
			if errors.Is(err, errEvent) {
				f.report.unfolded(err)
				err = nil
			}
		}
	}
	return err
}

// errEvent is that an event holds what no version of the program has logged.
var errEvent = errors.New("an event cannot be")

// verify folds one card and compares.
func (f *folding) verify(c *cardLog) error {
	if err := f.unpack(c.log); err != nil {
		return err
	}
	state, steps, err := srs.AppendFold(f.steps[:0], f.events, c.Seed, f.scheduler)
	if err != nil {
		return fmt.Errorf("card %d: %w (%w)", c.ID, errEvent, err)
	}
	f.steps = steps
	if state != c.State {
		f.report.States++
		if c.State.Reviews > state.Reviews {
			f.report.Missing++
		}
		if f.found != nil {
			if err := f.found(c.filed, state); err != nil {
				return err
			}
		}
	}
	f.want.addAll(spotOf(c.Card, c.archived), steps, 1)
	f.want.setPage(c.filed, state)
	return nil
}

// unpack makes f.events those of a card.
func (f *folding) unpack(log []byte) error {
	f.events = f.events[:0]
	return eachPacked(log, func(_, row []byte) error {
		if err := f.row.unpack(row); err != nil {
			return err
		}
		e, err := f.row.event()
		if err != nil {
			return err
		}
		e.Scheduler = f.schedulers[int64(f.row.n[schedulerColumn])]
		f.events = append(f.events, e)
		return nil
	})
}
