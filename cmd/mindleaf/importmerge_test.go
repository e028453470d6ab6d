package main

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/property"
	"pgregory.net/rapid"
)

// alone makes a deck of cards that stand alone, "front=back" each.
func alone(cards ...[2]string) *deck.Deck {
	d := &deck.Deck{ID: "d", Title: "d"}
	for _, c := range cards {
		d.Leaves = append(d.Leaves, deck.Leaf{Entries: []deck.Entry{{ID: deck.CardID("id-" + c[0]), Front: c[0], Back: c[1]}}})
	}
	return d
}

func pairs(d *deck.Deck) (out [][2]string) {
	for _, h := range hold(d).order {
		out = append(out, [2]string{h.entry.Front, h.entry.Back})
	}
	return out
}

func TestMergeDecks(t *testing.T) {
	one, two, edited := [2]string{"一", "1"}, [2]string{"二", "2"}, [2]string{"一", "1，我改过"}
	newer, own := [2]string{"一", "1，来源改过"}, [2]string{"我的", "卡"}
	for _, test := range []struct {
		name               string
		base, mine, theirs *deck.Deck
		all                bool
		want               [][2]string
		counts             [6]int // added changed moved removed kept clashes
	}{
		{"nothing changed", alone(one, two), alone(one, two), alone(one, two), false, [][2]string{one, two}, [6]int{}},
		{"added", alone(one), alone(one), alone(one, two), false, [][2]string{one, two}, [6]int{1}},
		{"changed in the source", alone(one), alone(one), alone(newer), false, [][2]string{newer}, [6]int{0, 1}},
		{"changed by hand", alone(one), alone(edited), alone(one), false, [][2]string{edited}, [6]int{0, 0, 0, 0, 1}},
		{"changed by both", alone(one), alone(edited), alone(newer), false, [][2]string{edited}, [6]int{0, 0, 0, 0, 0, 1}},
		{"changed by both, all", alone(one), alone(edited), alone(newer), true, [][2]string{newer}, [6]int{0, 1}},
		{"removed in the source", alone(one, two), alone(one, two), alone(one), false, [][2]string{one}, [6]int{0, 0, 0, 1}},
		{"removed in the source, changed by hand", alone(two, one), alone(two, edited), alone(two), false, [][2]string{two, edited}, [6]int{0, 0, 0, 0, 1}},
		{"removed by hand", alone(one, two), alone(one), alone(one, two), false, [][2]string{one}, [6]int{0, 0, 0, 0, 1}},
		{"removed by hand, all", alone(one, two), alone(one), alone(one, two), true, [][2]string{one, two}, [6]int{1}},
		{"added by hand", alone(one, two), alone(one, own, two), alone(one, two), false, [][2]string{one, own, two}, [6]int{}},
		{"added by hand, all", alone(one), alone(own, one), alone(newer), true, [][2]string{own, newer}, [6]int{0, 1}},
		{"base unknown", nil, alone(edited, own), alone(newer), false, [][2]string{edited, own}, [6]int{0, 0, 0, 0, 1, 1}},
		{"base unknown, all", nil, alone(edited, own), alone(newer), true, [][2]string{newer}, [6]int{0, 1, 0, 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := mergeDecks(test.base, test.mine, test.theirs, crossing{}, test.all)
			if diff := cmp.Diff(test.want, pairs(m.result)); diff != "" {
				t.Errorf("result differs (-want +got):\n%s", diff)
			}
			got := [6]int{len(m.added), len(m.changed), len(m.moved), len(m.removed), len(m.kept), len(m.clashes)}
			if got != test.counts {
				t.Errorf("got added, changed, moved, removed, kept, clashes %v, want %v", got, test.counts)
			}
		})
	}
}

