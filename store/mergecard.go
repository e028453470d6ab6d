package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/mindleaf/mindleaf/srs"
)

// add writes the events of one card that are new, and folds it again; without a
// card they concern none.
func (g *merging) add(waiting []Logged) error {
	events, err := g.local(waiting)
	if err != nil {
		return err
	}
	var card mergedCard
	if id := events[0].Card; id != 0 {
		if card, err = getMerged(g.ctx, g.tx, id); err != nil {
			return err
		}
	}
	var before []srs.Event
	if !card.fresh {
		if before, err = history(g.ctx, g.tx, card.ID); err != nil {
			return err
		}
	}
	known, after := loggedOf(before), slices.Clone(before)
	var unsure []srs.Event // whether they change anything is to be found out
	for _, e := range events {
		switch {
		case known.has(e), e.restates && e.Kind == srs.FlagEvent && e.Flag == flagBy(before, e.Key.Device):
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
	if card.ID == 0 {
		return foldPath(g.ctx, g.tx)
	}
	return g.fold(card, before, after, unsure)
}

// local gives events the keys of this store.
func (g *merging) local(waiting []Logged) ([]restated, error) {
	events := make([]restated, len(waiting))
	for i, l := range waiting {
		e := l.Event
		err := g.device(l.Device, &e.Key)
		if e.Target.Device = 0; err == nil && l.TargetDevice != "" {
			err = g.device(l.TargetDevice, &e.Target)
		}
		if err != nil {
			return nil, fmt.Errorf("event %d of device %q: %w", e.Key.Seq, l.Device, err)
		}
		events[i] = restated{e, l.Restates}
	}
	return events, nil
}

// device sets the device of a key to the one with the given name.
func (g *merging) device(uid string, key *srs.EventKey) error {
	id, ok := g.devices[uid]
	if !ok {
		err := g.tx.QueryRowContext(g.ctx, "SELECT id FROM device WHERE uid = ?", uid).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			var result sql.Result
			if result, err = g.tx.ExecContext(g.ctx, "INSERT INTO device (uid) VALUES (?)", uid); err == nil {
				id, err = result.LastInsertId()
			}
		}
		if err != nil {
			return err
		}
		g.devices[uid] = id
	}
	key.Device = id
	return nil
}

func getMerged(ctx context.Context, tx *txn, id int64) (c mergedCard, err error) {
	row := tx.QueryRowContext(ctx, "SELECT "+cardColumns+`, archived, NOT EXISTS (SELECT 1 FROM event WHERE card_id = card.id)
		FROM card WHERE id = ?`, id)
	c.Card, err = scanCard(alsoScan{row, []any{&c.archived, &c.fresh}})
	return c, err
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
	g.added.add(e.Card, e.Key)
	g.clock = max(g.clock, e.Clock)
	if e.Key.Device == thisDevice {
		g.seq = max(g.seq, e.Key.Seq)
	}
	return true, nil
}

// fold folds a card that had the events before and now has those after, and
// those of unsure that change something.
func (g *merging) fold(card mergedCard, before, after, unsure []srs.Event) error {
	_, was, err := srs.Fold(before, card.Seed, g.scheduler)
	if err != nil {
		return err
	}
	now, is, err := g.foldUnsure(card, after, unsure)
	if err != nil {
		return err
	}
	return g.counts.refold(g.ctx, g.tx, card, was, is, now)
}

// refold replaces what the steps of a card counted, and its state.
func (s *shift) refold(ctx context.Context, tx *txn, card mergedCard, was, is []srs.Step, now srs.State) error {
	s.addAll(spotOf(card.Card, card.archived), was, -1)
	s.addAll(spotOf(card.Card, card.archived), is, 1)
	if now == card.State {
		return nil
	}
	if !card.archived {
		s.leave(card.Card)
		card.State = now
		s.enter(card.Card)
	}
	return putState(ctx, tx, card.ID, now)
}

// foldUnsure writes those of unsure that change something, and folds them with
// the others.
func (g *merging) foldUnsure(card mergedCard, after, unsure []srs.Event) (now srs.State, is []srs.Step, err error) {
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

// flagBy is the flag that a device gave a card last. Another program says with every
// restatement which flag a card has, and only a change of it is one to be followed:
// the learner may have flagged it here since.
func flagBy(events []srs.Event, device int64) (flag int8) {
	for _, e := range events {
		if e.Kind == srs.FlagEvent && e.Key.Device == device {
			flag = e.Flag
		}
	}
	return flag
}

// answered reports whether events of a kind are answers.
func answered(k srs.EventKind) bool {
	return k == srs.ReviewEvent || k == srs.DrillEvent || k == srs.ForeignReviewEvent
}
