package mindmap

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"

	"github.com/mindleaf/mindleaf/deck/outline"
)

func sniffOPML(data []byte) bool { return xmlRoot(data) == "opml" }

// opmlReader reads the exchange format of outliners.
type opmlReader struct {
	x *xmlReader
	b *builder
	// begun says that the first element was seen.
	begun bool
	// feeds counts the outlines that are news feeds, leaves those that have
	// none below them.
	feeds, leaves int
}

// readOPML reads a tree of outline elements, whose text may be HTML. Several
// at the top hang below the title of the file.
func readOPML(name string, data []byte) (*Map, error) {
	x, err := newXMLReader(name, data)
	if err != nil {
		return nil, err
	}
	o := &opmlReader{x: x, b: newBuilder(name)}
	top := &outline.Node{Pos: outline.Pos{Line: 1, Column: 1}}
	err = x.inside(func(root xml.StartElement) error {
		if root.Name.Local != "opml" {
			return errorAt(name, x.start, "not OPML: its first element is <"+singleLine(root.Name.Local)+">", "export the outline again as OPML")
		}
		o.begun = true
		return x.inside(func(e xml.StartElement) error { return o.part(top, e) })
	})
	switch {
	case err != nil:
		return nil, err
	case !o.begun:
		return nil, &Error{Name: name, Message: "not OPML: it has no <opml>", Hint: "export the outline again as OPML"}
	case o.feeds > 0 && o.feeds == o.leaves:
		return nil, &Error{Name: name, Message: fmt.Sprintf("a list of subscriptions to news feeds (%d of them), not an outline", o.feeds),
			Hint: "in the program you write outlines or maps in, export one of those as OPML"}
	}
	return o.b.finish(top)
}

// part reads the head or the body of the file.
func (o *opmlReader) part(top *outline.Node, e xml.StartElement) error {
	return o.x.inside(func(inner xml.StartElement) error {
		switch e.Name.Local + "/" + inner.Name.Local {
		case "head/title":
			title, err := o.x.text()
			top.Text = singleLine(htmlText(title))
			return err
		case "body/outline":
			return o.outline(top, 0, inner)
		}
		return o.x.skip()
	})
}

// outline adds the outline that begins with e to parent.
func (o *opmlReader) outline(parent *outline.Node, depth int, e xml.StartElement) error {
	n, err := o.b.add(parent, depth, o.x.start)
	if err != nil {
		return err
	}
	setText(n, opmlText(e))
	for _, name := range []string{"_note", "note"} {
		addNote(n, htmlText(newLines.Replace(attribute(e, name))))
	}
	o.b.pictures[n] = mubuPictures(e)
	for _, name := range []string{"url", "xmlUrl", "htmlUrl"} {
		addLink(n, attribute(e, name))
	}
	err = o.x.inside(func(e xml.StartElement) error {
		if e.Name.Local != "outline" {
			return o.x.skip()
		}
		return o.outline(n, depth+1, e)
	})
	if n.Leaf() {
		o.leaves++
		if kind := strings.ToLower(attribute(e, "type")); kind == "rss" || kind == "atom" || attribute(e, "xmlUrl") != "" {
			o.feeds++
		}
	}
	return err
}

// opmlText returns what an outline is called. Mubu keeps its own HTML as well,
// which counts if there is nothing else.
func opmlText(e xml.StartElement) string {
	for _, name := range []string{"text", "title"} {
		if text := htmlText(attribute(e, name)); strings.TrimSpace(text) != "" {
			return text
		}
	}
	text, err := url.PathUnescape(attribute(e, "_mubu_text"))
	if err != nil {
		return ""
	}
	return htmlText(text)
}

// mubuPictures reports whether Mubu keeps pictures with the topic that e begins.
func mubuPictures(e xml.StartElement) bool {
	list, err := url.PathUnescape(attribute(e, "_mubu_images"))
	return err == nil && strings.Contains(list, "{")
}
