//go:build unix

package main

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A pipe into which nobody writes does not keep an interrupt waiting.
func TestImportWaitsForAPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	a := &app{env: env{stderr: io.Discard, now: time.Now, getenv: func(string) string { return "" }}, input: endable{ctx: ctx}}
	ended := make(chan error)
	go func() { ended <- a.withInput(pipe, &importFlags{}, func(*input) error { return nil }) }()
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}
