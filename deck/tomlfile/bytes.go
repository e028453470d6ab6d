package tomlfile

import (
	"fmt"
	"strings"

	"github.com/mindleaf/mindleaf/deck/textfile"
)

const byteOrderMark = "\ufeff"

func tooLarge(name string) error {
	return &Error{Problems: []Problem{{name, 1, 1,
		fmt.Sprintf("file is larger than %d MB", MaxBytes>>20), "split it into several decks"}}}
}

// checkBytes finds what makes a file no text at all, so that nothing after it
// has to expect it; nil when the text is UTF-8 without control characters.
func checkBytes(name, text string) *Problem {
	if looksUTF16(text) {
		return &Problem{name, 1, 1, "file is UTF-16", "save it as UTF-8"}
	}
	at, message, hint := -1, "", ""
	if at = textfile.FirstInvalid(text); at >= 0 {
		message = fmt.Sprintf("byte 0x%02x is not valid UTF-8", text[at])
		hint = "save the file as UTF-8; it may be in GBK or another older encoding"
	}
	if i := firstControl(text); i >= 0 && (at < 0 || i < at) {
		at, message, hint = i, fmt.Sprintf("control character U+%04X", text[i]), "remove it"
		switch text[i] {
		case 0:
			message, hint = "NUL byte", "this is not a text file, or it was damaged; save it as UTF-8 text"
		case '\r':
			message, hint = "carriage return without a line feed", "save the file with LF or CRLF line ends"
		}
	}
	if at < 0 {
		return nil
	}
	pos := newLocator(text).pos(at)
	return &Problem{name, pos.Line, pos.Column, message, hint}
}

func looksUTF16(text string) bool {
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return true
	}
	return len(text) >= 4 && (text[0] == 0) != (text[1] == 0) && (text[0] == 0) == (text[2] == 0) &&
		(text[1] == 0) == (text[3] == 0)
}

// firstControl finds the first control character that TOML does not allow; a
// carriage return is allowed before a line feed only.
func firstControl(text string) int {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= ' ' && c != 0x7f, c == '\n', c == '\t':
		case c == '\r' && i+1 < len(text) && text[i+1] == '\n':
		default:
			return i
		}
	}
	return -1
}
