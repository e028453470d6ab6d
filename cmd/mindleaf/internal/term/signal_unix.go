//go:build unix

package term

import (
	"io"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/manifoldco/promptui"
)

const (
	grace    = 5 * time.Second        // to end in order after a signal
	stopWait = 300 * time.Millisecond // for a stop to happen, where it can
)

// takeWindowSignal keeps SIGWINCH from readline, which would change the width
// under a running prompt. It listens from its first prompt on, once; this is
// that prompt, with no input and no screen.
func takeWindowSignal() {
	p := promptui.Prompt{Stdin: io.NopCloser(eof{}), Stdout: nowhere{}}
	_, _ = p.Run()
	signal.Reset(syscall.SIGWINCH)
}

type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }

type nowhere struct{}

func (nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (nowhere) Close() error                { return nil }

// listen asks for the signals that concern the terminal.
func (c *Console) listen() {
	signal.Notify(c.signals, syscall.SIGWINCH, syscall.SIGCONT,
		syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	stops.console.Store(c)
	stops.begin()
}

// letStop has a signal stop the process at once again.
func (c *Console) letStop() { stops.console.CompareAndSwap(c, nil) }

// stops are the SIGTSTP of the process. Once asked for, the signal never again stops it
// by itself, not even when nobody asks any more: so it is heeded from the first
// console on to the end, for the console that is open, if there is one.
var stops = stopSignals{asked: make(chan os.Signal, 1)}

type stopSignals struct {
	asked   chan os.Signal
	once    sync.Once
	console atomic.Pointer[Console]
}

func (s *stopSignals) begin() {
	s.once.Do(func() {
		signal.Notify(s.asked, syscall.SIGTSTP)
		go func() {
			for range s.asked {
				if c := s.console.Load(); c == nil || !c.toStop() {
					stopProcess()
				}
			}
		}()
	})
}

// toStop has the prompt give the terminal back and stop, like the key; false when the
// terminal is given back already.
func (c *Console) toStop() bool {
	if c.lent.Load() {
		return false
	}
	c.pump.pushFirst(key{code: keyStop})
	return true
}

// stopProcess does what SIGTSTP would by itself: SIGTTIN, which nobody asks for, stops
// the process as well, unless nobody could continue it.
func stopProcess() { _ = syscall.Kill(os.Getpid(), syscall.SIGTTIN) }

// stopGroup stops the process group, as the terminal would: this process has to miss
// the signal that is for the others.
func stopGroup() {
	signal.Ignore(syscall.SIGTSTP)
	_ = syscall.Kill(0, syscall.SIGTSTP)
	signal.Notify(stops.asked, syscall.SIGTSTP)
	stopProcess()
}

// watch acts on signals. What changes the terminal's mode goes through the
// prompt, like a key: readline sets the mode when a prompt begins and ends.
func (c *Console) watch() {
	defer c.guard()
	defer close(c.watched)
	ending := false
	for {
		select {
		case <-c.done:
			return
		case s := <-c.signals:
			ending = c.act(s, ending)
		}
	}
}

// act follows one signal. ending is whether one has asked the process to end,
// before and after it.
func (c *Console) act(s os.Signal, ending bool) bool {
	switch s {
	case syscall.SIGWINCH:
		c.resized()
		return ending
	case syscall.SIGCONT:
		c.wasContinued()
		return ending
	case syscall.SIGINT:
		if c.lent.Load() {
			return ending // meant for the program that has the terminal
		}
	}
	if ending {
		c.die(s)
	}
	c.endBy(s)
	return true
}

// endBy makes the prompts end, and the process if that does not.
func (c *Console) endBy(s os.Signal) {
	if c.onSignal != nil {
		c.onSignal(s)
	}
	if s == syscall.SIGHUP {
		c.pump.cutOff()
	} else {
		c.pump.interrupt()
	}
	time.AfterFunc(grace, func() {
		if !c.closed.Load() {
			c.die(s)
		}
	})
}

func (c *Console) wasContinued() {
	if c.lent.Load() {
		select {
		case c.continued <- struct{}{}:
		default:
		}
		return
	}
	c.pump.pushFirst(key{code: keyResume})
}

// stopSelf stops the process by send and returns when it is continued; or soon, where
// nobody could continue it and so it never stops.
func (c *Console) stopSelf(send func()) {
	select {
	case <-c.continued:
	default:
	}
	send()
	select {
	case <-c.continued:
	case <-time.After(stopWait):
	}
}

// giveUp ends a process that does not read its Ctrl-C.
func (c *Console) giveUp() { c.die(syscall.SIGINT) }

// die restores the terminal and ends the process by s, whatever else it is
// doing: even drawing to a terminal that does not take it.
func (c *Console) die(s os.Signal) {
	restored := make(chan struct{})
	go func() {
		defer close(restored)
		_ = c.leave()
	}()
	select {
	case <-restored:
	case <-time.After(time.Second):
	}
	n, _ := s.(syscall.Signal)
	signal.Reset(n)
	_ = syscall.Kill(os.Getpid(), n)
	time.Sleep(time.Second)
	os.Exit(128 + int(n))
}

// virtualOutput has nothing to do: a terminal obeys.
func virtualOutput(*os.File) (restore func()) { return func() {} }
