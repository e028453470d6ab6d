package anki

import (
	"fmt"
	"time"

	"github.com/mindleaf/mindleaf/deck"
)

// ankiCard is a card as a row of the table.
type ankiCard struct {
	kind, queue, due, ivl, factor, reps, lapses, left int64
	flag                                              int8
	data                                              string
	changed                                           int64
}

// card writes a card and its history.
func (b *builder) card(c deck.Card, note, in int64, ord int) error {
	p, err := b.Progress(c.ID)
	if err != nil {
		return err
	}
	if p == nil {
		p = &Progress{Now: State{Ease: startEase}}
	}
	id := b.number("card " + string(b.Deck.ID) + "\x1f" + string(c.ID))
	row := b.row(p)
	_, err = b.cards.ExecContext(b.ctx, id, note, in, ord, row.changed, row.kind, row.queue, row.due, row.ivl, row.factor,
		row.reps, row.lapses, row.left, row.flag, row.data)
	if err != nil {
		return err
	}
	b.written.Cards++
	return b.history(id, p.Events)
}

// row works out the row of a card.
func (b *builder) row(p *Progress) ankiCard {
	s := p.Now
	c := ankiCard{due: int64(b.place), lapses: int64(s.Lapses), flag: p.Flag, changed: b.Changed.Unix()}
	if p.Changed.After(b.Changed) {
		c.changed = p.Changed.Unix()
	}
	last := int64(0)
	for _, e := range p.Events {
		if e.Kind == Reviewed {
			c.reps++
			last = e.At.Unix()
		}
	}
	if s.Phase != New {
		c.data = fmt.Sprintf(`{"pos":%d}`, b.place)
		if last != 0 {
			c.data = fmt.Sprintf(`{"pos":%d,"lrt":%d}`, b.place, last)
		}
		c.due, c.factor = int64(s.Due-b.firstDay), 10*int64(s.Ease)
		c.kind, c.ivl = int64(s.Phase), int64(s.IntervalDays)
	}
	switch s.Phase {
	case Review:
		c.queue, c.ivl = 2, max(c.ivl, 1)
	case Learning, Relearning:
		c.queue, c.left = queueDayLearning, 1
	}
	if !p.Suspended && !p.Buried {
		return c
	}
	if c.queue == queueDayLearning {
		// Anki takes the due of a hidden card in learning for a time, and leaves
		// it as it is where it moves days.
		c.due = time.Date(1970, 1, 1+int(s.Due), 12, 0, 0, 0, b.Now.Location()).Unix()
	}
	if c.queue = queueSuspended; !p.Suspended {
		c.queue = queueBuried
	}
	return c
}

// history writes the rows of a card's history, each with a number of its own.
func (b *builder) history(card int64, events []Event) error {
	before := State{Ease: startEase}
	last := int64(0)
	for _, e := range events {
		after := e.State
		kind, factor := int64(logManual), 10*int64(after.Ease)
		ivl := intervalIn(after, e.Day)
		switch {
		case e.Kind == Drilled:
			kind, factor, ivl = logCram, 0, last
		case e.Kind == Placed && after.Phase == New:
			factor, ivl = 0, 0
		case e.Kind == Reviewed:
			kind = [...]int64{New: 0, Learning: 0, Review: logReview, Relearning: logRelearn}[before.Phase]
		}
		id := e.At.UnixMilli()
		for b.logged[id] {
			id++
		}
		b.logged[id] = true
		took := min(max(e.Took, 0), time.Hour).Milliseconds()
		if _, err := b.revlog.ExecContext(b.ctx, id, card, e.Button, ivl, last, factor, took, kind); err != nil {
			return err
		}
		b.written.Reviews++
		before, last = after, ivl
	}
	return nil
}

// intervalIn is the interval of a row: days of a card in Review, seconds below
// zero of one in learning.
func intervalIn(s State, day int32) int64 {
	days := int64(s.Due) - int64(day)
	if s.Phase == Review {
		return max(days, 1)
	}
	return -86400 * max(days, 0)
}
