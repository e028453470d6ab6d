package anki

import (
	"cmp"
	"context"
	"database/sql"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unique"

	"github.com/mindleaf/mindleaf/deck"
)

// cardRow is a card as the collection has it. A card that is in a filtered deck
// for the moment is back in its home deck here. All cards of a package are held in
// memory: what can be small is.
type cardRow struct {
	id, note, deck int64
	due            int64
	changed        uint32 // in seconds
	place          int32  // its place among new cards
	ord            int32
	interval       int32
	factor         int32
	reps, lapses   int32
	kind           Phase
	queue          int8
	flag           int8
	uid            deck.CardID           // "" when it is not taken over
	in             unique.Handle[string] // its top-level deck, when it is
}

// The queues of a card that say more than its kind does.
const (
	queueLearning    = 1
	queueDayLearning = 3
	queueSuspended   = -1
	queueBuried      = -3
)

func (p *Package) loadCards(ctx context.Context) error {
	now := min(p.options.Now.Unix(), math.MaxUint32)
	var all int
	if err := p.collection.conn.QueryRowContext(ctx, "SELECT count(*) FROM cards").Scan(&all); err != nil {
		return p.collection.explain(ctx, err)
	}
	p.cards = make([]cardRow, 0, all)
	err := p.collection.rows(ctx, func(r *sql.Rows) error {
		var c cardRow
		var ord, changed, kind, queue, ivl, factor, reps, lapses, flags, homeDue, home int64
		var data sql.RawBytes
		err := r.Scan(&c.id, &c.note, &c.deck, &ord, &changed, &kind, &queue, &c.due, &ivl, &factor, &reps, &lapses, &homeDue, &home, &flags, &data)
		if err != nil {
			return err
		}
		c.changed = uint32(min(max(changed, 0), now))
		c.ord = int32(min(max(ord, -1), math.MaxInt16))
		c.interval = int32(min(max(ivl, 0), maxIntervalDays))
		c.factor = int32(min(max(factor, 0), 10*maxEase))
		c.reps, c.lapses = count(reps), count(lapses)
		c.flag, c.queue = int8(flags&7), int8(min(max(queue, -3), 4))
		if home != 0 {
			c.deck = home
			if homeDue != 0 {
				c.due = homeDue
			}
		}
		c.kind = phaseOf(kind, c.queue)
		c.place = placeOf(&c, string(data))
		p.report.HasSchedule = p.report.HasSchedule || c.kind != New
		p.cards = append(p.cards, c)
		return nil
	}, `SELECT id, nid, did, CAST(ord AS INTEGER), CAST(mod AS INTEGER), CAST(type AS INTEGER), CAST(queue AS INTEGER), CAST(due AS INTEGER),
		CAST(ivl AS INTEGER), CAST(factor AS INTEGER), CAST(reps AS INTEGER), CAST(lapses AS INTEGER), CAST(odue AS INTEGER), CAST(odid AS INTEGER),
		CAST(flags AS INTEGER), CAST(data AS TEXT) FROM cards`)
	slices.SortFunc(p.cards, func(a, b cardRow) int {
		return cmp.Or(cmp.Compare(a.note, b.note), cmp.Compare(a.deck, b.deck), cmp.Compare(a.ord, b.ord), cmp.Compare(a.id, b.id))
	})
	return p.named(err, "the cards")
}

func count(n int64) int32 { return int32(min(max(n, 0), math.MaxInt32)) }

// phaseOf returns the phase of a card. The first scheduler kept cards that were
// relearned as Review in a queue for learning.
func phaseOf(kind int64, queue int8) Phase {
	switch {
	case kind == 2 && (queue == queueLearning || queue == queueDayLearning), kind == 3:
		return Relearning
	case kind == 1:
		return Learning
	case kind == 2:
		return Review
	}
	return New
}

// placeOf returns the place that a card has, or had, among new cards; 0 when it
// is no longer known.
func placeOf(c *cardRow, data string) int32 {
	if c.kind == New {
		return int32(min(max(c.due, 0), math.MaxInt32))
	}
	_, rest, found := strings.Cut(data, `"pos":`)
	if !found {
		return 0
	}
	end := 0
	for end < len(rest) && rest[end] >= '0' && rest[end] <= '9' {
		end++
	}
	n, err := strconv.ParseInt(rest[:end], 10, 32)
	if err != nil {
		return 0
	}
	return int32(n)
}

// secondsFrom is where the due of a card in learning is a time and no longer a
// day.
const secondsFrom = 1_000_000_000

// dueDay returns the study day on which a card that is not new is due. What is
// beyond belief is due today.
func (p *Package) dueDay(c *cardRow) int32 {
	today := p.model.dayOf(p.options.Now)
	switch {
	case c.kind != Review && c.due > secondsFrom && c.due < 1<<40:
		return min(p.model.dayOf(time.Unix(c.due, 0).In(p.options.Now.Location())), today+maxIntervalDays)
	case c.due > maxIntervalDays || c.due < -maxIntervalDays:
		return today
	}
	return p.model.firstDay + int32(c.due)
}

// state returns the state that a card's row tells; last is what its history led
// to, the state of a new card where there is none.
func (p *Package) state(c *cardRow, last State) State {
	if c.kind == New {
		return State{Ease: startEase}
	}
	s := State{Phase: c.kind, Due: p.dueDay(c), LastDay: last.LastDay, Ease: last.Ease, Reps: last.Reps, Lapses: c.lapses}
	if c.factor >= 10*minEase {
		s.Ease = min((c.factor+5)/10, maxEase)
	}
	if s.IntervalDays = c.interval; c.kind == Review {
		s.IntervalDays = max(c.interval, 1)
	}
	s.Reps = settled(s)
	if s.LastDay == 0 {
		today := p.model.dayOf(p.options.Now)
		s.LastDay = max(min(s.Due-s.IntervalDays, today), 0)
	}
	return s
}

// settled returns the reviews passed in a row as the phase and the interval
// want them: the next interval grows from one that is longer than a day, and
// from none before.
func settled(s State) int32 {
	switch {
	case s.Phase == Review, s.Phase == Relearning && s.IntervalDays > 1:
		return max(s.Reps, 2)
	}
	return min(s.Reps, 1)
}
