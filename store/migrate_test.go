package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mindleaf/mindleaf/srs"
)

var writeFixture = flag.Bool("write-fixture", false, "write testdata/schema-N.sql of the present schema anew")

// withMore are options with more migrations than the program has.
func withMore(texts ...string) Options {
	o := options()
	more := make(fstest.MapFS)
	for i, text := range texts {
		more[fmt.Sprintf("migrations/9%03d_more.sql", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	// The program's own lie in the program, and can always be read.
	names, _ := (&DB{migrations: migrations}).steps()
	for _, name := range names {
		data, _ := migrations.ReadFile(name)
		more[name] = &fstest.MapFile{Data: data}
	}
	o.migrations = more
	return o
}

func TestBackupBeforeMigration(t *testing.T) {
	ctx := context.Background()
	path := made(t, 20)
	backup := filepath.Join(t.TempDir(), "之前.db")
	o := withMore("CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT;")
	calls := 0
	o.BeforeMigration = func(ctx context.Context, old *DB) error {
		calls++
		_, err := old.Backup(ctx, backup)
		return err
	}
	d, err := Open(ctx, path, o)
	if err != nil {
		t.Fatal(err)
	}
	after := must[Holding](t)(d.Holding(ctx))
	record(t, d, review(1, srs.Good, today+1))
	checkSound(t, d)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	before := must[Holding](t)(Inspect(ctx, backup))
	if before.Version != after.Version-1 || before.Events != 20 || after.Events != 20 {
		t.Errorf("got %+v before, %+v after", before, after)
	}
	for _, again := range []string{path, filepath.Join(t.TempDir(), "new.db")} {
		d, err := Open(ctx, again, o)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if calls != 1 {
		t.Errorf("got %d backups, want one: none of a new file, or of one that is up to date", calls)
	}
	if _, err := Open(ctx, path, options()); !errors.Is(err, ErrNewer) {
		t.Errorf("opened by the version before: got %v, want %v", err, ErrNewer)
	}
}

func TestMigrationThatFails(t *testing.T) {
	failure := errors.New("no room")
	tests := map[string]struct {
		migration string
		backup    error
	}{
		"no backup":     {"CREATE TABLE extra (id INTEGER)", failure},
		"half of it":    {"DELETE FROM event; CREATE TABLE extra (id INTEGER); SELECT nonsense FROM nowhere", nil},
		"broken syntax": {"DROP TABLE day_count; CREATE TABEL", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			path := made(t, 20)
			o := withMore(tt.migration)
			o.BeforeMigration = func(context.Context, *DB) error { return tt.backup }
			_, err := Open(context.Background(), path, o)
			if err == nil || tt.backup != nil && !errors.Is(err, tt.backup) {
				t.Fatalf("got %v, want an error, %v", err, tt.backup)
			}
			d := open(t, path)
			checkSound(t, d)
			if h := must[Holding](t)(d.Holding(context.Background())); h.Events != 20 {
				t.Errorf("got %d events afterwards, want 20", h.Events)
			}
		})
	}
}

// TestEverySchema opens a database of every schema that was released, and of the
// next one, whose fixture -write-fixture makes anew when it changes.
func TestEverySchema(t *testing.T) {
	if *writeFixture {
		dump(t)
	}
	fixtures, err := filepath.Glob("testdata/schema-*.sql")
	if err != nil {
		t.Fatal(err)
	}
	steps, err := (&DB{migrations: migrations}).steps()
	if err != nil || len(fixtures) != len(steps) {
		t.Fatalf("%d fixtures for %d schemas, %v; go test ./store -run TestEverySchema -write-fixture writes the newest one", len(fixtures), len(steps), err)
	}
	for _, fixture := range fixtures {
		t.Run(filepath.Base(fixture), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "progress.db")
			raw(t, path, string(contentOf(t, fixture)))
			d := open(t, path)
			checkSound(t, d)
			check(t, "schema", schemaOf(t, fresh(t)), schemaOf(t, d))
			h := must[Holding](t)(d.Holding(context.Background()))
			if h.Events != 7 || h.Reviews != 5 || h.Cards != 4 {
				t.Errorf("got %+v, want 7 events, 5 reviews, 4 cards", h)
			}
			key := find(t, d, "a", "c1")
			if c := content(t, d, key); c.Front != "第1个问题是什么？" {
				t.Errorf("got the front %q", c.Front)
			}
			before := card(t, d, key)
			if before.State.Reviews != 2 {
				t.Errorf("got %+v, want two reviews", before.State)
			}
			if step := record(t, d, review(key, srs.Good, today+30)); step.Before != before.State {
				t.Errorf("got the step %+v after %+v", step, before.State)
			}
			if changes := syncDeck(t, d, "/a.toml", big("a", 4)); changes.Same != 4 || changes.Added != 0 {
				t.Errorf("the deck again: got %+v, want 4 the same", changes)
			}
			checkSound(t, d)
		})
	}
}

// schemaOf returns what a store is made of.
func schemaOf(t *testing.T, d *DB) []string {
	t.Helper()
	lines, err := collect(context.Background(), d.db, scanString, "SELECT name || ': ' || sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// released are the checksums of the migrations that learners have run.
var released = map[string]string{
	"migrations/0001_foundation.sql": "be16733067b7103359a4e20354acdd71295ede5dd4ae7222c7edd933bafce4d4",
}

// TestReleasedMigrations keeps a migration as it is once learners have run it: what
// an edit would change is never done to their databases. A change of the schema is a
// new migration, whose fixture -write-fixture makes.
func TestReleasedMigrations(t *testing.T) {
	for name, want := range released {
		data, err := migrations.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%x", sha256.Sum256(data)); got != want {
			t.Errorf("%s has the checksum %s, released was %s: leave it as it was, and put the change into a new migration", name, got, want)
		}
	}
}

// TestNewerSchema opens the newest fixture as if a later version had written it.
func TestNewerSchema(t *testing.T) {
	path := filepath.Join(t.TempDir(), "progress.db")
	raw(t, path, string(contentOf(t, "testdata/schema-1.sql")), "PRAGMA user_version = 99")
	before := contentOf(t, path)
	if _, err := Open(context.Background(), path, options()); !errors.Is(err, ErrNewer) {
		t.Errorf("got %v, want %v", err, ErrNewer)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 || !bytes.Equal(before, contentOf(t, path)) {
		t.Errorf("something was written: %v, %v", entries, err)
	}
}

// dump writes a small database of the present schema as SQL.
func dump(t *testing.T) {
	t.Helper()
	d := fresh(t)
	syncDeck(t, d, "/a.toml", big("a", 4))
	if _, err := d.db.Exec("UPDATE device SET uid = 'aaaaaaaaaaaaaaaa'"); err != nil {
		t.Fatal(err)
	}
	c1, c2 := find(t, d, "a", "c1"), find(t, d, "a", "c2")
	record(t, d, review(c1, srs.Good, today), review(c2, srs.Again, today), review(c1, srs.Easy, today+1), review(c2, srs.Hard, today+1),
		event(srs.SuspendEvent, find(t, d, "a", "c3"), today+1))
	last := record(t, d, review(c2, srs.Easy, today+2))
	if _, _, err := d.Undo(context.Background(), last.Event.Key, noon(today+2)); err != nil {
		t.Fatal(err)
	}
	version := must[Holding](t)(d.Holding(context.Background())).Version
	path := filepath.Join("testdata", "schema-"+string(rune('0'+version))+".sql")
	if err := os.WriteFile(path, []byte(strings.Join(statements(t, d), "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// statements make a database that holds what d holds.
func statements(t *testing.T, d *DB) []string {
	t.Helper()
	ctx := context.Background()
	list := func(query string) []string {
		lines, err := collect(ctx, d.db, scanString, query)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		return lines
	}
	const ours = " FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
	out := list("SELECT sql || ';'" + ours + "ORDER BY rowid")
	for _, table := range list("SELECT name" + ours + "AND type = 'table' ORDER BY rowid") {
		values := "'' || quote(" + strings.Join(list("SELECT '\"' || name || '\"' FROM pragma_table_info('"+table+"')"), ") || ', ' || quote(") + ")"
		out = append(out, list("SELECT 'INSERT INTO "+table+" VALUES (' || "+values+" || ');' FROM "+table)...)
	}
	return append(out, list("SELECT 'PRAGMA application_id = ' || application_id || ';' FROM pragma_application_id")[0],
		list("SELECT 'PRAGMA user_version = ' || user_version || ';' FROM pragma_user_version")[0])
}
