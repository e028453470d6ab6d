package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs/session"
	"github.com/spf13/cobra"
)

// reviewFlags are the flags of mindleaf review.
type reviewFlags struct {
	newCards, limit, aheadDays int
	minutes, grades            int
	level                      string
	cram, plain                bool
}

func newReviewCommand(a *app) *cobra.Command {
	var f reviewFlags
	c := &cobra.Command{
		Use:   "review [DECK|SECTION|FILTER]",
		Short: "Study what is due, and a few new cards along the path",
		Long: `review shows the cards that are due, the most overdue first, with new cards in
the order of the path among them, and at the end drills what was graded below
Good. Every answer is on disk before the next card is shown: stop at any time.

A name of a deck or a section studies only that, a filter such as 'is:leech
section:训练过程' only the cards that fit it; mindleaf card search shows these, and
its --help tells what a filter may say. --cram asks all the cards until each was
known once, before an exam say, and leaves the schedule alone. In a pipe, or with
a screen reader, --plain asks line by line.

A card that lapses 8 times is a leech: you are asked whether to rewrite it, to
suspend it or to go on. Settings change that, the grades, and limits a day
(mindleaf config list).`,
		Example: "  mindleaf review\n  mindleaf review 训练过程 --new 5\n  mindleaf review --limit 20 --ahead 2\n  mindleaf review 训练过程 --cram\n  mindleaf review 'is:due ease<2'",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runReview(cmd.Context(), args, f)
		},
		ValidArgsFunction: a.completeScope,
	}
	c.Flags().IntVar(&f.newCards, "new", -1, "new cards in this sitting (default: what is left of the day's)")
	c.Flags().IntVar(&f.limit, "limit", 0, "cards in this sitting at most (default: no limit)")
	c.Flags().IntVar(&f.aheadDays, "ahead", 0, "also cards due within this many days")
	c.Flags().StringVar(&f.level, "level", "", "only cards of this level: beginner, intermediate or advanced")
	c.Flags().IntVar(&f.minutes, "minutes", -1, "ask after so many minutes whether to go on, 0 for never (default: as set)")
	c.Flags().IntVar(&f.grades, "grades", 0, "grades to choose from: 2, 4 or 6 (default: as set)")
	c.Flags().BoolVar(&f.cram, "cram", false, "ask all cards until each was known once, and leave the schedule alone")
	c.Flags().BoolVar(&f.plain, "plain", false, "ask line by line, for screen readers, pipes and dumb terminals")
	for _, name := range []string{"new", "minutes"} {
		c.Flags().Lookup(name).DefValue = "0" // their help says it: -1 stands for not given
	}
	return c
}

func (f reviewFlags) check() error {
	switch {
	case f.newCards < -1:
		return usagef("--new takes a number of cards, 0 or more")
	case f.limit < 0:
		return usagef("--limit takes a number of cards, 0 or more")
	case f.aheadDays < 0 || f.aheadDays > 36500:
		return usagef("--ahead takes a number of days, 0 to 36500")
	case f.minutes < -1 || f.minutes > 999:
		return usagef("--minutes takes a number of minutes, 0 to 999")
	case f.grades != 0 && f.grades != 2 && f.grades != 4 && f.grades != 6:
		return usagef("--grades takes 2, 4 or 6")
	case f.cram && (f.newCards >= 0 || f.aheadDays > 0):
		return usagef("--cram asks all cards: it does not go with --new and --ahead")
	}
	return nil
}

func (a *app) runReview(ctx context.Context, args []string, f reviewFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	level, err := parseLevel(f.level)
	if err != nil {
		return err
	}
	if !f.plain {
		if err := a.needTerminal("review"); err != nil {
			return err
		}
	}
	if f.minutes >= 0 {
		a.config.Review.TimeboxMinutes = f.minutes
	}
	if f.grades > 0 {
		a.config.Review.Grades = f.grades
	}
	return a.withLibrary(ctx, func(lib *library) error {
		if err := a.tellFuture(ctx, lib); err != nil {
			return err
		}
		for {
			s, err := a.reviewOnce(ctx, lib, args, level, f)
			if !errors.Is(err, errNewDay) {
				return err
			}
			if f.limit > 0 {
				if f.limit -= s.Answered; f.limit <= 0 {
					return nil
				}
			}
			if f.newCards > 0 {
				f.newCards = max(f.newCards-s.New, 0)
			}
			lib.now = a.now()
			lib.day = a.studyDay(lib.now)
			if err := a.syncDecks(ctx, lib); err != nil {
				return err
			}
			a.tellNotices(lib)
			a.say("A new study day has begun.")
		}
	})
}

