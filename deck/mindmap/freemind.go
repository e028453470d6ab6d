package mindmap

import (
	"encoding/xml"
	"strings"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
	"github.com/mindleaf/mindleaf/deck/outline"
)

func sniffFreeMind(data []byte) bool { return xmlRoot(data) == "map" }

// freeMindReader reads the files of FreeMind, Freeplane and those who export
// for them. It counts what it leaves out.
type freeMindReader struct {
	x                            *xmlReader
	b                            *builder
	encrypted, attributes, links int
}

// readFreeMind reads a map of nested node elements. What they are called is in
// an attribute, or in rich text; notes and details are notes.
func readFreeMind(name string, data []byte) (*Map, error) {
	if xmlRoot(data) != "map" {
		return nil, notFreeMind(name, data)
	}
	x, err := newXMLReader(name, data)
	if err != nil {
		return nil, err
	}
	f := &freeMindReader{x: x, b: newBuilder(name)}
	top := &outline.Node{Pos: outline.Pos{Line: 1, Column: 1}}
	err = x.inside(func(root xml.StartElement) error {
		return x.inside(func(e xml.StartElement) error {
			if e.Name.Local != "node" {
				return x.skip()
			}
			return f.node(top, 0, e)
		})
	})
	if err != nil {
		return nil, err
	}
	f.b.warn(f.encrypted, "encrypted topic", "%s left out")
	f.b.warn(f.attributes, "attribute", "%s of topics left out")
	f.b.warn(f.links, "label", "%s of arrows between topics left out")
	return f.b.finish(top)
}

var objectiveC = lazyregexp.New(`(?m)^\s*(#import|#include|@implementation|@interface|@import)\b`)

// notFreeMind says what a file is instead.
func notFreeMind(name string, data []byte) error {
	if objectiveC.Match(data) {
		return &Error{Name: name, Message: "Objective-C++ source code, not a FreeMind map",
			Hint: "both end in .mm; a map begins with <map"}
	}
	if root := xmlRoot(data); root != "" {
		return &Error{Name: name, Message: "not a FreeMind map: its first element is <" + singleLine(root) + ">", Hint: "a map begins with <map"}
	}
	return &Error{Name: name, Message: "not a FreeMind map: it does not begin with <map", Hint: "export the map again as FreeMind or Freeplane .mm"}
}

// node adds the node that begins with e to parent.
func (f *freeMindReader) node(parent *outline.Node, depth int, e xml.StartElement) error {
	n, err := f.b.add(parent, depth, f.x.start)
	if err != nil {
		return err
	}
	var notes []string
	f.setText(n, freeMindText(e))
	f.b.pictures[n] = mubuPictures(e)
	if attribute(e, "ENCRYPTED_CONTENT") != "" {
		f.encrypted++
	}
	err = f.x.inside(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "node":
			return f.node(n, depth+1, e)
		case "richcontent":
			return f.richContent(n, &notes, e)
		case "hook":
			return f.hook(n, &notes, e)
		case "attribute":
			f.attributes++
		case "arrowlink":
			if attribute(e, "SOURCE_LABEL")+attribute(e, "MIDDLE_LABEL")+attribute(e, "TARGET_LABEL") != "" {
				f.links++
			}
		}
		return f.x.skip()
	})
	addNote(n, strings.Join(notes, "\n"))
	addLink(n, attribute(e, "LINK"))
	return err
}

// freeMindText returns the text in the attributes of a node, "" for the key of
// a text that the program itself would show.
func freeMindText(e xml.StartElement) string {
	text := attribute(e, "TEXT")
	if text == "" {
		if key := attribute(e, "LOCALIZED_TEXT"); key != "new_mindmap" {
			text = strings.ReplaceAll(key, "_", " ")
		}
	}
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(text)), "<html") {
		return render(text, tag.FindAllStringSubmatchIndex(text, -1))
	}
	return text
}

// setText gives n its text, without the sign that it is a formula.
func (f *freeMindReader) setText(n *outline.Node, text string) {
	text = strings.TrimSpace(text)
	for _, sign := range []string{`\latex`, `\unparsedlatex`} {
		if formula, found := strings.CutPrefix(text, sign); found && strings.TrimLeft(formula, " \n\t") != formula {
			text = formula
		}
	}
	setText(n, text)
}

// richContent reads the rich text of a node: what it is called, or a note.
func (f *freeMindReader) richContent(n *outline.Node, notes *[]string, e xml.StartElement) error {
	var r richText
	if strings.HasPrefix(attribute(e, "CONTENT-TYPE"), "plain") {
		r.verbatim = 1
	}
	if err := f.x.markup(&r); err != nil {
		return err
	}
	if r.pictures {
		f.b.pictures[n] = true
	}
	switch text := r.String(); {
	case text == "":
	case strings.EqualFold(attribute(e, "TYPE"), "NODE"):
		f.setText(n, text)
	default:
		*notes = append(*notes, text)
	}
	return nil
}

// hook reads what an extension stored with a node. Old versions kept notes and
// formulas there.
func (f *freeMindReader) hook(n *outline.Node, notes *[]string, e xml.StartElement) error {
	if formula := attribute(e, "EQUATION"); formula != "" {
		*notes = append(*notes, formula)
	}
	switch attribute(e, "NAME") {
	case "accessories/plugins/NodeNote.properties":
		text, err := f.x.text()
		*notes = append(*notes, strings.TrimSpace(newLines.Replace(text)))
		return err
	case "ExternalObject":
		f.b.pictures[n] = true
	}
	return f.x.skip()
}
