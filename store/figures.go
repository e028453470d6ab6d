package store

import (
	"context"
	"strings"

	"github.com/mindleaf/mindleaf/srs"
)

// TallyByDay returns what was done on each study day from one to another, both
// included. Days on which nothing was answered are left out.
func (d *DB) TallyByDay(ctx context.Context, from, to srs.Day) (map[srs.Day]srs.Tally, error) {
	tallies, err := d.tallyBy(ctx, "day", from, to)
	days := make(map[srs.Day]srs.Tally, len(tallies))
	for _, t := range tallies {
		days[srs.Day(t.key)] = t.row
	}
	return days, err
}

// TallyByHour returns what was done in each hour by the clock on the wall of
// the study days from one to another, both included.
func (d *DB) TallyByHour(ctx context.Context, from, to srs.Day) (hours [24]srs.Tally, err error) {
	tallies, err := d.tallyBy(ctx, "hour", from, to)
	for _, t := range tallies {
		if t.key >= 0 && t.key < int64(len(hours)) {
			hours[t.key] = t.row
		}
	}
	return hours, err
}

// TallyByLevel returns what was done on the study days from one to another, both
// included, indexed by the deck.Level that the answered cards have now.
func (d *DB) TallyByLevel(ctx context.Context, from, to srs.Day) (levels [4]srs.Tally, err error) {
	tallies, err := d.tallyBy(ctx, "level", from, to)
	for _, t := range tallies {
		if t.key >= 0 && t.key < int64(len(levels)) {
			levels[t.key] = t.row
		}
	}
	return levels, err
}

func (d *DB) tallyBy(ctx context.Context, column string, from, to srs.Day) ([]keyedRow[int64, srs.Tally], error) {
	tallies, err := collect(ctx, d.db, func(row scanner) (t keyedRow[int64, srs.Tally], err error) {
		return t, row.Scan(append([]any{&t.key}, tallyFields(&t.row)...)...)
	}, "SELECT "+column+", "+tallySums+" FROM hour_count WHERE day BETWEEN ? AND ? GROUP BY "+column+
		" HAVING sum("+strings.ReplaceAll(tookColumns, ", ", " + ")+") > 0", from, to)
	return tallies, d.explain("reading what was done", err)
}

// tookColumns sum up to the number of answers.
const tookColumns = "took_5, took_10, took_20, took_40, took_60, took_more"

// Streak returns on how many study days in a row, up to day or the one before,
// something was answered.
func (d *DB) Streak(ctx context.Context, day srs.Day) (days int, err error) {
	scan := func(row scanner) (studied srs.Day, err error) { return studied, row.Scan(&studied) }
	for studied, err := range each(ctx, d.db, scan, "SELECT day FROM hour_count WHERE day <= ? GROUP BY day HAVING sum("+
		strings.ReplaceAll(tookColumns, ", ", " + ")+") > 0 ORDER BY day DESC", day) {
		if err != nil {
			return 0, d.explain("reading the streak", err)
		}
		if days == 0 && studied < day {
			day--
		}
		if studied != day-srs.Day(days) {
			return days, nil
		}
		days++
	}
	return days, nil
}

// Recent is what was done lately with the cards of a deck or section.
type Recent struct {
	// Short and Long say how the cards that are there now moved in a short and a
	// long span of study days: what Counts gained since.
	Short, Long srs.Counts
	// Reviews, Tested and Remembered count reviews of the long span: all, those
	// of young and mature cards, and the passed ones of these. Those of a deck
	// count archived cards too, those of a section do not.
	Reviews, Tested, Remembered int64
}

// RecentByDeck returns the Recent of each deck, by its key, for two spans of
// study days that end with day.
func (d *DB) RecentByDeck(ctx context.Context, day srs.Day, short, long int) (map[int64]Recent, error) {
	return d.recent(ctx, `SELECT deck_id, day > ?2, sum(reviews), sum(young + mature), sum(young_passed + mature_passed), `+sumMoved+`
		FROM day_count WHERE day > ?1 AND day <= ?3 GROUP BY deck_id, day > ?2`, day-srs.Day(long), day-srs.Day(short), day)
}

// RecentBySection returns the Recent of each section of a deck, without what is
// below it, by its key, for two spans of study days that end with day; that of
// cards that stand alone by key 0.
func (d *DB) RecentBySection(ctx context.Context, deckKey int64, day srs.Day, short, long int) (map[int64]Recent, error) {
	return d.recent(ctx, `SELECT section_id, day > ?2, sum(reviews), sum(tested), sum(remembered), `+sumMoved+`
		FROM section_day WHERE deck_id = ?4 AND day > ?1 AND day <= ?3 GROUP BY section_id, day > ?2`,
		day-srs.Day(long), day-srs.Day(short), day, deckKey)
}

const sumMoved = "sum(moved_learning), sum(moved_young), sum(moved_mature), sum(moved_suspended)"

func (d *DB) recent(ctx context.Context, query string, args ...any) (map[int64]Recent, error) {
	type part struct {
		key                         int64
		short                       bool
		reviews, tested, remembered int64
		moved                       moved
	}
	parts, err := collect(ctx, d.db, func(row scanner) (p part, err error) {
		m := &p.moved
		return p, row.Scan(&p.key, &p.short, &p.reviews, &p.tested, &p.remembered, &m.learning, &m.young, &m.mature, &m.suspended)
	}, query, args...)
	recent := make(map[int64]Recent, len(parts))
	for _, p := range parts {
		r := recent[p.key]
		if p.short {
			r.Short = p.moved.counts()
		}
		r.Long = r.Long.Add(p.moved.counts(), 1)
		r.Reviews, r.Tested, r.Remembered = r.Reviews+p.reviews, r.Tested+p.tested, r.Remembered+p.remembered
		recent[p.key] = r
	}
	return recent, d.explain("reading what was done", err)
}
