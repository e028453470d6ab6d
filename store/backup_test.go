package store

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/srs"
)

func TestBackupAndRestore(t *testing.T) {
	ctx := context.Background()
	d := studied(t)
	path := filepath.Join(t.TempDir(), "backups", "一月?#%.db")
	want := must[Holding](t)(d.Holding(ctx))
	check(t, "backup", want, must[Holding](t)(d.Backup(ctx, path)))
	before := readLog(t, d)

	record(t, d, review(2, srs.Again, today+1), event(srs.SuspendEvent, 3, today+1))
	if h := must[Holding](t)(d.Holding(ctx)); h.Events != want.Events+2 || h.Reviews != want.Reviews+1 {
		t.Errorf("got %+v after two events, with %+v before", h, want)
	}
	other := open(t, d.path)
	check(t, "inspected", want, must[Holding](t)(Inspect(ctx, path)))
	if err := d.Restore(ctx, path); err != nil {
		t.Fatal(err)
	}
	for name, db := range map[string]*DB{"restored": d, "open elsewhere": other, "opened again": open(t, d.path)} {
		check(t, name, want, must[Holding](t)(db.Holding(ctx)))
		check(t, name+": log", len(before), len(readLog(t, db)))
		if r := must[Report](t)(db.Verify(ctx)); !r.Sound() {
			t.Errorf("%s: Verify: %+v", name, r)
		}
	}
	record(t, other, review(2, srs.Good, today+2))
	if err := d.IntegrityCheck(ctx); err != nil {
		t.Error(err)
	}
}

func TestBackupLeavesNothingHalf(t *testing.T) {
	ctx := context.Background()
	d := studied(t)
	folder := t.TempDir()
	path := filepath.Join(folder, "b.db")
	must[Holding](t)(d.Backup(ctx, path))
	if _, err := d.Backup(ctx, path); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("backup over another: got %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := d.Backup(cancelled, filepath.Join(folder, "c.db")); err == nil {
		t.Error("a cancelled backup succeeded")
	}
	if _, err := d.Backup(ctx, filepath.Join(path, "d.db")); err == nil {
		t.Error("a backup into a file succeeded")
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Errorf("got %v, %v, want b.db alone", entries, err)
	}
}

func TestInspectRefuses(t *testing.T) {
	ctx := context.Background()
	folder := t.TempDir()
	d := studied(t)
	good := filepath.Join(folder, "good.db")
	must[Holding](t)(d.Backup(ctx, good))
	data, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	damaged := append([]byte(nil), data...)
	for i := 4096; i < len(damaged); i++ {
		damaged[i] ^= 0x5a
	}
	tests := []struct {
		name string
		data []byte
		want error
	}{
		{"text.db", []byte("not a database at all, but a text"), ErrNotOurs},
		{"empty.db", nil, ErrNotOurs},
		{"half.db", data[:len(data)/2], ErrNotOurs},
		{"damaged.db", damaged, ErrNotOurs},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(folder, tt.name)
			if err := os.WriteFile(path, tt.data, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := Inspect(ctx, path); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
			if after, err := os.ReadFile(path); err != nil || len(after) != len(tt.data) {
				t.Errorf("the file was changed: %v", err)
			}
		})
	}
	if _, err := Inspect(ctx, filepath.Join(folder, "nowhere.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: got %v", err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != len(tests)+1 {
		t.Errorf("inspecting left files behind: %v, %v", entries, err)
	}
}

func TestBackupSweepsWhatKilledOnesLeft(t *testing.T) {
	d := studied(t)
	folder, home := t.TempDir(), filepath.Dir(d.path)
	old := time.Now().Add(-25 * time.Hour)
	tests := []struct {
		path string
		at   time.Time
		gone bool
	}{
		{filepath.Join(folder, ".mindleaf-1.part"), old, true},
		{filepath.Join(folder, ".mindleaf-1.part-journal"), old, true},
		{filepath.Join(folder, ".mindleaf-2.part"), time.Now(), false},
		{filepath.Join(folder, "学习.part"), old, false},
		{filepath.Join(folder, "mindleaf-1.part"), old, false},
		{filepath.Join(home, ".mindleaf-salvage-1", "damaged.db"), old, true},
		{filepath.Join(home, ".mindleaf-salvage-2", "damaged.db"), time.Now(), false},
	}
	for _, tt := range tests {
		if err := os.MkdirAll(filepath.Dir(tt.path), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, tt.path, []byte("half"))
		for _, path := range []string{tt.path, filepath.Dir(tt.path)} {
			if err := os.Chtimes(path, tt.at, tt.at); err != nil {
				t.Fatal(err)
			}
		}
	}
	must[Holding](t)(d.Backup(context.Background(), filepath.Join(folder, "b.db")))
	for _, tt := range tests {
		if gone := os.IsNotExist(statError(tt.path)); gone != tt.gone {
			t.Errorf("%s: gone %v, want %v", tt.path, gone, tt.gone)
		}
	}
}

func statError(path string) error {
	_, err := os.Stat(path)
	return err
}

// TestBeyond counts what a backup lacks, also after this machine got another name, and of
// a store that has nothing in common with it.
func TestBeyond(t *testing.T) {
	ctx := context.Background()
	d := studied(t)
	backup := filepath.Join(t.TempDir(), "what? 100%#.db")
	must[Holding](t)(d.Backup(ctx, backup))
	if n := must[int64](t)(d.Beyond(ctx, backup)); n != 0 {
		t.Errorf("%d events beyond a backup of now", n)
	}
	for day := range srs.Day(3) {
		record(t, d, review(1, srs.Good, today+1+day))
	}
	if err := d.NewDevice(ctx, rand.Reader); err != nil {
		t.Fatal(err)
	}
	d = open(t, d.path)
	record(t, d, review(1, srs.Good, today+9))
	if n := must[int64](t)(d.Beyond(ctx, backup)); n != 4 {
		t.Errorf("%d events beyond the backup, want 4", n)
	}
	other := capitals(t)
	record(t, other, review(1, srs.Good, today))
	if n := must[int64](t)(other.Beyond(ctx, backup)); n != 1 {
		t.Errorf("%d events beyond a backup of another store, want 1", n)
	}
	record(t, other, review(2, srs.Good, today)) // and nothing is left attached
}
