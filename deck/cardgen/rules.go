package cardgen

import (
	"slices"

	"github.com/mindleaf/mindleaf/deck"
)

// Rule names what in a leaf's text an entry was made from.
type Rule string

// The rules, strong ones first.
const (
	// Definition asks for the definition of a term, Term for the term.
	Definition Rule = "definition"
	Term       Rule = "term"
	// Elements asks for a definition that is a list.
	Elements Rule = "elements"
	// Examples asks for the examples in a bracket, ExampleOf back from one.
	Examples  Rule = "examples"
	ExampleOf Rule = "example-of"
	// Gloss asks for the English name or the abbreviation in a bracket, Native
	// back from it.
	Gloss  Rule = "gloss"
	Native Rule = "native"
	// Author asks who wrote a title, Origin where a name in a bracket belongs.
	Author Rule = "author"
	Origin Rule = "origin"
	Year   Rule = "year"
	// Items hides the elements of a leaf that is a list.
	Items Rule = "items"
	// Note asks what the map's note says.
	Note Rule = "note"
	// Group asks for the children of a section.
	Group Rule = "group"

	// Contrast asks for the other half of "A vs B", Half of "A与B".
	Contrast Rule = "contrast"
	Half     Rule = "half"
	// Parts hides the elements of a list inside a sentence, Qualifier the
	// words in a bracket.
	Parts     Rule = "parts"
	Qualifier Rule = "qualifier"
	// Member asks to which section a leaf belongs, Rest what a section has
	// besides the other leaves, Nth what stands at a place in it.
	Member Rule = "member"
	Rest   Rule = "rest"
	Nth    Rule = "nth"
)

// Weak reports whether a question of rule r tests less than what the leaf
// says, or shows little understanding when answered.
func (r Rule) Weak() bool {
	switch r {
	case Group, Contrast, Half, Parts, Qualifier, Member, Rest, Nth:
		return true
	}
	return false
}

// make fills the entries of l: those of the strong rules, weak ones if there
// were none, and last the questions about the sections that l is the first of.
func (g *generator) make(l *leaf) {
	f := &l.fact
	if f.term.text != "" {
		g.definition(l)
		g.bracket(l, f.term)
	}
	g.bracket(l, f.body)
	g.items(l)
	g.year(l)
	g.note(l)
	if len(l.entries) == 0 {
		g.half(l)
		g.member(l)
	}
	if len(l.entries) == 0 {
		g.rest(l)
	}
	if len(l.entries) == 0 {
		g.nth(l)
	}
	if !slices.ContainsFunc(l.entries, func(e deck.Entry) bool { return e.Back == l.note }) {
		addNote(&l.entries[0], l.note)
	}
	addNote(&l.entries[0], l.links)
	for b := l.parent; b != nil && l.first(b); b = b.parent {
		g.group(l, b)
	}
}
