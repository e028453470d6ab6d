package main

import (
	"context"
	"slices"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/store"
)

// gonePath is what the index calls for a moment the file of a deck that has none.
const gonePath = "gone:"

// indexArchived makes the store know the archived cards of the decks, for the sake of
// their history.
func (a *app) indexArchived(ctx context.Context, lib *library, plans []*plan) error {
	changed := false
	for _, p := range plans {
		fresh, err := p.unknownCards(ctx, lib)
		if err != nil {
			return err
		}
		if len(fresh) == 0 {
			continue
		}
		if err := a.indexWith(ctx, lib, p.deck, fresh); err != nil {
			return err
		}
		changed = true
	}
	if !changed {
		return nil
	}
	return a.syncDecks(ctx, lib)
}

// unknownCards returns the archived cards of a deck that are not in the store.
func (p *plan) unknownCards(ctx context.Context, lib *library) ([]deck.Leaf, error) {
	if len(p.archived) == 0 {
		return nil, nil
	}
	known := make(map[deck.CardID]bool)
	err := lib.Stored(ctx, p.deck.ID, func(s store.Stored) error {
		known[s.Content.Card] = true
		return nil
	})
	return slices.DeleteFunc(slices.Clone(p.archived), func(l deck.Leaf) bool { return known[l.Entries[0].ID] }), err
}

// indexWith indexes a deck, as it is here, with some more cards, and then without.
// When that ends in the middle the next start does the rest, for the index has the
// file with another time.
func (a *app) indexWith(ctx context.Context, lib *library, of *deck.Deck, more []deck.Leaf) error {
	file := store.File{Path: gonePath + string(of.ID), Deck: of.ID, Language: of.Language, Title: of.Title}
	here := &deck.Deck{Format: 1, ID: of.ID, Language: of.Language, Title: of.Title}
	files, err := lib.Files(ctx)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.Deck != of.ID {
			continue
		}
		if f.Err != "" {
			return nil // what would be indexed instead is not known
		}
		if here, err = a.readDeck(store.Deck{Path: f.Path}); err != nil {
			return err
		}
		file = store.File{Path: f.Path, Deck: f.Deck, Language: f.Language, Title: f.Title}
	}
	here.ID = of.ID
	with := *here
	with.Leaves = slices.Concat(here.Leaves, more)
	for _, d := range []*deck.Deck{&with, here} {
		if _, err := lib.SyncDeck(ctx, file, d, store.Stamp{At: lib.now, Day: lib.day}); err != nil {
			return err
		}
	}
	return nil
}
