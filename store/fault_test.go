//go:build unix

package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

// operation is something done to a store while the file system fails. It may
// find what it needs in folder.
type operation struct {
	name string
	do   func(ctx context.Context, d *DB, folder string) error
}

// opens are the options to open the store with afterwards.
func (op operation) opens() Options {
	if op.name == "migrate" {
		return updated(1)
	}
	return options()
}

var operations = []operation{
	{"answer", func(ctx context.Context, d *DB, _ string) error {
		_, err := d.Record(ctx, review(2, srs.Good, today+1))
		return err
	}},
	{"batch", func(ctx context.Context, d *DB, _ string) error {
		_, err := d.RecordAll(ctx, []srs.Event{review(2, srs.Good, today+1), event(srs.SuspendEvent, 3, today+1), review(4, srs.Again, today+1)})
		return err
	}},
	{"undo", func(ctx context.Context, d *DB, _ string) error {
		last, _, err := d.LastUndoable(ctx)
		if err != nil {
			return err
		}
		_, _, err = d.Undo(ctx, last.Key, noon(today+1))
		return err
	}},
	{"import", func(ctx context.Context, d *DB, _ string) error {
		_, err := d.SyncDeck(ctx, File{Path: "/new.toml", Deck: "new", Title: "new"}, big("new", 60), noon(today+1))
		return err
	}},
	{"import in pieces", func(ctx context.Context, d *DB, _ string) error {
		return growBy(ctx, d, "new", smallPieces(16))
	}},
	{"edit", func(ctx context.Context, d *DB, _ string) error {
		_, err := d.SyncDeck(ctx, File{Path: "/a.toml", Deck: "a", Title: "a"}, deckOf("a", alone("1", "法国的首都是什么？", "巴黎")), noon(today+1))
		return err
	}},
	{"edit in pieces", func(ctx context.Context, d *DB, _ string) error {
		d.pieces = pieces{large: 1, size: 2, steps: 2, lasting: time.Second}
		content := deckOf("a", leaf("巴黎", deck.Beginner, []string{"亚洲", "西欧"}, entry("9", "法国的首都？", "巴黎")), alone("5", "日本的首都是什么？", "东京"))
		_, err := d.SyncDeck(ctx, File{Path: "/a.toml", Deck: "a", Title: "a"}, content, noon(today+1))
		return err
	}},
	{"remove in pieces", func(ctx context.Context, d *DB, _ string) error {
		d.pieces = pieces{large: 1, size: 2, steps: 2, lasting: time.Second}
		_, err := d.RemoveFile(ctx, "/a.toml")
		return err
	}},
	{"remove", func(ctx context.Context, d *DB, _ string) error {
		_, err := d.RemoveFile(ctx, "/a.toml")
		return err
	}},
	{"merge", func(ctx context.Context, d *DB, _ string) error {
		e := review(0, srs.Easy, today+1)
		e.Key.Seq, e.Clock = 5, 5
		_, err := d.Merge(ctx, []Logged{{Event: e, Device: "other", Deck: "a", CardID: "1"}, {Event: e, Device: "third", Deck: "a", CardID: "5"}})
		return err
	}},
	{"merge in pieces", func(ctx context.Context, d *DB, _ string) error {
		return flood(ctx, d, "other", "1", "2", "3", "4", "5", "6")
	}},
	{"merge that breaks off", func(ctx context.Context, d *DB, _ string) error {
		err := inTheMiddle(d, floodLog("other", "1", "2"), func(int) {})
		if errors.Is(err, errBroken) {
			return nil // and nothing may be there
		}
		return err
	}},
	{"repair", func(ctx context.Context, d *DB, _ string) error {
		if _, err := d.db.ExecContext(ctx, "UPDATE day_count SET reviews = reviews + 1"); err != nil {
			return err
		}
		_, err := d.Repair(ctx)
		return err
	}},
	{"backup", func(ctx context.Context, d *DB, folder string) error {
		_, err := d.Backup(ctx, filepath.Join(folder, "made.db"))
		return err
	}},
	{"restore", func(ctx context.Context, d *DB, folder string) error {
		return d.Restore(ctx, filepath.Join(folder, "old.db"))
	}},
	{"migrate", func(ctx context.Context, d *DB, folder string) error {
		o := updated(1)
		o.BeforeMigration = func(ctx context.Context, old *DB) error {
			_, err := old.Backup(ctx, filepath.Join(folder, "made.db"))
			return err
		}
		if err := d.Close(); err != nil {
			return err
		}
		d, err := Open(ctx, d.path, o)
		if err != nil {
			return err
		}
		return d.Close()
	}},
}

