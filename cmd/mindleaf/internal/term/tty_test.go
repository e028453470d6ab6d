//go:build unix

package term

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// patience is generous: the machine may be busy with other things.
const patience = 60 * time.Second

// tty is a child in a terminal of its own, whose screen can be looked at.
type tty struct {
	*testing.T
	cmd    *exec.Cmd
	pty    *os.File
	slave  *os.File
	before *unix.Termios
	stderr syncBuffer
	exited chan struct{}
	code   int

	mu   sync.Mutex
	emu  *vt.Emulator
	raw  []byte
	read chan struct{} // closed when the terminal has nothing more
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func start(t *testing.T, flow string, width, height int) *tty {
	t.Helper()
	t.Parallel()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	master = pollable(t, master)
	resizePty(t, master, width, height)
	before, err := unix.IoctlGetTermios(int(slave.Fd()), ioctlGetTermios)
	if err != nil {
		t.Fatal(err)
	}
	w, h := width, height
	if w == 0 {
		w, h = usualWidth, usualHeight
	}
	c := &tty{T: t, pty: master, slave: slave, before: before, emu: vt.NewEmulator(w, h),
		exited: make(chan struct{}), read: make(chan struct{})}
	c.cmd = exec.Command(os.Args[0])
	c.cmd.Env = append(os.Environ(), childVariable+"="+flow, "TERM=xterm-256color", "NO_COLOR=")
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = slave, slave, &c.stderr
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go c.drainReplies()
	go c.drain()
	go func() {
		_ = c.cmd.Wait()
		c.code = c.cmd.ProcessState.ExitCode()
		close(c.exited)
	}()
	t.Cleanup(c.end)
	return c
}

// pollable returns f in a form that Close really closes while a Read waits.
func pollable(t *testing.T, f *os.File) *os.File {
	t.Helper()
	defer f.Close()
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	return os.NewFile(uintptr(fd), f.Name())
}

func resizePty(t *testing.T, master *os.File, width, height int) {
	t.Helper()
	conn, err := master.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	size := &unix.Winsize{Col: uint16(width), Row: uint16(height)}
	var failed error
	err = conn.Control(func(fd uintptr) { failed = unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, size) })
	if err != nil || failed != nil {
		t.Fatal(err, failed)
	}
}

// drainReplies throws away what the emulator answers; it would block.
func (c *tty) drainReplies() {
	b := make([]byte, 256)
	for {
		if _, err := c.emu.Read(b); err != nil {
			return
		}
	}
}

func (c *tty) drain() {
	defer close(c.read)
	b := make([]byte, 4096)
	for {
		n, err := c.pty.Read(b)
		c.mu.Lock()
		c.raw = append(c.raw, b[:n]...)
		_, _ = c.emu.Write(b[:n])
		c.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// end stops the child and looks at what must hold for every test.
func (c *tty) end() {
	select {
	case <-c.exited:
	default:
		_ = c.cmd.Process.Kill()
		<-c.exited
	}
	c.pty.Close()
	c.slave.Close()
	c.mu.Lock()
	defer c.mu.Unlock()
	if bytes.ContainsRune(c.raw, '\a') {
		c.Error("the terminal was told to beep")
	}
	if s := c.stderr.String(); strings.Contains(s, "DATA RACE") {
		c.Errorf("data race in the child:\n%s", s)
	}
}

func (c *tty) resize(width, height int) {
	c.Helper()
	c.mu.Lock()
	c.emu.Resize(width, height)
	c.mu.Unlock()
	resizePty(c.T, c.pty, width, height)
}

func (c *tty) send(keys string) {
	c.Helper()
	if _, err := c.pty.WriteString(keys); err != nil {
		c.Fatal(err)
	}
}

// rows returns the screen's rows without the spaces at their ends.
func (c *tty) rows() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	rows := make([]string, c.emu.Height())
	for y := range rows {
		var b strings.Builder
		for x := 0; x < c.emu.Width(); {
			cell := c.emu.CellAt(x, y)
			if cell == nil || cell.Content == "" {
				b.WriteByte(' ')
				x++
				continue
			}
			b.WriteString(cell.Content)
			x += max(1, cell.Width)
		}
		rows[y] = strings.TrimRight(b.String(), " ")
	}
	return rows
}

func (c *tty) text() string { return strings.Join(c.rows(), "\n") }

func (c *tty) cursor() (x, y int, hidden bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.emu.CursorPosition()
	return p.X, p.Y, c.emu.CursorHidden()
}

// until waits until ok holds for the screen.
func (c *tty) until(what string, ok func(screen string) bool) string {
	c.Helper()
	deadline := time.Now().Add(patience)
	for {
		s := c.text()
		if ok(s) {
			return s
		}
		if time.Now().After(deadline) {
			c.Fatalf("no %s on the screen:\n%s\n-- stderr:\n%s", what, s, c.stderr.String())
		}
		time.Sleep(2 * time.Millisecond)
	}
}

func (c *tty) see(text string) string {
	c.Helper()
	return c.until(text, func(s string) bool { return strings.Contains(s, text) })
}

// hear waits until the child has reported text.
func (c *tty) hear(text string) {
	c.Helper()
	c.until("report of "+text, func(string) bool { return strings.Contains(c.stderr.String(), text) })
}

// caretAt waits until the cursor is visible in column x.
func (c *tty) caretAt(x int) {
	c.Helper()
	c.until("caret", func(string) bool {
		at, _, hidden := c.cursor()
		return at == x && !hidden
	})
}

// leaves waits for the child's end and looks whether the terminal is as before.
func (c *tty) leaves(code int) {
	c.Helper()
	c.exits(code)
	c.until("normal screen", func(string) bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return !c.emu.IsAltScreen() && !c.emu.CursorHidden()
	})
	after, err := unix.IoctlGetTermios(int(c.slave.Fd()), ioctlGetTermios)
	if err != nil {
		c.Fatal(err)
	}
	if *after != *c.before {
		c.Errorf("terminal modes: got %+v, want %+v", *after, *c.before)
	}
	c.until("wrapping on, paste off", func(string) bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return bytes.Contains(c.raw, []byte("\x1b[?7h")) && bytes.Contains(c.raw, []byte("\x1b[?2004l"))
	})
}

func (c *tty) exits(code int) {
	c.Helper()
	select {
	case <-c.exited:
	case <-time.After(patience):
		c.Fatalf("the child does not end; screen:\n%s\n-- stderr:\n%s", c.text(), c.stderr.String())
	}
	if c.code != code {
		c.Errorf("exit code: got %d, want %d; stderr:\n%s", c.code, code, c.stderr.String())
	}
}

// tidy waits for a screen with exactly one pointer, one label, and nothing
// beyond the right edge.
func (c *tty) tidy(label string) string {
	c.Helper()
	return c.until("tidy screen", func(s string) bool {
		return strings.Count(s, "▸") == 1 && (label == "" || strings.Count(s, label) == 1) && !duplicated(s)
	})
}

// duplicated reports whether a row longer than a mark is on the screen twice.
func duplicated(screen string) bool {
	seen := map[string]bool{}
	for row := range strings.SplitSeq(screen, "\n") {
		row = strings.TrimSpace(row)
		if len(row) > 6 && seen[row] {
			return true
		}
		seen[row] = true
	}
	return false
}
