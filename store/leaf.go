package store

import (
	"context"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// LeafCard is a card with the leaf it was made from.
type LeafCard struct {
	srs.Card
	// Leaf is the text of the leaf, "" for a card that stands alone.
	Leaf, Front string
}

// LeafCards returns the cards of a deck that are in its file, in the order of
// the map.
func (d *DB) LeafCards(ctx context.Context, in deck.ID) ([]LeafCard, error) {
	cards, err := collect(ctx, d.db, func(row scanner) (c LeafCard, err error) {
		c.Card, err = scanCard(alsoScan{row, []any{&c.Leaf, &c.Front}})
		return c, err
	}, "SELECT "+cardColumns+`, leaf, front FROM card JOIN content ON card_id = id
		WHERE archived = 0 AND deck_id = (SELECT id FROM deck WHERE uid = ?) ORDER BY ord`, in)
	return cards, d.explain("reading the leaves", err)
}

// DeckHistory returns the events of every card of a deck, by its key, each in
// the order of the log, undone ones and undos included.
func (d *DB) DeckHistory(ctx context.Context, in deck.ID) (map[int64][]srs.Event, error) {
	events, err := collect(ctx, d.db, scanEvent, "SELECT "+eventColumns+fromEvents+`JOIN card ON card.id = e.card_id
		WHERE card.deck_id = (SELECT id FROM deck WHERE uid = ?) ORDER BY e.clock, e.device, e.seq`, in)
	byCard := make(map[int64][]srs.Event)
	for _, e := range events {
		byCard[e.Card] = append(byCard[e.Card], e)
	}
	return byCard, d.explain("reading the history of a deck", err)
}
