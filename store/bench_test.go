package store

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
)

// sizes are stores of 1,000 cards a deck, each card with ten reviews. The last
// takes minutes to make and is left out unless MINDLEAF_BENCH_LARGE=1.
var sizes = []struct {
	reviews string
	decks   int
}{{"10k", 1}, {"100k", 10}, {"1M", 100}, {"10M", 1000}}

// BenchmarkStore measures what is done every day in stores of growing sizes, and
// the rest in one of 1,000,000 reviews. What is due is the same in all; x10k is
// the ratio to the smallest.
func BenchmarkStore(b *testing.B) {
	first := make(map[string]time.Duration)
	for _, size := range sizes {
		if size.reviews == "10M" && os.Getenv("MINDLEAF_BENCH_LARGE") == "" {
			continue
		}
		d := filled(b, size.decks)
		for _, s := range []struct {
			name string
			f    func(*testing.B, *DB)
		}{
			{"FirstQuestion", benchFirst}, {"DueFloor", benchDueFloor}, {"DueCount", benchDueCount}, {"ComingCount", benchComingCount},
			{"ProgressFloor", benchProgressFloor}, {"Progress", benchProgress}, {"Stats", benchStats}, {"Record", benchRecord}, {"RecordAndUndo", benchUndo},
		} {
			b.Run(s.name+"/"+size.reviews, func(b *testing.B) {
				s.f(b, d)
				took := b.Elapsed() / time.Duration(b.N)
				first[s.name] = cmp.Or(first[s.name], took)
				b.ReportMetric(float64(took)/float64(first[s.name]), "x10k")
			})
		}
		if size.reviews == "1M" {
			b.Run("Reads/1M", func(b *testing.B) { benchReads(b, d) })
			b.Run("Verify/1M", func(b *testing.B) { benchVerify(b, d) })
			b.Run("Fold/1M", func(b *testing.B) { benchFold(b, d) })
			b.Run("Sync/unchanged", func(b *testing.B) { benchUnchanged(b, d) })
		}
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("Sync/import", benchImport)
}

// benchDueFloor counts what is due with one bare query.
func benchDueFloor(b *testing.B, d *DB) {
	benchQuery(b, d, fmt.Sprint("SELECT count(*) FROM card WHERE phase > 0 AND archived = 0 AND suspended = 0 AND due <= ", today))
}

// benchProgressFloor counts with one bare query where the cards of every deck stand.
// Progress reads their states from pages, and can take less than that.
func benchProgressFloor(b *testing.B, d *DB) {
	benchQuery(b, d, "SELECT deck_id, "+countedStates+" FROM card WHERE archived = 0 GROUP BY deck_id")
}

// benchQuery reads the rows of a query for nothing.
func benchQuery(b *testing.B, d *DB, query string) {
	for b.Loop() {
		if n, err := readAll(b.Context(), d.db, query); err != nil || n == 0 {
			b.Fatal(n, err)
		}
	}
}

// readAll reads the rows of a query for nothing, and returns how many there are.
func readAll(ctx context.Context, q rowser, query string) (n int, err error) {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, firstError(rows.Err(), rows.Close())
}

// benchDueCount counts what is due today.
func benchDueCount(b *testing.B, d *DB) {
	for b.Loop() {
		if n, err := d.DueCount(b.Context(), Filter{}, today); err != nil || n == 0 {
			b.Fatal(n, err)
		}
	}
}

// benchComingCount counts what a review would bring.
func benchComingCount(b *testing.B, d *DB) {
	for b.Loop() {
		if c, err := d.ComingCount(b.Context(), today); err != nil || len(c.Due) == 0 {
			b.Fatal(c, err)
		}
	}
}

// benchUnchanged looks at a deck file of 1,000 cards in which nothing changed.
func benchUnchanged(b *testing.B, d *DB) {
	content := big("deck0", 1000)
	for b.Loop() {
		if changes := syncDeck(b, d, "/deck0.toml", content); changes.Same != 1000 {
			b.Fatal(changes)
		}
	}
	b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "cards/s")
}

// filled returns a store of decks of 1,000 cards, nine in ten of which have ten
// reviews and a new due day behind them; 250 are due today.
func filled(b *testing.B, decks int) *DB {
	b.Helper()
	d := fresh(b)
	for i := range decks {
		id := deck.ID(fmt.Sprintf("deck%d", i))
		syncDeck(b, d, fmt.Sprintf("/%s.toml", id), big(id, 1000))
	}
	err := d.tx(b.Context(), "filling", func(tx *txn) error { return fill(tx, decks) })
	if err != nil {
		b.Fatal(err)
	}
	if _, err := d.db.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		b.Fatal(err)
	}
	return d
}

