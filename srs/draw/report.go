package draw

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
)

// Report is a page of charts and tables.
type Report struct {
	Title, Date, Language string
	// Theme labels the button that changes between light and dark.
	Theme string
	Parts []Part
}

// Part is one card of a report: a chart, a table or both.
type Part struct {
	Title, Note string
	Chart       Chart
	// Table's first row is its head; its first column is text, the others are
	// numbers.
	Table [][]string
	// Tiles are single figures: a name and a value.
	Tiles [][2]string
	// Wide parts take the whole width.
	Wide bool
}

// Chart is a picture in a report: Columns or Heat.
type Chart interface{ draw(b *strings.Builder) }

// Columns is a chart of columns, one or more series stacked.
type Columns struct {
	// Labels stand below the columns as far as they fit; Hover, when it is
	// there, says what a column is, else its label does.
	Labels, Hover []string
	Series        []Series
	// Unit follows numbers, such as " min".
	Unit string
	// Top is the value of the highest line; 0 for a round number above all values.
	Top float64
}

// Series is one layer of a chart: a value for each label.
type Series struct {
	Name   string
	Values []float64
	// Colour is the mark whose colour it has, unless it is an Alarm.
	Colour Mark
	Alarm  bool
}

// class is the style of the series' columns.
func (s Series) class() string {
	if s.Alarm {
		return "alarm"
	}
	return fmt.Sprintf("k%d", s.Colour)
}

// The measures of charts in pixels.
const (
	chartWidth  = 340
	chartHeight = 150
	chartLeft   = 44
	chartTop    = 24
	chartFoot   = 22
	labelSize   = 11
)

func (c Columns) draw(b *strings.Builder) {
	n := len(c.Labels)
	if n == 0 {
		return
	}
	sums, top := make([]float64, n), 0.0
	for _, s := range c.Series {
		for i, v := range s.Values {
			sums[i] += v
			top = max(top, sums[i])
		}
	}
	if top = ceiling(top); c.Top > 0 {
		top = c.Top
	}
	height := chartTop + chartHeight + chartFoot
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">`+"\n", chartWidth, height, chartWidth, height)
	c.axes(b, top)
	step := float64(chartWidth-chartLeft) / float64(n)
	base := make([]float64, n)
	for _, s := range c.Series {
		for i, v := range s.Values {
			if v <= 0 {
				continue
			}
			h := max(v/top*chartHeight, 1)
			y := chartTop + chartHeight - base[i] - h
			fmt.Fprintf(b, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"><title>%s</title></rect>`+"\n",
				s.class(), chartLeft+step*float64(i)+step*.1, y, max(step*.8, 1), h, escape(clean(c.hover(i, s, v))))
			base[i] += h
		}
	}
	c.foot(b, step)
	b.WriteString("</svg>\n")
}

func (c Columns) hover(i int, s Series, v float64) string {
	what := c.Labels[i]
	if i < len(c.Hover) {
		what = c.Hover[i]
	}
	if len(c.Series) > 1 {
		what += ", " + s.Name
	}
	return what + ": " + number(v) + c.Unit
}

// axes writes lines at nothing, half and the top, with their values, and the
// names of the series above.
func (c Columns) axes(b *strings.Builder, top float64) {
	for i := range 3 {
		y := chartTop + chartHeight - chartHeight*i/2
		fmt.Fprintf(b, `<path class="grid" d="M%d,%d.5H%d"/><text class="small faint" x="%d" y="%d" text-anchor="end">%s</text>`+"\n",
			chartLeft, y, chartWidth, chartLeft-6, y+4, number(top*float64(i)/2))
	}
	if len(c.Series) < 2 {
		if c.Unit != "" {
			fmt.Fprintf(b, `<text class="small faint" x="0" y="13">%s</text>`+"\n", escape(strings.TrimSpace(c.Unit)))
		}
		return
	}
	x := 0
	for _, s := range c.Series {
		fmt.Fprintf(b, `<rect class="%s" x="%d" y="4" width="10" height="10"/><text class="small faint" x="%d" y="13">%s</text>`+"\n",
			s.class(), x, x+14, escape(clean(s.Name)))
		x += 14 + textWidth(s.Name, labelSize) + 12
	}
}

