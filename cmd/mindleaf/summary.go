package main

import (
	"context"
	"fmt"
	"time"

	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/session"
	"github.com/mindleaf/mindleaf/store"
)

// summarise leaves a short account of the sitting in the scrollback.
func (a *app) summarise(ctx context.Context, lib *library, s session.Summary) error {
	if s.Answered == 0 && s.Drills == 0 {
		a.say("Nothing answered this time.")
		return nil
	}
	line := a.t("%d cards answered in %s", s.Answered, a.duration(s.Time))
	if s.Drills > 0 {
		line += a.t(", %d drilled", s.Drills)
	}
	if tested := s.Passed + s.Failed; tested > 0 {
		line += a.t(", retention %d%%", percent(int64(s.Passed), int64(tested)))
	}
	a.sayWrapped(line)
	for _, m := range s.Sections {
		path, err := lib.SectionPath(ctx, m.Section)
		if err != nil {
			return err
		}
		if len(path) == 0 {
			path = []string{a.t("cards without a section")}
		}
		if change := a.moved(m.Before, m.After); change != "" {
			a.say("  %s: %s", joinPath(path), change)
		}
	}
	tomorrow, err := lib.DueCount(ctx, store.Filter{}, lib.day+1)
	if err != nil {
		return err
	}
	a.say("Tomorrow: %d due.", tomorrow)
	return nil
}

// moved says how the cards of a section went from one stage to another.
func (a *app) moved(before, after srs.Counts) string {
	out := ""
	for _, c := range []struct {
		name string
		n    int64
	}{
		{a.t("new"), after.New - before.New}, {a.t("learning"), after.Learning - before.Learning},
		{a.t("young"), after.Young - before.Young}, {a.t("mature"), after.Mature - before.Mature},
		{a.t("suspended"), after.Suspended - before.Suspended},
	} {
		if c.n == 0 {
			continue
		}
		if out != "" {
			out += a.t(", ")
		}
		out += fmt.Sprintf("%s %+d", c.name, c.n)
	}
	return out
}

// nothingToDo says when the next card comes.
func (a *app) nothingToDo(ctx context.Context, lib *library) error {
	decks, err := lib.Decks(ctx, lib.day)
	if err != nil {
		return err
	}
	if len(decks) == 0 {
		a.say("There are no decks. Bring one in with mindleaf import FILE.")
		return nil
	}
	a.say("Nothing is due now: done for today.")
	next, err := lib.DueForecast(ctx, store.Filter{}, lib.day+1, lib.day+365)
	if err != nil {
		return err
	}
	for day := lib.day + 1; day <= lib.day+365; day++ {
		if n := next[day]; n > 0 {
			a.say("Next: %d cards on %s.", n, day)
			break
		}
	}
	return nil
}

// days writes a number of days the short way: 1d, 3w... as days, months, years.
func (a *app) days(n int) string {
	switch {
	case n < 1:
		return a.t("today")
	case n < 60:
		return a.t("%dd", n)
	case n < 730:
		return a.t("%.1fmo", float64(n)/30.44)
	}
	return a.t("%.1fy", float64(n)/365.25)
}

func (a *app) duration(d time.Duration) string {
	d = d.Round(time.Second)
	if d < time.Minute {
		return a.t("%ds", int(d.Seconds()))
	}
	return a.t("%dmin %ds", int(d.Minutes()), int(d.Seconds())%60)
}

// percent returns part of whole in percent, rounded down so that 100 means all.
func percent(part, whole int64) int64 {
	if whole == 0 {
		return 0
	}
	return part * 100 / whole
}
