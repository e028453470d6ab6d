package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
)

func (d *DB) importMark() string { return d.path + importEnding }

// BeginImport marks that an import is under way, which writes deck files and then
// brings the store up to date with them, until done is called. When the process is
// killed before, the next Open warns of it. Of imports that run at once only the first
// is marked.
func (d *DB) BeginImport(ctx context.Context) (done func() error, err error) {
	makeOwn(d.importMark())
	unlock, err := tryLock(ctx, d.importMark())
	if err != nil {
		return nil, d.explain("beginning an import", err)
	}
	if unlock == nil {
		return func() error { return nil }, nil
	}
	return func() error { return d.unmark(unlock) }, nil
}

// unmark removes the mark of an import and lets go of its lock: in this order, so that
// nobody takes it for that of a process that is gone. Windows removes no file that is
// open.
func (d *DB) unmark(unlock func() error) error {
	removed := os.Remove(d.importMark())
	err := unlock()
	if removed != nil {
		removed = os.Remove(d.importMark())
	}
	if errors.Is(removed, fs.ErrNotExist) {
		removed = nil
	}
	return errors.Join(err, removed)
}

// tellOfImport warns of an import whose process was killed, unless that was said.
// Nothing depends on the mark: one that cannot be looked at is left alone.
func (d *DB) tellOfImport(ctx context.Context, said bool) {
	if _, err := os.Lstat(d.importMark()); err != nil {
		return
	}
	unlock, err := tryLock(ctx, d.importMark())
	if err != nil || unlock == nil {
		return
	}
	if _, err := os.Lstat(d.importMark()); err != nil { // the import has just ended
		_ = unlock()
		return
	}
	if d.unmark(unlock) == nil && !said {
		d.warnings = append(d.warnings, "an import was interrupted before its end: import it again")
	}
}
