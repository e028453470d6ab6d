package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// mergeLock is how the file beside the store is called that is locked while a log
// is merged: SQLite's locks, on every system, end with the process that has them,
// and so does the right to go on with a merge.
func (d *DB) mergeLock() string { return d.path + MergeEnding }

// lockTries is the time between two tries to lock.
const lockTries = 5 * time.Millisecond

// lockMerges waits until no other process merges a log.
func (d *DB) lockMerges(ctx context.Context) (unlock func() error, err error) {
	for {
		unlock, err := d.tryLockMerges(ctx)
		if err != nil || unlock != nil {
			return unlock, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(lockTries):
		}
	}
}

// tryLockMerges returns nil when another has the lock.
func (d *DB) tryLockMerges(ctx context.Context) (unlock func() error, err error) {
	makeOwn(d.mergeLock())
	return tryLock(ctx, d.mergeLock())
}

// tryLock locks a file that is there; it returns nil when another has the lock.
func tryLock(ctx context.Context, path string) (unlock func() error, err error) {
	lock, err := sql.Open("sqlite", fileURI(path)+"?mode=rw&_busy_timeout=0&_txlock=exclusive")
	if err != nil {
		return nil, err
	}
	// The lock lasts until unlock, whatever ends the work.
	tx, err := lock.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return nil, errors.Join(notBusy(err), lock.Close())
	}
	return func() error { return errors.Join(tx.Rollback(), lock.Close()) }, nil
}
