package mindmap

import (
	"fmt"

	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

// Error is a place in a map that cannot be read, and why.
type Error = textfile.Error

// errorAt returns an Error at p.
func errorAt(name string, p outline.Pos, message, hint string) *Error {
	return &Error{Name: name, Line: p.Line, Column: p.Column, Message: message, Hint: hint}
}

// tooDeep is the error of every format for a tree beyond maxDepth.
func tooDeep(name string, p outline.Pos) *Error {
	return errorAt(name, p, fmt.Sprintf("nested more than %d levels deep", maxDepth), "split the map, or check the indentation")
}
