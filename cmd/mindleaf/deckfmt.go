package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/deck/tomlfile"
	"github.com/spf13/cobra"
)

func newDeckFmtCommand(a *app) *cobra.Command {
	var checkOnly bool
	c := &cobra.Command{
		Use:   "fmt [DECK|FILE]...",
		Short: "Give deck files their usual form",
		Long: `fmt gives deck files, all of your decks folder when none is named, the form in
which mindleaf writes them: an empty line before each table, equals signs in one
column, one way to indent. Keys, comments and cards keep their order, and every
text its wording. A file with a mistake is left as it is. With --check nothing is
written: the files that would change are listed, and the exit code is 1 when
there is one.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runDeckFmt(cmd.Context(), args, checkOnly)
		},
		ValidArgsFunction: a.completeDeckFiles,
	}
	c.Flags().BoolVar(&checkOnly, "check", false, "list what would change, and write nothing")
	return c
}

func (a *app) runDeckFmt(ctx context.Context, names []string, checkOnly bool) error {
	files, err := a.ownDeckFiles(ctx, names)
	if err != nil {
		return err
	}
	var failed error
	changes := 0
	for _, name := range files {
		changed, err := formatFile(name, checkOnly)
		switch {
		case err != nil:
			failed = errors.Join(failed, err)
		case changed && checkOnly:
			fmt.Fprintln(a.stdout, term.Sanitize(name))
			changes++
		case changed:
			a.say("formatted %s", name)
			changes++
		}
	}
	switch {
	case failed != nil:
		return withHint(failed, "mindleaf deck check lists every mistake and what to do")
	case checkOnly && changes > 0:
		return withHint(fmt.Errorf("%d of %d deck files are not formatted", changes, len(files)), "mindleaf deck fmt formats them")
	case changes == 0:
		a.say("%d deck files, all formatted already", len(files))
	}
	return nil
}

// formatFile formats a deck file, unless checkOnly, and reports whether that
// changes anything.
func formatFile(name string, checkOnly bool) (changed bool, err error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return false, err
	}
	file, err := tomlfile.Load(name, data)
	if err != nil {
		return false, err
	}
	if changed, err = file.Format(); err != nil || !changed || checkOnly {
		return changed, err
	}
	return true, writeFile(name, bytes.NewReader(file.Bytes()))
}

// ownDeckFiles returns the files of the decks named, or those named themselves;
// all of the decks folder for no names.
func (a *app) ownDeckFiles(ctx context.Context, names []string) (files []string, err error) {
	if len(names) == 0 {
		sources, err := deckFiles(a.places.decks)
		for _, s := range sources {
			files = append(files, s.file.Path)
		}
		return files, err
	}
	for _, name := range names {
		path, err := a.fileOfDeck(ctx, name)
		if err == nil && path == shippedPath {
			err = fmt.Errorf("%s comes with mindleaf and is no file of yours", name)
		}
		if err != nil {
			return nil, err
		}
		files = append(files, path)
	}
	return files, nil
}
