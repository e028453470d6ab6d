package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"
)

// statsFlags are what a learner may choose about statistics.
type statsFlags struct {
	since    string
	html     string
	markdown bool
	whatIf   []string
}

// statsLong is the help of stats, which defines every figure.
const statsLong = `stats counts what was done and where the cards stand. A day is a study day: it
turns at the hour set as review.rollover_hour, in the time zone the learner was
in. What was undone does not count.

  answers     reviews and drill answers; drill is the repetition of what scored
              below Good, on the same day
  streak      study days in a row with an answer, up to today or yesterday
  year        answers on each of the last 365 study days
  forecast    cards by the day they are due in the next 30, overdue ones today;
              suspended ones are left out, and no answer in between is foreseen
  retention   reviews graded Hard or better of cards that were in review before
              the answer: young below an interval of 21 days, mature from there.
              The spans are Anki's: today, yesterday, and the last 7, 30 and 365
              study days, today included
  intervals   cards neither new nor suspended, by interval in days
  ease        the same cards by ease factor
  buttons     reviews by the card's stage before the answer and by button
  hours       reviews by the hour on the learner's clock, and the passed share
  seconds     answers by the time from question to grade
  due         as in mindleaf progress: all cards whose day has come
  decks, sections, levels
              reviews, retention, and as in mindleaf progress recall, percent,
              and by how much percent grew, which is not known of a level: null
              in JSON. Reviews of a deck and a level count cards that are no
              longer in its file, those of a section do not; a card counts where
              it is now. Sections are listed of up to five decks

--since chooses the days of buttons, hours, seconds and everything by deck,
section and level: 30d unless said otherwise.

--what-if tries a setting: it simulates the next year with the present settings
and with the changed ones, from the cards as they stand, and prints the reviews
and minutes a day to expect. new=20 changes review.new_per_day, limit=100
review.reviews_per_day, multiplier=120 sm2.multiplier_percent; several may be
given. SM-2 itself schedules. Whether a simulated answer is right is drawn by
the share of the learner's own reviews of the last 365 days that were, by stage;
of a stage with fewer than 50 reviews, by the forgetting curve of mindleaf
progress; buttons and seconds are drawn likewise, with 10 seconds an answer and
Good for want of own ones. It is the mean of five runs. It knows no days off, no
level gates and no drills, and takes memory to stay as it was: treat it as a
comparison, not a promise.`

func newStatsCommand(a *app) *cobra.Command {
	var flags statsFlags
	c := &cobra.Command{
		Use:   "stats",
		Short: "Show statistics of all that was reviewed",
		Long:  statsLong,
		Example: `  mindleaf stats
  mindleaf stats --html stats.html
  mindleaf stats --since 7d --markdown
  mindleaf stats --what-if new=20`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			forms := 0
			for _, name := range []string{"html", "markdown", "json"} {
				if cmd.Flags().Changed(name) {
					forms++
				}
			}
			if forms > 1 || forms == 1 && len(flags.whatIf) > 0 && !a.json {
				return usagef("choose one of --html, --markdown, --json and --what-if; only --what-if and --json go together")
			}
			return a.runStats(cmd.Context(), flags)
		},
	}
	c.Flags().StringVar(&flags.since, "since", "30d", "how many study days to look back: 7d, 4w, 1y")
	c.Flags().StringVar(&flags.html, "html", "", "write a report to this file as a page, - for stdout")
	c.Flags().BoolVar(&flags.markdown, "markdown", false, "print a digest as Markdown, for a mail or a note")
	c.Flags().StringSliceVar(&flags.whatIf, "what-if", nil, "simulate a year with other settings: new=N, limit=N, multiplier=N")
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	return c
}

func (a *app) runStats(ctx context.Context, flags statsFlags) error {
	since, err := parseSpan(flags.since)
	if err != nil {
		return err
	}
	return a.withLibrary(ctx, func(lib *library) error {
		if len(flags.whatIf) > 0 {
			return a.runWhatIf(ctx, lib, flags.whatIf)
		}
		f, err := a.gather(ctx, lib, since)
		switch {
		case err != nil:
			return err
		case a.json:
			return a.printJSON(f)
		case flags.html != "":
			return a.writeResult(flags.html, func(w io.Writer) error { return a.writeReport(w, f) })
		case flags.markdown:
			a.printDigest(f)
		default:
			a.printStats(f)
		}
		return nil
	})
}
