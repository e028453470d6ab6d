package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// Merge adds the events of another log that are not here yet and folds the
// cards they concern again, all or nothing: see MergeByCard. An event is known by
// its device and Seq, so merging the same log twice adds nothing the second time.
// A device that is not known is made; its Seqs need not be without gaps.
func (d *DB) Merge(ctx context.Context, events []Logged) (Merged, error) {
	order := make([]int, len(events))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(events[a].Deck, events[b].Deck), cmp.Compare(events[a].CardID, events[b].CardID))
	})
	return d.MergeByCard(ctx, func(yield func(Logged, error) bool) {
		for _, i := range order {
			if !yield(events[i], nil) {
				return
			}
		}
	})
}

const mergingLog = "merging a log"

// MergeByCard is Merge for a log that is too large for memory. It is fast when
// the events of a card follow each other, and correct when they do not. An error
// among the events ends it, and nothing is merged.
//
// A large log is merged in transactions that keep nobody waiting for long, some
// cards in each. What was added is taken back when it does not come to the end: at
// once, or, where the process is killed, when the store is next opened. Only one
// log is merged at a time; others wait for their turn.
func (d *DB) MergeByCard(ctx context.Context, events iter.Seq2[Logged, error]) (Merged, error) {
	return d.mergeEvery(ctx, waitingEvents, events)
}

