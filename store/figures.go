package store

import (
	"context"

	"github.com/mindleaf/mindleaf/srs"
)

// HourTally is what was done in one hour by the clock on the wall, with the cards
// that are at one level now.
type HourTally struct {
	Hour  int  // 0 to 23
	Level int8 // a deck.Level
	srs.Tally
}

// Tallies returns what was done on the study days from one to another, both
// included, by hour and level, without those where nothing was answered.
func (d *DB) Tallies(ctx context.Context, from, to srs.Day) ([]HourTally, error) {
	tallies, err := collect(ctx, d.db, func(row scanner) (t HourTally, err error) {
		return t, row.Scan(append([]any{&t.Hour, &t.Level}, numbers(tallyFields(&t.Tally)...)...)...)
	}, "SELECT hour, level, "+tallySums+` FROM hour_count
		WHERE day BETWEEN ? AND ? AND hour BETWEEN 0 AND 23 AND level BETWEEN 0 AND 3
		GROUP BY hour, level HAVING sum(took_5 + took_10 + took_20 + took_40 + took_60 + took_more) > 0`, from, to)
	return tallies, d.explain("reading what was done", err)
}

// Streak returns on how many study days in a row, up to day or the one before,
// something was answered.
func (d *DB) Streak(ctx context.Context, day srs.Day) (days int, err error) {
	scan := func(row scanner) (srs.Day, error) { n, err := scanInt(row); return srs.Day(n), err }
	const query = "SELECT day FROM day_total WHERE day <= ? AND reviews + drills > 0 ORDER BY day DESC"
	for studied, err := range each(ctx, d.db, scan, query, day) {
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
	// Short and Long say how the cards that are there now, without those of
	// Lately.Suspended, moved in a short and a long span of study days: what Counts
	// gained since.
	Short, Long srs.Counts
	// Reviews, Tested and Remembered count reviews of the long span: all, those
	// of young and mature cards, and the passed ones of these. Those of a deck
	// count archived cards too, those of a section do not.
	Reviews, Tested, Remembered int64
}

// Lately says what is wanted of Recent, for spans of study days that end with Day.
type Lately struct {
	Day srs.Day
	// Long is the long span, and Short the short one; 0 leaves Recent.Short out.
	Short, Long int
	// Reviews asks for Recent.Reviews, Tested and Remembered.
	Reviews bool
	// Deck is the key of the only deck that is wanted; 0 for all.
	Deck int64
	// Suspended is what SuspendedLately returned for the same spans, to be left out
	// of Short and Long; nil for nothing.
	Suspended []SuspendedMoves
}

// RecentByDeck returns the Recent of each deck, or of l.Deck, by its key.
func (d *DB) RecentByDeck(ctx context.Context, l Lately) (map[int64]Recent, error) {
	// Deck by deck, so that SQLite has nothing to sort.
	recent, err := d.recent(ctx, "SELECT deck.id, "+l.sums("sum(reviews), sum(young + mature), sum(young_passed + mature_passed)")+`
		FROM deck CROSS JOIN day_count ON deck_id = deck.id WHERE day > ?1 AND day <= ?3 AND (?4 = 0 OR deck.id = ?4) GROUP BY deck.id`, l)
	for _, s := range l.Suspended {
		recent[s.Deck] = recent[s.Deck].without(s)
	}
	return recent, err
}

// RecentBySection returns the Recent of each section of l.Deck, without what is
// below it, by its key; that of cards that stand alone by key 0.
func (d *DB) RecentBySection(ctx context.Context, l Lately) (map[int64]Recent, error) {
	recent, err := d.recent(ctx, "SELECT section_id, "+l.sums("sum(reviews), sum(tested), sum(remembered)")+`
		FROM section_day WHERE deck_id = ?4 AND day > ?1 AND day <= ?3 GROUP BY section_id`, l)
	for _, s := range l.Suspended {
		if s.Deck == l.Deck {
			recent[s.Section] = recent[s.Section].without(s)
		}
	}
	return recent, err
}

func (r Recent) without(s SuspendedMoves) Recent {
	r.Short, r.Long = r.Short.Add(s.Short, -1), r.Long.Add(s.Long, -1)
	return r
}

// sums are the columns of a Recent, those that are not wanted 0. Each sum counts
// when a month has thousands of rows.
func (l Lately) sums(reviews string) string {
	const (
		long  = ", sum(moved_learning), sum(moved_young), sum(moved_mature), sum(moved_suspended), "
		short = `coalesce(sum(moved_learning) FILTER (WHERE day > ?2), 0), coalesce(sum(moved_young) FILTER (WHERE day > ?2), 0),
			coalesce(sum(moved_mature) FILTER (WHERE day > ?2), 0), coalesce(sum(moved_suspended) FILTER (WHERE day > ?2), 0)`
	)
	if !l.Reviews {
		reviews = "0, 0, 0"
	}
	if l.Short == 0 {
		return reviews + long + "0, 0, 0, 0"
	}
	return reviews + long + short
}

func (d *DB) recent(ctx context.Context, query string, l Lately) (map[int64]Recent, error) {
	recent := make(map[int64]Recent)
	scan := func(row scanner) (none struct{}, err error) {
		var key int64
		var r Recent
		var long, short moved
		err = row.Scan(&key, &r.Reviews, &r.Tested, &r.Remembered, &long.learning, &long.young, &long.mature, &long.suspended,
			&short.learning, &short.young, &short.mature, &short.suspended)
		r.Long, r.Short = long.counts(), short.counts()
		recent[key] = r
		return none, err
	}
	for _, err := range each(ctx, d.db, scan, query, l.Day-srs.Day(l.Long), l.Day-srs.Day(l.Short), l.Day, l.Deck) {
		if err != nil {
			return nil, d.explain("reading what was done", err)
		}
	}
	return recent, nil
}
