package anki

import (
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
)

// at is a moment of a day of these tests, at noon in Shanghai, in milliseconds.
func at(day int32) int64 { return int64(day)*86_400_000 + 4*3_600_000 }

func learned(t *testing.T, f *fixture) Progress {
	t.Helper()
	_, progress, _ := read(t, f.legacy(t))
	return progress[deck.CardID(noteKey("guid1000")+"-0")]
}

func states(p Progress) []State {
	var out []State
	for _, e := range p.Events {
		out = append(out, e.State)
	}
	return out
}

func TestHistoryOfSM2(t *testing.T) {
	f := stock()
	f.note(basicType, []int{0}, "a", "b")
	f.log = []fixtureLog{
		{at(today - 40), 1001, 3, -600, 0, 0, 4000, 0},
		{at(today-40) + 700_000, 1001, 3, 1, -600, 2500, 3000, 0},
		{at(today - 39), 1001, 2, 3, 1, 2350, 99_000_000, 1},
		{at(today - 36), 1001, 4, 12, 3, 2500, 2000, 1},
		{at(today - 24), 1001, 1, -600, 12, 2300, 2000, 1},
		{at(today-24) + 700_000, 1001, 3, 1, -600, 2300, 2000, 2},
		{at(today - 23), 1001, 3, 0, 1, 0, 2000, 3},
		{at(today-23) + 5, 1001, 3, 4, 1, 2300, 2000, 1},
		{at(today - 19), 1001, 0, 30, 4, 2300, 0, 4},
		{at(today - 18), 1001, 0, 45, 30, 2300, 0, 5},
	}
	*f.card(1001) = fixtureCard{id: 1001, note: 1000, deck: 1, kind: 2, queue: 2, due: today + 22 - firstDay, ivl: 45, factor: 2300, reps: 8, lapses: 1}
	p := learned(t, f)
	check(t, "states", []State{
		{Learning, today - 40, today - 40, 0, 250, 1, 0},
		{Review, today - 39, today - 40, 1, 250, 2, 0},
		{Review, today - 36, today - 39, 3, 235, 3, 0},
		{Review, today - 24, today - 36, 12, 250, 4, 0},
		{Relearning, today - 24, today - 24, 0, 230, 0, 1},
		{Review, today - 23, today - 24, 1, 230, 2, 1},
		{Review, today - 23, today - 24, 1, 230, 2, 1},
		{Review, today - 19, today - 23, 4, 230, 3, 1},
		{Review, today + 11, today - 23, 30, 230, 3, 1},
		{Review, today + 22, today - 23, 45, 230, 3, 1},
	}, states(p))
	check(t, "now", p.Events[9].State, p.Now)
	check(t, "kinds", []EventKind{Reviewed, Reviewed, Reviewed, Reviewed, Reviewed, Reviewed, Drilled, Reviewed, Placed, Placed}, func() (k []EventKind) {
		for _, e := range p.Events {
			k = append(k, e.Kind)
		}
		return k
	}())
	check(t, "an hour at most", time.Hour, p.Events[2].Took)
	check(t, "time", at(today-39), p.Events[2].At.UnixMilli())
	check(t, "day", int32(today-39), p.Events[2].Day)
}

func TestHistoryOfFSRSKeepsTheEase(t *testing.T) {
	f := stock()
	f.note(basicType, []int{0}, "a", "b")
	f.log = []fixtureLog{
		{at(today - 20), 1001, 3, -600, 0, 623, 1, 0}, {at(today-20) + 1000, 1001, 3, 10, -600, 612, 1, 0},
		{at(today - 10), 1001, 2, 10, 10, 700, 1, 1}, {at(today), 1001, 1, -600, 10, 800, 1, 1},
	}
	*f.card(1001) = fixtureCard{id: 1001, note: 1000, deck: 1, kind: 3, queue: 1, due: now.Unix() + 600, ivl: 5, factor: 2150, reps: 4, lapses: 1, left: 1001}
	p := learned(t, f)
	var ease []int32
	for _, e := range p.Events {
		if !e.FSRS {
			t.Errorf("the row of %v does not count as one of FSRS", e.At)
		}
		ease = append(ease, e.State.Ease)
	}
	check(t, "ease", []int32{250, 250, 235, 215}, ease)
	check(t, "now", State{Relearning, today, today, 5, 215, 2, 1}, p.Now)
}

func TestFirstSchedulerHadNoHardInLearning(t *testing.T) {
	for _, conf := range []map[string]any{{}, {"schedVer": 1}, {"schedVer": 2}} {
		f := stock()
		f.conf = conf
		f.note(basicType, []int{0}, "a", "b")
		f.log = []fixtureLog{
			{at(today - 9), 1001, 1, -60, -60, 0, 1, 0}, {at(today - 8), 1001, 2, -600, -60, 0, 1, 0}, {at(today - 7), 1001, 3, 4, -600, 2500, 1, 0},
			{at(today - 3), 1001, 2, 5, 4, 2350, 1, 1}, {at(today), 1001, 2, 3, -600, 2350, 1, 2},
		}
		*f.card(1001) = fixtureCard{id: 1001, note: 1000, deck: 1, kind: 2, queue: 3, due: today - firstDay + 1, ivl: 3, factor: 2350, left: 2002}
		p := learned(t, f)
		var buttons []int8
		for _, e := range p.Events {
			buttons = append(buttons, e.Button)
		}
		want := []int8{1, 3, 4, 2, 3}
		if conf["schedVer"] == 2 {
			want = []int8{1, 2, 3, 2, 2}
		}
		check(t, "buttons", want, buttons)
		check(t, "a review card in a queue for learning", State{Relearning, today + 1, today, 3, 235, 4, 0}, p.Now)
	}
}

