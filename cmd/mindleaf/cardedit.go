package main

import (
	"context"
	"fmt"

	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

func newCardEditCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "edit CARD|FILTER",
		Short: "Open a card in your editor, where it stands in its deck file",
		Long: "edit opens the deck file at the line of the card in $VISUAL or $EDITOR. What you\n" +
			"write is read at once; the card keeps its history when you reword it. A card that\n" +
			"comes with mindleaf is edited in a copy of your own, which is made when you agree.",
		Example: "  mindleaf card edit llm-basics/moe-what",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLibrary(cmd.Context(), func(lib *library) error {
				keys, err := a.chosenCards(cmd.Context(), lib, args)
				if err != nil {
					return err
				}
				if len(keys) > 1 {
					return withHint(fmt.Errorf("%d cards are meant; edit takes one", len(keys)), "mindleaf card search finds cards and tells their names")
				}
				card, err := lib.Content(cmd.Context(), keys[0])
				if err != nil {
					return err
				}
				if card.Archived {
					return fmt.Errorf("%s/%s is in no file any more", card.Deck, card.Card)
				}
				return a.editCard(cmd.Context(), lib, card)
			})
		},
		ValidArgsFunction: a.completeCards,
	}
}

// editCard opens a card in the editor; of a deck that comes with the program a copy
// is made before.
func (a *app) editCard(ctx context.Context, lib *library, card store.Content) error {
	if err := a.needEditor(card.File); err != nil {
		return err
	}
	if card.File == shippedPath {
		path, err := a.offerCopy()
		if err != nil || path == "" {
			return err
		}
		if err := a.syncDecks(ctx, lib); err != nil {
			return err
		}
		if card, err = lib.Content(ctx, card.ID); err != nil {
			return err
		}
	}
	if err := a.openEditor(ctx, card.File, card.Line); err != nil {
		return err
	}
	lib.broken = false
	if err := a.syncDecks(ctx, lib); err != nil {
		return err
	}
	a.tellNotices(lib)
	if lib.broken {
		return withHint(fmt.Errorf("there is a mistake in %s", card.File), "mindleaf deck edit opens the file again, at the first of them")
	}
	return nil
}
