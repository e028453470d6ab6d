//go:build unix

package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/mindleaf/mindleaf/srs/sm2"
	"github.com/mindleaf/mindleaf/store"
)

// screens are all the screens that wait for a key, with how one gets there: keys to
// press, and what the screen shows after each.
var screens = []struct {
	name    string
	args    []string
	path    [][2]string
	answers int64 // given on the way, which must be there afterwards
}{
	{"question", []string{"review"}, [][2]string{{"", "1/10"}}, 0},
	{"answer", []string{"review"}, [][2]string{{"", "1/10"}, {" 3", "2/10"}, {" ", "Easy"}}, 1},
	{"help", []string{"review"}, [][2]string{{"", "1/10"}, {" 3", "2/10"}, {"?", "take"}}, 1},
	{"history", []string{"review"}, [][2]string{{"", "1/10"}, {"i", "never reviewed"}}, 0},
	{"flags", []string{"review"}, [][2]string{{"", "1/10"}, {"f", "Which flag?"}}, 0},
	{"quiz question", []string{"quiz", "--kind", "choice", "--seed", "1"}, [][2]string{{"", "1/20"}}, 0},
	{"quiz feedback", []string{"quiz", "--kind", "choice", "--seed", "1"}, [][2]string{{"", "1/20"}, {"1", "Space goes on"}}, 0},
	{"quiz typed answer", []string{"quiz", "--kind", "typed", "--seed", "1"}, [][2]string{{"", "Your answer"}, {"注意", "注意"}}, 0},
	{"quiz stop", []string{"quiz", "--kind", "choice", "--seed", "1"}, [][2]string{{"", "1/20"}, {"\x1b", "Stop the quiz?"}}, 0},
	{"placement", []string{"path", "place", "--deck", "llm-basics", "--seed", "5"}, [][2]string{{"", "Space starts"}}, 0},
	{"placement question", []string{"path", "place", "--deck", "llm-basics", "--seed", "5"}, [][2]string{{"", "Space starts"}, {" ", "question 1"}}, 0},
	{"card to add", []string{"card", "add", "--deck", "mine"}, [][2]string{{"", "Front"}, {"问", "问"}}, 0},
	{"line by line", []string{"review", "--plain"}, [][2]string{{"", "1/10"}, {"\r3\r", "2/10"}}, 1},
	{"typed answer line by line", []string{"quiz", "--kind", "typed", "--seed", "1", "--plain"}, [][2]string{{"", "Your answer"}, {"注意", "注意"}}, 0},
	{"question before a change", []string{"card", "suspend", "section:优化算法"}, [][2]string{{"", "Suspend 8 cards now?"}}, 0},
	{"confirmation", []string{"path", "reset"}, [][2]string{{"", "?"}}, 0},
}

// opener starts the program in a window.
type opener func(t *testing.T, columns, rows int, home string, args ...string) *window

// at opens the program and goes to the screen.
func at(t *testing.T, n int, open opener) (w *window, home string) {
	t.Helper()
	home, _, _ = editHome(t, "[deck]\ntitle = \"mine\"\n", "")
	if s := screens[n]; s.name == "confirmation" {
		opened := openWith(t, 80, 24, nil, home, "path", "open", "advanced", "--deck", "llm-basics")
		opened.ends()
		w = open(t, 80, 24, home, "path", "reset", "--deck", "llm-basics")
	} else {
		w = open(t, 80, 24, home, s.args...)
	}
	for _, step := range screens[n].path {
		w.press(step[0])
		w.shows(step[1])
	}
	return w, home
}

