package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/store"
)

// writeFile puts a file in its place in one step, through a temporary file
// beside it: it is there whole or not at all.
func writeFile(path string, content io.Reader) error {
	return fillFile(path, copyOf(content))
}

// copyOf writes what is read from a reader.
func copyOf(content io.Reader) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.Copy(w, content)
		return err
	}
}

// fillFile is like writeFile for content that write makes. It makes the folder.
func fillFile(path string, write func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return replaceFile(path, 0o600, write)
}

// replaceFile is fillFile in a folder that is there. A new file has the permissions
// mode; one that is there keeps its own, and a link to one stays a link.
func replaceFile(path string, mode fs.FileMode, write func(io.Writer) error) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if there, err := os.Stat(path); err == nil {
		mode = there.Mode().Perm()
	}
	return putFile(path, mode, write, store.Replace)
}

// writeNew is writeFile for a file that must not be there yet, with its folder: the
// error is fs.ErrExist when it is, or comes meanwhile.
func writeNew(path string, content io.Reader) error { return fillNew(path, copyOf(content)) }

// fillNew is writeNew for content that write makes.
func fillNew(path string, write func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return putNew(path, write)
}

// putNew is fillNew in a folder that is there.
func putNew(path string, write func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil {
		return &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	return putFile(path, 0o600, write, store.PutNew)
}

// putFile writes a temporary file beside path, puts it on disk, and lets put give it
// its name. What killed processes left in the folder goes then.
func putFile(path string, mode fs.FileMode, write func(io.Writer) error, put func(made, path string) error) (err error) {
	folder := filepath.Dir(path)
	f, err := os.CreateTemp(folder, ".mindleaf-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, removeIfThere(f.Name()))
		}
	}()
	if err := errors.Join(write(f), f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	made, err := os.Stat(f.Name())
	if err != nil {
		return err
	}
	if err := put(f.Name(), path); err != nil {
		return err
	}
	sweep(folder, made.ModTime())
	return nil
}

// sweep removes from a folder what killed processes left there of files that they
// wrote. What cannot be removed is tried again with the next file.
func sweep(folder string, now time.Time) {
	_ = store.Sweep(folder, now, func(e fs.DirEntry) bool {
		digits, ours := strings.CutPrefix(e.Name(), ".mindleaf-")
		return ours && e.Type().IsRegular() && strings.Trim(digits, "0123456789") == "" && digits != ""
	})
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// replaceable returns an error when path is there and is no regular file. A
// rename takes the place of a device or a pipe too, and one who may write to
// /dev would lose /dev/null for the whole machine.
func replaceable(path string) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s is no file that can be replaced", path)
	}
	return nil
}

// slug makes a deck id of a file's name.
func slug(name string) string {
	s := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' || r == '.' {
			return unicode.ToLower(r)
		}
		return '-'
	}, name)
	if s = strings.Trim(s, "-."); s == "" {
		return "deck"
	}
	return s
}

// mostNameBytes is how long the name of a file may be that .toml is added to.
const mostNameBytes = deck.MaxIDBytes - len(".toml")

// deckIDOf makes the id of a deck of what it is called, that is no longer than it may
// be: a title may be a paragraph.
func deckIDOf(title string) deck.ID {
	id := slug(title)
	if len(id) > mostNameBytes {
		end := mostNameBytes
		for !utf8.RuneStart(id[end]) {
			end--
		}
		id = strings.TrimRight(id[:end], "-.")
	}
	return deck.ID(id)
}
