package session

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/srs"
)

const today srs.Day = 1000

var noon = time.Date(2026, 3, 1, 12, 0, 0, 123456789, time.UTC)

func TestOrder(t *testing.T) {
	cards := []srs.Card{
		due(1, 100, today-10), // 0.1 of its interval overdue
		due(2, 1, today),      // on time, short
		due(3, 10, today-5),   // 0.5
		due(4, 50, today),     // on time, long
		due(5, 4, today-2),    // 0.5, shorter
		due(6, 1, today-3),    // 3
		due(7, 10, today+5),   // ahead
	}
	want := []int64{6, 5, 3, 1, 2, 4, 7}
	for range 20 {
		var got []int64
		for _, c := range Order(cards, today) {
			got = append(got, c.ID)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		cards = append(cards[3:], cards[:3]...) // whatever the order it is given
	}
}

func TestNew(t *testing.T) {
	hidden := due(9, 5, today)
	hidden.State.Suspended = true
	buried := fresh(9)
	buried.State.BuriedDay = today
	drilled := func(id int64, day srs.Day) srs.Card {
		c := due(id, 1, today+1)
		c.State.DrillDay, c.State.LastDay = day, today
		return c
	}
	again, twice := due(1, 10, today), due(3, 20, today)
	again.State.LastDay, twice.State.LastDay = today, today
	tests := []struct {
		name     string
		options  Options
		want     []int64
		deferred int
	}{
		{"nothing", Options{}, nil, 0},
		{"one new among two", Options{Due: []srs.Card{due(1, 5, today-1), due(2, 9, today)}, New: []srs.Card{fresh(3)}},
			[]int64{1, 3, 2}, 0},
		{"evenly", Options{
			Due: []srs.Card{due(1, 1, today), due(2, 2, today), due(3, 3, today), due(4, 4, today), due(5, 5, today), due(6, 6, today)},
			New: []srs.Card{fresh(11), fresh(12)},
		}, []int64{1, 2, 11, 3, 4, 12, 5, 6}, 0},
		{"more new than due", Options{Due: []srs.Card{due(1, 1, today)}, New: []srs.Card{fresh(2), fresh(3), fresh(4)}},
			[]int64{1, 2, 3, 4}, 0},
		{"drill last", Options{Drill: []srs.Card{drilled(7, today), drilled(8, today)}, New: []srs.Card{fresh(1)}},
			[]int64{1, 7, 8}, 0},
		{"drill of another day", Options{Drill: []srs.Card{drilled(7, today-1)}}, nil, 0},
		{"hidden", Options{Due: []srs.Card{hidden}, New: []srs.Card{buried}}, nil, 0},
		{"twice", Options{Due: []srs.Card{due(1, 1, today), due(1, 1, today)}, New: []srs.Card{fresh(2), fresh(2)}},
			[]int64{1, 2}, 0},
		{"of siblings the one waiting longest", Options{Due: []srs.Card{
			of(5, due(1, 1, today-1)), of(5, due(2, 300, today-3)), of(5, due(3, 2, today))}}, []int64{2}, 2},
		{"leaf seen today", Options{Due: []srs.Card{of(5, due(1, 1, today))}, New: []srs.Card{of(5, fresh(2)), fresh(3)},
			Seen: map[int64]bool{5: true}}, []int64{3}, 1},
		{"made due again beside one that waits longer", Options{Due: []srs.Card{of(1, due(2, 5, today-9)), again},
			Seen: map[int64]bool{1: true}}, []int64{1}, 1},
		{"siblings made due again", Options{Due: []srs.Card{of(1, due(2, 5, today-9)), again, of(1, twice)},
			Seen: map[int64]bool{1: true}}, []int64{1, 3}, 1},
		{"seen today and made due again", Options{Due: []srs.Card{again}, Seen: map[int64]bool{1: true}}, []int64{1}, 0},
		{"leaf in drill", Options{Due: []srs.Card{of(7, due(1, 1, today))}, Drill: []srs.Card{drilled(7, today)}}, []int64{7}, 1},
		{"new sibling of a due card", Options{Due: []srs.Card{due(1, 1, today)}, New: []srs.Card{of(1, fresh(2)), fresh(3)}},
			[]int64{1, 3}, 0},
		{"new siblings", Options{New: []srs.Card{of(5, fresh(1)), of(5, fresh(2)), fresh(3)}}, []int64{1, 3}, 0},
		{"no leaf, no siblings", Options{Due: []srs.Card{of(0, due(1, 1, today)), of(0, due(2, 2, today))},
			New: []srs.Card{of(0, fresh(3)), of(0, fresh(4))}}, []int64{1, 3, 2, 4}, 0},
		{"limit", Options{Limit: 3, Due: []srs.Card{due(1, 1, today), due(2, 2, today)},
			New: []srs.Card{fresh(3), fresh(4)}}, []int64{1, 3, 2}, 0},
		{"limit below due", Options{Limit: 1, Due: []srs.Card{due(1, 9, today), due(2, 2, today)},
			New: []srs.Card{fresh(3)}}, []int64{2}, 0},
		{"limit with drill", Options{Limit: 2, Due: []srs.Card{due(1, 1, today), due(2, 2, today)},
			Drill: []srs.Card{drilled(7, today)}}, []int64{1, 7}, 0},
		{"limit below drill", Options{Limit: 1, Due: []srs.Card{due(1, 1, today)},
			Drill: []srs.Card{drilled(7, today), drilled(8, today)}}, []int64{7}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.options.Day = today
			s := New(tt.options)
			if diff := cmp.Diff(tt.want, left(s)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got := s.Deferred(); got != tt.deferred {
				t.Errorf("got %d deferred, want %d", got, tt.deferred)
			}
		})
	}
}

func TestPick(t *testing.T) {
	candidates := []srs.Card{of(1, fresh(1)), of(1, fresh(2)), of(2, fresh(3)), of(3, fresh(4)), of(0, fresh(5)), of(0, fresh(6)), of(9, fresh(7))}
	read := 0
	stream := func(yield func(srs.Card) bool) {
		for _, c := range candidates {
			read++
			if !yield(c) {
				return
			}
		}
	}
	var got []int64
	for _, c := range Pick(stream, 4, map[int64]bool{2: true}) {
		got = append(got, c.ID)
	}
	if diff := cmp.Diff([]int64{1, 4, 5, 6}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if read != 6 {
		t.Errorf("got %d candidates read, want 6", read)
	}
	if got := Pick(stream, 0, nil); got != nil || read != 6 {
		t.Errorf("limit 0: got %v after reading %d more, want nothing", got, read-6)
	}
}

// answer grades the current card and records it.
func answer(t *testing.T, j *journal, s *Session, g srs.Grade) srs.Step {
	t.Helper()
	e, err := s.Grade(g, noon, 1500*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	step := j.record(e)
	s.Recorded(step)
	return step
}

func TestSitting(t *testing.T) {
	j := newJournal(t, due(1, 4, today-1), due(2, 10, today), fresh(3))
	s := New(j.options(today))
	want := func(what string, ids []int64, l Left, done int) {
		t.Helper()
		gotDone, total := s.Position()
		if !slices.Equal(left(s), ids) || s.Left() != l || gotDone != done || total != 3 {
			t.Fatalf("%s: got %v left, %+v, position %d of %d", what, left(s), s.Left(), gotDone, total)
		}
	}
	want("start", []int64{1, 3, 2}, Left{New: 1, Review: 2}, 0)
	answer(t, j, s, srs.Again)
	want("again", []int64{3, 2, 1}, Left{New: 1, Learning: 1, Review: 1}, 0)
	s.Skip()
	want("skip", []int64{2, 3, 1}, Left{New: 1, Learning: 1, Review: 1}, 0)
	answer(t, j, s, srs.Good)
	want("good", []int64{3, 1}, Left{New: 1, Learning: 1}, 1)
	answer(t, j, s, srs.Hard)
	want("hard", []int64{1, 3}, Left{Learning: 2}, 1)
	if step := answer(t, j, s, srs.Hard); step.Event.Kind != srs.DrillEvent || step.After != step.Before {
		t.Fatalf("got %+v, want a drill event that changes nothing", step)
	}
	want("drill hard", []int64{3, 1}, Left{Learning: 2}, 1)
	answer(t, j, s, srs.Good)
	answer(t, j, s, srs.Easy)
	want("over", nil, Left{}, 3)
	if _, ok := s.Current(); ok {
		t.Error("got a card after the last")
	}
	if _, err := s.Grade(srs.Good, noon, 0); err == nil {
		t.Error("graded after the last card")
	}
	if e := s.Bury(noon); e.Kind != 0 {
		t.Error("buried after the last card")
	}
	s.Skip()
	wantSummary := Summary{
		Answered: 3, New: 1, Drills: 3, Time: 9 * time.Second, Passed: 1, Failed: 1,
		Grades: [6]int{2: 1, 3: 1, 4: 1},
		Sections: []Moved{{
			Before: srs.Counts{New: 1, Young: 2},
			After:  srs.Counts{Learning: 2, Mature: 1},
		}},
	}
	if diff := cmp.Diff(wantSummary, s.Summary()); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
	j.check(t)
}

func TestEvent(t *testing.T) {
	c := due(1, 4, today)
	s := New(Options{Day: today, Due: []srs.Card{c}, Scheduler: newJournal(t).scheduler})
	got, err := s.Grade(srs.Hard, noon, 1234567*time.Microsecond)
	if err != nil {
		t.Fatal(err)
	}
	want := srs.Event{
		Kind: srs.ReviewEvent, Card: 1, Day: today, Grade: srs.Hard,
		At: time.Date(2026, 3, 1, 12, 0, 0, 123e6, time.UTC), Took: 1234 * time.Millisecond,
		Scheduler: "sm2 reading=program multiplier=100 fuzz=on max=36500",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := s.Grade(srs.Hard, noon, 0); err == nil {
		t.Error("graded again while an answer waits")
	}
	s.Revert()
	if _, err := s.Grade(6, noon, 0); err == nil {
		t.Error("graded 6")
	}
	if e, err := s.Grade(srs.Good, noon, -time.Hour); err != nil || e.Took != 0 {
		t.Errorf("got %v taken, error %v, want 0", e.Took, err)
	}
}

func TestPreview(t *testing.T) {
	j := newJournal(t, due(1, 4, today), fresh(2), due(3, 50, today))
	s := New(j.options(today))
	for _, g := range []srs.Grade{2, 3, 5, 0, 4, 1, 3, 5, 4, 4, 4, 4} {
		if _, ok := s.Current(); !ok {
			break
		}
		preview := s.Preview()
		if got, want := preview[g], answer(t, j, s, g).After; got != want {
			t.Errorf("grade %d: got %+v, want %+v", g, got, want)
		}
	}
	if got := s.Preview(); got != [6]srs.State{} {
		t.Errorf("after the last: got %+v", got)
	}
}

// TestOtherTerminal records a state other than expected: the card goes where
// that asks.
func TestOtherTerminal(t *testing.T) {
	j := newJournal(t, due(1, 4, today), due(2, 9, today))
	s := New(j.options(today))
	e, err := s.Grade(srs.Again, noon, 0)
	if err != nil {
		t.Fatal(err)
	}
	j.record(srs.Event{Kind: srs.SuspendEvent, Card: 1, Day: today, At: noon})
	s.Recorded(j.record(e))
	if got := left(s); !slices.Equal(got, []int64{2}) {
		t.Errorf("suspended elsewhere: got %v left, want 2 only", got)
	}
	last, ok := s.CanUndo()
	if !ok || last.Key != (srs.EventKey{Device: 1, Seq: 2}) {
		t.Fatalf("got event %+v to undo, %v", last, ok)
	}
	s.Undone(j.undo(t, last))
	if turn, _ := s.Current(); turn.Card.State != j.fold(t, 1) || !turn.Card.State.Suspended {
		t.Errorf("got %+v, want the state of the store", turn.Card.State)
	}
}

// TestDrillApart keeps two other cards between two drills of one card.
func TestDrillApart(t *testing.T) {
	j := newJournal(t, fresh(1), fresh(2), fresh(3), fresh(4))
	s := New(j.options(today))
	var asked []int64
	for n := 0; n < 30; n++ {
		turn, ok := s.Current()
		if !ok {
			break
		}
		asked = append(asked, turn.Card.ID)
		g := srs.Again
		if n > 12 {
			g = srs.Good
		}
		answer(t, j, s, g)
	}
	if len(asked) != 17 {
		t.Errorf("got %d turns, want 17: %v", len(asked), asked)
	}
	for i := 2; i < 13; i++ {
		if asked[i] == asked[i-1] || asked[i] == asked[i-2] {
			t.Errorf("card %d comes again too soon: %v", asked[i], asked)
		}
	}
}

// TestNoSiblingStarves lets a card fail every second day: measured by its
// interval it is always the more overdue one, yet its sibling comes.
func TestNoSiblingStarves(t *testing.T) {
	j := newJournal(t, of(1, due(1, 1, today)), of(1, due(2, 500, today)))
	for day := today; day < today+6; day += 2 {
		s := New(j.options(day))
		if turn, _ := s.Current(); turn.Card.ID == 2 {
			return
		}
		answer(t, j, s, srs.Again)
	}
	t.Error("the sibling with the long interval never came")
}
