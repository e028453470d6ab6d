package main

import (
	"context"
	"os"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/anki"
	"github.com/mindleaf/mindleaf/deck/tomlfile"
	"github.com/mindleaf/mindleaf/store"
)

// crossing says which entries of a deck come from another one that they are in here
// so far, and which go to another one.
type crossing struct{ came, gone map[deck.CardID]bool }

// moving are the cards that go from one deck to another in an import.
type moving struct {
	from  deck.ID
	to    *deck.Deck
	cards []deck.CardID
}

// findMoving returns what is in another deck in the package than here, for it was
// moved in Anki, and notes it with the decks. A deck that it leaves and that is not in
// the package joins the decks without it.
func (a *app) findMoving(ctx context.Context, lib *library, decks []found) ([]found, []moving, error) {
	if !slices.ContainsFunc(decks, func(f found) bool { return f.idOfName }) {
		return decks, nil, nil
	}
	files, err := lib.Files(ctx)
	if err != nil {
		return nil, nil, err
	}
	files = slices.DeleteFunc(files, func(f store.File) bool { return f.Path == shippedPath })
	cards := make(map[deck.ID][]deck.CardID)
	for _, file := range files {
		if cards[file.Deck], err = lib.CardIDs(ctx, file.Deck); err != nil {
			return nil, nil, err
		}
	}
	homes := newHomes(decks, cards)
	var out []moving
	for _, file := range files {
		going := make(map[int][]deck.CardID)
		for _, card := range cards[file.Deck] {
			if to, ok := homes[entryOf(card)]; ok {
				going[to] = append(going[to], card)
			}
		}
		if len(going) == 0 {
			continue
		}
		gone := make(map[deck.CardID]bool)
		for to := range decks {
			for _, card := range going[to] {
				entry := entryOf(card)
				gone[entry] = true
				decks[to].come(entry)
			}
			if len(going[to]) > 0 {
				out = append(out, moving{file.Deck, decks[to].deck, going[to]})
			}
		}
		if decks, err = a.leave(decks, file, gone); err != nil {
			return nil, nil, err
		}
	}
	return decks, out, nil
}

// newHomes returns the entries here that are in a deck of the package and not in the
// deck here that this is, each with its place among decks. cards are those of the decks
// here.
func newHomes(decks []found, cards map[deck.ID][]deck.CardID) map[deck.CardID]int {
	homes := make(map[deck.CardID]int)
	for i := range decks {
		f := &decks[i]
		if !f.idOfName {
			continue
		}
		there := make(map[deck.CardID]bool)
		for _, card := range cards[f.deck.ID] {
			there[entryOf(card)] = true
		}
		for in, some := range cards {
			for _, card := range some {
				if entry := entryOf(card); in != f.deck.ID && anki.IsNoteID(entry) && f.ids.States(entry) && !there[entry] {
					homes[entry] = i
				}
			}
		}
	}
	return homes
}

// entryOf is the identity of the entry that makes a card.
func entryOf(card deck.CardID) deck.CardID {
	entry, _, _ := strings.Cut(string(card), "~")
	return deck.CardID(entry)
}

func (f *found) come(entry deck.CardID) {
	if f.came == nil {
		f.came = make(map[deck.CardID]bool)
	}
	f.came[entry] = true
}

// leave notes what goes away with the deck of a file.
func (a *app) leave(decks []found, file store.File, gone map[deck.CardID]bool) ([]found, error) {
	for i := range decks {
		if decks[i].deck.ID == file.Deck {
			decks[i].gone = gone
			return decks, nil
		}
	}
	data, err := os.ReadFile(file.Path)
	if err != nil {
		return nil, err
	}
	d, err := tomlfile.Parse(file.Path, data)
	if err != nil {
		return nil, mendFirst(err)
	}
	base, err := readBase(a.basePath(file.Deck))
	if err != nil {
		return nil, err
	}
	if base != nil {
		d = base
	}
	d.StateIDs()
	for i := range d.Leaves {
		l := &d.Leaves[i]
		l.Entries = slices.DeleteFunc(l.Entries, func(e deck.Entry) bool { return gone[e.ID] })
	}
	d.Leaves = slices.DeleteFunc(d.Leaves, func(l deck.Leaf) bool { return len(l.Entries) == 0 })
	return append(decks, found{deck: d, counts: newCounts(), crossing: crossing{gone: gone}}), nil
}

// moveCards lets cards take their history along, before the deck files are written.
func moveCards(ctx context.Context, lib *library, all []moving) error {
	for _, m := range all {
		if _, err := lib.MoveCards(ctx, m.from, m.to, m.cards); err != nil {
			return err
		}
	}
	return nil
}