// TestFaults lets every operation meet every fault at every call to the file
// system, once and for good, and looks afterwards at what is there.
func TestFaults(t *testing.T) {
	property.OneAtATime(t)
	f := theFaults()
	template := newTemplate(t)
	faults := 0
	for _, op := range operations {
		for kind := noFault + 1; kind < faultKinds; kind++ {
			for _, lasting := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s/%v/lasting %v", op.name, kind, lasting), func(t *testing.T) {
					for n := 1; ; n = next(n) {
						hit := template.try(t, f, op, kind, n, lasting)
						faults++
						if !hit || t.Failed() {
							break
						}
					}
				})
			}
		}
	}
	tried(t, "%d faults of %d kinds in %d operations", faults, faultKinds-1, len(operations))
}

// next is the call at which the fault after the n-th strikes: each of the first,
// then some, more of them in the longer form.
func next(n int) int {
	if os.Getenv(killsVariable) == "" {
		return n + max(1, n/3)
	}
	return n + max(1, n/6)
}

// template is a store that every attempt starts from, with the backup it may
// restore.
type template struct {
	store, backup        []byte
	before, whenRestored Holding
}

func newTemplate(t *testing.T) *template {
	t.Helper()
	d := studied(t)
	folder := t.TempDir()
	backup := filepath.Join(folder, "old.db")
	tm := &template{whenRestored: must[Holding](t)(d.Backup(context.Background(), backup))}
	record(t, d, review(1, srs.Hard, today), review(2, srs.Good, today))
	tm.before = must[Holding](t)(d.Holding(context.Background()))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for path, to := range map[string]*[]byte{d.path: &tm.store, backup: &tm.backup} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		*to = data
	}
	return tm
}

// try runs op with one fault and checks the store afterwards. It reports whether
// the fault struck.
func (tm *template) try(t *testing.T, f *faults, op operation, kind fault, n int, lasting bool) bool {
	t.Helper()
	ctx := context.Background()
	folder := t.TempDir()
	path := filepath.Join(folder, "progress.db")
	for name, data := range map[string][]byte{path: tm.store, filepath.Join(folder, "old.db"): tm.backup} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d, err := Open(ctx, path, options())
	if err != nil {
		t.Fatal(err)
	}
	f.arm(kind, n, lasting)
	failed := op.do(ctx, d, folder)
	_ = d.Close() // may meet the fault too
	hits := f.disarm()
	if hits == 0 && failed != nil {
		t.Fatalf("call %d: it failed without a fault: %v", n, failed)
	}
	again, err := Open(ctx, path, op.opens())
	if err != nil {
		t.Fatalf("call %d: opening afterwards: %v", n, err)
	}
	defer again.Close()
	if op.name != "repair" {
		checkSound(t, again)
	} else if err := again.IntegrityCheck(ctx); err != nil {
		t.Error(err)
	}
	tm.checkOutcome(t, op, again, folder, failed)
	checkNothingHalf(t, again)
	if _, err := again.Record(ctx, review(1, srs.Good, today+2)); err != nil {
		t.Errorf("call %d: an answer afterwards: %v", n, err)
	}
	return hits > 0
}

