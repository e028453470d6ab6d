package store

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// Stored is a card with all that the store has of it but its events.
type Stored struct {
	Card    srs.Card
	Content Content
}

// Stored visits every card of a deck, archived ones included, in the order of
// their identities, until visit returns an error, which it then returns. Of Content,
// File and the names of the deck are not filled in.
func (d *DB) Stored(ctx context.Context, in deck.ID, visit func(Stored) error) error {
	return d.read(ctx, "reading the cards of a deck", func(tx *txn) error {
		paths, err := sectionPaths(ctx, tx, "deck_id = (SELECT id FROM deck WHERE uid = ?)", in)
		if err != nil {
			return err
		}
		for s, err := range each(ctx, tx, scanStored, "SELECT "+cardColumns+`, uid, archived, kind, line, leaf, front, back, note, source, extra
			FROM card JOIN content ON card_id = id WHERE deck_id = (SELECT id FROM deck WHERE uid = ?) ORDER BY uid`, in) {
			if err != nil {
				return err
			}
			s.Content.Deck, s.Content.Path, s.Content.Level = in, paths[s.Card.Section], deck.Level(s.Card.Level)
			if err := visit(s); err != nil {
				return err
			}
		}
		return nil
	})
}

func scanStored(row scanner) (s Stored, err error) {
	c, extra := &s.Content, ""
	s.Card, err = scanCard(alsoScan{row, []any{&c.Card, &c.Archived, &c.Kind, &c.Line, &c.Leaf, &c.Front, &c.Back, &c.Note, &c.Source, &extra}})
	if err != nil {
		return s, err
	}
	var x extras
	err = json.Unmarshal([]byte(extra), &x)
	c.ID, c.Choices, c.Accept, c.Tags, c.Media = s.Card.ID, x.Choices, x.Accept, x.Tags, x.Media
	return s, err
}

// SetSeeds gives cards of a deck the seeds that they had in another store, so
// that their log folds to the same state here. A card that is not there, or has
// events already, keeps its own.
func (d *DB) SetSeeds(ctx context.Context, in deck.ID, seeds map[deck.CardID]uint32) error {
	cards := slices.Collect(maps.Keys(seeds))
	var tx *txn
	var p pace
	return d.inPieces(ctx, "taking over cards", len(cards), piecework{
		begin: func(t *txn) error {
			tx = t
			return nil
		},
		step: func(i int) error {
			_, err := tx.ExecContext(ctx, `UPDATE card SET seed = ?1 WHERE uid = ?2 AND seed <> ?1 AND deck_id = (SELECT id FROM deck WHERE uid = ?3)
				AND NOT EXISTS (SELECT 1 FROM event WHERE card_id = card.id)`, seeds[cards[i]], cards[i], in)
			return err
		},
		end: func(int) error { return nil },
	}, &p)
}