func TestMergeOfWhatTheDeckSaysOfItself(t *testing.T) {
	head := func(title, language, about string) *deck.Deck {
		return &deck.Deck{ID: "d", Title: title, Language: language, About: about}
	}
	for _, test := range []struct {
		name                     string
		base, mine, theirs, want *deck.Deck
		all                      bool
		head                     []string
	}{
		{"nothing changed", head("a", "en", ""), head("a", "en", ""), head("a", "en", ""), head("a", "en", ""), false, nil},
		{"changed in the source", head("a", "en", ""), head("a", "en", ""), head("b", "de", ""), head("b", "de", ""), false, []string{`title = "b"`, `language = "de"`}},
		{"changed by hand", head("a", "", ""), head("我的", "zh", "x"), head("a", "", ""), head("我的", "zh", "x"), false, nil},
		{"changed by both", head("a", "", ""), head("我的", "", ""), head("b", "", ""), head("我的", "", ""), false, nil},
		{"changed by both, all", head("a", "", ""), head("我的", "zh", "x"), head("b", "", ""), head("b", "zh", "x"), true, []string{`title = "b"`}},
		{"base unknown", nil, head("我的", "", ""), head("b", "", ""), head("我的", "", ""), false, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := mergeDecks(test.base, test.mine, test.theirs, crossing{}, test.all)
			if diff := cmp.Diff(test.want, m.result); diff != "" {
				t.Errorf("result differs (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.head, m.head); diff != "" || m.same() != (len(test.head) == 0) {
				t.Errorf("same is %v; what changes differs (-want +got):\n%s", m.same(), diff)
			}
		})
	}
}

func TestMergeFollowsRewordedAndMovedCards(t *testing.T) {
	leaf := func(section, text, id, front, back string) deck.Leaf {
		return deck.Leaf{Path: []string{section}, Text: text, Entries: []deck.Entry{{ID: deck.CardID(id), Front: front, Back: back}}}
	}
	base := &deck.Deck{ID: "d", Title: "d", Leaves: []deck.Leaf{leaf("甲", "注意力", "a", "什么是注意力？", "加权求和"), leaf("甲", "词元", "b", "什么是词元？", "最小单位")}}
	theirs := &deck.Deck{ID: "d", Title: "d", Leaves: []deck.Leaf{leaf("乙", "注意力", "x", "什么是注意力？", "加权求和"), leaf("甲", "词元", "y", "词元指什么？", "最小单位")}}
	m := mergeDecks(base, cloneDeck(base), theirs, crossing{}, false)
	ids := []deck.CardID{}
	for _, h := range hold(m.result).order {
		ids = append(ids, h.entry.ID)
	}
	if !slices.Equal(ids, []deck.CardID{"a", "b"}) {
		t.Errorf("got ids %v, want those of the cards before", ids)
	}
	if len(m.moved) != 1 || len(m.changed) != 1 || len(m.added)+len(m.removed) != 0 {
		t.Errorf("got moved %v changed %v added %v removed %v, want one moved and one changed", m.moved, m.changed, m.added, m.removed)
	}
}

// TestMergeLosesNothingOfTheLearners draws decks of a few cards and wants what
// was added or changed by hand to be there after the merge.
func TestMergeLosesNothingOfTheLearners(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		draw := func(label string) *deck.Deck {
			fronts := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"一", "二", "三", "四", "五"}), 0, 5, rapid.ID[string]).Draw(t, label)
			var cards [][2]string
			for _, f := range fronts {
				cards = append(cards, [2]string{f, rapid.SampledFrom([]string{"甲", "乙", "丙"}).Draw(t, label+f)})
			}
			return alone(cards...)
		}
		base, mine, theirs := draw("base"), draw("mine"), draw("theirs")
		before := pairs(mine)
		had := pairs(base)
		m := mergeDecks(base, mine, theirs, crossing{}, false)
		after := pairs(m.result)
		for _, p := range before {
			if !slices.Contains(had, p) && !slices.Contains(after, p) {
				t.Errorf("%v was the learner's and is gone; base %v mine %v result %v", p, had, before, after)
			}
		}
		seen := make(map[deck.CardID]bool)
		for _, h := range hold(m.result).order {
			if seen[h.entry.ID] {
				t.Errorf("id %q is there twice", h.entry.ID)
			}
			seen[h.entry.ID] = true
		}
	})
}
