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
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/mindleaf/mindleaf/srs/sm2"
	"github.com/mindleaf/mindleaf/store"
)

// screen is one that waits for a key.
type screen struct {
	name string
	args []string
	// path is how one gets there: keys to press, and what the screen shows after each.
	path [][2]string
	// answers are given on the way, or before, and must be there afterwards.
	answers int64
	// before makes the home what the screen needs, and environment says more to the
	// program.
	before      func(t *testing.T, home string)
	environment []string
	// another is a program that has the terminal: Ctrl-C is meant for it.
	another bool
}

// screens are all that wait for a key.
var screens = []screen{
	{name: "question", args: []string{"review"}, path: [][2]string{{"", "1/10"}}},
	{name: "answer", args: []string{"review"}, path: [][2]string{{"", "1/10"}, {" 3", "2/10"}, {" ", "Easy"}}, answers: 1},
	{name: "help", args: []string{"review"}, path: [][2]string{{"", "1/10"}, {" 3", "2/10"}, {"?", "take"}}, answers: 1},
	{name: "history", args: []string{"review"}, path: [][2]string{{"", "1/10"}, {"i", "never reviewed"}}},
	{name: "flags", args: []string{"review"}, path: [][2]string{{"", "1/10"}, {"f", "Which flag?"}}},
	{name: "quiz question", args: []string{"quiz", "--kind", "choice", "--seed", "1"}, path: [][2]string{{"", "1/20"}}},
	{name: "quiz feedback", args: []string{"quiz", "--kind", "choice", "--seed", "1"}, path: [][2]string{{"", "1/20"}, {"1", "Space goes on"}}},
	{name: "quiz typed answer", args: []string{"quiz", "--kind", "typed", "--seed", "1"}, path: [][2]string{{"", "Your answer"}, {"注意", "注意"}}},
	{name: "quiz stop", args: []string{"quiz", "--kind", "choice", "--seed", "1"}, path: [][2]string{{"", "1/20"}, {"\x1b", "Stop the quiz?"}}},
	{name: "placement", args: []string{"path", "place", "--deck", "llm-basics", "--seed", "5"}, path: [][2]string{{"", "Space starts"}}},
	{name: "placement question", args: []string{"path", "place", "--deck", "llm-basics", "--seed", "5"}, path: [][2]string{{"", "Space starts"}, {" ", "question 1"}}},
	{name: "card to add", args: []string{"card", "add", "--deck", "mine"}, path: [][2]string{{"", "Front"}, {"问", "问"}}},
	{name: "line by line", args: []string{"review", "--plain"}, path: [][2]string{{"", "1/10"}, {"\r3\r", "2/10"}}, answers: 1},
	{name: "typed answer line by line", args: []string{"quiz", "--kind", "typed", "--seed", "1", "--plain"}, path: [][2]string{{"", "Your answer"}, {"注意", "注意"}}},
	{name: "question before a change", args: []string{"card", "suspend", "section:优化算法"}, path: [][2]string{{"", "Suspend 8 cards now?"}}},
	{name: "confirmation", args: []string{"path", "reset", "--deck", "llm-basics"}, path: [][2]string{{"", "?"}}, before: levelOpened},
	{name: "time box", args: []string{"review", "--minutes", "1"}, path: [][2]string{{"", "1/10"}, {" 3", "Go on?"}}, answers: 1, environment: []string{"TEST_STEP=1m"}},
	{name: "leech", args: []string{"review", "--new", "0"}, path: [][2]string{{"", "1/1"}, {" 1", "What shall become of it?"}}, answers: 3, before: leechToBe},
	{name: "copy before an edit", args: []string{"review"}, path: [][2]string{{"", "1/10"}, {"e", "Make the copy?"}}},
	{name: "editor", args: []string{"review", "mine"}, path: [][2]string{{"", "1/1"}, {"e", "in the editor"}}, before: cardToEdit, another: true},
	{name: "editor of a command", args: []string{"card", "edit", "mine/one"}, path: [][2]string{{"", "in the editor"}}, before: cardToEdit, another: true},
	{name: "import", args: []string{"import", "map.md"}, path: [][2]string{{"", "Make these changes?"}}, before: importToChange},
	{name: "backlog", args: []string{"backlog", "--per-day", "1"}, path: [][2]string{{"", "Spread them so?"}}, answers: 3, before: overdue},
	{name: "backups to choose from", args: []string{"restore"}, path: [][2]string{{"", "Which backup?"}}, answers: 3, before: overdue},
	{name: "question before a restore", args: []string{"restore"}, path: [][2]string{{"", "Which backup?"}, {"\r", "Restore this backup?"}}, answers: 3, before: overdue},
	{name: "answers of days to come", args: []string{"undo", "--future"}, path: [][2]string{{"", "Take back 3 events"}}, answers: 3, before: inTheFuture},
}

