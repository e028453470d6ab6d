package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/mindleaf/mindleaf/store"
)

// replaceUnusable puts a backup in the place of a database that cannot be opened, for
// why, when it is damaged or gone. One that others keep, or that the disk does not give,
// is whole, as far as anyone knows, and stays.
func (a *app) replaceUnusable(ctx context.Context, from string, backup store.Holding, why error, yes bool) error {
	gone := errors.Is(why, fs.ErrNotExist)
	switch {
	case gone:
		a.say("there is no present progress")
	case errors.Is(why, store.ErrNotOurs):
		a.say("the present database cannot be used: %s", a.tr(why.Error()))
	case errors.Is(why, store.ErrReadOnly), errors.Is(why, store.ErrDisk):
		return withHint(why, "a restore replaces a database that is damaged, not one that cannot be read: move it away first if you give it up")
	default:
		return why
	}
	path := a.realDatabase()
	made := path + restoredEnding
	if err := removeMade(made); err != nil {
		return err
	}
	err := a.replaceDamaged(ctx, replacement{path: path, made: made, from: from, backup: backup}, gone, yes)
	return errors.Join(err, removeMade(made))
}

// realDatabase is where the database is, beside which its -wal file is: the place of it
// may be a link.
func (a *app) realDatabase() string {
	if real, err := filepath.EvalSymlinks(a.places.database); err == nil {
		return real
	}
	return a.places.database
}

// restoredEnding is what is added to the name of a database for the one that is made to
// replace it.
const restoredEnding = ".restored"

// restoredNames are the file of a database that is made, and SQLite's beside it.
func restoredNames(made string) []string {
	return []string{made, made + store.WALEnding, made + store.SHMEnding, made + store.MergeEnding}
}

// replacement is a database that is made to replace the one at path: of the backup at
// from and of what can be read of the damaged one.
type replacement struct {
	path, made, from string
	backup           store.Holding
}

// removeMade removes a database that was not put in its place, with what belongs to it.
func removeMade(made string) error {
	for _, name := range restoredNames(made) {
		if err := removeIfThere(name); err != nil {
			return err
		}
	}
	return nil
}

// replaceDamaged makes the replacement, says what would be restored, asks, sets the
// damaged database aside, with what belongs to it, and puts the new one in its
// place. Whenever that ends too early the damaged one is still there, and restore
// begins again.
func (a *app) replaceDamaged(ctx context.Context, r replacement, gone, yes bool) error {
	a.say("backup:  %s", a.holding(r.backup))
	read := r.state()
	if err := a.makeRestored(ctx, r, gone); err != nil {
		return err
	}
	if ok, err := a.agree(yes, a.t("Restore this backup?")); err != nil || !ok {
		return err
	}
	if r.state() != read { // others have answered in it while the question stood
		if err := errors.Join(removeMade(r.made), a.makeRestored(ctx, r, gone)); err != nil {
			return err
		}
	}
	aside := r.path + ".damaged-" + a.now().UTC().Format(backupStamp)
	for _, step := range replacing(ctx, r, aside) {
		if err := step(); err != nil {
			return err
		}
	}
	if gone {
		a.say("restored.")
		return nil
	}
	a.say("restored. The damaged database is now %s", aside)
	return nil
}

// state is what tells that something was written to the damaged database.
func (r replacement) state() (s [2]struct {
	size int64
	at   time.Time
}) {
	for i, ending := range []string{"", store.WALEnding} {
		if info, err := os.Stat(r.path + ending); err == nil {
			s[i].size, s[i].at = info.Size(), info.ModTime()
		}
	}
	return s
}

// sayRead says what was read of the damaged database, and what is in the one at made
// with it.
func (a *app) sayRead(ctx context.Context, made string, lost int64, saved store.Merged) error {
	restored, err := store.Inspect(ctx, made)
	if err != nil {
		return err
	}
	a.say("%d events since the backup could be read from the damaged database.", saved.Added)
	if saved.Orphans > 0 {
		a.say("Of cards that are in no deck file now: %d more.", saved.Orphans)
	}
	switch {
	case lost > 0:
		a.say("%d events of it could not be read.", lost)
	case lost < 0:
		a.say("How many events of it could not be read cannot be told.")
	}
	a.say("restored: %s", a.holding(restored))
	return nil
}

// makeRestored writes the replacement, and says what came of the damaged database, unless
// there is none.
func (a *app) makeRestored(ctx context.Context, r replacement, gone bool) error {
	if err := copyFile(writeFile, r.made, r.from); err != nil || gone {
		return err
	}
	there := *a
	there.places.database = r.made
	var read store.Salvaged
	var saved store.Merged
	err := there.withLibraryAfter(ctx, func(lib *library) (err error) {
		read, err = lib.Salvage(ctx, r.path)
		return err
	}, func(lib *library) (err error) {
		saved, err = lib.Merge(ctx, read.Events)
		return err
	})
	if err == nil {
		err = there.newDevice(ctx)
	}
	if err := errors.Join(err, removeIfThere(r.made+store.MergeEnding)); err != nil {
		return err
	}
	return a.sayRead(ctx, r.made, read.Lost, saved)
}

// replacing are the steps that keep the damaged database as aside and put its
// replacement in its place. Whichever of them is the last before the program is
// killed, restore finds no less than before; and the new database never lies beside
// the -wal file of the old one, which SQLite would take for its own.
func replacing(ctx context.Context, r replacement, aside string) []func() error {
	path := r.path
	return []func() error{
		func() error { return keepAs(path, aside) },
		func() error { return keepAs(path+store.WALEnding, aside+store.WALEnding) },
		func() error {
			err := store.Settle(ctx, path)
			if errors.Is(err, store.ErrNotOurs) { // and nothing was read from it
				return errors.Join(removeIfThere(path+store.WALEnding), removeIfThere(path+store.SHMEnding))
			}
			return err
		},
		func() error { return store.Replace(r.made, path) },
	}
}

// keepAs gives a file, where there is one, another name besides its own: both are one
// file where the file system can do that, or else one is a copy.
func keepAs(path, other string) error {
	err := os.Link(path, other)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return copyFile(writeFile, other, path)
}
