//go:build unix

package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/deck/tomlfile"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
	"github.com/mindleaf/mindleaf/store"
)

// TestInterruptedImport stops an import at several moments and wants the deck to
// be there whole or not at all, nothing left over beside it, and the next run to
// work.
func TestInterruptedImport(t *testing.T) {
	const rows = 10_000
	folder := t.TempDir()
	var table strings.Builder
	for i := range rows {
		fmt.Fprintf(&table, "第 %d 张卡问什么？,它问的是第 %d 张卡的内容\n", i, i)
	}
	file := filepath.Join(folder, "big.csv")
	if err := os.WriteFile(file, []byte(table.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	interrupted := 0
	for _, after := range []time.Duration{20, 60, 120, 250, 500, 1000} {
		home := filepath.Join(folder, fmt.Sprint("home", int(after)))
		c := exec.Command(self)
		c.Args = []string{"mindleaf", "import", file, "--home", home}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(after * time.Millisecond)
		// The process may have ended already.
		if err := c.Process.Signal(syscall.SIGINT); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		// A signal before the program listens for it ends it at once.
		if err := c.Wait(); err != nil {
			interrupted++
			if status := c.ProcessState.Sys().(syscall.WaitStatus); c.ProcessState.ExitCode() != exitInterrupted && !status.Signaled() {
				t.Errorf("after %d ms: %v", after, err)
			}
		}
		checkWhole(t, self, home, rows)
	}
	t.Logf("%d imports were interrupted", interrupted)
}

func checkWhole(t *testing.T, self, home string, cards int) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(home, "decks", ".mindleaf-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
	path := filepath.Join(home, "decks", "big.toml")
	if data, err := os.ReadFile(path); err == nil {
		d, err := tomlfile.Parse(path, data)
		if err != nil {
			t.Errorf("half a deck: %v", err)
		} else if got := len(d.Cards()); got != cards {
			t.Errorf("got %d cards, want %d", got, cards)
		}
	}
	next := exec.Command(self)
	next.Args = []string{"mindleaf", "due", "--home", home}
	if out, err := next.CombinedOutput(); err != nil {
		t.Errorf("the next run: %v\n%s", err, out)
	}
}

// exportOfMany writes an export of many cards with some reviews each.
func exportOfMany(t *testing.T, self, folder string, cards, reviews int) (file string) {
	t.Helper()
	home := filepath.Join(folder, "from")
	var text strings.Builder
	fmt.Fprint(&text, "[deck]\nid = \"many\"\ntitle = \"Many\"\n")
	for i := range cards {
		fmt.Fprintf(&text, "\n[[card]]\nid = \"c%d\"\nfront = \"第 %d 问\"\nback = \"第 %d 答\"\n", i, i, i)
	}
	if err := os.MkdirAll(filepath.Join(home, "decks"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "decks", "many.toml"), []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	mindleaf(t, self, home, "due")
	db, err := store.Open(context.Background(), filepath.Join(home, "mindleaf.db"), store.Options{Schedulers: sm2.Schedulers})
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.MergeByCard(context.Background(), func(yield func(store.Logged, error) bool) {
		for i := range cards {
			for n := range reviews {
				day := srs.Day(19000 + 30*n + i*7%30)
				e := srs.Event{Key: srs.EventKey{Seq: int64(1 + i*reviews + n)}, Kind: srs.ReviewEvent, At: day.Date().Add(12 * time.Hour), Day: day,
					Grade: srs.Good, Scheduler: "sm2 reading=program multiplier=100 fuzz=on max=36500"}
				e.Clock = e.At.UnixMilli()
				if !yield(store.Logged{Event: e, Device: "phone", Deck: "many", CardID: deck.CardID(fmt.Sprint("c", i))}, nil) {
					return
				}
			}
		}
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(folder, "many.json")
	mindleaf(t, self, home, "export", "many", "--output", file)
	return file
}

// mindleaf runs a command that must do its work.
func mindleaf(t *testing.T, self, home string, args ...string) string {
	t.Helper()
	c := exec.Command(self)
	c.Args = append(append([]string{"mindleaf"}, args...), "--home", home)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

// count asks the database of a home for a number; 0 while it is not there.
func count(home, query string) (n int) {
	path := filepath.Join(home, "mindleaf.db")
	if _, err := os.Stat(path); err != nil {
		return 0
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return 0
	}
	defer db.Close()
	if err := db.QueryRow(query).Scan(&n); err != nil {
		return 0
	}
	return n
}

// TestInterruptedHistory stops the import of a large history when some of it is
// there, and wants nothing of it to be left when the program is next started, and
// all of it after importing again.
func TestInterruptedHistory(t *testing.T) {
	property.OneAtATime(t)
	const cards, reviews = 2500, 8
	folder := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	file := exportOfMany(t, self, folder, cards, reviews)
	for _, stop := range []syscall.Signal{syscall.SIGINT, syscall.SIGKILL} {
		for _, pieces := range []int{1, 6} {
			t.Run(fmt.Sprintf("%v after %d pieces", stop, pieces), func(t *testing.T) {
				home := t.TempDir()
				c := exec.Command(self)
				c.Args = []string{"mindleaf", "import", file, "--home", home}
				var talk strings.Builder
				c.Stderr = &talk
				if err := c.Start(); err != nil {
					t.Fatal(err)
				}
				for count(home, "SELECT count(*) FROM merge_piece") < pieces {
					if count(home, "SELECT count(*) FROM event") == cards*reviews {
						t.Fatal("it was done before it could be stopped")
					}
					time.Sleep(time.Millisecond)
				}
				if err := c.Process.Signal(stop); err != nil {
					t.Fatal(err)
				}
				if err := c.Wait(); err == nil || stop == syscall.SIGINT && c.ProcessState.ExitCode() != exitInterrupted {
					t.Errorf("the import ended with %v", err)
				}
				_, err := os.Stat(filepath.Join(home, "decks", "many.toml"))
				if gone := os.IsNotExist(err); gone != (stop == syscall.SIGINT) {
					t.Errorf("the deck file is gone: %v", gone)
				}
				said := mindleaf(t, self, home, "due")
				if told := strings.Contains(said, "import it again"); told != (stop == syscall.SIGKILL) {
					t.Errorf("the next start says\n%s", said)
				}
				for when, said := range map[syscall.Signal]string{syscall.SIGINT: talk.String(), syscall.SIGKILL: said} {
					if told := strings.Contains(said, "taking back"); told != (stop == when) {
						t.Errorf("it is taken back after %v, and what is said after %v is %q", stop, when, said)
					}
				}
				if n := count(home, "SELECT count(*) FROM event"); n != 0 {
					t.Errorf("%d events are left", n)
				}
				mindleaf(t, self, home, "doctor")
				mindleaf(t, self, home, "import", file, "--replace")
				if n := count(home, "SELECT count(*) FROM event"); n != cards*reviews {
					t.Errorf("got %d events after importing again, want %d", n, cards*reviews)
				}
				mindleaf(t, self, home, "doctor")
			})
		}
	}
}

// TestImportKilledBetweenFileAndHistory kills an import when the deck file is there and
// nothing of its history, and wants the next start to say so once, and importing again
// to make it whole.
func TestImportKilledBetweenFileAndHistory(t *testing.T) {
	property.OneAtATime(t)
	const cards, reviews = 2500, 2
	folder := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	file := exportOfMany(t, self, folder, cards, reviews)
	home := t.TempDir()
	c := exec.Command(self)
	c.Args = []string{"mindleaf", "import", file, "--home", home}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for giveUp := time.Now().Add(time.Minute); !exists(filepath.Join(home, "decks", "many.toml")); time.Sleep(100 * time.Microsecond) {
		if time.Now().After(giveUp) {
			t.Fatal("no deck file was written")
		}
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // it was killed
	if n := count(home, "SELECT count(*) FROM event"); n != 0 {
		t.Skipf("it was too fast: %d events are there", n)
	}
	if said := mindleaf(t, self, home, "due"); !strings.Contains(said, "an import was interrupted before its end: import it again") {
		t.Errorf("the next start says\n%s", said)
	}
	if said := mindleaf(t, self, home, "due"); strings.Contains(said, "interrupted") {
		t.Errorf("it says so again:\n%s", said)
	}
	if said := mindleaf(t, self, home, "import", file); strings.Contains(said, "interrupted") {
		t.Errorf("importing again says\n%s", said)
	}
	if n := count(home, "SELECT count(*) FROM event"); n != cards*reviews {
		t.Errorf("got %d events after importing again, want %d", n, cards*reviews)
	}
	if said := mindleaf(t, self, home, "doctor"); strings.Contains(said, "interrupted") {
		t.Errorf("an import that has ended leaves a mark:\n%s", said)
	}
	if left, err := filepath.Glob(filepath.Join(home, "*-import*")); err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
}
