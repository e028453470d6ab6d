package store

import (
	"fmt"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// traits are what a card is recognised by, on the side of the store and on that
// of the file.
type traits struct {
	// place names what a derived identity is a number in: the leaf and kind, the
	// front of a card that stands alone, or the cloze; "" when it is stated.
	place       string
	leaf        int64
	kind        deck.Kind
	front, back string
	letters     deck.Likeness
	// stated says that the card's author, or an import, gave it an identity.
	stated bool
}

// The keys by which traits are compared; "" is like nothing.

func textHere(t *traits) string  { return here(t, text(t)) }
func backHere(t *traits) string  { return here(t, t.back) }
func frontHere(t *traits) string { return here(t, t.front) }
func text(t *traits) string      { return t.front + "\x00" + t.back }
func front(t *traits) string     { return t.front }
func kindBack(t *traits) string  { return fmt.Sprint(t.kind, " ", t.back) }
func leafKind(t *traits) string  { return leafAndKind(t.leaf, t.kind) }

func here(t *traits, key string) string {
	if t.place == "" {
		return ""
	}
	return t.place + "\x00" + key
}

func leafAndKind(leaf int64, kind deck.Kind) string {
	if leaf == 0 {
		return ""
	}
	return fmt.Sprint("leaf ", leaf, kind)
}

// traitsOf returns the traits of a row of the store, whose identity may be a
// derived one.
func traitsOf(r *row, front, back string) *traits {
	return &traits{place: placeOf(r.kind, r.uid, r.leaf, r.section, front), leaf: r.leaf, kind: r.kind, front: front, back: back}
}

// traitsOfCard returns the traits of a card, which hold no other part of its file's
// text.
func traitsOfCard(c *incoming) *traits {
	front, back := strings.Clone(c.front), strings.Clone(c.back)
	t := &traits{leaf: c.leaf, kind: c.kind, front: front, back: back, stated: !c.derived}
	if c.positional() {
		t.place = placeOf(c.kind, c.id, c.leaf, c.section, front)
	}
	return t
}

func placeOf(kind deck.Kind, uid deck.CardID, leaf, section int64, front string) string {
	if base := strings.LastIndexByte(string(uid), '~'); kind == deck.Cloze && base > 0 {
		return "cloze " + string(uid[:base])
	}
	if leaf != 0 {
		return leafAndKind(leaf, kind)
	}
	return fmt.Sprint("alone ", section, kind, " ", front)
}

// likeness is the smallest similarity of two fronts at which one may be the
// other reworded.
const likeness = 0.6

// alike reports whether the fronts of two cards are much alike.
func alike(a, b *traits) bool {
	if a.kind != b.kind {
		return false
	}
	for _, t := range []*traits{a, b} {
		if !t.letters.Made() {
			t.letters = deck.LikenessOf(t.front)
		}
	}
	return a.letters.Reaches(b.letters, likeness)
}

// reworded reports whether b, a card of the file, may be a in other words. A
// card that states a new identity is another one unless its back is alike too:
// what was only reworded would have kept its identity, and the fronts of cards
// made from a map differ in a term only.
func reworded(a, b *traits) bool {
	return alike(a, b) && (!b.stated || deck.LikenessOf(a.back).Reaches(deck.LikenessOf(b.back), likeness))
}
