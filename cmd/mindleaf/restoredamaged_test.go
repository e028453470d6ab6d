package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// damagedHome is a home folder with a database that is damaged, and a backup of when
// it had two of its five answers.
func damagedHome(t *testing.T) (home, backup string) {
	t.Helper()
	home = t.TempDir()
	do := func(input, want string, args ...string) {
		t.Helper()
		if code, out := ticking(t, home, input, time.Second, args...); code != 0 || !strings.Contains(out, want) {
			t.Fatalf("exit %d\n%s", code, out)
		}
	}
	backup = filepath.Join(home, "mine.db")
	do("\n3\n\n3\nq\n", "2 cards answered", "review", "--plain")
	do("", "backed up", "backup", backup)
	do("\n3\n\n3\n\n3\nq\n", "3 cards answered", "review", "--plain")
	path := filepath.Join(home, "mindleaf.db")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// The texts of the cards fill the middle of the file.
	for i := len(data) / 2; i < len(data)/2+8*4096; i++ {
		data[i] ^= 0xff
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return home, backup
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
	if code != 0 || !strings.Contains(out, "the present database cannot be used") || !strings.Contains(out, "3 events since the backup could be read from it") {
		t.Errorf("restore: exit %d\n%s", code, out)
	}
	checkFiveAnswers(t, home)
	left, err := filepath.Glob(filepath.Join(home, "mindleaf.db.*"))
	if err != nil || len(left) != 1 || !strings.Contains(left[0], ".damaged-") {
		t.Errorf("got %v, %v beside the database, want the damaged one alone", left, err)
	}
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
	template, _ := damagedHome(t)
	times, restored := 40, 0
	if testing.Short() {
		times = 4
	}
	for range times {
		home := t.TempDir()
		if err := os.CopyFS(home, os.DirFS(template)); err != nil {
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
