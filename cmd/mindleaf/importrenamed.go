package main

import (
	"context"
	"slices"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/store"
)

// followRenamed gives a deck that another program calls otherwise since the import
// before the identity that it has here, so that its cards do not come a second
// time: most of its cards are in that deck, and most of that deck's in it.
func followRenamed(ctx context.Context, lib *library, decks []found) error {
	files, err := lib.Files(ctx)
	if err != nil {
		return err
	}
	taken := make(map[deck.ID]bool)
	for _, f := range decks {
		taken[f.deck.ID] = true
	}
	for i := range decks {
		f := &decks[i]
		if !f.idOfName || slices.ContainsFunc(files, func(file store.File) bool { return file.Deck == f.deck.ID }) {
			continue
		}
		id, err := formerDeck(ctx, lib, files, f, taken)
		if err != nil {
			return err
		}
		if id != "" {
			f.deck.ID, taken[id] = id, true
		}
	}
	return nil
}

// formerDeck returns the deck of the library that f is, "" when it is none but
// those that are taken.
func formerDeck(ctx context.Context, lib *library, files []store.File, f *found, taken map[deck.ID]bool) (deck.ID, error) {
	for _, file := range files {
		if taken[file.Deck] || file.Path == shippedPath {
			continue
		}
		cards, err := lib.CardIDs(ctx, file.Deck)
		if err != nil {
			return "", err
		}
		if mostlySame(f.ids, cards) {
			return file.Deck, nil
		}
	}
	return "", nil
}

// mostlySame reports whether more than half of the entries that state an ID make some
// of the cards, and more than half of those that make the cards are among them.
func mostlySame(ids *deck.Identities, cards []deck.CardID) bool {
	all, shared := make(map[deck.CardID]bool), 0
	for _, card := range cards {
		entry := entryOf(card)
		if !all[entry] && ids.States(entry) {
			shared++
		}
		all[entry] = true
	}
	return 2*shared > ids.Stated() && 2*shared > len(all)
}
