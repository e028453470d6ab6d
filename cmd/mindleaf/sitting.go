package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/quiz"
	"github.com/mindleaf/mindleaf/srs/session"
	"github.com/mindleaf/mindleaf/store"
)

// The commands of the review screen.
const (
	cmdUndo    = "undo"
	cmdSkip    = "skip"
	cmdBury    = "bury"
	cmdSuspend = "suspend"
	cmdEdit    = "edit"
	cmdHistory = "history"
	cmdHelp    = "help"
	cmdFlag    = "flag"
	cmdOpen    = "open"
	cmdQuit    = "quit"
)

// sitting is one run through a session's queue with a learner at the keys.
type sitting struct {
	*app
	lib      *library
	session  *session.Session
	prompter term.Prompter
	// balance chooses days; nil when the scheduler's own count.
	balance *balancer
	// began is when the sitting, or its present timebox, began.
	began time.Time
	// marked are the events of the sitting that the session does not know of.
	marked []srs.EventKey
	// shown is when the present question appeared.
	shown time.Time
	// daily says that the sitting is over when its study day is.
	daily bool
}

// run asks until the queue is empty or the learner stops. Stopping with q or
// Esc is no error; Ctrl-C and a lost terminal are errInterrupted, and the end of the
// study day is errNewDay. An answer to a question from before counts for the day before.
func (t *sitting) run(ctx context.Context) error {
	for {
		turn, ok := t.session.Current()
		if !ok {
			return nil
		}
		if t.shown = t.now(); t.daily && t.studyDay(t.shown) > t.lib.day {
			return errNewDay
		}
		card, err := t.lib.Content(ctx, turn.Card.ID)
		if err != nil {
			return err
		}
		stop, err := t.ask(ctx, turn, card)
		if err != nil || stop {
			return err
		}
		if ctx.Err() != nil {
			return errInterrupted
		}
		if stop, err = t.timeUp(); err != nil || stop {
			return err
		}
	}
}

// ask shows one card until it is graded or a command moves on.
func (t *sitting) ask(ctx context.Context, turn session.Turn, card store.Content) (stop bool, err error) {
	typed, out, err := t.question(turn, card)
	if err != nil {
		return true, err
	}
	if out.Kind != term.Answer {
		return t.command(ctx, out, card)
	}
	view := t.answerView(turn, card, typed)
	grades := t.grades()
	start := slices.Index(grades, srs.Good)
	if typed != "" && !right(typed, card) {
		start = slices.Index(grades, srs.Again)
	}
	view.FromZero = grades[0] == 0
	out, err = t.prompter.Choose(view, t.t("How well did you know it?"), t.gradeItems(turn), start)
	if err != nil {
		return true, err
	}
	if out.Kind != term.Answer {
		return t.command(ctx, out, card)
	}
	return t.grade(ctx, grades[out.Index], card)
}

// question shows the front and waits until the learner wants the answer. typed
// is what was typed for a card that asks for it.
func (t *sitting) question(turn session.Turn, card store.Content) (typed string, out term.Outcome, err error) {
	view := t.questionView(turn, card)
	if card.Kind != deck.Typed {
		out, err = t.prompter.WaitKey(view, t.press(t.prompter, t.t("shows the answer")))
		return "", out, err
	}
	out, err = t.prompter.Ask(view, t.t("Your answer"), "", nil)
	if err == nil && out.Kind == term.Back {
		// The text is left for the keys: the letters are commands again.
		out, err = t.prompter.WaitKey(view, t.press(t.prompter, t.t("shows the answer")))
	}
	return out.Text, out, err
}

// right reports whether what was typed is an answer of the card.
func right(typed string, card store.Content) bool {
	return slices.ContainsFunc(append([]string{card.Back}, card.Accept...), func(answer string) bool { return quiz.SameAnswer(typed, answer) })
}

