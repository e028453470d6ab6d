package tomlfile

import (
	"strings"

	"github.com/BurntSushi/toml"
)

// key reads a dotted key into s.parts and stops at what follows it.
func (s *scanner) key() {
	s.parts = s.parts[:0]
	for {
		s.spaces()
		at := s.pos
		name, ok := s.keyPart()
		if !ok {
			return
		}
		s.parts = append(s.parts, part{name, at})
		s.spaces()
		if !s.at('.') {
			return
		}
		s.pos++
	}
}

func (s *scanner) keyPart() (string, bool) {
	at := s.pos
	if s.at('"') || s.at('\'') {
		q := s.text[s.pos]
		s.single(q)
		if s.open >= 0 {
			return "", false
		}
		raw := s.text[at:s.pos]
		if q == '"' && strings.Contains(raw, `\`) {
			return unescape(raw), true
		}
		return raw[1 : len(raw)-1], true
	}
	for s.pos < len(s.text) && bareKeyByte(s.text[s.pos]) {
		s.pos++
	}
	return s.text[at:s.pos], s.pos > at
}

// unescape reads a quoted key with escapes in it; they are rare enough to
// leave them to the parser.
func unescape(quoted string) string {
	var doc map[string]string
	if _, err := toml.Decode("key = "+quoted, &doc); err != nil {
		return quoted
	}
	return doc["key"]
}

func bareKeyByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-'
}

// quoted skips a text in any of the four kinds of quotes, c being the first.
func (s *scanner) quoted(c byte) {
	if s.pos+2 < len(s.text) && s.text[s.pos+1] == c && s.text[s.pos+2] == c {
		s.block(c)
		return
	}
	s.single(c)
}

func (s *scanner) single(quote byte) {
	for i := s.pos + 1; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == quote:
			s.pos = i + 1
			return
		case c == '\\' && quote == '"':
			i++
		case c == '\n':
			i = len(s.text)
		}
	}
	s.open = s.pos
	s.stop()
}

// block skips a text of several lines. Up to two quotes may stand before the
// three that close it.
func (s *scanner) block(quote byte) {
	for i := s.pos + 3; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '\\' && quote == '"':
			i++
		case c == quote:
			end := i + 1
			for end < len(s.text) && s.text[end] == quote {
				end++
			}
			if end-i >= 3 {
				s.pos = end
				return
			}
			i = end - 1
		}
	}
	s.open = s.pos
	s.stop()
}

// bare skips a value without quotes: a number, a date, true or false.
func (s *scanner) bare() {
	for s.pos < len(s.text) {
		switch s.text[s.pos] {
		case ',', ']', '}', '#', '\r', '\n':
			return
		}
		s.pos++
	}
}
