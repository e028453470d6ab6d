package store

import (
	"context"

	"github.com/mindleaf/mindleaf/srs"
)

// filed is a card with whether it is archived.
type filed struct {
	srs.Card
	archived bool
}

func scanFiled(row scanner) (f filed, err error) {
	f.Card, err = scanCard(alsoScan{row, []any{&f.archived}})
	return f, err
}

// derived is everything that follows from the log, made anew to compare with.
type derived struct {
	*ledger
	pages map[int64]*statePage
}

func newDerived() *derived { return &derived{newLedger(), make(map[int64]*statePage)} }

func (w *derived) setPage(c filed, s srs.State) {
	if c.archived || s.Phase == srs.New || s.Suspended {
		return
	}
	key := c.ID / pageCards
	if w.pages[key] == nil {
		w.pages[key] = &statePage{}
	}
	w.pages[key].set(c.Card, s)
}

// compare counts in r the rows that are not what they must be.
func (w *derived) compare(ctx context.Context, tx *txn, r *Report) (err error) {
	totals, err := differing(ctx, tx, w.totals(), scanTotalRow, "SELECT day, "+countColumns+" FROM day_total")
	if err != nil {
		return err
	}
	if r.Days, err = differing(ctx, tx, w.days, scanDayRow, "SELECT deck_id, day, "+countColumns+
		", moved_learning, moved_young, moved_mature, moved_suspended FROM day_count"); err != nil {
		return err
	}
	r.Days += totals
	if r.Trends, err = differing(ctx, tx, w.sections, scanSectionRow, `SELECT deck_id, day, section_id, reviews, tested, remembered,
		moved_learning, moved_young, moved_mature, moved_suspended FROM section_day`); err != nil {
		return err
	}
	if r.Hours, err = differing(ctx, tx, w.hours, scanHourRow, "SELECT day, hour, level, "+tallyColumns+" FROM hour_count"); err != nil {
		return err
	}
	r.Pages, err = w.comparePages(ctx, tx)
	return err
}

// keyedRow is a row of counters with its key.
type keyedRow[K, V comparable] struct {
	key K
	row V
}

// differing returns how many rows of a query are not those wanted. A row of
// zeros is the same as none.
func differing[K, V comparable](ctx context.Context, tx *txn, want map[K]V, scan func(scanner) (keyedRow[K, V], error), query string) (n int64, err error) {
	var zero V
	for g, err := range each(ctx, tx, scan, query) {
		if err != nil {
			return 0, err
		}
		if want[g.key] != g.row {
			n++
		}
		delete(want, g.key)
	}
	for _, v := range want {
		if v != zero {
			n++
		}
	}
	return n, nil
}

func scanDayRow(row scanner) (r keyedRow[deckDay, dayChange], err error) {
	m := &r.row.moved
	fields := append([]any{&r.key.deck, &r.key.day}, countFields(&r.row.count)...)
	return r, row.Scan(append(fields, &m.learning, &m.young, &m.mature, &m.suspended)...)
}

func scanTotalRow(row scanner) (r keyedRow[srs.Day, srs.DayCount], err error) {
	return r, row.Scan(append([]any{&r.key}, countFields(&r.row)...)...)
}

func scanSectionRow(row scanner) (r keyedRow[sectionDay, sectionChange], err error) {
	n, m := &r.row, &r.row.moved
	return r, row.Scan(&r.key.deck, &r.key.day, &r.key.section, &n.reviews, &n.tested, &n.remembered,
		&m.learning, &m.young, &m.mature, &m.suspended)
}

func scanHourRow(row scanner) (r keyedRow[hourLevel, srs.Tally], err error) {
	return r, row.Scan(append([]any{&r.key.day, &r.key.hour, &r.key.level}, tallyFields(&r.row)...)...)
}

func (w *derived) comparePages(ctx context.Context, tx *txn) (n int64, err error) {
	var key int64
	var places, states []byte
	scan := func(row scanner) (none struct{}, err error) { return none, row.Scan(&key, &places, &states) }
	for _, err := range each(ctx, tx, scan, "SELECT page, places, states FROM state_page") {
		if err != nil {
			return 0, err
		}
		want := w.pages[key]
		if want == nil {
			want = &statePage{}
		}
		if !want.equal(readPage(places, states)) {
			n++
		}
		delete(w.pages, key)
	}
	return n + int64(len(w.pages)), nil
}
