package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestEndable(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	text := strings.Repeat("问题\t答案\n", 10_000)
	if got, err := io.ReadAll(endable{ctx, strings.NewReader(text)}); err != nil || string(got) != text {
		t.Errorf("got %d bytes, %v, want all %d", len(got), err, len(text))
	}
	silent, typist := io.Pipe() // nobody types
	defer typist.Close()
	ended := make(chan error)
	go func() {
		_, err := io.ReadAll(endable{ctx, silent})
		ended <- err
	}()
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}
