package store

import (
	"context"
	"errors"

	"github.com/mindleaf/mindleaf/srs"
)

// filed is a card with whether it is archived.
type filed struct {
	srs.Card
	archived bool
}

// unpackFiled reads a row of cardColumns and archived that packRows has packed. Of a
// state with a number that is out of range it makes one that no log folds to.
func unpackFiled(row []byte) (f filed, err error) {
	r := packedRow{rest: row}
	for _, key := range []*int64{&f.ID, &f.Deck, &f.Leaf, &f.Section} {
		*key = r.number()
	}
	f.Level, f.Order, f.Seed = narrow[int8](&r), r.number(), narrow[uint32](&r)
	if r.err != nil {
		return f, r.err
	}
	s := &f.State
	s.Phase, s.Due, s.IntervalDays = narrow[srs.Phase](&r), narrow[srs.Day](&r), narrow[int32](&r)
	s.Ease, s.Reps, s.Lapses = narrow[srs.Ease](&r), narrow[int32](&r), narrow[int32](&r)
	s.Reviews, s.LastDay, s.DrillDay = narrow[int32](&r), narrow[srs.Day](&r), narrow[srs.Day](&r)
	s.Suspended, s.BuriedDay, s.Flag = r.number() != 0, narrow[srs.Day](&r), narrow[int8](&r)
	f.archived = r.number() != 0
	if errors.Is(r.err, errRange) {
		r.err, *s = nil, srs.State{Reviews: -1}
	}
	return f, r.err
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
	c := comparing{ctx, tx}
	totals, err := differing(c, w.totals(), totalFields, "day, "+countColumns, "day_total")
	if err != nil {
		return err
	}
	if r.Days, err = differing(c, w.days, dayFields, "day, deck_id, "+countColumns+", "+movedColumns, "day_count GROUP BY deck_id"); err != nil {
		return err
	}
	r.Days += totals
	if r.Trends, err = differing(c, w.sections, sectionFields, "day, deck_id, section_id, reviews, tested, remembered, "+movedColumns,
		"section_day GROUP BY deck_id"); err != nil {
		return err
	}
	if r.Hours, err = differing(c, w.hours, hourFields, "day, hour, level, "+tallyColumns, "hour_count GROUP BY day"); err != nil {
		return err
	}
	r.Pages, err = w.comparePages(ctx, tx)
	return err
}

// comparing compares rows of counters with what they must be.
type comparing struct {
	ctx context.Context
	tx  *txn
}

// differing returns how many rows are not those wanted, and clears those that are. Of
// the columns the first is the day, and the others are fields. Where they come from may
// group them by their key, so that they are packed piece by piece. A row of zeros is
// the same as none.
func differing[K, V comparable](c comparing, want byDay[K, V], fields func(*K, *V) []*int64, columns, from string) (n int64, err error) {
	var key K
	var row, zero V
	to := fields(&key, &row)
	for rows, err := range each(c.ctx, c.tx, scanBytes, "SELECT "+packRows+"("+columns+", NULL) FROM "+from) {
		if err != nil {
			return 0, err
		}
		err = eachPacked(rows, func(_, packed []byte) error {
			r := packedRow{rest: packed}
			day := narrow[srs.Day](&r)
			for _, field := range to {
				*field = r.number()
			}
			if r.err != nil {
				n++
				return nil
			}
			wanted := want.at(key, day)
			if *wanted != row {
				n++
			}
			*wanted = zero
			return nil
		})
		if err != nil {
			return 0, err
		}
	}
	err = want.each(func(K, srs.Day, *V) error {
		n++
		return nil
	})
	return n, err
}

func totalFields(_ *struct{}, c *srs.DayCount) []*int64 { return countFields(c) }

func dayFields(deck *int64, c *dayChange) []*int64 {
	return append(append([]*int64{deck}, countFields(&c.count)...), movedFields(&c.moved)...)
}

func sectionFields(k *deckSection, c *sectionChange) []*int64 {
	return append([]*int64{&k.deck, &k.section, &c.reviews, &c.tested, &c.remembered}, movedFields(&c.moved)...)
}

func hourFields(k *hourLevel, t *srs.Tally) []*int64 {
	return append([]*int64{&k.hour, &k.level}, tallyFields(t)...)
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
