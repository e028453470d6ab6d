// Package cardgen makes cards from the outline of a mind map: the rules that
// turn the text of a leaf into questions, and the identities these get. It
// stands apart from the readers of mind maps and from the deck files, and it
// is a pure function: the same outline gives the same deck.
package cardgen

import (
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/outline"
)

// Options says what the outline does not. The zero Options is usable.
type Options struct {
	// ID is the deck's identity.
	ID deck.ID
	// Title is the deck's title; the root's text when empty.
	Title string
	// Language is the BCP 47 tag of the map's text, guessed when empty. Decks
	// in Chinese are asked in Chinese, all others in English.
	Language string
	// Level is the level of the leaves that LevelOf gives none; Beginner when
	// NoLevel.
	Level deck.Level
	// LevelOf gives a leaf its level from its path and text, or NoLevel;
	// PathLevel when nil.
	LevelOf func(path []string, text string) deck.Level
	// IDs writes into every entry the identity that deck.Cards would derive.
	IDs bool
	// OnProgress, unless nil, is told every few hundred leaves and at the end how many
	// of them have their cards.
	OnProgress func(done, total int64)
}

// progressEvery is after how many leaves progress is told.
const progressEvery = 256

// Report says what became of an outline.
type Report struct {
	// Leaves, Entries and Cards count what is in the deck.
	Leaves, Entries, Cards int
	// Kinds counts the cards of each kind, Rules the entries of each rule.
	Kinds map[deck.Kind]int
	Rules map[Rule]int
	// Weak lists the leaves for which only weak rules found a question.
	Weak []Place
}

// Place names a leaf by the names of its sections and its text.
type Place struct {
	Path []string
	Text string
}

// Deck makes a deck of the map below root. Every leaf that has a text becomes
// one deck.Leaf with at least one entry, in the order of the map; a root
// without children has no leaves.
func Deck(root *outline.Node, o Options) (*deck.Deck, Report) {
	d := &deck.Deck{Format: 1, ID: o.ID, Title: clean(o.Title), Language: o.Language}
	if d.Title == "" {
		d.Title = clean(root.Text)
	}
	if d.Language == "" {
		d.Language = guessLanguage(textOf(root))
	}
	words := phrasesOf(d.Language)
	if d.Title == "" {
		d.Title = words.untitled
	}
	g := newGenerator(root, d.Title, words)
	for i, l := range g.leaves {
		g.make(l)
		if done := i + 1; o.OnProgress != nil && (done%progressEvery == 0 || done == len(g.leaves)) {
			o.OnProgress(int64(done), int64(len(g.leaves)))
		}
	}
	for _, l := range g.leaves {
		d.Leaves = append(d.Leaves, deck.Leaf{Path: l.path, Text: l.text, Level: o.level(l), Entries: l.entries})
	}
	if o.IDs {
		d.StateIDs()
	}
	return d, g.report(d)
}

// textOf returns all that the tree below root says, at most a few thousand
// nodes of it.
func textOf(root *outline.Node) string {
	var b strings.Builder
	root.Walk(func(_ []*outline.Node, n *outline.Node) bool {
		if b.Len() < 100_000 {
			b.WriteString(n.Text + "\n" + n.Note + "\n")
		}
		return true
	})
	return b.String()
}

func (o *Options) level(l *leaf) deck.Level {
	levelOf := o.LevelOf
	if levelOf == nil {
		levelOf = PathLevel
	}
	level := levelOf(l.path, l.text)
	if level == deck.NoLevel {
		level = o.Level
	}
	if level == deck.NoLevel {
		level = deck.Beginner
	}
	return level
}

func (g *generator) report(d *deck.Deck) Report {
	r := Report{Leaves: len(d.Leaves), Kinds: make(map[deck.Kind]int), Rules: make(map[Rule]int)}
	for _, c := range d.Cards() {
		r.Cards++
		r.Kinds[c.Kind]++
	}
	for _, l := range g.leaves {
		strong := false
		for _, rule := range l.rules {
			r.Rules[rule]++
			strong = strong || !rule.Weak()
		}
		r.Entries += len(l.entries)
		if !strong {
			r.Weak = append(r.Weak, Place{l.path, l.text})
		}
	}
	return r
}
