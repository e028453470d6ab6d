package cardgen

import (
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// group asks for the children of b and for what its note says; l is the first
// leaf below it. A long note goes with the question for the children, and is asked
// for only when there is none.
func (g *generator) group(l *leaf, b *branch) {
	if b.name == "" && b.parent != nil {
		return
	}
	note := b.note
	if introduces(note) {
		note = ""
	}
	about := deck.Entry{Front: fill(g.words.about, "<C>", b.context), Back: note, Note: b.links}
	told := g.add(l, Note, about)
	switch listed := g.children(l, b); {
	case told:
	case listed:
		addNote(&l.entries[len(l.entries)-1], note+"\n"+b.links)
	case !givesAway(about.Front, note) && g.force(l, Note, about):
	default:
		addNote(&l.entries[0], note+"\n"+b.links)
	}
}

// children asks for the children of b. Sections of nothing but vague names are
// not worth a list.
func (g *generator) children(l *leaf, b *branch) bool {
	for _, name := range b.names {
		if g.words.question(name) || len(b.branches) > 0 && vague(name) {
			return false
		}
	}
	return g.list(l, Group, fill(g.words.group, "<C>", b.context, "<N>", number(b.names)), b.names, false)
}

// introduces reports whether a note is a line that only leads to what stands below
// it.
func introduces(note string) bool {
	return (strings.HasSuffix(note, ":") || strings.HasSuffix(note, "：")) && !strings.ContainsAny(note, "\n。")
}

// member asks in which section a leaf stands, among the sections beside it, or
// among those of the whole chapter when there are too few.
func (g *generator) member(l *leaf) {
	home := l.parent
	scope := home.parent
	if scope == nil || home.name == "" || length(l.fact.text) > 2*maxAnswerRunes || strings.Contains(fold(l.fact.text), fold(home.name)) {
		return
	}
	if len(l.entries) > 0 && sharesWord(l.fact.text, home.name) {
		return
	}
	answer, others := home.name, names(around(scope.branches, home.at), "")
	if len(others) < 3 && scope.parent != nil && scope.name != "" {
		answer = scope.name + " › " + home.name
		others = names(around(scope.branches, home.at), scope.name)
		for _, beside := range around(scope.parent.branches, scope.at) {
			if beside != scope && beside.name != "" {
				others = append(others, names(around(beside.branches, 0), beside.name)...)
			}
		}
		scope = scope.parent
	}
	e := deck.Entry{Kind: deck.Choice, Back: answer,
		Front: fill(g.words.member, "<C>", scope.context, "<T>", l.fact.text)}
	taken := []string{answer}
	for _, o := range others {
		if len(e.Choices) < maxChoices && !overlapsAny(o.name, taken) && !sharesWord(l.fact.text, o.branch.name) && !g.holds(o.branch, l) {
			e.Choices, taken = append(e.Choices, deck.Option{Text: o.name}), append(taken, o.name)
		}
	}
	if len(e.Choices) > 0 {
		g.add(l, Member, e)
	}
}

type namedBranch struct {
	name   string
	branch *branch
}

// names lists the branches with a name, after that of the section they are in.
func names(branches []*branch, section string) []namedBranch {
	var all []namedBranch
	for _, b := range branches {
		switch {
		case b.name == "":
		case section == "":
			all = append(all, namedBranch{b.name, b})
		default:
			all = append(all, namedBranch{section + " › " + b.name, b})
		}
	}
	return all
}

// holds reports whether b has a leaf that says the same as l, so that l might
// as well stand there.
func (g *generator) holds(b *branch, l *leaf) bool {
	for _, o := range nearest(b.all, l) {
		if overlap(o.fact.text, l.fact.text) {
			return true
		}
	}
	return false
}
