package session

import (
	"slices"
	"testing"

	"github.com/mindleaf/mindleaf/srs"
)

func TestCramLeavesTheScheduleAlone(t *testing.T) {
	hidden := due(4, 5, today+1)
	hidden.State.Suspended = true
	cards := []srs.Card{due(1, 5, today+9), fresh(2), due(3, 2, today-1)}
	j := newJournal(t, cards...)
	s := New(Options{Day: today, Due: []srs.Card{due(9, 1, today)}, Cram: append(cards, hidden, cards[0]), Scheduler: j.scheduler})
	for _, step := range []struct {
		grade srs.Grade
		left  []int64
	}{
		{srs.Again, []int64{2, 3, 1}}, {srs.Good, []int64{3, 1}}, {srs.Hard, []int64{1, 3}}, {srs.Easy, []int64{3}}, {srs.Good, nil},
	} {
		turn, _ := s.Current()
		got := answer(t, j, s, step.grade)
		if got.Event.Kind != srs.DrillEvent || got.After.Due != got.Before.Due || got.After.Phase != got.Before.Phase || got.After.Ease != got.Before.Ease {
			t.Errorf("card %d: %+v, want a drill event that leaves the schedule alone", turn.Card.ID, got)
		}
		if !slices.Equal(left(s), step.left) {
			t.Fatalf("after card %d: got %v left, want %v", turn.Card.ID, left(s), step.left)
		}
	}
	j.check(t)
	if s := New(Options{Day: today, Cram: cards, Limit: 2, Scheduler: j.scheduler}); len(left(s)) != 2 {
		t.Errorf("with a limit of 2 got %v", left(s))
	}
}

func TestChoosesTheDay(t *testing.T) {
	c := due(1, 10, today)
	c.State.LastDay = today - 10
	j := newJournal(t, c)
	asked := 0
	o := Options{Day: today, Due: []srs.Card{c}, Scheduler: j.scheduler, Choose: func(_ srs.Card, after srs.State) srs.Day {
		asked++
		return after.Due + 1
	}}
	s := New(o)
	preview := s.Preview()
	if asked != 3 {
		t.Errorf("asked for a day for %d of 6 grades, want the 3 passed ones", asked)
	}
	step := answer(t, j, s, srs.Good)
	if step.After.Due != preview[srs.Good].Due || step.Event.Due != step.After.Due {
		t.Errorf("due %d with the event's %d, want the previewed %d", step.After.Due, step.Event.Due, preview[srs.Good].Due)
	}
	plain := New(Options{Day: today, Due: []srs.Card{c}, Scheduler: j.scheduler}).Preview()
	if want := plain[srs.Good].Due + 1; step.After.Due != want {
		t.Errorf("due %d, want %d", step.After.Due, want)
	}
	if preview[srs.Again] != plain[srs.Again] {
		t.Errorf("a failure got a chosen day: %+v", preview[srs.Again])
	}
	j.check(t)
}

func TestReturn(t *testing.T) {
	before, later := due(5, 3, today), due(6, 3, today+3)
	drilled := due(7, 1, today+1)
	drilled.State.DrillDay = today
	tests := []struct {
		name string
		card srs.Card
		want []int64
		ok   bool
	}{
		{"due", before, []int64{5, 1, 2}, true},
		{"new", fresh(8), []int64{8, 1, 2}, true},
		{"to drill", drilled, []int64{1, 2, 7}, true},
		{"not due", later, []int64{1, 2}, false},
		{"there already", due(2, 9, today-1), []int64{1, 2}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cards := []srs.Card{due(1, 1, today), due(2, 2, today)}
			j := newJournal(t, append(cards, before, later, drilled, fresh(8))...)
			s := New(Options{Day: today, Due: cards, Scheduler: j.scheduler})
			s.Skip()
			s.Skip()
			if ok := s.Return(tt.card); ok != tt.ok || !slices.Equal(left(s), tt.want) {
				t.Errorf("got %v and %v left, want %v and %v", ok, left(s), tt.ok, tt.want)
			}
			if _, total := s.Position(); total != max(2, len(tt.want)) {
				t.Errorf("got a total of %d with %v", total, tt.want)
			}
			for range tt.want {
				answer(t, j, s, srs.Good)
			}
			for range tt.want {
				e, _ := s.CanUndo()
				s.Undone(j.undo(t, e))
			}
			if !slices.Equal(left(s), tt.want) {
				t.Errorf("all taken back: got %v left, want %v", left(s), tt.want)
			}
		})
	}
}

func TestChanged(t *testing.T) {
	c := due(1, 1, today)
	s := New(Options{Day: today, Due: []srs.Card{c}, Scheduler: newJournal(t, c).scheduler})
	st := c.State
	st.Flag = 3
	s.Changed(st)
	if turn, _ := s.Current(); turn.Card.State.Flag != 3 {
		t.Errorf("got %+v, want the flag", turn)
	}
}
