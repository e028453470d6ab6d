package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

func readLog(t *testing.T, d *DB) []Logged {
	t.Helper()
	var log []Logged
	if _, err := d.Log(context.Background(), func(l Logged) error { log = append(log, l); return nil }); err != nil {
		t.Fatal(err)
	}
	return log
}

// studied does on capitals one of everything that is logged.
func studied(t *testing.T) *DB {
	t.Helper()
	d := capitals(t)
	given := srs.Given{Phase: srs.Review, Due: today + 30, LastDay: today, IntervalDays: 30, Ease: 210, Reps: 4, Lapses: 1}
	record(t, d, review(1, srs.Good, today), review(3, srs.Again, today))
	wrong := record(t, d, review(4, srs.Easy, today))
	if _, _, err := d.Undo(context.Background(), wrong.Event.Key, noon(today)); err != nil {
		t.Fatal(err)
	}
	drill := event(srs.DrillEvent, 3, today)
	drill.Grade = srs.Good
	foreign := srs.Event{Kind: srs.ForeignReviewEvent, Card: 5, Grade: srs.Hard, At: noon(today - 1).At, Day: today - 1, Given: given}
	set := srs.Event{Kind: srs.SetStateEvent, Card: 6, At: noon(today).At, Day: today, Given: given}
	flag := srs.Event{Kind: srs.FlagEvent, Card: 2, Flag: 4, At: noon(today).At, Day: today}
	level := srs.Event{Kind: srs.OpenLevelEvent, Level: int8(deck.Advanced), Text: "a", At: noon(today).At, Day: today}
	focus := srs.Event{Kind: srs.FocusEvent, Text: "a\n欧洲\n西欧", At: noon(today).At, Day: today}
	quiz := srs.Event{Kind: srs.QuizEvent, Text: "{}", At: noon(today).At, Day: today}
	record(t, d, drill, foreign, set, flag, level, focus, quiz, event(srs.MarkDrillEvent, 1, today), event(srs.SuspendEvent, 7, today))
	return d
}

func TestMergeCarriesEverythingOver(t *testing.T) {
	from, to := studied(t), capitals(t)
	ctx := context.Background()
	log := readLog(t, from)
	got, err := to.Merge(ctx, log)
	if err != nil {
		t.Fatal(err)
	}
	check(t, "merged", Merged{Added: int64(len(log))}, got)
	for card := int64(1); card <= 7; card++ {
		want, got := must[srs.Card](t)(from.Card(ctx, card)), must[srs.Card](t)(to.Card(ctx, card))
		want.Seed, got.Seed = 0, 0
		check(t, "card", want, got)
	}
	check(t, "decks", must[[]Deck](t)(from.Decks(ctx, today)), must[[]Deck](t)(to.Decks(ctx, today)))
	check(t, "days", must[map[srs.Day]srs.DayCount](t)(from.DayCount(ctx, Filter{}, today-5, today)),
		must[map[srs.Day]srs.DayCount](t)(to.DayCount(ctx, Filter{}, today-5, today)))
	report := must[Report](t)(to.Verify(ctx))
	if !report.Sound() {
		t.Errorf("Verify after the merge: %+v", report)
	}
	check(t, "merged again", Merged{Known: int64(len(log))}, must[Merged](t)(to.Merge(ctx, log)))
	check(t, "log", len(log), len(readLog(t, to)))
}

func TestMergedEventsComeBeforeLaterAnswers(t *testing.T) {
	from, to := capitals(t), capitals(t)
	late := review(1, srs.Good, today)
	late.At = late.At.Add(48 * time.Hour)
	record(t, from, late)
	must[Merged](t)(to.Merge(context.Background(), readLog(t, from)))
	record(t, to, review(1, srs.Again, today+1))
	log := readLog(t, to)
	if last := log[len(log)-1]; last.Grade != srs.Again {
		t.Errorf("the newest answer is not the last of the log: %+v", log)
	}
}

