package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
)

// printStats writes the statistics for the terminal.
func (a *app) printStats(f *figures) {
	width := a.columns() - 1
	a.printDone(f)
	if f.Studied == 0 && f.Counts.Total == f.Counts.New {
		next := "mindleaf review"
		a.say("Next: %s", next)
		return
	}
	a.section(a.t("The year: %d days studied", f.Studied), a.heatLines(f.Year, width))
	a.section(a.t("Minutes a day, last 30 days"), a.minutesChart(f, width))
	a.section(a.t("Due in the next 30 days"), a.forecastChart(f, width))
	a.printRetention(f, width)
	a.section(a.t("Intervals in days, cards"), a.bucketChart(f.Intervals, 1, width))
	a.section(a.t("Ease factor, cards"), a.bucketChart(f.Ease, 100, width))
	a.printButtons(f)
	a.section(a.t("Time of day, reviews"), a.hoursChart(f, width))
	a.section(a.t("Seconds an answer, answers"), a.bucketChart(f.Took, 1, width))
	for _, l := range a.placeLists(f) {
		a.printPlaces(f, l)
	}
}

// printDone writes the first lines: today, the span, the streak.
func (a *app) printDone(f *figures) {
	for _, line := range []string{
		a.t("Today, %s: %s", f.Day, a.doneText(f.Today)),
		a.t("Last %d days: %s", f.SinceDays, a.doneText(f.Since)),
		a.t("Streak: %d days", f.Streak) + "  " + a.t("cards: %d, due %d, recall now %s", f.Counts.Total, f.Due, share(f.Recall)),
	} {
		for _, part := range a.wrapLine(line) {
			fmt.Fprintln(a.stdout, part)
		}
	}
}

func (a *app) doneText(d doneFigures) string {
	text := a.t("%d reviews, %d of them new, %d drills, %s", d.Reviews, d.New, d.Drills, a.duration(time.Duration(d.Millis)*time.Millisecond))
	if d.MillisAnAnswer != nil {
		text += a.t(", %.1f seconds an answer", float64(*d.MillisAnAnswer)/1000)
	}
	return text
}

// section writes a heading and the lines below it.
func (a *app) section(heading string, lines []string) {
	fmt.Fprintf(a.stdout, "\n%s\n", term.Paint(term.Truncate(heading, a.columns()-1), term.HeadingInk, a.color()))
	for _, l := range lines {
		fmt.Fprintln(a.stdout, l)
	}
}

func (a *app) minutesChart(f *figures, width int) []string {
	days := f.Year[len(f.Year)-30:]
	c := chart{most: func(v float64) string { return a.t("%.0f min", v) }, labels: make(map[int]string)}
	for i, d := range days {
		c.values = append(c.values, float64(d.Millis)/60000)
		if i%10 == 9 || i == 0 {
			c.labels[i] = d.day.Date().Format("01-02")
		}
	}
	return a.chartLines(c, width)
}

func (a *app) forecastChart(f *figures, width int) []string {
	c := chart{most: whole, labels: map[int]string{0: a.t("today")}, ink: func(i int) term.Ink {
		if i == 0 {
			return term.AlarmInk
		}
		return term.YoungInk
	}}
	for i, d := range f.Forecast {
		c.values = append(c.values, float64(d.Due))
		if i%10 == 0 && i > 0 {
			c.labels[i] = fmt.Sprintf("+%d", i)
		}
	}
	lines := a.chartLines(c, width)
	// Where the days do not all fit, the first ones matter.
	for n := len(c.values); n > 4 && n > width-term.Width(whole(maxOf(c.values)))-1; n-- {
		c.values = c.values[:n-1]
		lines = a.chartLines(c, width)
	}
	return lines
}

func maxOf(values []float64) float64 {
	most := 0.0
	for _, v := range values {
		most = max(most, v)
	}
	return most
}

