package main

import (
	"context"
	"fmt"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/store"
)

// The spans of statistics in study days, today included.
const (
	yearDays     = 365
	forecastDays = 30
	sinceDefault = 30
)

// figures are the statistics, as --json prints them. Their definitions are in
// the help of mindleaf stats.
type figures struct {
	Day       string         `json:"day"`
	SinceDays int            `json:"since_days"`
	Today     doneFigures    `json:"today"`
	Since     doneFigures    `json:"since"`
	Streak    int            `json:"streak"`
	Studied   int            `json:"days_studied_in_365"`
	Counts    jsonCounts     `json:"counts"`
	Due       int64          `json:"due"`
	Recall    *float64       `json:"recall"`
	Year      []dayFigure    `json:"year"`
	Forecast  []dueFigure    `json:"forecast"`
	Retention []spanFigure   `json:"retention"`
	Intervals []bucketFigure `json:"intervals"`
	Ease      []bucketFigure `json:"ease"`
	Buttons   []buttonFigure `json:"buttons"`
	Hours     []hourFigure   `json:"hours"`
	Took      []bucketFigure `json:"took"`
	Decks     []placeFigure  `json:"decks"`
	Sections  []placeFigure  `json:"sections"`
	Levels    []placeFigure  `json:"levels"`

	day     srs.Day
	counts  srs.Counts
	weakest []weakSection
	// byLevel is what was done in the span by the deck.Level of the cards.
	byLevel [4]srs.Tally
}

// doneFigures is what was done in a span of days.
type doneFigures struct {
	Reviews int64 `json:"reviews"`
	New     int64 `json:"new"`
	Drills  int64 `json:"drills"`
	Again   int64 `json:"again"`
	Millis  int64 `json:"millis"`
	// MillisAnAnswer is null where nothing was answered.
	MillisAnAnswer *int64 `json:"millis_an_answer"`
	// DaysStudied are the days on which something was answered.
	DaysStudied int `json:"days_studied"`
}

type dayFigure struct {
	Day     string `json:"day"`
	Answers int64  `json:"answers"`
	Millis  int64  `json:"millis"`
	day     srs.Day
}

type dueFigure struct {
	Day string `json:"day"`
	Due int64  `json:"due"`
}

// testFigure is retention: reviews of cards in review, and the passed ones.
type testFigure struct {
	Tested     int64 `json:"tested"`
	Remembered int64 `json:"remembered"`
}

type spanFigure struct {
	Span   string     `json:"span"`
	Young  testFigure `json:"young"`
	Mature testFigure `json:"mature"`
	All    testFigure `json:"all"`
}

// bucketFigure counts cards or answers from one bound to another, both included;
// To is 0 where there is no upper bound.
type bucketFigure struct {
	From  int64 `json:"from"`
	To    int64 `json:"to"`
	Count int64 `json:"count"`
}

type buttonFigure struct {
	Stage string `json:"stage"`
	Again int64  `json:"again"`
	Hard  int64  `json:"hard"`
	Good  int64  `json:"good"`
	Easy  int64  `json:"easy"`
}

func (b buttonFigure) all() [4]int64 { return [4]int64{b.Again, b.Hard, b.Good, b.Easy} }

func (b buttonFigure) total() int64 { return b.Again + b.Hard + b.Good + b.Easy }

type hourFigure struct {
	Hour    int   `json:"hour"`
	Reviews int64 `json:"reviews"`
	Passed  int64 `json:"passed"`
}

// placeFigure is a deck, a section or a level.
type placeFigure struct {
	Name    string     `json:"name"`
	Path    []string   `json:"path,omitempty"`
	Counts  jsonCounts `json:"counts"`
	Due     int64      `json:"due"`
	Reviews int64      `json:"reviews"`
	testFigure
	Recall  *float64 `json:"recall"`
	Percent *int64   `json:"percent"`
	// Gained is by how many points percent grew in the span; null by level.
	Gained *int64 `json:"gained"`
	depth  int
}

// gather computes the statistics of the last since study days.
func (a *app) gather(ctx context.Context, lib *library, since int) (*figures, error) {
	f := &figures{Day: lib.day.String(), day: lib.day, SinceDays: since}
	if err := f.addDone(ctx, lib, since); err != nil {
		return nil, err
	}
	return f, a.addPlaces(ctx, lib, f, since)
}

