package main

import (
	"context"
	"fmt"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

func newUndoCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "undo",
		Short: "Take the last answer back",
		Long: `undo takes back the newest thing you did: an answer, a bury, a suspension or a
level opened by hand. The card is as it was before. Repeat it to go further back.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runUndo(cmd.Context()) },
	}
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	return c
}

func (a *app) runUndo(ctx context.Context) error {
	return a.withLibrary(ctx, func(lib *library) error {
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
	})
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
