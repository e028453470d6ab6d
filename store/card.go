package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/mindleaf/mindleaf/srs"
)

const cardColumns = `id, deck_id, leaf_id, section_id, level, ord, seed, phase, due, interval, ease, reps, lapses, reviews,
	last_day, drill_day, suspended, buried_day, flag`

const selectCard = "SELECT " + cardColumns + ", archived FROM card WHERE id = ?"

func scanCard(row scanner) (srs.Card, error) {
	var c srs.Card
	s := &c.State
	fields := append(make([]any, 0, 20), numbers(&c.ID, &c.Deck, &c.Leaf, &c.Section)...)
	fields = append(fields, small[int8]{&c.Level}, (*number)(&c.Order), small[uint32]{&c.Seed}, small[srs.Phase]{&s.Phase},
		small[srs.Day]{&s.Due}, small[int32]{&s.IntervalDays}, small[srs.Ease]{&s.Ease}, small[int32]{&s.Reps}, small[int32]{&s.Lapses},
		small[int32]{&s.Reviews}, small[srs.Day]{&s.LastDay}, small[srs.Day]{&s.DrillDay}, &s.Suspended, small[srs.Day]{&s.BuriedDay},
		small[int8]{&s.Flag})
	return c, row.Scan(fields...)
}

// Card returns a card by its key.
func (d *DB) Card(ctx context.Context, id int64) (srs.Card, error) {
	c, _, err := getCard(ctx, d.db, id)
	return c, d.explain("reading a card", err)
}

// getCard returns a card and whether it is archived.
func getCard(ctx context.Context, q querier, id int64) (srs.Card, bool, error) {
	var archived bool
	row := q.QueryRowContext(ctx, selectCard, id)
	c, err := scanCard(alsoScan{row, []any{&archived}})
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, fmt.Errorf("there is no card %d", id)
	}
	return c, archived, err
}

// alsoScan scans more columns than it is asked for, the last ones.
type alsoScan struct {
	scanner
	last []any
}

func (a alsoScan) Scan(to ...any) error { return a.scanner.Scan(append(to, a.last...)...) }

const updateCard = `UPDATE card SET phase = ?, due = ?, interval = ?, ease = ?, reps = ?, lapses = ?, reviews = ?,
	last_day = ?, drill_day = ?, suspended = ?, buried_day = ?, flag = ? WHERE id = ?`

// setState writes a card's state and moves it in the counters.
func setState(ctx context.Context, tx *txn, c srs.Card, archived bool, s srs.State) error {
	if err := putState(ctx, tx, c.ID, s); err != nil || archived {
		return err
	}
	if err := setPage(ctx, tx, c, s); err != nil {
		return err
	}
	change := srs.CountState(s).Add(srs.CountState(c.State), -1)
	if change == (srs.Counts{}) {
		return nil
	}
	return addCounts(ctx, tx, c, change)
}

func putState(ctx context.Context, tx *txn, card int64, s srs.State) error {
	_, err := tx.ExecContext(ctx, updateCard, s.Phase, s.Due, s.IntervalDays, s.Ease, s.Reps, s.Lapses, s.Reviews,
		s.LastDay, s.DrillDay, s.Suspended, s.BuriedDay, s.Flag, card)
	return err
}

const (
	setCounts = ` SET n_new = n_new + ?, n_learning = n_learning + ?, n_young = n_young + ?, n_mature = n_mature + ?,
	n_suspended = n_suspended + ?`
	updateSectionCount = "UPDATE section" + setCounts + " WHERE id = ?"
	updateLevelCount   = "UPDATE level_count" + setCounts + " WHERE deck_id = ? AND level = ?"
)

// addCounts adds change to the counters of the card's section and level.
func addCounts(ctx context.Context, tx *txn, c srs.Card, change srs.Counts) error {
	args := []any{change.New, change.Learning, change.Young, change.Mature, change.Suspended}
	if c.Section != 0 {
		if _, err := tx.ExecContext(ctx, updateSectionCount, append(args, c.Section)...); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, updateLevelCount, append(args, c.Deck, c.Level)...)
	return err
}
