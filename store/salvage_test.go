package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

// TestSalvage damages every page of a database in turn, restores a backup from
// half-way, and wants every answer back that can still be read.
func TestSalvage(t *testing.T) {
	property.OneAtATime(t)
	ctx := context.Background()
	folder := t.TempDir()
	d := capitals(t)
	for day := range srs.Day(150) {
		record(t, d, review(int64(day%7)+1, srs.Good, today+day))
	}
	backup := filepath.Join(folder, "backup.db")
	must[Holding](t)(d.Backup(ctx, backup))
	for day := range srs.Day(150) {
		record(t, d, review(int64(day%7)+1, srs.Again, today+150+day))
	}
	if _, err := d.db.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(d.path)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	saved, pages := int64(0), len(whole)/page
	tried := 0
	told := 0
	for at := 0; at < pages; at++ {
		tried++
		damaged := append([]byte(nil), whole...)
		for i := at * page; i < (at+1)*page; i++ {
			damaged[i] ^= 0xa5
		}
		path := filepath.Join(folder, "damaged.db")
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(backup)
		if err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(t.TempDir(), "restored.db")
		if err := os.WriteFile(target, data, 0o600); err != nil {
			t.Fatal(err)
		}
		restored := open(t, target)
		read := must[Salvaged](t)(restored.Salvage(ctx, path))
		m := must[Merged](t)(restored.Merge(ctx, read.Events))
		saved += m.Added
		if read.Lost >= 0 {
			told++
		}
		if read.Lost >= 0 && m.Added+m.Orphans+read.Lost != 150 {
			t.Errorf("page %d: %d events lost, of 150 since the backup, with %+v", at, read.Lost, m)
		}
		h := must[Holding](t)(restored.Holding(ctx))
		if h.Events != 150+m.Added || m.Added > 150 {
			t.Errorf("page %d: %d events with %+v", at, h.Events, m)
		}
		if r := must[Report](t)(restored.Verify(ctx)); !r.Sound() {
			t.Errorf("page %d: Verify: %+v", at, r)
		}
		record(t, restored, review(1, srs.Good, today+400)) // its number is free
		if now, err := os.ReadFile(path); err != nil || string(now) != string(damaged) {
			t.Errorf("page %d: the damaged file was changed: %v", at, err)
		}
	}
	if told < pages*9/10 {
		t.Errorf("how many events are lost is told of %d pages in %d only", told, pages)
	}
	if average := saved / int64(tried); average < 100 {
		t.Errorf("of 150 answers since the backup %d come back on the average of %d damaged pages, want 100", average, tried)
	}
	if !t.Failed() {
		t.Logf("tried: %d damaged pages with 150 answers since the backup: %d read on the average, the rest is damaged", tried, saved/int64(tried))
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 2 {
		t.Errorf("files were left behind: %v, %v", entries, err)
	}
}

// salvaged merges what can be read of the damaged database at path.
func salvaged(t *testing.T, into *DB, path string) Merged {
	t.Helper()
	return must[Merged](t)(into.Merge(context.Background(), must[Salvaged](t)(into.Salvage(context.Background(), path)).Events))
}
