package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
)

// chart is a row of columns made of block characters.
type chart struct {
	values []float64
	// ink colours a column; nil leaves all as they are.
	ink func(i int) term.Ink
	// labels are written below the columns they belong to, as far as they fit.
	labels map[int]string
	// most writes the value of the highest column, which stands at its left.
	most func(float64) string
	// top is the value of a full column; 0 takes the highest. bottom is that of
	// an empty one.
	top, bottom float64
	// solid leaves no gaps between the columns.
	solid bool
}

const chartRows = 4

// eighths are columns from empty to full.
var eighths = []rune(" ▁▂▃▄▅▆▇█")

// chartLines draws c in width columns of the terminal: every value gets one, or
// as many as fit up to three; the oldest that do not fit are left out.
func (a *app) chartLines(c chart, width int) []string {
	if len(c.values) == 0 {
		return nil
	}
	top := c.top
	for _, v := range c.values {
		top = max(top, v)
	}
	scale := c.most(top)
	margin := term.Width(scale) + 1
	room := max(width-margin, 4)
	each := min(max(room/len(c.values), 1), 3)
	gap := each / 2
	if c.solid {
		gap = 0
	}
	first := max(len(c.values)-room/each, 0)
	lines := make([]string, 0, chartRows+1)
	for row := chartRows - 1; row >= 0; row-- {
		line := strings.Repeat(" ", margin)
		switch {
		case row == chartRows-1:
			line = term.PadLeft(scale, margin-1) + " "
		case row == 0 && c.bottom > 0:
			line = term.PadLeft(c.most(c.bottom), margin-1) + " "
		}
		for i := first; i < len(c.values); i++ {
			level := 0.0
			if top > c.bottom {
				level = (c.values[i] - c.bottom) / (top - c.bottom) * chartRows
			}
			cell := strings.Repeat(string(a.block(level-float64(row), row == 0 && c.values[i] > c.bottom)), each-gap)
			if c.ink != nil {
				cell = term.Paint(cell, c.ink(i), a.color())
			}
			line += cell + strings.Repeat(" ", gap)
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	if foot := footLine(c, first, each); foot != "" {
		lines = append(lines, strings.Repeat(" ", margin)+foot)
	}
	return lines
}

// block returns the character that is full to the given share; what is not zero
// shows at least a trace in its lowest row.
func (a *app) block(share float64, trace bool) rune {
	n := int(math.Round(min(max(share, 0), 1) * 8))
	if n == 0 && trace {
		n = 1
	}
	if a.config.Terminal.AmbiguousWidth == 2 { // block characters would be two columns wide
		switch {
		case n == 0:
			return ' '
		case n < 5:
			return '.'
		}
		return '#'
	}
	return eighths[n]
}

// footLine writes the labels under their columns, further left where they would
// stick out, and leaves out what would touch the one before.
func footLine(c chart, first, each int) string {
	line, width := "", (len(c.values)-first)*each
	for i := first; i < len(c.values); i++ {
		label := c.labels[i]
		at := min((i-first)*each, width-term.Width(label))
		if label == "" || at < 0 || line != "" && at <= term.Width(line) {
			continue
		}
		line = term.PadRight(line, at) + label
	}
	return line
}

// heatLines draws a year of days, one character a day, in the columns of weeks
// and the rows of weekdays, with the months above; the oldest weeks that do not fit
// are left out.
func (a *app) heatLines(days []dayFigure, width int) []string {
	marks := []rune("·░▒▓█")
	if a.config.Terminal.AmbiguousWidth == 2 {
		marks = []rune(".-+%#")
	}
	names := [7]string{a.t("Mon"), "", a.t("Wed"), "", a.t("Fri"), "", ""}
	margin := 1
	for _, n := range names {
		margin = max(margin, term.Width(n)+1)
	}
	bounds := heatBounds(days)
	weeks := max(min(width-margin, (len(days)+6)/7+1), 1)
	last := days[len(days)-1].day
	// Weekdays count from Monday; 1 January 1970 was a Thursday.
	weekday := func(n int64) int64 { return (n + 3) % 7 }
	monday := int64(last) - weekday(int64(last)) - int64(weeks-1)*7
	rows := make([]string, 7)
	for w := range rows {
		row := term.PadRight(names[w], margin)
		for week := range weeks {
			n := monday + int64(week*7+w)
			at := len(days) - 1 - int(int64(last)-n)
			if at < 0 || at >= len(days) {
				row += " "
				continue
			}
			heat := heatOf(days[at].Answers, bounds)
			ink := term.MatureInk
			if heat == 0 {
				ink = term.FaintInk
			}
			row += term.Paint(string(marks[heat]), ink, a.color())
		}
		rows[w] = strings.TrimRight(row, " ")
	}
	legend := string(marks[0]) + " 0"
	for i, b := range bounds {
		if i > 0 && b == bounds[i-1] {
			continue
		}
		legend += fmt.Sprintf("  %c ≤%d", marks[i+1], b)
	}
	rows = append(rows, term.Truncate(strings.Repeat(" ", margin)+legend+fmt.Sprintf("  %c >%d", marks[4], bounds[2]), width))
	if months := monthLine(days, srs.Day(monday), weeks); months != "" {
		rows = slices.Insert(rows, 0, strings.Repeat(" ", margin)+months)
	}
	return rows
}

// monthLine puts the number of each month over the week of its first day, as far as
// one does not touch the next; weeks columns begin with the week of monday.
func monthLine(days []dayFigure, monday srs.Day, weeks int) string {
	line := ""
	for _, d := range days {
		date, week := d.day.Date(), int(d.day-monday)/7
		if date.Day() != 1 || d.day < monday || week+2 > weeks || line != "" && week <= len(line) {
			continue
		}
		line += strings.Repeat(" ", week-len(line)) + date.Format("01")
	}
	return line
}

// heatBounds are the quartiles of the answers on days with any: a fourth of
// these days has no more than the first, and so on.
func heatBounds(days []dayFigure) (bounds [3]int64) {
	var studied []int64
	for _, d := range days {
		if d.Answers > 0 {
			studied = append(studied, d.Answers)
		}
	}
	slices.Sort(studied)
	for i := range bounds {
		if len(studied) > 0 {
			bounds[i] = studied[(len(studied)-1)*(i+1)/4]
		}
	}
	return bounds
}

// heatOf is the shade of a day, 0 for none to 4.
func heatOf(answers int64, bounds [3]int64) int {
	if answers == 0 {
		return 0
	}
	heat := 1
	for _, b := range bounds {
		if answers > b {
			heat++
		}
	}
	return heat
}

// whole writes a value without decimals.
func whole(v float64) string { return fmt.Sprintf("%.0f", v) }
