package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/draw"
)

// writeReport writes the statistics as a page.
func (a *app) writeReport(w io.Writer, f *figures) error {
	language := "en"
	if a.chinese {
		language = "zh-CN"
	}
	r := draw.Report{
		Title: a.t("mindleaf: what you know"), Date: f.Day, Language: language, Theme: a.t("Light or dark"),
		Parts: []draw.Part{
			a.summaryPart(f),
			{Title: a.t("The year: %d days studied", f.Studied), Wide: true, Chart: a.heat(f)},
			{Title: a.t("Due in the next 30 days"), Chart: forecastColumns(f), Note: a.t("Overdue cards count today; answers in between are not foreseen.")},
			{Title: a.t("Minutes a day, last 30 days"), Chart: a.minutesColumns(f)},
			{Title: a.t("Retention"), Table: a.retentionTable(f), Note: a.t("The share of reviews of young and mature cards that were passed, and their number.")},
			{Title: a.t("Buttons, last %d days", f.SinceDays), Chart: a.buttonColumns(f), Note: a.t("Reviews by the stage of the card before the answer, in percent.")},
			{Title: a.t("Intervals in days, cards"), Chart: bucketColumns(f.Intervals, 1, draw.Young)},
			{Title: a.t("Ease factor, cards"), Chart: bucketColumns(f.Ease, 100, draw.Young)},
			{Title: a.t("Time of day, reviews"), Chart: a.hourColumns(f)},
			{Title: a.t("Seconds an answer, answers"), Chart: bucketColumns(f.Took, 1, draw.Learning)},
		},
	}
	lists := a.placeLists(f)
	for _, l := range append(lists[2:], lists[:2]...) { // the levels first
		if len(l.places) > 0 {
			r.Parts = append(r.Parts, draw.Part{Title: l.heading + a.t(", last %d days", f.SinceDays), Table: a.placesTable(l), Wide: true})
		}
	}
	return r.WriteHTML(w)
}

func (a *app) summaryPart(f *figures) draw.Part {
	c := f.counts
	return draw.Part{Title: a.t("At a glance"), Wide: true, Tiles: [][2]string{
		{a.t("streak, days"), fmt.Sprint(f.Streak)},
		{a.t("reviews today"), fmt.Sprint(f.Today.Reviews)},
		{a.t("reviews, last %d days", f.SinceDays), fmt.Sprint(f.Since.Reviews)},
		{a.t("time, last %d days", f.SinceDays), a.duration(time.Duration(f.Since.Millis) * time.Millisecond)},
		{a.t("due"), fmt.Sprint(f.Due)},
		{a.t("recall"), share(f.Recall)},
		{a.t("new"), fmt.Sprint(c.New)},
		{a.t("learning"), fmt.Sprint(c.Learning)},
		{a.t("young"), fmt.Sprint(c.Young)},
		{a.t("mature"), fmt.Sprint(c.Mature)},
		{a.t("suspended"), fmt.Sprint(c.Suspended)},
	}}
}

func (a *app) heat(f *figures) draw.Heat {
	h := draw.Heat{Weekdays: [7]string{a.t("Mon"), "", a.t("Wed"), "", a.t("Fri"), "", ""}, Unit: a.t(" answers"), Legend: a.t("answers a day"), Bounds: heatBounds(f.Year)}
	for i, d := range f.Year {
		date := d.day.Date()
		if i == 0 {
			h.First = (int(date.Weekday()) + 6) % 7
		}
		month := ""
		if date.Day() == 1 {
			month = date.Format("01")
		}
		h.Days = append(h.Days, draw.HeatDay{Name: d.Day, N: d.Answers, Month: month})
	}
	return h
}

func forecastColumns(f *figures) draw.Columns {
	c := draw.Columns{Series: []draw.Series{{Colour: draw.Young}}}
	for i, d := range f.Forecast {
		c.Labels = append(c.Labels, fmt.Sprintf("+%d", i))
		c.Hover = append(c.Hover, d.Day)
		c.Series[0].Values = append(c.Series[0].Values, float64(d.Due))
	}
	return c
}

