package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/outline"
)

// maxListed is how many cards of one kind of change are listed.
const maxListed = 20

// changeCounts says in a line what a merge changes.
func (a *app) changeCounts(m *merge) string {
	counts := a.t("%d cards added, %d changed, %d moved, %d removed", len(m.added), len(m.changed), len(m.moved), len(m.removed))
	if len(m.head) == 0 {
		return counts
	}
	return a.t("%s; of the deck itself %s", counts, term.Sanitize(strings.Join(m.head, ", ")))
}

// printChanges lists what a merge changes and what it leaves alone.
func (a *app) printChanges(w io.Writer, m *merge) {
	for _, group := range []struct {
		title string
		cards []string
	}{
		{a.t("of the deck itself:"), m.head}, {a.t("added:"), m.added}, {a.t("changed:"), m.changed}, {a.t("moved:"), m.moved},
		{a.t("removed, with their history kept:"), m.removed},
		{a.t("left as you have them in the deck file:"), m.kept},
		{a.t("left as you have them, though the import has another text (--replace=all takes it):"), m.clashes},
	} {
		if len(group.cards) == 0 {
			continue
		}
		fmt.Fprintf(w, "%s\n", group.title)
		for _, front := range group.cards[:min(len(group.cards), maxListed)] {
			fmt.Fprintf(w, "  %s\n", term.Sanitize(front))
		}
		if more := len(group.cards) - maxListed; more > 0 {
			fmt.Fprintf(w, "  %s\n", a.t("and %d more", more))
		}
	}
}

// warn names on standard error what could not be taken over.
func (a *app) warn(p *plan) {
	for _, text := range p.warnings[:min(len(p.warnings), maxListed)] {
		a.notice(a.tr(text))
	}
	if more := len(p.warnings) - maxListed; more > 0 {
		a.notice(a.t("and %d more", more))
	}
}

// printImported says what was taken over, what could not be, and what to type
// next.
func (a *app) printImported(plans []*plan) error {
	for _, p := range plans {
		a.warn(p)
	}
	if a.json {
		out := []jsonImported{}
		for _, p := range plans {
			out = append(out, importedJSON(p))
		}
		return a.printJSON(struct {
			Decks []jsonImported `json:"decks"`
		}{out})
	}
	for _, p := range plans {
		a.printPlan(p)
	}
	if i := slices.IndexFunc(plans, func(p *plan) bool { return !p.noFile }); i >= 0 {
		a.say("Next: %s", "mindleaf review "+string(plans[i].deck.ID))
	}
	return nil
}

func (a *app) printPlan(p *plan) {
	switch {
	case p.shipped:
		a.say("%s comes with mindleaf already", p.deck.ID)
	case p.noFile:
		a.say("%s: its cards are in no deck file; their history is kept for when they are", p.deck.ID)
	case p.merge != nil && p.merge.same():
		a.say("%s stays as it is: nothing has changed", p.path)
	default:
		a.say("wrote %s", p.path)
	}
	if p.kept != "" {
		a.say("the file with your changes by hand is kept as %s", p.kept)
	}
	if p.merge != nil {
		a.printChanges(a.stdout, p.merge)
	}
	if p.notes > 0 {
		a.say("%d notes", p.notes)
	}
	a.printCounts(p)
	if p.merged.Added > 0 {
		a.say("%d entries of the history taken over", p.merged.Added)
	}
	if p.merged.Orphans > 0 {
		a.say("left out: %d events of cards that are not there any more", p.merged.Orphans)
	}
	if p.due > 0 {
		a.say("%d cards are due today", p.due)
	}
}

// printCounts says how many leaves and cards of which kind the deck has, and
// which leaves need a better one.
func (a *app) printCounts(p *plan) {
	if p.root == nil {
		a.say("%d cards", p.counts.cards)
	} else {
		a.say("%d leaves, %d cards", p.counts.leaves, p.counts.cards)
	}
	words := make([]string, 0, len(p.counts.kinds))
	for k, n := range p.counts.kinds {
		words = append(words, fmt.Sprintf("%s %d", a.kindName(k), n))
	}
	slices.Sort(words)
	if len(words) > 0 {
		fmt.Fprintf(a.stdout, "  %s\n", strings.Join(words, a.t(", ")))
	}
	if len(p.weak) == 0 {
		return
	}
	a.say("%d leaves could only be covered weakly; a card of your own would be better:", len(p.weak))
	for _, path := range p.weak {
		fmt.Fprintf(a.stdout, "  %s\n", term.Sanitize(joinPath(path)))
	}
}

// kindName is the word of a kind of card in the language of the interface.
func (a *app) kindName(word string) string {
	switch word {
	case "basic":
		return a.t("basic")
	case "reversed":
		return a.t("reversed")
	case "cloze":
		return a.t("cloze")
	case "list":
		return a.t("list")
	case "choice":
		return a.t("choice")
	case "typed":
		return a.t("typed")
	}
	return word
}

// deckCounts counts the leaves and the cards of a deck.
type deckCounts struct {
	leaves, cards int
	kinds         map[string]int
}

func newCounts() deckCounts { return deckCounts{kinds: make(map[string]int)} }

