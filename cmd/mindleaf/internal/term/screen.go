package term

import (
	"fmt"
	"io"
	"strings"
)

// Everything written to the terminal that is not text. A synchronized update
// keeps a terminal that knows it from showing half a screen; lines do not wrap
// by themselves during a session.
const (
	enterScreen = "\x1b[?1049h\x1b[?7l\x1b[?2004h\x1b[?25l\x1b[2J"
	leaveScreen = "\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l"
	beginUpdate = "\x1b[?2026h\x1b[?25l"
	endUpdate   = "\x1b[?2026l"
	clearScreen = "\x1b[2J"
	showCursor  = "\x1b[?25h"
	clearRest   = "\x1b[K"
)

// screen draws pictures, sending only the rows that differ from the last one.
type screen struct {
	out    io.Writer
	colour bool
	shown  []string
	caret  string
}

// forget makes the next picture draw every row.
func (s *screen) forget() { s.shown = nil }

// draw shows p.
func (s *screen) draw(p picture) error {
	var b strings.Builder
	if len(s.shown) != len(p.rows) {
		s.shown = make([]string, len(p.rows))
		b.WriteString(clearScreen)
	}
	for i, row := range p.rows {
		text := row.render(s.colour)
		if text == s.shown[i] {
			continue
		}
		s.shown[i] = text
		b.WriteString(moveTo(0, i) + text + clearRest)
	}
	caret := ""
	if p.caret != nil {
		caret = moveTo(p.caret.x, p.caret.y) + showCursor
	}
	if b.Len() == 0 && caret == s.caret {
		return nil
	}
	s.caret = caret
	_, err := io.WriteString(s.out, beginUpdate+b.String()+caret+endUpdate)
	return err
}

func moveTo(x, y int) string { return fmt.Sprintf("\x1b[%d;%dH", y+1, x+1) }
