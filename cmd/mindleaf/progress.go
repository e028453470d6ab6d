package main

import (
	"context"
	"fmt"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

// progressFlags are what a learner may choose about progress.
type progressFlags struct {
	depth int
	level string
	sort  string
	weak  bool
}

// autoDepth shows two levels of sections of a few decks, and of many decks only
// the decks.
const (
	autoDepth = -1
	fewDecks  = 5
)

// progressLong is the help of progress, which defines what it shows.
const progressLong = `progress draws the decks, chapters, sections and groups of the map, each with
everything below it:

  bar       the share of its cards that are mature █, young ▓, learning ▒ and
            new ░; suspended cards are left out
  percent   how well it is known: a mature card counts whole, a young one half,
            a learning one a quarter; - where all are suspended
  new       cards never reviewed, nor marked as known by mindleaf path place
  learning  until recalled on two review days in a row, and again after a lapse
  young     interval under 21 days
  mature    interval of 21 days or more
  due       cards whose day has come, hidden ones and drills left out; a review
            may bring fewer of them, see mindleaf due --help
  susp      suspended; counted nowhere else
  recall    the mean probability that a card would be recalled today, over the
            cards that are neither new nor suspended. The probability is
            (1 + f t/S)^-0.1542, the forgetting curve of FSRS-6, with t the days
            since the last review, S the interval, and f such that it is 0.9
            when t = S
  7d, 30d   by how much percent grew in the last 7 and 30 study days, today
            included: what it is, less what it was for the same cards. Those that
            are suspended today are left out of both, those that were suspended
            then out of what it was; - where all cards are left out, null in JSON.
            Of the cards of one --level it is not known

A card that was marked as known counts as if it had been reviewed that day and got
an interval of 10 to 30 days: as young or mature at once, though no review of it is
in the statistics.

Columns that do not fit the terminal are left out, the least telling first;
--json has them all. Without --depth, two levels of sections are shown, and of
more than five decks the decks only. --sort name, percent, due or recall orders
the branches of each section by these, what needs work first; map, the default,
is the order of the map. --weak lists the sections that hold cards themselves,
those in which most would be forgotten now first: the cards that recall is about
times one minus recall, in the column lost.`

func newProgressCommand(a *app) *cobra.Command {
	flags := progressFlags{}
	c := &cobra.Command{
		Use:   "progress [DECK|SECTION]",
		Short: "Show how well each section of the map is known",
		Long:  progressLong,
		Example: `  mindleaf progress
  mindleaf progress Transformer架构 --depth 0
  mindleaf progress --weak
  mindleaf progress --level beginner --json`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := ""
			if len(args) == 1 {
				name = args[0]
			}
			if cmd.Flags().Changed("depth") && flags.depth < 0 {
				return usagef("--depth takes a number of levels, 0 for all")
			}
			if cmd.Flags().Changed("depth") && flags.weak {
				return usagef("--weak lists the sections of every depth: leave --depth away")
			}
			return a.runProgress(cmd.Context(), name, flags)
		},
		ValidArgsFunction: a.completeDecks,
	}
	c.Flags().IntVar(&flags.depth, "depth", autoDepth, "how many levels of sections to show, 0 for all")
	c.Flags().Lookup("depth").DefValue = "2"
	c.Flags().StringVar(&flags.level, "level", "", "count cards of one level only: beginner, intermediate or advanced")
	c.Flags().StringVar(&flags.sort, "sort", "map", "order of the branches: map, name, percent, due or recall")
	c.Flags().BoolVar(&flags.weak, "weak", false, "list the sections that need work first")
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	return c
}

// deckProgress is one deck with its sections and levels.
type deckProgress struct {
	ID string `json:"id"`
	branch
	Levels []levelProgress `json:"levels,omitempty"`
	// byLevel are the counts of the deck's cards by deck.Level.
	byLevel [4]srs.Counts
}

type levelProgress struct {
	Level   string     `json:"level"`
	Open    bool       `json:"open"`
	Needed  int64      `json:"needed"`
	Percent *int64     `json:"percent"`
	Counts  jsonCounts `json:"counts"`
}

func (a *app) runProgress(ctx context.Context, name string, flags progressFlags) error {
	order, err := branchOrder(flags.sort)
	if err != nil {
		return err
	}
	filter := store.Filter{}
	if flags.level != "" {
		if filter.Level, err = parseLevel(flags.level); err != nil {
			return err
		}
	}
	return a.withLibrary(ctx, func(lib *library) error {
		decks, err := lib.Decks(ctx, lib.day)
		if err != nil {
			return err
		}
		found, err := a.findAmong(ctx, lib, decks, name)
		if err != nil {
			return err
		}
		found.Level = filter.Level
		all, err := a.progress(ctx, lib, decks, progressOptions{
			filter: found, sections: flags.depth != autoDepth || flags.weak,
			lately: store.Lately{Day: lib.day, Short: weekDays, Long: monthDays},
		})
		if err != nil {
			return err
		}
		for i := range all {
			all[i].sort(order)
		}
		switch {
		case a.json && flags.weak:
			return a.printJSON(weakest(all))
		case a.json:
			return a.printJSON(all)
		case len(all) == 0:
			a.say("There are no decks. Bring one in with mindleaf import FILE.")
		case flags.weak:
			a.printWeak(weakest(all), tableForm{weak: true, ofLevel: flags.level != ""})
		default:
			a.printProgress(all, flags.depth, tableForm{ofLevel: flags.level != ""})
		}
		return nil
	})
}

// printProgress draws the decks, one after the other, or as one table when only
// the decks are shown.
func (a *app) printProgress(all []deckProgress, depth int, form tableForm) {
	if depth == autoDepth {
		depth = 2
		if len(all) > fewDecks {
			var rows []progressRow
			for i := range all {
				rows = append(rows, progressRow{label: all[i].Name, b: &all[i].branch})
			}
			a.printTable(rows, form)
			return
		}
	}
	for i := range all {
		d := &all[i]
		rows := []progressRow{{label: d.Name, b: &d.branch}}
		a.printTable(treeRows(rows, d.Sections, "", depth, 1), form)
		a.printLevels(d.Levels)
	}
}

// printLevels writes a line for each level; of one alone all is told by the deck's.
func (a *app) printLevels(levels []levelProgress) {
	if len(levels) < 2 {
		return
	}
	for _, l := range levels {
		state := a.t("open")
		if !l.Open {
			state = a.t("closed")
		}
		line := term.PadLeft(points(l.Percent), len("100%")) + " " + a.t("%s, %s", a.levelName(l.Level), state)
		if l.Open && l.Needed > 0 {
			line += a.t(", %d more to learn before the next opens", l.Needed)
		}
		for _, part := range a.wrapLine(line) {
			fmt.Fprintln(a.stdout, part)
		}
	}
}
