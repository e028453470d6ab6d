package store

import (
	"slices"

	"github.com/mindleaf/mindleaf/srs"
)

// add writes the events of one card that are new, and folds it again; without a
// card they concern none.
func (g *merging) add(card *mergedCard, events []restated) error {
	if len(events) == 0 {
		return nil
	}
	var before []srs.Event
	if card == nil || !card.fresh {
		var err error
		if before, err = history(g.ctx, g.tx, events[0].Card); err != nil {
			return err
		}
	}
	known, after := loggedOf(before), slices.Clone(before)
	var unsure []srs.Event // whether they change anything is to be found out
	for _, e := range events {
		switch {
		case known.has(e):
			g.merged.Known++
		case e.restates && !answered(e.Kind):
			known.keys[e.Key] = true
			unsure = append(unsure, e.Event)
		default:
			known.keys[e.Key] = true
			added, err := g.insert(e.Event)
			if err != nil {
				return err
			}
			if added {
				after = append(after, e.Event)
			}
		}
	}
	if len(after) == len(before) && len(unsure) == 0 {
		return nil
	}
	if card == nil {
		return foldPath(g.ctx, g.tx)
	}
	return g.fold(card, before, after, unsure)
}

// insert writes an event unless another card has it: then the card has been
// moved to another deck since.
func (g *merging) insert(e srs.Event) (added bool, err error) {
	if added, err = insertNew(g.ctx, g.tx, e); err != nil {
		return false, err
	}
	if !added {
		g.merged.Known++
		return false, nil
	}
	g.merged.Added++
	g.clock = max(g.clock, e.Clock)
	return true, nil
}

// fold folds a card that had the events before and now has those after, and
// those of unsure that change something.
func (g *merging) fold(card *mergedCard, before, after, unsure []srs.Event) error {
	_, was, err := srs.Fold(before, card.Seed, g.scheduler)
	if err != nil {
		return err
	}
	now, is, err := g.foldUnsure(card, after, unsure)
	if err != nil {
		return err
	}
	for _, s := range was {
		g.ledger.add(spotOf(card.Card, card.archived), s, -1)
	}
	for _, s := range is {
		g.ledger.add(spotOf(card.Card, card.archived), s, 1)
	}
	card.fresh = false
	return g.setState(card, now)
}

// foldUnsure writes those of unsure that change something, and folds them with
// the others.
func (g *merging) foldUnsure(card *mergedCard, after, unsure []srs.Event) (now srs.State, is []srs.Step, err error) {
	if now, is, err = srs.Fold(append(after, unsure...), card.Seed, g.scheduler); err != nil || len(unsure) == 0 {
		return now, is, err
	}
	open := make(map[srs.EventKey]bool, len(unsure))
	for _, e := range unsure {
		open[e.Key] = true
	}
	kept, same := slices.Clip(after), true
	for _, s := range is {
		switch {
		case !open[s.Event.Key]:
		case changesNothing(s):
			g.merged.Known++
			same = same && s.Before == s.After
		default:
			added, err := g.insert(s.Event)
			if err != nil {
				return now, is, err
			}
			if same = same && added; added {
				kept = append(kept, s.Event)
			}
		}
	}
	if same {
		return now, is, nil
	}
	return srs.Fold(kept, card.Seed, g.scheduler)
}

// changesNothing reports whether a step leaves a card as it was, but for the
// drill, of which other programs know nothing.
func changesNothing(s srs.Step) bool {
	s.After.DrillDay = s.Before.DrillDay
	return s.Before == s.After
}

func (g *merging) setState(card *mergedCard, now srs.State) error {
	if now == card.State {
		return nil
	}
	if err := putState(g.ctx, g.tx, card.ID, now); err != nil {
		return err
	}
	if !card.archived {
		g.moved[card.Deck] = append(g.moved[card.Deck], movedCard{card, card.State})
	}
	card.State = now
	return nil
}

// finish brings the counters up to date.
func (g *merging) finish() error {
	if err := g.ledger.write(g.ctx, g.tx); err != nil {
		return err
	}
	for in, cards := range g.moved {
		if err := g.count(in, cards); err != nil {
			return err
		}
	}
	// Events of this very device may come back, from another copy of its log.
	_, err := g.tx.ExecContext(g.ctx, `UPDATE device SET clock = max(clock, ?1),
		seq = max(seq, (SELECT coalesce(max(seq), 0) FROM event WHERE device = ?2)) WHERE id = ?2`, g.clock, thisDevice)
	return err
}

// count moves cards of a deck in its counters and pages.
func (g *merging) count(in int64, cards []movedCard) error {
	many := len(cards) > manyCards
	for _, m := range cards {
		c := m.card
		if many && c.State.Phase != srs.New {
			continue // recount looks at all that were reviewed
		}
		if err := setPage(g.ctx, g.tx, c.Card, c.State); err != nil {
			return err
		}
		if many {
			continue
		}
		if err := addCounts(g.ctx, g.tx, c.Card, srs.CountState(c.State).Add(srs.CountState(m.before), -1)); err != nil {
			return err
		}
	}
	if many {
		return recount(g.ctx, g.tx, in)
	}
	return nil
}

// logged is what a card's log has.
type logged struct {
	keys    map[srs.EventKey]bool
	moments map[moment]int64 // the device that logged something then
}

// moment is when a card was answered, or changed otherwise, by the clock on the
// wall or by that of the log.
type moment struct {
	millis   int64
	answered bool
}

func loggedOf(events []srs.Event) logged {
	k := logged{make(map[srs.EventKey]bool, len(events)), make(map[moment]int64, len(events))}
	for _, e := range events {
		k.keys[e.Key] = true
		for _, millis := range []int64{e.At.UnixMilli(), e.Clock} {
			k.moments[moment{millis, answered(e.Kind)}] = e.Key.Device
		}
	}
	return k
}

// has reports whether an event is known, by its key or by its moment.
func (k logged) has(e restated) bool {
	if k.keys[e.Key] {
		return true
	}
	device, taken := k.moments[moment{e.At.UnixMilli(), answered(e.Kind)}]
	return e.restates && taken && device != e.Key.Device
}

// answered reports whether events of a kind are answers.
func answered(k srs.EventKind) bool {
	return k == srs.ReviewEvent || k == srs.DrillEvent || k == srs.ForeignReviewEvent
}
