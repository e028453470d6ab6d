package main

import (
	"context"
	"fmt"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/session"
	"github.com/spf13/cobra"
)

// usualPerDay is how many cards a day a backlog is spread to.
const usualPerDay = 50

func newBacklogCommand(a *app) *cobra.Command {
	perDay := 0
	var yes, dryRun bool
	c := &cobra.Command{
		Use:   "backlog [DECK|SECTION|FILTER]",
		Short: "Spread what is overdue over the coming days",
		Long: `backlog is for coming back after a break: it spreads the cards that are due now
over the coming days, so that none brings more than --per-day cards, those that
are due then anyway included. The cards likeliest to be forgotten, the most
overdue relative to their interval, come first. Intervals and ease stay as they
are: a card that is still known after the longer pause has earned its interval.
mindleaf undo takes all of it back as one step.`,
		Example: "  mindleaf backlog --dry-run\n  mindleaf backlog --per-day 30",
		RunE: func(cmd *cobra.Command, args []string) error {
			if perDay < 1 || perDay > 9999 {
				return usagef("--per-day takes a number of cards, 1 to 9999")
			}
			return a.withLibrary(cmd.Context(), func(lib *library) error {
				return a.runBacklog(cmd.Context(), lib, args, perDay, dryRun, yes)
			})
		},
		ValidArgsFunction: a.completeScope,
	}
	c.Flags().IntVar(&perDay, "per-day", usualPerDay, "cards a day at most")
	c.Flags().BoolVar(&dryRun, "dry-run", false, "show the plan and change nothing")
	c.Flags().BoolVar(&yes, "yes", false, "do not ask")
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	return c
}

// plannedDay is one day of a spread backlog.
type plannedDay struct {
	Day   string `json:"day"`
	Cards int    `json:"cards"`
}

func (a *app) runBacklog(ctx context.Context, lib *library, args []string, perDay int, dryRun, yes bool) error {
	filter, err := a.findCards(ctx, lib, args)
	if err != nil {
		return err
	}
	due, err := lib.Due(ctx, filter, lib.day, lib.day)
	if err != nil {
		return err
	}
	soon, err := lib.DueOn(ctx, lib.day+1, lib.day+srs.Day(len(due))+1)
	if err != nil {
		return err
	}
	cards, days := session.Postpone(due, lib.day, perDay, func(d srs.Day) int64 { return soon[d] })
	plan, events := a.planBacklog(lib, cards, days)
	if a.json {
		if err := a.printJSON(plan); err != nil {
			return err
		}
	} else {
		a.printBacklog(len(cards), perDay, plan)
	}
	if dryRun || len(events) == 0 {
		return nil
	}
	if ok, err := a.agree(yes, a.t("Spread them so?")); err != nil || !ok {
		return err
	}
	if _, err := lib.RecordAll(ctx, events); err != nil {
		return err
	}
	if !a.json {
		a.say("%d cards wait until their new day; mindleaf undo takes it back.", len(events))
	}
	return nil
}

// planBacklog counts the cards of each day, and makes the events for those that
// do not come today.
func (a *app) planBacklog(lib *library, cards []srs.Card, days []srs.Day) ([]plannedDay, []srs.Event) {
	plan := []plannedDay{}
	var events []srs.Event
	for i, c := range cards {
		if n := len(plan); n == 0 || plan[n-1].Day != days[i].String() {
			plan = append(plan, plannedDay{Day: days[i].String()})
		}
		plan[len(plan)-1].Cards++
		if days[i] > lib.day {
			events = append(events, srs.Event{Kind: srs.SetDueEvent, Card: c.ID, Due: days[i], At: lib.now, Day: lib.day})
		}
	}
	return plan, events
}

func (a *app) printBacklog(n, perDay int, plan []plannedDay) {
	if len(plan) < 2 {
		a.say("%d cards are due, not more than %d: there is nothing to spread.", n, perDay)
		return
	}
	a.say("%d cards are due. With at most %d a day they come until %s:", n, perDay, plan[len(plan)-1].Day)
	for _, d := range plan {
		fmt.Fprintf(a.stdout, "  %s  %d\n", d.Day, d.Cards)
	}
}

// agree asks a yes or no question on the terminal. Without one, --yes is the only
// way to say yes.
func (a *app) agree(yes bool, question string) (bool, error) {
	if yes {
		return true, nil
	}
	if !a.onTerminal() {
		return false, withHint(usagef("there is no terminal to ask in"), "--yes goes on without asking")
	}
	p := term.NewPlain(a.lines, a.stdout, a.words())
	agreed, out, err := p.Confirm(term.View{}, question, true)
	if err == nil && (out.Kind == term.Interrupt || out.Kind == term.EOF) {
		return false, errInterrupted
	}
	return agreed, err
}
