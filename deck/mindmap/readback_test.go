package mindmap

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/property"
)

// drawMap makes a map of at least two nodes, whose texts have what XML, JSON
// and HTML must escape and whose notes have several lines.
func drawMap(t *rapid.T, depth int) *outline.Node {
	text := rapid.StringMatching(`[a-z中文<>&"'，]{1,6}( [a-z;#]{1,4})?`)
	n := &outline.Node{Text: text.Draw(t, "text")}
	if rapid.Bool().Draw(t, "noted") {
		n.Note = strings.Join(rapid.SliceOfN(text, 1, 3).Draw(t, "note"), "\n")
	}
	if depth > 0 {
		for range rapid.IntRange(min(depth/4, 1), 3).Draw(t, "children") {
			n.Children = append(n.Children, drawMap(t, depth-1))
		}
	}
	return n
}

func escapeXML(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err)
	}
	return b.String()
}

func escapeJSON(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// below writes the children of n with write, and joiner between them.
func below(n *outline.Node, joiner string, write func(*outline.Node) string) string {
	var all []string
	for _, c := range n.Children {
		all = append(all, write(c))
	}
	return strings.Join(all, joiner)
}

func writeFreeMind(n *outline.Node) string {
	note := ""
	for line := range strings.Lines(n.Note) {
		note += "<p>\n      " + escapeXML(strings.TrimSuffix(line, "\n")) + "\n    </p>\n"
	}
	return `<node TEXT="` + escapeXML(n.Text) + `">` + noteHTML("NOTE", note) + below(n, "\n", writeFreeMind) + "</node>"
}

func writeOPML(n *outline.Node) string {
	return fmt.Sprintf(`<outline text="%s" _note="%s">%s</outline>`, escapeXML(html.EscapeString(n.Text)), escapeXML(html.EscapeString(n.Note)), below(n, "\n", writeOPML))
}

func writeKityMinder(n *outline.Node) string {
	return fmt.Sprintf(`{"children":[%s],"data":{"note":%s,"text":%s}}`, below(n, ",\n", writeKityMinder), escapeJSON(n.Note), escapeJSON(n.Text))
}

func writeXMindJSON(n *outline.Node) string {
	return fmt.Sprintf(`{"children":{"attached":[%s]},"notes":{"plain":{"content":%s}},"title":%s}`, below(n, ",", writeXMindJSON), escapeJSON(n.Note), escapeJSON(n.Text))
}

func writeXMindXML(n *outline.Node) string {
	return fmt.Sprintf(`<topic><title>%s</title><notes><plain>%s</plain></notes><children><topics type="attached">%s</topics></children></topic>`,
		escapeXML(n.Text), escapeXML(n.Note), below(n, "", writeXMindXML))
}

func TestFormatsReadBack(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		root := drawMap(t, 5)
		zip := func(name, content string) string { return string(zipped(t, name, content)) }
		for format, in := range map[Format]string{
			FreeMind:    "<map>" + writeFreeMind(root) + "</map>",
			OPML:        "<opml><body>" + writeOPML(root) + "</body></opml>",
			KityMinder:  `{"root":` + writeKityMinder(root) + `}`,
			XMind:       zip("content.json", `[{"rootTopic":`+writeXMindJSON(root)+`}]`),
			XMind + "8": zip("content.xml", `<xmap-content><sheet>`+writeXMindXML(root)+`</sheet></xmap-content>`),
		} {
			m, err := Read("f", strings.NewReader(in))
			if err != nil {
				t.Fatalf("%s: %v", format, err)
			}
			if diff := cmp.Diff(draw(root), draw(m.Root)); diff != "" {
				t.Fatalf("%s (-want +got):\n%s\n%s", format, diff, in)
			}
		}
	})
}

// TestCanvasReadsBack lays a tree out as rows of cards with arrows.
func TestCanvasReadsBack(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		root := drawTree(t, 5)
		root.Children = append(root.Children, &outline.Node{Text: "末"})
		var nodes, edges []string
		ids := make(map[*outline.Node]int)
		root.Walk(func(path []*outline.Node, n *outline.Node) bool {
			id := len(ids)
			ids[n] = id
			nodes = append(nodes, fmt.Sprintf(`{"id":"%d","type":"text","text":%s,"x":%d,"y":%d,"width":9,"height":9}`, id, escapeJSON(n.Text), 20*len(path), 10*id))
			if len(path) > 0 {
				edges = append(edges, fmt.Sprintf(`{"fromNode":"%d","toNode":"%d"}`, ids[path[len(path)-1]], id))
			}
			return true
		})
		nodes = rapid.Permutation(nodes).Draw(t, "nodes")
		edges = rapid.Permutation(edges).Draw(t, "edges")
		m, err := Read("f", strings.NewReader(`{"edges":[`+strings.Join(edges, ",")+`],"nodes":[`+strings.Join(nodes, ",")+`]}`))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(draw(root), draw(m.Root)); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}
