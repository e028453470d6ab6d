package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

func newDoctorCommand(a *app) *cobra.Command {
	fix := false
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Check that progress, decks and backups are sound",
		Long: `doctor checks the database file itself (SQLite's checks of pages, indexes and
keys), folds the whole log again and compares the state of every card and all
counters with it, reads every deck file and compares it with the index, looks for
events that are gone from the log, that are of cards which are not there, and of
days that have not come or cannot be, and opens every backup. Each check says how
many things are wrong. The exit code is 1 when there are any.

--fix makes a backup. Then it makes anew, in one transaction, what follows from the
log, and reads deck files again that the index has wrong. The log itself, what you
answered and when, is never changed. A database that is damaged as a file is what
mindleaf restore is for.`,
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
		findings, err := (&checkup{app: a, lib: lib, fix: fix}).all(ctx)
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

// checkup is one run of doctor.
type checkup struct {
	*app
	lib *library
	// fix says that what can be mended is, and saved that a backup was made before.
	fix, saved bool
	// events is how many there are in the log.
	events int64
}

func (c *checkup) all(ctx context.Context) (findings []finding, err error) {
	for _, part := range []func(context.Context) ([]finding, error){c.indexes, c.progress, c.times, c.files, c.backups} {
		found, err := part(ctx)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	return findings, nil
}

// mend runs f, after a backup, when something is wrong and to be mended.
func (c *checkup) mend(ctx context.Context, wrong bool, f func() error) error {
	if !wrong || !c.fix {
		return nil
	}
	if !c.saved {
		saved, err := c.makeBackup(ctx, c.lib.DB, c.now())
		if err != nil {
			return err
		}
		c.saved = true
		c.notice(c.t("backed up to %s", saved))
	}
	return f()
}

// indexes looks at the database file and SQLite's indexes in it. A file that is not whole
// is an error.
func (c *checkup) indexes(ctx context.Context) ([]finding, error) {
	f := finding{Check: c.t("the indexes of the database file are right"), Looked: 1, Fixable: true}
	err := c.lib.IntegrityCheck(ctx)
	if errors.Is(err, store.ErrNotOurs) {
		if err = c.lib.QuickCheck(ctx); err != nil {
			return nil, err
		}
		f.Wrong = 1
		err = c.mend(ctx, true, func() error {
			f.Fixed = true
			return errors.Join(c.lib.Reindex(ctx), c.lib.IntegrityCheck(ctx))
		})
	}
	return []finding{{Check: c.t("the database file is whole"), Looked: 1}, f}, err
}

// progress compares what follows from the log and from the deck files with them.
func (c *checkup) progress(ctx context.Context) ([]finding, error) {
	r, err := c.lib.Verify(ctx)
	if err != nil {
		return nil, err
	}
	c.events = r.Events
	now := r // after what is mended
	err = c.mend(ctx, r.Misfiled > 0, func() (err error) {
		if _, err = c.lib.Refile(ctx); err == nil {
			err = c.syncDecks(ctx, c.lib)
		}
		if err == nil {
			now, err = c.lib.Verify(ctx)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	mended := c.fix && now.Repairable() > 0
	if err := c.mend(ctx, mended, func() error { _, err := c.lib.Repair(ctx); return err }); err != nil {
		return nil, err
	}
	states, counters := r.States, r.Days+r.Sections+r.Levels+r.Trends+r.Hours+r.Pages+r.Numbers
	goBack := c.t("mindleaf restore brings back a backup from before")
	found := []finding{
		{Check: c.t("states of cards are what the log says"), Wrong: states, Looked: r.Cards, Fixable: r.Unfolded == 0, Fixed: mended, Advice: goBack},
		{Check: c.t("counters are what the log says"), Wrong: counters, Looked: r.Events, Fixable: r.Unfolded == 0, Fixed: mended, Advice: goBack},
		{Check: c.t("cards have their texts and sections"), Wrong: r.Misfiled, Looked: r.Cards, Fixable: !c.fix, Fixed: c.fix && now.Misfiled == 0,
			Advice: c.t("their deck file could not be read again; mindleaf deck check says what is wrong where")},
		{Check: c.t("events are of cards and devices that are there"), Wrong: r.Orphans + r.Keys, Looked: r.Events, Advice: goBack},
		{Check: c.t("the log has the answers that cards count"), Wrong: r.Missing, Looked: r.Cards,
			Advice: c.t("some are gone from the log: mindleaf restore brings back a backup from before, --fix goes on without them")},
	}
	if r.Unfolded > 0 {
		found = append(found, finding{Check: c.t("events are what a version of mindleaf logs"), Wrong: r.Unfolded, Looked: r.Events,
			Advice: c.tr(r.Why.Error()) + "; " + goBack})
	}
	return found, nil
}

// times looks for events of days that have not come or cannot be.
func (c *checkup) times(ctx context.Context) ([]finding, error) {
	ahead, err := c.lib.EventsAfter(ctx, c.lib.lastDay())
	if err != nil {
		return nil, err
	}
	amiss, err := c.lib.EventsAmiss(ctx)
	return []finding{
		{Check: c.t("no event is from a day to come"), Wrong: ahead, Looked: c.events,
			Advice: c.t("put the clock right if it is wrong; if it was wrong then, mindleaf undo --future takes these answers back")},
		{Check: c.t("events are from the day that their time says"), Wrong: amiss, Looked: c.events,
			Advice: c.t("the clock jumped, or a question was left open for days; they count for the study day that was logged, and nothing has to be done")},
	}, err
}

// files compares every deck file with what the index has of it.
func (c *checkup) files(ctx context.Context) ([]finding, error) {
	sources, err := c.sources()
	if err != nil {
		return nil, err
	}
	index, err := c.lib.Files(ctx)
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
	var stale []store.File
	for _, s := range sources {
		data, err := s.read()
		if f := known[s.file.Path]; err == nil && f.Err == "" && f.Hash != sha256.Sum256(data) {
			stale = append(stale, f)
		}
	}
	err = c.mend(ctx, len(stale) > 0, func() error {
		for _, f := range stale {
			f.MTimeNS, f.Hash = 0, [32]byte{}
			if err := c.lib.TouchFile(ctx, f); err != nil {
				return err
			}
		}
		return c.syncDecks(ctx, c.lib)
	})
	wrong := int64(len(stale))
	return []finding{
		{Check: c.t("deck files can be read"), Wrong: broken, Looked: int64(len(sources)), Advice: c.t("mindleaf deck check says what is wrong where")},
		{Check: c.t("the index has what the deck files say"), Wrong: wrong, Looked: int64(len(sources)), Fixable: true, Fixed: c.fix && wrong > 0},
	}, err
}

// backups opens every backup, and tries whether there is a way to make others.
func (c *checkup) backups(ctx context.Context) ([]finding, error) {
	folder := c.places.backups
	made, listing := backups(folder)
	usable := finding{Check: c.t("backups can be used"), Looked: int64(len(made)), Advice: c.t("mindleaf backup list says which cannot be used and why; keep those of a newer version for it, and remove what is damaged")}
	for _, b := range made {
		if _, err := store.Inspect(ctx, b.path); err != nil {
			if errors.Is(err, context.Canceled) {
				return nil, err
			}
			usable.Wrong++
		}
	}
	if listing != nil {
		usable.Wrong, usable.Advice = 1, c.tr(listing.Error())
	}
	writable := finding{Check: c.t("backups can be made"), Looked: 1}
	if err := store.TryFolder(folder); err != nil {
		writable.Wrong, writable.Advice = 1, c.tr(err.Error())
	}
	return []finding{usable, writable}, nil
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
			advice := term.Sanitize(f.Advice)
			if f.Fixable {
				advice = a.t("mindleaf doctor --fix mends that")
			}
			fmt.Fprintf(a.stdout, "    %s\n", advice)
		}
	}
}
