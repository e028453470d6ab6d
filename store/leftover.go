package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// leftAfter is how old what a process works on must be to be nobody's any more: the
// process was killed. One that was stopped for the night may go on.
const leftAfter = 24 * time.Hour

// leftovers match what Backup and Salvage leave behind when they are killed,
// SQLite's own files beside it included.
var leftovers = []string{".mindleaf-*.part*", ".mindleaf-salvage-*"}

// Sweep removes from a folder those of the files that are ours which killed processes
// left there a day or longer before now, which is by the clock of the file system. Of
// a link it removes the link.
func Sweep(folder string, now time.Time, ours func(fs.DirEntry) bool) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("looking for leftovers: %w", err)
	}
	for _, e := range entries {
		if !ours(e) {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) || err == nil && now.Sub(info.ModTime()) < leftAfter {
			continue
		}
		if err == nil {
			err = os.RemoveAll(filepath.Join(folder, e.Name()))
		}
		if err != nil {
			return fmt.Errorf("removing a leftover: %w", err)
		}
	}
	return nil
}

func isLeftover(e fs.DirEntry) bool {
	for _, pattern := range leftovers {
		if ok, err := filepath.Match(pattern, e.Name()); ok && err == nil {
			return true
		}
	}
	return false
}
