package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/mindleaf/mindleaf/srs"
)

// Report counts what Verify found different from the log; all zero when the
// store is sound.
type Report struct {
	// Events and Cards are how many were looked at.
	Events, Cards int64
	// States counts cards whose state is not the fold of their events; the
	// others count rows of counters that are wrong: of days, of sections, of
	// levels, of sections by day, of hours, and pages of states.
	States, Days, Sections, Levels, Trends, Hours, Pages int64
	// Numbers is 1 when the next event would get a number that another one has.
	Numbers int64
	// Missing counts those cards of States that have more reviews than the log.
	Missing int64
	// Orphans counts events that name a card that is not there, and Keys rows
	// that name another row that is not. Neither can be derived from the log.
	Orphans, Keys int64
	// Unfolded counts cards with an event that cannot be, and the log of the path when it
	// has one; Why says what is wrong with one of them, nil when Unfolded is 0. Counters
	// are then not compared, and nothing is repaired.
	Unfolded int64
	Why      error
	// Misfiled counts cards and sections that are not as their deck file had them: see
	// Refile.
	Misfiled int64
}

// Sound reports whether nothing was found different.
func (r Report) Sound() bool {
	return r.wrong()+r.Missing+r.Orphans+r.Keys+r.Unfolded+r.Misfiled == 0
}

// Repairable returns how many of the differences Repair mends.
func (r Report) Repairable() int64 {
	if r.Unfolded > 0 {
		return 0
	}
	return r.wrong()
}

func (r Report) wrong() int64 {
	return r.States + r.Days + r.Sections + r.Levels + r.Trends + r.Hours + r.Pages + r.Numbers
}

// unfolded notes what is wrong with events.
func (r *Report) unfolded(why error) {
	if r.Unfolded++; r.Why == nil {
		r.Why = why
	}
}

// Verify folds the whole log again and compares states and counters with it. It
// changes nothing.
func (d *DB) Verify(ctx context.Context) (Report, error) {
	var r Report
	err := d.read(ctx, "checking progress", func(tx *txn) (err error) {
		r, err = d.verify(ctx, tx, nil)
		return err
	})
	return r, err
}

// verify compares everything with the log, and hands every card whose state is
// wrong to found, unless that is nil.
func (d *DB) verify(ctx context.Context, tx *txn, found func(filed, srs.State) error) (r Report, err error) {
	want, err := d.verifyCards(ctx, tx, &r, found)
	if err != nil {
		return r, err
	}
	if r.Unfolded == 0 {
		if err := want.compare(ctx, tx, &r); err != nil {
			return r, err
		}
	}
	for query, to := range map[string]*int64{wrongSections: &r.Sections, wrongLevels: &r.Levels, wrongNumbers: &r.Numbers} {
		if err := tx.QueryRowContext(ctx, query).Scan(to); err != nil {
			return r, err
		}
	}
	if err := verifyKeys(ctx, tx, &r); err != nil {
		return r, err
	}
	if r.Misfiled, _, err = misfiled(ctx, tx); err != nil {
		return r, err
	}
	return r, verifyPath(ctx, tx, &r)
}