// TestEverySignalAtEveryScreen ends the program at each screen. It goes at once,
// leaves the terminal as it was, and what was answered is there.
func TestEverySignalAtEveryScreen(t *testing.T) {
	// What ignores a signal hands that on to the programs it starts, as nohup does.
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, syscall.SIGHUP)
	t.Cleanup(func() { signal.Stop(heard) })
	var sent atomic.Int64
	t.Cleanup(func() { tried(t, "%d signals at %d screens", sent.Load(), len(screens)) })
	for n, screen := range screens {
		signals := []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT}
		if testing.Short() {
			signals = signals[n%3 : n%3+1] // a short run gives each screen one of them
		}
		for _, s := range signals {
			t.Run(fmt.Sprintf("%s/%v", screen.name, s), func(t *testing.T) {
				t.Parallel()
				w, home := at(t, n, open)
				if err := w.command.Process.Signal(s); err != nil {
					t.Fatal(err)
				}
				if code := w.ends(); code == 0 {
					t.Errorf("got exit 0")
				}
				sent.Add(1)
				<-w.drained
				w.checkRestored()
				checkAnswers(t, home, screen.answers)
			})
		}
	}
}

// inShell starts the program as a job of a shell, which goes on with it when it was
// stopped and Enter is pressed.
func inShell(t *testing.T, columns, rows int, home string, args ...string) *window {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "mindleaf")
	if err := os.Symlink(self, program); err != nil {
		t.Fatal(err)
	}
	const script = `"$@"; echo "it was stopped"; read -r line; fg >/dev/null`
	shell := exec.Command("sh", append([]string{"-m", "-c", script, "sh", program, "--home", home}, args...)...)
	return openCommand(t, columns, rows, nil, shell)
}

// TestStopAtEveryScreen stops the program at each screen with Ctrl-Z, which is SIGTSTP:
// the shell has its terminal back, and when the program goes on the screen is there
// and takes keys.
func TestStopAtEveryScreen(t *testing.T) {
	var stopped atomic.Int64
	t.Cleanup(func() { tried(t, "%d stops with Ctrl-Z at as many screens", stopped.Load()) })
	for n, screen := range screens {
		if testing.Short() && n%3 > 0 {
			continue
		}
		t.Run(screen.name, func(t *testing.T) {
			t.Parallel()
			w, home := at(t, n, inShell)
			drawn := w.drawn()
			w.press("\x1a")
			w.shows("it was stopped")
			w.checkRestored()
			w.press("\r")
			w.goesOn()
			stopped.Add(1)
			if drawn {
				w.shows(screen.path[len(screen.path)-1][1])
			}
			w.press("\x03")
			if code := w.ends(); code != exitInterrupted {
				t.Errorf("got exit %d after Ctrl-C, want %d", code, exitInterrupted)
			}
			<-w.drained
			w.checkRestored()
			checkAnswers(t, home, screen.answers)
		})
	}
}

// drawn reports whether the program draws the screen, and does not go line by line.
func (w *window) drawn() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.screen.IsAltScreen()
}

// goesOn waits until the shell's job has the terminal.
func (w *window) goesOn() {
	w.t.Helper()
	w.until("the job in the foreground", func(string) bool {
		group := w.command.Process.Pid
		connection, err := w.terminal.SyscallConn()
		if err == nil {
			err = connection.Control(func(fd uintptr) { group, _ = unix.IoctlGetInt(int(fd), unix.TIOCGPGRP) })
		}
		return err == nil && group > 0 && group != w.command.Process.Pid
	})
}

// checkRestored wants the terminal as a shell leaves it.
func (w *window) checkRestored() {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.screen.IsAltScreen() || w.screen.CursorHidden() {
		w.t.Errorf("the terminal is not as it was: alternate screen %v, cursor hidden %v", w.screen.IsAltScreen(), w.screen.CursorHidden())
	}
}

// checkAnswers wants a whole store with so many answers, or none at all for none.
func checkAnswers(t *testing.T, home string, want int64) {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, filepath.Join(home, "mindleaf.db"), store.Options{Schedulers: sm2.Schedulers, Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	h, err := db.Holding(ctx)
	if err := errors.Join(err, db.IntegrityCheck(ctx), db.Close()); err != nil {
		t.Fatal(err)
	}
	if h.Reviews != want {
		t.Errorf("got %d answers, want %d", h.Reviews, want)
	}
}
