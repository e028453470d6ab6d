package term

import "strings"

// controlKeys are the control characters that are keys of their own.
var controlKeys = map[byte]keyCode{
	'\b': keyBackspace,
	'\t': keyTab,
	'\n': keyEnter,
	'\r': keyEnter,
	0x7f: keyBackspace,
}

// controlKey returns the key that sends the control character c.
func controlKey(c byte) key {
	if code, ok := controlKeys[c]; ok {
		return key{code: code}
	}
	if c >= 1 && c <= 26 {
		return key{code: keyCtrl, text: string(rune('a' + c - 1))}
	}
	return key{}
}

// sequenceKeys are the keys that end their sequence with a letter.
var sequenceKeys = map[byte]keyCode{
	'A': keyUp,
	'B': keyDown,
	'C': keyRight,
	'D': keyLeft,
	'F': keyEnd,
	'H': keyHome,
	'M': keyEnter,
}

// tildeKeys are the keys that end their sequence with ~, by its number.
var tildeKeys = map[string]keyCode{
	"1": keyHome,
	"3": keyDelete,
	"4": keyEnd,
	"5": keyPageUp,
	"6": keyPageDown,
	"7": keyHome,
	"8": keyEnd,
}

// sequenceKey returns the key of a CSI or SS3 sequence. Shift, Alt and Ctrl
// are ignored, except that Alt or Ctrl makes the left and right arrows go by
// words.
func sequenceKey(params string, final byte) key {
	number, modifier, _ := strings.Cut(params, ";")
	if final == '~' {
		return key{code: tildeKeys[number]}
	}
	if strings.Trim(params, "0123456789;") != "" {
		return key{} // a reply of the terminal
	}
	code := sequenceKeys[final]
	if modifier != "" && modifier != "2" {
		switch code {
		case keyLeft:
			code = keyWordLeft
		case keyRight:
			code = keyWordRight
		}
	}
	return key{code: code}
}
