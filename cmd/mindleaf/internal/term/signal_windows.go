package term

import (
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sys/windows"
	"golang.org/x/term"
)

const (
	grace      = 5 * time.Second        // to end in order after a signal
	sizeGlance = 250 * time.Millisecond // between two looks at the window's size
)

// takeWindowSignal has nothing to do: there is no signal for a new size.
func takeWindowSignal() {}

// listen asks for the events that end the process.
func (c *Console) listen() { signal.Notify(c.signals, os.Interrupt, syscall.SIGTERM) }

// watch acts on events and looks for a new window size.
func (c *Console) watch() {
	defer c.guard()
	defer close(c.watched)
	glance := time.NewTicker(sizeGlance)
	defer glance.Stop()
	w, h, _ := term.GetSize(int(c.out.Fd()))
	for {
		select {
		case <-c.done:
			return
		case s := <-c.signals:
			if !c.lent.Load() {
				c.endBy(s)
			}
		case <-glance.C:
			if nw, nh, err := term.GetSize(int(c.out.Fd())); err == nil && (nw != w || nh != h) {
				w, h = nw, nh
				c.resized()
			}
		}
	}
}

// endBy makes the prompts end, and the process if that does not.
func (c *Console) endBy(s os.Signal) {
	if c.onSignal != nil {
		c.onSignal(s)
	}
	c.pump.interrupt()
	time.AfterFunc(grace, func() {
		if !c.closed.Load() {
			c.giveUp()
		}
	})
}

// stopSelf, stopGroup and stopProcess do nothing: a console process cannot be stopped.
func (c *Console) stopSelf(func()) {}
func stopGroup()                   {}
func stopProcess()                 {}

// letStop has nothing to do either.
func (c *Console) letStop() {}

// giveUp ends a process that does not read its Ctrl-C.
func (c *Console) giveUp() {
	_ = c.leave()
	os.Exit(130)
}

// virtualOutput makes the console obey escape sequences.
func virtualOutput(out *os.File) (restore func()) {
	handle := windows.Handle(out.Fd())
	var mode uint32
	if windows.GetConsoleMode(handle, &mode) != nil {
		return func() {}
	}
	_ = windows.SetConsoleMode(handle, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING|windows.ENABLE_PROCESSED_OUTPUT)
	return func() { _ = windows.SetConsoleMode(handle, mode) }
}
