package main

import (
	"context"
	"fmt"
	"math"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

func newUndoCommand(a *app) *cobra.Command {
	var future, yes bool
	c := &cobra.Command{
		Use:   "undo",
		Short: "Take the last answer back",
		Long: `undo takes back the newest thing you did: an answer, a bury, a suspension or a
level opened by hand. The card is as it was before. Repeat it to go further back.

--future takes back, after a question and a backup, what was answered on days that
have not come: the clock of this computer was ahead then, and would keep the cards
away until after those days. See that the clock is right now.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withLibrary(cmd.Context(), func(lib *library) error {
				if future {
					return a.undoFuture(cmd.Context(), lib, yes)
				}
				return a.runUndo(cmd.Context(), lib)
			})
		},
	}
	c.Flags().BoolVar(&future, "future", false, "take back what was answered on days that have not come")
	c.Flags().BoolVar(&yes, "yes", false, "do not ask")
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	return c
}

func (a *app) runUndo(ctx context.Context, lib *library) error {
	event, ok, err := lib.LastUndoable(ctx)
	if err != nil {
		return err
	}
	if !ok {
		if a.json {
			return a.printJSON(map[string]any{"undone": nil})
		}
		a.say("There is nothing to take back.")
		return nil
	}
	if _, _, err := lib.Undo(ctx, event.Key, store.Stamp{At: lib.now, Day: lib.day}); err != nil {
		return err
	}
	front := ""
	if event.Card != 0 {
		content, err := lib.Content(ctx, event.Card)
		if err != nil {
			return err
		}
		front = oneLine(content.Front)
	}
	if a.json {
		return a.printJSON(map[string]any{"undone": map[string]any{
			"what": eventKinds[event.Kind], "front": front, "at": event.At,
		}})
	}
	a.say("Taken back: %s of %s", a.eventName(event), event.At.Format("2006-01-02 15:04"))
	if event.Batch != 0 {
		a.say("  and all that was done with it")
		return nil
	}
	if front != "" {
		fmt.Fprintf(a.stdout, "  %s\n", term.Sanitize(front))
	}
	return nil
}

// lastDay is the last study day that an event may be of now: who flies west across the
// date line has one more day behind him than the calendar shows.
func (lib *library) lastDay() srs.Day { return lib.day + 1 }

// undoFuture takes back what is of days to come.
func (a *app) undoFuture(ctx context.Context, lib *library, yes bool) error {
	n, err := lib.EventsAfter(ctx, lib.lastDay())
	if err != nil {
		return err
	}
	if n > 0 {
		a.notice(a.t("by the clock of this computer it is %s", a.clock(lib.now)))
		if ok, err := a.agree(yes, a.t("Take back %d events of later days?", n)); err != nil || !ok {
			return err
		}
		saved, err := a.makeBackup(ctx, lib.DB, a.now())
		if err != nil {
			return err
		}
		a.notice(a.t("backed up to %s", saved))
		if n, err = lib.UndoAfter(ctx, lib.lastDay(), store.Stamp{At: lib.now, Day: lib.day}); err != nil {
			return err
		}
	}
	switch {
	case a.json:
		return a.printJSON(map[string]any{"undone": map[string]any{"events": n}})
	case n == 0:
		a.say("There is nothing to take back.")
	default:
		a.say("Taken back: %d events of days that have not come; their cards are as they were before.", n)
	}
	return nil
}

// tellFuture says that there are answers of days to come, which nobody would miss
// before their cards do not come.
func (a *app) tellFuture(ctx context.Context, lib *library) error {
	days, err := lib.DayCount(ctx, store.Filter{}, lib.lastDay()+1, math.MaxInt32)
	if err != nil {
		return err
	}
	n, last := int64(0), lib.day
	for day, c := range days {
		n, last = n+c.Reviews+c.Drills, max(last, day)
	}
	if n == 0 {
		return nil
	}
	a.notice(a.t("by the clock it is %s; %d answers are of later days, up to %s, and their cards do not come before", lib.day, n, last))
	a.tell(a.t("hint: %s", a.t("put the clock right if it is wrong; if it was wrong then, mindleaf undo --future takes these answers back")))
	return nil
}

// eventName names an event for the learner.
func (a *app) eventName(e srs.Event) string {
	switch e.Kind {
	case srs.ReviewEvent, srs.DrillEvent:
		return a.t("the answer %s", a.gradeName(e.Grade))
	case srs.ForeignReviewEvent:
		return a.t("the answer %s, given elsewhere", a.gradeName(e.Grade))
	case srs.UndoEvent:
		return a.t("an undo")
	case srs.SuspendEvent:
		return a.t("a suspension")
	case srs.UnsuspendEvent:
		return a.t("the end of a suspension")
	case srs.BuryEvent:
		return a.t("a card buried until tomorrow")
	case srs.UnburyEvent:
		return a.t("a buried card brought back")
	case srs.ResetEvent:
		return a.t("a card begun again")
	case srs.RenameEvent:
		return a.t("a card moved or renamed")
	case srs.OpenLevelEvent:
		return a.t("a level opened by hand")
	case srs.FlagEvent:
		return a.t("a flag")
	case srs.SetDueEvent:
		return a.t("a new day to come")
	case srs.SetStateEvent:
		return a.t("a placement")
	case srs.MarkDrillEvent:
		return a.t("a card for the drill")
	case srs.QuizEvent:
		return a.t("a quiz")
	}
	return a.t("a change of the path")
}