// fill writes in bulk what Record would have written answer by answer.
func fill(tx *txn, decks int) error {
	ctx := context.Background()
	scheduler, err := sm2.Schedulers(sm2Name)
	if err != nil {
		return err
	}
	all, err := collect(ctx, tx, scanCard, "SELECT "+cardColumns+" FROM card ORDER BY id")
	if err != nil {
		return err
	}
	key, err := schedulerKey(ctx, tx, sm2Name)
	if err != nil {
		return err
	}
	insert, err := tx.tx.Prepare(`INSERT INTO event (device, seq, clock, at_ms, zone_min, day, kind, card_id, grade, took_ms, scheduler_id, due)
		VALUES (1, ?1, ?1, ?2, 0, ?3, ?4, ?5, ?6, 5000, ?7, ?8)`)
	if err != nil {
		return err
	}
	l := newLedger()
	seq := 0
	for round := range 11 {
		for i := range all {
			c := &all[i]
			if i%10 == 9 {
				continue
			}
			e := review(c.ID, srs.Grades[(i*7+round*3)%4], today-1000+srs.Day(round*90+i%90))
			e.At = e.At.Add(time.Duration(i%3) * 4 * time.Hour)
			e.Took = 5 * time.Second
			args := []any{int64(key), nil}
			if round == 10 {
				e = event(srs.SetDueEvent, c.ID, today-1)
				e.Due = today + 1 + srs.Day(i%200)
				if i%(4*decks) == 0 {
					e.Due = today
				}
				args = []any{nil, int64(e.Due)}
			}
			seq++
			if _, err := insert.Exec(append([]any{seq, e.At.UnixMilli(), e.Day, e.Kind, c.ID, e.Grade}, args...)...); err != nil {
				return err
			}
			before := c.State
			c.State = srs.Apply(before, c.Seed, e, scheduler)
			l.add(spotOf(*c, false), &srs.Step{Event: e, Before: before, After: c.State}, 1)
		}
	}
	return writeFilled(ctx, tx, all, l, seq)
}

func writeFilled(ctx context.Context, tx *txn, all []srs.Card, l *ledger, seq int) error {
	decks := make(map[int64]bool)
	for _, c := range all {
		decks[c.Deck] = true
		if err := setState(ctx, tx, c, true, c.State); err != nil {
			return err
		}
	}
	if err := l.write(ctx, tx); err != nil {
		return err
	}
	for id := range decks {
		if err := recount(ctx, tx, id); err != nil {
			return err
		}
	}
	_, err := tx.tx.Exec("UPDATE device SET seq = ?1, clock = ?1", seq)
	return err
}

