package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
)

// progressRow is a line of the table.
type progressRow struct {
	label string
	b     *branch
	lost  float64
}

// treeRows appends the rows of branches, drawn as a tree, down to depth levels,
// 0 for all.
func treeRows(rows []progressRow, branches []*branch, indent string, depth, at int) []progressRow {
	if depth > 0 && at > depth {
		return rows
	}
	for i, b := range branches {
		mark, next := "├ ", "│ "
		if i == len(branches)-1 {
			mark, next = "└ ", "  "
		}
		rows = append(rows, progressRow{label: indent + mark + b.Name, b: b})
		rows = treeRows(rows, b.Sections, indent+next, depth, at+1)
	}
	return rows
}

// The widths of output. Results that go to a file or a pipe are not cut.
const (
	plainColumns = 80
	uncut        = 100000
)

// columns is the width of the terminal results go to; 80 when there is none.
func (a *app) columns() int {
	if a.terminal != nil {
		return terminalColumns(a.terminal)
	}
	return plainColumns
}

// terminalColumns is the width of a terminal; 80 when it does not tell.
func terminalColumns(f *os.File) int {
	if width := term.Columns(f); width > 0 {
		return width
	}
	return plainColumns
}

// room is how wide a line of results may be: all but the last column of a terminal,
// as wide as it likes elsewhere.
func (a *app) room() int {
	if !a.toTerminal() {
		return uncut
	}
	return a.columns() - 1
}

// toTerminal reports whether results go to a terminal.
func (a *app) toTerminal() bool { return a.terminal != nil && term.IsTerminal(a.terminal) }

// progressColumn is one column of the table; those with the highest rank are
// left out first.
type progressColumn struct {
	head string
	rank int
	cell func(progressRow) string
	ink  func(progressRow) term.Ink
}

// tableForm says what a table of progress tells beside the usual: weak what would be
// lost, ofLevel that the cards of one level are counted, of which trends are not
// known.
type tableForm struct{ weak, ofLevel bool }

func (a *app) progressColumns(form tableForm) []progressColumn {
	count := func(head string, rank int, ink term.Ink, of func(*branch) int64) progressColumn {
		return progressColumn{head, rank, func(r progressRow) string { return fmt.Sprint(of(r.b)) }, func(r progressRow) term.Ink {
			if of(r.b) == 0 {
				return term.FaintInk
			}
			return ink
		}}
	}
	columns := []progressColumn{
		count(a.t("new"), 6, term.NoInk, func(b *branch) int64 { return b.counts.New }),
		count(a.t("learning"), 5, term.LearningInk, func(b *branch) int64 { return b.counts.Learning }),
		count(a.t("young"), 4, term.YoungInk, func(b *branch) int64 { return b.counts.Young }),
		count(a.t("mature"), 3, term.MatureInk, func(b *branch) int64 { return b.counts.Mature }),
		count(a.t("susp"), 8, term.SuspendedInk, func(b *branch) int64 { return b.counts.Suspended }),
		count(a.t("due"), 0, term.AlarmInk, func(b *branch) int64 { return b.Due }),
		{a.t("recall"), 1, func(r progressRow) string { return share(r.b.Recall) }, nil},
	}
	if !form.ofLevel {
		columns = append(columns,
			progressColumn{a.t("7d"), 2, func(r progressRow) string { return signed(r.b.Trend7) }, trendInk(func(b *branch) *int64 { return b.Trend7 })},
			progressColumn{a.t("30d"), 7, func(r progressRow) string { return signed(r.b.Trend30) }, trendInk(func(b *branch) *int64 { return b.Trend30 })})
	}
	if form.weak {
		columns = append(columns, progressColumn{a.t("lost"), -1, func(r progressRow) string { return fmt.Sprintf("%.1f", r.lost) }, nil})
	}
	return columns
}

func trendInk(of func(*branch) *int64) func(progressRow) term.Ink {
	return func(r progressRow) term.Ink {
		switch n := of(r.b); {
		case n == nil || *n == 0:
			return term.FaintInk
		case *n < 0:
			return term.AlarmInk
		}
		return term.MatureInk
	}
}

// share writes a probability in percent, and nothing as a dash.
func share(p *float64) string {
	if p == nil {
		return "-"
	}
	return fmt.Sprintf("%d%%", int(*p*100+0.5))
}

// points writes a percentage, and none as a dash.
func points(n *int64) string {
	if n == nil {
		return "-"
	}
	return fmt.Sprintf("%d%%", *n)
}

func signed(n *int64) string {
	if n == nil {
		return "-"
	}
	if *n == 0 {
		return "0"
	}
	return fmt.Sprintf("%+d", *n)
}

