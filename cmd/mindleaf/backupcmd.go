package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

func newBackupCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "backup [FILE]",
		Short: "Make a backup of your progress, or list the backups",
		Long: `backup copies the database with all progress, as it is at one moment, into the
backups folder or to FILE, checks the copy, and only then gives it its name. You
may go on reviewing in another terminal meanwhile. Deck files are not in it:
they are text files of your own.

Backups are made by themselves too: after a command that changed something, when
the last one is an hour old or older, and before a restore, a repair or a change
of the database's format. All of the last two days are kept, then one of each of
12 days, 10 weeks and 9 months. They lie on the same disk as the progress: copy
some elsewhere from time to time.`,
		Example: "  mindleaf backup\n  mindleaf backup list\n  mindleaf backup /media/stick/mindleaf.db",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			to := ""
			if len(args) == 1 {
				to = args[0]
			}
			return a.runBackup(cmd.Context(), to)
		},
	}
	list := &cobra.Command{
		Use: "list", Short: "List the backups, the newest first", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runBackupList(cmd.Context()) },
	}
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	list.Flags().BoolVar(&a.json, "json", false, "print JSON")
	c.AddCommand(list)
	return c
}

// jsonBackup is a backup as backup --json and backup list --json print it.
type jsonBackup struct {
	File    string `json:"file"`
	At      string `json:"at"`
	Bytes   int64  `json:"bytes"`
	Cards   int64  `json:"cards"`
	Reviews int64  `json:"reviews"`
	// Newest is the time of the newest event in it, "" when there is none.
	Newest string `json:"newest"`
	// Error says why the backup cannot be used, "" when it can.
	Error string `json:"error"`
}

func (a *app) runBackup(ctx context.Context, to string) error {
	return a.withLibrary(ctx, func(lib *library) (err error) {
		if to == "" {
			to, err = a.makeBackup(ctx, lib.DB, a.now())
		} else {
			_, err = lib.Backup(ctx, to)
		}
		if err != nil {
			return withHint(err, "mindleaf backup FILE puts a backup elsewhere")
		}
		info, err := os.Stat(to)
		if err != nil {
			return err
		}
		b := a.inspected(ctx, backupFile{path: to, at: a.now(), size: info.Size()})
		if a.json {
			return a.printJSON(b)
		}
		a.say("backed up %d cards and %d reviews to %s", b.Cards, b.Reviews, to)
		return nil
	})
}

// inspected says what a backup holds.
func (a *app) inspected(ctx context.Context, b backupFile) jsonBackup {
	out := jsonBackup{File: b.path, At: b.at.Format(time.RFC3339), Bytes: b.size}
	h, err := store.Inspect(ctx, b.path)
	if err != nil {
		out.Error = err.Error()
		return out
	}
	out.Cards, out.Reviews = h.Cards, h.Reviews
	if !h.Newest.IsZero() {
		out.Newest = h.Newest.In(a.now().Location()).Format(time.RFC3339)
	}
	return out
}

func (a *app) runBackupList(ctx context.Context) error {
	made, err := backups(a.places.backups)
	if err != nil {
		return err
	}
	out := make([]jsonBackup, len(made))
	for i, b := range made {
		out[i] = a.inspected(ctx, b)
	}
	if a.json {
		return a.printJSON(out)
	}
	for i, b := range out {
		fmt.Fprintf(a.stdout, "%s  %s\n", a.clock(made[i].at), term.Sanitize(a.backupLine(b)))
	}
	a.say("%d backups in %s", len(out), a.places.backups)
	return nil
}

// clock writes a time to the minute, in the learner's zone.
func (a *app) clock(t time.Time) string {
	return t.In(a.now().Location()).Format("2006-01-02 15:04")
}

func (a *app) backupLine(b jsonBackup) string {
	if b.Error != "" {
		return a.t("cannot be used: %s", a.tr(b.Error))
	}
	return a.t("%d cards, %d reviews, %.1f MB", b.Cards, b.Reviews, float64(b.Bytes)/1e6)
}

