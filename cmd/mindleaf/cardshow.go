package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

// foundCard is a card with what it says and how it is known.
type foundCard struct {
	store.Content
	state srs.State
	seed  uint32
}

func (lib *library) foundCard(ctx context.Context, key int64) (c foundCard, err error) {
	if c.Content, err = lib.Content(ctx, key); err != nil {
		return c, err
	}
	card, err := lib.Card(ctx, key)
	c.state, c.seed = card.State, card.Seed
	return c, err
}

// eachFound offers cards by their keys to f, which must not use the library.
func (lib *library) eachFound(ctx context.Context, keys []int64, f func(foundCard) error) error {
	return lib.Cards(ctx, keys, func(s store.Stored) error {
		return f(foundCard{s.Content, s.Card.State, s.Card.Seed})
	})
}

// life returns what happened to a card, and the steps that count.
func (lib *library) life(ctx context.Context, c foundCard) ([]srs.Event, []srs.Step, error) {
	events, err := lib.History(ctx, c.ID)
	if err != nil {
		return nil, nil, err
	}
	_, steps, err := srs.Fold(events, c.seed, sm2.Schedulers)
	return events, steps, err
}

// name is how the card is called on the command line.
func (c foundCard) name() string { return fmt.Sprintf("%s/%s", c.Deck, c.Card) }

// jsonFound is a card as search and show print it.
type jsonFound struct {
	Deck     string     `json:"deck"`
	Path     []string   `json:"path"`
	Leaf     string     `json:"leaf,omitempty"`
	Level    string     `json:"level"`
	File     string     `json:"file,omitempty"`
	Line     int        `json:"line"`
	Archived bool       `json:"archived,omitempty"`
	State    savedState `json:"state"`
	savedEntry
}

func (c foundCard) json() jsonFound {
	out := jsonFound{
		Deck: string(c.Deck), Path: append([]string{}, c.Path...), Leaf: c.Leaf, Level: levelWord(int8(c.Level)), File: fileName(c.File), Line: c.Line,
		Archived: c.Archived, State: saveState(c.state),
		savedEntry: savedEntry{
			ID: c.Card, Kind: c.Kind.String(), Front: c.Front, Back: c.Back, Note: c.Note, Source: c.Source, Accept: c.Accept, Tags: c.Tags, Media: c.Media,
		},
	}
	for _, o := range c.Choices {
		out.Choices = append(out.Choices, savedOption(o))
	}
	return out
}

func newCardShowCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "show CARD...|FILTER",
		Short: "Print what a card says and how it is known",
		Long: "show prints cards with everything they have, and how well they are known. A card\n" +
			"is named DECK/CARD, CARD alone, or the beginning of one of these.",
		Example: "  mindleaf card show llm-basics/moe-what\n  mindleaf card show 'is:leech section:训练过程'",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.eachCard(cmd.Context(), args, func(_ *library, c foundCard) (any, error) { return c.json(), nil },
				func(lib *library, c foundCard) error { a.printCard(c, lib.day); return nil })
		},
		ValidArgsFunction: a.completeCards,
	}
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	return c
}

// eachCard prints every card that is meant, or all as a list of JSON.
func (a *app) eachCard(ctx context.Context, args []string, value func(*library, foundCard) (any, error), print func(*library, foundCard) error) error {
	return a.withLibrary(ctx, func(lib *library) error {
		keys, err := a.chosenCards(ctx, lib, args)
		if err != nil {
			return err
		}
		out := []any{}
		for i, key := range keys {
			c, err := lib.foundCard(ctx, key)
			if err != nil {
				return err
			}
			if a.json {
				v, err := value(lib, c)
				if err != nil {
					return err
				}
				out = append(out, v)
				continue
			}
			if i > 0 {
				a.printLine("")
			}
			if err := print(lib, c); err != nil {
				return err
			}
		}
		if a.json {
			return a.printJSON(out)
		}
		return nil
	})
}

// printLine prints a line that is safe for a terminal already.
func (a *app) printLine(s string) { fmt.Fprintln(a.stdout, s) }

// printWrapped prints text, indented, in lines that fit a terminal.
func (a *app) printWrapped(text string, indent int) {
	for _, line := range term.Wrap(term.Sanitize(text), max(a.room()-indent, 4), 0) {
		a.printLine(strings.Repeat(" ", indent) + line)
	}
}

// printCard prints everything about a card.
func (a *app) printCard(c foundCard, day srs.Day) {
	a.printLine(term.Paint(term.Sanitize(c.name()), term.HeadingInk, a.color()))
	if len(c.Path) > 0 {
		a.printWrapped(joinPath(c.Path), 2)
	}
	if c.Leaf != "" {
		a.printWrapped(a.t("Leaf: %s", c.Leaf), 2)
	}
	a.printWrapped(a.t("Q: %s", c.Front), 2)
	if c.Back != "" {
		a.printWrapped(a.t("A: %s", c.Back), 2)
	}
	for _, o := range c.Choices {
		a.printWrapped("× "+o.Text, 4)
		if o.Why != "" {
			a.printWrapped(o.Why, 6)
		}
	}
	if len(c.Accept) > 0 {
		a.printWrapped(a.t("also right: %s", strings.Join(c.Accept, " / ")), 4)
	}
	if c.Note != "" {
		a.printWrapped(a.t("Note: %s", c.Note), 2)
	}
	if c.Source != "" {
		a.printWrapped(a.t("Source: %s", c.Source), 2)
	}
	if len(c.Media) > 0 {
		a.printWrapped(a.t("Media: %s", strings.Join(c.Media, a.t(", "))), 2)
	}
	a.printWrapped(strings.Join(append([]string{a.kindName(c.Kind.String()), a.t(levelWord(int8(c.Level)))}, c.Tags...), " · "), 2)
	a.printWrapped(a.stateText(c, day), 2)
	a.printLine(term.Sanitize(fmt.Sprintf("  %s:%d", a.shownFile(fileName(c.File)), c.Line))) // whole, to be copied
}

// stateWord is how well a card in state s is known, in a word.
func (a *app) stateWord(s srs.State) string {
	switch {
	case s.Suspended:
		return a.t("suspended")
	case s.Phase == srs.New:
		return a.t("new")
	case s.Mature():
		return a.t("mature")
	case s.Phase == srs.Review:
		return a.t("young")
	}
	return a.t("learning")
}

// stateText is how well a card is known, in full.
func (a *app) stateText(c foundCard, day srs.Day) string {
	s := c.state
	text := []string{a.stateWord(s)}
	add := func(format string, args ...any) { text = append(text, a.t(format, args...)) }
	if s.Phase != srs.New {
		add("due %s", s.Due)
		add("interval %s", a.interval(s))
		add("ease %.2f", float64(s.Ease)/100)
		add("%d reviews", s.Reviews)
		add("%d lapses", s.Lapses)
		add("recall now %.0f%%", 100*sm2.Recall(s, day))
	}
	if s.BuriedDay >= day {
		add("buried until tomorrow")
	}
	if s.DrillDay == day {
		add("waits to be drilled")
	}
	if s.Flag > 0 {
		text = append(text, a.t("flag %d", s.Flag)+" "+a.flagNames()[s.Flag])
	}
	if c.Archived {
		add("no longer in the file")
	}
	return strings.Join(text, " · ")
}
