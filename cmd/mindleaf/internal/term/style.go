package term

import (
	"os"
	"strings"

	"golang.org/x/term"
)

// style is what a piece of text is, not how it looks; several may hold at once.
type style uint16

const (
	bold style = 1 << iota
	code
	dim
	answer
	heading
	active
	status
	notice
	mistake
)

// looks are the SGR parameters of each style. plain is used without colour:
// weight is not a colour, so what is bold stays bold.
var looks = []struct {
	style         style
	colour, plain string
}{
	{bold, "1", "1"},
	{dim, "2", ""},
	{answer, "32", ""},
	{code, "33", ""}, // also within an answer
	{heading, "1;36", "1"},
	{active, "1;36", "1"},
	{status, "2", ""},
	{notice, "1;33", "1"},
	{mistake, "31", ""},
}

// span is a text in one style.
type span struct {
	text  string
	style style
}

// line is one row of the screen, from its left edge.
type line []span

// width returns the columns l takes.
func (l line) width() int {
	w := 0
	for _, s := range l {
		w += Width(s.text)
	}
	return w
}

// String returns the text of l.
func (l line) String() string {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.text)
	}
	return b.String()
}

// render returns l as the terminal gets it.
func (l line) render(colour bool) string {
	var b strings.Builder
	for _, s := range l {
		sgr := s.style.sgr(colour)
		if sgr == "" {
			b.WriteString(s.text)
			continue
		}
		b.WriteString("\x1b[" + sgr + "m" + s.text + "\x1b[0m")
	}
	return b.String()
}

// sgr returns the SGR parameters of s, none for plain text.
func (s style) sgr(colour bool) string {
	var params []string
	for _, look := range looks {
		if s&look.style == 0 {
			continue
		}
		p := look.plain
		if colour {
			p = look.colour
		}
		if p != "" {
			params = append(params, p)
		}
	}
	return strings.Join(params, ";")
}

// ColorAllowed reports whether colour may be written to out: it is a
// terminal, NO_COLOR is unset or empty, and TERM is not dumb.
func ColorAllowed(out *os.File, getenv func(string) string) bool {
	return getenv("NO_COLOR") == "" && getenv("TERM") != "dumb" && term.IsTerminal(int(out.Fd()))
}
