package cardgen

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

// definition asks from a term to its definition and back.
func (g *generator) definition(l *leaf) {
	term, body := l.fact.term, l.fact.body
	if l.asks {
		g.add(l, Definition, deck.Entry{Front: g.asQuestion(term.text), Back: body.text})
		return
	}
	asp := g.words.aspectOf(term.text, body.text, l.path)
	if body.items != nil && g.list(l, Elements, fill(asp.askList, g.about(l, "<T>", term.text, "<N>", number(body.items))...), body.items, body.open) {
		return
	}
	g.add(l, Definition, deck.Entry{
		Front:   fill(asp.ask, g.about(l, "<T>", term.text)...),
		Back:    body.text,
		Choices: g.choices(l, body.text, g.definitionOf),
	})
	if g.tellsTerm(l) {
		g.add(l, Term, deck.Entry{
			Front:   fill(asp.back, g.about(l, "<D>", body.text)...),
			Back:    term.text,
			Accept:  spellings(term),
			Choices: g.choices(l, term.text, g.termOf),
		})
	}
}

// tellsTerm reports whether the definition of l can mean its term only, and
// does not give it away.
func (g *generator) tellsTerm(l *leaf) bool {
	term, body := l.fact.term, l.fact.body
	return g.bodies[fold(body.text)] == 1 && !generic(body.text) && !sharesName(term.head, body.text) &&
		!strings.Contains(fold(l.parent.context), fold(body.text))
}

var genericStart = lazyregexp.New(`(?i)^(主流|常用|常见|实用|重要|common |popular |important )`)

// generic reports whether a definition fits many terms.
func generic(body string) bool {
	return length(body) < 3 || genericStart.MatchString(body) && length(body) <= 8
}

// sharesName reports whether a word of the term stands in the definition.
func sharesName(term, body string) bool {
	if overlap(term, body) {
		return true
	}
	for _, word := range latinWords(term) {
		if givesAway(body, word) {
			return true
		}
	}
	return false
}

// termOf returns the term of l, "" when there is none or it is a question.
func (g *generator) termOf(l *leaf) string {
	if l.asks {
		return ""
	}
	return l.fact.term.text
}

// definitionOf returns what l says about its term, "" when that is a list or
// there is none.
func (g *generator) definitionOf(l *leaf) string {
	if g.termOf(l) == "" || l.fact.body.items != nil {
		return ""
	}
	return l.fact.body.text
}

// spellings returns the other right answers where a term is asked for: the
// parts of A/B, and what stands before and in its bracket.
func spellings(term phrase) []string {
	var others []string
	if term.named() {
		others = append(others, term.head, term.inner)
	}
	if parts := strings.Split(term.head, "/"); len(parts) > 1 {
		for _, part := range parts {
			if part = strings.TrimSpace(part); part != "" && !slices.Contains(others, part) {
				others = append(others, part)
			}
		}
	}
	return others
}

// asQuestion ends a term that is a question as one.
func (g *generator) asQuestion(s string) string {
	mark := "?"
	if hasHan(s) {
		mark = "？"
	}
	return strings.TrimRight(s, "？?") + mark
}

// about returns the pairs for a template, with the context of l added.
func (g *generator) about(l *leaf, pairs ...string) []string {
	return append(pairs, "<C>", l.parent.context)
}

func number(items []string) string { return strconv.Itoa(len(items)) }