// checkOutcome wants all of the operation or nothing: what it said is done must be
// there, and nothing that was there before may be missing.
func (tm *template) checkOutcome(t *testing.T, op operation, d *DB, folder string, failed error) {
	t.Helper()
	ctx := context.Background()
	got := must[Holding](t)(d.Holding(ctx))
	done := map[string]Holding{"restore": tm.whenRestored}[op.name]
	switch added := map[string]int64{"answer": 1, "batch": 3, "undo": 1, "merge": 2, "merge in pieces": 6 * floodReviews}[op.name]; {
	case op.name == "restore":
	case op.name == "import", op.name == "import in pieces":
		done = Holding{Events: tm.before.Events, Cards: tm.before.Cards + 60}
	case op.name == "edit":
		done = Holding{Events: tm.before.Events, Cards: tm.before.Cards - 5}
	case op.name == "edit in pieces":
		done = Holding{Events: tm.before.Events + 1, Cards: tm.before.Cards - 4} // one card goes by another name
	case op.name == "remove", op.name == "remove in pieces":
		done = Holding{Events: tm.before.Events, Cards: tm.before.Cards - 6}
	default:
		done = Holding{Events: tm.before.Events + added, Cards: tm.before.Cards}
	}
	if op.name == "import in pieces" && failed != nil {
		// What is there is sound, and goes on when the file is read again.
		if whole := checkWhole(t, d, "new"); got.Cards > done.Cards || !whole && growBy(ctx, d, "new", ordinaryPieces) != nil {
			t.Errorf("got %+v with the error %v, and it does not go on", got, failed)
		}
		got = must[Holding](t)(d.Holding(ctx))
	}
	if (op.name == "edit in pieces" || op.name == "remove in pieces") && failed != nil {
		// What is there is sound, and goes on at the next start.
		if err := op.do(ctx, d, folder); err != nil {
			t.Errorf("got %+v with the error %v, and it does not go on: %v", got, failed, err)
		}
		got = must[Holding](t)(d.Holding(ctx))
		checkSound(t, d)
	}
	same := func(a, b Holding) bool { return a.Events == b.Events && a.Cards == b.Cards }
	if !same(got, done) && (failed == nil || !same(got, tm.before)) {
		t.Errorf("got %+v with the error %v, want %+v, or %+v after an error", got, failed, done, tm.before)
	}
	if op.name == "backup" || op.name == "migrate" {
		_, err := Inspect(ctx, filepath.Join(folder, "made.db"))
		if exists := !os.IsNotExist(statError(filepath.Join(folder, "made.db"))); exists && err != nil || failed == nil && err != nil {
			t.Errorf("the backup is there and cannot be used: %v", err)
		}
	}
}

// TestFaultsAtTheFirstStart makes a new store while the file system fails: it is
// whole afterwards, or can be made again.
func TestFaultsAtTheFirstStart(t *testing.T) {
	property.OneAtATime(t)
	f := theFaults()
	ctx := context.Background()
	faults := 0
	for kind := noFault + 1; kind < faultKinds; kind++ {
		for _, lasting := range []bool{false, true} {
			t.Run(fmt.Sprintf("%v/lasting %v", kind, lasting), func(t *testing.T) {
				for n, hit := 1, true; hit && !t.Failed(); n = next(n) {
					path := filepath.Join(t.TempDir(), "progress.db")
					f.arm(kind, n, lasting)
					faults++
					d, err := Open(ctx, path, options())
					if err == nil {
						_, err = d.SyncDeck(ctx, File{Path: "/b.toml", Deck: "b", Title: "b"}, deckOf("b", alone("7", "2+2?", "4")), noon(today))
						_ = d.Close() // may meet the fault too
					}
					if hits := f.disarm(); hits == 0 {
						hit = false
						if err != nil {
							t.Fatalf("it failed without a fault: %v", err)
						}
					}
					again := open(t, path)
					syncDeck(t, again, "/b.toml", deckOf("b", alone("7", "2+2?", "4")))
					record(t, again, review(find(t, again, deck.ID("b"), "7"), srs.Good, today))
					checkSound(t, again)
				}
			})
		}
	}
	tried(t, "%d faults of %d kinds at the first start", faults, faultKinds-1)
}
