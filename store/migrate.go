package store

import (
	"context"
	"database/sql"
	"embed"
	"encoding/base32"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

//go:embed migrations/*.sql
var migrations embed.FS

// deviceBytes is the length of a device's name before encoding: 80 bits.
const deviceBytes = 10

// migrate brings the schema up to date from the given version, each step in a
// transaction of its own. A file that holds progress is shown to BeforeMigration
// first.
func (d *DB) migrate(ctx context.Context, version int, o Options) error {
	steps, err := d.steps()
	if err != nil {
		return err
	}
	if version > 0 && version < len(steps) && o.BeforeMigration != nil {
		if err := o.BeforeMigration(ctx, d); err != nil {
			return fmt.Errorf("before bringing %s up to date: %w", d.path, err)
		}
	}
	for ; version < len(steps); version++ {
		if err := d.step(ctx, version, steps[version], o.Random); err != nil {
			return err
		}
	}
	return nil
}

// steps returns the names of the migrations this program knows, in their order.
func (d *DB) steps() ([]string, error) { return fs.Glob(d.migrations, "migrations/*.sql") }

// version returns the number of migrations the file has seen. A file that
// another program or a newer version wrote is an error. All is read in one
// transaction: another process may be making the file meanwhile.
func (d *DB) version(ctx context.Context) (version int, err error) {
	var id, tables int
	err = d.within(ctx, "opening", &sql.TxOptions{ReadOnly: true}, func(tx *txn) error {
		for _, q := range []struct {
			query string
			to    *int
		}{
			{"SELECT count(*) FROM sqlite_schema", &tables},
			{"PRAGMA application_id", &id},
			{"PRAGMA user_version", &version},
		} {
			if err := tx.QueryRowContext(ctx, q.query).Scan(q.to); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	if id == applicationID {
		return version, d.checkVersion(version)
	}
	if id != 0 || version != 0 || tables != 0 {
		return 0, fmt.Errorf("%s %w; move it away and start again, or use --home FOLDER", d.path, ErrNotOurs)
	}
	return 0, nil
}

func (d *DB) checkVersion(version int) error {
	steps, err := d.steps()
	if err == nil && version > len(steps) {
		return fmt.Errorf("%s %w (schema %d, this one knows %d); update mindleaf", d.path, ErrNewer, version, len(steps))
	}
	return err
}

// step runs one migration unless another process did so meanwhile.
func (d *DB) step(ctx context.Context, from int, name string, random io.Reader) error {
	text, err := fs.ReadFile(d.migrations, name)
	if err != nil {
		return err
	}
	return d.tx(ctx, "setting up "+d.path, func(tx *txn) error {
		var version int
		if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil || version != from {
			return err
		}
		if _, err := tx.tx.ExecContext(ctx, string(text)); err != nil {
			return fmt.Errorf("running %s: %w", name, err)
		}
		if from == 0 {
			if err := nameDevice(ctx, tx, random); err != nil {
				return err
			}
		}
		_, err := tx.tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, from+1))
		return err
	})
}

func nameDevice(ctx context.Context, tx *txn, random io.Reader) error {
	uid, err := deviceName(random)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO device (id, uid) VALUES (?, ?)", thisDevice, uid)
	return err
}

func deviceName(random io.Reader) (string, error) {
	name := make([]byte, deviceBytes)
	if _, err := io.ReadFull(random, name); err != nil {
		return "", fmt.Errorf("naming this device: %w", err)
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(name)), nil
}