// benchRecord sets each answer against appending 4 KiB to a file and syncing it.
func benchRecord(b *testing.B, d *DB) {
	f, err := os.Create(filepath.Join(b.TempDir(), "raw"))
	if err != nil {
		b.Fatal(err)
	}
	block := make([]byte, 4096)
	var answers, syncs []time.Duration
	var i int64
	for b.Loop() {
		i++
		start := time.Now()
		if _, err := d.Record(b.Context(), review(1+i*7919%1000, srs.Grades[i%4], today)); err != nil {
			b.Fatal(err)
		}
		answered := time.Now()
		if _, err := f.Write(block); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
		answers, syncs = append(answers, answered.Sub(start)), append(syncs, time.Since(answered))
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(micros(answers, 50), "median-µs")
	b.ReportMetric(micros(answers, 99), "p99-µs")
	b.ReportMetric(micros(answers, 50)/micros(syncs, 50), "x-fsync")
	b.ReportMetric(micros(syncs, 99), "p99-fsync-µs")
}

// micros returns a percentile in microseconds.
func micros(d []time.Duration, percent int) float64 {
	slices.Sort(d)
	return float64(d[(len(d)-1)*percent/100]) / float64(time.Microsecond)
}

func benchUndo(b *testing.B, d *DB) {
	for b.Loop() {
		record(b, d, review(1, srs.Good, today))
		e, ok, err := d.LastUndoable(b.Context())
		if err != nil || !ok {
			b.Fatal(err)
		}
		if _, _, err := d.Undo(b.Context(), e.Key, noon(today)); err != nil {
			b.Fatal(err)
		}
	}
}

// benchFirst is what stands between the start of the program and its first
// question, opening included.
func benchFirst(b *testing.B, d *DB) {
	ctx := b.Context()
	for b.Loop() {
		d, err := Open(ctx, d.path, options())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := d.Files(ctx); err != nil {
			b.Fatal(err)
		}
		cards, err := d.Due(ctx, Filter{}, today, today)
		if err != nil {
			b.Fatal(err)
		}
		left := 20
		if err := d.NewCards(ctx, Filter{}, func(srs.Card) bool { left--; return left > 0 }); err != nil {
			b.Fatal(err)
		}
		if _, err := d.SeenLeaves(ctx, today); err != nil {
			b.Fatal(err)
		}
		if _, err := d.Drill(ctx, Filter{}, today); err != nil {
			b.Fatal(err)
		}
		if len(cards) == 0 {
			b.Fatal("nothing is due")
		}
		if _, err := d.Content(ctx, cards[0].ID); err != nil {
			b.Fatal(err)
		}
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func benchReads(b *testing.B, d *DB) {
	ctx := b.Context()
	for _, r := range []struct {
		name string
		f    func() error
	}{
		{"Decks", func() error { _, err := d.Decks(ctx, today); return err }},
		{"Sections", func() error { _, err := d.Sections(ctx, "deck50", today); return err }},
		{"DayCount", func() error { _, err := d.DayCount(ctx, Filter{}, today-365, today); return err }},
		{"DueForecast", func() error { _, err := d.DueForecast(ctx, Filter{}, today, today+30); return err }},
		{"States", func() error { return d.States(ctx, 0, func(*CardState) {}) }},
		{"Tallies", func() error { _, err := d.Tallies(ctx, today-365, today); return err }},
		{"RecentByDeck", func() error {
			_, err := d.RecentByDeck(ctx, Lately{Day: today, Short: 7, Long: 30, Reviews: true})
			return err
		}},
		{"RecentBySection", func() error {
			_, err := d.RecentBySection(ctx, Lately{Day: today, Short: 7, Long: 30, Reviews: true, Deck: 50})
			return err
		}},
		{"Streak", func() error { _, err := d.Streak(ctx, today); return err }},
		{"History", func() error { _, err := d.History(ctx, 5000); return err }},
	} {
		b.Run(r.name, func(b *testing.B) {
			for b.Loop() {
				if err := r.f(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// benchProgress reads what the overview of all decks shows.
func benchProgress(b *testing.B, d *DB) {
	ctx := b.Context()
	for b.Loop() {
		_, err1 := d.Decks(ctx, today)
		_, err2 := d.RecentByDeck(ctx, Lately{Day: today, Short: 7, Long: 30})
		if err := firstError(err1, err2, d.States(ctx, 0, func(*CardState) {})); err != nil {
			b.Fatal(err)
		}
	}
}

// benchStats reads what the statistics need beyond that.
func benchStats(b *testing.B, d *DB) {
	ctx := b.Context()
	for b.Loop() {
		_, err1 := d.DayCount(ctx, Filter{}, today-364, today)
		_, err2 := d.Tallies(ctx, today-29, today)
		_, err3 := d.Streak(ctx, today)
		if err := firstError(err1, err2, err3); err != nil {
			b.Fatal(err)
		}
	}
}

func benchVerify(b *testing.B, d *DB) {
	for b.Loop() {
		r, err := d.Verify(b.Context())
		if err != nil || !r.Sound() {
			b.Fatal(r, err)
		}
		b.ReportMetric(float64(r.Events), "events")
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s")
}

// benchFold folds the whole log again, compares with the states, and makes the
// counters anew in memory. Its floor is SQLite reading the same rows for nothing.
func benchFold(b *testing.B, d *DB) {
	ctx := b.Context()
	var events int64
	var folding, reading time.Duration
	for b.Loop() {
		err := d.read(ctx, "folding", func(tx *txn) error {
			began := time.Now()
			if _, err := readAll(ctx, tx, "SELECT "+rawColumns+" FROM event e ORDER BY e.device, e.seq"); err != nil {
				return err
			}
			read := time.Now()
			var r Report
			if _, err := d.verifyCards(ctx, tx, &r, nil); err != nil || r.States > 0 {
				return fmt.Errorf("%+v, %w", r, err)
			}
			reading, folding, events = reading+read.Sub(began), folding+time.Since(read), events+r.Events
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(events)/folding.Seconds(), "events/s")
	b.ReportMetric(float64(events)/reading.Seconds(), "floor-events/s")
	b.ReportMetric(folding.Seconds()/reading.Seconds(), "x-floor")
	b.ReportMetric(0, "ns/op")
}

// benchImport indexes 100 decks of 1,000 cards.
func benchImport(b *testing.B) {
	var decks []*deck.Deck
	for i := range 100 {
		decks = append(decks, big(deck.ID(fmt.Sprintf("deck%d", i)), 1000))
	}
	for b.Loop() {
		d := fresh(b)
		for i, content := range decks {
			syncDeck(b, d, fmt.Sprintf("/deck%d.toml", i), content)
		}
	}
	b.ReportMetric(100_000*float64(b.N)/b.Elapsed().Seconds(), "cards/s")
}
