package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/simulate"
	"github.com/mindleaf/mindleaf/srs/sm2"
)

// What a simulation takes for granted.
const (
	simulatedRuns  = 5
	enoughReviews  = 50    // of a stage, for the learner's own share
	defaultMillis  = 10000 // an answer, where there are none yet
	simulatedYear  = yearDays
	millisAMinute  = 60000
	firstMonthDays = 30
	quarterDays    = 90
)

// outlook is what a simulation foresees.
type outlook struct {
	NewPerDay         int `json:"new_per_day"`
	ReviewsPerDay     int `json:"reviews_per_day"`
	MultiplierPercent int `json:"multiplier_percent"`
	// Spans are the days 1 to 30, 31 to 90 and 91 to 365.
	Spans []outlookSpan `json:"spans"`
	// NewLastDays is for how many days there are new cards; null when there are
	// some left after the year.
	NewLastDays *int    `json:"new_last_days"`
	Mature      float64 `json:"mature_after_365_days"`
	// Waiting is how many due cards the limit leaves undone at the end.
	Waiting float64 `json:"waiting_after_365_days"`
}

type outlookSpan struct {
	From    int     `json:"from_day"`
	To      int     `json:"to_day"`
	Reviews float64 `json:"reviews_a_day"`
	Minutes float64 `json:"minutes_a_day"`
}

// runWhatIf simulates the present settings and the changed ones.
func (a *app) runWhatIf(ctx context.Context, lib *library, changes []string) error {
	changed, err := changeSettings(a.config, changes)
	if err != nil {
		return err
	}
	o, err := a.simulation(ctx, lib)
	if err != nil {
		return err
	}
	now, err := foresee(o, a.config)
	if err != nil {
		return err
	}
	then, err := foresee(o, changed)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(map[string]outlook{"now": now, "what_if": then})
	}
	a.printOutlook(now, then, strings.Join(changes, " "))
	return nil
}

// changeSettings returns the settings with changes such as new=20.
func changeSettings(c config, changes []string) (config, error) {
	for _, change := range changes {
		name, value, _ := strings.Cut(change, "=")
		s, ok := map[string]struct {
			key string
			to  *int
		}{
			"new": {"review.new_per_day", &c.Review.NewPerDay}, "limit": {"review.reviews_per_day", &c.Review.ReviewsPerDay},
			"multiplier": {"sm2.multiplier_percent", &c.SM2.MultiplierPercent},
		}[name]
		if !ok {
			return c, usagef("--what-if takes new=N, limit=N and multiplier=N, not %q", change)
		}
		setting, err := findSetting(s.key)
		if err != nil {
			return c, err
		}
		if err := setting.check(value); err != nil {
			return c, usagef("--what-if %s: %w", name, err)
		}
		*s.to, _ = strconv.Atoi(value) // check has read it
	}
	return c, nil
}

// simulation gathers what every run starts from: the cards, and how the learner
// answered in the last year.
func (a *app) simulation(ctx context.Context, lib *library) (simulate.Options, error) {
	o := simulate.Options{Day: lib.day + 1, Days: simulatedYear}
	tallies, err := lib.Tallies(ctx, lib.day-yearDays+1, lib.day)
	if err != nil {
		return o, err
	}
	var all srs.Tally
	for _, t := range tallies {
		all = all.Add(t.Tally)
	}
	o.Learner = learnerOf(all)
	if o.Cards, err = lib.ReviewedCards(ctx); err != nil {
		return o, err
	}
	decks, err := lib.Decks(ctx, lib.day)
	for _, d := range decks {
		o.New += int(d.Counts.New)
	}
	return o, err
}

// learnerOf is a learner who answers like one with these reviews.
func learnerOf(t srs.Tally) simulate.Learner {
	l := simulate.Learner{Millis: defaultMillis, Recall: sm2.Recall}
	if n := t.Answers(); n > 0 {
		l.Millis = t.Millis / n
	}
	for at := range srs.Stage(srs.Stages) {
		l.Passed[at] = -1
		if n := t.Reviews(at); n >= enoughReviews {
			l.Passed[at] = float64(t.Passed(at)) / float64(n)
		} else if at == srs.NewStage {
			l.Passed[at] = 1 // nobody can have forgotten what was never learned
		}
		for i := range l.Buttons[at] {
			l.Buttons[at][i] = float64(t.Buttons[at][i+1])
		}
	}
	return l
}

