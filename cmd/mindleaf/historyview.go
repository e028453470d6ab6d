package main

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
)

// historyBlocks tell the life of a card in width columns: the curve of its recall
// probability up to day, and a row for every step that counts, the day before what
// happened on it. events are all of the card's, steps what srs.Fold makes of them.
func (a *app) historyBlocks(day srs.Day, events []srs.Event, steps []srs.Step, width int) []term.Block {
	if len(steps) == 0 {
		return []term.Block{{Kind: term.Detail, Text: a.t("never reviewed")}}
	}
	var blocks []term.Block
	if curve := a.recallCurve(day, steps, width); len(curve) > 0 {
		blocks = []term.Block{
			{Kind: term.Heading, Text: a.t("Recall, day by day")}, {Kind: term.Verbatim, Text: strings.Join(curve, "\n")}, {Kind: term.Question},
		}
	}
	rows := make([]string, len(steps))
	for i, s := range steps {
		rows[i] = a.historyRow(s, width)
	}
	blocks = append(blocks, term.Block{Kind: term.Pairs, Text: strings.Join(rows, "\n")})
	if n := undoneAnswers(events, steps); n > 0 {
		blocks = append(blocks, term.Block{Kind: term.Detail, Text: a.t("%d other events were taken back", n)})
	}
	return blocks
}

// undoneAnswers counts what the learner took back and did not bring back.
func undoneAnswers(events []srs.Event, steps []srs.Step) int {
	n := -len(steps)
	for _, e := range events {
		if e.Kind != srs.UndoEvent {
			n++
		}
	}
	return n
}

// recallCurve draws the recall probability from when the card was begun to day, one
// column for as many days as needed; a column shows its lowest day. There is no
// curve where that was never, or on that day.
func (a *app) recallCurve(day srs.Day, steps []srs.Step, width int) []string {
	first, found := srs.Day(0), false
	for _, s := range steps {
		if !found && s.After.Phase != srs.New {
			first, found = s.Event.Day, true
		}
	}
	days := int(day-first) + 1
	if !found || days < 2 {
		return nil
	}
	columns := min(max(width-len("100% "), 4), days)
	c := chart{
		values: make([]float64, columns), top: 1, most: func(v float64) string { return fmt.Sprintf("%.0f%%", 100*v) },
		labels: map[int]string{0: first.String(), columns - 1: day.String()}, solid: true,
	}
	lowest := 1.0
	for i := range c.values {
		from, to := first+srs.Day(i*days/columns), first+srs.Day((i+1)*days/columns)
		c.values[i] = 1
		for d := from; d < to; d++ {
			c.values[i] = min(c.values[i], recallOn(steps, d))
		}
		lowest = min(lowest, c.values[i])
	}
	c.bottom = max(min(math.Floor(lowest*10)/10, 0.8), 0)
	return a.chartLines(c, width)
}

// recallOn is the recall probability on a day before anything is answered on
// it; 1 on the day of the first review.
func recallOn(steps []srs.Step, day srs.Day) float64 {
	var s srs.State
	for _, step := range steps {
		if step.Event.Day >= day && s.Phase != srs.New {
			break
		}
		s = step.After
		if step.Event.Day >= day {
			break
		}
	}
	return sm2.Recall(s, day)
}

// historyRow is one step: when, what, and for a review the interval and the ease
// factor before and after, and the time it took.
func (a *app) historyRow(s srs.Step, width int) string {
	e := s.Event
	when := e.At.Format("2006-01-02 15:04")
	if width < 60 {
		when = e.Day.String()
	}
	row := when + "  " + a.whatHappened(e)
	if e.Kind != srs.ReviewEvent && e.Kind != srs.ForeignReviewEvent && e.Kind != srs.SetStateEvent {
		return row
	}
	row += fmt.Sprintf("  %s → %s", a.interval(s.Before), a.interval(s.After))
	if width >= 60 {
		row += fmt.Sprintf("  %s %.2f → %.2f", a.t("ease"), float64(s.Before.Ease)/100, float64(s.After.Ease)/100)
		if e.Took > 0 {
			row += "  " + a.duration(e.Took.Round(time.Second))
		}
	} else {
		row += fmt.Sprintf("  %.2f", float64(s.After.Ease)/100)
	}
	return row
}

func (a *app) interval(s srs.State) string {
	if s.Phase == srs.New {
		return a.t("new")
	}
	return a.days(int(max(s.IntervalDays, 1)))
}

// whatHappened names an event.
func (a *app) whatHappened(e srs.Event) string {
	switch e.Kind {
	case srs.ReviewEvent:
		return term.PadRight(a.gradeName(e.Grade), 5)
	case srs.DrillEvent:
		return a.t("%s (%s)", a.gradeName(e.Grade), a.t("drill"))
	case srs.ForeignReviewEvent:
		return a.t("%s (%s)", a.gradeName(e.Grade), a.t("elsewhere"))
	case srs.SetStateEvent:
		return a.t("taken over or placed")
	case srs.FlagEvent:
		return a.t("flag %d", e.Flag)
	case srs.MarkDrillEvent:
		return a.t("put into the drill")
	case srs.SuspendEvent:
		return a.t("suspended")
	case srs.UnsuspendEvent:
		return a.t("no longer suspended")
	case srs.BuryEvent:
		return a.t("buried until tomorrow")
	case srs.UnburyEvent:
		return a.t("no longer buried")
	case srs.ResetEvent:
		return a.t("reset")
	case srs.SetDueEvent:
		return a.t("due set to %s", e.Due)
	}
	return a.t("moved or renamed")
}