func TestMergeLeavesOrphansOut(t *testing.T) {
	d := capitals(t)
	event := review(0, srs.Good, today)
	event.Key.Seq, event.Clock = 1, 1
	got, err := d.Merge(context.Background(), []Logged{
		{Event: event, Device: "there", Deck: "a", CardID: "nobody"}, {Event: event, Device: "there", Deck: "a", CardID: "1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	check(t, "merged", Merged{Added: 1, Orphans: 1}, got)
}

func TestMergeRefuses(t *testing.T) {
	good := review(0, srs.Good, today)
	good.Key.Seq, good.Clock = 1, 1
	tests := []struct {
		name   string
		change func(*Logged)
		want   string
	}{
		{"no device", func(l *Logged) { l.Device = "" }, "has no name"},
		{"no number", func(l *Logged) { l.Key.Seq = 0 }, "not 1 to"},
		{"kind", func(l *Logged) { l.Kind = 99 }, "kind 99"},
		{"grade", func(l *Logged) { l.Grade = 6 }, "grade 6"},
		{"scheduler", func(l *Logged) { l.Scheduler = "sm99" }, "sm99"},
		{"state", func(l *Logged) { l.Kind, l.Given.Ease = srs.SetStateEvent, 7 }, "ease factor 7"},
		{"no card", func(l *Logged) { l.Deck, l.CardID = "", "" }, "makes no sense"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := capitals(t)
			bad := Logged{Event: good, Device: "there", Deck: "a", CardID: "2"}
			bad.Key.Seq = 2
			tt.change(&bad)
			_, err := d.Merge(context.Background(), []Logged{{Event: good, Device: "there", Deck: "a", CardID: "1"}, bad})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("Merge gives the error %v, want one with %q", err, tt.want)
			}
			check(t, "log", 0, len(readLog(t, d)))
		})
	}
}

func TestLogLeavesOutWhatCannotBe(t *testing.T) {
	d := studied(t)
	all := readLog(t, d)
	for i, wrong := range []string{"at_ms = 253402300800000", "day = 9223372036854775807", "grade = -1"} {
		if _, err := d.db.Exec("UPDATE event SET "+wrong+" WHERE seq = ?", i+1); err != nil {
			t.Fatal(err)
		}
	}
	seen := 0
	amiss, err := d.Log(context.Background(), func(l Logged) error {
		seen++
		return checkLogged(l)
	})
	if err != nil || amiss != 3 || seen != len(all)-3 {
		t.Errorf("Log visited %d events, left out %d and gave the error %v, want %d, 3 and none", seen, amiss, err, len(all)-3)
	}
}

func TestLogStopsWhenAsked(t *testing.T) {
	stop := errors.New("enough")
	n := 0
	_, err := studied(t).Log(context.Background(), func(Logged) error { n++; return stop })
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("Log visited %d events and gave the error %v, want 1 and %v", n, err, stop)
	}
}

func TestBatchIsTakenBackAsOne(t *testing.T) {
	d := capitals(t)
	ctx := context.Background()
	record(t, d, review(1, srs.Good, today))
	before := must[srs.Card](t)(d.Card(ctx, 3))
	given := srs.Given{Phase: srs.Review, Due: today + 9, LastDay: today, IntervalDays: 9, Ease: 250, Reps: 2}
	place := func(card int64) srs.Event {
		return srs.Event{Kind: srs.SetStateEvent, Card: card, At: noon(today).At, Day: today, Given: given}
	}
	level := srs.Event{Kind: srs.OpenLevelEvent, Level: int8(deck.Advanced), Text: "a", At: noon(today).At, Day: today}
	steps, err := d.RecordAll(ctx, []srs.Event{place(3), place(4), level})
	if err != nil {
		t.Fatal(err)
	}
	check(t, "batch", []int64{2, 2, 2}, []int64{steps[0].Event.Batch, steps[1].Event.Batch, steps[2].Event.Batch})
	last, ok, err := d.LastUndoable(ctx)
	if err != nil || !ok {
		t.Fatalf("LastUndoable: %v, %v", ok, err)
	}
	if _, _, err := d.Undo(ctx, last.Key, noon(today)); err != nil {
		t.Fatal(err)
	}
	check(t, "card 3 after undo", before, must[srs.Card](t)(d.Card(ctx, 3)))
	if decks := must[[]Deck](t)(d.Decks(ctx, today)); decks[0].Opened[deck.Advanced] {
		t.Error("the level is still open after undo")
	}
	undone, ok, err := d.LastUndoable(ctx)
	if err != nil || !ok || undone.Kind != srs.ReviewEvent {
		t.Fatalf("LastUndoable after the batch is gone: %+v, %v, %v, want the review", undone, ok, err)
	}
	log := readLog(t, d)
	if _, _, err := d.Undo(ctx, srs.EventKey{Device: 1, Seq: log[len(log)-1].Key.Seq}, noon(today)); err != nil {
		t.Fatal(err)
	}
	check(t, "card 3 after undo of the undo", given, func() srs.Given {
		s := must[srs.Card](t)(d.Card(ctx, 3)).State
		return srs.Given{Phase: s.Phase, Due: s.Due, LastDay: s.LastDay, IntervalDays: s.IntervalDays, Ease: s.Ease, Reps: s.Reps, Lapses: s.Lapses}
	}())
	if report := must[Report](t)(d.Verify(ctx)); !report.Sound() {
		t.Errorf("Verify: %+v", report)
	}
}

