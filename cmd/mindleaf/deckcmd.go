package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/tomlfile"
	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

func newDeckCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "deck",
		Short: "List, check, format, edit, add and remove decks",
		Long: `Decks are TOML files in your decks folder (mindleaf deck list names it); edit
them with any editor. What changed is read at the next start.`,
	}
	list := &cobra.Command{
		Use: "list", Short: "List the decks", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runDeckList(cmd.Context()) },
	}
	list.Flags().BoolVar(&a.json, "json", false, "print JSON")
	show := &cobra.Command{
		Use: "show DECK", Short: "Print the cards of a deck", Args: cobra.ExactArgs(1),
		RunE:              func(cmd *cobra.Command, args []string) error { return a.runDeckShow(cmd.Context(), args[0]) },
		ValidArgsFunction: a.completeDeckNames,
	}
	show.Flags().BoolVar(&a.json, "json", false, "print JSON")
	var strict bool
	check := &cobra.Command{
		Use: "check [FILE]...", Short: "Check deck files and say what is wrong where",
		Long: `check reads deck files, those of your decks folder when none is named, and lists
every mistake with file, line and column. The exit code is 1 when there is one.
Cards that can be studied but are hard to learn are listed as warnings: the same
question twice or nearly so, an answer that stands in its question, long answers
and lists, choices that give the answer away, a missing source where most cards
have one, uneven brackets, half-width marks in Chinese text. Files with the same
deck id in two languages are compared: cards, levels, kinds and terms that only
one of them has. With --strict a warning is a mistake.`,
		RunE: func(_ *cobra.Command, args []string) error { return a.runDeckCheck(args, strict) },
	}
	check.Flags().BoolVar(&strict, "strict", false, "exit with 1 for warnings too")
	check.Flags().BoolVar(&a.json, "json", false, "print JSON")
	add := &cobra.Command{
		Use: "add FILE", Short: "Copy a deck file into your decks folder", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.runDeckAdd(cmd.Context(), args[0]) },
	}
	remove := &cobra.Command{
		Use: "remove DECK", Short: "Stop studying a deck; its file and its progress are kept", Args: cobra.ExactArgs(1),
		RunE:              func(cmd *cobra.Command, args []string) error { return a.runDeckRemove(cmd.Context(), args[0]) },
		ValidArgsFunction: a.completeDeckNames,
	}
	c.AddCommand(list, show, check, newDeckEditCommand(a), newDeckFmtCommand(a), newDeckNewCommand(a), add, remove)
	return c
}

// jsonDeck is a deck as deck list prints it.
type jsonDeck struct {
	ID       string     `json:"id"`
	Title    string     `json:"title"`
	Language string     `json:"language"`
	File     string     `json:"file"`
	Error    string     `json:"error,omitempty"`
	Due      int64      `json:"due"`
	Counts   jsonCounts `json:"counts"`
}

func (a *app) runDeckList(ctx context.Context) error {
	return a.withLibrary(ctx, func(lib *library) error {
		decks, err := lib.Decks(ctx, lib.day)
		if err != nil {
			return err
		}
		out := []jsonDeck{}
		for _, d := range decks {
			out = append(out, jsonDeck{string(d.ID), d.Title, d.Language, fileName(d.Path), d.Err, d.Due, countsJSON(d.Counts)})
		}
		if a.json {
			return a.printJSON(out)
		}
		for _, d := range out {
			fmt.Fprintf(a.stdout, "%s  %s\n", d.ID, term.Sanitize(d.Title))
			a.say("    %s; %s", a.t("%d cards, %d new, %d due", d.Counts.Total, d.Counts.New, d.Due), a.shownFile(d.File))
		}
		a.say("Decks folder: %s", a.places.decks)
		return nil
	})
}

// fileName is "" for the deck built into the program.
func fileName(path string) string {
	if path == shippedPath {
		return ""
	}
	return path
}

func (a *app) shownFile(file string) string {
	if file == "" {
		return a.t("comes with mindleaf")
	}
	return file
}

// readDeck reads the deck file behind d.
func (a *app) readDeck(d store.Deck) (*deck.Deck, error) {
	if d.Path != shippedPath {
		data, err := os.ReadFile(d.Path)
		if err != nil {
			return nil, err
		}
		return tomlfile.Parse(d.Path, data)
	}
	name, data, err := shippedDeck(a.deckLanguage())
	if err != nil {
		return nil, err
	}
	return tomlfile.Parse(name, data)
}

func (a *app) runDeckShow(ctx context.Context, id string) error {
	return a.withLibrary(ctx, func(lib *library) error {
		found, err := a.oneDeck(ctx, lib, id)
		if err != nil {
			return err
		}
		d, err := a.readDeck(found)
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(cardsJSON(d))
		}
		if len(d.Cards()) == 0 {
			a.say("%s has no cards yet: mindleaf card add --deck %s", d.Title, found.ID)
		}
		var path string
		for _, c := range d.Cards() {
			if at := joinPath(c.Leaf.Path); at != path {
				path = at
				fmt.Fprintln(a.stdout, term.Sanitize(path))
			}
			fmt.Fprintf(a.stdout, "  %s\n    %s\n", term.Sanitize(oneLine(c.Front)), term.Sanitize(oneLine(c.Back)))
		}
		return nil
	})
}

// problem is one mistake in a deck file as deck check prints it.
type problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	// Warning says that the card can be studied all the same.
	Warning bool `json:"warning"`
}

