package anki

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"
)

// earliest is the time before which no review can have been: 1 January 2000.
const earliest = 946_684_800_000

// logRow is a row of the history as the collection has it.
type logRow struct {
	id, card             int64
	ease, kind           int64
	interval, last, took int64
	factor               int64
}

const day = 24 * time.Hour

// The kinds of rows that are no ordinary answers.
const (
	logReview      = 1
	logRelearn     = 2
	logCram        = 3
	logManual      = 4
	logRescheduled = 5
)

// History visits what the package knows of each card that Notes has taken over,
// new cards without a mark left out, until visit returns an error, which it then
// returns. The Progress is valid until visit returns.
func (p *Package) History(ctx context.Context, visit func(*Progress) error) error {
	slices.SortFunc(p.cards, func(a, b cardRow) int { return cmp.Compare(a.id, b.id) })
	h := &historian{Package: p, visit: visit, zone: p.options.Now.Location(), last: State{Ease: startEase}}
	h.latest = p.options.Now.Add(day).UnixMilli()
	err := p.collection.rows(ctx, func(r *sql.Rows) error {
		var row logRow
		if err := r.Scan(&row.id, &row.card, &row.ease, &row.interval, &row.last, &row.factor, &row.took, &row.kind); err != nil {
			return err
		}
		h.goTo(row.card)
		if h.wrong != nil {
			return errVisitor
		}
		h.row(&row)
		return nil
	}, `SELECT id, cid, CAST(ease AS INTEGER), CAST(ivl AS INTEGER), CAST(lastIvl AS INTEGER), CAST(factor AS INTEGER), CAST(time AS INTEGER),
		CAST(type AS INTEGER) FROM revlog ORDER BY cid, id`)
	if err == nil {
		h.goTo(1<<63 - 1)
	}
	if h.wrong != nil {
		return h.wrong
	}
	return p.named(err, "the history")
}

// historian goes through cards and their history side by side.
type historian struct {
	*Package
	visit  func(*Progress) error
	wrong  error
	zone   *time.Location
	latest int64
	at     int // the card whose rows come now
	events []Event
	last   State
	known  bool // whether the card was in Review before
}

// goTo finishes the cards before the one with the given number.
func (h *historian) goTo(id int64) {
	for h.at < len(h.cards) && h.cards[h.at].id < id && h.wrong == nil {
		h.wrong = h.finish(&h.cards[h.at])
		h.at++
		h.reset()
	}
}

func (h *historian) reset() { h.events, h.last, h.known = h.events[:0], State{Ease: startEase}, false }

// row takes a row of the history of the present card.
func (h *historian) row(row *logRow) {
	switch c := h.present(row.card); {
	case c == nil || c.uid == "":
		h.report.skip(noCard, 1)
		return
	case row.id < earliest || row.id > h.latest:
		h.report.skip(badTime, 1)
		return
	case row.ease < 0 || row.ease > 4 || row.kind < 0 || row.kind > logRescheduled:
		h.report.skip(badButton, 1)
		return
	}
	e := Event{At: time.UnixMilli(row.id).In(h.zone), Took: time.Duration(min(max(row.took, 0), 3_600_000)) * time.Millisecond}
	e.Day = h.model.dayOf(e.At)
	switch {
	case row.ease == 0 || row.kind >= logManual:
		e.Kind, e.Took = Placed, 0
		h.place(row, e.Day)
	case row.kind == logCram && row.factor == 0:
		e.Kind, e.Button = Drilled, int8(row.ease)
	default:
		e.Button, e.FSRS = h.button(row), row.factor > 0 && row.factor < 1200
		h.answer(row, &e)
	}
	e.State = h.last
	h.events = append(h.events, e)
	h.report.Reviews++
}

func (h *historian) present(card int64) *cardRow {
	if h.at < len(h.cards) && h.cards[h.at].id == card {
		return &h.cards[h.at]
	}
	return nil
}

// button is the button of an answer. The first scheduler had no Hard in
// learning, so that 2 was Good and 3 Easy there.
func (h *historian) button(row *logRow) int8 {
	if h.model.oldScheduler && (row.kind == 0 || row.kind == logRelearn) && (row.ease == 2 || row.ease == 3) {
		return int8(row.ease) + 1
	}
	return int8(row.ease)
}