// runs runs the program line by line at a time, with lines typed, and wants it to end
// well.
func runs(t *testing.T, home, now, lines string, args ...string) {
	t.Helper()
	c := exec.Command(must1(os.Executable()))
	c.Args = append([]string{"mindleaf", "--home", home}, args...)
	c.Dir, c.Stdin = home, strings.NewReader(lines)
	c.Env = append(os.Environ(), "LANG=C.UTF-8", "TEST_NOW="+now+"T09:00:00+08:00")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v: %s", args, err, out)
	}
}

func levelOpened(t *testing.T, home string) {
	runs(t, home, "2026-01-05", "", "path", "open", "advanced", "--deck", "llm-basics")
}

func overdue(t *testing.T, home string) {
	runs(t, home, "2025-12-01", "\n3\n\n3\n\n3\nq\n", "review", "--plain")
}

func inTheFuture(t *testing.T, home string) {
	runs(t, home, "2036-12-01", "\n3\n\n3\n\n3\nq\n", "review", "--plain")
}

func leechToBe(t *testing.T, home string) {
	runs(t, home, "2025-11-01", "", "config", "set", "review.leech_lapses", "1")
	runs(t, home, "2025-11-01", "\n3\n", "review", "--plain", "--new", "1", "--limit", "1")
	runs(t, home, "2025-11-10", "\n3\n", "review", "--plain", "--new", "0")
}

// cardToEdit is a card of the learner's own, and an editor that waits.
func cardToEdit(t *testing.T, home string) {
	const text = "[deck]\ntitle = \"mine\"\n[[card]]\nid = \"one\"\nfront = \"问\"\nback = \"答\"\n"
	if err := os.WriteFile(filepath.Join(home, "decks", "mine.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func importToChange(t *testing.T, home string) {
	name := filepath.Join(home, "map.md")
	for n, text := range []string{"# 图\n\n- 章\n  - 甲：一\n", "# 图\n\n- 章\n  - 甲：一\n  - 乙：二\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			runs(t, home, "2026-01-05", "", "import", "map.md")
		}
	}
}

// opener starts the program in a window.
type opener func(t *testing.T, columns, rows int, environment []string, home string, args ...string) *window

// at opens the program and goes to the screen.
func at(t *testing.T, n int, open opener) (w *window, home string) {
	t.Helper()
	s := screens[n]
	home, _, environment := editHome(t, "[deck]\ntitle = \"mine\"\n", "echo in the editor; exec sleep 600")
	if s.before != nil {
		s.before(t, home)
	}
	args := slices.Clone(s.args)
	if i := slices.Index(args, "map.md"); i >= 0 {
		args[i] = filepath.Join(home, args[i])
	}
	w = open(t, 80, 24, append(environment, s.environment...), home, args...)
	for _, step := range s.path {
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
			if screen.another && s == syscall.SIGINT {
				continue
			}
			t.Run(fmt.Sprintf("%s/%v", screen.name, s), func(t *testing.T) {
				t.Parallel()
				w, home := at(t, n, openWith)
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
func inShell(t *testing.T, columns, rows int, environment []string, home string, args ...string) *window {
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
	return openCommand(t, columns, rows, environment, shell)
}

// waysToStop are how the program is stopped that runs in the foreground of a window.
var waysToStop = []struct {
	name string
	do   func(*window)
}{
	{"Ctrl-Z", func(w *window) { w.press("\x1a") }},
	{"SIGTSTP", func(w *window) {
		if err := syscall.Kill(w.foreground(), syscall.SIGTSTP); err != nil {
			w.t.Fatal(err)
		}
	}},
}

// TestStopAtEveryScreen stops the program at each screen with Ctrl-Z, and with the
// signal alone: the shell has its terminal back, and when the program goes on the
// screen is there and takes keys.
func TestStopAtEveryScreen(t *testing.T) {
	var stopped atomic.Int64
	t.Cleanup(func() { tried(t, "%d stops with Ctrl-Z or a signal at %d screens", stopped.Load(), len(screens)) })
	for n, screen := range screens {
		for i, way := range waysToStop {
			if testing.Short() && (n+i)%3 > 0 {
				continue
			}
			t.Run(screen.name+"/"+way.name, func(t *testing.T) {
				t.Parallel()
				w, home := at(t, n, inShell)
				drawn := w.drawn()
				way.do(w)
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
}

// drawn reports whether the program draws the screen, and does not go line by line.
func (w *window) drawn() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.screen.IsAltScreen()
}

// foreground is the group of processes that has the terminal, 0 when that is unknown.
func (w *window) foreground() (group int) {
	connection, err := w.terminal.SyscallConn()
	if err == nil {
		err = connection.Control(func(fd uintptr) { group, _ = unix.IoctlGetInt(int(fd), unix.TIOCGPGRP) })
	}
	if err != nil {
		return 0
	}
	return group
}

// goesOn waits until the shell's job has the terminal.
func (w *window) goesOn() {
	w.t.Helper()
	w.until("the job in the foreground", func(string) bool {
		group := w.foreground()
		return group > 0 && group != w.command.Process.Pid
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
