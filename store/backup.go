package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mindleaf/mindleaf/srs"
	"modernc.org/sqlite"
)

// Holding is what a database holds, for comparing two of them.
type Holding struct {
	// Version is the schema's.
	Version int
	// Events counts the log, Reviews the graded reviews in it, undone ones
	// included; Cards counts cards of decks that have a file.
	Events, Reviews, Cards int64
	// Newest is the time of the newest event; the zero Time when there is none.
	Newest time.Time
}

// Holding returns what the store holds.
func (d *DB) Holding(ctx context.Context) (Holding, error) {
	var h Holding
	err := d.read(ctx, "reading what is there", func(tx *txn) (err error) {
		h, err = holding(ctx, tx)
		return d.explainTables("reading what is there", err)
	})
	return h, err
}

func holding(ctx context.Context, q querier) (h Holding, err error) {
	var newest int64
	for _, part := range []struct {
		query string
		to    []any
	}{
		{"PRAGMA user_version", []any{&h.Version}},
		{fmt.Sprintf("SELECT count(*), coalesce(sum(kind IN (%d, %d)), 0), coalesce(max(at_ms), 0) FROM event", srs.ReviewEvent, srs.ForeignReviewEvent),
			[]any{&h.Events, &h.Reviews, &newest}},
		{"SELECT count(*) FROM card WHERE archived = 0", []any{&h.Cards}},
	} {
		if err := q.QueryRowContext(ctx, part.query).Scan(part.to...); err != nil {
			return h, err
		}
	}
	if newest != 0 {
		h.Newest = time.UnixMilli(newest)
	}
	return h, nil
}

// Inspect returns what a database at rest, such as a backup, holds, after making
// sure that it is whole and ours. It writes nothing, not even beside the file.
func Inspect(ctx context.Context, path string) (h Holding, err error) {
	rest := path + WALEnding
	if beside, err := os.Stat(rest); err == nil && beside.Size() > 0 {
		return h, fmt.Errorf("%s is in use: a part of it is in %s; mindleaf backup makes one that is whole", path, rest)
	}
	return inspect(ctx, path, migrations)
}

// inspect is Inspect for a program that knows other migrations.
func inspect(ctx context.Context, path string, known fs.FS) (h Holding, err error) {
	if err := checkHeader(path); err != nil {
		return h, err
	}
	if _, err := os.Stat(path); err != nil {
		return h, fmt.Errorf("opening a backup: %w", err)
	}
	d := &DB{path: path, migrations: known}
	if d.db, err = sql.Open("sqlite", source(path, patience)+"&mode=ro&immutable=1"); err != nil {
		return h, fmt.Errorf("opening %s: %w", path, err)
	}
	defer func() { err = errors.Join(err, d.db.Close()) }()
	d.db.SetMaxOpenConns(1)
	version, err := d.version(ctx)
	if err == nil && version == 0 {
		err = fmt.Errorf("%s %w: it is empty", path, ErrNotOurs)
	}
	if err != nil {
		return h, d.explain("opening", err)
	}
	if err := d.QuickCheck(ctx); err != nil {
		return h, err
	}
	h, err = holding(ctx, d.db)
	return h, d.explainTables("reading", err)
}

// QuickCheck asks SQLite whether the file is whole, but for its indexes.
func (d *DB) QuickCheck(ctx context.Context) error {
	return d.checkWhole(ctx, "PRAGMA quick_check(5)")
}

// checkWhole runs one of SQLite's own checks.
func (d *DB) checkWhole(ctx context.Context, check string) error {
	lines, err := collect(ctx, d.db, scanString, check)
	if err != nil {
		return d.explain("checking the file", err)
	}
	if len(lines) == 1 && lines[0] == "ok" {
		return nil
	}
	var amiss []string
	for line := range strings.SplitSeq(strings.Join(lines, "\n"), "\n") {
		if !strings.HasPrefix(line, "***") { // a heading
			amiss = append(amiss, line)
		}
	}
	if more := len(amiss) - 1; more > 0 {
		return fmt.Errorf("%s %w: %s, and %d more", d.path, ErrNotOurs, amiss[0], more)
	}
	return fmt.Errorf("%s %w: %s", d.path, ErrNotOurs, strings.Join(amiss, ""))
}

