package mindmap

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

// maxLiterals is how many places of a page are tried as the map. Each may cost
// a reading of the whole page, and markmap writes one.
const maxLiterals = 20

func sniffMarkmapHTML(data []byte) bool {
	data = bytes.TrimLeft(data, " \t\r\n")
	doctype := data[:min(len(data), len("<!doctype html"))]
	return strings.EqualFold(string(doctype), "<!doctype html") || firstTag(data).name == "html"
}

// readMarkmapHTML reads a web page with a markmap in it: as the data that
// markmap-cli writes into its pages, as the Markdown that the autoloader
// draws, or as the picture in a page that was saved by a browser.
func readMarkmapHTML(name string, data []byte) (*Map, error) {
	source, err := textfile.Decode(name, data, maxBytes)
	if err != nil {
		return nil, err
	}
	if m, err := markmapLiteral(name, source); m != nil || err != nil {
		return m, err
	}
	if text, ok := markdownTemplate(source); ok {
		return readMarkdown(name, text)
	}
	if bytes.Contains(source, []byte("markmap-node")) {
		nodes, err := svgNodes(name, source)
		if err != nil {
			return nil, err
		}
		if len(nodes) > 0 {
			return svgMap(name, nodes)
		}
	}
	return nil, &Error{Name: name, Message: "a web page without a markmap",
		Hint: "export the map from its program as Markdown, OPML, .xmind or .mm, or save its text as an indented .txt"}
}

// literalStarts are how the root begins in the pages of markmap from 0.10 on.
var literalStarts = []string{`{"content":`, `{"type":"heading"`, `{"type":"root"`, `{"t":"heading"`, `{"t":"root"`}

// markmapLiteral reads the map that stands as JSON in a script. It returns nil
// when there is none.
func markmapLiteral(name string, source []byte) (*Map, error) {
	at := 0
	for range maxLiterals {
		start := -1
		for _, s := range literalStarts {
			if i := bytes.Index(source[at:], []byte(s)); i >= 0 && (start < 0 || i < start) {
				start = i
			}
		}
		if start < 0 {
			return nil, nil
		}
		at += start
		m, err := decodeLiteral(name, source, at)
		var place *Error
		if err == nil || errors.As(err, &place) {
			return m, err
		}
		at++
	}
	return nil, nil
}

// decodeLiteral reads one map from offset on. An error that is not an *Error
// means that there is no map in that place.
func decodeLiteral(name string, source []byte, offset int) (*Map, error) {
	l := literalReader{
		b:      newBuilder(name),
		d:      json.NewDecoder(bytes.NewReader(source[offset:])),
		at:     cursor{data: source},
		offset: offset,
	}
	top := &outline.Node{Pos: l.place()}
	if err := l.node(top, 1); err != nil {
		return nil, err
	}
	asideToParents(top)
	return l.b.finish(top)
}

// literalReader reads the nodes of a map in JSON one token at a time, so that
// each knows its place.
type literalReader struct {
	b      *builder
	d      *json.Decoder
	at     cursor
	offset int
}

func (l *literalReader) place() outline.Pos { return l.at.place(l.offset + int(l.d.InputOffset())) }

// node reads an object with the keys content, children and payload; markmap
// called them v, c and p once.
func (l *literalReader) node(parent *outline.Node, depth int) error {
	if err := l.expect('{'); err != nil {
		return err
	}
	node, err := l.b.add(parent, depth, l.place())
	if err != nil {
		return err
	}
	content, payload := "", literalPayload{}
	for l.d.More() {
		key, err := l.d.Token()
		if err != nil {
			return err
		}
		switch key {
		case "content", "v":
			err = l.d.Decode(&content)
		case "children", "c":
			err = l.children(node, depth+1)
		case "payload", "p":
			err = l.d.Decode(&payload)
		default:
			err = l.d.Decode(new(json.RawMessage))
		}
		if err != nil {
			return err
		}
	}
	label := readLabel(withoutOrdinal(content, payload.ListIndex))
	label.fill(node)
	l.b.pictures[node] = label.picture
	return l.expect('}')
}

// literalPayload is what markmap notes about a node. ListIndex is the number of
// an item of an ordered list, which the content begins with.
type literalPayload struct {
	ListIndex json.Number `json:"listIndex"`
}

func (l *literalReader) children(node *outline.Node, depth int) error {
	if err := l.expect('['); err != nil {
		return err
	}
	for l.d.More() {
		if err := l.node(node, depth); err != nil {
			return err
		}
	}
	return l.expect(']')
}

func (l *literalReader) expect(want json.Delim) error {
	got, err := l.d.Token()
	if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("got %v, want %v", got, want)
	}
	return nil
}

// withoutOrdinal takes the number of an ordered list's item from its content.
func withoutOrdinal(content string, index json.Number) string {
	if index == "" {
		return content
	}
	return strings.TrimPrefix(content, index.String()+". ")
}

// markdownTemplate returns the Markdown in the first template of a page, below
// as many empty lines as there are lines above it, so that places are right.
// What all its lines are indented by is not part of it.
func markdownTemplate(source []byte) ([]byte, bool) {
	scanner := htmlScanner{source: string(source)}
	for t, ok := scanner.next(); ok; t, ok = scanner.next() {
		if t.kind != htmlStart || t.name != "script" || t.attribute("type") != "text/template" {
			continue
		}
		start := t.end
		if t, ok = scanner.next(); !ok || t.kind != htmlChars || strings.TrimSpace(t.text) == "" {
			continue
		}
		above := bytes.Repeat([]byte("\n"), bytes.Count(source[:start], []byte("\n")))
		return append(above, dedent(t.text)...), true
	}
	return nil, false
}

// dedent takes from every line the white space that all lines begin with, but
// for empty ones.
func dedent(s string) string {
	lines := strings.Split(s, "\n")
	common, known := "", false
	for _, line := range lines {
		rest := strings.TrimLeft(line, " \t")
		if rest == "" {
			continue
		}
		indent := line[:len(line)-len(rest)]
		if !known {
			common, known = indent, true
		}
		for !strings.HasPrefix(indent, common) {
			common = common[:len(common)-1]
		}
	}
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, common)
	}
	return strings.Join(lines, "\n")
}
