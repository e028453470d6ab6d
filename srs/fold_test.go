package srs

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// plain is a scheduler of which every review shows in the state.
type plain struct{}

func (plain) Name() string { return "plain" }

func (plain) Next(s State, seed uint32, g Grade, day Day) State {
	s.Phase = Review
	s.IntervalDays = s.IntervalDays*31%10007 + int32(g) + int32(seed%7)
	s.Due, s.LastDay = day+1+Day(s.IntervalDays), day
	s.Reviews++
	return s
}

func plains(string) (Scheduler, error) { return plain{}, nil }

// log numbers events of device 1 in their order.
func log(events ...Event) []Event {
	for i := range events {
		events[i].Key = EventKey{Device: 1, Seq: int64(i + 1)}
		events[i].Clock = int64(i + 1)
	}
	return events
}

func undo(seq int64) Event {
	return Event{Kind: UndoEvent, Target: EventKey{Device: 1, Seq: seq}}
}

func TestLive(t *testing.T) {
	review := Event{Kind: ReviewEvent, Grade: Good}
	tests := []struct {
		name   string
		events []Event
		want   []int64
	}{
		{"empty", nil, nil},
		{"no undo", log(review, review), []int64{1, 2}},
		{"undo of the last", log(review, review, undo(2)), []int64{1}},
		{"undo of an earlier one", log(review, review, undo(1)), []int64{2}},
		{"undo of an undo", log(review, undo(1), undo(2)), []int64{1}},
		{"undo of an undo of an undo", log(review, undo(1), undo(2), undo(3)), nil},
		{"undone twice, one taken back", log(review, undo(1), undo(1), undo(3)), nil},
		{"undo of nothing known", log(review, undo(9)), []int64{1}},
		{"undo of itself", log(review, undo(2)), []int64{1}},
		{"undo of what comes later", log(undo(2), review), []int64{2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			given := slices.Clone(tt.events)
			var got []int64
			for _, e := range Live(given) {
				got = append(got, e.Key.Seq)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.events, given); diff != "" {
				t.Errorf("the log was changed (-want +got):\n%s", diff)
			}
		})
	}
}

func TestApply(t *testing.T) {
	s := NewState()
	steps := []struct {
		event Event
		want  func(*State)
	}{
		{Event{Kind: SetDueEvent, Due: 9}, func(*State) {}},
		{Event{Kind: ReviewEvent, Grade: Hard, Day: 5}, func(s *State) {
			s.Phase, s.Due, s.IntervalDays, s.Reviews, s.LastDay, s.DrillDay = Review, 9, 3, 1, 5, 5
		}},
		{Event{Kind: DrillEvent, Grade: Hard, Day: 5}, func(*State) {}},
		{Event{Kind: DrillEvent, Grade: Good, Day: 5}, func(s *State) { s.DrillDay = 0 }},
		{Event{Kind: BuryEvent, Day: 6}, func(s *State) { s.BuriedDay = 6 }},
		{Event{Kind: UnburyEvent, Day: 6}, func(s *State) { s.BuriedDay = 0 }},
		{Event{Kind: SuspendEvent}, func(s *State) { s.Suspended = true }},
		{Event{Kind: UnsuspendEvent}, func(s *State) { s.Suspended = false }},
		{Event{Kind: SetDueEvent, Due: 40}, func(s *State) { s.Due = 40 }},
		{Event{Kind: RenameEvent, Text: "a\nb"}, func(*State) {}},
		{Event{Kind: OpenLevelEvent, Level: 2}, func(*State) {}},
		{Event{Kind: ResetEvent}, func(s *State) { *s = NewState() }},
	}
	for i, step := range steps {
		want := s
		step.want(&want)
		s = Apply(s, 0, step.event, plain{})
		if diff := cmp.Diff(want, s); diff != "" {
			t.Fatalf("step %d, kind %d (-want +got):\n%s", i, step.event.Kind, diff)
		}
	}
}

func TestHidden(t *testing.T) {
	s := NewState()
	if s.Hidden(-1) || s.Hidden(0) || s.Hidden(7) {
		t.Error("a new card is hidden")
	}
	s.BuriedDay = 7
	if !s.Hidden(6) || !s.Hidden(7) || s.Hidden(8) {
		t.Error("want a buried card hidden on its day and before, not after")
	}
}

func TestFoldUnknownScheduler(t *testing.T) {
	unknown := errors.New("no such scheduler")
	_, _, err := Fold(log(Event{Kind: ReviewEvent}), 0, func(string) (Scheduler, error) { return nil, unknown })
	if !errors.Is(err, unknown) {
		t.Errorf("got error %v, want %v", err, unknown)
	}
}

// FuzzFold compares Fold with the definition, worked out the slow way: an event
// is in force if no undo that comes after it and is in force itself names it.
// Two bytes make an event; the log is given in random order.
func FuzzFold(f *testing.F) {
	f.Add([]byte{0x01, 0x00, 0x01, 0x04, 0x03, 0x01, 0x03, 0x02}, uint64(1))
	f.Add([]byte{0x11, 0x00, 0x13, 0x00, 0x03, 0x01, 0x13, 0x02, 0x08, 0x00}, uint64(2))
	f.Fuzz(func(t *testing.T, data []byte, seed uint64) {
		events := logOf(data)
		wantState, wantSteps := slowFold(events, uint32(seed))
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
		state, steps, err := Fold(events, uint32(seed), plains)
		if err != nil {
			t.Fatal(err)
		}
		if state != wantState {
			t.Errorf("got %+v, want %+v", state, wantState)
		}
		if diff := cmp.Diff(wantSteps, steps); diff != "" {
			t.Errorf("steps (-want +got):\n%s", diff)
		}
	})
}

// logOf makes a log of two devices in its right order. Clocks are often equal.
func logOf(data []byte) (events []Event) {
	var seqs [2]int64
	for i := 0; i+1 < len(data) && len(events) < 200; i += 2 {
		kind, arg := EventKind(data[i]&15), data[i+1]
		device := int64(data[i] >> 4 & 1)
		seqs[device]++
		e := Event{
			Key: EventKey{Device: device, Seq: seqs[device]}, Clock: int64(i / 8),
			Kind: kind, Grade: Grade(arg % 6), Day: Day(i / 6), Due: Day(arg),
		}
		if kind == UndoEvent && len(events) > 0 {
			e.Target = events[int(arg)%len(events)].Key
		}
		events = append(events, e)
	}
	slices.SortFunc(events, func(a, b Event) int {
		if before(&a, &b) {
			return -1
		}
		return 1
	})
	return events
}

func slowFold(events []Event, seed uint32) (State, []Step) {
	s := NewState()
	var steps []Step
	known := make(map[int]bool)
	for i, e := range events {
		if e.Kind == UndoEvent || !inForce(events, i, known) {
			continue
		}
		after := Apply(s, seed, e, plain{})
		steps = append(steps, Step{Event: e, Before: s, After: after})
		s = after
	}
	return s, steps
}

// inForce follows the definition; known keeps it from being exponential.
func inForce(events []Event, i int, known map[int]bool) bool {
	if is, ok := known[i]; ok {
		return is
	}
	known[i] = true
	for j := i + 1; j < len(events); j++ {
		if events[j].Kind == UndoEvent && events[j].Target == events[i].Key && inForce(events, j, known) {
			known[i] = false
		}
	}
	return known[i]
}