// addDone fills in what was done.
func (f *figures) addDone(ctx context.Context, lib *library, since int) error {
	days, err := lib.DayCount(ctx, store.Filter{}, lib.day-srs.Day(max(since, yearDays))+1, lib.day)
	if err != nil {
		return err
	}
	f.addDays(days, since)
	if f.Streak, err = lib.Streak(ctx, lib.day); err != nil {
		return err
	}
	tallies, err := lib.Tallies(ctx, lib.day-srs.Day(since)+1, lib.day)
	if err != nil {
		return err
	}
	f.addTallies(tallies)
	return nil
}

// addDays fills in what follows from what was done on each day.
func (f *figures) addDays(days map[srs.Day]srs.DayCount, since int) {
	sum := func(span int, skip srs.Day) (all srs.DayCount, studied int) {
		for d := f.day - skip - srs.Day(span) + 1; d <= f.day-skip; d++ {
			if c, ok := days[d]; ok {
				all, studied = all.Add(c, 1), studied+1
			}
		}
		return all, studied
	}
	f.Year = make([]dayFigure, 0, yearDays)
	for d := f.day - yearDays + 1; d <= f.day; d++ {
		c := days[d]
		f.Year = append(f.Year, dayFigure{d.String(), c.Reviews + c.Drills, c.Millis, d})
	}
	_, f.Studied = sum(yearDays, 0)
	f.Today = done(sum(1, 0))
	f.Since = done(sum(since, 0))
	for _, s := range []struct {
		name string
		span int
		skip srs.Day
	}{{"today", 1, 0}, {"yesterday", 1, 1}, {"7 days", 7, 0}, {"30 days", 30, 0}, {"365 days", yearDays, 0}} {
		c, _ := sum(s.span, s.skip)
		f.Retention = append(f.Retention, spanFigure{
			Span: s.name, Young: testFigure{c.Young, c.YoungPassed}, Mature: testFigure{c.Mature, c.MaturePassed},
			All: testFigure{c.Young + c.Mature, c.YoungPassed + c.MaturePassed},
		})
	}
}

// addTallies fills in what follows from what was done in each hour of the span
// and at each level.
func (f *figures) addTallies(tallies []store.HourTally) {
	var all srs.Tally
	f.Hours = make([]hourFigure, 24)
	for h := range f.Hours {
		f.Hours[h].Hour = h
	}
	for _, t := range tallies {
		all = all.Add(t.Tally)
		level := max(deck.Level(t.Level), deck.Beginner) // cards of no level are the beginner's
		f.byLevel[level] = f.byLevel[level].Add(t.Tally)
		h := &f.Hours[t.Hour]
		h.Reviews += t.AllReviews()
		for at := range srs.Stage(srs.Stages) {
			h.Passed += t.Passed(at)
		}
	}
	for at, name := range []string{"new", "learning", "young", "mature"} {
		b := all.Buttons[at]
		f.Buttons = append(f.Buttons, buttonFigure{name, b[0], b[1], b[2], b[3]})
	}
	from := int64(0)
	for i, n := range all.Took {
		to := int64(0)
		if i < len(srs.TookBounds) {
			to = srs.TookBounds[i] - 1
		}
		f.Took = append(f.Took, bucketFigure{from, to, n})
		from = to + 1
	}
}

func done(c srs.DayCount, studied int) doneFigures {
	d := doneFigures{Reviews: c.Reviews, New: c.New, Drills: c.Drills, Again: c.Again, Millis: c.Millis, DaysStudied: studied}
	if n := c.Reviews + c.Drills; n > 0 {
		mean := c.Millis / n
		d.MillisAnAnswer = &mean
	}
	return d
}

// intervalBounds and easeBounds are the lower bounds of the buckets, in days and
// hundredths.
var (
	intervalBounds = [...]int64{1, 2, 7, 14, 21, 30, 60, 90, 180, 365}
	easeBounds     = [...]int64{130, 150, 170, 190, 210, 230, 250, 270}
)

// buckets makes the buckets with these lower bounds; the last has no upper one.
func buckets(bounds []int64) []bucketFigure {
	out := make([]bucketFigure, len(bounds))
	for i, b := range bounds {
		out[i].From = b
		if i > 0 {
			out[i-1].To = b - 1
		}
	}
	return out
}

