package main

import (
	"strings"
	"testing"
)

func TestDrawBar(t *testing.T) {
	var b strings.Builder
	draw := drawBar(&b, "正在读取")
	for _, done := range []int64{0, 1, 2, 500, 1000} {
		draw(done, 1000)
	}
	want := "\r正在读取 [" + strings.Repeat(".", 30) + "]   0%" +
		"\r正在读取 [" + strings.Repeat("#", 15) + strings.Repeat(".", 15) + "]  50%" + "\r\x1b[K"
	if got := b.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	b.Reset()
	drawBar(&b, "x")(10, 10)
	if b.Len() > 0 {
		t.Errorf("got %q of what was done at once, want nothing", b.String())
	}
}