// bucketChart draws counts by bucket, one row a bucket; scale divides the
// bounds.
func (a *app) bucketChart(all []bucketFigure, scale int64, width int) []string {
	most := int64(1)
	names := make([]string, len(all))
	column := 0
	for i, b := range all {
		names[i] = bucketName(b, scale)
		column = max(column, len(names[i]))
		most = max(most, b.Count)
	}
	numbers := len(fmt.Sprint(most))
	room := min(max(width-column-numbers-2, 1), 40)
	lines := make([]string, len(all))
	for i, b := range all {
		lines[i] = strings.TrimRight(term.PadLeft(names[i], column)+" "+term.PadLeft(fmt.Sprint(b.Count), numbers)+" "+
			term.Paint(a.row(float64(b.Count)/float64(most), room), term.YoungInk, a.color()), " ")
	}
	return lines
}

// row is a horizontal bar, full at share 1; what is not zero shows a trace.
func (a *app) row(share float64, width int) string {
	n := int(share*float64(width) + 0.5)
	if n == 0 && share > 0 {
		n = 1
	}
	mark := "█"
	if a.config.Terminal.AmbiguousWidth == 2 {
		mark = "#"
	}
	return strings.Repeat(mark, n)
}

func bucketName(b bucketFigure, scale int64) string {
	one := func(n int64) string {
		if scale == 1 {
			return fmt.Sprint(n)
		}
		return fmt.Sprintf("%.2f", float64(n)/float64(scale))
	}
	switch {
	case b.To == 0:
		return one(b.From) + "+"
	case b.To == b.From:
		return one(b.From)
	}
	return one(b.From) + "-" + one(b.To)
}

func (a *app) hoursChart(f *figures, width int) []string {
	c := chart{most: whole, labels: map[int]string{0: "0", 6: "6", 12: "12", 18: "18"}}
	for _, h := range f.Hours {
		c.values = append(c.values, float64(h.Reviews))
	}
	lines := a.chartLines(c, width)
	var best, worst *hourFigure
	for i := range f.Hours {
		h := &f.Hours[i]
		if h.Reviews < fewReviews {
			continue
		}
		if best == nil || h.share() > best.share() {
			best = h
		}
		if worst == nil || h.share() < worst.share() {
			worst = h
		}
	}
	if best != nil && best != worst {
		text := a.t("best at %d:00 with %.0f%% passed, least at %d:00 with %.0f%%", best.Hour, 100*best.share(), worst.Hour, 100*worst.share())
		lines = append(lines, a.wrapLine(text)...)
	}
	return lines
}

// fewReviews is below which number of reviews an hour says nothing.
const fewReviews = 20

func (h hourFigure) share() float64 { return float64(h.Passed) / float64(h.Reviews) }

// printRetention writes Anki's table: spans by young, mature and both.
func (a *app) printRetention(f *figures, width int) {
	rows := [][]string{{"", a.t("young"), a.t("mature"), a.t("all")}}
	for _, s := range f.Retention {
		rows = append(rows, []string{a.spanName(s.Span), s.Young.text(width), s.Mature.text(width), s.All.text(width)})
	}
	if width < 32 { // only the last column fits
		for i, r := range rows {
			rows[i] = []string{r[0], r[3]}
		}
	}
	a.section(a.t("Retention"), aligned(rows, 1))
}

// spanName is the name of a span of retention in the interface's language.
func (a *app) spanName(span string) string {
	switch span {
	case "today":
		return a.t("today")
	case "yesterday":
		return a.t("yesterday")
	case "7 days":
		return a.t("7 days")
	case "30 days":
		return a.t("30 days")
	}
	return a.t("365 days")
}

// text writes retention in percent with the number of reviews behind it, which
// a narrow terminal goes without.
func (t testFigure) text(width int) string {
	if t.Tested == 0 {
		return "-"
	}
	text := fmt.Sprintf("%.1f%%", 100*float64(t.Remembered)/float64(t.Tested))
	if width >= 52 {
		text += fmt.Sprintf(" (%d)", t.Tested)
	}
	return text
}

// aligned sets rows in columns: the first left columns to the left, the others to
// the right. The first row is the head.
func aligned(rows [][]string, left int) []string {
	var widths []int
	for _, r := range rows {
		for i, cell := range r {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], term.Width(cell))
		}
	}
	lines := make([]string, len(rows))
	for i, r := range rows {
		var cells []string
		for j, cell := range r {
			if j < left {
				cells = append(cells, term.PadRight(cell, widths[j]))
			} else {
				cells = append(cells, term.PadLeft(cell, widths[j]))
			}
		}
		lines[i] = strings.TrimRight(strings.Join(cells, "  "), " ")
	}
	return lines
}

