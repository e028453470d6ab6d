package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/tomlfile"
	"github.com/spf13/cobra"
)

func newDeckNewCommand(a *app) *cobra.Command {
	var title, language string
	c := &cobra.Command{
		Use:   "new ID",
		Short: "Start a deck of your own",
		Long: `new writes a deck file without cards into your decks folder. ID becomes the name
of the file and the identity of the deck, by which its progress is kept: lower-case
letters of any script, digits, - and _. A comment in the file shows what a card
can have. mindleaf card add puts cards into it.`,
		Example: "  mindleaf deck new tang-poems --title 唐诗 --language zh",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.runDeckNew(deck.Deck{ID: deck.ID(args[0]), Title: cmp.Or(title, args[0]), Language: language})
		},
	}
	c.Flags().StringVar(&title, "title", "", "deck title (default: the id)")
	c.Flags().StringVar(&language, "language", "", "language of the cards, such as zh or en")
	return c
}

// newDeckComment stands at the end of a new deck and shows what a card can have.
const newDeckComment = `
# A card needs front and back; the other keys may be left out:
#
# [[card]]
# id     = "short-name"             # keeps the progress when the card is reworded
# path   = ["Section", "Part"]
# level  = "beginner"               # or intermediate, advanced
# kind   = "basic"                  # or reversed, cloze, typed, choice, list
# front  = "Question?"
# back   = "Answer."
# note   = "Why it is so."
# source = "Where it comes from."
# choices = ["A wrong answer."]     # for kind = "choice"
# accept = ["Another right answer"]
# tags   = ["exam"]
`

func (a *app) runDeckNew(d deck.Deck) error {
	if slug(string(d.ID)) != string(d.ID) {
		return withHint(usagef("deck id %q is not usable", d.ID), "try mindleaf deck new %s; --title takes any text", slug(string(d.ID)))
	}
	var b bytes.Buffer
	if err := tomlfile.Write(&b, &d); err != nil {
		return err
	}
	b.WriteString(newDeckComment)
	path := a.newDeckPath(d.ID)
	if _, err := tomlfile.Parse(path, b.Bytes()); err != nil {
		return err
	}
	if err := writeNew(path, &b); err != nil {
		if errors.Is(err, os.ErrExist) {
			return withHint(fmt.Errorf("%s is there already", path), "choose another id, or add to it with mindleaf card add --deck %s", d.ID)
		}
		return err
	}
	a.say("started %s: %s", d.Title, path)
	a.say("Next: %s", "mindleaf card add --deck "+string(d.ID))
	return nil
}