// printTable writes the rows: the bar first, then the numbers, and the names
// last, where characters of doubtful width can shift nothing.
func (a *app) printTable(rows []progressRow, form tableForm) {
	width := a.room()
	bar := min(10, width/12)
	columns := a.progressColumns(form)
	widths := make([]int, len(columns))
	for i, c := range columns {
		widths[i] = term.Width(c.head)
		for _, r := range rows {
			widths[i] = max(widths[i], len(c.cell(r)))
		}
	}
	keep := fitting(columns, widths, rows, width-bar-len("100% ")-1)
	head := strings.Repeat(" ", bar+len("100%")+1)
	for _, i := range keep {
		head += " " + term.PadLeft(columns[i].head, widths[i])
	}
	if len(keep) > 0 {
		fmt.Fprintln(a.stdout, strings.TrimRight(head, " "))
	}
	for _, r := range rows {
		line, used := a.stateBar(r.b.counts, bar)+" "+term.PadLeft(points(r.b.Percent), len("100%")), bar+len(" 100%")
		for _, i := range keep {
			ink := term.NoInk
			if columns[i].ink != nil {
				ink = columns[i].ink(r)
			}
			line += " " + term.Paint(term.PadLeft(columns[i].cell(r), widths[i]), ink, a.color())
			used += 1 + widths[i]
		}
		cut := term.Truncate
		if form.weak { // the end of a path tells more than its beginning
			cut = term.TruncateLeft
		}
		fmt.Fprintln(a.stdout, line+" "+cut(printable(r.label), max(width-used-1, 4)))
	}
}

// nameColumns is how much of the names is worth more than another number.
const nameColumns = 30

// fitting returns the indexes of the columns that fit beside the names.
func fitting(columns []progressColumn, widths []int, rows []progressRow, room int) (keep []int) {
	name := 0
	for _, r := range rows {
		name = max(name, term.Width(r.label))
	}
	room -= min(name, nameColumns, max(room/2, 8))
	worst := 9
	for ; worst >= -1; worst-- {
		keep = nil
		used := 0
		for i, c := range columns {
			if c.rank < worst {
				keep, used = append(keep, i), used+1+widths[i]
			}
		}
		if used <= room {
			break
		}
	}
	return keep
}

// printable makes text from a deck fit for one line of the terminal; its spaces
// stay.
func printable(s string) string { return strings.ReplaceAll(term.Sanitize(s), "\n", " ") }

// wrapLine breaks a line of a result that is too long for the terminal.
func (a *app) wrapLine(s string) []string { return term.Wrap(s, a.room(), 2) }

// packLine is wrapLine for a line of parts with two spaces or more between them: a
// part is broken only where it has no room of its own.
func (a *app) packLine(s string) []string {
	if term.Width(s) <= a.room() {
		return []string{s}
	}
	var parts []string
	for part := range strings.SplitSeq(s, "  ") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return packed(parts, a.room(), "  ", "  ")
}

// packed sets parts in lines of at most width columns, gap between those in one line
// and indent before all lines but the first.
func packed(parts []string, width int, gap, indent string) []string {
	var lines []string
	for _, part := range parts {
		last := len(lines) - 1
		if last >= 0 && term.Width(lines[last]+gap+part) <= width {
			lines[last] += gap + part
			continue
		}
		if last >= 0 {
			part = indent + part
		}
		lines = append(lines, term.Wrap(part, width, term.Width(indent))...)
	}
	return lines
}

// stateBar draws the shares of mature, young, learning and new cards in width
// columns. Each share that is not zero gets its due, rounded so that the bar is
// always full; without cards it is blank.
func (a *app) stateBar(c srs.Counts, width int) string {
	marks := []rune("█▓▒░")
	if a.config.Terminal.AmbiguousWidth == 2 {
		marks = []rune("#+-.") // of the same width everywhere
	}
	if c.Active() == 0 {
		return strings.Repeat(" ", width)
	}
	out, done := "", int64(0)
	at := 0
	for i, n := range []int64{c.Mature, c.Young, c.Learning, c.New} {
		done += n
		to := int((2*done*int64(width) + c.Active()) / (2 * c.Active()))
		out += term.Paint(strings.Repeat(string(marks[i]), to-at), []term.Ink{term.MatureInk, term.YoungInk, term.LearningInk, term.FaintInk}[i], a.color())
		at = to
	}
	return out
}

func (a *app) printWeak(sections []weakSection, form tableForm) {
	rows := make([]progressRow, len(sections))
	for i, s := range sections {
		rows[i] = progressRow{label: joinPath(s.Path), b: s.branch, lost: s.Lost}
	}
	a.printTable(rows, form)
}
