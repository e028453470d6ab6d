package filter

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Error is a mistake in a filter.
type Error struct {
	// Column is where it is, in characters from 1.
	Column  int
	Message string
	// Hint says what to write instead, "" where nobody knows.
	Hint string
}

// Error returns the place and the mistake.
func (e *Error) Error() string { return fmt.Sprintf("column %d: %s", e.Column, e.Message) }

const (
	// maxDepth is how deep parentheses and minus signs may be nested.
	maxDepth = 50
	// maxTerms keeps a filter within what a database can answer.
	maxTerms = 100
)

// Parse reads a filter. Conditions side by side must all hold; "or" binds less
// tightly. Chinese parentheses, quotes and colons count as the others, and keys
// and words may be Chinese. A mistake is an *Error.
func Parse(text string) (*Expr, error) {
	if !utf8.ValidString(text) {
		return nil, &Error{Column: 1, Message: "the filter is not valid UTF-8"}
	}
	p := &parser{in: []rune(text)}
	e, err := p.or(0)
	if err != nil {
		return nil, err
	}
	if p.skip(); p.at < len(p.in) {
		return nil, wrong(p.at, "this bracket was never opened", "")
	}
	return e, nil
}

// parser reads in from at on.
type parser struct {
	in        []rune
	at, terms int
}

// wrong is a mistake at an index.
func wrong(at int, message, hint string) error {
	return &Error{Column: at + 1, Message: message, Hint: hint}
}

func (p *parser) skip() {
	for p.at < len(p.in) && unicode.IsSpace(p.in[p.at]) {
		p.at++
	}
}

// is reports whether one of chars is next.
func (p *parser) is(chars string) bool {
	return p.at < len(p.in) && strings.ContainsRune(chars, p.in[p.at])
}

// word returns the bare word that begins at the present place.
func (p *parser) word() []rune {
	n := slices.IndexFunc(p.in[p.at:], ends)
	if n < 0 {
		n = len(p.in) - p.at
	}
	return p.in[p.at : p.at+n]
}

func (p *parser) isOr() bool { return strings.EqualFold(string(p.word()), "or") }

func (p *parser) or(depth int) (*Expr, error) {
	var args []*Expr
	for {
		e, err := p.and(depth)
		if err != nil {
			return nil, err
		}
		if args = append(args, e); !p.isOr() {
			return join(Or, args), nil
		}
		p.at += len("or")
	}
}

func (p *parser) and(depth int) (*Expr, error) {
	var args []*Expr
	for {
		if p.skip(); p.at == len(p.in) || p.is(")）") || p.isOr() {
			break
		}
		e, err := p.one(depth)
		if err != nil {
			return nil, err
		}
		args = append(args, e)
	}
	if len(args) == 0 {
		return nil, wrong(p.at, "a condition is missing here", "write a word, or a condition such as is:due")
	}
	return join(And, args), nil
}

// join makes one Expr of several, without levels that say nothing.
func join(op Op, args []*Expr) *Expr {
	if len(args) == 1 {
		return args[0]
	}
	var flat []*Expr
	for _, arg := range args {
		if arg.Op == op {
			flat = append(flat, arg.Args...)
		} else {
			flat = append(flat, arg)
		}
	}
	return &Expr{Op: op, Args: flat}
}

// one reads a condition, with the minus signs before it, or what stands in
// parentheses.
func (p *parser) one(depth int) (*Expr, error) {
	start := p.at
	if depth > maxDepth {
		return nil, wrong(start, fmt.Sprintf("nested more than %d deep", maxDepth), "")
	}
	switch {
	case p.is("-"):
		return p.not(depth)
	case p.is("(（"):
		p.at++
		e, err := p.or(depth + 1)
		if err != nil {
			return nil, err
		}
		if p.skip(); !p.is(")）") {
			return nil, wrong(start, "this bracket is never closed", "")
		}
		p.at++
		return e, nil
	}
	if p.terms++; p.terms > maxTerms {
		return nil, wrong(start, fmt.Sprintf("more than %d conditions", maxTerms), "")
	}
	return p.term()
}

func (p *parser) not(depth int) (*Expr, error) {
	start := p.at
	p.at++
	if p.at == len(p.in) || unicode.IsSpace(p.in[p.at]) || p.is(")）") {
		return nil, wrong(start, "nothing stands behind -", `write the condition right behind it, or "-" for the sign itself`)
	}
	e, err := p.one(depth + 1)
	if err != nil {
		return nil, err
	}
	return &Expr{Op: Not, Args: []*Expr{e}}, nil
}

// term reads text, or a key and what stands behind it.
func (p *parser) term() (*Expr, error) {
	start, word := p.at, p.word()
	key, operator, n := cutKey(word)
	if key == "" {
		value, err := p.value()
		if err == nil && value == "" {
			err = wrong(start, "nothing stands between these quotes", "")
		}
		return &Expr{Value: value}, err
	}
	name := keyOf(key)
	if name == "" {
		return nil, unknownKey(start, key, operator, string(word))
	}
	p.at += n
	valueAt := p.at
	value, err := p.value()
	switch {
	case err != nil:
		return nil, err
	case value == "":
		return nil, wrong(valueAt, fmt.Sprintf("nothing stands behind %s%s", key, operator), example(name))
	}
	return check(start, valueAt, &Expr{Key: name, Cmp: operator, Value: value})
}

// value reads a bare word, or what stands in quotes, where \ takes the next
// character as it is.
func (p *parser) value() (string, error) {
	if p.at == len(p.in) || !isQuote(p.in[p.at]) {
		word := p.word()
		p.at += len(word)
		return string(word), nil
	}
	start := p.at
	var b strings.Builder
	for p.at++; p.at < len(p.in); p.at++ {
		r := p.in[p.at]
		switch {
		case isQuote(r):
			p.at++
			return b.String(), nil
		case r == '\\' && p.at+1 < len(p.in):
			p.at++
			r = p.in[p.at]
		}
		b.WriteRune(r)
	}
	return "", wrong(start, "this quote is never closed", "")
}
