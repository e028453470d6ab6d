package main

import (
	"strings"
	"time"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/spf13/cobra"
)

// jsonStep is one thing that happened to a card, with the state it led to.
type jsonStep struct {
	At         time.Time  `json:"at"`
	Day        savedDay   `json:"day"`
	What       string     `json:"what"`
	Grade      *srs.Grade `json:"grade,omitempty"`
	TookMillis int64      `json:"took_ms,omitempty"`
	After      savedState `json:"after"`
}

func newCardHistoryCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "history CARD...|FILTER",
		Short: "Tell the life of a card: every review, and the curve of its recall",
		Long: "history draws how likely a card was to be recalled, day by day, and lists every\n" +
			"review and what else was done to it; what was taken back is counted only.",
		Example: "  mindleaf card history llm-basics/moe-what",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return a.eachCard(ctx, args, func(lib *library, c foundCard) (any, error) {
				_, steps, err := lib.life(ctx, c)
				return map[string]any{"deck": c.Deck, "id": c.Card, "front": c.Front, "history": historyJSON(steps)}, err
			}, func(lib *library, c foundCard) error {
				events, steps, err := lib.life(ctx, c)
				if err != nil {
					return err
				}
				a.printLine(term.Paint(term.Sanitize(c.name()), term.HeadingInk, a.color()))
				a.printWrapped(oneLine(c.Front), 2)
				for _, block := range a.historyBlocks(lib.day, events, steps, a.columns()-1) {
					a.printBlock(block)
				}
				return nil
			})
		},
		ValidArgsFunction: a.completeCards,
	}
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	return c
}

// printBlock prints a part of a page: a picture as it is, rows of a table broken
// between their cells where the terminal is too narrow.
func (a *app) printBlock(b term.Block) {
	lines := strings.Split(b.Text, "\n")
	for _, line := range lines {
		parts := []string{line}
		switch b.Kind {
		case term.Pairs:
			parts = a.packLine(line)
		case term.Verbatim:
		default:
			parts = a.wrapLine(line)
		}
		for _, part := range parts {
			a.printLine(part)
		}
	}
}

func historyJSON(steps []srs.Step) []jsonStep {
	out := []jsonStep{}
	for _, s := range steps {
		e := s.Event
		j := jsonStep{At: e.At, Day: savedDay(e.Day), What: eventKinds[e.Kind], TookMillis: e.Took.Milliseconds(), After: saveState(s.After)}
		if e.Kind == srs.ReviewEvent || e.Kind == srs.DrillEvent || e.Kind == srs.ForeignReviewEvent {
			j.Grade = &e.Grade
		}
		out = append(out, j)
	}
	return out
}
