package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// leftAfter is how old what a backup or a salvage works on must be to be nobody's
// any more: the process was killed.
const leftAfter = 24 * time.Hour

// leftovers match what Backup and Salvage leave behind when they are killed,
// SQLite's own files beside it included.
var leftovers = []string{".mindleaf-*.part*", ".mindleaf-salvage-*"}

// sweep removes from a folder what killed processes left there a day or longer
// before now, which is by the clock of the file system.
func sweep(folder string, now time.Time) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("looking for leftovers: %w", err)
	}
	for _, e := range entries {
		if !isLeftover(e.Name()) {
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

func isLeftover(name string) bool {
	for _, pattern := range leftovers {
		if ok, err := filepath.Match(pattern, name); ok && err == nil {
			return true
		}
	}
	return false
}
