package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/path"
	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

func newPathCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "path",
		Short: "Show the way from beginner to advanced",
		Long: `path shows the three levels of every deck, what each still needs, the section
that new cards come from next, and how long it will take. New cards come from
open levels only; the next level opens when most of the present one is learned
(the setting path.gate_percent), or by hand with mindleaf path open. Due cards of
any level always come.

The days to go are the cards that are new, divided by the new cards begun a day
in the last 14 study days, and 7 more for the last ones to be recalled twice. Who
has begun none in these days goes at the setting review.new_per_day. Without new
cards they are the 7 alone.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runPath(cmd.Context()) },
	}
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	c.AddCommand(newPathPlaceCommand(a), newPathOpenCommand(a), newPathFocusCommand(a), newPathResetCommand(a))
	return c
}

func newPathOpenCommand(a *app) *cobra.Command {
	var deckID string
	c := &cobra.Command{
		Use:       "open LEVEL",
		Short:     "Open a level by hand",
		Args:      cobra.ExactArgs(1),
		ValidArgs: []string{"beginner", "intermediate", "advanced"},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runPathOpen(cmd.Context(), args[0], deckID)
		},
	}
	c.Flags().StringVar(&deckID, "deck", "", "the deck, when there are several")
	return c
}

// deckPath is the way through one deck.
type deckPath struct {
	ID     string          `json:"id"`
	Title  string          `json:"title"`
	Levels []levelProgress `json:"levels"`
	// Focus is the section that new cards come from first, Next the one that the
	// next new card comes from; empty when there is none.
	Focus []string `json:"focus"`
	Next  []string `json:"next"`
	// PerDay is the pace in new cards a day, Set when it is the setting's; DaysToGo
	// is null when there is none to go by.
	PerDay   float64 `json:"per_day"`
	Set      bool    `json:"set"`
	DaysToGo *int    `json:"days_to_go"`

	fresh   int64 // cards never begun
	several bool  // there are cards of more than one level
}

func (a *app) runPath(ctx context.Context) error {
	return a.withLibrary(ctx, func(lib *library) error {
		decks, err := lib.Decks(ctx, lib.day)
		if err != nil {
			return err
		}
		out := []deckPath{}
		for _, d := range decks {
			p, err := a.deckPath(ctx, lib, d, len(decks))
			if err != nil {
				return err
			}
			out = append(out, p)
		}
		if a.json {
			return a.printJSON(out)
		}
		for _, p := range out {
			a.printPath(p)
		}
		return nil
	})
}

// deckPath describes the way through d, one of several decks.
func (a *app) deckPath(ctx context.Context, lib *library, d store.Deck, decks int) (deckPath, error) {
	p := deckPath{ID: string(d.ID), Title: d.Title, Focus: append([]string{}, d.Focus...), Next: []string{}}
	levels := path.Levels(d.Levels, d.Opened, a.pathSettings())
	p.fresh, p.several = d.Counts.New, path.Several(levels)
	for _, l := range levels {
		p.Levels = append(p.Levels, levelProgress{
			Level: l.Level.String(), Open: l.Open, Needed: l.Needed, Percent: mastery(l.Counts), Counts: countsJSON(l.Counts),
		})
	}
	next, err := a.pickFrom(ctx, lib, store.Filter{}, d, 1, nil)
	if err != nil {
		return p, err
	}
	if len(next) > 0 {
		names, err := lib.SectionPath(ctx, next[0].Section)
		if err != nil {
			return p, err
		}
		p.Next = append(p.Next, names...)
	}
	if p.PerDay, p.Set, err = a.pace(ctx, lib, d.ID, decks); err != nil {
		return p, err
	}
	if days, ok := path.DaysToGo(d.Counts.New, d.Counts.Learning, p.PerDay); ok {
		p.DaysToGo = &days
	}
	return p, nil
}

// paceDays is the number of study days over which the pace is measured.
const paceDays = 14

// pace returns how many new cards of a deck are begun a day: since the first of
// the last paceDays on which one was, or as set, shared by the decks.
func (a *app) pace(ctx context.Context, lib *library, id deck.ID, decks int) (perDay float64, set bool, err error) {
	days, err := lib.DayCount(ctx, store.Filter{Deck: id}, lib.day-paceDays+1, lib.day)
	if err != nil {
		return 0, false, err
	}
	begun, first := int64(0), lib.day
	for day, c := range days {
		if c.New > 0 {
			begun += c.New
			first = min(first, day)
		}
	}
	if begun == 0 {
		return float64(a.config.Review.NewPerDay) / float64(max(decks, 1)), true, nil
	}
	return float64(begun) / float64(lib.day-first+1), false, nil
}

func (a *app) printPath(p deckPath) {
	fmt.Fprintln(a.stdout, term.Sanitize(p.Title))
	for _, l := range p.Levels {
		if l.Counts.Total == 0 {
			continue
		}
		c := l.Counts
		line := a.t("%d of %d learned", c.Young+c.Mature, c.Total-c.Suspended)
		if p.several {
			line = a.t("%s: %s", a.levelName(l.Level), line)
		}
		line = "  " + line
		switch {
		case !l.Open:
			line += a.t(", closed")
		case l.Needed > 0:
			line += a.t(", %d more to learn before the next opens", l.Needed)
		}
		a.sayWrapped(line)
	}
	if len(p.Focus) > 0 {
		a.say("  focus: %s", term.Sanitize(joinPath(p.Focus)))
	}
	if len(p.Next) > 0 {
		a.say("  next section: %s", term.Sanitize(joinPath(p.Next)))
	}
	switch {
	case p.DaysToGo == nil:
		a.say("  no end in sight: no new cards are begun")
	case *p.DaysToGo == 0:
		a.say("  everything is learned")
	case p.fresh == 0:
		a.say("  about %d days to go: no new card is left to begin", *p.DaysToGo)
	case p.Set:
		a.say("  about %d days to go at %s new cards a day, as set", *p.DaysToGo, tenths(p.PerDay))
	default:
		a.say("  about %d days to go at %s new cards a day, your pace of the last %d days", *p.DaysToGo, tenths(p.PerDay), paceDays)
	}
}

// tenths writes n with one decimal, and a whole number without.
func tenths(n float64) string { return strings.TrimSuffix(strconv.FormatFloat(n, 'f', 1, 64), ".0") }

func (a *app) runPathOpen(ctx context.Context, word, deckID string) error {
	level, err := deck.ParseLevel(word)
	if err != nil {
		return usageError{err}
	}
	return a.withLibrary(ctx, func(lib *library) error {
		d, err := a.oneDeck(ctx, lib, deckID)
		if err != nil {
			return err
		}
		if path.Open(path.Levels(d.Levels, d.Opened, a.pathSettings()))(int8(level)) {
			a.say("%s: %s is open already.", d.Title, a.levelName(level.String()))
			return nil
		}
		_, err = lib.Record(ctx, srs.Event{
			Kind: srs.OpenLevelEvent, At: lib.now, Day: lib.day, Level: int8(level), Text: string(d.ID),
		})
		if err != nil {
			return err
		}
		a.say("%s: %s is open.", d.Title, a.levelName(level.String()))
		return nil
	})
}

// oneDeck finds the deck with the given id, or the only one there is.
func (a *app) oneDeck(ctx context.Context, lib *library, id string) (store.Deck, error) {
	decks, err := lib.Decks(ctx, lib.day)
	if err != nil {
		return store.Deck{}, err
	}
	var ids []string
	for _, d := range decks {
		if string(d.ID) == id || d.Title == id || id == "" && len(decks) == 1 {
			return d, nil
		}
		ids = append(ids, string(d.ID))
	}
	if id == "" {
		return store.Deck{}, withHint(usagef("there is more than one deck"), "name one with --deck: %s", strings.Join(ids, ", "))
	}
	return store.Deck{}, withHint(fmt.Errorf("there is no deck %q", id), "the decks are %s", strings.Join(ids, ", "))
}
