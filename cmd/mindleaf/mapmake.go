package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/draw"
	"github.com/mindleaf/mindleaf/store"
)

// mapMaker makes the map of a deck from its sections, leaves and cards.
type mapMaker struct {
	*app
	lib *library
	// notes says that the nodes get notes; recall that these may not give a leaf
	// away.
	notes, recall bool
	history       map[int64][]srs.Event
}

func (m *mapMaker) make(ctx context.Context, d store.Deck, section int64) (*draw.Node, error) {
	sections, err := m.lib.Sections(ctx, d.ID, m.lib.day)
	if err != nil {
		return nil, err
	}
	cards, err := m.lib.LeafCards(ctx, d.ID)
	if err != nil {
		return nil, err
	}
	if m.notes {
		if m.history, err = m.lib.DeckHistory(ctx, d.ID); err != nil {
			return nil, err
		}
	}
	root := &draw.Node{Text: d.Title}
	nodes := map[int64]*draw.Node{0: root}
	for _, s := range sections {
		nodes[s.Key] = &draw.Node{Text: s.Name}
	}
	for _, leaf := range leavesOf(cards) {
		at := nodes[leaf[0].Section]
		if at == nil { // the counters of its section are wrong
			at = root
		}
		at.Children = append(at.Children, m.leaf(leaf))
	}
	for _, s := range sections {
		nodes[s.Parent].Children = append(nodes[s.Parent].Children, nodes[s.Key])
	}
	if n, ok := nodes[section]; ok {
		return n, nil
	}
	return root, nil
}

// leavesOf groups cards by their leaf, in the order of the first card of each.
// A card that stands alone is a leaf of its own.
func leavesOf(cards []store.LeafCard) [][]store.LeafCard {
	type key struct{ leaf, section, alone int64 }
	var leaves [][]store.LeafCard
	at := make(map[key]int)
	for _, c := range cards {
		k := key{leaf: c.Card.Leaf, section: c.Section}
		if k.leaf == 0 {
			k.alone = c.ID
		}
		i, ok := at[k]
		if !ok {
			i = len(leaves)
			at[k] = i
			leaves = append(leaves, nil)
		}
		leaves[i] = append(leaves[i], c)
	}
	return leaves
}

func (m *mapMaker) leaf(cards []store.LeafCard) *draw.Node {
	n := &draw.Node{Text: cards[0].Leaf}
	if n.Text == "" {
		n.Text = cards[0].Front
	}
	states := make([]srs.State, len(cards))
	for i, c := range cards {
		states[i] = c.State
	}
	n.Mark, n.Due = draw.MarkOf(states, m.lib.day)
	if m.notes {
		notes := make([]string, len(cards))
		for i, c := range cards {
			notes[i] = m.note(c)
		}
		n.Note = strings.Join(notes, "\n")
	}
	return n
}

// lastGrades is how many of a card's grades a note lists.
const lastGrades = 8

// note tells the history of a card in two or three lines.
func (m *mapMaker) note(c store.LeafCard) string {
	s := c.State
	lines := []string{printable(c.Front)}
	if m.recall {
		lines = nil // the question would give the leaf away
	}
	if s.Suspended {
		lines = append(lines, "  "+m.t("suspended"))
	}
	if s.Phase == srs.New {
		return strings.Join(append(lines, "  "+m.t("never reviewed")), "\n")
	}
	lines = append(lines, "  "+m.t("%d reviews, %d lapses, interval %s, ease %.2f, last %s, due %s",
		s.Reviews, s.Lapses, m.days(int(s.IntervalDays)), float64(s.Ease)/100, s.LastDay, s.Due))
	var grades []string
	for _, e := range srs.Live(m.history[c.ID]) {
		if e.Kind == srs.ReviewEvent || e.Kind == srs.ForeignReviewEvent {
			grades = append(grades, fmt.Sprintf("%s %s", e.Day.Date().Format("01-02"), m.gradeName(e.Grade)))
		}
	}
	if more := len(grades) - lastGrades; more > 0 {
		grades = append([]string{"…"}, grades[more:]...)
	}
	return strings.Join(append(lines, "  "+strings.Join(grades, m.t(", "))), "\n")
}
