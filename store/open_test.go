package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/srs"
)

// made returns the path of a closed store with 30 cards and n answers.
func made(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "progress.db")
	d, err := Open(context.Background(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	syncDeck(t, d, "/a.toml", big("a", 30))
	for i := range n {
		record(t, d, review(int64(1+i%30), srs.Good, today))
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// raw runs queries on the file at path without any setting of ours.
func raw(t *testing.T, path string, queries ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range queries {
		if _, err := db.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func contentOf(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestOpenBad(t *testing.T) {
	tests := []struct {
		name string
		make func(t *testing.T, path string)
		want error
	}{
		{"text", func(t *testing.T, path string) { write(t, path, []byte("卡片\n")) }, ErrNotOurs},
		{"longer text", func(t *testing.T, path string) { write(t, path, bytes.Repeat([]byte("mindleaf "), 999)) }, ErrNotOurs},
		{"one byte", func(t *testing.T, path string) { write(t, path, []byte("S")) }, ErrNotOurs},
		{"zeros", func(t *testing.T, path string) { write(t, path, make([]byte, 8192)) }, ErrNotOurs},
		{"header alone", func(t *testing.T, path string) { write(t, path, contentOf(t, made(t, 1))[:100]) }, ErrNotOurs},
		{"other application", func(t *testing.T, path string) {
			raw(t, path, "CREATE TABLE note (id INTEGER)", "INSERT INTO note VALUES (1)")
		}, ErrNotOurs},
		{"other application's id", func(t *testing.T, path string) { raw(t, path, "PRAGMA application_id = 77") }, ErrNotOurs},
		{"other application's version", func(t *testing.T, path string) { raw(t, path, "PRAGMA user_version = 1") }, ErrNotOurs},
		{"newer", func(t *testing.T, path string) {
			write(t, path, contentOf(t, made(t, 1)))
			raw(t, path, "PRAGMA user_version = 1000")
		}, ErrNewer},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "progress.db")
			tt.make(t, path)
			before := contentOf(t, path)
			d, err := Open(context.Background(), path, options())
			if err == nil {
				t.Fatal("want an error", d.Close())
			}
			if !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
			if !bytes.Equal(before, contentOf(t, path)) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestOpenFolderInPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "progress.db")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), path, options()); !errors.Is(err, ErrNotOurs) {
		t.Errorf("got %v, want %v", err, ErrNotOurs)
	}
	write(t, filepath.Join(path, "file"), nil)
	if _, err := Open(context.Background(), filepath.Join(path, "file", "progress.db"), options()); !errors.Is(err, ErrReadOnly) {
		t.Errorf("file in place of the folder: got %v, want %v", err, ErrReadOnly)
	}
}

// TestOpenDamaged damages files in ways that the header does not show.
func TestOpenDamaged(t *testing.T) {
	whole := contentOf(t, made(t, 300))
	tests := map[string]func([]byte) []byte{
		"half":         func(b []byte) []byte { return b[:len(b)/2] },
		"one page":     func(b []byte) []byte { return b[:4096] },
		"odd size":     func(b []byte) []byte { return b[:len(b)-1000] },
		"second half":  func(b []byte) []byte { return append(b[:len(b)/2], bytes.Repeat([]byte{0xa5}, len(b)-len(b)/2)...) },
		"schema table": func(b []byte) []byte { return append(append(b[:100], bytes.Repeat([]byte{0xff}, 200)...), b[300:]...) },
	}
	for name, damage := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "progress.db")
			write(t, path, damage(bytes.Clone(whole)))
			d, err := Open(context.Background(), path, options())
			if err == nil {
				err = errors.Join(d.IntegrityCheck(context.Background()), d.Close())
			}
			if !errors.Is(err, ErrNotOurs) {
				t.Errorf("got %v, want %v", err, ErrNotOurs)
			}
		})
	}
}

func TestOpenEmpty(t *testing.T) {
	for _, name := range []string{"空", "a b", "we?ird#%41.db", "50%", "卡片 ?mode=ro&x=1#碎片", "日本語/深/い.db"} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, name)
			if name == "空" {
				write(t, path, nil)
			}
			d := open(t, path)
			syncDeck(t, d, "/a.toml", big("a", 3))
			if _, err := os.Stat(path); err != nil {
				t.Error(err)
			}
			if made, err := os.ReadDir(folder); err != nil || len(made) > 3 {
				t.Errorf("made %v, %v", made, err)
			}
			if w := d.Warnings(); len(w) > 0 {
				t.Errorf("warnings %q", w)
			}
		})
	}
}

