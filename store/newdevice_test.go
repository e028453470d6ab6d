package store

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/srs"
)

// otherRandom names a device otherwise than options does.
func otherRandom() *bytes.Reader { return bytes.NewReader([]byte("another device")) }

func loggedAll(t *testing.T, d *DB) (all []Logged) {
	t.Helper()
	if _, err := d.Log(context.Background(), func(l Logged) error {
		all = append(all, l)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestNewDevice goes on after a restore, and merges what came after the backup in
// another copy of the log: nothing of either may be taken for something of the other.
func TestNewDevice(t *testing.T) {
	ctx := context.Background()
	d := fresh(t)
	syncDeck(t, d, "/a.toml", big("a", 9))
	first := record(t, d, review(1, srs.Good, today))
	record(t, d, review(2, srs.Good, today))
	if _, _, err := d.Undo(ctx, first.Event.Key, noon(today)); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	must[Holding](t)(d.Backup(ctx, backup))
	record(t, d, review(3, srs.Good, today))
	record(t, d, review(4, srs.Again, today))
	before := loggedAll(t, d)
	if err := errors.Join(d.Restore(ctx, backup), d.NewDevice(ctx, otherRandom())); err != nil {
		t.Fatal(err)
	}
	if e, ok, err := d.LastUndoable(ctx); ok || err != nil {
		t.Errorf("got %+v, %v: what another device logged cannot be undone", e, err)
	}
	record(t, d, review(7, srs.Good, today+1))
	record(t, d, review(8, srs.Good, today+1))
	merged := must[Merged](t)(d.Merge(ctx, before))
	if diff := cmp.Diff(Merged{Added: 2, Known: 3}, merged); diff != "" {
		t.Errorf("merging the log of before (-want +got):\n%s", diff)
	}
	for _, card := range []int64{2, 3, 4, 7, 8} {
		if c := must[srs.Card](t)(d.Card(ctx, card)); c.State.Reviews != 1 {
			t.Errorf("card %d has %d reviews, want 1", card, c.State.Reviews)
		}
	}
	if c := must[srs.Card](t)(d.Card(ctx, 1)); c.State.Reviews != 0 {
		t.Errorf("the answer that was undone counts: %+v", c.State)
	}
	checkSound(t, d)
}

// TestReplaced answers in a store that another process has restored, or whose file was
// put away: nothing is written, and that is said.
func TestReplaced(t *testing.T) {
	ctx := context.Background()
	d := fresh(t)
	syncDeck(t, d, "/a.toml", big("a", 9))
	backup := filepath.Join(t.TempDir(), "backup.db")
	must[Holding](t)(d.Backup(ctx, backup))
	other := open(t, d.path)
	if err := errors.Join(other.Restore(ctx, backup), other.NewDevice(ctx, otherRandom())); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Record(ctx, review(1, srs.Good, today)); !errors.Is(err, ErrReplaced) {
		t.Errorf("after a restore: got %v, want %v", err, ErrReplaced)
	}
	record(t, other, review(1, srs.Good, today))
	if err := os.Rename(d.path, d.path+".away"); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Record(ctx, review(2, srs.Good, today)); !errors.Is(err, ErrReplaced) {
		t.Errorf("without a file: got %v, want %v", err, ErrReplaced)
	}
	if err := os.WriteFile(d.path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Record(ctx, review(2, srs.Good, today)); !errors.Is(err, ErrReplaced) {
		t.Errorf("with another file: got %v, want %v", err, ErrReplaced)
	}
}

// TestMergeBounds merges events after which no other could be logged, or that no
// export could name.
func TestMergeBounds(t *testing.T) {
	ctx := context.Background()
	for name, change := range map[string]func(*Logged){
		"number":  func(l *Logged) { l.Key.Seq = math.MaxInt64 },
		"clock":   func(l *Logged) { l.Clock = math.MaxInt64 },
		"before":  func(l *Logged) { l.Clock = -1 },
		"year":    func(l *Logged) { l.At = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) },
		"year 0":  func(l *Logged) { l.At = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC) },
		"zone":    func(l *Logged) { l.At = l.At.In(time.FixedZone("", 200_000)) },
		"day":     func(l *Logged) { l.Day = math.MaxInt32 },
		"took":    func(l *Logged) { l.Took = math.MaxInt64 },
		"no time": func(l *Logged) { l.Took = -time.Second },
	} {
		d := fresh(t)
		syncDeck(t, d, "/a.toml", big("a", 9))
		record(t, d, review(1, srs.Good, today))
		l := loggedAll(t, d)[0]
		l.Key.Seq++
		change(&l)
		if m, err := d.Merge(ctx, []Logged{l}); err == nil {
			t.Errorf("%s: got %+v, want an error", name, m)
		} else if !strings.Contains(err.Error(), "event") {
			t.Errorf("%s: %v does not say which", name, err)
		}
		record(t, d, review(2, srs.Good, today))
	}
}

// TestOwnFiles looks at who may read what a store consists of.
func TestOwnFiles(t *testing.T) {
	d := fresh(t)
	syncDeck(t, d, "/a.toml", big("a", 9))
	files, err := filepath.Glob(d.path + "*")
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if os.PathSeparator == '/' && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, want 0600", filepath.Base(name), info.Mode())
		}
	}
}
