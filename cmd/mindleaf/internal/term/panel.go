package term

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Marks the templates put into what promptui writes, so that its lines can be
// told apart again. They are private-use characters, which Sanitize removes
// from everything else.
const (
	markCaret    = "\uE123" // the caret is before what follows
	markLabel    = "\uE124" // a label follows
	markMistake  = "\uE125" // a validation message follows
	markField    = "\uE126" // the next field follows
	markSearch   = "\uE127" // the text of a search follows
	markActive   = "\uE128" // the highlighted item follows
	markInactive = "\uE129" // another item follows
)

// panel is what one frame of promptui says.
type panel struct {
	label   string
	mistake string
	input   *input // text being typed, nil when there is none
	find    *input // text being searched for, nil when there is none
	items   []choice
	nothing bool // the search found nothing
}

// input is a text with the caret in it.
type input struct{ before, after string }

// choice is an item as the list shows it.
type choice struct {
	index         int
	label, detail string
	active        bool
}

// parsePanel reads the lines of a frame.
func parsePanel(rows []string) panel {
	var p panel
	for _, row := range rows {
		mark, n := firstMark(row)
		text := row[n:]
		switch mark {
		case markSearch:
			p.find = parseInput(text)
		case markLabel:
			p.parseLabel(text)
		case markActive, markInactive:
			p.items = append(p.items, parseChoice(text, mark == markActive))
		case "":
			// promptui says "No results" in its own words
			p.nothing = p.nothing || strings.TrimSpace(row) != ""
		}
	}
	return p
}

// firstMark returns the first line mark of row and where the text after it
// begins. promptui puts its arrows for a longer list before it.
func firstMark(row string) (string, int) {
	for i, r := range row {
		switch s := string(r); s {
		case markSearch, markLabel, markActive, markInactive:
			return s, i + utf8.RuneLen(r)
		}
	}
	return "", 0
}

func (p *panel) parseLabel(text string) {
	label, typed, ok := strings.Cut(text, markField)
	if ok && strings.Contains(typed, markCaret) {
		p.input = parseInput(typed)
	}
	p.label, p.mistake, _ = strings.Cut(label, markMistake)
}

func parseInput(text string) *input {
	before, after, _ := strings.Cut(text, markCaret)
	return &input{before, after}
}

func parseChoice(text string, active bool) choice {
	fields := strings.SplitN(text, markField, 3)
	for len(fields) < 3 {
		fields = append(fields, "")
	}
	index, _ := strconv.Atoi(fields[0])
	return choice{index: index, label: fields[1], detail: fields[2], active: active}
}

// block is some rows of the panel and what in them must stay visible.
type block struct {
	rows       []line
	head       int // rows of the label above a list
	focus, end int // the rows [focus, end) of the highlighted item or the caret
	caret      *position
	items      []extent // where the items are
	above      int      // items of the list that come before these and are not seen
	beneath    int      // likewise after these
}

// extent is the rows [from, to) of an item.
type extent struct{ from, to int }

// position is a place on the screen or in a block, from 0.
type position struct{ x, y int }

// layout returns the panel in width columns, one item a row or more. total is
// how many items the whole list has.
func (p panel) layout(width, total int, w Words) block {
	var b block
	b.addLabel(p, width, total, w)
	b.head = len(b.rows)
	b.addItems(p, width, total)
	b.above, b.beneath = p.beyond(total)
	if p.nothing && len(p.items) == 0 {
		b.rows = append(b.rows, line{{"  " + w.NoResults, dim}})
	}
	return b
}

func (b *block) addLabel(p panel, width, total int, w Words) {
	if p.mistake != "" {
		b.rows = append(b.rows, wrapSpans([]span{{"! " + p.mistake, mistake}}, width, 2)...)
	}
	if p.find != nil {
		b.addInput(w.Search, *p.find, width)
	}
	if p.input != nil {
		b.addInput(p.label, *p.input, width)
		return
	}
	label := []span{{p.label, 0}}
	if n := p.activeIndex(); n >= 0 && total > maxDigit {
		label = append(label, span{" " + fill(w.Position, n+1, total), dim})
	}
	if p.label != "" || len(label) > 1 {
		b.rows = append(b.rows, wrapSpans(label, width, 0)...)
	}
}

// beyond returns how many of total items promptui has left out before and after
// those it shows. What a search leaves out is not among them.
func (p panel) beyond(total int) (above, beneath int) {
	if p.find != nil || len(p.items) == 0 {
		return 0, 0
	}
	above = max(0, p.items[0].index)
	return above, max(0, total-above-len(p.items))
}

func (p panel) activeIndex() int {
	for _, c := range p.items {
		if c.active {
			return c.index
		}
	}
	return -1
}

// addInput adds label and the text being typed. The text is cut at the edge
// like in any line editor: words would jump about while they grow.
func (b *block) addInput(label string, in input, width int) {
	indent := 0
	if label != "" {
		rows := wrapSpans([]span{{label, bold}}, width, 0)
		last := rows[len(rows)-1]
		b.rows = append(b.rows, rows[:len(rows)-1]...)
		if indent = last.width() + 1; indent > width/2 {
			b.rows, indent = append(b.rows, last), 0
		} else {
			b.rows = append(b.rows, append(last, span{" ", 0}))
		}
	}
	if indent == 0 {
		b.rows = append(b.rows, line{})
	}
	top := len(b.rows) - 1
	caret := position{indent, top}
	for i, part := range hardWrap(in.before+in.after, width-indent, width) {
		if i > 0 {
			b.rows = append(b.rows, line{})
		}
		y := top + i
		b.rows[y] = append(b.rows[y], span{part, 0})
	}
	caret.x, caret.y = caretAfter(in, width, indent)
	caret.y += top
	if caret.y == len(b.rows) {
		b.rows = append(b.rows, line{})
	}
	b.caret = &caret
	b.focus, b.end = caret.y, caret.y+1
}

// caretAfter returns where the caret stands in the text addInput shows.
func caretAfter(in input, width, indent int) (x, y int) {
	left, room, x := len(in.before), width-indent, indent
	for i, part := range hardWrap(in.before+in.after, room, width) {
		if i > 0 {
			x, y = 0, y+1
		}
		if left < len(part) {
			return x + Width(part[:left]), y
		}
		left -= len(part)
		x += Width(part)
	}
	if x >= width {
		return 0, y + 1
	}
	return x, y
}