func TestCardRows(t *testing.T) {
	day := func(d int32) int64 { return int64(d) - firstDay }
	tests := []struct {
		name string
		card fixtureCard
		want State
	}{
		{"review", fixtureCard{kind: 2, queue: 2, due: day(today + 3), ivl: 10, factor: 2500}, State{Review, today + 3, today - 7, 10, 250, 2, 0}},
		{"overdue", fixtureCard{kind: 2, queue: 2, due: day(today - 3), ivl: 10, factor: 1300, lapses: 9}, State{Review, today - 3, today - 13, 10, 130, 2, 9}},
		{"suspended review", fixtureCard{kind: 2, queue: -1, due: day(today + 3), ivl: 10, factor: 2500}, State{Review, today + 3, today - 7, 10, 250, 2, 0}},
		{"learning", fixtureCard{kind: 1, queue: 1, due: now.Unix() + 60, left: 2002}, State{Learning, today, today, 0, 250, 0, 0}},
		{"learning over the night", fixtureCard{kind: 1, queue: 3, due: day(today + 1)}, State{Learning, today + 1, today, 0, 250, 0, 0}},
		{"suspended learning, a time", fixtureCard{kind: 1, queue: -1, due: now.Unix()}, State{Learning, today, today, 0, 250, 0, 0}},
		{"suspended learning, a day", fixtureCard{kind: 1, queue: -1, due: day(today)}, State{Learning, today, today, 0, 250, 0, 0}},
		{"before the rollover", fixtureCard{kind: 1, queue: 1, due: now.Unix() - 9*3600}, State{Learning, today - 1, today - 1, 0, 250, 0, 0}},
		{"filtered", fixtureCard{kind: 2, queue: 2, due: -100000, ivl: 10, factor: 2500, home: 2, odue: int(day(today + 5))}, State{Review, today + 5, today - 5, 10, 250, 2, 0}},
		{"preview", fixtureCard{kind: 2, queue: 4, due: now.Unix(), ivl: 10, factor: 2500, home: 2, odue: int(day(today + 5))}, State{Review, today + 5, today - 5, 10, 250, 2, 0}},
		{"absurd", fixtureCard{kind: 2, queue: 2, due: 1 << 40, ivl: 1 << 30, factor: 1 << 30, reps: -4, lapses: -5}, State{Review, today, 0, 36500, 9999, 2, 0}},
		{"no interval", fixtureCard{kind: 2, queue: 2, due: day(today)}, State{Review, today, today - 1, 1, 250, 2, 0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := stock()
			f.note(basicType, []int{0}, "a", "b")
			tt.card.id, tt.card.note = 1001, 1000
			if tt.card.deck = 1; tt.card.home != 0 {
				tt.card.deck = 99
			}
			*f.card(1001) = tt.card
			check(t, "state", tt.want, learned(t, f).Now)
		})
	}
}

func TestMarksOfCards(t *testing.T) {
	f := stock()
	f.note(basicType, []int{0}, "a", "b")
	*f.card(1001) = fixtureCard{id: 1001, note: 1000, deck: 1, queue: -1, flags: 8 + 3, changed: at(today-1) / 1000}
	p := learned(t, f)
	check(t, "suspended and flagged", []any{true, false, int8(3), int32(today - 1)}, []any{p.Suspended, p.Buried, p.Flag, p.ChangedDay})
	f.card(1001).queue = -3
	p = learned(t, f)
	check(t, "buried", []bool{false, true}, []bool{p.Suspended, p.Buried})
}

func TestDaysAreDatesWhereTheCollectionWasMade(t *testing.T) {
	for name, conf := range map[string]map[string]any{
		"its own zone":       {"schedVer": 2, "creationOffset": 300},
		"the learner's zone": {"schedVer": 2},
	} {
		f := stock()
		f.conf = conf
		f.created = time.Date(2025, 1, 1, 4, 0, 0, 0, time.FixedZone("EST", -5*3600)) // 17:00 of that day in Shanghai
		f.note(basicType, []int{0}, "a", "b")
		*f.card(1001) = fixtureCard{id: 1001, note: 1000, deck: 1, kind: 2, queue: 2, due: today - firstDay, ivl: 3, factor: 2500}
		check(t, name, int32(today), learned(t, f).Now.Due)
	}
	f := stock()
	f.conf["rollover"] = 13
	f.note(basicType, []int{0}, "a", "b")
	f.log = []fixtureLog{{at(today), 1001, 3, 1, 0, 2500, 1, 0}}
	f.card(1001).kind = 2
	check(t, "noon is before a rollover at 13", int32(today-1), learned(t, f).Events[0].Day)
}
