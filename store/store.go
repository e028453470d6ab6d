// Package store keeps what was learned and an index of the deck files in one
// SQLite file. What happened is an append-only log of events; the state of a
// card is the fold of its events, kept up to date, with all counters, in the
// transaction that appends one. It takes no scheduling decision and reads no
// clock: schedulers and times are handed in.
package store

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mindleaf/mindleaf/srs"
	_ "modernc.org/sqlite" // the SQLite driver
)

// Options says what the store needs from outside.
type Options struct {
	// Schedulers turns the name stored with a review into its scheduler.
	Schedulers func(name string) (srs.Scheduler, error)
	// Random names this device, once: at least 10 bytes.
	Random io.Reader
	// BeforeMigration, unless nil, is called when the file is of an older schema,
	// before it is changed, to make a backup of it; nothing else may be done with
	// the store meanwhile. An error leaves the file as it is, and Open fails.
	BeforeMigration func(ctx context.Context, old *DB) error
	// TakingBack, unless nil, is called before a log that was not merged to its end is
	// taken back, which can take as long as merging it did. It must not use the store.
	TakingBack func()
	// migrations are other ones than the program's, for tests.
	migrations fs.FS
}

// DB is an open store. It is safe for use by several goroutines; any number of
// processes may have the same file open.
type DB struct {
	db         *sql.DB
	path       string
	patience   time.Duration // with another program that holds the file
	pieces     pieces
	migrations fs.FS
	schedulers func(name string) (srs.Scheduler, error)
	byName     map[string]srs.Scheduler
	warnings   []string
	changed    atomic.Bool
	roomy      atomic.Bool // see makeRoom
	compiling  sync.Mutex
	lasting    map[string]*sql.Stmt // see answers
	compiled   map[string]*sql.Stmt // see statement
	progress   func(done, total int64)
	takingBack func()
	// device is the name of this machine, and file what Open has opened: see ErrReplaced.
	device string
	file   os.FileInfo
}

// The endings of the files beside a database: SQLite's log and the index to it, the
// file that is locked while a log is merged, which is empty and stays, and the one that
// is locked during an import, and goes with it.
const (
	WALEnding    = "-wal"
	SHMEnding    = "-shm"
	MergeEnding  = "-merge"
	importEnding = "-import"
)

// OnProgress makes SyncDeck tell f, every few hundred cards and at the end, how
// many cards of a deck are written; nil makes it stop. f must not use the store.
func (d *DB) OnProgress(f func(done, total int64)) { d.progress = f }

// Stamp is when something is done: the time on the learner's clock and the
// study day.
type Stamp struct {
	At  time.Time
	Day srs.Day
}

// Changed reports whether anything was added to the log since Open.
func (d *DB) Changed() bool { return d.changed.Load() }

// Warnings returns what the learner should know about where the file lies.
func (d *DB) Warnings() []string { return d.warnings }

// Close closes the store. Everything recorded is on disk already.
func (d *DB) Close() error {
	if err := d.db.Close(); err != nil {
		return fmt.Errorf("closing %s: %w", d.path, err)
	}
	return nil
}

// scheduler returns the scheduler with the given name, made once.
func (d *DB) scheduler(name string) (srs.Scheduler, error) {
	if s, ok := d.byName[name]; ok {
		return s, nil
	}
	s, err := d.schedulers(name)
	if err != nil {
		return nil, err
	}
	d.byName[name] = s
	return s, nil
}
