package main

import (
	"bufio"
	"context"
	"errors"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

// foundLines is how many lines of a text a search shows at most.
const foundLines = 3

func newCardSearchCommand(a *app) *cobra.Command {
	limit := 20
	c := &cobra.Command{
		Use:   "search FILTER",
		Short: "Find cards by what they say and by how they are known",
		Long: "search lists the cards that fit a filter: those with the words in the front\n" +
			"first, then in the back, the note and the path, whole words before parts of\n" +
			"longer ones. What was found stands between « and ».\n\n" + filterHelp,
		Example: "  mindleaf card search 注意力\n  mindleaf card search 'is:leech or lapses>3' --limit 0\n  mindleaf card search 'section:训练过程 -is:new adam'",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if limit < 0 {
				return usagef("--limit takes a number of cards, 0 or more")
			}
			return a.withLibrary(cmd.Context(), func(lib *library) error {
				return a.runCardSearch(cmd.Context(), lib, strings.Join(args, " "), limit)
			})
		},
		ValidArgsFunction: a.completeFilter,
	}
	c.Flags().IntVar(&limit, "limit", 20, "cards to show at most, 0 for all")
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	return c
}

func (a *app) runCardSearch(ctx context.Context, lib *library, text string, limit int) error {
	q, err := a.query(lib, text)
	if err != nil {
		return err
	}
	keys, total, err := lib.Search(ctx, store.Filter{Query: q}, limit)
	if err != nil {
		return err
	}
	out := make([]jsonFound, 0, len(keys))
	err = a.buffered(func() error {
		return lib.eachFound(ctx, keys, func(card foundCard) error {
			if a.json {
				out = append(out, card.json())
			} else {
				a.printFound(card, q.Expr.Sought())
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	switch {
	case a.json:
		return a.printJSON(map[string]any{"total": total, "cards": out})
	case total == 0:
		a.say("No card fits.")
	case int(total) > len(keys):
		a.say("%d of %d cards; --limit 0 shows all", len(keys), total)
	default:
		a.say("%d cards", total)
	}
	return nil
}

// buffered runs f, which prints very many lines, and prints them in few pieces.
func (a *app) buffered(f func() error) error {
	to := a.stdout
	buffer := bufio.NewWriter(to)
	a.stdout = buffer
	defer func() { a.stdout = to }()
	return errors.Join(f(), buffer.Flush())
}

// printFound prints a card with what was sought in it.
func (a *app) printFound(c foundCard, sought []string) {
	room := foundLines * max(a.columns()-4, 8) / 2
	shown := func(text string) string { return excerpt(text, sought, room) }
	name, state := term.Sanitize(c.name()), a.stateWord(c.state)
	gap := "  "
	if term.Width(name+gap+state) > a.room() {
		gap = "\n  " // the name stays whole, to be copied
	}
	a.printLine(term.Paint(name, term.HeadingInk, a.color()) + gap + state)
	if len(c.Path) > 0 {
		a.printMarked(shown(joinPath(c.Path)), 2)
	}
	a.printMarked(a.t("Q: %s", shown(c.Front)), 4)
	if c.Back != "" {
		a.printMarked(a.t("A: %s", shown(c.Back)), 4)
	}
	has := func(text string) bool { return len(foundIn([]rune(text), sought)) > 0 }
	if has(c.Note) {
		a.printMarked(a.t("Note: %s", shown(c.Note)), 4)
	}
	if has(c.Leaf) {
		a.printMarked(a.t("Leaf: %s", shown(c.Leaf)), 4)
	}
	a.printLine("")
}
