package tomlfile

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/mindleaf/mindleaf/deck"
)

// SyntaxProblem says in plain words what the TOML parser did not understand in the
// text of a file that is no deck. It has no hint where that would be about cards.
func SyntaxProblem(name, text string, err toml.ParseError) Problem {
	p := syntaxProblem(name, text, err)
	if strings.Contains(p.Hint, "card") || strings.Contains(p.Hint, "front") {
		p.Hint = ""
	}
	return p
}

// syntaxProblem says in plain words what the TOML parser did not understand.
// The text is the one that was parsed.
func syntaxProblem(name, text string, err error) Problem {
	var wrong toml.ParseError
	if !errors.As(err, &wrong) {
		return Problem{name, 1, 1, strings.TrimPrefix(err.Error(), "toml: "), ""}
	}
	at, message, hint := wrong.Position.Start, wrong.Message, ""
	if strings.Contains(message, "is out of range for") {
		message, hint = found(text, at)+" is too large a number", numberHint
	}
	for _, r := range syntaxRules {
		if !strings.HasPrefix(wrong.Message, r.prefix) {
			continue
		}
		at = r.place(text, wrong)
		message = strings.ReplaceAll(r.message, "%got", found(text, at))
		message = strings.ReplaceAll(message, "%name", quotedName(wrong.Message))
		hint = r.hint
		if better := charHint(text, at); better != "" && r.at == lastRead {
			hint = better
		}
		if r.message == unquoted && isKey(text[at:]) {
			hint = listHint
		}
		break
	}
	pos := newLocator(text).pos(at)
	return Problem{name, pos.Line, pos.Column, message, hint}
}

// place is where a syntax problem is shown.
type place uint8

const (
	itemStart place = iota // the start of what was read
	lastRead               // the character that came unexpected
	fileEnd                // the end of the file
	escape                 // the backslash before that character
	openQuote              // the quote that is never closed
)

func (r syntaxRule) place(text string, wrong toml.ParseError) int {
	p := wrong.Position
	if r.at == lastRead && strings.Contains(wrong.Message, `'\x00'`) {
		return len(text) // so the parser calls the end of the file, where it points before it
	}
	end := max(0, min(p.Start+p.Len, len(text)))
	_, size := utf8.DecodeLastRuneInString(text[:end])
	switch r.at {
	case lastRead:
		return end - size
	case fileEnd:
		return len(text)
	case escape:
		return max(p.Start, strings.LastIndexByte(text[:end], '\\'))
	case openQuote:
		if open := scan(text).open; open >= 0 {
			return open
		}
	}
	return p.Start
}

// found names what stands at an offset of the text.
func found(text string, at int) string {
	rest := text[min(at, len(text)):]
	switch {
	case rest == "":
		return "the end of the file"
	case rest[0] == '\n':
		return "the end of the line"
	case rest[0] == '\\':
		_, size := utf8.DecodeRuneInString(rest[1:])
		return rest[:1+size]
	}
	word := strings.IndexAny(rest, " \t\n,=[]{}\"'#")
	if word < 0 {
		word = len(rest)
	}
	if word == 0 {
		_, word = utf8.DecodeRuneInString(rest)
	}
	return deck.Shorten(rest[:word])
}

// quotedName returns the last part of the key that a message of the parser
// quotes.
func quotedName(message string) string {
	_, name, _ := strings.Cut(message, "'")
	name, _, _ = strings.Cut(name, "'")
	return deck.Shorten(name[strings.LastIndexByte(name, '.')+1:])
}

// isKey reports whether s starts with a word and an equals sign. Where a value
// is expected that means that the list before it was never closed.
func isKey(s string) bool {
	line, _, _ := strings.Cut(s, "\n")
	word, _, ok := strings.Cut(line, "=")
	return ok && !strings.ContainsAny(strings.TrimSpace(word), " \"'#")
}

// charHint knows the characters that Chinese input methods and word processors
// put where TOML wants plain ones.
func charHint(text string, at int) string {
	r, _ := utf8.DecodeRuneInString(text[min(at, len(text)):])
	switch r {
	case '“', '”', '„', '«', '»', '「', '」', '『', '』', '＂', '‘', '’':
		return `type plain quotes: "…"`
	case '＝':
		return "type a plain ="
	case '，', '、':
		return "type a plain comma: ,"
	case '［', '］', '【', '】':
		return "type plain brackets: [ and ]"
	case '：', ':':
		return `write = between a key and its value: front = "…"`
	case '\u00a0', '\u3000', '\u200b', '\ufeff':
		return "an invisible character stands here; delete it and type a plain space"
	}
	return ""
}