func (n *deckCounts) add(l *deck.Leaf) {
	n.leaves++
	for i := range l.Entries {
		if kind, cards := l.Entries[i].Makes(); cards > 0 {
			n.kinds[kind.String()] += cards
			n.cards += cards
		}
	}
}

// jsonNode is an outline node as import --json prints it.
type jsonNode struct {
	Text     string     `json:"text"`
	Note     string     `json:"note"`
	Children []jsonNode `json:"children"`
}

func nodeJSON(n *outline.Node) jsonNode {
	out := jsonNode{Text: n.Text, Note: n.Note, Children: []jsonNode{}}
	for _, c := range n.Children {
		out.Children = append(out.Children, nodeJSON(c))
	}
	return out
}

// jsonCard is a card as import --json prints it.
type jsonCard struct {
	ID    string   `json:"id"`
	Kind  string   `json:"kind"`
	Path  []string `json:"path"`
	Leaf  string   `json:"leaf"`
	Level string   `json:"level"`
	Front string   `json:"front"`
	Back  string   `json:"back"`
}

func cardsJSON(d *deck.Deck) []jsonCard {
	cards := []jsonCard{}
	for _, c := range d.Cards() {
		cards = append(cards, jsonCard{
			ID: string(c.ID), Kind: c.Kind.String(), Path: append([]string{}, c.Leaf.Path...), Leaf: c.Leaf.Text,
			Level: c.Leaf.Level.String(), Front: c.Front, Back: c.Back,
		})
	}
	return cards
}

// jsonImported is what import --json says of a deck. Head holds what changes of the
// deck itself, the other lists the fronts of the cards that change; all are empty
// for a new deck. File is empty for a deck that has only a history.
type jsonImported struct {
	File     string         `json:"file"`
	Deck     string         `json:"deck"`
	New      bool           `json:"new"`
	Leaves   int            `json:"leaves"`
	Cards    int            `json:"cards"`
	Kinds    map[string]int `json:"kinds"`
	Weak     int            `json:"weak"`
	Head     []string       `json:"head"`
	Added    []string       `json:"added"`
	Changed  []string       `json:"changed"`
	Moved    []string       `json:"moved"`
	Removed  []string       `json:"removed"`
	Kept     []string       `json:"kept"`
	Clashes  []string       `json:"clashes"`
	Notes    int            `json:"notes"`
	Events   int64          `json:"events"`
	Due      int64          `json:"due"`
	Orphans  int64          `json:"orphans"`
	Warnings []string       `json:"warnings"`
}

func importedJSON(p *plan) jsonImported {
	m := p.merge
	if m == nil {
		m = &merge{}
	}
	list := func(s []string) []string { return append([]string{}, s...) }
	file := p.path
	if p.noFile {
		file = ""
	}
	return jsonImported{
		File: file, Deck: string(p.deck.ID), New: p.merge == nil, Leaves: p.counts.leaves, Cards: p.counts.cards, Kinds: p.counts.kinds, Weak: len(p.weak),
		Head: list(m.head), Added: list(m.added), Changed: list(m.changed), Moved: list(m.moved), Removed: list(m.removed), Kept: list(m.kept),
		Clashes: list(m.clashes), Notes: p.notes, Events: p.merged.Added, Due: p.due, Orphans: p.merged.Orphans, Warnings: list(p.warnings),
	}
}

// printDryRun shows what an import would make and change.
func (a *app) printDryRun(plans []*plan) error {
	for _, p := range plans {
		if err := p.hold(); err != nil {
			return err
		}
		a.warn(p)
	}
	if a.json {
		return a.printJSON(dryRunJSON(plans))
	}
	for _, p := range plans {
		for _, c := range p.deck.Cards() {
			fmt.Fprintf(a.stdout, "%s\n    %s\n", term.Sanitize(oneLine(c.Front)), term.Sanitize(oneLine(c.Back)))
		}
		a.printCounts(p)
		if p.reviews > 0 {
			a.say("%d reviews", p.reviews)
		}
		switch {
		case p.shipped:
			a.say("%s comes with mindleaf already", p.deck.ID)
		case p.noFile:
			a.say("%s: its cards are in no deck file; their history is kept for when they are", p.deck.ID)
		case p.merge == nil:
			a.say("would write %s", p.path)
		case p.merge.same():
			a.say("%s stays as it is: nothing has changed", p.path)
		default:
			a.say("would change %s: %s", p.path, a.changeCounts(p.merge))
		}
		if p.merge != nil {
			a.printChanges(a.stdout, p.merge)
		}
	}
	return nil
}

func dryRunJSON(plans []*plan) any {
	out := struct {
		Outline []jsonNode     `json:"outline"`
		Cards   []jsonCard     `json:"cards"`
		Decks   []jsonImported `json:"decks"`
	}{[]jsonNode{}, []jsonCard{}, []jsonImported{}}
	for _, p := range plans {
		if p.root != nil {
			out.Outline = append(out.Outline, nodeJSON(p.root))
		}
		out.Cards = append(out.Cards, cardsJSON(p.deck)...)
		out.Decks = append(out.Decks, importedJSON(p))
	}
	return out
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
