package draw

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// Map is a mind map to be drawn.
type Map struct {
	Root *Node
	// Title and Date stand above the map; Language is that of the texts, such as
	// "zh".
	Title, Date, Language string
	// Words are those of the legend and the page, in the reader's language.
	Words MapWords
	// Recall hides what follows the first colon of each leaf until the pointer
	// rests on it, or it is chosen.
	Recall bool
}

// MapWords are the words on a map.
type MapWords struct {
	Marks [Marks]string
	// Due is what a frame in red means, Share what the numbers of a section mean.
	Due, Share string
	// The rest is on the page only.
	Search, Fold, Unfold, Theme, Reveal, Keys string
}

// WriteSVG writes the map as an SVG file that needs nothing else. Errors are
// those of w.
func (m Map) WriteSVG(w io.Writer) error {
	m.Root.Sum()
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	m.svg(&b, styleOf())
	_, err := io.WriteString(w, b.String())
	return err
}

// svg writes the map as an element. A picture has a style sheet and the legend; on a
// page, where style is "", both are elsewhere.
func (m Map) svg(b *strings.Builder, style string) {
	head, legend, legendWidth := pageHead, "", 0
	if style != "" {
		head = headHeight
		legend, legendWidth = m.legendRow()
	}
	p := lay(m.Root, m.Recall, head)
	p.width = max(p.width, legendWidth+2*margin, textWidth(clean(m.Title), 20)+2*margin)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" xml:lang="%s" width="%d" height="%d" viewBox="0 0 %d %d">`+"\n",
		escape(m.Language), p.width, p.height, p.width, p.height)
	if style != "" {
		fmt.Fprintf(b, "<style>%s</style>\n", style)
	}
	fmt.Fprintf(b, `<rect class="paper" width="%d" height="%d"/>`+"\n", p.width, p.height)
	fmt.Fprintf(b, `<text class="title" x="%d" y="36">%s</text>`+"\n", margin, escape(clean(m.Title)))
	b.WriteString(legend)
	for i := range p.boxes {
		p.link(b, i)
	}
	for i := range p.boxes {
		p.drawBox(b, i)
	}
	b.WriteString("</svg>\n")
}

func (m Map) legend() []legendItem {
	items := []legendItem{{text: m.Date}}
	for mark := range Mark(Marks) {
		items = append(items, legendItem{
			fmt.Sprintf(`<g class="m%d">%s</g>`, mark, symbol(mark)), fmt.Sprintf("%s %d", m.Words.Marks[mark], m.Root.Leaves[mark]), 14,
		})
	}
	return append(items, legendItem{
		`<g class="m0 due"><rect class="box" x="-9" y="-7" width="18" height="14" rx="4"/></g>`, fmt.Sprintf("%s %d", m.Words.Due, m.Root.DueLeaves), 20,
	}, legendItem{text: m.Words.Share})
}

// legendRow returns the legend as a row of a picture, and its width.
func (m Map) legendRow() (string, int) {
	var b strings.Builder
	x := margin
	for _, item := range m.legend() {
		if item.drawn != "" {
			fmt.Fprintf(&b, `<g transform="translate(%d,61)">%s</g>`+"\n", x+item.width/2, item.drawn)
			x += item.width + 4
		}
		text := clean(item.text)
		fmt.Fprintf(&b, `<text class="faint" x="%d" y="66">%s</text>`+"\n", x, escape(text))
		x += textWidth(text, fontSize) + 18
	}
	return b.String(), x - margin
}

// symbol returns a mark as a circle of radius 6 around the origin, filled as far
// as the leaf is known.
func symbol(m Mark) string {
	const ring = `<circle class="ring" r="6"/>`
	switch m {
	case Learning, Young:
		angle := math.Pi / 2 * float64(m)
		return ring + fmt.Sprintf(`<path class="pie" d="M0,0V-6A6,6 0 0 1 %.1f,%.1fZ"/>`, 6*math.Sin(angle), -6*math.Cos(angle))
	case Mature:
		return ring + `<circle class="pie" r="6"/>`
	case Suspended:
		return `<path class="ring" d="M-5,-5L5,5M-5,5L5,-5"/>`
	}
	return ring
}

