package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mindleaf/mindleaf/store"
)

// replaceDamaged makes a database of a backup and what can be read of the damaged
// one, sets the latter aside, with what belongs to it, and puts the new one in its
// place. Whenever that ends too early the damaged one is still there, and restore
// begins again.
func (a *app) replaceDamaged(ctx context.Context, from string) error {
	made := a.places.database + ".restored"
	for _, ending := range []string{"", store.WALEnding, store.SHMEnding, store.MergeEnding} {
		if err := removeIfThere(made + ending); err != nil {
			return err
		}
	}
	saved, err := a.makeRestored(ctx, made, from)
	if err != nil {
		return err
	}
	there := exists(a.places.database)
	aside := a.places.database + ".damaged-" + a.now().UTC().Format(backupStamp)
	for _, step := range a.replacing(ctx, made, aside) {
		if err := step(); err != nil {
			return err
		}
	}
	if !there {
		a.say("restored.")
		return nil
	}
	a.say("restored. The damaged database is now %s", aside)
	a.say("%d events since the backup could be read from it.", saved.Added)
	if saved.Orphans > 0 {
		a.say("Of cards that are in no deck file now: %d more.", saved.Orphans)
	}
	return nil
}

// makeRestored writes the backup to made and adds what can be read of the damaged
// database, where there is one.
func (a *app) makeRestored(ctx context.Context, made, from string) (saved store.Merged, err error) {
	f, err := os.Open(from)
	if err != nil {
		return saved, err
	}
	if err := errors.Join(writeFile(made, f), f.Close()); err != nil {
		return saved, err
	}
	if !exists(a.places.database) {
		return saved, nil
	}
	there := *a
	there.places.database = made
	var events []store.Logged
	err = there.withLibraryAfter(ctx, func(lib *library) (err error) {
		events, err = lib.Salvage(ctx, a.places.database)
		return err
	}, func(lib *library) (err error) {
		saved, err = lib.Merge(ctx, events)
		return err
	})
	if err == nil {
		err = there.newDevice(ctx)
	}
	return saved, errors.Join(err, removeIfThere(made+store.MergeEnding))
}

// replacing are the steps that keep the damaged database as aside and put the one
// that was made in its place. Whichever of them is the last before the program is
// killed, restore finds no less than before; and the new database never lies beside
// the -wal file of the old one, which SQLite would take for its own.
func (a *app) replacing(ctx context.Context, made, aside string) []func() error {
	path := a.places.database
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
		func() error { return a.putInPlace(made) },
	}
}

// keepAs gives a file, where there is one, another name besides its own: both are one
// file where the file system can do that, or else one is a copy.
func keepAs(path, other string) error {
	err := os.Link(path, other)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(writeFile(other, f), f.Close())
}

// putInPlace makes a database, which is closed, the learner's.
func (a *app) putInPlace(made string) error {
	if err := os.Rename(made, a.places.database); err != nil {
		return err
	}
	syncFolder(filepath.Dir(a.places.database))
	return nil
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
