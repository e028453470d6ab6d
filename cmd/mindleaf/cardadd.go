package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/tomlfile"
	"github.com/spf13/cobra"
)

// cardFlags are the flags of card add.
type cardFlags struct {
	deck, section, level, kind string
	front, back, note, source  string
	tags, choices, accept      []string
}

func newCardAddCommand(a *app) *cobra.Command {
	var f cardFlags
	c := &cobra.Command{
		Use:   "add [-]",
		Short: "Add cards to a deck file",
		Long: `add puts a card at the end of a deck file; what stands in the file already stays
as it is. Without --front it asks for front, back and note, and Esc leaves without
writing. With - it reads cards from standard input, either lines of front, tab,
back and if wanted tab, note, or [[card]] tables as they stand in a deck file;
the other flags then hold for lines only. Either all of the cards are added or,
when one has a mistake, none. What deck check would say about the new cards, such as
that the question is there already, is said at once.`,
		Example: `  mindleaf card add --deck tang-poems --front '床前明月光，____。' --back 疑是地上霜
  mindleaf card add --deck tang-poems --section '李白 / 五言' - < cards.txt`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && args[0] != "-" {
				return withHint(usagef("unexpected argument %q", args[0]), "--front and --back take the texts; - reads from standard input")
			}
			return a.withLibrary(cmd.Context(), func(lib *library) error {
				return a.runCardAdd(cmd.Context(), lib, &f, len(args) == 1)
			})
		},
	}
	c.Flags().StringVar(&f.deck, "deck", "", "id or title of the deck (default: the only one)")
	c.Flags().StringVar(&f.section, "section", "", "section, such as 'A / B'")
	c.Flags().StringVar(&f.level, "level", "", "beginner, intermediate or advanced")
	c.Flags().StringVar(&f.kind, "kind", "", "kind of the card, such as basic, cloze, choice or list")
	c.Flags().StringVar(&f.front, "front", "", "the question")
	c.Flags().StringVar(&f.back, "back", "", "the answer")
	c.Flags().StringVar(&f.note, "note", "", "an explanation, shown with the answer")
	c.Flags().StringVar(&f.source, "source", "", "where it comes from")
	c.Flags().StringSliceVar(&f.tags, "tags", nil, "tags, separated by commas")
	c.Flags().StringArrayVar(&f.choices, "choice", nil, "a wrong answer to choose from; may be given several times")
	c.Flags().StringArrayVar(&f.accept, "accept", nil, "another right answer; may be given several times")
	return c
}

func (a *app) runCardAdd(ctx context.Context, lib *library, f *cardFlags, fromStdin bool) error {
	found, err := a.oneDeck(ctx, lib, f.deck)
	if err != nil {
		return err
	}
	if found.Path == shippedPath {
		return withHint(fmt.Errorf("%s comes with mindleaf and cannot be added to", found.Title), "mindleaf deck new ID starts a deck of your own")
	}
	data, err := os.ReadFile(found.Path)
	if err != nil {
		return err
	}
	file, err := tomlfile.Load(found.Path, data)
	if err != nil {
		return err
	}
	leaves, err := a.cardsToAdd(f, fromStdin)
	if err != nil || len(leaves) == 0 {
		return err
	}
	before := len(file.Deck().Cards())
	for _, leaf := range leaves {
		if err := file.Append(leaf); err != nil {
			return err
		}
	}
	if now, err := os.ReadFile(found.Path); err != nil {
		return err
	} else if !bytes.Equal(now, data) {
		return withHint(fmt.Errorf("%s was changed meanwhile", found.Path), "nothing was written; add the card again")
	}
	if err := writeFile(found.Path, bytes.NewReader(file.Bytes())); err != nil {
		return err
	}
	for _, c := range file.Deck().Cards()[before:] {
		a.say("added card %s to %s", c.ID, found.Path)
	}
	old := bytes.Count(data, []byte("\n"))
	a.printProblems(slices.DeleteFunc(checked{found.Path, file.Deck()}.warnings(nil), func(p problem) bool { return p.Line <= old }))
	return a.syncDecks(ctx, lib)
}

