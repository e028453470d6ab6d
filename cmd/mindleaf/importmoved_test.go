package main

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

func findCard(t *testing.T, lib *library, in deck.ID, card deck.CardID) int64 {
	t.Helper()
	key, err := lib.FindCard(context.Background(), in, card)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// TestImportFollowsDecksAndCards imports decks that have another name each time, and
// cards that are in another deck; a card that was flagged keeps its history.
func TestImportFollowsDecksAndCards(t *testing.T) {
	cards := func(id deck.ID, from, to int) found {
		d := &deck.Deck{Format: 1, ID: id, Title: string(id)}
		for i := from; i < to; i++ {
			e := deck.Entry{ID: deck.CardID(fmt.Sprint("anki-", i)), Kind: deck.Cloze, Front: fmt.Sprintf("{{a}} %d {{b}}", i)}
			d.Leaves = append(d.Leaves, deck.Leaf{Entries: []deck.Entry{e}})
		}
		return found{deck: d, counts: newCounts(), idOfName: true}
	}
	withShipped(t, func(a *app, lib *library) {
		ctx := context.Background()
		var flagged int64
		for _, step := range []struct {
			name  string
			decks []found
			want  []string
		}{
			{"new", []found{cards("old", 0, 10)}, []string{"old: old, 20"}},
			{"renamed, and changed a little", []found{cards("new", 2, 11)}, []string{"old: new, 18"}},
			{"renamed, beside another", []found{cards("newer", 2, 11), cards("new", 20, 24)}, []string{"new: new, 8", "old: newer, 18"}},
			{"half of it in another deck", []found{cards("half", 2, 6), cards("newer", 6, 11)}, []string{"half: half, 8", "new: new, 8", "old: newer, 10"}},
			{"back, in a package without the other", []found{cards("newer", 2, 11)}, []string{"half: half, 0", "new: new, 8", "old: newer, 18"}},
			{"in a deck that was there, and new ones", []found{cards("new", 1, 24)}, []string{"half: half, 0", "new: new, 46", "old: newer, 0"}},
		} {
			if err := a.takeOver(ctx, lib, step.decks, &importFlags{replace: "merge"}); err != nil {
				t.Fatalf("%s: %v", step.name, err)
			}
			decks, err := lib.Decks(ctx, lib.day)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range decks {
				if d.Path != shippedPath {
					got = append(got, fmt.Sprintf("%s: %s, %d", d.ID, d.Title, d.Counts.New))
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, step.want) {
				t.Errorf("%s: got %q, want %q", step.name, got, step.want)
			}
			if step.name == "new" {
				flagged = findCard(t, lib, "old", "anki-3~2")
				e := srs.Event{Kind: srs.FlagEvent, Card: flagged, Flag: 5, At: lib.now, Day: lib.day}
				if _, err := lib.Record(ctx, e); err != nil {
					t.Fatal(err)
				}
			}
		}
		if key := findCard(t, lib, "new", "anki-3~2"); key != flagged {
			t.Errorf("the card has the key %d, want %d, which has its history", key, flagged)
		}
		if report, err := lib.Verify(ctx); err != nil || !report.Sound() {
			t.Errorf("Verify: %+v, %v", report, err)
		}
		stated := cards("x", 2, 11)
		stated.idOfName = false
		if err := followRenamed(ctx, lib, []found{stated}); err != nil || stated.deck.ID != "x" {
			t.Errorf("a deck with an id of its own got the id %q, %v", stated.deck.ID, err)
		}
	})
}
