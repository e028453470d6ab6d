package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mindleaf/mindleaf/srs"
)

// applicationID marks a SQLite file as ours: "mndl" in ASCII.
const applicationID = 0x6d6e646c

// patience is how long another program may keep the file locked before that is
// an error.
const patience = 5 * time.Second

// checkpointPages is how many pages of 4 KiB are written ahead before they are
// moved into the file. SQLite's 1000 are filled by fewer than 100 answers, and
// the answer that has to move them takes far longer than the others.
const checkpointPages = 4000

// cacheKB is how much SQLite keeps in memory, in KiB, from the first transaction
// on. Its 2000 are a megabyte more, and make nothing quicker: what is not there the
// system has. Before, readKB are enough: single queries see most pages once, and
// memory that was not used yet costs more than what it would save to read.
const (
	cacheKB = 1000
	readKB  = 100
)

// Open opens the store at path, and creates it, with its folder, when it is not
// there or empty. It never writes to a file that is not ours or newer than this
// program: see ErrNotOurs and ErrNewer.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	return openWithin(ctx, path, o, patience)
}

func openWithin(ctx context.Context, path string, o Options, wait time.Duration) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("making the folder for progress: %s %w (%w)", path, ErrReadOnly, err)
	}
	if err := checkHeader(path); err != nil {
		return nil, err
	}
	makeOwn(path)
	d := &DB{path: path, patience: wait, pieces: ordinaryPieces, migrations: migrations, takingBack: o.TakingBack, schedulers: o.Schedulers, byName: make(map[string]srs.Scheduler)}
	if o.migrations != nil {
		d.migrations = o.migrations
	}
	err := registerFunctions()
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	if d.db, err = sql.Open("sqlite", source(path, wait)); err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	d.db.SetMaxOpenConns(1)
	if err := d.start(ctx, o, wait); err != nil {
		return nil, errors.Join(d.explainTables("opening", err), d.db.Close())
	}
	return d, nil
}

// makeOwn makes a file that is not there yet so that only the learner may read it;
// SQLite gives those that it makes beside it the same mode. Why it cannot be made SQLite
// finds out too. One that is there is not opened: to close it would end SQLite's locks.
func makeOwn(path string) {
	if f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600); err == nil {
		_ = f.Close()
	}
}

// source is the driver's name for the file at path with the settings of every
// connection. The journal mode is not among the settings: it is written into the
// file, which may turn out not to be ours.
func source(path string, wait time.Duration) string {
	return fmt.Sprintf("%s?_busy_timeout=%d&_synchronous=FULL&_foreign_keys=1&_txlock=immediate&_dqs=0&_defensive=1&_pragma=trusted_schema(0)&_pragma=wal_autocheckpoint(%d)&_pragma=cache_size(-%d)",
		fileURI(path), wait.Milliseconds(), checkpointPages, readKB)
}

// fileURI is the path of a file as SQLite's URI. It is escaped: ?, # and % in it
// are no syntax.
func fileURI(path string) string {
	if !filepath.IsAbs(path) {
		if abs, err := filepath.Abs(path); err == nil {
			path = abs
		}
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// checkHeader refuses a file that is plainly no SQLite database, before SQLite
// can touch it.
func checkHeader(path string) (err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("opening progress: %s %w (%w)", path, ErrReadOnly, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return fmt.Errorf("%s %w: it is a folder; move it away, or use --home FOLDER", path, ErrNotOurs)
	}
	const magic = "SQLite format 3\x00"
	head := make([]byte, len(magic))
	n, err := io.ReadFull(f, head)
	if err == io.EOF {
		return nil
	}
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	if string(head[:n]) != magic {
		return fmt.Errorf("%s %w; move it away and start again, or use --home FOLDER", path, ErrNotOurs)
	}
	return nil
}

// start connects, makes sure that the file is ours before anything is written
// to it, migrates, checks that the settings took, and takes back what a merge
// that was killed has left.
func (d *DB) start(ctx context.Context, o Options, wait time.Duration) error {
	var version int
	err := retry(ctx, wait, func() (err error) {
		version, err = d.version(ctx)
		return err
	})
	if err != nil {
		return err
	}
	var mode string
	err = retry(ctx, wait, func() error { return d.db.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode) })
	if err != nil {
		return err
	}
	if mode != "wal" {
		d.warnings = append(d.warnings, fmt.Sprintf("%s is on a file system without write-ahead logging; answers take longer to save", d.path))
	}
	if err := d.migrate(ctx, version, o); err != nil {
		return err
	}
	if err := d.checkSettings(ctx, wait); err != nil {
		return err
	}
	if err := (brief{d}).QueryRowContext(ctx, "SELECT uid FROM device WHERE id = ?", thisDevice).Scan(&d.device); err != nil {
		return err
	}
	if d.file, err = os.Stat(d.path); err != nil {
		return err
	}
	said := len(d.warnings)
	if err := d.takeBackLeft(ctx); err != nil {
		return err
	}
	d.tellOfImport(ctx, len(d.warnings) > said)
	return nil
}

// retry waits out other processes that start at the same time: while one
// creates the file SQLite reports it busy at once, whatever the busy timeout.
func retry(ctx context.Context, wait time.Duration, f func() error) error {
	giveUp := time.After(wait)
	for {
		err := f()
		if !isBusy(err) {
			return err
		}
		select {
		case <-giveUp:
			return err
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (d *DB) checkSettings(ctx context.Context, wait time.Duration) error {
	for _, s := range []struct {
		pragma string
		want   int64
	}{{"foreign_keys", 1}, {"synchronous", 2}, {"busy_timeout", wait.Milliseconds()}, {"trusted_schema", 0}} {
		var got int64
		if err := (brief{d}).QueryRowContext(ctx, "PRAGMA "+s.pragma).Scan(&got); err != nil {
			return err
		}
		if got != s.want {
			return fmt.Errorf("setting %s is %d, not %d", s.pragma, got, s.want)
		}
	}
	return nil
}