// cardsToAdd returns what the flags, standard input or the learner say; none
// when the learner leaves.
func (a *app) cardsToAdd(f *cardFlags, fromStdin bool) ([]deck.Leaf, error) {
	leaf, err := f.leaf()
	if err != nil {
		return nil, err
	}
	if fromStdin {
		text, err := io.ReadAll(a.input)
		if err != nil {
			return nil, fmt.Errorf("reading standard input: %w", err)
		}
		return cardsIn(strings.TrimPrefix(string(text), "\ufeff"), leaf)
	}
	if f.front != "" {
		return []deck.Leaf{leaf}, nil
	}
	if !a.talksToTerminal() {
		return nil, withHint(usagef("there is no terminal to ask in"), "--front and --back take the texts; - reads from standard input")
	}
	p, err := a.prompter(false)
	if err != nil {
		return nil, err
	}
	complete, err := a.askCard(p, &leaf.Entries[0])
	if err := errors.Join(err, p.Close()); err != nil || !complete {
		return nil, err
	}
	return []deck.Leaf{leaf}, nil
}

// leaf returns the card that the flags describe.
func (f *cardFlags) leaf() (deck.Leaf, error) {
	e := deck.Entry{Front: f.front, Back: f.back, Note: f.note, Source: f.source, Accept: f.accept, Tags: f.tags}
	for _, text := range f.choices {
		e.Choices = append(e.Choices, deck.Option{Text: text})
	}
	var leaf deck.Leaf
	var err error
	if f.kind != "" {
		if e.Kind, err = deck.ParseKind(f.kind); err != nil {
			return leaf, usageError{err}
		}
	}
	if f.level != "" {
		if leaf.Level, err = deck.ParseLevel(f.level); err != nil {
			return leaf, usageError{err}
		}
	}
	if f.section != "" {
		for _, name := range strings.Split(f.section, " / ") {
			leaf.Path = append(leaf.Path, strings.TrimSpace(name))
		}
	}
	leaf.Entries = []deck.Entry{e}
	return leaf, nil
}

// askCard asks for the texts of e that are missing. It is false when the learner
// leaves before the last.
func (a *app) askCard(p term.Prompter, e *deck.Entry) (bool, error) {
	filled := func(s string) error {
		if strings.TrimSpace(s) == "" {
			return errors.New(a.t("it must not be empty"))
		}
		return nil
	}
	back := filled
	if e.Kind == deck.Cloze {
		back = nil // the blanks are the answer
	}
	for _, q := range []struct {
		label    string
		text     *string
		validate func(string) error
	}{{a.t("Front"), &e.Front, filled}, {a.t("Back"), &e.Back, back}, {a.t("Note, may be empty"), &e.Note, nil}} {
		view := term.View{Status: []string{a.t("new card")}}
		if e.Front != "" {
			view.Body = []term.Block{{Kind: term.Question, Text: e.Front}}
		}
		out, err := p.Ask(view, q.label, *q.text, q.validate)
		switch {
		case err != nil:
			return false, err
		case out.Kind == term.Interrupt || out.Kind == term.EOF:
			return false, errInterrupted
		case out.Kind != term.Answer:
			return false, nil
		}
		*q.text = strings.TrimSpace(out.Text)
	}
	return true, nil
}

// cardsIn reads cards from a text: tables of a deck file when it begins with one,
// else a card a line, made like the pattern.
func cardsIn(text string, pattern deck.Leaf) ([]deck.Leaf, error) {
	if strings.HasPrefix(strings.TrimSpace(text), "[[") {
		return cardTables(text)
	}
	var leaves []deck.Leaf
	n := 0
	for line := range strings.Lines(text) {
		n++
		if line = strings.TrimRight(line, "\r\n"); strings.TrimSpace(line) == "" {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) < 2 || len(fields) > 3 {
			return nil, withHint(fmt.Errorf("standard input:%d: %d fields, not front, back and note", n, len(fields)), "put one tab between front and back, and one before the note")
		}
		e := pattern.Entries[0]
		e.Front, e.Back = strings.TrimSpace(fields[0]), strings.TrimSpace(fields[1])
		if len(fields) == 3 {
			e.Note = strings.TrimSpace(fields[2])
		}
		leaf := pattern
		leaf.Entries = []deck.Entry{e}
		leaves = append(leaves, leaf)
	}
	if len(leaves) == 0 {
		return nil, errors.New("standard input has no cards")
	}
	return leaves, nil
}

// cardTables reads tables as they stand in a deck file after its head.
func cardTables(text string) ([]deck.Leaf, error) {
	const head = "deck.title = \"-\"\n"
	d, err := tomlfile.Parse("standard input", []byte(head+text))
	if err == nil {
		return d.Leaves, nil
	}
	var bad *tomlfile.Error
	if errors.As(err, &bad) {
		for i := range bad.Problems {
			bad.Problems[i].Line = max(1, bad.Problems[i].Line-1)
		}
	}
	return nil, err
}
