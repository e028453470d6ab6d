package store

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

var (
	inBasics = []string{"基础", "结构"}
	inUse    = []string{"应用"}
)

// TestSyncIdentity says, for pairs of versions of a deck, which card of the
// second is which of the first. Every card of the first has been reviewed.
func TestSyncIdentity(t *testing.T) {
	property.OneAtATime(t)
	const fact = "位置编码：处理序列顺序"
	cloze := func(id, text string) deck.Entry {
		return deck.Entry{ID: deck.CardID(id), Kind: deck.Cloze, Front: text}
	}
	tests := []struct {
		name       string
		old, new   []deck.Leaf
		same       map[int]int // place in new -> place in old
		unclear    int
		candidates int
	}{
		{"same id reworded",
			[]deck.Leaf{alone("x", "什么是注意力？", "一种加权")}, []deck.Leaf{alone("x", "Explain attention", "a weighting")},
			map[int]int{0: 0}, 0, 0},
		{"same id moved to a leaf",
			[]deck.Leaf{alone("x", "什么是注意力？", "一种加权")}, []deck.Leaf{leaf(fact, 1, inBasics, entry("x", "什么？", "没有"))},
			map[int]int{0: 0}, 0, 0},
		{"derived, back changed",
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "为什么？", "因为"))}, []deck.Leaf{leaf(fact, 1, inBasics, entry("", "为什么？", "自注意力不区分先后"))},
			map[int]int{0: 0}, 0, 0},
		{"derived, front changed in a leaf",
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "为什么？", "因为"))}, []deck.Leaf{leaf(fact, 1, inBasics, entry("", "Why is it needed?", "因为"))},
			map[int]int{0: 0}, 0, 0},
		{"derived, front and back changed in a leaf",
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "为什么？", "因为"))}, []deck.Leaf{leaf(fact, 1, inBasics, entry("", "Why is it needed?", "Because."))},
			map[int]int{0: 0}, 0, 0},
		{"derived, leaf reworded",
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "为什么？", "因为"))}, []deck.Leaf{leaf("位置编码", 1, inBasics, entry("", "为什么？", "因为"))},
			map[int]int{0: 0}, 0, 0},
		{"moved to another section",
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "为什么？", "因为")), alone("", "别的", "东西")},
			[]deck.Leaf{alone("", "别的", "东西"), leaf(fact, 2, inUse, entry("", "为什么？", "因为"))},
			map[int]int{0: 1, 1: 0}, 0, 0},
		{"alone, front changed",
			[]deck.Leaf{alone("", "法国的首都？", "巴黎")}, []deck.Leaf{alone("", "Where do the French govern?", "巴黎")},
			map[int]int{0: 0}, 0, 0},
		{"alone, a few letters changed on both sides",
			[]deck.Leaf{alone("", "法国的首都是哪座城市？", "巴黎")}, []deck.Leaf{alone("", "法国的首都是哪一座城市？", "巴黎 (Paris)")},
			map[int]int{0: 0}, 0, 0},
		{"alone, given an id",
			[]deck.Leaf{alone("", "法国的首都？", "巴黎")}, []deck.Leaf{alone("paris", "法国的首都？", "巴黎")},
			map[int]int{0: 0}, 0, 0},
		{"another id, another card",
			[]deck.Leaf{alone("x", "法国的首都？", "巴黎")}, []deck.Leaf{alone("y", "2+2?", "4")},
			map[int]int{}, 0, 0},
		{"swapped in a leaf",
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "甲？", "一"), entry("", "乙？", "二"))},
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "乙？", "二"), entry("", "甲？", "一"))},
			map[int]int{0: 1, 1: 0}, 0, 0},
		{"swapped ids",
			[]deck.Leaf{alone("x", "甲？", "一"), alone("y", "乙？", "二")}, []deck.Leaf{alone("y", "甲？", "一"), alone("x", "乙？", "二")},
			map[int]int{0: 1, 1: 0}, 0, 0},
		{"one put before in a leaf",
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "甲？", "一"))},
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "新？", "零"), entry("", "甲？", "一"))},
			map[int]int{1: 0}, 0, 0},
		{"the first of a leaf removed",
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "甲？", "一"), entry("", "乙？", "二"))},
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "乙？", "二"))},
			map[int]int{0: 1}, 0, 0},
		{"swapped and one reworded",
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "甲是什么东西？", "一"), entry("", "乙？", "二"))},
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "乙？", "二"), entry("", "甲是什么样的东西？", "壹"))},
			map[int]int{0: 1, 1: 0}, 0, 0},
		{"duplicate fronts, the first removed",
			[]deck.Leaf{alone("", "同？", "一"), alone("", "同？", "二")}, []deck.Leaf{alone("", "同？", "二")},
			map[int]int{0: 1}, 0, 0},
		{"duplicate fronts, swapped",
			[]deck.Leaf{alone("", "同？", "一"), alone("", "同？", "二")}, []deck.Leaf{alone("", "同？", "二"), alone("", "同？", "一")},
			map[int]int{0: 1, 1: 0}, 0, 0},
		{"duplicates in everything",
			[]deck.Leaf{alone("", "同？", "一"), alone("", "同？", "一")}, []deck.Leaf{alone("", "同？", "一"), alone("", "同？", "一")},
			map[int]int{0: 0, 1: 1}, 0, 0},
		{"two vanish, two equally similar appear",
			[]deck.Leaf{alone("a", "模型的第一层叫什么名字？", "一"), alone("b", "模型的第二层叫什么名字？", "二")},
			[]deck.Leaf{alone("c", "模型的第三层叫什么名字？", "三"), alone("d", "模型的第四层叫什么名字？", "四")},
			map[int]int{}, 2, 2},
		{"one vanishes, one from the same mould appears",
			[]deck.Leaf{alone("a", "在「植物」中，「蒸腾作用」的要点是什么？", "水分从叶片散失")},
			[]deck.Leaf{alone("b", "在「植物」中，「根」的要点是什么？", "吸收水分和无机盐")},
			map[int]int{}, 1, 1},
		{"two of a leaf become one other",
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "甲？", "一"), entry("", "乙？", "二"))},
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "What else?", "三"))},
			map[int]int{}, 2, 1},
		{"one of a leaf becomes two others",
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "甲？", "一"))},
			[]deck.Leaf{leaf(fact, 1, inBasics, entry("", "What else?", "三"), entry("", "And then?", "四"))},
			map[int]int{}, 1, 2},
		{"a blank put before",
			[]deck.Leaf{{Entries: []deck.Entry{cloze("x", "编码器和{{解码器}}")}}},
			[]deck.Leaf{{Entries: []deck.Entry{cloze("x", "{{编码器}}和{{解码器}}")}}},
			map[int]int{1: 0}, 0, 0},
		{"cloze with an id in another language",
			[]deck.Leaf{{Entries: []deck.Entry{cloze("x", "{{编码器}}和{{解码器}}")}}, {Entries: []deck.Entry{cloze("y", "{{BERT}}是编码器")}}},
			[]deck.Leaf{{Entries: []deck.Entry{cloze("x", "{{encoder}} and {{decoder}}")}}, {Entries: []deck.Entry{cloze("y", "{{BERT}} is an encoder")}}},
			map[int]int{0: 0, 1: 1, 2: 2}, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := fresh(t)
			before := deckOf("a", tt.old...)
			syncDeck(t, d, "/a.toml", before)
			keys := make(map[int64]int) // key of a card -> place in old
			for i, c := range before.Cards() {
				id := find(t, d, "a", c.ID)
				keys[id] = i
				record(t, d, review(id, srs.Good, today), review(id, srs.Good, today+1))
			}
			after := deckOf("a", tt.new...)
			changes := syncDeck(t, d, "/a.toml", after)
			got := make(map[int]int)
			for i, c := range after.Cards() {
				id := find(t, d, "a", c.ID)
				if old, ok := keys[id]; ok {
					got[i] = old
				} else if s := card(t, d, id).State; s != srs.NewState() {
					t.Errorf("new card %d begins with %+v", i, s)
				}
				if c.Front != content(t, d, id).Front {
					t.Errorf("card %d has another's text", i)
				}
			}
			check(t, "which is which", tt.same, got)
			for id, i := range keys {
				if c := card(t, d, id); c.State.Reviews != 2 {
					t.Errorf("old card %d was reset: %+v", i, c.State)
				}
			}
			checkUnclear(t, d, changes, tt.unclear, tt.candidates)
			if want := len(before.Cards()) - len(tt.same); changes.Archived != want {
				t.Errorf("archived %d, want %d", changes.Archived, want)
			}
			checkSound(t, d)

			// What was there comes back with its state when the old text does.
			syncDeck(t, d, "/a.toml", before)
			for i, c := range before.Cards() {
				if id := find(t, d, "a", c.ID); keys[id] != i || card(t, d, id).State.Reviews != 2 {
					t.Errorf("put back, old card %d is card %d", i, keys[id])
				}
			}
			checkSound(t, d)
		})
	}
}

