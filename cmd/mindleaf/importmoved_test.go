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

// ankiDeck is a deck of a package with the notes from one number to before another,
// of which each makes two cards.
func ankiDeck(id deck.ID, from, to int) found {
	d := &deck.Deck{Format: 1, ID: id, Title: string(id)}
	for i := from; i < to; i++ {
		e := deck.Entry{ID: deck.CardID(fmt.Sprint("anki-", i)), Kind: deck.Cloze, Front: fmt.Sprintf("{{a}} %d {{b}}", i)}
		d.Leaves = append(d.Leaves, deck.Leaf{Entries: []deck.Entry{e}})
	}
	f := found{deck: d, counts: newCounts(), idOfName: true, ids: deck.NewIdentities()}
	for l := range d.All {
		f.ids.State(l)
	}
	return f
}

// flagCard flags a card of a deck and returns its key.
func flagCard(t *testing.T, lib *library, in deck.ID, card deck.CardID) int64 {
	t.Helper()
	key := findCard(t, lib, in, card)
	if _, err := lib.Record(context.Background(), srs.Event{Kind: srs.FlagEvent, Card: key, Flag: 5, At: lib.now, Day: lib.day}); err != nil {
		t.Fatal(err)
	}
	return key
}

// shownDecks lists the decks but the shipped one, with their titles and new cards.
func shownDecks(t *testing.T, lib *library) (shown []string) {
	t.Helper()
	decks, err := lib.Decks(context.Background(), lib.day)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range decks {
		if d.Path != shippedPath {
			shown = append(shown, fmt.Sprintf("%s: %s, %d", d.ID, d.Title, d.Counts.New))
		}
	}
	slices.Sort(shown)
	return shown
}

// TestMovingIsKilled kills an import after cards took their history to another deck
// and before that has a file, starts the program, and imports again.
func TestMovingIsKilled(t *testing.T) {
	withShipped(t, func(a *app, lib *library) {
		ctx := context.Background()
		take := func(f found) {
			t.Helper()
			if err := a.takeOver(ctx, lib, []found{f}, &importFlags{replace: "merge"}); err != nil {
				t.Fatal(err)
			}
		}
		take(ankiDeck("old", 0, 10))
		flagged := flagCard(t, lib, "old", "anki-3~2")
		_, moves, err := a.findMoving(ctx, lib, []found{ankiDeck("half", 2, 6)})
		if err == nil {
			err = moveCards(ctx, lib, moves)
		}
		if err == nil {
			err = a.syncDecks(ctx, lib)
		}
		if err != nil || len(moves) != 1 {
			t.Fatalf("got moves %v, %v", moves, err)
		}
		take(ankiDeck("half", 2, 6))
		if got, want := shownDecks(t, lib), []string{"half: half, 8", "old: old, 12"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		if key := findCard(t, lib, "half", "anki-3~2"); key != flagged {
			t.Errorf("the card has the key %d, want %d, which has its history", key, flagged)
		}
		if report, err := lib.Verify(ctx); err != nil || !report.Sound() {
			t.Errorf("Verify: %+v, %v", report, err)
		}
	})
}

// TestImportFollowsDecksAndCards imports decks that have another name each time, and
// cards that are in another deck; a card that was flagged keeps its history.
func TestImportFollowsDecksAndCards(t *testing.T) {
	withShipped(t, func(a *app, lib *library) {
		ctx := context.Background()
		var flagged int64
		for _, step := range []struct {
			name  string
			decks []found
			want  []string
		}{
			{"new", []found{ankiDeck("old", 0, 10)}, []string{"old: old, 20"}},
			{"renamed, and changed a little", []found{ankiDeck("new", 2, 11)}, []string{"old: new, 18"}},
			{"renamed, beside another", []found{ankiDeck("newer", 2, 11), ankiDeck("new", 20, 24)}, []string{"new: new, 8", "old: newer, 18"}},
			{"half of it in another deck", []found{ankiDeck("half", 2, 6), ankiDeck("newer", 6, 11)}, []string{"half: half, 8", "new: new, 8", "old: newer, 10"}},
			{"back, in a package without the other", []found{ankiDeck("newer", 2, 11)}, []string{"half: half, 0", "new: new, 8", "old: newer, 18"}},
			{"in a deck that was there, and new ones", []found{ankiDeck("new", 1, 24)}, []string{"half: half, 0", "new: new, 46", "old: newer, 0"}},
		} {
			if err := a.takeOver(ctx, lib, step.decks, &importFlags{replace: "merge"}); err != nil {
				t.Fatalf("%s: %v", step.name, err)
			}
			if got := shownDecks(t, lib); !slices.Equal(got, step.want) {
				t.Errorf("%s: got %q, want %q", step.name, got, step.want)
			}
			if step.name == "new" {
				flagged = flagCard(t, lib, "old", "anki-3~2")
			}
		}
		if key := findCard(t, lib, "new", "anki-3~2"); key != flagged {
			t.Errorf("the card has the key %d, want %d, which has its history", key, flagged)
		}
		if report, err := lib.Verify(ctx); err != nil || !report.Sound() {
			t.Errorf("Verify: %+v, %v", report, err)
		}
		stated := ankiDeck("x", 2, 11)
		stated.idOfName = false
		if err := followRenamed(ctx, lib, []found{stated}); err != nil || stated.deck.ID != "x" {
			t.Errorf("a deck with an id of its own got the id %q, %v", stated.deck.ID, err)
		}
	})
}