// wrongSections and wrongLevels count counters that are not those of their cards, or
// are missing: what is not zero once the cards are taken away. A FULL JOIN would say
// so more plainly, but SQLite holds every row against every other one for that.
const (
	wrongSections = `SELECT count(*) FROM (SELECT id FROM (SELECT id, ` + counters + ` FROM section
		UNION ALL SELECT section_id, ` + lessCounted + ` FROM (SELECT section_id, ` + countedStatesNamed + `
		FROM card WHERE archived = 0 AND section_id <> 0 GROUP BY section_id)) GROUP BY id ` + havingLeft
	wrongLevels = `SELECT count(*) FROM (SELECT deck_id FROM (SELECT deck_id, level, ` + counters + ` FROM level_count
		UNION ALL SELECT deck_id, level, ` + lessCounted + ` FROM (SELECT deck_id, level, ` + countedStatesNamed + `
		FROM card WHERE archived = 0 GROUP BY deck_id, level)) GROUP BY deck_id, level ` + havingLeft
	// wrongNumbers is 1 when this device would give a number again.
	wrongNumbers = `SELECT count(*) FROM device WHERE id = 1 AND (seq < (SELECT coalesce(max(seq), 0) FROM event WHERE device = 1)
		OR clock < (SELECT coalesce(max(clock), 0) FROM event WHERE device = 1))`
	counters    = `n_new AS a, n_learning AS b, n_young AS c, n_mature AS d, n_suspended AS e`
	lessCounted = `-a, -b, -c, -d, -e`
	havingLeft  = `HAVING (sum(a), sum(b), sum(c), sum(d), sum(e)) <> (0, 0, 0, 0, 0))`
)

// largeKeys are the references by which the tables begin that grow with every review.
var largeKeys = []struct{ table, column, to string }{{"event", "device", "device"}, {"section_day", "deck_id", "deck"}}

const (
	// lostKeys counts the rows of a table whose first column names a row of another one
	// that is not there. SQLite's own check looks up what each row names; what all of
	// them name is little, and found one after another in the order of the table.
	lostKeys = `WITH RECURSIVE named (key) AS (SELECT min(%[2]s) FROM %[1]s
			UNION ALL SELECT (SELECT min(%[2]s) FROM %[1]s WHERE %[2]s > key) FROM named WHERE key IS NOT NULL)
		SELECT count(*) FROM %[1]s WHERE %[2]s IN (SELECT key FROM named WHERE key NOT IN (SELECT id FROM %[3]s))`
	// lostSchedulers and lostRest count what lostKeys does not.
	lostSchedulers = `SELECT count(*) FROM event WHERE scheduler_id IS NOT NULL AND scheduler_id NOT IN (SELECT id FROM scheduler)`
	lostRest       = `SELECT count(*) FROM sqlite_schema t JOIN pragma_foreign_key_check(t.name) WHERE t.type = 'table' AND t.name NOT IN ('event', 'section_day')`
)

// verifyKeys counts rows that name one of another table that is not there.
func verifyKeys(ctx context.Context, tx *txn, r *Report) error {
	queries := []string{lostSchedulers, lostRest}
	for _, k := range largeKeys {
		queries = append(queries, fmt.Sprintf(lostKeys, k.table, k.column, k.to))
	}
	for _, query := range queries {
		var lost int64
		if err := tx.QueryRowContext(ctx, query).Scan(&lost); err != nil {
			return err
		}
		r.Keys += lost
	}
	return nil
}

// verifyPath compares the levels opened by hand and the focus with the log.
func verifyPath(ctx context.Context, tx *txn, r *Report) error {
	events, err := pathEvents(ctx, tx)
	if errors.Is(err, errEvent) {
		r.unfolded(err)
		return nil
	}
	if err != nil {
		return err
	}
	r.Events += int64(len(events))
	opened, focus := livePath(events)
	gotOpened, err := collect(ctx, tx, scanOpened, "SELECT deck, level FROM opened_level")
	if err != nil {
		return err
	}
	gotFocus, err := collect(ctx, tx, scanFocus, "SELECT deck, section FROM focus")
	if err != nil {
		return err
	}
	for _, o := range gotOpened {
		if !opened[o] {
			r.Levels++
		}
		delete(opened, o)
	}
	for _, f := range gotFocus {
		if section, ok := focus[f.deck]; !ok || section != f.section {
			r.Levels++
		}
		delete(focus, f.deck)
	}
	r.Levels += int64(len(opened) + len(focus))
	return nil
}

// IntegrityCheck asks SQLite whether the file is whole.
func (d *DB) IntegrityCheck(ctx context.Context) error {
	return d.checkWhole(ctx, "PRAGMA integrity_check")
}