func checkUnclear(t *testing.T, d *DB, changes Changes, want, candidates int) {
	t.Helper()
	if len(changes.Unclear) != want {
		t.Errorf("got %d unclear, want %d: %+v", len(changes.Unclear), want, changes)
	}
	for _, u := range changes.Unclear {
		if len(u.Candidates) != candidates {
			t.Errorf("got candidates %q of %q, want %d", u.Candidates, u.Old.Front, candidates)
		}
		if c := content(t, d, find(t, d, "a", u.Old.ID)); c.Front != u.Old.Front || !c.Archived {
			t.Errorf("unclear %q is %+v", u.Old.Front, c)
		}
	}
}

func TestSyncUnchanged(t *testing.T) {
	d := fresh(t)
	content := big("a", 300)
	content.Leaves = append(content.Leaves, alone("", "法国的首都？", "巴黎"))
	syncDeck(t, d, "/a.toml", content)
	record(t, d, review(1, srs.Good, today))
	total := func() (n int64) {
		if err := d.db.QueryRow("SELECT total_changes()").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := total()
	changes := syncDeck(t, d, "/a.toml", content)
	if changes.Same != 301 || changes.Added+changes.Changed+changes.Archived+changes.Revived != 0 {
		t.Errorf("got %+v", changes)
	}
	if n := total() - before; n != 0 {
		t.Errorf("%d rows were written", n)
	}
}

// TestSyncLanguage switches a deck to another language: same ids, other text.
func TestSyncLanguage(t *testing.T) {
	d := fresh(t)
	zh := deckOf("llm", leaf("自注意力", 1, inBasics, entry("attention", "什么是注意力？", "加权"), entry("why", "为什么？", "BERT")),
		leaf("位置编码", 2, inUse, entry("position", "什么是位置编码？", "BERT")))
	en := deckOf("llm", leaf("Self-attention", 1, []string{"Basics", "Structure"}, entry("attention", "What is attention?", "weights"), entry("why", "Why?", "BERT")),
		leaf("Positional encoding", 2, []string{"Use"}, entry("position", "What is it?", "BERT")))
	en.Language, en.Title = "en", "LLM"
	syncDeck(t, d, "/zh.toml", zh)
	want := make(map[deck.CardID]srs.State)
	for i, c := range zh.Cards() {
		want[c.ID] = record(t, d, review(find(t, d, "llm", c.ID), srs.Grades[i], today)).After
	}
	for range 2 {
		for path, content := range map[string]*deck.Deck{"/en.toml": en, "/zh.toml": zh} {
			changes := syncDeck(t, d, path, content)
			if changes.Changed != 3 && changes.Same != 3 || len(changes.Renamed)+len(changes.Unclear) > 0 {
				t.Errorf("to %s: got %+v", path, changes)
			}
			for id, state := range want {
				check(t, string(id), state, card(t, d, find(t, d, "llm", id)).State)
			}
		}
	}
	checkSound(t, d)
}

func TestSyncDeckMovesToAnotherFile(t *testing.T) {
	ctx := context.Background()
	d := fresh(t)
	content := big("a", 9)
	syncDeck(t, d, "/a.toml", content)
	want := record(t, d, review(1, srs.Good, today)).After
	syncDeck(t, d, "/b.toml", content)
	if n, err := d.RemoveFile(ctx, "/a.toml"); n != 0 || err != nil {
		t.Errorf("removing the old file archived %d cards, %v", n, err)
	}
	check(t, "state", want, card(t, d, 1).State)
	if n, err := d.RemoveFile(ctx, "/b.toml"); n != 9 || err != nil {
		t.Errorf("removing the file archived %d cards, %v", n, err)
	}
	check(t, "no decks", 0, len(must[[]Deck](t)(d.Decks(ctx, today))))
	if changes := syncDeck(t, d, "/c.toml", content); changes.Revived != 9 || changes.Remembered != 1 {
		t.Errorf("back again: got %+v", changes)
	}
	check(t, "state", want, card(t, d, 1).State)
	checkSound(t, d)
}

// TestSyncFileGetsAnotherDeck keeps the progress when the deck in a file is
// given another id, and archives it when the file is given another deck.
func TestSyncFileGetsAnotherDeck(t *testing.T) {
	ctx := context.Background()
	d := fresh(t)
	syncDeck(t, d, "/a.toml", big("a", 9))
	open := event(srs.OpenLevelEvent, 0, today)
	open.Level, open.Text = 2, "a"
	record(t, d, open)
	want := record(t, d, review(1, srs.Good, today)).After
	if changes := syncDeck(t, d, "/a.toml", big("another", 9)); changes.Added+changes.Archived != 0 {
		t.Errorf("renamed: got %+v", changes)
	}
	check(t, "state", want, card(t, d, find(t, d, "another", "c0")).State)
	decks := must[[]Deck](t)(d.Decks(ctx, today))
	if len(decks) != 1 || decks[0].ID != "another" || !decks[0].Opened[2] {
		t.Errorf("got decks %+v", decks)
	}
	if changes := syncDeck(t, d, "/a.toml", deckOf("b", alone("", "别的", "东西"))); changes.Archived != 9 || changes.Added != 1 {
		t.Errorf("another deck: got %+v", changes)
	}
	check(t, "cards due", 0, len(must[[]srs.Card](t)(d.Due(ctx, Filter{}, today+9, today+9))))
	if changes := syncDeck(t, d, "/b.toml", big("another", 9)); changes.Revived != 9 {
		t.Errorf("the first deck in another file: got %+v", changes)
	}
	check(t, "state", want, card(t, d, find(t, d, "another", "c0")).State)
	checkSound(t, d)
}

func TestMarkBroken(t *testing.T) {
	ctx := context.Background()
	d := fresh(t)
	syncDeck(t, d, "/a.toml", big("a", 9))
	for _, path := range []string{"/a.toml", "/new.toml"} {
		if err := d.MarkBroken(ctx, File{Path: path, Size: 7, Err: "a.toml:1:1: no"}); err != nil {
			t.Fatal(err)
		}
	}
	files := must[[]File](t)(d.Files(ctx))
	if len(files) != 2 || files[0].Deck != "a" || files[0].Err == "" || files[1].Deck != "" {
		t.Errorf("got files %+v", files)
	}
	decks := must[[]Deck](t)(d.Decks(ctx, today))
	if len(decks) != 1 || decks[0].Err != "a.toml:1:1: no" || decks[0].Counts.New != 9 {
		t.Errorf("got decks %+v", decks)
	}
	touched := File{Path: "/a.toml", MTimeNS: 5, Size: 8, IndexedNS: 6, Hash: [32]byte{1}, Deck: "a", Language: "zh", Title: "t"}
	if err := d.TouchFile(ctx, touched); err != nil {
		t.Fatal(err)
	}
	check(t, "touched", touched, must[[]File](t)(d.Files(ctx))[0])
}

// TestSyncAllReworded replaces the text of a large deck without ids at once.
func TestSyncAllReworded(t *testing.T) {
	property.OneAtATime(t)
	d := fresh(t)
	const n = 2000
	var before, after []deck.Leaf
	for i := range n {
		name := fmt.Sprintf("第%d条", i)
		before = append(before, leaf(name, 1, inBasics, entry("", fmt.Sprintf("第%d个问题？", i), "答")))
		after = append(after, leaf(name, 1, inBasics, entry("", fmt.Sprintf("Question %d?", i*7919), "A")))
	}
	syncDeck(t, d, "/a.toml", deckOf("a", before...))
	start := time.Now()
	if changes := syncDeck(t, d, "/a.toml", deckOf("a", after...)); changes.Changed != n {
		t.Errorf("got %d changed of %d", changes.Changed, n)
	}
	changes := syncDeck(t, d, "/a.toml", deckOf("b", before...))
	if changes.Added+changes.Changed != n {
		t.Errorf("got %+v", changes)
	}
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("took %v", took)
	}
	if err := d.IntegrityCheck(context.Background()); errors.Is(err, ErrNotOurs) {
		t.Error(err)
	}
	checkSound(t, d)
}
