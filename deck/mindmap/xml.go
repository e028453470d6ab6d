package mindmap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/mindleaf/mindleaf/deck/outline"
)

// maxElements is how deep the elements of an XML file may be nested. A level
// of a map takes up to three, and the markup in a text some more.
const maxElements = 4 * maxDepth

// xmlRoot returns the name of the first element of data without its prefix, ""
// if data does not begin like XML.
func xmlRoot(data []byte) string {
	for {
		data = bytes.TrimLeft(data, " \t\r\n")
		var end string
		switch {
		case bytes.HasPrefix(data, []byte("<!--")):
			end = "-->"
		case bytes.HasPrefix(data, []byte("<?")):
			end = "?>"
		case bytes.HasPrefix(data, []byte("<!")):
			end = ">"
			if stop := bytes.IndexAny(data, "[>"); stop >= 0 && data[stop] == '[' {
				end = "]>"
			}
		case bytes.HasPrefix(data, []byte("<")):
			name := data[1:min(len(data), 100)]
			if i := bytes.IndexAny(name, " \t\r\n/>"); i >= 0 {
				name = name[:i]
			}
			return string(name[bytes.IndexByte(name, ':')+1:])
		default:
			return ""
		}
		_, rest, found := bytes.Cut(data, []byte(end))
		if !found {
			return ""
		}
		data = rest
	}
}

// xmlReader reads an XML file token by token and knows where each begins.
type xmlReader struct {
	name  string
	d     *xml.Decoder
	at    cursor
	depth int
	// start is the place of the token that next returned last.
	start outline.Pos
}

// newXMLReader returns a reader of data. HTML's entities are known in it, as
// they are in the programs that write maps; those that a file defines itself
// are not, so none can grow.
func newXMLReader(name string, data []byte) (*xmlReader, error) {
	source, err := xmlSource(name, data)
	if err != nil {
		return nil, err
	}
	d := xml.NewDecoder(bytes.NewReader(source))
	d.Entity = xml.HTMLEntity
	return &xmlReader{name: name, d: d, at: cursor{data: source}}, nil
}

// next returns the next token, nil at the end of the file.
func (x *xmlReader) next() (xml.Token, error) {
	x.start = x.at.place(int(x.d.InputOffset()))
	token, err := x.d.Token()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, x.broken(err)
	}
	switch token.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > maxElements {
			return nil, tooDeep(x.name, x.start)
		}
	case xml.EndElement:
		x.depth--
	}
	return token, nil
}

// broken makes an error with a place and a hint of one of the decoder's.
func (x *xmlReader) broken(err error) error {
	message, hint := err.Error(), "export the map again, or mend this place in a text editor"
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		message = syntax.Msg
	}
	entity, unknown := strings.CutPrefix(message, "invalid character entity ")
	switch {
	case unknown && strings.HasSuffix(entity, "(no semicolon)"):
		message, hint = "& in a text", "write it as &amp;, or export the map again"
	case unknown:
		message, hint = "unknown entity "+entity, "entities that a file defines itself are not read: write out what they stand for"
	case message == "unexpected EOF":
		message, hint = "ends in the middle", "the file is cut off: export or download it again"
	}
	return errorAt(x.name, x.at.place(int(x.d.InputOffset())), singleLine("broken XML: "+message), hint)
}

// inside calls visit for every element directly inside the one whose start was
// read last. visit must read its element to the end.
func (x *xmlReader) inside(visit func(e xml.StartElement) error) error {
	for {
		token, err := x.next()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case nil, xml.EndElement:
			return nil
		case xml.StartElement:
			if err := visit(token); err != nil {
				return err
			}
		}
	}
}

// skip reads to the end of the element whose start was read last.
func (x *xmlReader) skip() error {
	_, err := x.text()
	return err
}

// text reads to the end of the element whose start was read last and returns
// the text in it.
func (x *xmlReader) text() (string, error) {
	var b strings.Builder
	for depth := 1; depth > 0; {
		token, err := x.next()
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case nil:
			return b.String(), nil
		case xml.CharData:
			b.Write(token)
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return b.String(), nil
}

// markup reads to the end of the element whose start was read last and adds
// the HTML in it to r.
func (x *xmlReader) markup(r *richText) error {
	for depth := 1; depth > 0; {
		token, err := x.next()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case nil:
			return nil
		case xml.CharData:
			r.text(string(token))
		case xml.StartElement:
			depth++
			r.open(strings.ToLower(token.Name.Local), attribute(token, "alt"))
		case xml.EndElement:
			depth--
			r.close(strings.ToLower(token.Name.Local))
		}
	}
	return nil
}

// attribute returns the value of e's attribute called name in any case and
// without its prefix, "" if there is none.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if strings.EqualFold(a.Name.Local, name) {
			return a.Value
		}
	}
	return ""
}
