package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// capitals is two decks: "a" with leaves in sections 欧洲/西欧 (cards 1 and 2 of
// one leaf, beginner; 3 advanced), 欧洲/北欧 (4, no level) and 亚洲 (5,
// intermediate), and a card 6 that stands alone; "b" with the card 7.
func capitals(t *testing.T) *DB {
	t.Helper()
	d := fresh(t)
	west, north, asia := []string{"欧洲", "西欧"}, []string{"欧洲", "北欧"}, []string{"亚洲"}
	syncDeck(t, d, "/a.toml", deckOf("a",
		leaf("法国的首都是巴黎", deck.Beginner, west, entry("1", "法国的首都？", "巴黎"), entry("2", "巴黎是哪国的首都？", "法国")),
		leaf("卢森堡", deck.Advanced, west, entry("3", "卢森堡的首都？", "卢森堡市")),
		leaf("挪威", deck.NoLevel, north, entry("4", "挪威的首都？", "奥斯陆")),
		leaf("日本", deck.Intermediate, asia, entry("5", "日本的首都？", "东京")),
		alone("6", "Capital of Peru?", "Lima"),
	))
	syncDeck(t, d, "/b.toml", deckOf("b", alone("7", "2+2?", "4")))
	return d
}

func ids(cards []srs.Card) []int64 {
	var out []int64
	for _, c := range cards {
		out = append(out, c.ID)
	}
	slices.Sort(out)
	return out
}

