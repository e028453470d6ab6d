package main

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// merge is what importing a file again makes of a deck. It compares three
// decks: the one in the deck file, the one that the import before wrote, and
// the one that it would write now. A card is known by its question and its
// identity, and goes on under the identity that it had.
type merge struct {
	// result is what is to be written, and imported what the import would write
	// without regard to the deck file: the base of the next merge.
	result, imported *deck.Deck
	// head lists what the deck says of itself that differs from the deck file, as it
	// would stand there: title = "…".
	head []string
	// added, changed, moved and removed cards differ from the deck file. A card
	// that is moved and changed counts as changed.
	added, changed, moved, removed []string
	// kept cards were changed or removed in the deck file by hand and stay so;
	// the file that is imported has them as they were.
	kept []string
	// clashes were changed by hand and in the file that is imported too; they
	// stay as the learner has them.
	clashes []string
	// adopted says which identity an entry of the file goes on under here.
	adopted map[deck.CardID]deck.CardID
}

// same reports whether nothing is to be written.
func (m *merge) same() bool {
	return len(m.head)+len(m.added)+len(m.changed)+len(m.moved)+len(m.removed) == 0
}

// held is an entry with its leaf.
type held struct {
	entry *deck.Entry
	leaf  *deck.Leaf
}

// holding is a deck by the identities of its entries.
type holding struct {
	order []held
	byID  map[deck.CardID]held
}

// hold states every identity of d and returns its entries.
func hold(d *deck.Deck) holding {
	h := holding{byID: make(map[deck.CardID]held)}
	if d == nil {
		return h
	}
	d.StateIDs()
	for i := range d.Leaves {
		for j := range d.Leaves[i].Entries {
			e := held{&d.Leaves[i].Entries[j], &d.Leaves[i]}
			h.order = append(h.order, e)
			h.byID[e.entry.ID] = e
		}
	}
	return h
}

// mergeDecks works out what importing theirs makes of mine, which base was
// written for; base is nil when that is not known, and then whatever differs
// counts as the learner's. With all set theirs counts everywhere, and only cards
// that the learner added stay. What crosses counts as moved. It changes theirs into
// the result.
func mergeDecks(base, mine, theirs *deck.Deck, crosses crossing, all bool) *merge {
	m := &merging{merge: &merge{result: theirs, adopted: make(map[deck.CardID]deck.CardID)}, crossing: crosses, all: all, known: base != nil, base: hold(base), mine: hold(mine), theirs: hold(theirs)}
	m.adopt()
	m.imported = cloneDeck(theirs)
	m.mergeHead(base, mine)
	dropped := make(map[*deck.Entry]bool)
	for _, t := range m.theirs.order {
		dropped[t.entry] = !m.take(t)
	}
	stay := m.keepOwn()
	m.drop(dropped)
	m.insert(stay)
	return m.merge
}

// cloneDeck copies a deck down to its entries.
func cloneDeck(d *deck.Deck) *deck.Deck {
	clone := *d
	clone.Leaves = slices.Clone(d.Leaves)
	for i := range clone.Leaves {
		clone.Leaves[i].Entries = slices.Clone(d.Leaves[i].Entries)
	}
	return &clone
}

// merging is one run of mergeDecks.
type merging struct {
	*merge
	crossing
	all, known         bool
	base, mine, theirs holding
}

// mergeHead decides about what the deck says of itself. What the file that is
// imported does not say stays as it is.
func (m *merging) mergeHead(base, mine *deck.Deck) {
	if base == nil {
		base = &deck.Deck{}
	}
	for _, f := range []struct {
		name       string
		base, mine string
		theirs     *string
	}{
		{"title", base.Title, mine.Title, &m.result.Title},
		{"language", base.Language, mine.Language, &m.result.Language},
		{"about", base.About, mine.About, &m.result.About},
	} {
		switch byHand := f.base != f.mine; {
		case *f.theirs == f.mine:
		case *f.theirs == "", byHand && !m.all:
			*f.theirs = f.mine
		default:
			m.head = append(m.head, fmt.Sprintf("%s = %q", f.name, *f.theirs))
		}
	}
}

// take decides about one entry of theirs and reports whether it stays.
func (m *merging) take(theirs held) bool {
	id := theirs.entry.ID
	before, wasThere := m.base.byID[id]
	mine, isThere := m.mine.byID[id]
	switch {
	case !isThere && m.came[id]:
		m.moved = append(m.moved, shownEntry(theirs))
		return true
	case !isThere && wasThere && !m.all:
		m.kept = append(m.kept, shownEntry(before))
		return false
	case !isThere:
		m.added = append(m.added, shownEntry(theirs))
		return true
	}
	if wasThere && !m.all && samePlace(before, theirs) && mine.leaf.Alone() == theirs.leaf.Alone() {
		theirs.leaf.Path, theirs.leaf.Text = mine.leaf.Path, mine.leaf.Text // moved by hand, or not at all
	}
	moved := !samePlace(mine, theirs)
	switch {
	case sameEntry(mine, theirs):
	case !m.all && wasThere && sameEntry(before, theirs):
		m.kept = append(m.kept, shownEntry(mine))
		m.copyMine(mine, theirs)
	case !m.all && (!wasThere || !sameEntry(before, mine)):
		m.clashes = append(m.clashes, shownEntry(mine))
		m.copyMine(mine, theirs)
	default:
		m.changed = append(m.changed, shownEntry(theirs))
		return true
	}
	if moved {
		m.moved = append(m.moved, shownEntry(theirs))
	}
	return true
}

