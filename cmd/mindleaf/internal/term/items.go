package term

import (
	"slices"
	"strconv"
)

// maxDigit is the number of items that have a digit key.
const maxDigit = 9

const (
	pointer   = "▸ "
	noPointer = "  "
)

// compactWidth is the most an item of a compact list may take: grades do,
// answers of a quiz do not.
const compactWidth = 24

// number returns what stands before the label of an item: its digit key, which
// is one more than index.
func number(index, total int) string {
	switch {
	case index < maxDigit:
		return strconv.Itoa(index+1) + " "
	case total > maxDigit:
		return "  "
	}
	return ""
}

// addItems adds the list, one item below the other with a hanging indent.
func (b *block) addItems(p panel, width, total int) {
	column := detailColumn(p.items, width)
	for _, c := range p.items {
		rows := c.layout(width, total, column)
		if c.active {
			b.focus, b.end = len(b.rows), len(b.rows)+len(rows)
		}
		b.items = append(b.items, extent{len(b.rows), len(b.rows) + len(rows)})
		b.rows = append(b.rows, rows...)
	}
}

// detailColumn returns the width of the labels when the details can stand in
// a column behind them, else 0.
func detailColumn(items []choice, width int) int {
	widest, details := 0, 0
	for _, c := range items {
		widest = max(widest, Width(c.label))
		details = max(details, Width(c.detail))
	}
	if Width(pointer)+Width("1 ")+widest+gap+details > width {
		return 0
	}
	return widest
}

func (c choice) layout(width, total, column int) []line {
	lead := noPointer
	st := style(0)
	if c.active {
		lead, st = pointer, active
	}
	lead += number(c.index, total)
	spans := []span{{lead + c.label, st}}
	if c.detail != "" {
		spans = append(spans, span{spaces(column-Width(c.label)) + spaces(gap) + c.detail, dim})
	}
	return wrapSpans(spans, width, Width(lead))
}

// spacing is how much room a compact list leaves, in columns.
type spacing struct{ number, detail, item int }

// spacings are the ways to set a compact list, the widest first.
var spacings = []spacing{{1, 1, 2}, {0, 1, 2}, {0, 1, 1}, {0, 0, 1}}

// compact returns the panel with its items side by side, for a window with
// few rows, and as wide apart as takes no more rows than side by side at all;
// false when they are too long for that.
func (p panel) compact(width, total int) (block, bool) {
	if len(p.items) == 0 || len(p.items) > maxDigit || p.find != nil {
		return block{}, false
	}
	tightest := spacings[len(spacings)-1]
	for _, c := range p.items {
		if c.compact(total, tightest).width() > min(compactWidth, width) {
			return block{}, false
		}
	}
	tight := p.sideBySide(width, total, tightest)
	for _, s := range spacings {
		b := p.sideBySide(width, total, s)
		tooWide := func(l line) bool { return l.width() > width }
		if len(b.rows) <= len(tight.rows) && !slices.ContainsFunc(b.rows, tooWide) {
			return b, true
		}
	}
	return tight, true
}

// sideBySide returns the items so far apart, in as many rows as they need.
func (p panel) sideBySide(width, total int, s spacing) block {
	var b block
	var row line
	for _, c := range p.items {
		item := c.compact(total, s)
		switch {
		case row == nil:
			row = item
		case row.width()+s.item+item.width() > width:
			b.rows = append(b.rows, row)
			row = item
		default:
			row = append(append(row, span{spaces(s.item), 0}), item...)
		}
		b.items = append(b.items, extent{len(b.rows), len(b.rows) + 1})
		if c.active {
			b.focus, b.end = len(b.rows), len(b.rows)+1
		}
	}
	b.rows = append(b.rows, row)
	return b
}

// compact returns c in one row, spaced so. Two numbers never become one.
func (c choice) compact(total int, s spacing) line {
	if c.label != "" && c.label[0] >= '0' && c.label[0] <= '9' {
		s.number = 1
	}
	st, lead := style(0), ""
	if c.active {
		st, lead = active, pointer[:len(pointer)-1]
	}
	l := line{{lead + number(c.index, total)[:1] + spaces(s.number) + c.label, st}}
	if c.detail != "" {
		l = append(l, span{spaces(s.detail) + c.detail, dim})
	}
	return l
}
