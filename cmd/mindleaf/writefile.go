package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck"
)

// writeFile puts a file in its place in one step, through a temporary file
// beside it: it is there whole or not at all.
func writeFile(path string, content io.Reader) error {
	return fillFile(path, func(w io.Writer) error {
		_, err := io.Copy(w, content)
		return err
	})
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
func replaceFile(path string, mode fs.FileMode, write func(io.Writer) error) (err error) {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	folder := filepath.Dir(path)
	f, err := os.CreateTemp(folder, ".mindleaf-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if there, err := os.Stat(path); err == nil {
		mode = there.Mode().Perm()
	}
	if err = errors.Join(write(f), f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	syncFolder(folder)
	return nil
}

// syncFolder puts the names in a folder on disk, where the system can do that. The
// files themselves are there already, under one name or another.
func syncFolder(folder string) {
	f, err := os.Open(folder)
	if err != nil {
		return
	}
	_ = errors.Join(f.Sync(), f.Close())
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
