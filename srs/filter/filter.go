// Package filter is the language in which a learner says which cards are meant:
//
//	注意力 is:due -tag:易 (ease<2 or lapses>3)
//
// It knows words and what they mean, not cards: the store makes a query of what
// Parse returns. So it stands apart from both the store and the commands.
package filter

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mindleaf/mindleaf/deck/spelling"
)

// Op says what an Expr is.
type Op int8

// The sorts of Expr. And and Or have two Args or more, Not has one, a Term none.
const (
	Term Op = iota
	Not
	And
	Or
)

// Expr is a filter: a condition, or others joined. Parse makes it; it is not
// changed afterwards.
type Expr struct {
	Op   Op
	Args []*Expr
	// Key, Cmp, Value and Number are those of a Term. Key is one of Keys, or ""
	// for text that a card must contain.
	Key string
	// Cmp compares a number: one of < <= = >= >. It is "" for all other keys.
	Cmp string
	// Value is what stands behind the key, or the text; words are English.
	Value string
	// Number is the value of a number: days from today for due, days for
	// interval, hundredths for ease, a count for lapses, 0 to 7 for flag.
	Number int64
}

// String writes e so that Parse reads the same from it.
func (e *Expr) String() string {
	switch e.Op {
	case Not:
		return "-" + e.Args[0].inside(true)
	case And, Or:
		parts := make([]string, len(e.Args))
		for i, arg := range e.Args {
			parts[i] = arg.inside(e.Op == And)
		}
		if e.Op == Or {
			return strings.Join(parts, " or ")
		}
		return strings.Join(parts, " ")
	}
	switch {
	case e.Key == "":
		return text(e.Value)
	case e.Cmp != "":
		return e.Key + e.Cmp + e.Value
	}
	return e.Key + ":" + bare(e.Value)
}

// inside writes e as a part of another; in an And, and behind a Not, what is
// joined needs parentheses.
func (e *Expr) inside(tight bool) string {
	if e.Op == And || e.Op == Or && tight {
		return "(" + e.String() + ")"
	}
	return e.String()
}

// Terms returns the terms of e with a key, from left to right; those of text for
// the key "".
func (e *Expr) Terms(key string) []*Expr {
	if e.Op == Term && e.Key == key {
		return []*Expr{e}
	}
	var out []*Expr
	for _, arg := range e.Args {
		out = append(out, arg.Terms(key)...)
	}
	return out
}

// Sought returns the texts that a card may be found by: all but those behind a
// Not, each once.
func (e *Expr) Sought() []string {
	switch {
	case e.Op == Not:
		return nil
	case e.Op == Term && e.Key == "":
		return []string{e.Value}
	}
	var out []string
	for _, arg := range e.Args {
		for _, t := range arg.Sought() {
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// IsQuery reports whether words use more of the language than text: a key, also
// a mistyped one, an operator, a quote or a parenthesis.
func IsQuery(words string) bool {
	for i, field := range strings.Fields(words) {
		field, negated := strings.CutPrefix(field, "-")
		key, _, _ := cutKey([]rune(field))
		switch {
		case negated, key != "" && (keyOf(key) != "" || spelling.Closest(strings.ToLower(key), Keys) != ""):
			return true
		case i > 0 && strings.EqualFold(field, "or"):
			return true
		case strings.ContainsFunc(field, isQuote), strings.ContainsFunc(field, isParen):
			return true
		}
	}
	return false
}

// text writes what a card must contain, in quotes where it would mean something
// else.
func text(s string) string {
	if strings.HasPrefix(s, "-") || strings.EqualFold(s, "or") {
		return quote(s)
	}
	if key, _, _ := cutKey([]rune(s)); key != "" {
		return quote(s)
	}
	return bare(s)
}

// bare quotes a value where it must be.
func bare(value string) string {
	if value == "" || strings.ContainsFunc(value, ends) {
		return quote(value)
	}
	return value
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `“`, `\“`, `”`, `\”`).Replace(s) + `"`
}

func isQuote(r rune) bool { return r == '"' || r == '“' || r == '”' }
func isParen(r rune) bool { return r == '(' || r == ')' || r == '（' || r == '）' }

// ends reports whether r ends a bare word.
func ends(r rune) bool { return unicode.IsSpace(r) || isQuote(r) || isParen(r) }
