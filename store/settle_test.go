package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/mindleaf/mindleaf/srs"
)

// inWAL returns the path of a copy of a store of which ten answers are in the -wal
// file alone.
func inWAL(t *testing.T) string {
	t.Helper()
	d := open(t, made(t, 0))
	for i := range 10 {
		record(t, d, review(int64(1+i), srs.Good, today))
	}
	path := filepath.Join(t.TempDir(), "progress.db")
	for _, ending := range []string{"", WALEnding} {
		write(t, path+ending, contentOf(t, d.path+ending))
	}
	return path
}

// TestSettle wants one file of a database and its -wal file, and the same answers when
// that comes back beside it, as when it ended before the removal.
func TestSettle(t *testing.T) {
	path := inWAL(t)
	wal := contentOf(t, path+WALEnding)
	if err := Settle(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("left %v, %v, want the database alone", left, err)
	}
	for name, before := range map[string]func(){"alone": func() {}, "beside the old -wal file": func() { write(t, path+WALEnding, wal) }} {
		before()
		d := open(t, path)
		if h := must[Holding](t)(d.Holding(context.Background())); h.Events != 10 {
			t.Errorf("%s: got %d answers, want 10", name, h.Events)
		}
		checkSound(t, d)
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := Settle(context.Background(), path); err != nil {
		t.Errorf("settling again: %v", err)
	}
}

// TestSettleNothing wants files of which SQLite can read nothing to stay as they are.
func TestSettleNothing(t *testing.T) {
	path := inWAL(t)
	write(t, path, bytes.Repeat([]byte("mindleaf "), 9999))
	write(t, path+WALEnding, []byte("mindleaf"))
	if err := Settle(context.Background(), path); !errors.Is(err, ErrNotOurs) {
		t.Errorf("got %v, want %v", err, ErrNotOurs)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 2 {
		t.Errorf("left %v, %v, want both files", left, err)
	}
	if got := contentOf(t, path+WALEnding); string(got) != "mindleaf" {
		t.Errorf("the -wal file was changed")
	}
}
