package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// A map that takes long to make a deck of does not keep an interrupt waiting.
func TestReadMapIsInterrupted(t *testing.T) {
	var text strings.Builder
	fmt.Fprintln(&text, "# 图")
	for i := range 10_000 {
		if i%100 == 0 {
			fmt.Fprintf(&text, "## 第 %d 节\n", i)
		}
		fmt.Fprintf(&text, "- 概念%d：它的第 %d 个解释\n", i, i)
	}
	file := strings.NewReader(text.String())
	in := &input{name: "图.md", size: file.Size(), file: file, flags: &importFlags{}}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := readMap(ctx, in); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got error %v, want %v", err, context.DeadlineExceeded)
	}
}