// Backup writes a copy of the store, as it is at one moment, to the new file
// path, whose folder is made if need be, while others may go on reviewing. The
// copy is checked before it takes its name, and is on disk when Backup returns.
// What killed backups left behind is removed when it is a day old.
func (d *DB) Backup(ctx context.Context, path string) (h Holding, err error) {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return h, fmt.Errorf("making the folder for backups: %w", err)
	}
	isThere := fmt.Errorf("backing up: %s is there already", path)
	if _, err := os.Lstat(path); err == nil {
		return h, isThere
	}
	part, err := freshName(folder)
	if err != nil {
		return h, fmt.Errorf("backing up: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(part) // what failed counts
		}
	}()
	if _, err := d.db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return h, d.explain("backing up", err)
	}
	if h, err = inspect(ctx, part, d.migrations); err != nil {
		return h, err
	}
	if err := syncFile(part, 0o600); err != nil {
		return h, fmt.Errorf("backing up: %w", err)
	}
	switch err := PutNew(part, path); {
	case errors.Is(err, fs.ErrExist):
		return h, isThere
	case err != nil:
		return h, fmt.Errorf("backing up: %w", err)
	}
	d.sweep(path)
	return h, nil
}

// TryFolder returns why no backup can be made in a folder; nil when one can, or when the
// folder is not there yet.
func TryFolder(folder string) error {
	if _, err := freshName(folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("backing up: %s %w (%w)", folder, ErrReadOnly, err)
	}
	return nil
}

// sweep removes leftovers beside the backup at path, which is new, and beside the
// store. The next backup tries again what cannot be removed.
func (d *DB) sweep(path string) {
	info, err := os.Stat(path)
	if err != nil {
		return
	}
	for _, folder := range []string{filepath.Dir(path), filepath.Dir(d.path)} {
		_ = Sweep(folder, info.ModTime(), isLeftover)
	}
}

// freshName returns a name in folder that no file has.
func freshName(folder string) (string, error) {
	f, err := os.CreateTemp(folder, ".mindleaf-*.part")
	if err != nil {
		return "", err
	}
	return f.Name(), errors.Join(f.Close(), os.Remove(f.Name()))
}

// syncFile puts a file on disk for the learner alone: SQLite does not sync what
// VACUUM INTO writes.
func syncFile(path string, mode os.FileMode) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(mode), f.Sync(), f.Close())
}

// Beyond returns how many events the store has that the backup at path lacks, whoever
// of both logged them. The backup must have been inspected.
func (d *DB) Beyond(ctx context.Context, path string) (n int64, err error) {
	conn, err := d.db.Conn(ctx)
	if err != nil {
		return 0, d.explain("comparing with a backup", err)
	}
	if _, err = conn.ExecContext(ctx, "ATTACH ? AS backup", fileURI(path)+"?mode=ro&immutable=1"); err == nil {
		err = conn.QueryRowContext(ctx, `SELECT count(*) FROM main.event e JOIN main.device d ON d.id = e.device WHERE NOT EXISTS (
			SELECT 1 FROM backup.event b WHERE b.device = (SELECT id FROM backup.device WHERE uid = d.uid) AND b.seq = e.seq AND b.clock = e.clock)`).Scan(&n)
		_, failed := conn.ExecContext(context.WithoutCancel(ctx), "DETACH backup")
		err = firstError(err, failed)
	}
	return n, d.explain("comparing with a backup", errors.Join(err, conn.Close()))
}

// Restore makes the store hold what the backup at path holds, in one transaction
// that others who have the store open see like any other. The backup must have
// been inspected. Close the store afterwards: the backup may be of an older
// schema, which opening brings up to date.
func (d *DB) Restore(ctx context.Context, path string) error {
	conn, err := d.db.Conn(ctx)
	if err != nil {
		return d.explain("restoring", err)
	}
	err = conn.Raw(func(driver any) error {
		r, ok := driver.(interface {
			NewRestore(string) (*sqlite.Backup, error)
		})
		if !ok {
			return errors.New("the SQLite driver cannot restore")
		}
		return copyInto(ctx, r.NewRestore, source(path, patience)+"&mode=ro&immutable=1")
	})
	return d.explain("restoring", errors.Join(err, conn.Close()))
}

// copyInto copies all pages in one step, waiting while others write.
func copyInto(ctx context.Context, begin func(string) (*sqlite.Backup, error), from string) error {
	b, err := begin(from)
	if err != nil {
		return err
	}
	err = retry(ctx, patience, func() error {
		for {
			if more, err := b.Step(-1); err != nil || !more {
				return err
			}
		}
	})
	return errors.Join(err, b.Finish())
}