func (a *app) printButtons(f *figures) {
	names := []string{a.t("new"), a.t("learning"), a.t("young"), a.t("mature")}
	head := []string{""}
	for _, g := range srs.Grades {
		head = append(head, a.gradeName(g))
	}
	rows := [][]string{append(head, "")}
	for i, b := range f.Buttons {
		row := []string{names[i]}
		for _, n := range b.all() {
			row = append(row, percentText(n, b.total()))
		}
		rows = append(rows, append(row, fmt.Sprint(b.total())))
	}
	a.section(a.t("Buttons, last %d days", f.SinceDays), a.narrowed(rows, []int{5, 4, 2, 2}))
}

// narrowed is aligned for a terminal that may be too narrow: the columns named by drop
// are left out one after the other, counted as they then stand, until the rest fit.
func (a *app) narrowed(rows [][]string, drop []int) []string {
	lines := aligned(rows, 1)
	for _, column := range drop {
		if widest(lines) <= a.room() {
			break
		}
		for i, r := range rows {
			rows[i] = slices.Delete(r, column, column+1)
		}
		lines = aligned(rows, 1)
	}
	return lines
}

// widest is the width of the longest of lines.
func widest(lines []string) int {
	most := 0
	for _, l := range lines {
		most = max(most, term.Width(l))
	}
	return most
}

func percentText(part, whole int64) string {
	if whole == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f%%", 100*float64(part)/float64(whole))
}

// placeList is a table of decks, sections or levels; grown says that it tells by how
// much percent grew.
type placeList struct {
	heading string
	places  []placeFigure
	grown   bool
}

func (a *app) placeLists(f *figures) []placeList {
	return []placeList{{a.t("Decks"), f.Decks, true}, {a.t("Sections"), f.Sections, true}, {a.t("Levels"), a.levelPlaces(f), false}}
}

// levelPlaces are the levels under the names of the interface.
func (a *app) levelPlaces(f *figures) []placeFigure {
	levels := make([]placeFigure, len(f.Levels))
	for i, l := range f.Levels {
		l.Name = a.levelName(l.Name)
		levels[i] = l
	}
	return levels
}

// printPlaces writes a table by deck, section or level, names last. A narrow
// terminal goes without the least telling columns.
func (a *app) printPlaces(f *figures, list placeList) {
	places := list.places
	if len(places) == 0 {
		return
	}
	width := a.room()
	columns := []placeColumn{
		{a.t("reviews"), func(p placeFigure) string { return fmt.Sprint(p.Reviews) }},
		{a.t("gain"), func(p placeFigure) string { return signed(p.Gained) }},
		{a.t("recall"), func(p placeFigure) string { return share(p.Recall) }},
		{a.t("retention"), func(p placeFigure) string { return p.testFigure.text(0) }},
		{a.t("percent"), func(p placeFigure) string { return points(p.Percent) }},
	}
	if !list.grown {
		columns = slices.Delete(columns, 1, 2)
	}
	var lines []string
	numbers := uncut
	for ; numbers+nameColumns/2 > width && len(columns) > 0; columns = columns[1:] {
		lines = placeTable(columns, places)
		numbers = widest(lines)
	}
	for i, p := range places {
		name := strings.Repeat("  ", max(p.depth-1, 0)) + printable(p.Name)
		lines[i+1] = term.PadRight(lines[i+1], numbers) + "  " + term.Truncate(name, max(width-numbers-2, 4))
	}
	a.section(list.heading+a.t(", last %d days", f.SinceDays), lines)
}

// placeColumn is one column of numbers about places.
type placeColumn struct {
	head string
	cell func(placeFigure) string
}

func placeTable(columns []placeColumn, places []placeFigure) []string {
	rows := make([][]string, len(places)+1)
	for _, c := range columns {
		rows[0] = append(rows[0], c.head)
		for i, p := range places {
			rows[i+1] = append(rows[i+1], c.cell(p))
		}
	}
	return aligned(rows, 0)
}
