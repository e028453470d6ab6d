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
	if !exists(a.places.database) {
		if err := a.putInPlace(made); err != nil {
			return err
		}
		a.say("restored.")
		return nil
	}
	aside := a.places.database + ".damaged-" + a.now().UTC().Format(backupStamp)
	err = a.setAside(aside)
	if err == nil {
		err = a.putInPlace(made)
	}
	if err != nil {
		return err
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
	err = there.withLibrary(ctx, func(lib *library) (err error) {
		saved, err = lib.Salvage(ctx, a.places.database)
		return err
	})
	return saved, errors.Join(err, removeIfThere(made+store.MergeEnding))
}

// setAside gives the damaged database another name, and leaves it under its own
// one as well where the file system can: there is one at every moment then. What
// SQLite would read with the new one goes away for good.
func (a *app) setAside(aside string) error {
	err := os.Link(a.places.database, aside)
	if err != nil {
		err = os.Rename(a.places.database, aside)
	}
	for _, ending := range []string{store.WALEnding, store.SHMEnding} {
		if moved := os.Rename(a.places.database+ending, aside+ending); !errors.Is(moved, fs.ErrNotExist) {
			err = errors.Join(err, moved)
		}
	}
	return err
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