func TestFocusAndCloseLevels(t *testing.T) {
	d := capitals(t)
	ctx := context.Background()
	do := func(kind srs.EventKind, text string, level deck.Level) {
		record(t, d, srs.Event{Kind: kind, Text: text, Level: int8(level), At: noon(today).At, Day: today})
	}
	do(srs.OpenLevelEvent, "a", deck.Intermediate)
	do(srs.OpenLevelEvent, "a", deck.Advanced)
	do(srs.FocusEvent, "a\n欧洲\n西欧", 0)
	a := must[[]Deck](t)(d.Decks(ctx, today))[0]
	check(t, "focus", []string{"欧洲", "西欧"}, a.Focus)
	check(t, "opened", [4]bool{false, false, true, true}, a.Opened)
	do(srs.CloseLevelsEvent, "a", 0)
	do(srs.FocusEvent, "a", 0)
	a = must[[]Deck](t)(d.Decks(ctx, today))[0]
	check(t, "no focus", []string(nil), a.Focus)
	check(t, "closed", [4]bool{}, a.Opened)
	if report := must[Report](t)(d.Verify(ctx)); !report.Sound() {
		t.Errorf("Verify: %+v", report)
	}
}

// restating returns events that tell how card 3 is, as another program does.
func restating(at time.Time, given srs.Given) []Logged {
	e := func(seq int64, kind srs.EventKind) Logged {
		l := Logged{Device: "anki", Deck: "a", CardID: "3", Restates: true}
		l.Event = srs.Event{Key: srs.EventKey{Seq: seq}, Kind: kind, At: at, Clock: at.UnixMilli(), Day: today, Grade: srs.Good, Given: given}
		return l
	}
	return []Logged{e(1, srs.ForeignReviewEvent), e(2, srs.SetStateEvent), e(3, srs.UnsuspendEvent), e(4, srs.FlagEvent)}
}

// TestMergeFollowsFlags merges what another program says of a flag, again and again.
func TestMergeFollowsFlags(t *testing.T) {
	ctx := context.Background()
	d := capitals(t)
	for i, step := range []struct {
		name             string
		here, says, want int8
	}{
		{"none", -1, 0, 0}, {"flagged there", -1, 3, 3}, {"the same again", -1, 3, 3}, {"another one here", 5, 3, 5},
		{"taken off there", -1, 0, 0}, {"flagged here alone", 2, 0, 2},
	} {
		at := noon(today).At.Add(time.Duration(i) * time.Hour)
		if step.here >= 0 {
			record(t, d, srs.Event{Kind: srs.FlagEvent, Card: 3, Flag: step.here, At: at, Day: today})
		}
		l := restating(at.Add(time.Minute), srs.Given{})[3]
		l.Flag, l.Key.Seq = step.says, int64(10+i)
		must[Merged](t)(d.Merge(ctx, []Logged{l}))
		check(t, step.name, step.want, must[srs.Card](t)(d.Card(ctx, 3)).State.Flag)
	}
	checkSound(t, d)
}

func TestMergeLeavesOutWhatIsSoAlready(t *testing.T) {
	ctx := context.Background()
	given := srs.Given{Phase: srs.Review, Due: today + 30, LastDay: today, IntervalDays: 30, Ease: 210, Reps: 4, Lapses: 1}
	d := capitals(t)
	log := restating(noon(today).At, given)
	check(t, "a card without history", Merged{Added: 1, Known: 3}, must[Merged](t)(d.Merge(ctx, log)))
	suspended := log[2]
	suspended.Kind, suspended.Key.Seq, suspended.Clock = srs.SuspendEvent, 5, suspended.Clock+1
	check(t, "suspended since", Merged{Added: 1}, must[Merged](t)(d.Merge(ctx, []Logged{suspended})))
	log[2].Clock, log[2].Key.Seq = suspended.Clock+1, 6
	check(t, "and back again", Merged{Added: 1}, must[Merged](t)(d.Merge(ctx, log[2:3])))
	if c := must[srs.Card](t)(d.Card(ctx, 3)); c.State.Suspended || c.State.IntervalDays != 30 {
		t.Errorf("state %+v", c.State)
	}
	if report := must[Report](t)(d.Verify(ctx)); !report.Sound() {
		t.Errorf("Verify: %+v", report)
	}
}

