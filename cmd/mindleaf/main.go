// Mindleaf is a spaced-repetition program for the terminal whose cards know
// their place on a mind map. This package owns flags, paths, the clock,
// messages and exit codes; everything else is done by the packages it wires
// together.
package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/deck/textfile"
	"github.com/mindleaf/mindleaf/deck/tomlfile"
	"github.com/mindleaf/mindleaf/srs/filter"
	"github.com/mindleaf/mindleaf/store"
)

// The exit codes of the program.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130
)

// env is everything the program takes from outside, so that tests can give it
// something else.
type env struct {
	args           []string
	stdin          io.Reader
	stdout, stderr io.Writer
	now            func() time.Time
	getenv         func(string) string
	random         io.Reader
}

func main() {
	os.Exit(run(env{
		args: os.Args[1:], stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		now: time.Now, getenv: os.Getenv, random: rand.Reader,
	}))
}

// run executes one command line and returns its exit code.
func run(e env) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends what does not heed the first
	out := &output{to: e.harmless(e.stdout)}
	a := &app{env: e, input: endable{ctx, e.stdin}}
	a.lines = bufio.NewReader(a.input)
	a.terminal, _ = e.stdout.(*os.File)
	a.talk, _ = e.stderr.(*os.File)
	a.stdout, a.stderr = out, e.harmless(e.stderr)
	a.load()
	root := newRootCommand(a)
	root.SetArgs(e.args)
	err := root.ExecuteContext(ctx)
	if err != nil && ctx.Err() != nil {
		err = errInterrupted
	}
	if err == nil && out.failed != nil {
		err = fmt.Errorf("writing the result: %w", out.failed)
	}
	return a.report(err)
}

// harmless returns w, or what strains all that goes there when it is a terminal. What
// goes elsewhere is exact: a path is given to cd, an export is read again.
func (e env) harmless(w io.Writer) io.Writer {
	if f, ok := w.(*os.File); ok && term.IsTerminal(f) {
		return term.NewStrainer(f, term.ColorAllowed(f, e.getenv))
	}
	return w
}

// output remembers the first error of a stream of results, so that a full disk
// does not pass for success.
type output struct {
	to     io.Writer
	failed error
}

// Write writes to the stream.
func (o *output) Write(b []byte) (int, error) {
	n, err := o.to.Write(b)
	if o.failed == nil {
		o.failed = err
	}
	return n, err
}

// errInterrupted ends the program with exit 130 and no message.
var errInterrupted = errors.New("interrupted")

// usageError is a wrong command line: exit 2.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error {
	return usageError{fmt.Errorf(format, args...)}
}

// hintError adds what to do to what went wrong.
type hintError struct {
	err  error
	hint string
}

func (e hintError) Error() string { return e.err.Error() }
func (e hintError) Unwrap() error { return e.err }

func withHint(err error, format string, args ...any) error {
	return hintError{err, fmt.Sprintf(format, args...)}
}

// hintOf returns what to do about err, "" when nobody knows.
func hintOf(err error) string {
	var ours hintError
	var inFile *textfile.Error
	var inDeck *tomlfile.Error
	var inFilter *filter.Error
	switch {
	case errors.As(err, &ours):
		return ours.hint
	case errors.As(err, &inFile):
		return inFile.Hint
	case errors.As(err, &inDeck):
		return inDeck.Problems[0].Hint
	case errors.As(err, &inFilter):
		return inFilter.Hint
	case errors.Is(err, store.ErrNotOurs):
		return "mindleaf restore brings a backup back, and sets this file aside"
	}
	return ""
}

// report prints err the way people see errors and returns the exit code.
func (a *app) report(err error) int {
	if err == nil {
		return exitDone
	}
	if errors.Is(err, errInterrupted) {
		return exitInterrupted
	}
	if errors.Is(err, syscall.EPIPE) {
		return exitFailed
	}
	// Errors name files and quote what was typed or read.
	for line := range strings.SplitSeq(err.Error(), "\n") {
		a.notice(a.tr(line))
	}
	if hint := hintOf(err); hint != "" {
		a.tell(a.t("hint: %s", term.Sanitize(a.tr(hint))))
	}
	var usage usageError
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailed
}
