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
	err = d.tx(ctx, "naming this device", func(tx *txn) error {
		var old string
		if err := tx.QueryRowContext(ctx, "SELECT uid FROM device WHERE id = ?", thisDevice).Scan(&old); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE device SET uid = ? WHERE id = ?", uid, thisDevice); err != nil {
			return err
		}
		made, err := tx.ExecContext(ctx, "INSERT INTO device (uid, seq, clock) SELECT ?, seq, clock FROM device WHERE id = ?", old, thisDevice)
		if err != nil {
			return err
		}
		id, err := made.LastInsertId()
		if err != nil {
			return err
		}
		for _, query := range []string{"UPDATE event SET device = ? WHERE device = ?", "UPDATE event SET target_device = ? WHERE target_device = ?"} {
			if _, err := tx.ExecContext(ctx, query, id, thisDevice); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, "UPDATE device SET seq = 0 WHERE id = ?", thisDevice)
		return err
	})
	if err == nil {
		d.device = uid
	}
	return err
}
