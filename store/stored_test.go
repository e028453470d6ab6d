package store

import (
	"context"
	"testing"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

func storedOf(t *testing.T, d *DB, id deck.ID) map[deck.CardID]Stored {
	t.Helper()
	all := make(map[deck.CardID]Stored)
	if err := d.Stored(context.Background(), id, func(s Stored) error { all[s.Content.Card] = s; return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestStoredIsWhatContentAndCardSay(t *testing.T) {
	d := studied(t)
	syncDeck(t, d, "/a.toml", deckOf("a", leaf("法国的首都是巴黎", deck.Beginner, []string{"欧洲", "西欧"}, entry("1", "法国的首都？", "巴黎"))))
	all := storedOf(t, d, "a")
	if len(all) != 6 || !all["6"].Content.Archived || all["1"].Content.Archived {
		t.Errorf("got %+v, want six cards, only the first not archived", all)
	}
	for id, got := range all {
		key := find(t, d, "a", id)
		want := content(t, d, key)
		want.File, want.DeckTitle = "", ""
		check(t, "content", want, got.Content)
		check(t, "card", card(t, d, key), got.Card)
	}
}

func TestAnotherStoreFoldsToTheSameState(t *testing.T) {
	ctx := context.Background()
	from := capitals(t)
	// A card that was renamed keeps the seed of its first identity.
	syncDeck(t, from, "/b.toml", deckOf("b", alone("other", "2+2?", "4")))
	for day := today; day < today+60; day += 6 {
		record(t, from, review(1, srs.Good, day), review(7, srs.Good, day))
	}
	to := fresh(t)
	for _, id := range []deck.ID{"a", "b"} {
		content := &deck.Deck{Format: 1, ID: id, Title: string(id)}
		seeds := make(map[deck.CardID]uint32)
		for uid, s := range storedOf(t, from, id) {
			content.Leaves = append(content.Leaves, deck.Leaf{Path: s.Content.Path, Text: s.Content.Leaf, Level: s.Content.Level,
				Entries: []deck.Entry{{ID: uid, Front: s.Content.Front, Back: s.Content.Back}}})
			seeds[uid] = s.Card.Seed
		}
		syncDeck(t, to, "/"+string(id)+".toml", content)
		if err := to.SetSeeds(ctx, id, seeds); err != nil {
			t.Fatal(err)
		}
	}
	log := readLog(t, from)
	for range 2 {
		if _, err := to.Merge(ctx, log); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []deck.ID{"a", "b"} {
		want, got := storedOf(t, from, id), storedOf(t, to, id)
		for uid := range want {
			check(t, "state of "+string(uid), want[uid].Card.State, got[uid].Card.State)
			check(t, "seed of "+string(uid), want[uid].Card.Seed, got[uid].Card.Seed)
		}
	}
	report := must[Report](t)(to.Verify(ctx))
	if !report.Sound() {
		t.Errorf("the store is not sound: %+v", report)
	}
	// A card with events keeps its seed: its state was folded with it.
	if err := to.SetSeeds(ctx, "b", map[deck.CardID]uint32{"other": 1}); err != nil {
		t.Fatal(err)
	}
	check(t, "seed", storedOf(t, from, "b")["other"].Card.Seed, storedOf(t, to, "b")["other"].Card.Seed)
	// What is answered here comes after what was answered there.
	step := record(t, to, review(find(t, to, "b", "other"), srs.Good, today+70))
	for _, l := range log {
		if l.Clock >= step.Event.Clock {
			t.Errorf("event %d has clock %d, not before %d", l.Key.Seq, l.Clock, step.Event.Clock)
		}
	}
}

func TestProgressEndsWithTheLastCard(t *testing.T) {
	d := fresh(t)
	var told [][2]int64
	d.OnProgress(func(done, total int64) { told = append(told, [2]int64{done, total}) })
	syncDeck(t, d, "/a.toml", big("a", 1000))
	check(t, "progress", [][2]int64{{1, 1000}, {257, 1000}, {513, 1000}, {769, 1000}, {1000, 1000}}, told)
	d.OnProgress(nil)
	syncDeck(t, d, "/b.toml", big("b", 10))
	check(t, "calls", 5, len(told))
}
