package main

import (
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// adopt gives the entries of theirs the identities of those that they go on from:
// that say the same or ask the same, that have the same identity, or the same
// back, if nothing else could be meant. The identity does not come first because
// it may be a number in its leaf, which the next question gets where one is gone.
func (m *merging) adopt() {
	from := make(map[*deck.Entry]deck.CardID)
	before := slices.DeleteFunc(m.before(), func(h held) bool { return m.gone[h.entry.ID] })
	theirs := slices.DeleteFunc(slices.Clone(m.theirs.order), func(h held) bool { return m.came[h.entry.ID] })
	for _, key := range []func(held) string{textKey, frontKey, idKey, backKey} {
		lost, fresh := byKey(before, key), byKey(theirs, key)
		for k, old := range lost {
			if to := fresh[k]; k != "" && len(old) == 1 && len(to) == 1 {
				from[to[0].entry] = old[0].entry.ID
				from[old[0].entry] = old[0].entry.ID
			}
		}
		done := func(h held) bool { return from[h.entry] != "" }
		before, theirs = slices.DeleteFunc(before, done), slices.DeleteFunc(theirs, done)
	}
	m.rename(from)
}

// before returns what the import before wrote, and what the learner has besides.
func (m *merging) before() []held {
	all := slices.Clone(m.base.order)
	for _, h := range m.mine.order {
		if _, there := m.base.byID[h.entry.ID]; !there {
			all = append(all, h)
		}
	}
	return all
}

// rename gives the entries of theirs their identities. One that goes on from
// nothing gets another one where its own is that of another entry.
func (m *merging) rename(from map[*deck.Entry]deck.CardID) {
	were := make(map[*deck.Entry]deck.CardID)
	for _, h := range m.theirs.order {
		_, inBase := m.base.byID[h.entry.ID]
		_, inMine := m.mine.byID[h.entry.ID]
		if id := from[h.entry]; id != h.entry.ID && (id != "" || inBase || inMine) {
			were[h.entry], h.entry.ID = h.entry.ID, id
		}
	}
	all := deck.Deck{Leaves: slices.Clone(m.result.Leaves)}
	for _, h := range m.before() {
		all.Leaves = append(all.Leaves, deck.Leaf{Entries: []deck.Entry{*h.entry}})
	}
	all.StateIDs()
	m.theirs = hold(m.result)
	for entry, id := range were {
		m.adopted[id] = entry.ID
	}
}

// byKey sorts entries by a key.
func byKey(entries []held, key func(held) string) map[string][]held {
	sorted := make(map[string][]held)
	for _, h := range entries {
		k := key(h)
		sorted[k] = append(sorted[k], h)
	}
	return sorted
}

func idKey(h held) string { return string(h.entry.ID) }

func textKey(h held) string {
	return strings.Join([]string{h.entry.Kind.String(), h.entry.Front, h.entry.Back}, "\x00")
}

// frontKey does without the number of elements that is asked for: a list goes on
// when one is added.
func frontKey(h held) string {
	front := h.entry.Front
	if h.entry.Kind == deck.List {
		front = strings.TrimRight(front, "（(0123456789 项)）")
	}
	return h.entry.Kind.String() + "\x00" + front
}

// backKey is "" for a cloze, whose back says little of it.
func backKey(h held) string {
	if h.entry.Kind == deck.Cloze {
		return ""
	}
	return h.entry.Kind.String() + "\x00" + h.entry.Back
}