// copyMine makes an entry of theirs what the learner made of it.
func (m *merging) copyMine(mine, theirs held) {
	id := theirs.entry.ID
	*theirs.entry = *mine.entry
	theirs.entry.ID = id
	theirs.leaf.Level = mine.leaf.Level
}

// keepOwn returns the entries of mine that the file does not have and that stay
// all the same: those that the learner added or changed, or may have.
func (m *merging) keepOwn() []held {
	var stay []held
	for _, h := range m.mine.order {
		if _, there := m.theirs.byID[h.entry.ID]; there {
			continue
		}
		before, wasThere := m.base.byID[h.entry.ID]
		switch {
		case m.gone[h.entry.ID]:
			m.moved = append(m.moved, shownEntry(h))
		case m.known && !wasThere:
			stay = append(stay, h)
		case m.all || m.known && sameEntry(before, h):
			m.removed = append(m.removed, shownEntry(h))
		default:
			m.kept = append(m.kept, shownEntry(h))
			stay = append(stay, h)
		}
	}
	return stay
}

// drop removes entries from the result, and leaves that have none left.
func (m *merging) drop(dropped map[*deck.Entry]bool) {
	for i := range m.result.Leaves {
		l := &m.result.Leaves[i]
		var left []deck.Entry
		for j := range l.Entries {
			if !dropped[&l.Entries[j]] {
				left = append(left, l.Entries[j])
			}
		}
		l.Entries = left
	}
	m.result.Leaves = slices.DeleteFunc(m.result.Leaves, func(l deck.Leaf) bool { return len(l.Entries) == 0 })
}

// insert puts the learner's own entries where they were: at the same leaf, or
// after the leaf that they stood after.
func (m *merging) insert(own []held) {
	if len(own) == 0 {
		return
	}
	leaves := make(map[string]int)
	for i := range m.result.Leaves {
		leaves[leafKey(&m.result.Leaves[i])] = i
	}
	stays := make(map[*deck.Entry]bool, len(own))
	for _, h := range own {
		stays[h.entry] = true
	}
	after := make(map[int][]deck.Leaf)
	at := -1
	for _, h := range m.mine.order {
		i, there := leaves[leafKey(h.leaf)]
		if there {
			at = i
		}
		switch {
		case !stays[h.entry]:
		case there && !h.leaf.Alone():
			m.result.Leaves[i].Entries = append(m.result.Leaves[i].Entries, *h.entry)
		default:
			after[at] = appendOwn(after[at], h)
		}
	}
	out := slices.Clone(after[-1])
	for i, l := range m.result.Leaves {
		out = append(append(out, l), after[i]...)
	}
	m.result.Leaves = out
}

// appendOwn adds an entry to the leaf at the end, when it belongs to it, or with
// a leaf of its own.
func appendOwn(leaves []deck.Leaf, h held) []deck.Leaf {
	if n := len(leaves); n > 0 && !h.leaf.Alone() && leafKey(&leaves[n-1]) == leafKey(h.leaf) {
		leaves[n-1].Entries = append(leaves[n-1].Entries, *h.entry)
		return leaves
	}
	l := *h.leaf
	l.Entries = []deck.Entry{*h.entry}
	return append(leaves, l)
}

func leafKey(l *deck.Leaf) string {
	key := strings.Join(append(slices.Clone(l.Path), l.Text), "\x1f")
	if l.Alone() {
		key += "\x00" + string(l.Entries[0].ID)
	}
	return key
}

// sameEntry reports whether two entries say the same, wherever they stand.
func sameEntry(a, b held) bool {
	x, y := *a.entry, *b.entry
	x.ID, x.Pos, y.ID, y.Pos = "", deck.Pos{}, "", deck.Pos{}
	for _, e := range []*deck.Entry{&x, &y} {
		e.Choices, e.Accept = append([]deck.Option{}, e.Choices...), append([]string{}, e.Accept...)
		e.Tags, e.Media = append([]string{}, e.Tags...), append([]string{}, e.Media...)
	}
	return a.leaf.Level == b.leaf.Level && reflect.DeepEqual(x, y)
}

// samePlace reports whether two entries stand at the same leaf.
func samePlace(a, b held) bool {
	return slices.Equal(a.leaf.Path, b.leaf.Path) && a.leaf.Text == b.leaf.Text
}

func shownEntry(h held) string { return oneLine(h.entry.Front) }
