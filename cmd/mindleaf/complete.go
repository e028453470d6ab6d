package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs/filter"
	"github.com/spf13/cobra"
)

// manyNames is how many names the shell is offered at most.
const manyNames = 200

// completing runs f on the library for the shell, which cannot be told of errors, and
// returns those of the names that a terminal does not obey.
func (a *app) completing(cmd *cobra.Command, f func(*library) ([]string, error)) []string {
	if a.prepare(cmd) != nil {
		return nil
	}
	lib, err := a.openLibrary(cmd.Context())
	if err != nil {
		return nil
	}
	names, err := f(lib)
	if errors.Join(err, lib.Close()) != nil {
		return nil
	}
	// The shell prints what it offers, and types it.
	return slices.DeleteFunc(names, func(name string) bool { return term.Sanitize(name) != name })
}

// deckNames are the ids of the decks, and with sections also their names.
func (a *app) deckNames(cmd *cobra.Command, sections bool) []string {
	return a.completing(cmd, func(lib *library) (names []string, err error) {
		decks, err := lib.Decks(cmd.Context(), lib.day)
		if err != nil {
			return nil, err
		}
		for _, d := range decks {
			names = append(names, string(d.ID))
			if !sections {
				continue
			}
			found, err := lib.Sections(cmd.Context(), d.ID, lib.day)
			if err != nil {
				return nil, err
			}
			for _, s := range found {
				names = append(names, s.Name)
			}
		}
		return names, nil
	})
}

// completeFlags offers the values of the flags that name a deck, a section or a
// level, in all commands below c.
func (a *app) completeFlags(c *cobra.Command) {
	for name, complete := range map[string]cobra.CompletionFunc{
		"deck": func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			return a.deckNames(cmd, false), cobra.ShellCompDirectiveNoFileComp
		},
		"section": a.completeSectionPaths,
		"level":   cobra.FixedCompletions(filter.Words["level"], cobra.ShellCompDirectiveNoFileComp),
	} {
		if c.Flags().Lookup(name) != nil {
			_ = c.RegisterFlagCompletionFunc(name, complete) // fails for a flag that is not there only
		}
	}
	for _, sub := range c.Commands() {
		a.completeFlags(sub)
	}
}

// completeSectionPaths offers sections with those above them.
func (a *app) completeSectionPaths(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	names := a.completing(cmd, func(lib *library) (names []string, err error) {
		decks, err := lib.Decks(cmd.Context(), lib.day)
		for _, d := range decks {
			sections, sectionErr := lib.Sections(cmd.Context(), d.ID, lib.day)
			err = errors.Join(err, sectionErr)
			for _, s := range sections[:min(len(sections), manyNames)] {
				path, pathErr := lib.SectionPath(cmd.Context(), s.Key)
				err = errors.Join(err, pathErr)
				names = append(names, strings.Join(path, " / "))
			}
		}
		return names, err
	})
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeDecks offers deck ids and section names to the shell.
func (a *app) completeDecks(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return a.deckNames(cmd, true), cobra.ShellCompDirectiveNoFileComp
}

// completeScope offers deck ids and section names, or what a filter may say.
func (a *app) completeScope(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 || strings.Contains(typed, ":") {
		return a.completeFilter(cmd, args, typed)
	}
	return a.completeDecks(cmd, args, typed)
}

// completeDeckNames offers deck ids.
func (a *app) completeDeckNames(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return a.deckNames(cmd, false), cobra.ShellCompDirectiveNoFileComp
}

// completeDeckFiles offers deck ids, and leaves files to the shell.
func (a *app) completeDeckFiles(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return a.deckNames(cmd, false), cobra.ShellCompDirectiveDefault
}

// completeCards offers the names of cards that begin with what is typed, or what
// a filter may say.
func (a *app) completeCards(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if strings.ContainsAny(typed, ":<>=") {
		return a.completeFilter(cmd, args, typed)
	}
	names := a.completing(cmd, func(lib *library) (names []string, err error) {
		found, err := lib.Named(cmd.Context(), typed, manyNames)
		for _, n := range found {
			if name := string(n.Deck) + "/" + string(n.Card); strings.HasPrefix(name, typed) {
				names = append(names, name)
			} else {
				names = append(names, string(n.Card))
			}
		}
		return names, err
	})
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeFlagged is completeCards behind the number of a flag.
func (a *app) completeFlagged(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return a.completeCards(cmd, args, typed)
	}
	return []string{"0", "1", "2", "3", "4", "5", "6", "7"}, cobra.ShellCompDirectiveNoFileComp
}

// completeFilter offers the keys of a filter, and behind a key its words.
func (a *app) completeFilter(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	key, _, found := strings.Cut(typed, ":")
	if !found {
		var keys []string
		for _, k := range filter.Keys {
			keys = append(keys, k+":")
		}
		return keys, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
	values := filter.Words[key]
	switch key {
	case "deck":
		values = a.deckNames(cmd, false)
	case "section":
		values = a.deckNames(cmd, true)
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = (&filter.Expr{Key: key, Value: v}).String()
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
