package main

import (
	"fmt"
	"io"
	"strings"
)

// barCells is the length of a progress bar.
const barCells = 30

// drawBar returns what draws a progress bar with a label on w, each time that a
// percent more is done, and takes it away at the end.
func drawBar(w io.Writer, label string) func(done, total int64) {
	shown := int64(-1)
	return func(done, total int64) {
		if total <= 0 || done >= total {
			if shown >= 0 {
				fmt.Fprint(w, "\r\x1b[K")
			}
			shown = -1
			return
		}
		percent := done * 100 / total
		if percent <= shown {
			return
		}
		shown = percent
		full := int(percent) * barCells / 100
		fmt.Fprintf(w, "\r%s [%s%s] %3d%%", label, strings.Repeat("#", full), strings.Repeat(".", barCells-full), percent)
	}
}