func TestOpenLocked(t *testing.T) {
	path := made(t, 10)
	db, err := sql.Open("sqlite", path+"?_pragma=locking_mode(exclusive)")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	for _, q := range []string{"BEGIN EXCLUSIVE", "UPDATE device SET seq = seq"} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	start := time.Now()
	if _, err := openWithin(context.Background(), path, options(), 50*time.Millisecond); !errors.Is(err, ErrLocked) {
		t.Errorf("got %v, want %v", err, ErrLocked)
	}
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("gave up after %v", took)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	checkSound(t, open(t, path))
}

// TestRecordLocked has another connection hold the write lock for longer than
// this one waits.
func TestRecordLocked(t *testing.T) {
	path := made(t, 10)
	d, err := openWithin(context.Background(), path, options(), 50*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	other := open(t, path)
	err = other.tx(context.Background(), "holding", func(*txn) error {
		if _, err := d.Record(context.Background(), review(1, srs.Good, today)); !errors.Is(err, ErrLocked) {
			t.Errorf("got %v, want %v", err, ErrLocked)
		}
		if _, err := d.Due(context.Background(), Filter{}, today, today); err != nil {
			t.Errorf("reading while another writes: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	record(t, d, review(1, srs.Good, today))
	checkSound(t, d)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestRecordBetween has another connection hold the write lock for far longer than it
// leaves it to others, again and again: an answer finds its turn all the same.
func TestRecordBetween(t *testing.T) {
	ctx := context.Background()
	path := made(t, 0)
	d, other := open(t, path), open(t, path)
	stop, stopped, holds := make(chan struct{}), make(chan error, 1), make(chan struct{}, 1)
	go func() {
		var err error
		for err == nil {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			err = other.tx(ctx, "holding", func(*txn) error {
				select {
				case holds <- struct{}{}:
				default:
				}
				time.Sleep(300 * time.Millisecond)
				return nil
			})
			time.Sleep(fillGap)
		}
		stopped <- err
	}()
	for range 3 {
		<-holds
		if _, err := d.Record(ctx, review(1, srs.Good, today)); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestRecordFull(t *testing.T) {
	ctx := context.Background()
	d := open(t, made(t, 10))
	var pages, answers int
	if err := d.db.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	if _, err := d.db.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages+1)); err != nil {
		t.Fatal(err)
	}
	var err error
	for ; err == nil && answers < 5000; answers++ {
		_, err = d.Record(ctx, review(int64(1+answers%30), srs.Good, today))
	}
	if !errors.Is(err, ErrFull) {
		t.Fatalf("got %v after %d answers, want %v", err, answers, ErrFull)
	}
	r, err := d.Verify(ctx)
	if want := int64(10 + answers - 1); err != nil || !r.Sound() || r.Events != want {
		t.Errorf("got %+v, %v, want %d events", r, err, want)
	}
	if _, err := d.db.Exec("PRAGMA max_page_count = 100000"); err != nil {
		t.Fatal(err)
	}
	record(t, d, review(1, srs.Good, today))
	checkSound(t, d)
}

// TestOpenAtOnce has several open one file that is not there yet.
func TestOpenAtOnce(t *testing.T) {
	for range 25 {
		path := filepath.Join(t.TempDir(), "progress.db")
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				d, err := Open(context.Background(), path, options())
				if err != nil {
					t.Error(err)
					return
				}
				if err := d.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		var devices int
		if err := open(t, path).db.QueryRow("SELECT count(*) FROM device").Scan(&devices); err != nil || devices != 1 {
			t.Errorf("got %d devices, %v", devices, err)
		}
	}
}

// TestRecordInterleaved has two stores record into one file at the same time.
func TestRecordInterleaved(t *testing.T) {
	const answers = 500
	path := made(t, 0)
	var both sync.WaitGroup
	for range 2 {
		d := open(t, path)
		both.Go(func() {
			for i := range answers {
				if _, err := d.Record(context.Background(), review(int64(1+i%30), srs.Grades[i%4], today)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	d := open(t, path)
	checkSound(t, d)
	if r, err := d.Verify(context.Background()); err != nil || r.Events != 2*answers {
		t.Errorf("got %d events, %v, want %d", r.Events, err, 2*answers)
	}
}
