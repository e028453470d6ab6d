package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

func newDeckEditCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "edit DECK|FILE",
		Short: "Open the file of a deck in your editor",
		Long: `edit opens the file of a deck in your editor (VISUAL, EDITOR, or one that is
there): at its first mistake when it has one. Afterwards it says what is wrong with
the file, if anything. The deck that comes with mindleaf is copied into your decks
folder first, when you agree; your progress stays.`,
		Args:              cobra.ExactArgs(1),
		RunE:              func(cmd *cobra.Command, args []string) error { return a.runDeckEdit(cmd.Context(), args[0]) },
		ValidArgsFunction: a.completeDeckFiles,
	}
}

func (a *app) runDeckEdit(ctx context.Context, name string) error {
	path, err := a.fileOfDeck(ctx, name)
	if err != nil {
		return err
	}
	if err := a.needEditor(path); err != nil {
		return err
	}
	if path == shippedPath {
		if path, err = a.offerCopy(); err != nil || path == "" {
			return err
		}
	}
	line := 1
	if _, wrong := checkFile(path); len(wrong) > 0 {
		line = wrong[0].Line
	}
	if err := a.openEditor(ctx, path, line); err != nil {
		return err
	}
	d, wrong := checkFile(path)
	if len(wrong) > 0 {
		a.printProblems(wrong)
		return withHint(fmt.Errorf("%d problems in %d files", len(wrong), 1), "mindleaf deck edit opens the file again, at the first of them")
	}
	a.say("%s: %d cards, nothing wrong", d.Title, len(d.Cards()))
	return a.withLibrary(ctx, func(*library) error { return nil }) // reads what changed
}

// fileOfDeck is the file of a deck named by its id or title, or by the file itself.
func (a *app) fileOfDeck(ctx context.Context, name string) (path string, err error) {
	if strings.HasSuffix(name, ".toml") || strings.ContainsRune(name, os.PathSeparator) {
		_, err := os.Stat(name)
		return name, err
	}
	err = a.withLibrary(ctx, func(lib *library) error {
		d, err := a.oneDeck(ctx, lib, name)
		path = d.Path
		return err
	})
	return path, err
}