func (a *app) runDeckCheck(files []string, strict bool) error {
	if len(files) == 0 {
		sources, err := deckFiles(a.places.decks)
		if err != nil {
			return err
		}
		for _, s := range sources {
			files = append(files, s.file.Path)
		}
	}
	problems := []problem{}
	var good []checked
	for _, name := range files {
		d, wrong := checkFile(name)
		problems = append(problems, wrong...)
		if d != nil {
			good = append(good, checked{name, d})
		}
	}
	for _, c := range good {
		problems = append(problems, c.warnings(good)...)
	}
	slices.SortStableFunc(problems, func(a, b problem) int {
		return cmp.Or(cmp.Compare(slices.Index(files, a.File), slices.Index(files, b.File)), cmp.Compare(a.Line, b.Line))
	})
	if a.json {
		if err := a.printJSON(problems); err != nil {
			return err
		}
	} else {
		a.printProblems(problems)
	}
	wrong := slices.ContainsFunc(problems, func(p problem) bool { return strict || !p.Warning })
	if wrong {
		return fmt.Errorf("%d problems in %d files", len(problems), len(files))
	}
	if !a.json && len(problems) == 0 {
		a.say("%d deck files checked, nothing wrong", len(files))
	}
	return nil
}

func (a *app) printProblems(problems []problem) {
	for _, p := range problems {
		warning := ""
		if p.Warning {
			warning = a.t("warning: ")
		}
		fmt.Fprintf(a.stdout, "%s:%d:%d: %s%s\n", term.Sanitize(p.File), p.Line, p.Column, warning, term.Sanitize(a.tr(p.Message)))
		if p.Hint != "" {
			fmt.Fprintf(a.stdout, "    %s\n", term.Sanitize(a.tr(p.Hint)))
		}
	}
}

// checkFile returns the deck of a file, or what is wrong with it; that it cannot
// be read is wrong with it too.
func checkFile(name string) (*deck.Deck, []problem) {
	data, err := os.ReadFile(name)
	var d *deck.Deck
	if err == nil {
		d, err = tomlfile.Parse(name, data)
	}
	var bad *tomlfile.Error
	switch {
	case err == nil:
		return d, nil
	case !errors.As(err, &bad):
		return nil, []problem{{File: name, Line: 1, Column: 1, Message: "cannot be read: " + err.Error(), Hint: "check that it is a file and who may read it"}}
	}
	out := make([]problem, len(bad.Problems))
	for i, p := range bad.Problems {
		out[i] = problem{File: name, Line: p.Line, Column: p.Column, Message: p.Message, Hint: p.Hint}
	}
	return nil, out
}

// checked is a deck file that can be studied.
type checked struct {
	name string
	deck *deck.Deck
}

// warnings returns what could be better about c, also beside its versions in
// other languages among all.
func (c checked) warnings(all []checked) []problem {
	found := c.deck.Lint()
	for _, other := range all {
		if other.deck.ID == c.deck.ID && other.deck.Language != c.deck.Language {
			found = append(found, c.deck.Compare(other.deck)...)
		}
	}
	out := make([]problem, len(found))
	for i, p := range found {
		out[i] = problem{File: c.name, Line: p.Pos.Line, Column: p.Pos.Column, Message: p.Message, Hint: p.Hint, Warning: true}
	}
	return out
}

func (a *app) runDeckAdd(ctx context.Context, name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	d, err := tomlfile.Parse(name, data)
	if err != nil {
		return err
	}
	path := filepath.Join(a.places.decks, filepath.Base(name))
	if !strings.HasSuffix(path, ".toml") {
		path += ".toml"
	}
	if err := writeNew(path, bytes.NewReader(data)); err != nil {
		if errors.Is(err, os.ErrExist) {
			return withHint(fmt.Errorf("%s is there already", path), "edit that file, or rename yours")
		}
		return err
	}
	return a.withLibrary(ctx, func(*library) error {
		a.say("added %s with %d cards: %s", d.Title, len(d.Cards()), path)
		return nil
	})
}

// runDeckRemove moves a deck's file out of the way, or switches the deck that
// comes with the program off.
func (a *app) runDeckRemove(ctx context.Context, id string) error {
	return a.withLibrary(ctx, func(lib *library) error {
		d, err := a.oneDeck(ctx, lib, id)
		if err != nil {
			return err
		}
		if d.Path == shippedPath {
			if err := a.writeSetting("shipped_deck", "false"); err != nil {
				return err
			}
			a.config.ShippedDeck = false
			a.say("%s is no longer studied; mindleaf config set shipped_deck true brings it back.", d.Title)
		} else {
			kept, err := setAside(d.Path)
			if err != nil {
				return err
			}
			a.say("%s is no longer studied; its file is now %s, and its progress is kept.", d.Title, kept)
		}
		return a.syncDecks(ctx, lib)
	})
}

// removedFolder is the folder beside deck files for those that were taken away, and
// importedFolder the one for what imports wrote.
const (
	removedFolder  = "removed"
	importedFolder = ".imported"
)

// setAside moves a deck file into the folder "removed" beside it, under a name
// that is free.
func setAside(path string) (string, error) {
	to := asideName(path)
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return "", err
	}
	return to, store.PutNew(path, to)
}

// asideName is a free name for a deck file in the folder "removed" beside it.
func asideName(path string) string {
	folder := filepath.Join(filepath.Dir(path), removedFolder)
	to := filepath.Join(folder, filepath.Base(path))
	for n := 2; exists(to); n++ {
		to = filepath.Join(folder, fmt.Sprintf("%s.%d.toml", strings.TrimSuffix(filepath.Base(path), ".toml"), n))
	}
	return to
}
