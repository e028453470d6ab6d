package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
)

// mostCells is the length of a progress bar where there is room, leastCells what the
// label leaves it, and cellsBeside what stands beside both: brackets and percent.
const (
	mostCells   = 30
	leastCells  = 4
	cellsBeside = len(" [] 100%")
)

// drawBar returns what draws a progress bar with a label on w, each time that a
// percent more is done, and takes it away at the end. It takes one line of room cells,
// for of more it could not be taken away.
func drawBar(w io.Writer, label string, room int) func(done, total int64) {
	label = term.Truncate(term.Sanitize(label), max(0, room-cellsBeside-leastCells))
	cells := max(0, min(mostCells, room-cellsBeside-term.Width(label)))
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
		full := int(percent) * cells / 100
		fmt.Fprintf(w, "\r%s [%s%s] %3d%%", label, strings.Repeat("#", full), strings.Repeat(".", cells-full), percent)
	}
}
