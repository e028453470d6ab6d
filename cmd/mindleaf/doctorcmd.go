package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

func newDoctorCommand(a *app) *cobra.Command {
	fix := false
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Check that progress, decks and backups are sound",
		Long: `doctor checks the database file itself (SQLite's quick_check and foreign keys),
folds the whole log again and compares the state of every card and all counters
with it, reads every deck file and compares it with the index, looks for events
of cards that are not there and of days that have not come or cannot be, and opens
every backup. Each check says how many things are wrong. The exit code is 1 when there
are any.

--fix makes what follows from the log anew, in one transaction and after a
backup, and reads deck files again that the index has wrong. The log itself, what
you answered and when, is never changed. A database that is damaged as a file is
what mindleaf restore is for.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runDoctor(cmd.Context(), fix) },
	}
	c.Flags().BoolVar(&fix, "fix", false, "mend what can be mended, after a backup")
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	return c
}

// finding is what one check of doctor found.
type finding struct {
	Check string `json:"check"`
	// Wrong is how many things are wrong, Looked how many were looked at.
	Wrong  int64 `json:"wrong"`
	Looked int64 `json:"looked"`
	// Fixable says that --fix mends it, Fixed that it did.
	Fixable bool `json:"fixable"`
	Fixed   bool `json:"fixed"`
	// Advice says what to do where --fix cannot help.
	Advice string `json:"advice,omitempty"`
}

func (a *app) runDoctor(ctx context.Context, fix bool) error {
	return a.withLibrary(ctx, func(lib *library) error {
		if err := lib.QuickCheck(ctx); err != nil {
			return err
		}
		findings, err := a.examine(ctx, lib, fix)
		if err != nil {
			return err
		}
		left := int64(0)
		for _, f := range findings {
			if !f.Fixed {
				left += f.Wrong
			}
		}
		if a.json {
			if err := a.printJSON(findings); err != nil {
				return err
			}
		} else {
			a.printFindings(findings)
		}
		if left > 0 {
			return fmt.Errorf("%d things are wrong", left)
		}
		return nil
	})
}

func (a *app) examine(ctx context.Context, lib *library, fix bool) ([]finding, error) {
	progress, err := a.examineProgress(ctx, lib, fix)
	if err != nil {
		return nil, err
	}
	files, err := a.examineFiles(ctx, lib, fix)
	if err != nil {
		return nil, err
	}
	saved, err := a.examineBackups(ctx)
	if err != nil {
		return nil, err
	}
	return append(append(progress, files...), saved), nil
}

func (a *app) examineProgress(ctx context.Context, lib *library, fix bool) ([]finding, error) {
	r, err := lib.Verify(ctx)
	if err != nil {
		return nil, err
	}
	mend := fix && r.Repairable() > 0
	if mend {
		saved, err := a.makeBackup(ctx, lib.DB, a.now())
		if err != nil {
			return nil, err
		}
		a.notice(a.t("backed up to %s", saved))
		if r, err = lib.Repair(ctx); err != nil {
			return nil, err
		}
	}
	ahead, err := lib.EventsAfter(ctx, lib.day+1)
	if err != nil {
		return nil, err
	}
	amiss, err := lib.EventsAmiss(ctx)
	if err != nil {
		return nil, err
	}
	counters := r.Days + r.Sections + r.Levels + r.Trends + r.Hours + r.Pages
	return []finding{
		{Check: a.t("the database file is whole"), Looked: 1},
		{Check: a.t("states of cards are what the log says"), Wrong: r.States, Looked: r.Cards, Fixable: true, Fixed: mend},
		{Check: a.t("counters are what the log says"), Wrong: counters, Looked: r.Events, Fixable: true, Fixed: mend},
		{Check: a.t("events have their cards"), Wrong: r.Orphans + r.Keys, Looked: r.Events,
			Advice: a.t("mindleaf restore brings back a backup from before")},
		{Check: a.t("no event is from a day to come"), Wrong: ahead, Looked: r.Events,
			Advice: a.t("the clock was ahead when they were logged; mindleaf undo takes the last ones back, mindleaf card reset makes a card new again")},
		{Check: a.t("events are from the day that their time says"), Wrong: amiss, Looked: r.Events,
			Advice: a.t("mindleaf restore brings back a backup from before")},
	}, nil
}

// examineFiles compares every deck file with what the index has of it.
func (a *app) examineFiles(ctx context.Context, lib *library, fix bool) ([]finding, error) {
	sources, err := a.sources()
	if err != nil {
		return nil, err
	}
	index, err := lib.Files(ctx)
	if err != nil {
		return nil, err
	}
	known := make(map[string]store.File, len(index))
	broken := int64(0)
	for _, f := range index {
		known[f.Path] = f
		if f.Err != "" {
			broken++
		}
	}
	stale := int64(0)
	for _, s := range sources {
		data, err := s.read()
		if f := known[s.file.Path]; err == nil && f.Err == "" && f.Hash != sha256.Sum256(data) {
			stale++
			if fix {
				f.MTimeNS, f.Hash = 0, [32]byte{}
				if err := lib.TouchFile(ctx, f); err != nil {
					return nil, err
				}
			}
		}
	}
	if stale > 0 && fix {
		if err := a.syncDecks(ctx, lib); err != nil {
			return nil, err
		}
	}
	return []finding{
		{Check: a.t("deck files can be read"), Wrong: broken, Looked: int64(len(sources)), Advice: a.t("mindleaf deck check says what is wrong where")},
		{Check: a.t("the index has what the deck files say"), Wrong: stale, Looked: int64(len(sources)), Fixable: true, Fixed: fix && stale > 0},
	}, nil
}

// examineBackups opens every backup.
func (a *app) examineBackups(ctx context.Context) (finding, error) {
	made, err := backups(a.places.backups)
	f := finding{Check: a.t("backups can be used"), Looked: int64(len(made)), Advice: a.t("mindleaf backup list says which cannot be used and why; keep those of a newer version for it, and remove what is damaged")}
	for _, b := range made {
		if _, err := store.Inspect(ctx, b.path); err != nil {
			if errors.Is(err, context.Canceled) {
				return f, err
			}
			f.Wrong++
		}
	}
	return f, err
}

func (a *app) printFindings(findings []finding) {
	for _, f := range findings {
		switch {
		case f.Wrong == 0:
			a.say("✓ %s (%d looked at)", f.Check, f.Looked)
		case f.Fixed:
			a.say("✓ %s (%d mended)", f.Check, f.Wrong)
		default:
			a.say("✗ %s (%d wrong)", f.Check, f.Wrong)
			advice := f.Advice
			if f.Fixable {
				advice = a.t("mindleaf doctor --fix mends that")
			}
			fmt.Fprintf(a.stdout, "    %s\n", advice)
		}
	}
}
