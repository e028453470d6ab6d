package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/store"
)

// damagedHome is a home folder with a database that is damaged, and a backup of when
// it had two of its five answers.
func damagedHome(t *testing.T) (home, backup string) {
	t.Helper()
	home, backup = backedUpHome(t)
	answerThree(t, home)
	damage(t, home, "")
	return home, backup
}

// damage spoils the texts of cards, which fill the middle of the database, and writes
// some text over its beginning.
func damage(t *testing.T, home, beginning string) {
	t.Helper()
	path := filepath.Join(home, "mindleaf.db")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) / 2; i < len(data)/2+8*4096; i++ {
		data[i] ^= 0xff
	}
	copy(data, beginning)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// unsettledHome is like damagedHome, but the last three answers are in the -wal file
// alone, and the database cannot be opened at all.
func unsettledHome(t *testing.T) (home, backup string) {
	t.Helper()
	lived, _ := backedUpHome(t)
	db, err := sql.Open("sqlite", filepath.Join(lived, "mindleaf.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	// The first page is written to the -wal file with it. As long as this is open
	// nothing is moved from there.
	if _, err := db.Exec("PRAGMA user_version = 1"); err != nil {
		t.Fatal(err)
	}
	answerThree(t, lived)
	home = t.TempDir()
	if err := os.CopyFS(home, os.DirFS(lived)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(home, "mindleaf.db"+store.SHMEnding)); err != nil {
		t.Fatal(err)
	}
	damage(t, home, "lost")
	return home, filepath.Join(home, "mine.db")
}

// backedUpHome is a home folder with two answers and a backup of them.
func backedUpHome(t *testing.T) (home, backup string) {
	t.Helper()
	home = t.TempDir()
	backup = filepath.Join(home, "mine.db")
	mustTick(t, home, "\n3\n\n3\nq\n", "2 cards answered", "review", "--plain")
	mustTick(t, home, "", "backed up", "backup", backup)
	return home, backup
}

func answerThree(t *testing.T, home string) {
	t.Helper()
	mustTick(t, home, "\n3\n\n3\n\n3\nq\n", "3 cards answered", "review", "--plain")
}

// mustTick runs the program, which must say what is wanted.
func mustTick(t *testing.T, home, input, want string, args ...string) {
	t.Helper()
	if code, out := ticking(t, home, input, time.Second, args...); code != 0 || !strings.Contains(out, want) {
		t.Fatalf("exit %d\n%s", code, out)
	}
}

// checkFiveAnswers wants a sound home with all answers.
func checkFiveAnswers(t *testing.T, home string) {
	t.Helper()
	if code, out := ticking(t, home, "", time.Second, "doctor"); code != 0 || strings.Contains(out, "✗") {
		t.Errorf("doctor: exit %d\n%s", code, out)
	}
	if _, out := ticking(t, home, "", time.Second, "due", "--json"); !strings.Contains(out, `"answered": 5`) {
		t.Errorf("want 5 answers:\n%s", out)
	}
}

// TestRestoreSalvages wants all answers back, those from before and those from after
// the backup.
func TestRestoreSalvages(t *testing.T) {
	home, backup := damagedHome(t)
	code, out := ticking(t, home, "", time.Second, "restore", backup, "--yes")
	if code != 0 || !strings.Contains(out, "the present database cannot be used") || !strings.Contains(out, "3 events since the backup could be read") {
		t.Errorf("restore: exit %d\n%s", code, out)
	}
	checkFiveAnswers(t, home)
	left, err := filepath.Glob(filepath.Join(home, "mindleaf.db.*"))
	if err != nil || len(left) != 1 || !strings.Contains(left[0], ".damaged-") {
		t.Errorf("got %v, %v beside the database, want the damaged one alone", left, err)
	}
}

// TestRestoreStepByStep ends replacing a damaged database after each of its steps, as
// being killed does. Restoring again finds all answers, those in the -wal file too.
func TestRestoreStepByStep(t *testing.T) {
	property.OneAtATime(t)
	template, _ := unsettledHome(t)
	steps := len(replacing(t.Context(), replacement{}, ""))
	for done := range steps {
		home := t.TempDir()
		if err := os.CopyFS(home, os.DirFS(template)); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(home, "mindleaf.db")
		for _, step := range replacing(t.Context(), replacement{path: path}, path+".damaged-before")[:done] {
			if err := step(); err != nil {
				t.Fatal(err)
			}
		}
		mustTick(t, home, "", "3 events since the backup could be read", "restore", filepath.Join(home, "mine.db"), "--yes")
		if checkFiveAnswers(t, home); t.Failed() {
			t.Fatalf("after %d of %d steps", done, steps)
		}
	}
}

// TestRestoreLink wants a link to the database to stay one, and the answers that are in
// the -wal file beside what it names.
func TestRestoreLink(t *testing.T) {
	home, backup := unsettledHome(t)
	path, elsewhere := filepath.Join(home, "mindleaf.db"), filepath.Join(t.TempDir(), "mine.db")
	for _, ending := range []string{"", store.WALEnding} {
		if err := os.Rename(path+ending, elsewhere+ending); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(elsewhere, path); err != nil {
		t.Fatal(err)
	}
	mustTick(t, home, "", "3 events since the backup could be read", "restore", backup, "--yes")
	checkFiveAnswers(t, home)
	if to, err := os.Readlink(path); err != nil || to != elsewhere {
		t.Errorf("the link names %q, %v; want %q", to, err, elsewhere)
	}
}

// TestRestoreLeavesWhatMayBeWhole wants a database that was not found to be damaged to
// stay, whatever keeps it from being opened.
func TestRestoreLeavesWhatMayBeWhole(t *testing.T) {
	for _, why := range []error{store.ErrLocked, store.ErrNewer, store.ErrReadOnly, store.ErrDisk, store.ErrFull, context.Canceled, errors.New("some other error")} {
		path := filepath.Join(t.TempDir(), "mindleaf.db")
		writeText(t, path, "progress")
		a := &app{env: env{stdout: io.Discard}}
		a.places.database = path
		if err := a.replaceUnusable(t.Context(), path, store.Holding{}, fmt.Errorf("opening: %w", why), true); !errors.Is(err, why) {
			t.Errorf("got %v, want %v", err, why)
		}
		if text, err := os.ReadFile(path); err != nil || string(text) != "progress" {
			t.Errorf("%v: it is %q, %v now", why, text, err)
		}
	}
}

// TestRestoreAsksFirst wants to hear what would be restored of a damaged database before
// the question, and everything to stay without an answer.
func TestRestoreAsksFirst(t *testing.T) {
	home, backup := damagedHome(t)
	before := namesIn(t, home)
	code, out := ticking(t, home, "", time.Second, "restore", backup)
	for _, want := range []string{"cards, 2 reviews, last change", "3 events since the backup could be read", "cards, 5 reviews, last change", "--yes goes on without asking"} {
		if !strings.Contains(out, want) {
			t.Errorf("there is no %q in\n%s", want, out)
		}
	}
	if after := namesIn(t, home); code != exitUsage || !slices.Equal(before, after) {
		t.Errorf("exit %d, files %v before and %v after", code, before, after)
	}
}

// namesIn are the names of what is in a folder.
func namesIn(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestRestoreOfOtherTables takes the tables that a database lacks from a backup.
func TestRestoreOfOtherTables(t *testing.T) {
	home, backup := backedUpHome(t)
	db, err := sql.Open("sqlite", filepath.Join(home, "mindleaf.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("DROP TABLE device"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	mustTick(t, home, "", "the present database cannot be used", "restore", backup, "--yes")
	mustTick(t, home, "", `"answered": 2`, "due", "--json")
}

// TestRestoreBesideOldWAL wants the two answers of the backup, and nothing of the -wal
// file of a database that is gone.
func TestRestoreBesideOldWAL(t *testing.T) {
	home, backup := unsettledHome(t)
	if err := os.Remove(filepath.Join(home, "mindleaf.db")); err != nil {
		t.Fatal(err)
	}
	mustTick(t, home, "", "restored.", "restore", backup, "--yes")
	mustTick(t, home, "", `"answered": 2`, "due", "--json")
	mustTick(t, home, "", "", "doctor")
}

// TestRestoreThatFails wants the damaged database to stay where it is when no other
// can be made.
func TestRestoreThatFails(t *testing.T) {
	home, backup := damagedHome(t)
	path := filepath.Join(home, "mindleaf.db")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	inTheWay := filepath.Join(path+".restored", "file")
	if err := errors.Join(os.Mkdir(path+".restored", 0o700), os.WriteFile(inTheWay, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	if code, out := ticking(t, home, "", time.Second, "restore", backup, "--yes"); code != exitFailed {
		t.Errorf("got exit %d\n%s", code, out)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the damaged database is not as it was: %v", err)
	}
}

// TestKillRestore kills the program at any moment while it replaces a damaged
// database. The one or the other is there afterwards, and no answer is lost.
func TestKillRestore(t *testing.T) {
	property.OneAtATime(t)
	damaged, _ := damagedHome(t)
	unsettled, _ := unsettledHome(t)
	templates := []string{damaged, unsettled}
	const times = 40
	restored := 0
	for i := range times {
		home := t.TempDir()
		if err := os.CopyFS(home, os.DirFS(templates[i%2])); err != nil {
			t.Fatal(err)
		}
		restore := []string{"restore", filepath.Join(home, "mine.db"), "--yes"}
		killed := program(t, home, restore...)
		if err := killed.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.IntN(120)) * time.Millisecond)
		// It may have come to its end already.
		_ = killed.Process.Kill()
		_ = killed.Wait()
		if code, _ := ticking(t, home, "", time.Second, "doctor"); code == 0 {
			restored++
		} else if code, out := ticking(t, home, "", time.Second, restore...); code != 0 {
			t.Fatalf("restoring again: exit %d\n%s", code, out)
		}
		if checkFiveAnswers(t, home); t.Failed() {
			return
		}
	}
	tried(t, "%d kills while a damaged database is replaced, %d of them after that", times, restored)
}

// program is the program with home as its home folder.
func program(t *testing.T, home string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Args = append([]string{"mindleaf", "--home", home}, args...)
	c.Env = append(os.Environ(), "LANG=C.UTF-8", "TEST_NOW=2026-01-05T09:00:00+08:00")
	return c
}
