package main

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/mindleaf/mindleaf/deck"
)

// TestImportFollowsARenamedDeck imports a deck that has another name each time.
func TestImportFollowsARenamedDeck(t *testing.T) {
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
		for _, step := range []struct {
			name  string
			decks []found
			want  []string
		}{
			{"new", []found{cards("old", 0, 10)}, []string{"old: old, 20"}},
			{"renamed, and changed a little", []found{cards("new", 2, 11)}, []string{"old: new, 18"}},
			{"renamed, beside another", []found{cards("newer", 2, 11), cards("new", 20, 24)}, []string{"new: new, 8", "old: newer, 18"}},
			{"half of it is another deck", []found{cards("half", 2, 6)}, []string{"half: half, 8", "new: new, 8", "old: newer, 18"}},
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
		}
		stated := cards("x", 2, 11)
		stated.idOfName = false
		if err := followRenamed(ctx, lib, []found{stated}); err != nil || stated.deck.ID != "x" {
			t.Errorf("a deck with an id of its own got the id %q, %v", stated.deck.ID, err)
		}
	})
}
