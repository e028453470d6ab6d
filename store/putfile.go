package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// PutNew gives a file in the same file system the name path, which nothing may have:
// the error is fs.ErrExist then, and both stay as they are, also when something gets
// the name at this very moment. Whoever is killed leaves the file under one name or
// both, and whole.
func PutNew(made, path string) error { return putNew(os.Link, made, path) }

// putNew is PutNew for a file system with such links.
func putNew(link func(from, to string) error, made, path string) error {
	err := link(made, path)
	switch {
	case err == nil:
		err = os.Remove(made)
	case errors.Is(err, fs.ErrExist):
		return &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	default: // as on a stick with FAT, which has no links
		err = renameNew(made, path)
	}
	return errors.Join(err, syncFolder(filepath.Dir(path)))
}

// renameNew takes the name with an empty file first, which then is replaced: a rename
// alone would replace any other as well.
func renameNew(made, path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err = errors.Join(f.Close(), os.Rename(made, path)); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// Replace puts a file in the place of the one at path, or where none is yet, in one
// step.
func Replace(made, path string) error {
	if err := os.Rename(made, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder puts the names in a folder on disk, where the system can do that. The
// files themselves are there already, under one name or another.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if errors.Is(err, fs.ErrPermission) {
		return nil // one may write into some folders and not look
	}
	if err != nil {
		return fmt.Errorf("opening a folder: %w", err)
	}
	_ = f.Sync() // Windows cannot sync a folder and does not need to
	return f.Close()
}
