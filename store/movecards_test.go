package store

import (
	"context"
	"testing"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// TestMoveCards moves cards to a deck that is new, and to one that is there: they
// keep their history, and nothing counts twice.
func TestMoveCards(t *testing.T) {
	for name, there := range map[string]bool{"to a new deck": false, "to one that is there": true} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			d := fresh(t)
			cloze := deck.Leaf{Path: inBasics, Entries: []deck.Entry{{ID: "cloze", Kind: deck.Cloze, Front: "{{一}}和{{二}}"}}}
			stays, goes, taken := alone("stays", "甲", "乙"), alone("goes", "丙", "丁"), alone("taken", "戊", "己")
			from := &deck.Deck{ID: "from", Title: "from", Leaves: []deck.Leaf{stays, cloze, goes, taken}}
			syncDeck(t, d, "/from.toml", from)
			to := &deck.Deck{ID: "to", Title: "to", Leaves: []deck.Leaf{alone("taken", "庚", "辛")}}
			if there {
				syncDeck(t, d, "/to.toml", to)
			}
			var keys []int64
			for _, id := range []deck.CardID{"goes", "cloze~1", "cloze~2"} {
				keys = append(keys, find(t, d, "from", id))
				record(t, d, review(keys[len(keys)-1], srs.Good, today-1), review(keys[len(keys)-1], srs.Good, today))
			}
			before := must[map[srs.Day]srs.DayCount](t)(d.DayCount(ctx, Filter{}, today-1, today))
			moved := must[int](t)(d.MoveCards(ctx, "from", to, []deck.CardID{"goes", "cloze~1", "cloze~2", "taken", "nobody"}))
			want := 4
			if there {
				want = 3 // for one of this identity is there
			}
			check(t, "moved", want, moved)
			checkSound(t, d)
			from.Leaves, to.Leaves = []deck.Leaf{stays}, append(to.Leaves, cloze, goes)
			syncDeck(t, d, "/to.toml", to)
			syncDeck(t, d, "/from.toml", from)
			for i, id := range []deck.CardID{"goes", "cloze~1", "cloze~2"} {
				check(t, "key of "+string(id), keys[i], find(t, d, "to", id))
				card := must[srs.Card](t)(d.Card(ctx, keys[i]))
				check(t, "reviews and interval", []int32{2, 6}, []int32{card.State.Reviews, card.State.IntervalDays})
			}
			check(t, "days", before, must[map[srs.Day]srs.DayCount](t)(d.DayCount(ctx, Filter{}, today-1, today)))
			checkSound(t, d)
		})
	}
}

func TestMoveCardsOfNoDeck(t *testing.T) {
	check(t, "moved", 0, must[int](t)(fresh(t).MoveCards(context.Background(), "nobody", &deck.Deck{ID: "to"}, nil)))
}
