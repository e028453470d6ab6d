package mindmap

import (
	"encoding/xml"
	"strings"
)

// xmindXML reads content.xml.
type xmindXML struct {
	x     *xmlReader
	book  xmindBook
	count int
}

// readXMindXML reads the sheets of XMind 8 and older.
func readXMindXML(name string, data []byte) (*xmindBook, error) {
	x, err := newXMLReader(name, data)
	if err != nil {
		return nil, err
	}
	r := &xmindXML{x: x}
	err = x.inside(func(xml.StartElement) error {
		return x.inside(func(e xml.StartElement) error {
			if e.Name.Local != "sheet" {
				return x.skip()
			}
			return r.sheet()
		})
	})
	return &r.book, err
}

func (r *xmindXML) sheet() error {
	var s xmindSheet
	err := r.x.inside(func(e xml.StartElement) (err error) {
		switch e.Name.Local {
		case "title":
			s.title, err = r.x.text()
		case "topic":
			s.root, err = r.topic(e)
		case "relationships":
			err = r.x.inside(func(xml.StartElement) error { return r.title() })
		default:
			err = r.x.skip()
		}
		return err
	})
	r.book.sheets = append(r.book.sheets, s)
	return err
}

// title counts the title inside an element, if it has one.
func (r *xmindXML) title() error {
	return r.x.inside(func(e xml.StartElement) error {
		text, err := r.x.text()
		if e.Name.Local == "title" && strings.TrimSpace(text) != "" {
			r.book.texts++
		}
		return err
	})
}

func (r *xmindXML) topic(e xml.StartElement) (*xmindTopic, error) {
	if r.count++; r.count > maxNodes {
		return nil, tooMany(r.x.name, r.x.start)
	}
	t := &xmindTopic{link: attribute(e, "href")}
	return t, r.x.inside(func(e xml.StartElement) (err error) {
		switch e.Name.Local {
		case "title":
			t.title, err = r.x.text()
		case "img":
			t.picture, err = true, r.x.skip()
		case "labels":
			err = r.x.inside(func(xml.StartElement) error {
				label, err := r.x.text()
				t.labels = append(t.labels, label)
				return err
			})
		case "notes":
			t.note, err = r.notes()
		case "children":
			err = r.x.inside(func(e xml.StartElement) error { return r.children(t, attribute(e, "type")) })
		case "boundaries":
			err = r.x.inside(func(xml.StartElement) error { return r.title() })
		default:
			err = r.x.skip()
		}
		return err
	})
}

// children reads topics of one kind.
func (r *xmindXML) children(t *xmindTopic, kind string) error {
	topics := &t.attached
	switch kind {
	case "detached":
		topics = &t.floating
	case "summary":
		topics = &t.summaries
	case "callout":
		topics = &t.callouts
	}
	return r.x.inside(func(e xml.StartElement) error {
		if e.Name.Local != "topic" {
			return r.x.skip()
		}
		topic, err := r.topic(e)
		*topics = append(*topics, topic)
		return err
	})
}

// notes reads a note, which is there as plain text, as HTML, or as both.
func (r *xmindXML) notes() (string, error) {
	var plain string
	var html richText
	err := r.x.inside(func(e xml.StartElement) (err error) {
		switch e.Name.Local {
		case "plain":
			plain, err = r.x.text()
		case "html":
			err = r.x.markup(&html)
		default:
			err = r.x.skip()
		}
		return err
	})
	return first(plain, html.String()), err
}
