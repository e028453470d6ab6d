package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/mindleaf/mindleaf/store"
)

// backupFile is one backup in the backups folder.
type backupFile struct {
	path string
	at   time.Time
	size int64
}

// The name of a backup says when it was made, in UTC, so that names sort by time
// wherever the learner travels.
const (
	backupPrefix = "mindleaf-"
	backupSuffix = ".db"
	backupStamp  = "20060102T150405Z"
)

// everyBackup is the shortest time between two automatic backups.
const everyBackup = time.Hour

func backupName(at time.Time) string {
	return backupPrefix + at.UTC().Format(backupStamp) + backupSuffix
}

// backups lists the backups in a folder, the newest first. Other files do not
// count, nor does a folder that is not there.
func backups(folder string) ([]backupFile, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, fmt.Errorf("listing backups: %w", err)
	}
	var found []backupFile
	for _, e := range entries {
		stamp := strings.TrimSuffix(strings.TrimPrefix(e.Name(), backupPrefix), backupSuffix)
		at, err := time.Parse(backupStamp, stamp)
		if err != nil || backupName(at) != e.Name() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, fmt.Errorf("listing backups: %w", err)
		}
		found = append(found, backupFile{filepath.Join(folder, e.Name()), at, info.Size()})
	}
	sort.Slice(found, func(i, j int) bool { return found[i].at.After(found[j].at) })
	return found, nil
}

// autoBackup makes a backup, after a command that has changed something, when the last
// one is an hour old or older, and thins out the old ones. What goes wrong is said
// and no more: the command itself has done its work.
func (a *app) autoBackup(ctx context.Context, lib *library) {
	if err := a.tryAutoBackup(ctx, lib); err != nil {
		a.notice(a.t("no backup was made: %v", a.tr(err.Error())))
	}
}

func (a *app) tryAutoBackup(ctx context.Context, lib *library) error {
	made, err := backups(a.places.backups)
	if err != nil {
		return err
	}
	now := a.now()
	for _, b := range made { // those of the future are from a clock that was wrong
		if age := now.Sub(b.at); age >= 0 && age < everyBackup {
			return nil
		}
	}
	path, err := a.makeBackup(ctx, lib.DB, now)
	if err != nil {
		return err
	}
	a.sweepHome(path)
	return thinOut(append(made, backupFile{at: now}), now)
}

// sweepHome removes what killed commands left a day or longer before a backup that
// was just made, of the files that they wrote and of a database that was to be
// restored. What cannot be removed is tried again with the next backup.
func (a *app) sweepHome(backup string) {
	made, err := os.Stat(backup)
	if err != nil {
		return
	}
	decks := a.places.decks
	for _, folder := range []string{decks, filepath.Join(decks, importedFolder), filepath.Join(decks, removedFolder), filepath.Dir(a.places.config)} {
		sweep(folder, made.ModTime())
	}
	database := a.realDatabase()
	restored := restoredNames(filepath.Base(database) + restoredEnding)
	sweep(filepath.Dir(database), made.ModTime())
	_ = store.Sweep(filepath.Dir(database), made.ModTime(), func(e fs.DirEntry) bool {
		return e.Type().IsRegular() && slices.Contains(restored, e.Name())
	})
}

// makeBackup writes a backup into the backups folder and returns its path.
func (a *app) makeBackup(ctx context.Context, db *store.DB, now time.Time) (string, error) {
	path := filepath.Join(a.places.backups, backupName(now))
	for exists(path) {
		now = now.Add(time.Second)
		path = filepath.Join(a.places.backups, backupName(now))
	}
	_, err := db.Backup(ctx, path)
	return path, err
}

// thinOut removes the backups that kept does not keep.
func thinOut(made []backupFile, now time.Time) error {
	sort.Slice(made, func(i, j int) bool { return made[i].at.After(made[j].at) })
	times := make([]time.Time, len(made))
	for i, b := range made {
		times[i] = b.at
	}
	for i, keep := range kept(times, now) {
		if keep || made[i].path == "" {
			continue
		}
		if err := os.Remove(made[i].path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing an old backup: %w", err)
		}
	}
	return nil
}

// keptSpans says how many days, weeks and months beyond the last two days keep
// one backup each, as Anki does.
var keptSpans = []struct {
	many int
	of   func(time.Time) string
}{
	{12, func(t time.Time) string { return t.Format(time.DateOnly) }},
	{10, func(t time.Time) string { year, week := t.ISOWeek(); return fmt.Sprintf("%d week %d", year, week) }},
	{9, func(t time.Time) string { return t.Format("2006-01") }},
}

// kept says which backups made at times, the newest first, are kept at now: all
// of the last two days and of the future, and of those before the newest of each
// of 12 days, 10 weeks and 9 months that have any.
func kept(times []time.Time, now time.Time) []bool {
	keep := make([]bool, len(times))
	recent := now.Add(-48 * time.Hour)
	for _, span := range keptSpans {
		seen := make(map[string]bool)
		for i, t := range times {
			if t.After(recent) {
				keep[i] = true
				continue
			}
			key := span.of(t.UTC())
			if !seen[key] && len(seen) < span.many {
				seen[key] = true
				keep[i] = true
			}
		}
	}
	return keep
}
