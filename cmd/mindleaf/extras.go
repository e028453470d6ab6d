package main

import (
	"context"
	"time"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/store"
)

// What review.leech_action may be.
const (
	leechAsk     = "ask"
	leechSuspend = "suspend"
	leechFlag    = "flag"
)

// redFlag is the flag that marks a leech.
const redFlag = 1

// newLeech reports whether step is the lapse that makes its card a leech, or
// makes it one again: the first at the threshold, then one at every half of it,
// as in Anki.
func (t *sitting) newLeech(step srs.Step) bool {
	threshold := int32(t.config.Review.LeechLapses)
	lapses := step.After.Lapses
	if threshold == 0 || lapses <= step.Before.Lapses || lapses < threshold {
		return false
	}
	return (lapses-threshold)%max((threshold+1)/2, 1) == 0
}

// leech does what is set for a card that keeps failing: of what the learner may
// choose, editing comes first, as a leech is mostly a badly worded card.
func (t *sitting) leech(ctx context.Context, step srs.Step, card store.Content) (stop bool, err error) {
	switch t.config.Review.LeechAction {
	case leechSuspend:
		return false, t.mark(ctx, srs.Event{Kind: srs.SuspendEvent, Card: card.ID}, t.t("leech: failed %d times, suspended", step.After.Lapses))
	case leechFlag:
		return false, t.mark(ctx, srs.Event{Kind: srs.FlagEvent, Card: card.ID, Flag: redFlag}, t.t("leech: failed %d times, flagged", step.After.Lapses))
	}
	view := term.View{
		Status: []string{t.t("Leech")},
		Body: []term.Block{
			{Kind: term.Detail, Text: t.t("You have failed this card %d times. It costs more time than ten others; mostly the card is to blame.", step.After.Lapses)},
			{Kind: term.Question, Text: card.Front}, {Kind: term.Rule}, {Kind: term.AnswerText, Text: back(card)},
		},
	}
	items := []term.Item{{Label: t.t("rewrite it now")}, {Label: t.t("suspend it")}, {Label: t.t("flag it")}, {Label: t.t("go on")}}
	out, err := t.prompter.Choose(view, t.t("What shall become of it?"), items, len(items)-1)
	switch {
	case err != nil:
		return true, err
	case out.Kind == term.Interrupt || out.Kind == term.EOF:
		return t.command(ctx, out, card)
	case out.Kind != term.Answer:
		return false, nil
	}
	switch out.Index {
	case 0:
		return false, t.edit(ctx, card)
	case 1:
		return false, t.mark(ctx, srs.Event{Kind: srs.SuspendEvent, Card: card.ID}, t.t("suspended until that is undone"))
	case 2:
		return false, t.mark(ctx, srs.Event{Kind: srs.FlagEvent, Card: card.ID, Flag: redFlag}, t.t("flagged"))
	}
	return false, nil
}

// mark records an event that does not move the queue.
func (t *sitting) mark(ctx context.Context, e srs.Event, notice string) error {
	e.At, e.Day = t.now(), t.lib.day
	step, err := t.lib.Record(ctx, e)
	if err != nil {
		return err
	}
	t.marked = append(t.marked, step.Event.Key)
	if turn, ok := t.session.Current(); ok && turn.Card.ID == e.Card {
		t.session.Changed(step.After)
	}
	t.prompter.Notice(notice)
	return nil
}

// flag lets the learner mark the card with one of seven flags, or none.
func (t *sitting) flag(ctx context.Context, card store.Content) (stop bool, err error) {
	turn, _ := t.session.Current()
	items := make([]term.Item, srs.MaxFlag+1)
	for i, name := range t.flagNames() {
		items[i].Label = name
	}
	view := term.View{Status: []string{t.t("Flag")}, Body: []term.Block{{Kind: term.Question, Text: t.front(card)}}, FromZero: true}
	out, err := t.prompter.Choose(view, t.t("Which flag?"), items, int(turn.Card.State.Flag))
	switch {
	case err != nil:
		return true, err
	case out.Kind == term.Interrupt || out.Kind == term.EOF:
		return t.command(ctx, out, card)
	case out.Kind != term.Answer:
		return false, nil
	}
	return false, t.mark(ctx, srs.Event{Kind: srs.FlagEvent, Card: card.ID, Flag: int8(out.Index)}, t.t("flag: %s", items[out.Index].Label))
}

// flagNames are the flags by their number; the colours are Anki's.
func (a *app) flagNames() [srs.MaxFlag + 1]string {
	return [...]string{a.t("no flag"), a.t("red"), a.t("orange"), a.t("green"), a.t("blue"), a.t("pink"), a.t("turquoise"), a.t("purple")}
}

// undoUnknown takes back an event that the session does not know of, and tells it.
func (t *sitting) undoUnknown(ctx context.Context, event srs.Event, notice string) error {
	if _, _, err := t.lib.Undo(ctx, event.Key, store.Stamp{At: t.now(), Day: t.lib.day}); err != nil {
		return err
	}
	if event.Card != 0 {
		card, err := t.lib.Card(ctx, event.Card)
		if err != nil {
			return err
		}
		if !t.session.Return(card) {
			notice += t.t("; its card is not due")
		}
	}
	t.prompter.Notice(notice)
	return nil
}

// timeUp asks after every timebox whether to go on.
func (t *sitting) timeUp() (stop bool, err error) {
	box := time.Duration(t.config.Review.TimeboxMinutes) * time.Minute
	if _, left := t.session.Current(); box == 0 || !left || t.now().Sub(t.began) < box {
		return false, nil
	}
	s := t.session.Summary()
	view := term.View{Status: []string{t.t("Time")}, Body: []term.Block{{Kind: term.Question,
		Text: t.t("%d minutes are over: %d cards answered, %d drilled.", t.config.Review.TimeboxMinutes, s.Answered, s.Drills)}}}
	yes, out, err := t.prompter.Confirm(view, t.t("Go on?"), false)
	if err != nil {
		return true, err
	}
	if out.Kind == term.Interrupt || out.Kind == term.EOF && t.prompter.Interactive() {
		return true, errInterrupted
	}
	t.began = t.now()
	return !yes, nil
}