// answer works out the state after an answer.
func (h *historian) answer(row *logRow, e *Event) {
	s := &h.last
	s.LastDay = e.Day
	wasReview := row.kind == logReview || row.kind == logCram
	if s.Reps++; e.Button == 1 {
		s.Reps = 0
		if wasReview {
			s.Lapses++
		}
	}
	s.Ease = easeAfter(s.Ease, row.factor, wasReview, e.Button)
	h.known = h.known || row.kind != 0
	switch days, seconds := intervalOf(row.interval); {
	case days > 0:
		s.Phase, s.IntervalDays, s.Due = Review, days, e.Day+days
		h.known = true
	case h.known:
		s.Phase, s.IntervalDays, s.Due = Relearning, int32(seconds/day), h.model.dayOf(e.At.Add(seconds))
	default:
		s.Phase, s.IntervalDays, s.Due = Learning, int32(seconds/day), h.model.dayOf(e.At.Add(seconds))
	}
	s.Reps = settled(*s)
}

// place works out the state after a change that was no answer.
func (h *historian) place(row *logRow, on int32) {
	s := &h.last
	days, seconds := intervalOf(row.interval)
	switch {
	case days == 0 && seconds == 0:
		*s = State{Ease: startEase}
		h.known = false
		return
	case days > 0:
		s.Phase, s.IntervalDays = Review, days
		if s.Due = on + days; row.kind == logRescheduled && s.LastDay > 0 {
			s.Due = s.LastDay + days
		}
		h.known = true
	default:
		s.Phase, s.IntervalDays, s.Due = Learning, 0, on
	}
	s.Ease = easeAfter(s.Ease, row.factor, false, 0)
	if s.LastDay == 0 {
		s.LastDay = on
	}
	s.Reps = settled(*s)
}

// intervalOf reads an interval: days when above 0, else seconds.
func intervalOf(n int64) (days int32, after time.Duration) {
	if n > 0 {
		return int32(min(n, maxIntervalDays)), 0
	}
	return 0, time.Duration(min(-max(n, -maxIntervalDays*86400), maxIntervalDays*86400)) * time.Second
}

// easeAfter returns the ease after a row. A row of FSRS has the difficulty in
// its place; beside FSRS Anki goes on to change the ease as ever, and so is it
// done here.
func easeAfter(ease int32, factor int64, review bool, button int8) int32 {
	switch {
	case factor >= 10*minEase:
		return int32(min((factor+5)/10, maxEase))
	case factor == 0 || !review:
		return ease
	}
	return max(ease+[...]int32{0, -20, -15, 0, 15}[button], minEase)
}

// finish hands the present card over.
func (h *historian) finish(c *cardRow) error {
	if c.uid == "" || c.kind == New && len(h.events) == 0 && c.queue >= 0 && c.flag == 0 && !h.report.HasSchedule {
		return nil
	}
	g := &Progress{
		Deck: c.in.Value(), Card: c.uid, Events: h.events, Now: h.state(c, h.last), Flag: c.flag,
		Suspended: c.queue == queueSuspended, Buried: c.queue < queueSuspended, Changed: time.Unix(int64(c.changed), 0).In(h.zone),
	}
	g.ChangedDay = h.model.dayOf(g.Changed)
	if n := len(h.events); n > 0 {
		g.At = h.events[n-1].At.Add(time.Millisecond)
	} else {
		noon := time.Unix(int64(g.Now.LastDay)*86400, 0).UTC().Add(12 * time.Hour)
		g.At = time.Date(noon.Year(), noon.Month(), noon.Day(), 12, 0, 0, 0, h.zone)
	}
	g.AtDay = h.model.dayOf(g.At)
	if g.Changed.Before(g.At) {
		g.Changed, g.ChangedDay = g.At, h.model.dayOf(g.At)
	}
	if g.Made = h.model.made; g.Made.Before(g.Changed) {
		g.Made = g.Changed
	}
	g.MadeDay = h.model.dayOf(g.Made)
	return h.visit(g)
}