func newRestoreCommand(a *app) *cobra.Command {
	yes := false
	c := &cobra.Command{
		Use:   "restore [FILE]",
		Short: "Go back to a backup of your progress",
		Long: `restore puts a backup in the place of the present progress. Without FILE it offers
the backups there are. It first says what both hold and what would be lost, asks,
and makes a backup of the present progress, so that a restore can be taken back
by another one. A database that is damaged is not thrown away but set aside, and
what can still be read of the answers in it is added to the backup.`,
		Example: "  mindleaf restore\n  mindleaf restore mindleaf-20260105T080000Z.db",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := ""
			if len(args) == 1 {
				name = args[0]
			}
			return a.runRestore(cmd.Context(), name, yes)
		},
	}
	c.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return c
}

func (a *app) runRestore(ctx context.Context, name string, yes bool) error {
	from, err := a.chooseBackup(ctx, name)
	if err != nil || from == "" {
		return err
	}
	backup, err := store.Inspect(ctx, from)
	if err != nil {
		return withHint(err, "mindleaf backup list shows the backups that can be used")
	}
	db, present, err := a.openPresent(ctx)
	if err != nil {
		return a.replaceUnusable(ctx, from, backup, err, yes)
	}
	defer db.Close()
	lost, err := db.Beyond(ctx, from)
	if err != nil {
		return err
	}
	a.say("present: %s", a.holding(present))
	a.say("backup:  %s", a.holding(backup))
	if lost > 0 {
		a.say("%d events since the backup would be taken out of the present progress.", lost)
	}
	if ok, err := a.agree(yes, a.t("Restore this backup?")); err != nil || !ok {
		return err
	}
	saved, err := a.makeBackup(ctx, db, a.now())
	if err != nil {
		return err
	}
	if err := errors.Join(db.Restore(ctx, from), db.Close()); err != nil {
		return err
	}
	if err := a.newDevice(ctx); err != nil {
		return err
	}
	a.say("restored. The progress of before is in %s", saved)
	return nil
}

// newDevice has this machine go on under another name in the store that was restored.
func (a *app) newDevice(ctx context.Context) error {
	db, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	return errors.Join(db.NewDevice(ctx, a.random), db.Close())
}

// openPresent opens the present database without reading deck files; an error
// when it is not there or cannot be used.
func (a *app) openPresent(ctx context.Context) (*store.DB, store.Holding, error) {
	if _, err := os.Stat(a.places.database); err != nil {
		return nil, store.Holding{}, err
	}
	db, err := a.openStore(ctx)
	if err != nil {
		return nil, store.Holding{}, err
	}
	h, err := db.Holding(ctx)
	if err == nil {
		err = db.QuickCheck(ctx)
	}
	if err != nil {
		return nil, h, errors.Join(err, db.Close())
	}
	return db, h, nil
}

// holding says what a database holds.
func (a *app) holding(h store.Holding) string {
	newest := a.t("never")
	if !h.Newest.IsZero() {
		newest = a.clock(h.Newest)
	}
	return a.t("%d cards, %d reviews, last change %s", h.Cards, h.Reviews, newest)
}

// chooseBackup returns the backup that is meant: a path, a name in the backups
// folder, or the one the learner chooses; "" when none.
func (a *app) chooseBackup(ctx context.Context, name string) (string, error) {
	if name != "" {
		if inFolder := filepath.Join(a.places.backups, name); !exists(name) && exists(inFolder) {
			return inFolder, nil
		}
		return name, nil
	}
	made, err := backups(a.places.backups)
	if err != nil {
		return "", err
	}
	if len(made) == 0 {
		return "", withHint(fmt.Errorf("there are no backups in %s", a.places.backups), "mindleaf restore FILE takes one from elsewhere")
	}
	if !a.onTerminal() {
		return "", withHint(usagef("restore needs a terminal to ask which backup"), "name the file: mindleaf restore %s", filepath.Base(made[0].path))
	}
	items := make([]term.Item, len(made))
	for i, b := range made {
		items[i] = term.Item{Label: a.clock(b.at), Detail: a.backupLine(a.inspected(ctx, b))}
	}
	p := term.NewPlain(a.lines, a.stdout, a.words())
	out, err := p.Choose(term.View{}, a.t("Which backup?"), items, 0)
	switch {
	case err != nil:
		return "", err
	case out.Kind != term.Answer:
		return "", errInterrupted
	}
	return made[out.Index].path, nil
}
