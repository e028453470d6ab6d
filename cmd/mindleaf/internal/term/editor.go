package term

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// maxText is how many characters a text may have: promptui redraws all of it
// for each one.
const maxText = 4096

// editor is the text of an Ask. promptui knows only how to insert, delete
// before the caret and move by one; every other key is made of these. text
// and at are what promptui has after the runes handed out so far.
type editor struct {
	text []rune
	at   int // the caret is before text[at]
}

func newEditor(initial string) *editor {
	text := []rune(typed(initial))
	text = text[:min(len(text), maxText)]
	return &editor{text: text, at: len(text)}
}

// typed returns s as it can be typed into one line.
func typed(s string) string { return oneLine(s) }

// edit returns what k is for promptui; false when k does not edit.
func (e *editor) edit(k key) ([]rune, bool) {
	switch {
	case k.code == keyText || k.code == keyPaste:
		return e.insert(k.text), true
	case k.code == keyLeft || k.ctrl("b"):
		return e.move(-e.charBefore()), true
	case k.code == keyRight || k.ctrl("f"):
		return e.move(e.charAfter()), true
	case k.code == keyHome || k.ctrl("a"):
		return e.move(-e.at), true
	case k.code == keyEnd || k.ctrl("e"):
		return e.move(len(e.text) - e.at), true
	case k.code == keyWordLeft:
		return e.move(-e.wordBefore()), true
	case k.code == keyWordRight:
		return e.move(e.wordAfter()), true
	case k.code == keyBackspace:
		return e.erase(e.charBefore()), true
	case k.code == keyDelete || k.ctrl("d"):
		return e.eraseAfter(e.charAfter()), true
	case k.code == keyWordBackspace || k.ctrl("w"):
		return e.erase(e.wordBefore()), true
	case k.ctrl("u"):
		return e.erase(e.at), true
	case k.ctrl("k"):
		return e.eraseAfter(len(e.text) - e.at), true
	}
	return nil, false
}

func (e *editor) insert(s string) []rune {
	before := nothing // emoji are typed in parts
	if e.at > 0 {
		before = e.text[e.at-1]
	}
	rs := []rune(flat(sanitize(s, before, tab)))
	rs = rs[:min(len(rs), maxText-len(e.text))]
	text := make([]rune, 0, len(e.text)+len(rs))
	text = append(append(append(text, e.text[:e.at]...), rs...), e.text[e.at:]...)
	e.text, e.at = text, e.at+len(rs)
	return rs
}

func (e *editor) move(by int) []rune {
	e.at += by
	if by < 0 {
		return repeat(runeLeft, -by)
	}
	return repeat(runeRight, by)
}

// erase deletes n runes before the caret.
func (e *editor) erase(n int) []rune {
	e.text = append(e.text[:e.at-n:e.at-n], e.text[e.at:]...)
	e.at -= n
	return repeat(runeBackspace, n)
}

func (e *editor) eraseAfter(n int) []rune {
	return append(e.move(n), e.erase(n)...)
}

// nudge returns runes that change nothing and make promptui draw again.
func (e *editor) nudge() []rune {
	switch {
	case e.at < len(e.text):
		return []rune{runeRight, runeLeft}
	case e.at > 0:
		return []rune{runeLeft, runeRight}
	}
	return []rune{runeRight}
}

// charBefore returns how many runes the character before the caret has.
func (e *editor) charBefore() int {
	n, state := 0, -1
	for rest := string(e.text[:e.at]); rest != ""; {
		var char string
		char, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		n = utf8.RuneCountInString(char)
	}
	return n
}

func (e *editor) charAfter() int {
	char, _, _, _ := uniseg.FirstGraphemeClusterInString(string(e.text[e.at:]), -1)
	return utf8.RuneCountInString(char)
}

// wordBefore returns how many runes there are back to the beginning of a
// word; a Chinese character counts as a word.
func (e *editor) wordBefore() int {
	i := e.at
	for i > 0 && !wordRune(e.text[i-1]) {
		i--
	}
	if i > 0 && unicode.Is(unicode.Han, e.text[i-1]) {
		return e.at - i + 1
	}
	for i > 0 && wordRune(e.text[i-1]) && !unicode.Is(unicode.Han, e.text[i-1]) {
		i--
	}
	return e.at - i
}

func (e *editor) wordAfter() int {
	i := e.at
	for i < len(e.text) && !wordRune(e.text[i]) {
		i++
	}
	if i < len(e.text) && unicode.Is(unicode.Han, e.text[i]) {
		return i + 1 - e.at
	}
	for i < len(e.text) && wordRune(e.text[i]) && !unicode.Is(unicode.Han, e.text[i]) {
		i++
	}
	return i - e.at
}

func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("_'", r)
}
