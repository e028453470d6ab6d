package main

import (
	"context"
	"strconv"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/spf13/cobra"
)

// cardChange is something that card does to cards, as one step.
type cardChange struct {
	// event is what is recorded; changes reports whether it makes a difference to
	// a card in state s on a day.
	event   srs.Event
	changes func(s srs.State, day srs.Day) bool
	// ask is the question before several cards are changed, and done what is said
	// afterwards.
	ask, done func(n int) string
	// losing says that what is lost is told before.
	losing bool
}

func newCardSuspendCommand(a *app) *cobra.Command {
	return a.changeCommand(&cobra.Command{
		Use: "suspend CARD...|FILTER", Example: "  mindleaf card suspend llm-basics/moe-what\n  mindleaf card suspend 'section:训练过程 is:leech' --dry-run",
		Short: "Hide cards until that is undone",
		Long:  "suspend keeps cards out of every sitting until card unsuspend brings them back;\nthey keep their schedule meanwhile.",
	}, cardChange{
		event:   srs.Event{Kind: srs.SuspendEvent},
		changes: func(s srs.State, _ srs.Day) bool { return !s.Suspended },
		ask:     func(n int) string { return a.t("Suspend %d cards now?", n) },
		done:    func(n int) string { return a.t("suspended: %d cards", n) },
	})
}

func newCardUnsuspendCommand(a *app) *cobra.Command {
	return a.changeCommand(&cobra.Command{
		Use: "unsuspend CARD...|FILTER", Example: "  mindleaf card unsuspend llm-basics/moe-what\n  mindleaf card unsuspend is:suspended",
		Short: "Bring suspended cards back",
		Long:  "unsuspend brings cards back that were suspended.",
	}, cardChange{
		event:   srs.Event{Kind: srs.UnsuspendEvent},
		changes: func(s srs.State, _ srs.Day) bool { return s.Suspended },
		ask:     func(n int) string { return a.t("Bring %d suspended cards back?", n) },
		done:    func(n int) string { return a.t("no longer suspended: %d cards", n) },
	})
}

func newCardBuryCommand(a *app) *cobra.Command {
	return a.changeCommand(&cobra.Command{
		Use: "bury CARD...|FILTER", Example: "  mindleaf card bury llm-basics/moe-what\n  mindleaf card bury tag:长",
		Short: "Hide cards until tomorrow",
		Long:  "bury keeps cards out of the sittings of today; tomorrow they are back.",
	}, cardChange{
		event:   srs.Event{Kind: srs.BuryEvent},
		changes: func(s srs.State, day srs.Day) bool { return s.BuriedDay < day },
		ask:     func(n int) string { return a.t("Bury %d cards until tomorrow?", n) },
		done:    func(n int) string { return a.t("buried until tomorrow: %d cards", n) },
	})
}

func newCardUnburyCommand(a *app) *cobra.Command {
	return a.changeCommand(&cobra.Command{
		Use: "unbury CARD...|FILTER", Example: "  mindleaf card unbury llm-basics/moe-what\n  mindleaf card unbury is:buried",
		Short: "Bring buried cards back today",
		Long:  "unbury brings cards back that were buried until tomorrow.",
	}, cardChange{
		event:   srs.Event{Kind: srs.UnburyEvent},
		changes: func(s srs.State, day srs.Day) bool { return s.BuriedDay >= day },
		ask:     func(n int) string { return a.t("Bring %d buried cards back?", n) },
		done:    func(n int) string { return a.t("no longer buried: %d cards", n) },
	})
}

func newCardResetCommand(a *app) *cobra.Command {
	return a.changeCommand(&cobra.Command{
		Use: "reset CARD...|FILTER", Example: "  mindleaf card reset llm-basics/moe-what\n  mindleaf card reset 'section:训练过程 lapses>5' --dry-run",
		Short: "Make cards new again",
		Long:  "reset makes cards new: their interval, ease and lapses are gone, and they come\nagain with the new cards of the path. What is lost is told before. The reviews\nstay in the log and in the statistics; flags stay too.",
	}, cardChange{
		event: srs.Event{Kind: srs.ResetEvent},
		changes: func(s srs.State, _ srs.Day) bool {
			kept := srs.NewState()
			kept.Flag = s.Flag
			return s != kept
		},
		ask:    func(n int) string { return a.t("Make %d cards new?", n) },
		done:   func(n int) string { return a.t("new again: %d cards", n) },
		losing: true,
	})
}

