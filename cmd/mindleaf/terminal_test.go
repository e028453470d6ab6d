//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long a screen may take to show what is waited for.
const patience = 20 * time.Second

// window is the program running in a virtual terminal.
type window struct {
	t        *testing.T
	command  *exec.Cmd
	terminal *os.File
	mu       sync.Mutex
	screen   *vt.Emulator
	bells    int
	drained  chan struct{}
}

// open starts the program in a terminal of the given size, with home as its
// home folder.
func open(t *testing.T, columns, rows int, home string, args ...string) *window {
	t.Helper()
	return openWith(t, columns, rows, nil, home, args...)
}

func openWith(t *testing.T, columns, rows int, environment []string, home string, args ...string) *window {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(self)
	// testscript's TestMain runs the program when it is called by its name.
	command.Args = append([]string{"mindleaf", "--home", home}, args...)
	return openCommand(t, columns, rows, environment, command)
}

// openCommand starts a command in a terminal.
func openCommand(t *testing.T, columns, rows int, environment []string, command *exec.Cmd) *window {
	t.Helper()
	w := &window{t: t, command: command, screen: vt.NewEmulator(columns, rows), drained: make(chan struct{})}
	w.screen.SetCallbacks(vt.Callbacks{Bell: func() { w.bells++ }})
	w.command.Env = append(os.Environ(), "TERM=xterm-256color", "LANG=C.UTF-8", "NO_COLOR=1", "TEST_NOW=2026-01-05T09:00:00+08:00")
	w.command.Env = append(w.command.Env, environment...)
	terminal, err := pty.StartWithSize(w.command, &pty.Winsize{Rows: uint16(rows), Cols: uint16(columns)})
	if err != nil {
		t.Fatal(err)
	}
	w.terminal = closable(t, terminal)
	go w.copy()
	go w.answer()
	t.Cleanup(func() {
		// The process may have ended already. The emulator is left alone: its
		// Close races with its Read.
		_ = w.command.Process.Kill()
		_ = w.terminal.Close()
	})
	return w
}

// closable returns the same terminal as a file whose Close does not wait for a
// Read under way.
func closable(t *testing.T, f *os.File) *os.File {
	t.Helper()
	fd, err := syscall.Dup(int(f.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Close(), syscall.SetNonblock(fd, true)); err != nil {
		t.Fatal(err)
	}
	return os.NewFile(uintptr(fd), f.Name())
}

// copy feeds what the program writes to the virtual screen.
func (w *window) copy() {
	defer close(w.drained)
	buffer := make([]byte, 4096)
	for {
		n, err := w.terminal.Read(buffer)
		w.mu.Lock()
		_, _ = w.screen.Write(buffer[:n])
		w.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// answer passes the virtual terminal's replies on.
func (w *window) answer() {
	buffer := make([]byte, 256)
	for {
		n, err := w.screen.Read(buffer)
		if err != nil {
			return
		}
		if _, err := w.terminal.Write(buffer[:n]); err != nil {
			return
		}
	}
}

func (w *window) text() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.screen.String()
}

// until waits for the screen to satisfy ok.
func (w *window) until(what string, ok func(screen string) bool) string {
	w.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if s := w.text(); ok(s) {
			return s
		}
	}
	w.t.Fatalf("the screen never showed %s:\n%s", what, w.text())
	return ""
}

// shows waits for text on the screen.
func (w *window) shows(text string) string {
	w.t.Helper()
	return w.until(fmt.Sprintf("%q", text), func(s string) bool { return strings.Contains(s, text) })
}

func (w *window) press(keys string) {
	w.t.Helper()
	if _, err := w.terminal.WriteString(keys); err != nil {
		w.t.Fatal(err)
	}
}

func (w *window) resize(columns, rows int) {
	w.t.Helper()
	w.mu.Lock()
	w.screen.Resize(columns, rows)
	w.mu.Unlock()
	if err := pty.Setsize(w.terminal, &pty.Winsize{Rows: uint16(rows), Cols: uint16(columns)}); err != nil {
		w.t.Fatal(err)
	}
}

// ends waits for the program to end and returns its exit code.
func (w *window) ends() int {
	w.t.Helper()
	done := make(chan error, 1)
	go func() { done <- w.command.Wait() }()
	select {
	case err := <-done:
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			w.t.Fatal(err)
		}
		return w.command.ProcessState.ExitCode()
	case <-time.After(patience):
		w.t.Fatalf("the program did not end:\n%s", w.text())
		return -1
	}
}

// leaves wants text on the screen of a program that has ended, without a word that
// is broken at the edge.
func (w *window) leaves(text string) {
	w.t.Helper()
	<-w.drained
	if s := strings.Join(strings.Fields(w.text()), " "); !strings.Contains(s, text) {
		w.t.Errorf("%q is not left on the screen, or broken:\n%s", text, w.text())
	}
}

// due runs mindleaf due.
func due(t *testing.T, home string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Args = []string{"mindleaf", "--home", home, "due"}
	c.Env = append(os.Environ(), "LANG=C.UTF-8", "TEST_NOW=2026-01-05T09:00:00+08:00")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

// sizes are the windows every screen must work in.
var sizes = [][2]int{{80, 24}, {40, 15}, {20, 10}}

func TestTerminalKeepsFiveAnswers(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			w := open(t, size[0], size[1], home, "review")
			w.shows("1/10")
			w.press(strings.Repeat(" 3", 5))
			w.shows("6/10")
			w.press("\x03")
			if got := w.ends(); got != 130 {
				t.Errorf("got exit %d, want 130", got)
			}
			if got, want := due(t, home), "0 due, 5 new, 0 to drill"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			again := open(t, size[0], size[1], home, "review")
			again.shows("1/5")
			again.press("q")
			if got := again.ends(); got != 0 {
				t.Errorf("got exit %d, want 0", got)
			}
		})
	}
}