func (a *app) minutesColumns(f *figures) draw.Columns {
	c := draw.Columns{Unit: a.t(" min"), Series: []draw.Series{{Colour: draw.Mature}}}
	for _, d := range f.Year[len(f.Year)-30:] {
		c.Labels = append(c.Labels, d.day.Date().Format("01-02"))
		c.Hover = append(c.Hover, d.Day)
		c.Series[0].Values = append(c.Series[0].Values, float64(d.Millis)/60000)
	}
	return c
}

func bucketColumns(all []bucketFigure, scale int64, colour draw.Mark) draw.Columns {
	c := draw.Columns{Series: []draw.Series{{Colour: colour}}}
	for _, b := range all {
		name := bucketName(b, scale)
		c.Hover = append(c.Hover, name)
		from, _, _ := strings.Cut(name, "-")
		c.Labels = append(c.Labels, from)
		c.Series[0].Values = append(c.Series[0].Values, float64(b.Count))
	}
	return c
}

// buttonColumns are the shares of the buttons by stage, Again at the bottom.
func (a *app) buttonColumns(f *figures) draw.Columns {
	c := draw.Columns{Unit: "%", Top: 100}
	colours := [4]draw.Mark{draw.New, draw.Learning, draw.Young, draw.Mature}
	for i, g := range srs.Grades {
		s := draw.Series{Name: a.gradeName(g), Colour: colours[i], Alarm: g == srs.Again}
		for _, b := range f.Buttons {
			v := 0.0
			if n := b.total(); n > 0 {
				v = 100 * float64(b.all()[i]) / float64(n)
			}
			s.Values = append(s.Values, v)
		}
		c.Series = append(c.Series, s)
	}
	for i, name := range []string{a.t("new"), a.t("learning"), a.t("young"), a.t("mature")} {
		c.Labels = append(c.Labels, name)
		c.Hover = append(c.Hover, fmt.Sprintf("%s (%d)", name, f.Buttons[i].total()))
	}
	return c
}

func (a *app) hourColumns(f *figures) draw.Columns {
	passed, failed := draw.Series{Name: a.t("passed"), Colour: draw.Mature}, draw.Series{Name: a.t("Again"), Alarm: true}
	var c draw.Columns
	for _, h := range f.Hours {
		c.Labels = append(c.Labels, fmt.Sprint(h.Hour))
		c.Hover = append(c.Hover, fmt.Sprintf("%d:00", h.Hour))
		passed.Values = append(passed.Values, float64(h.Passed))
		failed.Values = append(failed.Values, float64(h.Reviews-h.Passed))
	}
	c.Series = []draw.Series{passed, failed}
	return c
}

func (a *app) retentionTable(f *figures) [][]string {
	rows := [][]string{{"", a.t("young"), a.t("mature"), a.t("all")}}
	for _, s := range f.Retention {
		rows = append(rows, []string{a.spanName(s.Span), s.Young.text(uncut), s.Mature.text(uncut), s.All.text(uncut)})
	}
	return rows
}

func (a *app) placesTable(list placeList) [][]string {
	head := []string{"", a.t("reviews"), a.t("retention"), a.t("recall"), a.t("percent"), a.t("due")}
	if list.grown {
		head = append(head, a.t("gain"))
	}
	rows := [][]string{head}
	for _, p := range list.places {
		row := []string{
			strings.Repeat("  ", max(p.depth-1, 0)) + p.Name, fmt.Sprint(p.Reviews), p.testFigure.text(uncut), share(p.Recall),
			points(p.Percent), fmt.Sprint(p.Due),
		}
		if list.grown {
			row = append(row, signed(p.Gained))
		}
		rows = append(rows, row)
	}
	return rows
}
