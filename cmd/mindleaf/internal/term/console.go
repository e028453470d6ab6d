package term

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rivo/uniseg"
	"golang.org/x/term"
)

var (
	// ErrNotTerminal says that the input or the output is no terminal.
	ErrNotTerminal = errors.New("not a terminal")
	// ErrDumb says that the terminal cannot move its cursor (TERM=dumb).
	ErrDumb = errors.New("the terminal cannot redraw")
)

// Options say which terminal to use and how.
type Options struct {
	In, Out       *os.File
	Color         bool
	AmbiguousWide bool  // characters of ambiguous width take 2 columns; for the whole process
	Words         Words // in the interface language
	// OnSignal is called, from another goroutine but never after Close has
	// returned, once a signal asks the process to end, while the prompts
	// begin to return Interrupt (EOF after a hang-up). A process that has
	// not closed its console 5 seconds later, or gets a second signal, is
	// ended with the terminal restored.
	OnSignal func(os.Signal)
}

// Console is a Prompter on a terminal. It takes the whole screen from Open to
// Close; nothing else may read or write the terminal meanwhile.
type Console struct {
	in, out   *os.File
	words     Words
	onSignal  func(os.Signal)
	pump      *pump
	signals   chan os.Signal
	continued chan struct{} // after a stop
	done      chan struct{} // closed by Close
	watched   chan struct{} // closed when no more signals are acted on
	lent      atomic.Bool   // somebody else has the terminal
	closed    atomic.Bool
	saved     *term.State
	plainOut  func() // restores the output's mode

	mu            sync.Mutex
	screen        screen
	width, height int
	scene         *scene
	picture       picture // what compose made of scene last
	notice        string
	on            bool // the terminal is ours
}

// Open takes the terminal. The error is ErrNotTerminal or ErrDumb when it
// cannot be used for prompts that redraw.
func Open(o Options) (*Console, error) {
	if o.In == nil || o.Out == nil || !term.IsTerminal(int(o.In.Fd())) || !term.IsTerminal(int(o.Out.Fd())) {
		return nil, ErrNotTerminal
	}
	if os.Getenv("TERM") == "dumb" {
		return nil, ErrDumb
	}
	uniseg.EastAsianAmbiguousWidth = 1
	if o.AmbiguousWide {
		uniseg.EastAsianAmbiguousWidth = 2
	}
	saved, err := term.GetState(int(o.In.Fd()))
	if err != nil {
		return nil, fmt.Errorf("reading the terminal's mode: %w", err)
	}
	source, err := newSource(o.In)
	if err != nil {
		return nil, fmt.Errorf("preparing to read the terminal: %w", err)
	}
	c := &Console{
		in: o.In, out: o.Out, words: o.Words.orEnglish(), onSignal: o.OnSignal,
		pump: newPump(source), signals: make(chan os.Signal, 16), continued: make(chan struct{}, 1), done: make(chan struct{}),
		watched: make(chan struct{}),
		saved:   saved, plainOut: virtualOutput(o.Out),
		screen: screen{out: o.Out, colour: o.Color},
	}
	c.pump.stuck = c.giveUp
	c.pump.guard = c.guard
	setUpPromptui()
	c.listen()
	go c.watch()
	go c.pump.run()
	if err := c.enter(); err != nil {
		return nil, errors.Join(fmt.Errorf("taking the terminal: %w", err), c.Close())
	}
	return c, nil
}

// Interactive reports true.
func (c *Console) Interactive() bool { return true }

// Notice shows text in the status row of the next prompt.
func (c *Console) Notice(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.notice = oneLine(text)
}

// enter takes the terminal: raw, its alternate screen, whole and empty.
func (c *Console) enter() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed.Load() {
		return nil
	}
	if _, err := term.MakeRaw(int(c.in.Fd())); err != nil {
		return err
	}
	c.on = true
	_, err := io.WriteString(c.out, enterScreen)
	c.measure()
	c.screen.forget()
	return err
}

// leave gives the terminal back as it was. It may be called at any time. The
// mode is set even when the terminal is not ours: readline sets it once more
// when a prompt ends.
func (c *Console) leave() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var wrote error
	if c.on {
		_, wrote = io.WriteString(c.out, leaveScreen)
	}
	c.on = false
	set := term.Restore(int(c.in.Fd()), c.saved)
	return errors.Join(wrote, set)
}

// Close restores the terminal. A terminal that is gone is no error.
func (c *Console) Close() error {
	if c.closed.Swap(true) {
		return nil
	}
	err := c.leave()
	c.plainOut()
	c.letStop()
	signal.Stop(c.signals)
	close(c.done)
	gone := c.pump.isGone()
	c.pump.hangUp()
	closing := c.pump.source.close()
	for _, ended := range []chan struct{}{c.pump.ended, c.watched} {
		select {
		case <-ended:
		case <-time.After(time.Second): // a read that cannot be woken
		}
	}
	if gone {
		return nil
	}
	if err = errors.Join(err, closing); err != nil {
		return fmt.Errorf("restoring the terminal: %w", err)
	}
	return nil
}

// guard is deferred wherever a goroutine of ours or of readline runs: a panic
// must not leave the terminal raw. It goes on in a goroutine of its own, for on
// its way through readline's it would make the terminal raw again.
func (c *Console) guard() {
	p := recover()
	if p == nil {
		return
	}
	_ = c.leave()
	stack := debug.Stack()
	go panic(fmt.Sprintf("%v\n\n%s", p, stack))
	select {}
}

// Suspend lends the terminal to f.
func (c *Console) Suspend(f func() error) error {
	release := c.pump.hold()
	defer release()
	c.lent.Store(true)
	defer c.lent.Store(false)
	if err := c.leave(); err != nil {
		return fmt.Errorf("giving the terminal back: %w", err)
	}
	failed := f()
	if err := c.enter(); err != nil {
		return errors.Join(failed, fmt.Errorf("taking the terminal again: %w", err))
	}
	return failed
}

// stop lets the shell have the terminal until it continues the process, which send
// stops.
func (c *Console) stop(send func()) {
	release := c.pump.hold()
	defer release()
	c.lent.Store(true)
	if err := c.leave(); err == nil {
		c.stopSelf(send)
	}
	c.lent.Store(false)
	c.resume()
}

// resume takes the terminal again after a stop.
func (c *Console) resume() {
	if err := c.enter(); err != nil {
		c.pump.hangUp()
		return
	}
	c.redraw()
}