func TestTerminalTypeAhead(t *testing.T) {
	for _, gap := range []time.Duration{0, time.Millisecond} {
		t.Run(gap.String(), func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			w := open(t, 80, 24, home, "review")
			// Keys are sent from the start, before the program reads any.
			for _, k := range " 3 1 2 4 3 3" {
				w.press(string(k))
				time.Sleep(gap)
			}
			w.shows("new 4 drill 2")
			w.press("q")
			w.ends()
			// 1 and 2 are drilled; the others are done.
			if got, want := due(t, home), "0 due, 4 new, 2 to drill"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// TestTerminalErrors wants what goes to stderr to be wrapped as results are.
func TestTerminalErrors(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			w := open(t, size[0], size[1], t.TempDir(), "quiz", "--exam", "--pass", "101")
			if code := w.ends(); code != 2 {
				t.Errorf("got exit %d, want 2", code)
			}
			w.leaves("mindleaf: --pass takes a percentage, 1 to 100")
			w = open(t, size[0], size[1], t.TempDir(), "map", "a", "b")
			w.ends()
			w.leaves("hint: the usage is mindleaf map")
		})
	}
}

func TestTerminalUndo(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	w := open(t, 80, 24, home, "review")
	first := w.shows("1/10")
	w.press(" 3")
	w.shows("2/10")
	w.press("u")
	again := w.shows("1/10")
	if question(first) != question(again) {
		t.Errorf("got %q after undo, want %q", question(again), question(first))
	}
	w.press("q")
	w.ends()
	if got, want := due(t, home), "0 due, 10 new, 0 to drill"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// question is the row below the status.
func question(screen string) string { return strings.Split(screen, "\n")[1] }

func TestTerminalScreen(t *testing.T) {
	const closing = "，。、；：？！）》”’】」』〉…"
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			w := open(t, size[0], size[1], t.TempDir(), "review")
			for card := range 5 {
				w.shows(fmt.Sprintf("%d/10", card+1))
				w.press(" ")
				w.until("four grades", func(s string) bool { return strings.Contains(s, "4 Easy") || strings.Contains(s, "4Easy") })
				w.press("\x1b[A\x1b[A\x1b[B\x1b[B")
				screen := w.until("one marker", func(s string) bool { return strings.Count(s, "▸") == 1 })
				for _, row := range strings.Split(screen, "\n") {
					if r := []rune(strings.TrimLeft(row, " ")); len(r) > 0 && strings.ContainsRune(closing, r[0]) && r[0] != '…' {
						t.Errorf("a row begins with a closing mark: %q in\n%s", row, screen)
					}
				}
				if n := strings.Count(screen, "Easy"); n != 1 {
					t.Errorf("the grades stand %d times on the screen:\n%s", n, screen)
				}
				w.press("3")
			}
			if w.bells != 0 {
				t.Errorf("the bell rang %d times", w.bells)
			}
		})
	}
}

func TestTerminalResize(t *testing.T) {
	t.Parallel()
	w := open(t, 80, 24, t.TempDir(), "review")
	w.shows("1/10")
	w.press(" ")
	w.shows("4 Easy")
	for _, size := range [][2]int{{40, 15}, {20, 10}, {100, 30}, {80, 24}} {
		w.resize(size[0], size[1])
		w.until(fmt.Sprintf("one list of grades at %v", size), func(s string) bool {
			return strings.Count(s, "▸") == 1 && strings.Count(s, "Easy") == 1 && strings.Contains(s, "1/10")
		})
	}
}

func TestTerminalUnplugged(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	w := open(t, 80, 24, home, "review")
	w.shows("1/10")
	w.press(" 3")
	w.shows("2/10")
	if err := w.terminal.Close(); err != nil {
		t.Fatal(err)
	}
	w.ends()
	if got, want := due(t, home), "0 due, 9 new, 0 to drill"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTerminalEndSignals(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			w := open(t, 80, 24, t.TempDir(), "review")
			w.shows("1/10")
			if err := w.command.Process.Signal(s); err != nil {
				t.Fatal(err)
			}
			if code := w.ends(); code == 0 {
				t.Errorf("got exit 0 after %v", s)
			}
			<-w.drained
			w.checkRestored()
		})
	}
}

func TestTerminalEditor(t *testing.T) {
	t.Parallel()
	home, _, environment := editHome(t, "[deck]\ntitle = \"Mine\"\n\n[[card]]\n  front = \"原来的问题？\"\n  back = \"答案\"\n",
		"sed -i.bak 's/^  front = .*/  front = \"改过的问题？\"/' \"$last\"")
	if err := os.WriteFile(filepath.Join(home, "config.toml"), []byte("shipped_deck = false\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w := openWith(t, 80, 24, environment, home, "review")
	w.shows("原来的问题")
	w.press("e")
	w.shows("改过的问题")
	w.press(" 3")
	if code := w.ends(); code != 0 {
		t.Errorf("got exit %d, want 0", code)
	}
}
