// Package textfile turns the files that people give into text, and says where in
// one something is wrong. It stands apart so that the readers of maps, tables
// and cards take the same bytes and refuse the others in the same words.
package textfile

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Error is a place in a file that cannot be read, and why. Line and Column
// count from 1, Column in runes; 0 means that the place is the whole file or
// the whole line. Hint says what to do about it and may be empty.
type Error struct {
	Name          string
	Line, Column  int
	Message, Hint string
}

// Error formats e as "name:line:column: message", leaving out what is unknown.
// The hint is not part of it.
func (e *Error) Error() string {
	switch {
	case e.Line == 0:
		return fmt.Sprintf("%s: %s", e.Name, e.Message)
	case e.Column == 0:
		return fmt.Sprintf("%s:%d: %s", e.Name, e.Line, e.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.Name, e.Line, e.Column, e.Message)
}

// ErrorAt returns an Error at byte offset at of text.
func ErrorAt(name, text string, at int, message, hint string) *Error {
	start := strings.LastIndexByte(text[:at], '\n') + 1
	return &Error{Name: name, Line: strings.Count(text[:at], "\n") + 1, Column: utf8.RuneCountInString(text[start:at]) + 1,
		Message: message, Hint: hint}
}

// Read reads r to its end, but no more than maxBytes, beyond which it gives an
// *Error; any other error is one of r's. It turns UTF-16 into UTF-8 where a byte
// order mark or the first tag shows it, and removes the mark.
func Read(name string, r io.Reader, maxBytes int) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(maxBytes)+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(data) > maxBytes {
		return nil, tooLarge(name, maxBytes)
	}
	return Unmarked(data), nil
}

func tooLarge(name string, maxBytes int) *Error {
	return &Error{Name: name, Message: fmt.Sprintf("larger than %d MB", maxBytes>>20), Hint: "split it into several files"}
}

// Unmarked turns UTF-16 into UTF-8 where a byte order mark or the first tag shows
// it, and removes the mark.
func Unmarked(data []byte) []byte {
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return fromUTF16(data[2:], 1, 0)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return fromUTF16(data[2:], 0, 1)
	case bytes.HasPrefix(data, []byte("<\x00")):
		return fromUTF16(data, 1, 0)
	case bytes.HasPrefix(data, []byte("\x00<")):
		return fromUTF16(data, 0, 1)
	}
	return bytes.TrimPrefix(data, []byte("\uFEFF"))
}

// fromUTF16 decodes pairs of bytes whose more and less significant halves are
// at the offsets high and low. An odd last byte becomes U+FFFD.
func fromUTF16(data []byte, high, low int) []byte {
	units := make([]uint16, 0, len(data)/2+1)
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, uint16(data[high])<<8|uint16(data[low]))
	}
	if len(data) == 1 {
		units = append(units, utf8.RuneError)
	}
	return []byte(string(utf16.Decode(units)))
}

// Decode does what Read does with a file that is in memory already, and checks that
// it is text without NUL bytes. Its lines end in "\n" whatever they ended in
// before. Its error is always an *Error.
func Decode(name string, data []byte, maxBytes int) ([]byte, error) {
	if len(data) > maxBytes {
		return nil, tooLarge(name, maxBytes)
	}
	data = Unmarked(data)
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	if at := bytes.IndexByte(data, 0); at >= 0 {
		return nil, ErrorAt(name, string(data), at, "has a NUL byte: not a text file, or UTF-16 without its mark",
			"save it as text in UTF-8")
	}
	if !utf8.Valid(data) {
		return nil, ErrorAt(name, string(data), FirstInvalid(string(data)), "not valid UTF-8", "save it as UTF-8 (in Excel: CSV UTF-8); it may be in GB18030")
	}
	return data, nil
}

// FirstInvalid returns where text stops being UTF-8, -1 when it does not.
func FirstInvalid(text string) int {
	if utf8.ValidString(text) {
		return -1
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}
