package store

import (
	"context"
	"testing"

	"github.com/mindleaf/mindleaf/srs"
)

// TestFoldNumbersFarApart folds events whose numbers are hashes, as those of Anki's
// are, some at a time: all of them must be met, once.
func TestFoldNumbersFarApart(t *testing.T) {
	ctx := context.Background()
	d := fresh(t)
	syncDeck(t, d, "/a.toml", big("a", 30))
	const cards, reviews = 30, 7
	var log []Logged
	for i := range cards * reviews {
		e := review(int64(1+i%cards), srs.Good, today+srs.Day(i/cards))
		e.Key.Seq, e.Clock = int64(i+1)*(1<<55)%maxSeq+1, e.At.UnixMilli()+int64(i)
		c := must[Content](t)(d.Content(ctx, e.Card))
		log = append(log, Logged{Event: e, Device: "anki", Deck: c.Deck, CardID: c.Card})
	}
	if m := must[Merged](t)(d.Merge(ctx, log)); m.Added != cards*reviews {
		t.Fatalf("got %+v, want %d added", m, cards*reviews)
	}
	for _, many := range []int64{1, 2, 50, 1000} {
		var r Report
		err := d.read(ctx, "folding", func(tx *txn) error {
			_, err := d.verifyParts(ctx, tx, many, &r, nil)
			return err
		})
		if err != nil || r.Events != cards*reviews || r.Cards != cards || r.States != 0 {
			t.Errorf("%d at a time: got %+v, %v, want %d events of %d cards", many, r, err, cards*reviews, cards)
		}
	}
}