// mergeEvery is MergeByCard, which writes whenever so many events wait.
func (d *DB) mergeEvery(ctx context.Context, many int, events iter.Seq2[Logged, error]) (m Merged, err error) {
	unlock, err := d.lockMerges(ctx)
	if err != nil {
		return m, d.explain(mergingLog, err)
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if err := d.setCache(ctx, mergeCacheKB); err != nil {
		return m, d.explain(mergingLog, err)
	}
	// What was merged is merged, with whichever cache.
	defer func() { _ = d.setCache(context.WithoutCancel(ctx), cacheKB) }()
	if _, err := d.takeBack(ctx); err != nil {
		return m, err
	}
	g := &merging{DB: d, ctx: ctx, many: many, devices: make(map[string]int64), decks: make(map[deck.ID]map[deck.CardID]int64)}
	if err := g.run(events); err != nil {
		if g.note.id != 0 {
			_, failed := d.takeBack(context.WithoutCancel(ctx))
			err = errors.Join(err, failed)
		}
		return m, err
	}
	if g.note.id != 0 {
		// All is merged. What of this fails the next start does.
		_ = d.forgetPieces(ctx)
	}
	d.changed.CompareAndSwap(false, g.merged.Added > 0)
	return g.merged, nil
}

// merging is one run of MergeByCard.
type merging struct {
	*DB
	ctx     context.Context
	merged  Merged
	devices map[string]int64
	decks   map[deck.ID]map[deck.CardID]int64
	// waiting are events of known cards that are not written yet, many of them at
	// most, and runs where in it those of a card begin.
	waiting []Logged
	many    int
	runs    []int
	pace    pace
	note    mergeNote
	// Of the piece under way: what it adds to the counters, to the log, and to the
	// clock and the number of events of this device.
	tx         *txn
	counts     *shift
	added      noted
	clock, seq int64
}

// mergeCacheKB is how much SQLite keeps in memory, in KiB, while a log is merged.
// The events of a card are all over the log, so that each meets another page: with
// fewer in memory a long history takes half as long again.
const mergeCacheKB = 16_000

const (
	// waitingEvents is how many events are read before those of the cards among
	// them that are complete are written.
	waitingEvents = 8192
	// runEvents is how many events that concern no card are written together.
	runEvents = 256
)

// mergedCard is a card that events may concern. It is fresh as long as it has
// no event.
type mergedCard struct {
	srs.Card
	archived, fresh bool
}

// restated is an event on its way in.
type restated struct {
	srs.Event
	restates bool
}

func (g *merging) run(events iter.Seq2[Logged, error]) error {
	for l, err := range events {
		if err == nil {
			err = g.take(l)
		}
		if err != nil {
			return g.explain(mergingLog, err)
		}
		// The events of the last card may not be complete.
		if n := len(g.runs) - 1; n >= 0 && g.runs[n] >= g.many {
			if err := g.put(n, false); err != nil {
				return err
			}
		}
	}
	return g.put(len(g.runs), true)
}

// take finds the card of an event and lets the event wait.
func (g *merging) take(l Logged) (err error) {
	l.Card = 0
	if l.CardID != "" {
		if l.Card, err = g.card(l.Deck, l.CardID); err == nil && l.Card == 0 {
			g.merged.Orphans++
			return nil
		}
	}
	if err == nil {
		err = checkLogged(l)
	}
	if err != nil {
		return fmt.Errorf("event %d of device %q: %w", l.Key.Seq, l.Device, err)
	}
	n := len(g.waiting)
	if n == 0 || g.waiting[n-1].Card != l.Card || l.Card == 0 && n-g.runs[len(g.runs)-1] >= runEvents {
		g.runs = append(g.runs, n)
	}
	g.waiting = append(g.waiting, l)
	return nil
}

// What an event of another store may hold at most, so that those logged here afterwards
// can count on from it, and an export can say when it was.
const (
	maxSeq    = math.MaxInt64 - 1<<32 // those of other programs may be hashes
	maxDay    = 2932896               // the last of the year 9999
	maxMillis = maxDay * msOfDay
	maxTook   = 366 * 24 * time.Hour
	maxZone   = 24 * 60 * 60
	msOfDay   = 24 * 60 * 60 * 1000
)

func zoneSeconds(t time.Time) int {
	_, offset := t.Zone()
	return offset
}

// checkLogged is checkEvent for an event that is in a log already.
func checkLogged(l Logged) error {
	e := l.Event
	switch {
	case l.Device == "":
		return errors.New("the device has no name")
	case e.Key.Seq <= 0 || e.Key.Seq > maxSeq:
		return fmt.Errorf("its number %d is not 1 to %d", e.Key.Seq, int64(maxSeq))
	case e.Clock < 0 || e.Clock > maxMillis || e.At.UnixMilli() > maxMillis || e.At.Year() < 1:
		return errors.New("its time is not one before the year 10000")
	case zoneSeconds(e.At) < -maxZone || zoneSeconds(e.At) > maxZone:
		return errors.New("its time zone is more than a day off")
	case e.Day < -maxDay || e.Day > maxDay:
		return fmt.Errorf("its study day %d is not one before the year 10000", int32(e.Day))
	case e.Took < 0 || e.Took > maxTook:
		return fmt.Errorf("it took %v, which is not between none and a year", e.Took)
	case e.Kind == srs.UndoEvent || e.Kind == srs.RenameEvent:
		return nil
	case e.Kind < srs.ReviewEvent || e.Kind > srs.CloseLevelsEvent:
		return fmt.Errorf("kind %d is not known", e.Kind)
	}
	return checkEvent(e)
}

// card returns the key of a card, 0 when it is not here. The first card of a deck
// that is asked for loads them all.
func (g *merging) card(in deck.ID, uid deck.CardID) (int64, error) {
	cards, ok := g.decks[in]
	if !ok {
		cards = make(map[deck.CardID]int64)
		_, err := collect(g.ctx, g.db, func(row scanner) (_ struct{}, err error) {
			var uid deck.CardID
			var id int64
			err = row.Scan(&id, &uid)
			cards[uid] = id
			return struct{}{}, err
		}, "SELECT id, uid FROM card WHERE deck_id = (SELECT id FROM deck WHERE uid = ?)", in)
		if err != nil {
			return 0, err
		}
		g.decks[in] = cards
	}
	return cards[uid], nil
}

// put writes the events of the first n cards that wait, and ends the merge after
// the last ones.
func (g *merging) put(n int, last bool) error {
	err := g.inPieces(g.ctx, mergingLog, n, piecework{
		begin: g.begin,
		step:  func(i int) error { return g.add(g.cardEvents(i)) },
		end:   func(done int) error { return g.end(last && done == n) },
	}, &g.pace)
	if err != nil {
		return err
	}
	rest := g.waiting[len(g.waiting):]
	if n < len(g.runs) {
		rest = g.waiting[g.runs[n]:]
	}
	g.waiting, g.runs = append(g.waiting[:0], rest...), g.runs[:0]
	if len(g.waiting) > 0 {
		g.runs = append(g.runs, 0)
	}
	return nil
}

// cardEvents returns the events of the i-th card that waits.
func (g *merging) cardEvents(i int) []Logged {
	if i+1 < len(g.runs) {
		return g.waiting[g.runs[i]:g.runs[i+1]]
	}
	return g.waiting[g.runs[i]:]
}

// begin begins a piece.
func (g *merging) begin(tx *txn) error {
	g.tx, g.counts, g.added, g.clock, g.seq = tx, newShift(), nil, 0, 0
	return g.note.goOn(g.ctx, tx)
}

// end brings the counters up to date, and notes what the piece has added unless
// the merge is done.
func (g *merging) end(done bool) error {
	if err := g.counts.write(g.ctx, g.tx); err != nil {
		return err
	}
	// Events of this very device may come back, from another copy of its log.
	if g.clock > 0 {
		_, err := g.tx.ExecContext(g.ctx, "UPDATE device SET clock = max(clock, ?), seq = max(seq, ?) WHERE id = ?", g.clock, g.seq, thisDevice)
		if err != nil {
			return err
		}
	}
	if done {
		return g.note.drop(g.ctx, g.tx)
	}
	return g.note.write(g.ctx, g.tx, g.added)
}
