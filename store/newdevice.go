package store

import (
	"context"
	"io"
	"os"
)

// inPlace returns ErrReplaced when the file at the store's path is not the one that
// was opened: what is written to that one nobody would find.
func (d *DB) inPlace() error {
	if d.file == nil { // which it is while it is opened
		return nil
	}
	now, err := os.Stat(d.path)
	if err != nil || !os.SameFile(now, d.file) {
		return ErrReplaced
	}
	return nil
}

// NewDevice gives this machine another name, under which it logs from now on; what it
// has logged stays under the old one. It is for a store that was restored, in which the
// next events would get numbers that events elsewhere have, such as those which the
// backup lacks, and would pass for these. Others who have the store open get
// ErrReplaced. random gives at least 10 bytes.
func (d *DB) NewDevice(ctx context.Context, random io.Reader) error {
	uid, err := deviceName(random)
	if err != nil {
		return err
	}
	err = d.tx(ctx, "naming this device", func(tx *txn) error { return renameThisDevice(ctx, tx, uid) })
	if err == nil {
		d.device = uid
	}
	return err
}

// renameThisDevice makes another device, with the old name, that has logged everything.
func renameThisDevice(ctx context.Context, tx *txn, uid string) error {
	var old string
	var seq, clock, other int64
	if err := tx.QueryRowContext(ctx, "SELECT uid, seq, clock FROM device WHERE id = ?", thisDevice).Scan(&old, &seq, &clock); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE device SET uid = ?, seq = 0 WHERE id = ?", uid, thisDevice); err != nil {
		return err
	}
	if err := tx.QueryRowContext(ctx, "INSERT INTO device (uid, seq, clock) VALUES (?, ?, ?) RETURNING id", old, seq, clock).Scan(&other); err != nil {
		return err
	}
	for _, query := range []string{"UPDATE event SET device = ? WHERE device = ?", "UPDATE event SET target_device = ? WHERE target_device = ?"} {
		if _, err := tx.ExecContext(ctx, query, other, thisDevice); err != nil {
			return err
		}
	}
	return nil
}
