package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/filter"
)

func queryOf(tb testing.TB, text string) Filter {
	tb.Helper()
	e, err := filter.Parse(text)
	if err != nil {
		tb.Fatalf("%s: %v", text, err)
	}
	return Filter{Query: &Query{Expr: e, Today: today, LeechLapses: 2}}
}

// search returns the identities of the cards that f finds, in their order.
func search(tb testing.TB, d *DB, f Filter, limit int) []string {
	tb.Helper()
	ctx := context.Background()
	keys, total, err := d.Search(ctx, f, limit)
	if err != nil {
		tb.Fatal(err)
	}
	if limit == 0 && total != int64(len(keys)) {
		tb.Errorf("found %d, but counted %d", len(keys), total)
	}
	names := []string{}
	err = d.Cards(ctx, keys, func(s Stored) error {
		names = append(names, string(s.Content.Card))
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return names
}

func sorted(names []string) string {
	slices.Sort(names)
	return strings.Join(names, " ")
}

// marked returns the store of capitals where cards are in every state.
func marked(t *testing.T) *DB {
	t.Helper()
	d := capitals(t)
	key := func(card deck.CardID) int64 { return find(t, d, "a", card) }
	record(t, d,
		review(key("1"), srs.Good, today-10),
		event(srs.SuspendEvent, key("2"), today),
		event(srs.BuryEvent, key("4"), today),
		srs.Event{Kind: srs.FlagEvent, Card: key("5"), Flag: 3, At: noon(today).At, Day: today},
		review(key("6"), srs.Good, today-60), review(key("6"), srs.Good, today-50), review(key("6"), srs.Easy, today-30),
	)
	return d
}

func TestSearch(t *testing.T) {
	d := marked(t)
	for query, want := range map[string]string{
		"巴黎": "1 2", "巴": "1 2", "黎巴": "", "首都 挪威": "4", "卢森堡市": "3", "西欧": "1 2 3", "欧洲": "1 2 3 4",
		"peru": "6", "PER": "6", "ｐｅｒｕ": "6", "++": "", "+": "7", "东京 or Lima": "5 6", "法国的首都是": "1 2",
		"首都 -巴黎": "3 4 5", "(巴黎 or 东京) -is:suspended": "1 5", "deck:b": "7", "deck:A": "1 2 3 4 5 6", "section:欧": "1 2 3 4", "section:北欧": "4",
		"level:beginner deck:a": "1 2 4 6", "级别：高级": "3", "is:due": "1 6", "is:new deck:a": "2 3 4 5", "is:learning": "1",
		"is:young": "6", "is:mature": "", "is:leech": "", "is:suspended": "2", "is:buried": "4", "is:drill": "", "is:archived": "", "flag:3": "5", "is:flagged": "5",
		"due<0": "1 6", "due>=0": "", "ease<2": "", "ease=2.5 interval=1": "1", "lapses>0": "", "lapses=0 is:due": "1 6",
		"kind:cloze": "", "kind:basic flag:3": "5", "id:6": "6", "tag:无": "",
	} {
		if got := sorted(search(t, d, queryOf(t, query), 0)); got != want {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
}

func TestSearchRanks(t *testing.T) {
	d := fresh(t)
	note := entry("note", "什么？", "无")
	note.Note = "注意力 Adam"
	syncDeck(t, d, "/a.toml", deckOf("a",
		leaf("叶", deck.NoLevel, []string{"注意力"}, entry("path", "章？", "无")), leaf("页", deck.NoLevel, nil, note),
		alone("back", "什么是它？", "注意力 (adam)"), alone("part", "AdamW 是？", "注意力"), alone("front", "注意力是什么？", "Adam"), alone("whole", "用Adam吗？", "它"),
	))
	for query, want := range map[string][]string{
		"注意力": {"front", "back", "part", "note", "path"}, "Adam": {"whole", "part", "back", "front", "note"}, "adam 注意力": {"front", "part", "back", "note"},
	} {
		if d := cmp.Diff(want, search(t, d, queryOf(t, query), 0)); d != "" {
			t.Errorf("%s: %s", query, d)
		}
	}
	if got := search(t, d, queryOf(t, "注意力"), 2); len(got) != 2 || got[0] != "front" {
		t.Errorf("got %v, want the two best", got)
	}
}

// TestSearchFindsWhatSQLTakesForAPattern looks for signs with a meaning there.
func TestSearchFindsWhatSQLTakesForAPattern(t *testing.T) {
	d := fresh(t)
	syncDeck(t, d, "/a.toml", deckOf("a", alone("1", "a[0]*b?", "100%_x"), alone("2", "it's \"x\"", `\d`), alone("3", "Élan ВЕС", "ok")))
	for query, want := range map[string]string{
		"a[0]*b": "1", "%": "1", "_": "1", "it's": "2", `"\"x"`: "2", `\d`: "2", "élan": "3", "вес": "3", "*": "1", "?": "1", "a?": "",
	} {
		if got := sorted(search(t, d, queryOf(t, query), 0)); got != want {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
}

// TestSearchFollowsTheFile changes, moves and removes cards.
func TestSearchFollowsTheFile(t *testing.T) {
	d := fresh(t)
	tagged := entry("1", "梯度？", "方向")
	tagged.Tags = []string{"很难", "数学::微积分"}
	syncDeck(t, d, "/a.toml", deckOf("a", leaf("叶", deck.Beginner, []string{"旧节"}, tagged, entry("2", "损失？", "差"))))
	wants := func(when string, queries map[string]string) {
		for query, want := range queries {
			if got := sorted(search(t, d, queryOf(t, query), 0)); got != want {
				t.Errorf("%s, %s: got %q, want %q", when, query, got, want)
			}
		}
	}
	wants("before", map[string]string{"tag:很难": "1", "tag:难": "", "tag:数学": "1", "tag:微积分": "", "-tag:很难": "2", "旧节": "1 2"})
	syncDeck(t, d, "/a.toml", deckOf("a", leaf("叶", deck.Beginner, []string{"新节"}, entry("1", "学习率？", "步长"))))
	wants("after", map[string]string{"梯度": "", "学习率": "1", "旧节": "", "新节": "1", "损失": "", "tag:数学": "", "is:archived": "2", "损失 is:archived": "2"})
}

// TestQueryNarrowsASitting wants the queries of a sitting to obey a Query.
func TestQueryNarrowsASitting(t *testing.T) {
	ctx := context.Background()
	d := capitals(t)
	record(t, d, review(1, srs.Good, today-10), review(3, srs.Again, today-10))
	due, err := d.Due(ctx, queryOf(t, "巴黎 is:due"), today, today)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]int64{1}, ids(due)); d != "" {
		t.Error(d)
	}
	var offered []srs.Card
	if err := d.NewCards(ctx, queryOf(t, "section:亚洲"), func(c srs.Card) bool { offered = append(offered, c); return true }); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]int64{5}, ids(offered)); d != "" {
		t.Error(d)
	}
	contents, err := d.Contents(ctx, queryOf(t, "kind:basic Lima"))
	if err != nil || len(contents) != 1 || contents[0].Card != "6" {
		t.Errorf("got %v, %v, want card 6", contents, err)
	}
}

func TestCards(t *testing.T) {
	ctx := context.Background()
	d := marked(t)
	keys := []int64{find(t, d, "a", "5"), find(t, d, "a", "1"), find(t, d, "a", "2"), find(t, d, "b", "7")}
	var got []Stored
	if err := d.Cards(ctx, keys, func(s Stored) error { got = append(got, s); return nil }); err != nil {
		t.Fatal(err)
	}
	for i, key := range keys {
		content, err := d.Content(ctx, key)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(Stored{card(t, d, key), content}, got[i], cmpopts.EquateEmpty()); d != "" {
			t.Errorf("card %d: %s", key, d)
		}
	}
	if err := d.Cards(ctx, []int64{99}, func(Stored) error { return nil }); err == nil {
		t.Error("a card that is not there made no error")
	}
	full := errors.New("full")
	if err := d.Cards(ctx, keys, func(Stored) error { return full }); !errors.Is(err, full) {
		t.Errorf("got %v, want the error of visit", err)
	}
}

func TestDecksOf(t *testing.T) {
	d := capitals(t)
	a, b := card(t, d, find(t, d, "a", "1")).Deck, card(t, d, find(t, d, "b", "7")).Deck
	for query, want := range map[string]map[int64]bool{"巴黎": {a: true}, "is:new": {a: true, b: true}, "+": {b: true}, "is:due": {}} {
		got, err := d.DecksOf(context.Background(), queryOf(t, query))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", query, d)
		}
	}
}

func TestNamed(t *testing.T) {
	d := fresh(t)
	syncDeck(t, d, "/a.toml", deckOf("a", alone("adam", "1?", "1"), alone("adamw", "2?", "2"), alone("sgd", "3?", "3")))
	syncDeck(t, d, "/b.toml", deckOf("b", alone("sgd", "1?", "1"), alone("sgd-old", "2?", "2")))
	syncDeck(t, d, "/b.toml", deckOf("b", alone("sgd", "1?", "1")))
	for name, want := range map[string]string{
		"adam": "a/adam", "ada": "a/adam a/adamw", "adamw": "a/adamw", "a/s": "a/sgd", "b/sgd": "b/sgd", "sgd": "a/sgd b/sgd", "sgd-old": "b/sgd-old",
		"x": "", "": "a/adam a/adamw a/sgd b/sgd", "%": "",
	} {
		found, err := d.Named(context.Background(), name, 10)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range found {
			got = append(got, fmt.Sprintf("%s/%s", n.Deck, n.Card))
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

// BenchmarkSearch asks a store of 100,000 cards, as long as those of the shipped
// deck, what learners ask.
func BenchmarkSearch(b *testing.B) {
	d := fresh(b)
	for i := range 100 {
		id := deck.ID(fmt.Sprintf("deck%d", i))
		content := big(id, 1000)
		for l := range content.Leaves {
			for e := range content.Leaves[l].Entries {
				content.Leaves[l].Entries[e].Note = strings.Repeat("注意力 (attention) 让每个词看到其他的词，", 3)
			}
		}
		syncDeck(b, d, fmt.Sprintf("/%s.toml", id), content)
	}
	for _, text := range []string{
		"问", "问题", "第77个问题", "the", "attention", "没有这个", "问题 or is:due", "第7章 -is:suspended",
		"section:第3章 deck:deck7", "id:c77", "is:due", "-attention", "tag:难",
	} {
		f := queryOf(b, text)
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := d.Search(context.Background(), f, 20); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