// foot writes the labels, every one or every so many that none meets the next.
func (c Columns) foot(b *strings.Builder, step float64) {
	widest := 0
	for _, l := range c.Labels {
		widest = max(widest, textWidth(l, labelSize))
	}
	every := 1
	for float64(every)*step < float64(widest+6) {
		every++
	}
	free := 0.0 // where the next label may begin
	for i := 0; i < len(c.Labels); i += every {
		half := float64(textWidth(c.Labels[i], labelSize)) / 2
		x := max(chartLeft+step*(float64(i)+.5), chartLeft-2+half)
		if x+half > chartWidth {
			break
		}
		if x-half < free {
			continue
		}
		free = x + half + 4
		fmt.Fprintf(b, `<text class="small faint" x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n",
			x, chartTop+chartHeight+15, escape(clean(c.Labels[i])))
	}
}

// ceiling returns a round number that is not below v and whose half is short to
// write; 1 for nothing.
func ceiling(v float64) float64 {
	power := 1.0
	for power*10 <= v {
		power *= 10
	}
	for power > v && power > 0.01 && v > 0 {
		power /= 10
	}
	for _, m := range []float64{1, 1.2, 1.6, 2, 3, 4, 6, 8, 10} {
		if m*power >= v {
			return m * power
		}
	}
	return 10 * power
}

// number writes v without needless decimals.
func number(v float64) string {
	if v == float64(int64(v)) {
		return fmt.Sprintf("%d", int64(v))
	}
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.2f", v), "0"), ".")
}

// Heat is a year of days in the columns of weeks and the rows of weekdays.
type Heat struct {
	Days []HeatDay
	// First is the weekday of the first day, 0 for Monday.
	First int
	// Weekdays name the rows from Monday on; some may be "".
	Weekdays [7]string
	// Unit follows numbers, and Legend what the shades stand for.
	Unit, Legend string
	// Bounds are the most that count as the first three of four shades.
	Bounds [3]int64
}

// HeatDay is one day of Heat: what to call it, and how much was done.
type HeatDay struct {
	Name string
	N    int64
	// Month names the month at its first day, "" otherwise.
	Month string
}

const (
	heatCell = 15
	heatLeft = 34
	heatTop  = 20
)

func (h Heat) draw(b *strings.Builder) {
	weeks := (len(h.Days) + h.First + 6) / 7
	width, height := heatLeft+weeks*heatCell+30, heatTop+7*heatCell
	fmt.Fprintf(b, `<svg class="keep" xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">`+"\n", width, height, width, height)
	for i, name := range h.Weekdays {
		if name != "" {
			fmt.Fprintf(b, `<text class="small faint" x="0" y="%d">%s</text>`+"\n", heatTop+i*heatCell+11, escape(clean(name)))
		}
	}
	free := 0
	for i, d := range h.Days {
		x := heatLeft + (i+h.First)/7*heatCell
		y := heatTop + (i+h.First)%7*heatCell
		fmt.Fprintf(b, `<rect %s x="%d" y="%d" width="13" height="13" rx="2"><title>%s: %d%s</title></rect>`+"\n",
			h.shade(d.N), x, y, escape(clean(d.Name)), d.N, escape(h.Unit))
		if d.Month != "" && x >= free {
			fmt.Fprintf(b, `<text class="small faint" x="%d" y="13">%s</text>`+"\n", x, escape(clean(d.Month)))
			free = x + textWidth(d.Month, labelSize) + 6
		}
	}
	b.WriteString("</svg>\n")
}

// shade is the look of a day on which n was done.
func (h Heat) shade(n int64) string {
	if n == 0 {
		return `class="rest" opacity="0.50"`
	}
	opacity := 0.3
	for _, bound := range h.Bounds {
		if n > bound {
			opacity += 0.7 / 3
		}
	}
	return fmt.Sprintf(`class="k3" opacity="%.2f"`, opacity)
}

// legend says how much each shade stands for.
func (h Heat) legend() []legendItem {
	items := []legendItem{{text: h.Legend}}
	add := func(n int64, text string) {
		items = append(items, legendItem{fmt.Sprintf(`<rect %s x="-6.5" y="-6.5" width="13" height="13" rx="2"/>`, h.shade(n)), text, 13})
	}
	add(0, "0")
	most := int64(0)
	for _, bound := range h.Bounds {
		if bound > most { // equal bounds are one shade
			most = bound
			add(bound, fmt.Sprintf("≤%d", bound))
		}
	}
	if most > 0 {
		add(most+1, fmt.Sprintf(">%d", most))
	}
	return items
}

// reportLook is the look of what is around the charts, and reportScript the
// button for light and dark.
var (
	//go:embed report.css
	reportLook string
	//go:embed report.js
	reportScript string
)

// WriteHTML writes the report as a page of one file that asks nothing of any
// network. Errors are those of w.
func (r Report) WriteHTML(w io.Writer) error {
	return writePage(w, r.Language, r.Title, reportLook, reportScript, r.body)
}

func (r Report) body(b *strings.Builder) {
	fmt.Fprintf(b, `<header><h1>%s</h1><span>%s</span><button id="theme">%s</button></header>
<main>
`, escape(clean(r.Title)), escape(clean(r.Date)), escape(r.Theme))
	for _, p := range r.Parts {
		p.write(b)
	}
	b.WriteString("</main>\n")
}

func (p Part) write(b *strings.Builder) {
	class := ""
	if p.Wide {
		class = ` class="wide"`
	}
	fmt.Fprintf(b, "<section%s><h2>%s</h2>\n", class, escape(clean(p.Title)))
	if p.Chart != nil {
		b.WriteString(`<div class="chart">`)
		p.Chart.draw(b)
		b.WriteString("</div>\n")
		if h, ok := p.Chart.(Heat); ok {
			b.WriteString(legendHTML(h.legend()))
		}
	}
	if len(p.Tiles) > 0 {
		b.WriteString("<dl>")
		for _, t := range p.Tiles {
			fmt.Fprintf(b, "<div><dt>%s</dt><dd>%s</dd></div>", escape(clean(t[0])), escape(clean(t[1])))
		}
		b.WriteString("</dl>\n")
	}
	if len(p.Table) > 0 {
		b.WriteString(`<div class="chart"><table>` + "\n")
		for i, row := range p.Table {
			cell := "td"
			if i == 0 {
				cell = "th"
			}
			b.WriteString("<tr>")
			for _, c := range row {
				fmt.Fprintf(b, "<%s>%s</%s>", cell, escape(cleanIndent(c)), cell)
			}
			b.WriteString("</tr>\n")
		}
		b.WriteString("</table></div>\n")
	}
	if p.Note != "" {
		fmt.Fprintf(b, "<p>%s</p>\n", escape(clean(p.Note)))
	}
	b.WriteString("</section>\n")
}

// cleanIndent is clean with leading spaces kept by the browser.
func cleanIndent(s string) string {
	trimmed := strings.TrimLeft(s, " ")
	return strings.Repeat("\u2003", (len(s)-len(trimmed))/2) + clean(trimmed)
}
