package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/cardgen"
	"github.com/mindleaf/mindleaf/deck/mindmap"
)

// drawn makes the deck of a map that is written as indented text.
func drawn(t *testing.T, lines ...string) *deck.Deck {
	t.Helper()
	m, err := mindmap.ReadAs(mindmap.Text, "生物", strings.NewReader(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	d, _ := cardgen.Deck(m.Root, cardgen.Options{ID: "d", IDs: true})
	return d
}

// A map made anew numbers the questions of a leaf anew, and the one about a section
// stands with its first leaf: a card must not go on with the history of another.
func TestMergeKnowsCardsByTheirQuestions(t *testing.T) {
	before := []string{"生物", " 细胞", "  甲：光能变成化学能", "  乙：为细胞提供能量", " 动物", "  猫：会捉老鼠"}
	whole := "list 「细胞」包括哪几项？（2 项）"
	for _, test := range []struct {
		name  string
		lines []string
		// lost has the questions before that are gone, fresh those that are new.
		lost, fresh []string
	}{
		{"a section with too many for a list", []string{"生物", " 细胞", before[2], before[3], "  丙", "  丁", "  戊", "  己", " 动物", before[5]},
			[]string{whole}, []string{"丙", "丁", "戊", "己"}},
		{"a new first leaf", []string{"生物", " 细胞", "  壁：支撑", before[2], before[3], " 动物", before[5]}, nil, []string{"「壁」"}},
		{"the first leaf gone", []string{"生物", " 细胞", before[3], " 动物", before[5]},
			[]string{"「甲」", "「光能变成化学能」", whole}, nil},
		{"a question less", []string{"生物", " 细胞", "  甲：甲光能变成化学能", before[3], " 动物", before[5]}, []string{"「光能变成化学能」"}, nil},
		{"a section renamed", []string{"生物", " 细胞结构", before[2], before[3], " 动物", before[5]}, nil, nil},
		{"a branch moved", []string{"生物", " 动物", before[5], "  细胞", "   " + before[2][2:], "   " + before[3][2:]}, []string{"「生物」"}, []string{"「动物」"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			base := drawn(t, before...)
			m := mergeDecks(base, cloneDeck(base), drawn(t, test.lines...), crossing{}, false)
			var lost, fresh []string
			now := hold(m.result)
			for _, was := range hold(base).order {
				if is, there := now.byID[was.entry.ID]; !there {
					lost = append(lost, shownKind(was))
				} else if is.entry.Kind != was.entry.Kind || frontKey(is) != frontKey(was) && is.entry.Back != was.entry.Back {
					t.Errorf("%q goes on as %q", was.entry.Front, is.entry.Front)
				}
			}
			for _, is := range now.order {
				if _, there := hold(base).byID[is.entry.ID]; !there {
					fresh = append(fresh, shownKind(is))
				}
			}
			wantEach(t, "lost", test.lost, lost)
			wantEach(t, "fresh", test.fresh, fresh)
			if len(m.removed) != len(lost) || len(m.added) != len(fresh) {
				t.Errorf("listed as removed %q and added %q, want %q and %q", m.removed, m.added, lost, fresh)
			}
		})
	}
}

func shownKind(h held) string { return h.entry.Kind.String() + " " + h.entry.Front }

// wantEach wants as many questions as parts, each with its part in it.
func wantEach(t *testing.T, what string, parts, questions []string) {
	t.Helper()
	if !slices.EqualFunc(parts, questions, func(part, q string) bool { return strings.Contains(q, part) }) {
		t.Errorf("%s (-want +got):\n%s", what, cmp.Diff(parts, questions))
	}
}

// A new card does not get the identity of one that is there, or was removed by
// hand and is to stay away.
func TestMergeGivesNewCardsTheirOwnIdentities(t *testing.T) {
	leaf := func(entries ...deck.Entry) *deck.Deck {
		return &deck.Deck{ID: "d", Title: "d", Leaves: []deck.Leaf{{Path: []string{"节"}, Text: "叶", Entries: entries}}}
	}
	one, two, three := deck.Entry{Front: "一", Back: "1"}, deck.Entry{Front: "二", Back: "2"}, deck.Entry{Front: "三", Back: "3"}
	base := leaf(one, two)
	base.StateIDs()
	mine := leaf(base.Leaves[0].Entries[1])
	m := mergeDecks(base, mine, leaf(three, one, two), crossing{}, false)
	got := hold(m.result)
	if len(got.order) != 2 || got.byID[base.Leaves[0].Entries[1].ID].entry.Front != "二" || got.byID[base.Leaves[0].Entries[0].ID].entry != nil {
		t.Errorf("got %v, want 二 under its identity and 三 under a new one", pairs(m.result))
	}
	if diff := cmp.Diff([]string{"三"}, m.added); diff != "" {
		t.Errorf("added (-want +got):\n%s", diff)
	}
}
