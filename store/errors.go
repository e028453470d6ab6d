package store

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
)

// What may be wrong with the file, for callers that branch.
var (
	// ErrNotOurs: the file is no database of this program, or is damaged.
	ErrNotOurs = errors.New("is not a mindleaf database, or is damaged")
	// ErrNewer: a newer version of the program wrote the file.
	ErrNewer = errors.New("was written by a newer version of mindleaf")
	// ErrLocked: another program keeps the file locked.
	ErrLocked = errors.New("is locked by another program")
	// ErrReadOnly: the file or its folder cannot be read or written.
	ErrReadOnly = errors.New("cannot be read or written")
	// ErrDisk: the system failed to read or write, as on a full or a failing disk.
	ErrDisk = errors.New("met an error of the disk")
	// ErrFull: the disk is full.
	ErrFull = errors.New("did not fit on the disk")
	// ErrReplaced: the store is not the one any more that was opened.
	ErrReplaced = errors.New("a backup was restored meanwhile, or the file was replaced: nothing was saved, start mindleaf again")
)

// SQLite's primary result codes (sqlite3.h).
const (
	codeError      = 1
	codeBusy       = 5
	codeLocked     = 6
	codeReadOnly   = 8
	codeIO         = 10
	codeCorrupt    = 11
	codeFull       = 13
	codeCantOpen   = 14
	codeConstraint = 19
	codeNotADB     = 26
)

func primaryCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

func isBusy(err error) bool { return errors.Is(err, ErrLocked) || primaryCode(err) == codeBusy }

// explain says in the learner's words what SQLite reports, and what to do.
func (d *DB) explain(doing string, err error) error {
	if err == nil {
		return nil
	}
	for _, ours := range []error{ErrNotOurs, ErrNewer, ErrLocked, ErrReadOnly, ErrFull, ErrDisk} {
		if errors.Is(err, ours) {
			return err
		}
	}
	switch primaryCode(err) {
	case codeBusy, codeLocked:
		return fmt.Errorf("%s: %s %w; close it and try again", doing, d.path, ErrLocked)
	case codeReadOnly, codeCantOpen:
		return fmt.Errorf("%s: %s %w; check who may read and write the file and its folder (%w)", doing, d.path, ErrReadOnly, err)
	case codeFull:
		return fmt.Errorf("%s: %s %w; nothing recorded before is lost, make room and go on", doing, d.path, ErrFull)
	case codeIO:
		return fmt.Errorf("%s: %s %w; nothing recorded before is lost, make sure that the disk has room and is well (%w)", doing, d.path, ErrDisk, err)
	case codeConstraint:
		return fmt.Errorf("%s: %s does not fit together; mindleaf doctor --fix mends what can be mended (%w)", doing, d.path, err)
	case codeCorrupt, codeNotADB:
		return d.damaged(doing, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// explainTables is explain for queries that are right for our tables: where SQLite does
// not understand them, the file has others.
func (d *DB) explainTables(doing string, err error) error {
	if primaryCode(err) == codeError {
		return d.damaged(doing, err)
	}
	return d.explain(doing, err)
}

func (d *DB) damaged(doing string, err error) error {
	return fmt.Errorf("%s: %s %w; keep a copy of it and restore a backup (%w)", doing, d.path, ErrNotOurs, err)
}
