package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// Record appends e to the log and folds it into its card and the counters, in
// one transaction that is durable when Record returns. It gives e its Key and
// Clock. The step it returns starts from the state in the store, which is not
// what the caller thinks when another process was faster.
func (d *DB) Record(ctx context.Context, e srs.Event) (srs.Step, error) {
	steps, err := d.RecordAll(ctx, []srs.Event{e})
	if err != nil {
		return srs.Step{}, err
	}
	return steps[0], nil
}

// RecordAll records events like Record, all or none of them. Several become a
// batch, which Undo takes back as one.
func (d *DB) RecordAll(ctx context.Context, events []srs.Event) ([]srs.Step, error) {
	for _, e := range events {
		if err := checkEvent(e); err != nil {
			return nil, err
		}
	}
	if err := d.answers(ctx); err != nil {
		return nil, err
	}
	steps := make([]srs.Step, 0, len(events))
	err := d.tx(ctx, "recording the answer", func(tx *txn) error {
		for _, e := range events {
			if len(events) > 1 {
				e.Batch = batchOf(steps)
			}
			step, err := d.record(ctx, tx, e)
			if err != nil {
				return err
			}
			steps = append(steps, step)
		}
		return nil
	})
	d.changed.CompareAndSwap(false, err == nil)
	return steps, err
}

// startBatch stands for the number of the very event it is in.
const startBatch = -1

func batchOf(steps []srs.Step) int64 {
	if len(steps) == 0 {
		return startBatch
	}
	return steps[0].Event.Key.Seq
}

func (d *DB) record(ctx context.Context, tx *txn, e srs.Event) (step srs.Step, err error) {
	if !e.Kind.OfCard() {
		step.Event, err = recordPath(ctx, tx, e)
		return step, err
	}
	card, archived, err := getCard(ctx, tx, e.Card)
	if err != nil {
		return step, err
	}
	var scheduler srs.Scheduler
	if e.Kind == srs.ReviewEvent {
		if scheduler, err = d.scheduler(e.Scheduler); err != nil {
			return step, err
		}
	}
	step.Before = card.State
	step.After = srs.Apply(card.State, card.Seed, e, scheduler)
	if step.Event, err = appendEvent(ctx, tx, e); err != nil {
		return step, err
	}
	if err := setState(ctx, tx, card, archived, step.After); err != nil {
		return step, err
	}
	return step, addStep(ctx, tx, spotOf(card, archived), &step)
}

// checkEvent refuses what would make a log that cannot be folded, or folds to
// something else than was recorded.
func checkEvent(e srs.Event) error {
	switch {
	case e.Kind == srs.UndoEvent || e.Kind == srs.RenameEvent:
		return fmt.Errorf("an event of kind %d cannot be recorded by itself", e.Kind)
	case e.Kind.OfCard() != (e.Card != 0):
		return fmt.Errorf("an event of kind %d with card %d makes no sense", e.Kind, e.Card)
	case e.Kind.Answer() && !e.Grade.Valid():
		return fmt.Errorf("grade %d is not 0 to 5", e.Grade)
	case e.Kind == srs.ReviewEvent && e.Due != 0 && e.Due <= e.Day:
		return fmt.Errorf("due %v is not after the review on %v", e.Due, e.Day)
	case e.Flag < 0 || e.Flag > srs.MaxFlag:
		return fmt.Errorf("flag %d is not 0 to %d", e.Flag, srs.MaxFlag)
	case e.Kind == srs.ForeignReviewEvent || e.Kind == srs.SetStateEvent:
		return e.Given.Check()
	}
	return nil
}

// recordPath records an event that concerns no card.
func recordPath(ctx context.Context, tx *txn, e srs.Event) (srs.Event, error) {
	e, err := appendEvent(ctx, tx, e)
	if err != nil || e.Kind == srs.QuizEvent {
		return e, err
	}
	return e, foldPath(ctx, tx)
}

// foldPath makes the levels opened by hand, and the focus, anew from the log.
// That happens a few times in the life of a deck.
func foldPath(ctx context.Context, tx *txn) error {
	events, err := pathEvents(ctx, tx)
	if err != nil {
		return err
	}
	for _, query := range []string{"DELETE FROM opened_level", "DELETE FROM focus"} {
		if _, err := tx.ExecContext(ctx, query); err != nil {
			return err
		}
	}
	opened, focus := livePath(events)
	for o := range opened {
		if _, err := tx.ExecContext(ctx, "INSERT INTO opened_level (deck, level) VALUES (?, ?)", o.deck, o.level); err != nil {
			return err
		}
	}
	for in, section := range focus {
		if _, err := tx.ExecContext(ctx, "INSERT INTO focus (deck, section) VALUES (?, ?)", in, section); err != nil {
			return err
		}
	}
	return nil
}

// pathEvents reads the events that concern no card, in the order of the log,
// without finished quizzes and what was done to them.
func pathEvents(ctx context.Context, q querier) ([]srs.Event, error) {
	return collect(ctx, q, scanEvent, "SELECT "+eventColumns+fromEvents+"WHERE e.card_id = 0 AND e.kind <> ? ORDER BY e.clock, e.device, e.seq", srs.QuizEvent)
}

// livePath returns the levels that are open by hand, and for each deck that has
// a focus the path of its section, one name a line.
func livePath(events []srs.Event) (opened map[openedLevel]bool, focus map[deck.ID]string) {
	opened, focus = make(map[openedLevel]bool), make(map[deck.ID]string)
	for _, e := range srs.Live(events) {
		switch e.Kind {
		case srs.OpenLevelEvent:
			opened[openedLevel{deck.ID(e.Text), int(e.Level)}] = true
		case srs.CloseLevelsEvent:
			for o := range opened {
				if string(o.deck) == e.Text {
					delete(opened, o)
				}
			}
		case srs.FocusEvent:
			id, section, found := strings.Cut(e.Text, "\n")
			delete(focus, deck.ID(id))
			if found {
				focus[deck.ID(id)] = section
			}
		}
	}
	return opened, focus
}
