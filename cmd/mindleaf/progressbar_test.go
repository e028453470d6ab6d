package main

import (
	"strings"
	"testing"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
)

func TestDrawBar(t *testing.T) {
	var b strings.Builder
	draw := drawBar(&b, "正在读取", 79)
	for _, done := range []int64{0, 1, 2, 500, 1000} {
		draw(done, 1000)
	}
	want := "\r正在读取 [" + strings.Repeat(".", 30) + "]   0%" +
		"\r正在读取 [" + strings.Repeat("#", 15) + strings.Repeat(".", 15) + "]  50%" + "\r\x1b[K"
	if got := b.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	b.Reset()
	drawBar(&b, "x", 79)(10, 10)
	if b.Len() > 0 {
		t.Errorf("got %q of what was done at once, want nothing", b.String())
	}
}

// A bar never takes more than its line, whatever it is called.
func TestDrawBarInItsRoom(t *testing.T) {
	for _, label := range []string{"", "正在收录卡片", "正在读取 /很长/的/文件夹/名字/中文表格.csv", "reading \x1b[2Jx"} {
		for room := 14; room < 60; room++ {
			var b strings.Builder
			drawBar(&b, label, room)(1, 2)
			line := strings.TrimPrefix(b.String(), "\r")
			if strings.ContainsRune(line, '\x1b') || term.Width(line) > room || !strings.Contains(line, "#") {
				t.Fatalf("in %d cells: got %q", room, line)
			}
		}
	}
}
