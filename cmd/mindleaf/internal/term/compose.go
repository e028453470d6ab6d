package term

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"
)

const (
	gap           = 2  // columns between the parts of the status and help rows
	shortWindow   = 14 // fewer rows than this save every row they can
	leastForHelp  = 6  // rows from which there is a help row
	leastForState = 4  // rows from which there is a status row
	wideEnough    = 8  // columns the place in the deck should keep
)

// scene is all that is to be seen.
type scene struct {
	view   View // sanitized
	notice string
	panel  panel
	total  int // items of the list
	help   string
	words  Words
	scroll int // rows of the body above its window
	// reveal is how many blocks of the body were there before, when a rule and
	// an answer have been added that must be seen; 0 once that was scrolled.
	reveal int

	body      []line // cache: the body in bodyWidth columns
	bodyWidth int
}

// picture is a scene in a window.
type picture struct {
	rows      []line // as many as the window has
	caret     *position
	maxScroll int
	page      int // rows a page of the body moves
}

// compose lays s out in width columns and height rows. The last column stays
// empty: a terminal that thinks a character wider can then clip, not wrap.
func (s *scene) compose(width, height int) picture {
	width = max(width-1, minWidth)
	bottom := 1
	if height < leastForHelp {
		bottom = 0
	}
	var top []line
	if height >= leastForState {
		top = s.statusRows(width, max(height/4, 1))
	}
	avail := max(height-len(top)-bottom, 1)
	body := s.bodyRows(width)
	b := s.fitPanel(width, height, avail, len(body))
	view := avail - len(b.rows)

	pic := picture{maxScroll: max(0, len(body)-view), page: max(1, view-1)}
	if view == 0 {
		pic.maxScroll = 0
	}
	s.scrollToAnswer(width, view, len(body))
	s.scroll = min(max(s.scroll, 0), pic.maxScroll)
	pic.rows = append(pic.rows, top...)
	for i := range view {
		row := line(nil)
		if j := s.scroll + i; j < len(body) {
			row = body[j]
		}
		pic.rows = append(pic.rows, row)
	}
	if b.caret != nil {
		pic.caret = &position{b.caret.x, b.caret.y + len(pic.rows)}
	}
	pic.rows = append(pic.rows, b.rows...)
	if bottom == 1 {
		pic.rows = append(pic.rows, s.helpRow(width, b, view, len(body)))
	}
	return pic
}

// scrollToAnswer scrolls to the rule above an answer that has just been added, where
// in view rows little of it could be seen: less than all of it and than half of them.
func (s *scene) scrollToAnswer(width, view, body int) {
	if s.reveal == 0 {
		return
	}
	rule := len(renderBody(s.view.Body[:s.reveal], width))
	if seen, all := s.scroll+view-rule-1, body-rule-1; seen < min(all, view/2) {
		s.scroll = rule
	}
}

func (s *scene) bodyRows(width int) []line {
	if s.body == nil || s.bodyWidth != width {
		s.body, s.bodyWidth = renderBody(s.view.Body, width), width
	}
	return s.body
}

// fitPanel returns the panel in at most the rows it can have beside the body:
// compact where rows are few, else cut around what must be seen.
func (s *scene) fitPanel(width, height, avail, body int) block {
	full := s.panel.layout(width, s.total, s.words)
	if height < shortWindow || body+len(full.rows) > avail {
		if b, ok := s.panel.compact(width, s.total); ok && len(b.rows) < len(full.rows) {
			label := len(full.rows) - len(s.panel.items)
			if height >= shortWindow && label > 0 {
				b = b.below(full.rows[:label])
			}
			full = b
		}
	}
	most := avail - min(body, max(2, avail/3))
	most = max(most, min(full.end-full.focus, avail-1), 1)
	return full.window(most)
}

// below returns b under rows.
func (b block) below(rows []line) block {
	n := len(rows)
	return block{
		rows: append(rows[:n:n], b.rows...), head: n, focus: b.focus + n, end: b.end + n, above: b.above, beneath: b.beneath,
		items: moved(b.items, n),
	}
}

// list returns b without its label.
func (b block) list() block {
	return block{
		rows: b.rows[b.head:], focus: b.focus - b.head, end: b.end - b.head, above: b.above, beneath: b.beneath,
		items: moved(b.items, -b.head),
	}
}

// moved returns items by rows further down.
func moved(items []extent, by int) []extent {
	var to []extent
	for _, it := range items {
		to = append(to, extent{it.from + by, it.to + by})
	}
	return to
}