func TestMergeKnowsWhatWentOutAndCameBack(t *testing.T) {
	ctx := context.Background()
	d := capitals(t)
	step := record(t, d, review(3, srs.Again, today))
	s := step.After
	given := srs.Given{Phase: s.Phase, Due: s.Due, LastDay: s.LastDay, IntervalDays: s.IntervalDays, Ease: s.Ease, Reps: s.Reps, Lapses: s.Lapses}
	log := restating(time.UnixMilli(step.Event.Clock).In(noon(today).At.Location()), given)
	log[1].Clock++
	check(t, "merged", Merged{Known: 4}, must[Merged](t)(d.Merge(ctx, log)))
	check(t, "still to be drilled", s, must[srs.Card](t)(d.Card(ctx, 3)).State)
	other := log[0]
	other.Restates = false
	check(t, "an event that restates nothing counts", Merged{Added: 1}, must[Merged](t)(d.Merge(ctx, []Logged{other})))
}

func TestMergeByCardTakesCardsInAnyOrder(t *testing.T) {
	from, one, other := studied(t), capitals(t), capitals(t)
	ctx := context.Background()
	log := readLog(t, from)
	want := must[Merged](t)(one.Merge(ctx, log))
	got := must[Merged](t)(other.MergeByCard(ctx, func(yield func(Logged, error) bool) {
		for _, l := range log {
			if !yield(l, nil) {
				return
			}
		}
	}))
	check(t, "merged", want, got)
	for card := int64(1); card <= 7; card++ {
		check(t, "card", must[srs.Card](t)(one.Card(ctx, card)), must[srs.Card](t)(other.Card(ctx, card)))
	}
	if report := must[Report](t)(other.Verify(ctx)); !report.Sound() {
		t.Errorf("Verify: %+v", report)
	}
	broken := errors.New("broken")
	_, err := other.MergeByCard(ctx, func(yield func(Logged, error) bool) { _ = yield(log[0], nil) && yield(Logged{}, broken) })
	if !errors.Is(err, broken) {
		t.Errorf("MergeByCard gives the error %v, want %v", err, broken)
	}
}

// TestMergeOfACardThatMoved merges events that another card has already: the card
// went to another deck since.
func TestMergeOfACardThatMoved(t *testing.T) {
	ctx := context.Background()
	given := srs.Given{Phase: srs.Review, Due: today + 30, LastDay: today, IntervalDays: 30, Ease: 210, Reps: 4, Lapses: 1}
	d := capitals(t)
	log := restating(noon(today).At, given)
	must[Merged](t)(d.Merge(ctx, log))
	for i := range log {
		log[i].CardID = "5"
	}
	log[1].Key.Seq = 99
	check(t, "merged", Merged{Added: 1, Known: 3}, must[Merged](t)(d.Merge(ctx, log)))
	check(t, "interval", int32(30), must[srs.Card](t)(d.Card(ctx, 5)).State.IntervalDays)
	if report := must[Report](t)(d.Verify(ctx)); !report.Sound() {
		t.Errorf("Verify: %+v", report)
	}
}

func TestMergeOfManyCardsCountsThemAll(t *testing.T) {
	const cards = 1000 // of several pieces
	ctx := context.Background()
	d := open(t, filepath.Join(t.TempDir(), "x.db"))
	content := &deck.Deck{ID: "many", Title: "Many"}
	for i := range cards {
		content.Leaves = append(content.Leaves, deck.Leaf{Path: []string{fmt.Sprint("section ", i%7)}, Entries: []deck.Entry{{ID: deck.CardID(fmt.Sprint("c", i)), Front: fmt.Sprint(i), Back: "x"}}})
	}
	must[Changes](t)(d.SyncDeck(ctx, File{Path: "many.toml", Deck: "many", Title: "Many"}, content, noon(today)))
	var log []Logged
	for i := range cards {
		g := srs.Given{Phase: srs.Review, Due: today + srs.Day(i), LastDay: today, IntervalDays: int32(i), Ease: 250, Reps: 2}
		if i%5 == 0 {
			g = srs.Given{Ease: 250}
		}
		e := srs.Event{Key: srs.EventKey{Seq: int64(i + 1)}, Kind: srs.SetStateEvent, At: noon(today).At, Clock: noon(today).At.UnixMilli(), Day: today, Given: g}
		log = append(log, Logged{Event: e, Device: "anki", Deck: "many", CardID: deck.CardID(fmt.Sprint("c", i))})
	}
	must[Merged](t)(d.Merge(ctx, log))
	if report := must[Report](t)(d.Verify(ctx)); !report.Sound() {
		t.Errorf("Verify: %+v", report)
	}
}
