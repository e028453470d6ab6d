package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
)

// life is a card reviewed four times with one lapse, and one answer taken back.
func life(t *testing.T) ([]srs.Event, []srs.Step) {
	t.Helper()
	settings := sm2.Default()
	settings.Fuzz = false
	s, err := sm2.New(settings)
	if err != nil {
		t.Fatal(err)
	}
	var events []srs.Event
	add := func(e srs.Event, day srs.Day) {
		e.Day, e.At, e.Took = day, day.Date().Add(9*time.Hour), 8*time.Second
		e.Clock = int64(len(events) + 1)
		e.Key = srs.EventKey{Device: 1, Seq: e.Clock}
		if e.Kind == srs.ReviewEvent {
			e.Scheduler = s.Name()
		}
		events = append(events, e)
	}
	add(srs.Event{Kind: srs.ReviewEvent, Grade: srs.Good}, 20000)
	add(srs.Event{Kind: srs.ReviewEvent, Grade: srs.Good}, 20001)
	add(srs.Event{Kind: srs.ReviewEvent, Grade: srs.Easy}, 20007)
	add(srs.Event{Kind: srs.UndoEvent, Target: srs.EventKey{Device: 1, Seq: 3}}, 20007)
	add(srs.Event{Kind: srs.ReviewEvent, Grade: srs.Again}, 20007)
	add(srs.Event{Kind: srs.DrillEvent, Grade: srs.Good}, 20007)
	add(srs.Event{Kind: srs.ReviewEvent, Grade: srs.Hard}, 20008)
	_, steps, err := srs.Fold(events, 1, sm2.Schedulers)
	if err != nil {
		t.Fatal(err)
	}
	return events, steps
}

func TestHistoryBlocks(t *testing.T) {
	events, steps := life(t)
	a := &app{config: defaultConfig()}
	want := []term.Block{
		{Kind: term.Heading, Text: "Recall, day by day"},
		{Kind: term.Verbatim, Text: strings.Trim(`
100% ██  ▆▆▅▅▃▃▂▂▁▁
     ████████████████████▄▄▁▁
     ████████████████████████▇▇▅▅▃▃▂▂▁▁
 60% ████████████████████████████████████▇▇▇▇▆▆▅▅▅▅▄▄▄▄▃▃▃▃▃▃▂▂▂▂▁▁
     2024-10-04                                          2024-11-03
`, "\n")},
		{},
		{Kind: term.Pairs, Text: strings.Trim(`
2024-10-04 09:00  Good   new → 1d  ease 2.50 → 2.50  8s
2024-10-05 09:00  Good   1d → 6d  ease 2.50 → 2.50  8s
2024-10-11 09:00  Again  6d → 1d  ease 2.50 → 2.18  8s
2024-10-11 09:00  Good (drill)
2024-10-12 09:00  Hard   1d → 1d  ease 2.18 → 2.04  8s
`, "\n")},
		{Kind: term.Detail, Text: "1 other event was taken back"},
	}
	if diff := cmp.Diff(want, a.historyBlocks(20030, events, steps, 80)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]term.Block{{Kind: term.Detail, Text: "never reviewed"}}, a.historyBlocks(20030, nil, nil, 80)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRecallOn follows the curve by hand: one on the first day, then what is left
// before each answer.
func TestRecallOn(t *testing.T) {
	_, steps := life(t)
	after := func(interval int32, days srs.Day) float64 {
		return sm2.Recall(srs.State{Phase: srs.Review, IntervalDays: interval}, days)
	}
	for day, want := range map[srs.Day]float64{20000: 1, 20001: after(1, 1), 20007: after(6, 6), 20008: after(1, 1), 20018: after(1, 10)} {
		if got := recallOn(steps, day); got < want-1e-12 || got > want+1e-12 {
			t.Errorf("day %d: got %v, want %v", day, got, want)
		}
	}
}
