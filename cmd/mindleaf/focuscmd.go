package main

import (
	"context"
	"errors"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

func newPathFocusCommand(a *app) *cobra.Command {
	var off bool
	c := &cobra.Command{
		Use:   "focus SECTION",
		Short: "Let new cards come from one section first",
		Long: `focus makes the new cards of a deck come from one section first, as far as their
levels are open; then the path goes on as usual. --off ends it in every deck.`,
		Example: "  mindleaf path focus 训练过程\n  mindleaf path focus --off",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 1) == off {
				return usagef("path focus takes a section, or --off")
			}
			if off {
				return a.runFocusOff(cmd.Context())
			}
			return a.runFocus(cmd.Context(), args[0])
		},
		ValidArgsFunction: a.completeDecks,
	}
	c.Flags().BoolVar(&off, "off", false, "let new cards come in the order of the path again")
	return c
}

func (a *app) runFocus(ctx context.Context, name string) error {
	return a.withLibrary(ctx, func(lib *library) error {
		filter, err := a.findFilter(ctx, lib, name)
		if err != nil {
			return err
		}
		if filter.Section == 0 {
			return withHint(usagef("%q is a deck, not a section", name), "mindleaf progress lists the sections")
		}
		names, err := lib.SectionPath(ctx, filter.Section)
		if err != nil {
			return err
		}
		text := string(filter.Deck) + "\n" + strings.Join(names, "\n")
		if strings.Count(text, "\n") != len(names) {
			return errors.New("the name of the section has more than one line: give it one without")
		}
		if _, err := lib.Record(ctx, focusEvent(lib, text)); err != nil {
			return err
		}
		a.say("New cards come from %s first.", term.Sanitize(joinPath(names)))
		return a.explainFocus(ctx, lib, filter)
	})
}

func focusEvent(lib *library, text string) srs.Event {
	return srs.Event{Kind: srs.FocusEvent, At: lib.now, Day: lib.day, Text: text}
}

// explainFocus says when a focus brings nothing: because nothing is new there, or
// because its levels are closed.
func (a *app) explainFocus(ctx context.Context, lib *library, filter store.Filter) error {
	d, err := a.oneDeck(ctx, lib, string(filter.Deck))
	if err != nil {
		return err
	}
	cards, err := a.pickFrom(ctx, lib, filter, d, 1, nil)
	if err != nil || len(cards) > 0 {
		return err
	}
	closed := ""
	err = lib.NewCards(ctx, filter, func(c srs.Card) bool {
		closed = levelWord(c.Level)
		return false
	})
	switch {
	case err != nil:
		return err
	case closed == "":
		a.say("It has no new cards left, so the path goes on as before.")
	default:
		a.say("Its new cards are of a level that is not open yet: %s. To open it: %s", a.levelName(closed), "mindleaf path open "+closed)
	}
	return nil
}

func (a *app) runFocusOff(ctx context.Context) error {
	return a.withLibrary(ctx, func(lib *library) error {
		decks, err := lib.Decks(ctx, lib.day)
		if err != nil {
			return err
		}
		var events []srs.Event
		for _, d := range decks {
			if len(d.Focus) > 0 {
				events = append(events, focusEvent(lib, string(d.ID)))
			}
		}
		if len(events) == 0 {
			a.say("There is no focus.")
			return nil
		}
		if _, err := lib.RecordAll(ctx, events); err != nil {
			return err
		}
		a.say("New cards come in the order of the path.")
		return nil
	})
}

func newPathResetCommand(a *app) *cobra.Command {
	var deckID string
	var plain bool
	c := &cobra.Command{
		Use:   "reset",
		Short: "Shut the levels opened by hand, and end the focus",
		Long: `reset makes the path what it would be without mindleaf path open, place and
focus: a level opens when the one before it is learned. Cards keep their state,
and a level of which a card was begun stays open. It asks first, and mindleaf
undo takes it back as one step.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !plain {
				if err := a.needTerminal("path reset"); err != nil {
					return err
				}
			}
			return a.runPathReset(cmd.Context(), deckID, plain)
		},
	}
	c.Flags().StringVar(&deckID, "deck", "", "the deck, when there are several")
	c.Flags().BoolVar(&plain, "plain", false, "ask line by line, for screen readers, pipes and dumb terminals")
	return c
}

func (a *app) runPathReset(ctx context.Context, deckID string, plain bool) error {
	return a.withLibrary(ctx, func(lib *library) error {
		d, err := a.oneDeck(ctx, lib, deckID)
		if err != nil {
			return err
		}
		events, lines := a.resetEvents(lib, d)
		if len(events) == 0 {
			a.say("%s: no level was opened by hand, and there is no focus.", term.Sanitize(d.Title))
			return nil
		}
		yes, err := a.confirm(plain, term.View{
			Status: []string{d.Title}, Body: []term.Block{{Kind: term.Question, Text: strings.Join(lines, "\n")}},
		}, a.t("Reset the path?"))
		if err != nil || !yes {
			return err
		}
		if _, err := lib.RecordAll(ctx, events); err != nil {
			return err
		}
		a.say("%s: the path is as it was at first.", term.Sanitize(d.Title))
		return nil
	})
}

// resetEvents undo what was done to the path of d by hand; lines say what that
// is.
func (a *app) resetEvents(lib *library, d store.Deck) (events []srs.Event, lines []string) {
	for level, opened := range d.Opened {
		if opened {
			lines = append(lines, a.t("shut again, unless it was begun: %s", a.levelName(levelWord(int8(level)))))
		}
	}
	if len(lines) > 0 {
		events = append(events, srs.Event{Kind: srs.CloseLevelsEvent, At: lib.now, Day: lib.day, Text: string(d.ID)})
	}
	if len(d.Focus) > 0 {
		lines = append(lines, a.t("no focus any more: %s", joinPath(d.Focus)))
		events = append(events, focusEvent(lib, string(d.ID)))
	}
	return events, lines
}

// confirm asks a question that changes something; no when the learner leaves.
func (a *app) confirm(plain bool, v term.View, question string) (yes bool, err error) {
	p, err := a.prompter(plain)
	if err != nil {
		return false, err
	}
	yes, out, err := p.Confirm(v, question, true)
	if out.Kind == term.Interrupt || out.Kind == term.EOF {
		err = errors.Join(err, errInterrupted)
	}
	if err = errors.Join(err, p.Close()); err == nil && !yes {
		a.tell(a.t("Nothing was changed."))
	}
	return yes, err
}