func check(t *testing.T, name string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func must[T any](t *testing.T) func(T, error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// sectionKey returns the key of the section with the given name.
func sectionKey(t *testing.T, d *DB, in deck.ID, name string) int64 {
	t.Helper()
	for _, s := range must[[]Section](t)(d.Sections(context.Background(), in, today)) {
		if s.Name == name {
			return s.Key
		}
	}
	t.Fatalf("no section %q", name)
	return 0
}

func TestNewCards(t *testing.T) {
	d := capitals(t)
	europe := sectionKey(t, d, "a", "欧洲")
	order := func(f Filter, most int) (got []int64) {
		err := d.NewCards(context.Background(), f, func(c srs.Card) bool {
			got = append(got, c.ID)
			return len(got) < most
		})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	check(t, "no level counts as beginner", []int64{1, 2, 4, 6, 5, 3, 7}, order(Filter{}, 99))
	check(t, "until no more are wanted", []int64{1, 2}, order(Filter{}, 2))
	check(t, "deck", []int64{7}, order(Filter{Deck: "b"}, 99))
	check(t, "beginner", []int64{1, 2, 4, 6}, order(Filter{Deck: "a", Level: 1}, 99))
	check(t, "advanced", []int64{3}, order(Filter{Level: 3}, 99))
	check(t, "section with those below", []int64{1, 2, 4, 3}, order(Filter{Section: europe}, 99))
	check(t, "no such deck", []int64(nil), order(Filter{Deck: "c"}, 99))
	record(t, d, review(1, srs.Good, today), event(srs.SuspendEvent, 4, today))
	check(t, "after a review and a suspend", []int64{2, 6, 5, 3, 7}, order(Filter{}, 99))
}

func TestDueAndDrill(t *testing.T) {
	ctx := context.Background()
	d := capitals(t)
	due := func(f Filter, today, day srs.Day) []int64 { return ids(must[[]srs.Card](t)(d.Due(ctx, f, today, day))) }
	drill := func(day srs.Day) []int64 { return ids(must[[]srs.Card](t)(d.Drill(ctx, Filter{}, day))) }
	// Good, Hard and Easy on a new card: I(1) = 1; Again: 1 too.
	record(t, d, review(1, srs.Good, today), review(3, srs.Again, today), review(4, srs.Hard, today), review(7, srs.Easy, today))

	check(t, "to drill", []int64{3, 4}, drill(today))
	check(t, "to drill tomorrow", []int64(nil), drill(today+1))
	check(t, "due today", []int64(nil), due(Filter{}, today, today))
	check(t, "due tomorrow", []int64{1, 3, 4, 7}, due(Filter{}, today+1, today+1))
	check(t, "due ahead, without what waits to be drilled", []int64{1, 7}, due(Filter{}, today, today+1))
	check(t, "deck", []int64{1, 3, 4}, due(Filter{Deck: "a"}, today+1, today+1))
	check(t, "level", []int64{1, 4}, due(Filter{Deck: "a", Level: 1}, today+1, today+1))
	check(t, "section", []int64{1, 3}, due(Filter{Section: sectionKey(t, d, "a", "西欧")}, today+1, today+1))
	check(t, "leaves seen", 3, len(must[map[int64]bool](t)(d.SeenLeaves(ctx, today)))) // 7 stands alone

	record(t, d, event(srs.BuryEvent, 1, today+1), event(srs.SuspendEvent, 3, today+1))
	check(t, "buried and suspended", []int64{4, 7}, due(Filter{}, today+1, today+1))
	check(t, "the day after", []int64{1, 4, 7}, due(Filter{}, today+2, today+2))
	check(t, "count", int64(2), must[int64](t)(d.DueCount(ctx, Filter{}, today+1)))
	check(t, "count of a deck", int64(1), must[int64](t)(d.DueCount(ctx, Filter{Deck: "b"}, today+1)))

	good := event(srs.DrillEvent, 4, today)
	good.Grade = srs.Good
	record(t, d, good)
	check(t, "drilled, the other suspended", []int64(nil), drill(today))
	if _, err := d.RemoveFile(ctx, "/b.toml"); err != nil {
		t.Fatal(err)
	}
	check(t, "archived", []int64{4}, due(Filter{}, today+1, today+1))
	checkSound(t, d)
}

// TestComingCount counts with siblings: cards 1 and 2 are of one leaf, card 7 of
// none.
func TestComingCount(t *testing.T) {
	ctx := context.Background()
	d := capitals(t)
	coming := func() Coming { return must[Coming](t)(d.ComingCount(ctx, today)) }
	check(t, "nothing yet", Coming{Due: map[deck.ID]int64{}}, coming())
	record(t, d, review(1, srs.Good, today-1), review(2, srs.Good, today-2), review(3, srs.Good, today-1), review(7, srs.Good, today-1))
	check(t, "one of two siblings", Coming{Due: map[deck.ID]int64{"a": 2, "b": 1}}, coming())
	record(t, d, review(2, srs.Good, today))
	check(t, "the other was seen", Coming{Due: map[deck.ID]int64{"a": 1, "b": 1}}, coming())
	again := event(srs.SetDueEvent, 2, today)
	again.Due = today
	record(t, d, again)
	check(t, "made due again", Coming{Due: map[deck.ID]int64{"a": 2, "b": 1}}, coming())
	record(t, d, event(srs.MarkDrillEvent, 2, today))
	check(t, "the other waits for a drill", Coming{Due: map[deck.ID]int64{"a": 1, "b": 1}, Drill: 1}, coming())
	record(t, d, review(7, srs.Again, today), event(srs.SuspendEvent, 3, today))
	check(t, "drill alone", Coming{Due: map[deck.ID]int64{"a": 0}, Drill: 2}, coming())
	checkSound(t, d)
}

func TestDueForecast(t *testing.T) {
	ctx := context.Background()
	d := capitals(t)
	for card, due := range map[int64]srs.Day{1: -5, 3: 0, 4: 1, 5: 3, 7: 9} {
		set := event(srs.SetDueEvent, card, today)
		set.Due = today + due
		record(t, d, review(card, srs.Good, today), set)
	}
	got := must[map[srs.Day]int64](t)(d.DueForecast(ctx, Filter{}, today, today+3))
	check(t, "all", map[srs.Day]int64{today: 2, today + 1: 1, today + 3: 1}, got)
	got = must[map[srs.Day]int64](t)(d.DueForecast(ctx, Filter{Deck: "b"}, today, today+9))
	check(t, "deck", map[srs.Day]int64{today + 9: 1}, got)
}

func TestDecksAndSections(t *testing.T) {
	ctx := context.Background()
	d := capitals(t)
	record(t, d, review(1, srs.Good, today), review(3, srs.Again, today), event(srs.SuspendEvent, 5, today))
	open := event(srs.OpenLevelEvent, 0, today)
	open.Level, open.Text = 2, "a"
	record(t, d, open)

	decks := must[[]Deck](t)(d.Decks(ctx, today+1))
	want := []Deck{
		{Key: 1, ID: "a", Title: "卡片组 a", Language: "zh", Path: "/a.toml", Counts: srs.Counts{New: 3, Learning: 2, Suspended: 1},
			Levels: [4]srs.Counts{{New: 2}, {New: 1, Learning: 1}, {Suspended: 1}, {Learning: 1}}, Opened: [4]bool{2: true}, Due: 2},
		{Key: 2, ID: "b", Title: "卡片组 b", Language: "zh", Path: "/b.toml", Counts: srs.Counts{New: 1}, Levels: [4]srs.Counts{{New: 1}}},
	}
	check(t, "decks", want, decks)

	var got []string
	for _, s := range must[[]Section](t)(d.Sections(ctx, "a", today+1)) {
		got = append(got, fmt.Sprintf("%s %d leaves %+v due %d", s.Name, s.Leaves, s.Counts, s.Due))
	}
	check(t, "sections", []string{
		"欧洲 0 leaves {New:0 Learning:0 Young:0 Mature:0 Suspended:0} due 0",
		"西欧 2 leaves {New:1 Learning:2 Young:0 Mature:0 Suspended:0} due 2",
		"北欧 1 leaves {New:1 Learning:0 Young:0 Mature:0 Suspended:0} due 0",
		"亚洲 1 leaves {New:0 Learning:0 Young:0 Mature:0 Suspended:1} due 0",
	}, got)
	path := must[[]string](t)(d.SectionPath(ctx, sectionKey(t, d, "a", "北欧")))
	check(t, "path", []string{"欧洲", "北欧"}, path)
	check(t, "path of no section", []string(nil), must[[]string](t)(d.SectionPath(ctx, 0)))
	c := content(t, d, 2)
	check(t, "content", Content{ID: 2, Deck: "a", DeckTitle: "卡片组 a", Card: "2", Path: []string{"欧洲", "西欧"}, Leaf: "法国的首都是巴黎",
		Level: 1, Front: "巴黎是哪国的首都？", Back: "法国", File: "/a.toml"}, c)
	checkSound(t, d)
}

func TestDayCountAndStreak(t *testing.T) {
	ctx := context.Background()
	d := capitals(t)
	streak := func(day srs.Day) int { return must[int](t)(d.Streak(ctx, day)) }
	check(t, "nothing done", 0, streak(today))
	record(t, d, review(1, srs.Good, today-9), review(1, srs.Good, today-2), review(1, srs.Again, today-1), review(7, srs.Easy, today-1))
	last := record(t, d, event(srs.DrillEvent, 1, today-1), event(srs.SuspendEvent, 3, today))
	check(t, "until yesterday", 2, streak(today))
	check(t, "two days on", 0, streak(today+1))
	record(t, d, review(2, srs.Good, today))
	check(t, "with today", 3, streak(today))
	check(t, "before a gap", 1, streak(today-9))

	got := must[map[srs.Day]srs.DayCount](t)(d.DayCount(ctx, Filter{}, today-2, today))
	check(t, "all", map[srs.Day]srs.DayCount{
		today - 2: {Reviews: 1, Millis: 3000}, // the second success: still Learning before
		today - 1: {Reviews: 2, New: 1, Drills: 1, Again: 1, Young: 1, Millis: 6000},
		today:     {Reviews: 1, New: 1, Millis: 3000},
	}, got)
	got = must[map[srs.Day]srs.DayCount](t)(d.DayCount(ctx, Filter{Deck: "b"}, today-9, today))
	check(t, "deck", map[srs.Day]srs.DayCount{today - 1: {Reviews: 1, New: 1, Millis: 3000}}, got)

	if _, _, err := d.Undo(ctx, last.Event.Key, noon(today)); err != nil {
		t.Fatal(err)
	}
	e, ok, err := d.LastUndoable(ctx)
	if err != nil || !ok || e.Kind != srs.ReviewEvent || e.Card != 2 {
		t.Errorf("last: got %+v, %v, %v", e, ok, err)
	}
	checkSound(t, d)
}

func TestUndo(t *testing.T) {
	ctx := context.Background()
	d := capitals(t)
	if _, ok, err := d.LastUndoable(ctx); ok || err != nil {
		t.Errorf("empty log: got %v, %v", ok, err)
	}
	first := record(t, d, review(1, srs.Good, today))
	second := record(t, d, review(1, srs.Again, today+1))
	undone, now, err := d.Undo(ctx, second.Event.Key, noon(today+1))
	if err != nil {
		t.Fatal(err)
	}
	check(t, "undone step", [2]srs.State{second.Before, second.After}, [2]srs.State{undone.Before, undone.After})
	check(t, "state after the undo", first.After, now)
	if _, _, err := d.Undo(ctx, second.Event.Key, noon(today+1)); err == nil {
		t.Error("undone twice")
	}
	if _, _, err := d.Undo(ctx, srs.EventKey{Device: 1, Seq: 99}, noon(today)); err == nil {
		t.Error("undid what never was")
	}
	last, _, err := d.LastUndoable(ctx)
	if err != nil || last.Key != first.Event.Key {
		t.Errorf("last undoable: got %+v, %v, want %+v", last.Key, err, first.Event.Key)
	}
	// The undo is event 3.
	if _, now, err = d.Undo(ctx, srs.EventKey{Device: 1, Seq: 3}, noon(today+1)); err != nil {
		t.Fatal(err)
	}
	check(t, "state after the undo of the undo", second.After, now)
	if _, now, err = d.Undo(ctx, second.Event.Key, noon(today+1)); err != nil {
		t.Fatal(err)
	}
	check(t, "undone again", first.After, now)
	checkSound(t, d)
}

func TestUndoOpenLevel(t *testing.T) {
	ctx := context.Background()
	d := capitals(t)
	open := event(srs.OpenLevelEvent, 0, today)
	open.Level, open.Text = 3, "a"
	step := record(t, d, open)
	opened := func() bool { return must[[]Deck](t)(d.Decks(ctx, today))[0].Opened[3] }
	check(t, "opened", true, opened())
	if _, _, err := d.Undo(ctx, step.Event.Key, noon(today)); err != nil {
		t.Fatal(err)
	}
	check(t, "undone", false, opened())
	if _, _, err := d.Undo(ctx, step.Event.Key, noon(today)); err == nil {
		t.Error("undone twice")
	}
	checkSound(t, d)
}

func TestRecordRefuses(t *testing.T) {
	d := capitals(t)
	for name, e := range map[string]srs.Event{
		"undo":             {Kind: srs.UndoEvent, Card: 1},
		"rename":           {Kind: srs.RenameEvent, Card: 1},
		"level of a card":  {Kind: srs.OpenLevelEvent, Card: 1},
		"review of none":   review(0, srs.Good, today),
		"no such card":     review(99, srs.Good, today),
		"grade too high":   review(1, 6, today),
		"unknown schedule": {Kind: srs.ReviewEvent, Card: 1, Grade: srs.Good, Scheduler: "x"},
	} {
		if _, err := d.Record(context.Background(), e); err == nil {
			t.Errorf("%s: want an error", name)
		}
	}
	checkSound(t, d)
}

// TestPlans keeps the queries of the start on their partial indexes.
func TestPlans(t *testing.T) {
	d := capitals(t)
	for _, f := range []Filter{{}, {Deck: "a"}, {Level: 1}, {Level: 2}, {Section: 1}, {Deck: "a", Level: 1}, {Deck: "a", Section: 1, Level: 1}} {
		where, args := f.where()
		for name, q := range map[string]struct {
			query, want string
			args        []any
		}{
			"due":        {"SELECT " + cardColumns + isDue + where, "SEARCH card USING COVERING INDEX card_due (due<?)", []any{today, today}},
			"due count":  {"SELECT count(*)" + isDue + where, "SEARCH card USING COVERING INDEX card_due (due<?)", []any{today, today}},
			"due by":     {"SELECT deck_id, count(*)" + isDue + " GROUP BY deck_id", "SEARCH card USING COVERING INDEX card_due (due<?)", []any{today, today}},
			"coming":     {comingByDeck, "SEARCH card USING COVERING INDEX card_due (due<?)", []any{today, today}},
			"new":        {"SELECT " + cardColumns + isNew + where + inPathOrder, "USING INDEX card_new", nil},
			"drill":      {"SELECT " + cardColumns + toDrill + where + " ORDER BY id", "SEARCH card USING INDEX card_drill (drill_day=?)", []any{today}},
			"seen":       {seenLeaves, "SEARCH card USING COVERING INDEX card_seen (last_day=?", []any{today}},
			"one's past": {"SELECT " + eventColumns + fromEvents + "WHERE e.card_id = ?", "SEARCH e USING INDEX event_card (card_id=?)", []any{1}},
		} {
			if name != "seen" && name != "one's past" && name != "due by" && name != "coming" {
				q.args = append(q.args, args...)
			}
			plan := planOf(t, d, q.query, q.args)
			if !strings.Contains(plan, q.want) || name == "new" && strings.Contains(plan, "TEMP B-TREE") {
				t.Errorf("%s with %+v: got\n%swant %s", name, f, plan, q.want)
			}
		}
	}
}

func planOf(t *testing.T, d *DB, query string, args []any) string {
	t.Helper()
	var plan strings.Builder
	rows, err := d.db.Query("EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&plan, detail)
	}
	if err := firstError(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	return plan.String()
}

func TestCardIDs(t *testing.T) {
	d := fresh(t)
	syncDeck(t, d, "/a.toml", &deck.Deck{ID: "a", Title: "a", Leaves: []deck.Leaf{alone("gone", "x", "y"), alone("stays", "一", "二")}})
	syncDeck(t, d, "/a.toml", &deck.Deck{ID: "a", Title: "a", Leaves: []deck.Leaf{alone("stays", "一", "二"), alone("new", "三", "四")}})
	syncDeck(t, d, "/b.toml", &deck.Deck{ID: "b", Title: "b", Leaves: []deck.Leaf{alone("other", "五", "六")}})
	got := must[[]deck.CardID](t)(d.CardIDs(context.Background(), "a"))
	slices.Sort(got)
	check(t, "those in the file", []deck.CardID{"new", "stays"}, got)
}

// TestReadsHeedTheContext reads with a context that has ended: also what is not
// interrupted while it runs must not begin then, nor keep the store from being used.
func TestReadsHeedTheContext(t *testing.T) {
	d := capitals(t)
	ctx, cancel := context.WithCancel(t.Context())
	var section int64
	if _, section, _ = getContent(ctx, d.db, 1); section == 0 {
		t.Fatal("card 1 stands in no section")
	}
	cancel()
	for _, read := range []struct {
		name string
		f    func(context.Context) error
	}{
		{"Files", func(ctx context.Context) error { _, err := d.Files(ctx); return err }},
		{"Decks", func(ctx context.Context) error { _, err := d.Decks(ctx, today); return err }},
		{"Due", func(ctx context.Context) error { _, err := d.Due(ctx, Filter{}, today, today); return err }},
		{"Drill", func(ctx context.Context) error { _, err := d.Drill(ctx, Filter{}, today); return err }},
		{"SeenLeaves", func(ctx context.Context) error { _, err := d.SeenLeaves(ctx, today); return err }},
		{"DayCount", func(ctx context.Context) error { _, err := d.DayCount(ctx, Filter{}, today, today); return err }},
		{"Content", func(ctx context.Context) error { _, err := d.Content(ctx, 1); return err }},
		{"SectionPath", func(ctx context.Context) error { _, err := d.SectionPath(ctx, section); return err }},
	} {
		if err := read.f(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v, want %v", read.name, err, context.Canceled)
		}
		if err := read.f(t.Context()); err != nil {
			t.Errorf("%s afterwards: %v", read.name, err)
		}
	}
}