// errNewDay ends a sitting whose study day is over, as when a terminal is left open
// overnight: what is due now is for another one.
var errNewDay = errors.New("a new study day has begun")

// reviewOnce holds one sitting of the cards that are meant.
func (a *app) reviewOnce(ctx context.Context, lib *library, args []string, level int8, f reviewFlags) (s session.Summary, err error) {
	filter, err := a.findCards(ctx, lib, args)
	if err != nil {
		return s, err
	}
	filter.Level = level
	o := queueOptions{filter: filter, newCards: f.newCards, limit: f.limit, aheadDays: f.aheadDays}
	gather := a.queue
	if f.cram {
		gather = a.cramQueue
	}
	q, err := gather(ctx, lib, o)
	if err != nil {
		return s, err
	}
	if filter.Query != nil && len(q.Drill)+len(q.Due)+len(q.New)+len(q.Cram) == 0 {
		a.say("Of the cards that fit, none is due or new now; --cram asks them anyway.")
		return s, nil
	}
	return a.sit(ctx, lib, q, f.plain)
}

// needTerminal refuses a prompt of a command that nobody could answer.
func (a *app) needTerminal(command string) error {
	if a.onTerminal() && a.getenv("TERM") != "dumb" {
		return nil
	}
	return withHint(usagef("%s needs a terminal to ask its questions in", command),
		"use --plain to be asked line by line")
}

// onTerminal reports whether there is somebody to ask line by line.
func (a *app) onTerminal() bool {
	in, ok := a.stdin.(*os.File)
	return ok && a.terminal != nil && term.IsTerminal(in) && term.IsTerminal(a.terminal)
}

// prompter opens the way to talk with the learner. Line by line that is stdout,
// or stderr when the result is JSON.
func (a *app) prompter(plain bool) (term.Prompter, error) {
	switch {
	case plain && a.json:
		return term.NewPlain(a.lines, a.stderr, a.words()), nil
	case plain:
		return term.NewPlain(a.lines, a.stdout, a.words()), nil
	}
	console, err := term.Open(term.Options{
		In: a.stdin.(*os.File), Out: a.terminal,
		Color: a.color(), AmbiguousWide: a.config.Terminal.AmbiguousWidth == 2, Words: a.words(),
	})
	if err != nil {
		return nil, fmt.Errorf("opening the terminal: %w", err)
	}
	return console, nil
}

// press says what the key does that goes on: Space on a screen, Enter where lines
// are read.
func (a *app) press(p term.Prompter, deed string) string {
	if p.Interactive() {
		return a.t("Space %s", deed)
	}
	return a.t("Enter %s", deed)
}

// sit holds one sitting and says afterwards what came of it.
func (a *app) sit(ctx context.Context, lib *library, q session.Options, plain bool) (done session.Summary, err error) {
	scheduler, err := a.config.scheduler()
	if err != nil {
		return done, err
	}
	balance := a.balancer(ctx, lib, scheduler)
	if balance != nil {
		q.Choose = balance.choose
	}
	s := session.New(q)
	if _, ok := s.Current(); !ok {
		return done, a.nothingToDo(ctx, lib)
	}
	p, err := a.prompter(plain)
	if err != nil {
		return done, err
	}
	t := &sitting{app: a, lib: lib, session: s, prompter: p, balance: balance, began: a.now(), daily: len(q.Cram) == 0}
	defer func() { err = errors.Join(err, p.Close()) }()
	end := t.run(ctx)
	if err := p.Close(); err != nil && end == nil {
		end = err
	}
	done = s.Summary()
	if err := a.summarise(ctx, lib, done); err != nil && end == nil {
		end = err
	}
	return done, end
}