// window returns at most height rows of b, those in focus among them, below
// the label where there is room for it.
func (b block) window(height int) block {
	if len(b.rows) <= height {
		return b
	}
	if b.head > 0 && b.head <= height/3 && b.head+b.end-b.focus <= height && b.focus >= b.head {
		w := b.list().window(height - b.head).below(b.rows[:b.head])
		w.caret = b.caret
		return w
	}
	from := 0
	if b.end > height {
		from = min(b.end-height, b.focus)
	}
	from = min(from, len(b.rows)-height)
	w := block{rows: b.rows[from : from+height]}
	w.above, w.beneath = b.hidden(from, from+height)
	if b.caret != nil && b.caret.y >= from && b.caret.y < from+height {
		w.caret = &position{b.caret.x, b.caret.y - from}
	}
	return w
}

// hidden returns how many items cannot be seen, or not all of them, when the rows
// [from, to) can: above these and beneath them.
func (b block) hidden(from, to int) (above, beneath int) {
	above, beneath = b.above, b.beneath
	for _, it := range b.items {
		switch {
		case it.from < from:
			above++
		case it.to > to:
			beneath++
		}
	}
	return above, beneath
}

// statusRows returns the first row, or at most most rows when the notice is too
// long for one.
func (s *scene) statusRows(width, most int) []line {
	if s.notice == "" {
		return []line{s.statusRow("", width)}
	}
	cuts := wrapParagraph(s.notice, width, 0)
	last := min(len(cuts), most) - 1
	var rows []line
	for _, c := range cuts[:last] {
		rows = append(rows, line{{s.notice[c.start:c.end], notice}})
	}
	return append(rows, s.statusRow(Truncate(s.notice[cuts[last].start:], width), width))
}

// statusRow returns a row with the notice that is told, or else the place, on the
// left, and the other segments on the right, the last of them dropped first: all of
// them where the notice needs the room.
func (s *scene) statusRow(told string, width int) line {
	left, st := told, notice
	segments := s.view.status()
	if len(segments) > 0 {
		if told == "" {
			left, st = segments[0], status
		}
		segments = segments[1:]
	}
	least := Width(left)
	if told == "" {
		least = min(least, max(wideEnough, width/3))
	}
	right := ""
	for _, seg := range segments {
		next := seg
		if right != "" {
			next = right + spaces(gap) + seg
		}
		if least+gap+Width(next) > width {
			break
		}
		right = next
	}
	room := width
	if right != "" {
		room = width - Width(right) - gap
	}
	if told == "" {
		left = TruncateLeft(left, room)
	}
	row := line{{left, st}}
	if right != "" {
		row = append(row, span{PadLeft(right, width-Width(left)), status})
	}
	return row
}

// helpRow returns the last row: what of the list b and of the body cannot be seen and
// which keys lead there, then the keys of the prompt as far as they fit.
func (s *scene) helpRow(width int, b block, view, body int) line {
	parts := s.unseen(width, b, view, body)
	for _, k := range s.view.Keys {
		if k.Label == "" {
			continue
		}
		parts = append(parts, string(k.Key)+" "+k.Label)
	}
	if s.help != "" {
		parts = append(parts, strings.Split(s.help, spaces(gap))...)
	}
	text := ""
	for i, p := range parts {
		next := p
		if i > 0 {
			next = text + spaces(gap) + p
		}
		if Width(next) > width {
			break
		}
		text = next
	}
	return line{{text, dim}}
}

// unseen says how far a body that is too long is scrolled, and how many items of a
// list are not in the window; in few columns it does so in fewer words.
func (s *scene) unseen(width int, b block, view, body int) (parts []string) {
	if body > view && view > 0 {
		key := "PgDn"
		if s.scroll+view >= body {
			key = "PgUp"
		}
		parts = append(parts, fill(s.words.Position, min(s.scroll+view, body), body)+" "+key)
	}
	count := hiddenItems(b.above, b.beneath)
	if count == "" {
		return parts
	}
	n := len(parts)
	for _, text := range []string{fmt.Sprintf(s.words.More, count) + " ↑↓", count + " ↑↓", count} {
		parts = append(parts[:n], text)
		if Width(strings.Join(parts, spaces(gap))) <= width {
			break
		}
	}
	return parts
}

// hiddenItems counts the items above and beneath those that can be seen; "" when
// there are none.
func hiddenItems(above, beneath int) string {
	up, down := "▴", "▾"
	if uniseg.EastAsianAmbiguousWidth == 2 {
		up, down = "^", "v" // a terminal that is set so may lack the signs
	}
	var counts []string
	if above > 0 {
		counts = append(counts, up+strconv.Itoa(above))
	}
	if beneath > 0 {
		counts = append(counts, down+strconv.Itoa(beneath))
	}
	return strings.Join(counts, " ")
}

// fill puts two numbers into a text of Words.
func fill(format string, a, b int) string { return fmt.Sprintf(format, a, b) }
