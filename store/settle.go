package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Settle puts a copy of the damaged database at path that holds what is in its -wal
// file too in its place, and removes that file. Whoever is killed meanwhile leaves
// nothing less: with the -wal file still beside it SQLite makes the same of the copy.
// Where SQLite can read nothing of the database the error is ErrNotOurs, and the files
// stay as they are.
func Settle(ctx context.Context, path string) (err error) {
	const settling = "settling a damaged database"
	switch info, err := os.Stat(path + WALEnding); {
	case errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0:
		return dropWAL(path)
	case err != nil:
		return fmt.Errorf("%s: %w", settling, err)
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %s %w: it is not there", settling, path, ErrNotOurs)
	}
	folder, copied, err := copyDamaged(path)
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	if err == nil {
		err = checkpoint(ctx, copied)
	}
	if err == nil {
		err = syncFile(copied, 0o600)
	}
	if err != nil {
		return (&DB{path: path}).explain(settling, err)
	}
	if err := Replace(copied, path); err != nil {
		return fmt.Errorf("%s: %w", settling, err)
	}
	return dropWAL(path)
}

// checkpoint moves all that is in the -wal file of a database into the database.
func checkpoint(ctx context.Context, path string) (err error) {
	db, err := sql.Open("sqlite", source(path, patience))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	// SQLite looks for the -wal file when it first reads.
	if _, err := db.ExecContext(ctx, "SELECT count(*) FROM sqlite_schema"); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}

// dropWAL removes SQLite's own files beside the database at path.
func dropWAL(path string) error {
	for _, ending := range []string{WALEnding, SHMEnding} {
		if err := os.Remove(path + ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing a file of the damaged database: %w", err)
		}
	}
	return syncFolder(filepath.Dir(path))
}