// addTo counts n in its bucket.
func addTo(all []bucketFigure, n int64) {
	i := len(all) - 1
	for i > 0 && all[i].From > n {
		i--
	}
	all[i].Count++
}

// addPlaces fills in what follows from where the cards stand.
func (a *app) addPlaces(ctx context.Context, lib *library, f *figures, since int) error {
	f.Intervals, f.Ease = buckets(intervalBounds[:]), buckets(easeBounds[:])
	for d := range forecastDays {
		f.Forecast = append(f.Forecast, dueFigure{Day: (lib.day + srs.Day(d)).String()})
	}
	var recall meanRecall
	var byLevel [4]meanRecall
	o := progressOptions{lately: store.Lately{Day: lib.day, Long: since, Reviews: true}}
	o.observe = func(c *store.CardState, p float64) {
		recall.add(meanRecall{p, 1})
		byLevel[min(max(c.Level, 1), 3)].add(meanRecall{p, 1})
		addTo(f.Intervals, int64(c.State.IntervalDays))
		addTo(f.Ease, int64(c.State.Ease))
		if ahead := int(max(c.State.Due-lib.day, 0)); ahead < len(f.Forecast) {
			f.Forecast[ahead].Due++
		}
	}
	all, err := lib.Decks(ctx, lib.day)
	if err != nil {
		return err
	}
	decks, err := a.progress(ctx, lib, all, o)
	if err != nil {
		return err
	}
	f.Recall = recall.mean()
	f.Decks, f.Sections, f.Levels = []placeFigure{}, []placeFigure{}, []placeFigure{}
	for i := range decks {
		d := &decks[i]
		f.counts, f.Due = f.counts.Add(d.counts, 1), f.Due+d.Due
		f.Decks = append(f.Decks, placeOf(&d.branch, nil))
		f.addSections(d.Sections, nil)
	}
	f.Counts = countsJSON(f.counts)
	f.weakest = weakest(decks)
	return f.addLevels(ctx, lib, decks, byLevel)
}

func placeOf(b *branch, path []string) placeFigure {
	return placeFigure{
		Name: b.Name, Path: path, Counts: b.Counts, Due: b.Due, Reviews: b.recent.Reviews,
		testFigure: testFigure{b.recent.Tested, b.recent.Remembered}, Recall: b.Recall, Percent: b.Percent, Gained: b.Trend30,
		depth: len(path),
	}
}

// sectionDepth is how many levels of sections the statistics list.
const sectionDepth = 2

func (f *figures) addSections(branches []*branch, path []string) {
	if len(path) == sectionDepth {
		return
	}
	for _, b := range branches {
		below := append(path[:len(path):len(path)], b.Name)
		f.Sections = append(f.Sections, placeOf(b, below))
		f.addSections(b.Sections, below)
	}
}

// addLevels fills in the levels of all decks together; cards of no level are the
// beginner's. How a level grew is not known: the counters of days are by deck and
// section.
func (f *figures) addLevels(ctx context.Context, lib *library, decks []deckProgress, recall [4]meanRecall) error {
	due, err := lib.DueByLevel(ctx, lib.day)
	if err != nil {
		return err
	}
	due[deck.Beginner] += due[deck.NoLevel]
	for _, l := range deck.Levels {
		var counts srs.Counts
		for _, d := range decks {
			counts = counts.Add(d.byLevel[l], 1)
			if l == deck.Beginner {
				counts = counts.Add(d.byLevel[deck.NoLevel], 1)
			}
		}
		t := f.byLevel[l]
		f.Levels = append(f.Levels, placeFigure{
			Name: l.String(), Counts: countsJSON(counts), Due: due[l], Reviews: t.AllReviews(), testFigure: testFigure{t.Tested(), t.Remembered()},
			Recall: recall[l].mean(), Percent: mastery(counts),
		})
	}
	return nil
}

// parseSpan reads a span of days: 7d, 4w or 1y, or a bare number of days.
func parseSpan(word string) (int, error) {
	var n int
	var unit string
	_, err := fmt.Sscanf(word, "%d%s", &n, &unit)
	days := map[string]int{"": 1, "d": 1, "w": 7, "m": 30, "y": yearDays}[unit]
	if err != nil && unit != "" || n < 1 || days == 0 || n*days > 100*yearDays {
		return 0, usagef("%q is not a span of days such as 7d, 4w or 1y", word)
	}
	return n * days, nil
}