// grade commits the answer before anything else happens.
func (t *sitting) grade(ctx context.Context, g srs.Grade, card store.Content) (stop bool, err error) {
	at := t.now()
	event, err := t.session.Grade(g, at, min(at.Sub(t.shown), maxAnswerTime))
	if err != nil {
		return true, err
	}
	step, err := t.lib.Record(ctx, event)
	if err != nil {
		t.session.Revert()
		return true, err
	}
	t.session.Recorded(step)
	t.balance.moved(step.After.Due)
	t.prompter.Notice(t.gradeNotice(step))
	if t.newLeech(step) {
		return t.leech(ctx, step, card)
	}
	return false, nil
}

// maxAnswerTime is the longest time one answer counts for, as Anki has it, so
// that a pause does not pass for study.
const maxAnswerTime = time.Minute

// command does what a key other than a grade asked for.
func (t *sitting) command(ctx context.Context, out term.Outcome, card store.Content) (stop bool, err error) {
	switch out.Kind {
	case term.Interrupt, term.EOF:
		if out.Kind == term.EOF && !t.prompter.Interactive() {
			return true, nil
		}
		return true, errInterrupted
	case term.Back:
		return true, nil
	}
	switch out.Command {
	case cmdQuit:
		return true, nil
	case cmdUndo:
		return false, t.undo(ctx)
	case cmdSkip:
		t.session.Skip()
		t.prompter.Notice(t.t("skipped: comes again later"))
	case cmdBury:
		return false, t.record(ctx, t.session.Bury(t.now()), t.t("buried until tomorrow"))
	case cmdSuspend:
		return false, t.record(ctx, t.session.Suspend(t.now()), t.t("suspended until that is undone"))
	case cmdEdit:
		return false, t.edit(ctx, card)
	case cmdFlag:
		return t.flag(ctx, card)
	case cmdOpen:
		t.openMedia(ctx, card)
	case cmdHistory:
		return t.waitOn(t.historyView(ctx, card))
	case cmdHelp:
		return t.waitOn(t.helpView(), nil)
	}
	return false, nil
}

// waitOn shows a page until a key is pressed.
func (t *sitting) waitOn(view term.View, err error) (stop bool, _ error) {
	if err != nil {
		return true, err
	}
	out, err := t.prompter.WaitKey(view, t.press(t.prompter, t.t("goes back to the card")))
	if err != nil {
		return true, err
	}
	if out.Kind == term.Interrupt || out.Kind == term.EOF {
		return true, errInterrupted
	}
	return false, nil
}

// record commits an event other than a grade that the session has made.
func (t *sitting) record(ctx context.Context, e srs.Event, notice string) error {
	step, err := t.lib.Record(ctx, e)
	if err != nil {
		t.session.Revert()
		return err
	}
	t.session.Recorded(step)
	t.prompter.Notice(notice)
	return nil
}

// undo takes back the last thing done in the sitting, and when there is none the
// last one before it, whose card then comes again.
func (t *sitting) undo(ctx context.Context) error {
	last, found, err := t.lib.LastUndoable(ctx)
	if err != nil {
		return err
	}
	if found && slices.Contains(t.marked, last.Key) {
		return t.undoUnknown(ctx, last, t.t("taken back: %s", t.eventName(last)))
	}
	event, ok := t.session.CanUndo()
	if !ok && !found {
		t.prompter.Notice(t.t("there is nothing to take back"))
		return nil
	}
	if !ok {
		return t.undoUnknown(ctx, last, t.t("taken back from before: %s of %s", t.eventName(last), last.At.Format("2006-01-02 15:04")))
	}
	now := t.now()
	_, state, err := t.lib.Undo(ctx, event.Key, store.Stamp{At: now, Day: t.lib.day})
	if err != nil {
		return err
	}
	t.session.Undone(state)
	t.prompter.Notice(t.t("taken back"))
	return nil
}

// gradeNotice tells where the answer sent the card.
func (t *sitting) gradeNotice(step srs.Step) string {
	name := t.gradeName(step.Event.Grade)
	if step.Event.Kind == srs.DrillEvent {
		return fmt.Sprintf("%s · %s", name, t.t("drill"))
	}
	return fmt.Sprintf("%s · %s", name, t.days(int(step.After.Due-t.lib.day)))
}