// foresee is the mean of several simulated years.
func foresee(o simulate.Options, c config) (outlook, error) {
	scheduler, err := c.scheduler()
	if err != nil {
		return outlook{}, err
	}
	o.Scheduler, o.NewPerDay, o.ReviewsPerDay = scheduler, c.Review.NewPerDay, c.Review.ReviewsPerDay
	out := outlook{
		NewPerDay: o.NewPerDay, ReviewsPerDay: o.ReviewsPerDay, MultiplierPercent: c.SM2.MultiplierPercent,
		Spans: []outlookSpan{{From: 1, To: firstMonthDays}, {From: firstMonthDays + 1, To: quarterDays}, {From: quarterDays + 1, To: simulatedYear}},
	}
	out.NewLastDays = newLastDays(o.New, o.NewPerDay)
	for seed := range uint64(simulatedRuns) {
		o.Seed = seed
		days := simulate.Run(o)
		for i := range out.Spans {
			s := &out.Spans[i]
			share := 1 / float64(simulatedRuns*(s.To-s.From+1))
			for _, d := range days[s.From-1 : s.To] {
				s.Reviews += float64(d.Reviews) * share
				s.Minutes += float64(d.Millis) / millisAMinute * share
			}
		}
		last := days[len(days)-1]
		out.Mature += float64(last.Mature) / simulatedRuns
		out.Waiting += float64(last.Waiting) / simulatedRuns
	}
	return out, nil
}

// newLastDays is how many days it takes to begin newCards at perDay a day, none at 0;
// nil when it is more than a year.
func newLastDays(newCards, perDay int) *int {
	days := 0
	if perDay > 0 {
		days = (newCards + perDay - 1) / perDay
	}
	if days > simulatedYear {
		return nil
	}
	return &days
}

// printOutlook writes both as a table.
func (a *app) printOutlook(now, then outlook, change string) {
	rows := [][]string{{"", a.t("now"), change}}
	add := func(name string, of func(outlook) string) { rows = append(rows, []string{name, of(now), of(then)}) }
	for i, s := range now.Spans {
		add(a.t("reviews a day, days %d-%d", s.From, s.To), func(o outlook) string { return fmt.Sprintf("%.1f", o.Spans[i].Reviews) })
		add(a.t("minutes a day, days %d-%d", s.From, s.To), func(o outlook) string { return fmt.Sprintf("%.1f", o.Spans[i].Minutes) })
	}
	add(a.t("days with new cards"), func(o outlook) string {
		if o.NewLastDays == nil {
			return fmt.Sprintf("%d+", simulatedYear)
		}
		return fmt.Sprint(*o.NewLastDays)
	})
	add(a.t("mature after a year"), func(o outlook) string { return fmt.Sprintf("%.0f", o.Mature) })
	add(a.t("left undone then"), func(o outlook) string { return fmt.Sprintf("%.0f", o.Waiting) })
	lines := aligned(rows, 1)
	if a.toTerminal() && term.Width(lines[0]) >= a.columns() {
		lines = stacked(rows)
	}
	for _, l := range lines {
		fmt.Fprintln(a.stdout, l)
	}
	for _, l := range a.wrapLine(a.t("A simulation with your own figures; mindleaf stats --help says what it leaves out.")) {
		fmt.Fprintln(a.stdout, l)
	}
}

// stacked sets each row in two lines, the name and the numbers, for a terminal
// too narrow for one.
func stacked(rows [][]string) (lines []string) {
	numbers := make([][]string, len(rows))
	for i, r := range rows {
		numbers[i] = r[1:]
	}
	for i, l := range aligned(numbers, 0) {
		if rows[i][0] != "" {
			lines = append(lines, rows[i][0])
		}
		lines = append(lines, "  "+l)
	}
	return lines
}