func newCardFlagCommand(a *app) *cobra.Command {
	var yes, dryRun bool
	c := &cobra.Command{
		Use:   "flag NUMBER CARD...|FILTER",
		Short: "Mark cards with a flag",
		Long: "flag marks cards with one of the flags 1 to 7, or with 0 takes the flag away.\n" +
			"Flags mean what you want; flag:2 in a filter finds them again.",
		Example: "  mindleaf card flag 2 llm-basics/moe-what\n  mindleaf card flag 0 flag:2",
		Args:    cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := strconv.ParseInt(args[0], 10, 8)
			if err != nil || n < 0 || n > srs.MaxFlag {
				return usagef("flag %q is not 0 to %d", args[0], srs.MaxFlag)
			}
			change := cardChange{
				event:   srs.Event{Kind: srs.FlagEvent, Flag: int8(n)},
				changes: func(s srs.State, _ srs.Day) bool { return s.Flag != int8(n) },
				ask:     func(n int) string { return a.t("Change the flag of %d cards now?", n) },
				done:    func(n int) string { return a.t("flag changed: %d cards", n) },
			}
			return a.runChange(cmd.Context(), args[1:], change, yes, dryRun)
		},
		ValidArgsFunction: a.completeFlagged,
	}
	changeFlags(c, &yes, &dryRun)
	return c
}

// changeCommand completes the command that makes a change.
func (a *app) changeCommand(c *cobra.Command, change cardChange) *cobra.Command {
	var yes, dryRun bool
	c.Args = cobra.MinimumNArgs(1)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return a.runChange(cmd.Context(), args, change, yes, dryRun)
	}
	c.ValidArgsFunction = a.completeCards
	changeFlags(c, &yes, &dryRun)
	return c
}

func changeFlags(c *cobra.Command, yes, dryRun *bool) {
	c.Flags().BoolVar(dryRun, "dry-run", false, "list the cards and change nothing")
	c.Flags().BoolVar(yes, "yes", false, "do not ask, also for several cards")
}

// runChange changes the cards that are meant and are not so already, all or none,
// as one step.
func (a *app) runChange(ctx context.Context, args []string, change cardChange, yes, dryRun bool) error {
	return a.withLibrary(ctx, func(lib *library) error {
		keys, err := a.chosenCards(ctx, lib, args)
		if err != nil {
			return err
		}
		var events []srs.Event
		var lost loss
		for _, key := range keys {
			card, err := lib.Card(ctx, key)
			if err != nil {
				return err
			}
			if change.changes(card.State, lib.day) {
				e := change.event
				e.Card, e.At, e.Day = key, lib.now, lib.day
				events = append(events, e)
				lost.add(card.State)
			}
		}
		if len(events) == 0 {
			a.say("Nothing to change: these cards are so already.")
			return nil
		}
		if change.losing {
			a.printLoss(lost)
		}
		if dryRun {
			return a.listChange(ctx, lib, events)
		}
		if ok, err := a.agree(yes || len(events) == 1, change.ask(len(events))); err != nil || !ok {
			return err
		}
		if _, err := lib.RecordAll(ctx, events); err != nil {
			return err
		}
		a.printLine(change.done(len(events)))
		a.say("mindleaf undo takes it back.")
		return nil
	})
}

// listChange names the cards that would be changed.
func (a *app) listChange(ctx context.Context, lib *library, events []srs.Event) error {
	keys := make([]int64, len(events))
	for i, e := range events {
		keys[i] = e.Card
	}
	columns := a.columns()
	err := lib.eachFound(ctx, keys, func(c foundCard) error {
		name := term.Sanitize(c.name())
		a.printLine(name + "  " + term.Truncate(term.Sanitize(oneLine(c.Front)), max(columns-term.Width(name)-2, 20)))
		return nil
	})
	if err != nil {
		return err
	}
	a.say("%d cards; nothing was changed", len(events))
	return nil
}

// loss is what is gone when cards become new.
type loss struct {
	cards, begun, mature int
	reviews, lapses      int32
	longest              int32
}

func (l *loss) add(s srs.State) {
	l.cards++
	if s.Phase != srs.New {
		l.begun++
	}
	if s.Mature() {
		l.mature++
	}
	l.reviews += s.Reviews
	l.lapses += s.Lapses
	l.longest = max(l.longest, s.IntervalDays)
}

// printLoss tells what is lost.
func (a *app) printLoss(l loss) {
	if l.begun == 0 {
		a.say("No schedule is lost: these cards are new.")
		return
	}
	a.say("Lost: the schedule of %d cards after %d reviews, %d of them mature, intervals up to %s.", l.begun, l.reviews, l.mature, a.days(int(l.longest)))
}