// link writes the curve from a box's parent to it.
func (p *plan) link(b *strings.Builder, at int) {
	c := &p.boxes[at]
	if c.parent < 0 {
		return
	}
	from := &p.boxes[c.parent]
	x0, y0, x1, y1 := from.x+from.w+6, from.y+from.h/2, c.x, c.y+c.h/2
	fmt.Fprintf(b, `<path class="l f%d" id="l%d" d="M%d,%dC%d,%d %d,%d %d,%d"/>`+"\n",
		c.family%len(light.families), at, x0, y0, (x0+x1)/2, y0, (x0+x1)/2, y1, x1, y1)
}

// drawBox writes a node: its box, its mark or its share, and its text.
func (p *plan) drawBox(b *strings.Builder, at int) {
	c := &p.boxes[at]
	leaf := len(c.children) == 0
	class := "n"
	switch {
	case leaf:
		class += fmt.Sprintf(" m%d", c.node.Mark)
		if c.node.Due {
			class += " due"
		}
	default:
		class += " strong"
	}
	if c.family >= 0 {
		class += fmt.Sprintf(" f%d", c.family%len(light.families))
	} else {
		class += " f7"
	}
	fmt.Fprintf(b, `<g class="%s" id="n%d" data-p="%d" data-x="%d" data-w="%d" data-h="%d" transform="translate(%d,%d)">`,
		class, at, c.parent, c.x, c.w, c.h, c.x, c.y)
	if c.node.Note != "" {
		fmt.Fprintf(b, "<title>%s</title>", escape(cleanLines(c.node.Note)))
	}
	x := padding
	if leaf {
		fmt.Fprintf(b, `<rect class="box" width="%d" height="%d" rx="5"/><g transform="translate(%d,%d)">%s</g>`,
			c.w, c.h, padding+7, c.h/2, symbol(c.node.Mark))
		x += markWidth
	} else {
		c.share(b)
	}
	shown := len(c.lines) - c.hidden
	for i, l := range c.lines {
		hid := ""
		if i >= shown {
			hid = ` class="hid"`
		}
		fmt.Fprintf(b, `<text%s x="%d" y="%d">%s</text>`, hid, x, padding/2+15+i*lineHeight, escape(l))
	}
	if c.hidden > 0 {
		fmt.Fprintf(b, `<rect class="mask" x="%d" y="%d" width="%d" height="%d" rx="4"/>`,
			x, padding/2+shown*lineHeight+2, c.w-x-padding, c.hidden*lineHeight-4)
	}
	b.WriteString("</g>\n")
}

// share writes what of a section is known: a bar under its name with the leaves
// by mark, best first, and the numbers after the name.
func (b *box) share(out *strings.Builder) {
	total := b.node.Total()
	x, done := 0, 0
	for _, m := range []Mark{Mature, Young, Learning, New} {
		done += b.node.Leaves[m]
		to := 0
		if total > 0 {
			to = b.w * done / total
		}
		class := fmt.Sprintf("k%d", m)
		if m == New {
			class, to = "rest", b.w
		}
		if to > x {
			fmt.Fprintf(out, `<rect class="%s" x="%d" y="%d" width="%d" height="4"/>`, class, x, b.h-2, to-x)
		}
		x = to
	}
	fmt.Fprintf(out, `<text class="small faint" x="%d" y="%d" text-anchor="end">%d/%d</text>`,
		b.w-padding, padding/2+15+(len(b.lines)-1)*lineHeight, b.node.Known(), total)
	fmt.Fprintf(out, `<circle class="knob" cx="%d" cy="%d" r="5"/>`, b.w+6, b.h/2)
}

// cleanLines is clean for text of several lines.
func cleanLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = clean(l)
	}
	return strings.Join(lines, "\n")
}
