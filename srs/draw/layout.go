package draw

// The measures of the map in pixels.
const (
	fontSize   = 14
	lineHeight = 20
	labelWidth = 420 // lines of a label are at most this wide
	gutter     = 64  // between columns, for the links
	rowGap     = 8   // between neighbours
	groupGap   = 10  // more between the children of different parents
	markWidth  = 22  // a leaf's symbol
	countWidth = 64  // a section's share
	padding    = 6   // in the box of a label
	margin     = 24
	headHeight = 92 // title, legend and date
	pageHead   = 62 // of a page, whose legend stands above the picture
)

// box is a node with its place: x and y are the upper left corner of its label,
// which is w by h. Its band, from top to top+band, is its own: nothing of
// another branch is drawn there.
type box struct {
	node       *Node
	parent     int // index of the parent, -1 at the root
	depth      int
	family     int      // which main branch it belongs to, -1 at the root
	lines      []string // of the label
	hidden     int      // how many of them, at the end, recall hides
	x, y, w, h int
	band       int
	children   []int
}

// plan is a map laid out: boxes in document order, the root first.
type plan struct {
	boxes         []box
	width, height int
}

// lay lays a map out from left to right, each generation in a column of its own
// and every branch in a band of its own, so that no two labels meet.
//
// Above it head pixels are left free.
func lay(root *Node, recall bool, head int) *plan {
	p := &plan{}
	p.add(root, -1, 0, -1, recall)
	p.columns()
	p.stack(0, head)
	p.height = head + p.boxes[0].band + margin
	return p
}

// add appends the box of n and of what is below it.
func (p *plan) add(n *Node, parent, depth, family int, recall bool) int {
	at := len(p.boxes)
	b := box{node: n, parent: parent, depth: depth, family: family}
	b.label(recall && len(n.Children) == 0)
	p.boxes = append(p.boxes, b)
	for i, c := range n.Children {
		f := family
		if depth == 0 {
			f = i
		}
		child := p.add(c, at, depth+1, f, recall)
		p.boxes[at].children = append(p.boxes[at].children, child)
	}
	p.boxes[at].band = p.bandOf(at)
	return at
}

// label breaks the text of b into lines and measures it.
func (b *box) label(recall bool) {
	text := clean(b.node.Text)
	if recall {
		var hidden string
		if text, hidden = SplitRecall(text); hidden != "" {
			lines := wrap(hidden, fontSize, labelWidth)
			b.hidden = len(lines)
			b.lines = append(wrap(text, fontSize, labelWidth), lines...)
		}
	}
	if b.lines == nil {
		b.lines = wrap(text, fontSize, labelWidth)
	}
	for _, l := range b.lines {
		b.w = max(b.w, textWidth(l, fontSize))
	}
	b.w += 2 * padding
	b.h = len(b.lines)*lineHeight + padding
	if len(b.node.Children) == 0 {
		b.w += markWidth
	} else {
		b.w += countWidth
	}
}

// bandOf returns the height that a branch needs.
func (p *plan) bandOf(at int) int {
	b := &p.boxes[at]
	sum := 0
	for _, c := range b.children {
		sum += p.boxes[c].band
	}
	if len(b.children) > 0 && len(p.boxes[b.children[0]].children) == 0 {
		sum += groupGap
	}
	return max(sum, b.h+rowGap)
}

// columns gives every box its x and every column the width of its widest label.
func (p *plan) columns() {
	var widest []int
	for _, b := range p.boxes {
		for len(widest) <= b.depth {
			widest = append(widest, 0)
		}
		widest[b.depth] = max(widest[b.depth], b.w)
	}
	x := margin
	for depth, w := range widest {
		for i := range p.boxes {
			if p.boxes[i].depth == depth {
				p.boxes[i].x = x
			}
		}
		x += w + gutter
	}
	p.width = x - gutter + margin
}

// stack places the branch at an index in its band, which begins at top.
func (p *plan) stack(at, top int) {
	b := &p.boxes[at]
	sum := 0
	for _, c := range b.children {
		sum += p.boxes[c].band
	}
	y := top + (b.band-sum)/2
	for _, c := range b.children {
		p.stack(c, y)
		y += p.boxes[c].band
	}
	b.y = top + (b.band-b.h)/2
}
