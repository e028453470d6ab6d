package main

import "github.com/spf13/cobra"

func newCardCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "card",
		Short: "Work with single cards",
		Long: "The commands of card take the names of cards, DECK/CARD, CARD alone or the\n" +
			"beginning of one of these, or a filter. They change several cards as one step:\n" +
			"all or none of them, and mindleaf undo takes it back whole.\n\n" + filterHelp,
	}
	c.AddCommand(newCardAddCommand(a), newCardSearchCommand(a), newCardShowCommand(a), newCardHistoryCommand(a), newCardEditCommand(a),
		newCardSuspendCommand(a), newCardUnsuspendCommand(a), newCardBuryCommand(a), newCardUnburyCommand(a),
		newCardFlagCommand(a), newCardResetCommand(a))
	return c
}
