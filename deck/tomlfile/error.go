package tomlfile

import (
	"cmp"
	"fmt"
	"strings"
)

// Problem is one thing wrong with a deck file. Line and Column count from 1,
// Column in runes. Message says what is wrong, Hint what to do about it; Hint
// may be empty.
type Problem struct {
	Name          string
	Line, Column  int
	Message, Hint string
}

// String returns the problem as name:line:column: message, without the hint.
func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.Name, p.Line, p.Column, p.Message)
}

// Error holds everything that is wrong with a deck file, in the order of the
// file; never nothing.
type Error struct {
	Problems []Problem
}

// Error returns the first problem and how many more there are.
func (e *Error) Error() string {
	first := e.Problems[0].String()
	if more := len(e.Problems) - 1; more > 0 {
		return fmt.Sprintf("%s (and %d more)", first, more)
	}
	return first
}

// Report returns every problem on a line of its own, each with its hint on the
// next line, indented.
func (e *Error) Report() string {
	var b strings.Builder
	for _, p := range e.Problems {
		b.WriteString(p.String())
		b.WriteByte('\n')
		if p.Hint != "" {
			b.WriteString("  " + p.Hint + "\n")
		}
	}
	return b.String()
}

func comparePlace(a, b Problem) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
