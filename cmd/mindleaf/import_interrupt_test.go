//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck/tomlfile"
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
