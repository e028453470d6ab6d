package mindmap

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/mindleaf/mindleaf/deck/outline"
)

// maxCards is how many cards a canvas may have: each is looked for in each
// group.
const maxCards = 10_000

func sniffCanvas(data []byte) bool {
	keys := jsonKeys(data)
	return keys["nodes"] && keys["edges"] && bytes.Contains(data, []byte(`"fromNode"`))
}

// canvasReader reads Obsidian's canvas, a drawing of cards and arrows.
type canvasReader struct {
	j      *jsonReader
	b      *builder
	parser parser.Parser
	cards  []*canvasCard
	edges  []canvasEdge
	// files and labels count what is not in the outline: the content of files
	// that cards show, and the texts of arrows.
	files, labels int
}

// canvasCard is a card, or a group of them. Its place is that of its upper
// left corner.
type canvasCard struct {
	id, kind            string
	x, y, width, height float64
	node                *outline.Node
	parent              *canvasCard
	children            []*canvasCard
}

type canvasEdge struct {
	from, to, fromEnd, toEnd, label string
	pos                             outline.Pos
}

// readCanvas reads a canvas whose arrows make trees of its cards. What an
// arrow points to is below where it comes from, a card without an arrow below
// the group it lies in; cards stand in order from top to bottom.
func readCanvas(name string, data []byte) (*Map, error) {
	j, err := newJSONReader(name, data)
	if err != nil {
		return nil, err
	}
	c := &canvasReader{j: j, b: newBuilder(name), parser: newMarkdownParser()}
	err = j.object(func(key string) error {
		switch key {
		case "nodes":
			return j.array(c.card)
		case "edges":
			return j.array(c.edge)
		}
		return j.skip()
	})
	if err == nil {
		err = j.end()
	}
	if err == nil {
		err = c.connect()
	}
	if err != nil {
		return nil, err
	}
	c.group()
	top, err := c.tree()
	if err != nil {
		return nil, err
	}
	c.b.warn(c.files, "file", "%s shown on the canvas kept by name only")
	c.b.warn(c.labels, "text", "%s of arrows left out")
	return c.b.finish(top)
}

// card reads an element of the nodes.
func (c *canvasReader) card() error {
	card := &canvasCard{node: &outline.Node{Pos: c.j.pos()}}
	if len(c.cards) >= maxCards {
		return errorAt(c.j.name, card.node.Pos, fmt.Sprintf("more than %d cards", maxCards), "split the canvas into several files")
	}
	var text, file, url, label string
	fields := map[string]*string{"id": &card.id, "type": &card.kind, "text": &text, "file": &file, "url": &url, "label": &label}
	places := map[string]*float64{"x": &card.x, "y": &card.y, "width": &card.width, "height": &card.height}
	err := c.j.object(func(key string) (err error) {
		switch field, place := fields[key], places[key]; {
		case field != nil:
			*field, err = c.j.text()
		case place != nil:
			*place, err = c.j.number()
		default:
			err = c.j.skip()
		}
		return err
	})
	switch card.kind {
	case "text":
		c.setText(card.node, text)
	case "file":
		c.setFile(card.node, file)
	case "link":
		card.node.Text = singleLine(url)
	case "group":
		card.node.Text = singleLine(label)
	}
	c.cards = append(c.cards, card)
	return err
}

// setText takes the first line of a card's Markdown as what it is called and
// the others as a note.
func (c *canvasReader) setText(n *outline.Node, markdown string) {
	source, err := markdownSource("", []byte(markdown))
	read := &outline.Node{}
	if err == nil {
		m := &markdownReader{source: source, lines: lineStarts(source)}
		err = m.document(read, c.parser.Parse(text.NewReader(source)))
	}
	if err != nil {
		setText(n, markdown)
		return
	}
	var lines []string
	read.Walk(func(_ []*outline.Node, below *outline.Node) bool {
		if below.Text != "" {
			lines = append(lines, below.Text)
		}
		if below.Note != "" {
			lines = append(lines, below.Note)
		}
		return true
	})
	first, rest, _ := strings.Cut(strings.Join(lines, "\n"), "\n")
	n.Text = singleLine(first)
	addNote(n, rest)
}

var pictureEndings = " .png .jpg .jpeg .gif .svg .webp .bmp .avif .mp4 .webm .mov .mp3 .m4a .wav "

// setFile calls a card after the file it shows, if that is no picture.
func (c *canvasReader) setFile(n *outline.Node, file string) {
	ending := strings.ToLower(path.Ext(file))
	if ending != "" && strings.Contains(pictureEndings, " "+ending+" ") {
		c.b.pictures[n] = true
		return
	}
	if n.Text = singleLine(strings.TrimSuffix(path.Base(file), path.Ext(file))); file != "" {
		c.files++
	}
}

// edge reads an element of the edges. An arrow with its head at the wrong end
// is turned round.
func (c *canvasReader) edge() error {
	e := canvasEdge{pos: c.j.pos()}
	fields := map[string]*string{"fromNode": &e.from, "toNode": &e.to, "fromEnd": &e.fromEnd, "toEnd": &e.toEnd, "label": &e.label}
	err := c.j.object(func(key string) (err error) {
		field := fields[key]
		if field == nil {
			return c.j.skip()
		}
		*field, err = c.j.text()
		return err
	})
	if e.fromEnd == "arrow" && e.toEnd == "none" {
		e.from, e.to = e.to, e.from
	}
	if singleLine(e.label) != "" {
		c.labels++
	}
	c.edges = append(c.edges, e)
	return err
}
