package mindmap

import (
	"archive/zip"
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

// sniffXMind takes every zip for an XMind file; readXMind says what another
// one is.
func sniffXMind(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06"))
}

// The members of an XMind file that hold the map. Since 2018 it is in the
// first, and the others, if there, tell old versions that they cannot read it.
// Baidu Naotu writes the last.
var xmindMembers = []string{"content.json", "content.xml", "/content.xml"}

// xmindBook is what both generations of the format say.
type xmindBook struct {
	sheets []xmindSheet
	// texts counts those of lines between topics and of frames around them,
	// comments what people said about topics in XMind 8.
	texts, comments int
}

type xmindSheet struct {
	title string
	root  *xmindTopic
}

// xmindTopic is a topic and what hangs on it. Floating topics lie beside the
// tree, a summary stands beside topics it sums up, and a callout is a remark.
type xmindTopic struct {
	title, formula, note, link              string
	labels                                  []string
	picture                                 bool
	attached, floating, summaries, callouts []*xmindTopic
}

// readXMind reads the map in a zip file. Several sheets are branches of a root
// called after the file. Places are not known.
func readXMind(name string, data []byte) (*Map, error) {
	z, err := openZip(name, data)
	if err != nil {
		return nil, err
	}
	for _, member := range xmindMembers {
		if f := z.find(member); f != nil {
			book, err := readXMindMember(z, f)
			if err != nil {
				return nil, err
			}
			book.comments = bytes.Count(z.read("comments.xml"), []byte("<comment "))
			return book.outline(name)
		}
	}
	return nil, z.unknown()
}

func readXMindMember(z *zipFile, f *zip.File) (*xmindBook, error) {
	content, err := z.unzip(f)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(content) && z.encrypted() {
		return nil, &Error{Name: z.name, Message: "locked with a password", Hint: "open the map in XMind, take the password off and save it"}
	}
	inside := z.name + "/" + strings.TrimPrefix(f.Name, "/")
	if content, err = textfile.Read(inside, bytes.NewReader(content), maxBytes); err != nil {
		return nil, err
	}
	if f.Name == xmindMembers[0] {
		return readXMindJSON(inside, content)
	}
	return readXMindXML(inside, content)
}

// outline makes a Map of the sheets, but for those without anything to learn.
func (book *xmindBook) outline(name string) (*Map, error) {
	w := &xmindWriter{b: newBuilder(name)}
	top := &outline.Node{}
	bare := 0
	for _, sheet := range book.sheets {
		if sheet.root == nil || len(book.sheets) > 1 && sheet.root.bare() {
			bare++
			continue
		}
		if strings.TrimSpace(sheet.root.title) == "" {
			sheet.root.title = sheet.title
		}
		if err := w.topic(top, 0, sheet.root); err != nil {
			return nil, err
		}
	}
	w.b.warn(bare, "sheet", "%s with nothing but a central topic left out")
	w.b.warn(w.floating, "floating topic", "%s added as branches")
	w.b.warn(book.texts, "text", "%s of lines and frames around topics left out")
	w.b.warn(book.comments, "comment", "%s left out")
	return w.b.finish(top)
}

// bare reports whether t has nothing but a title.
func (t *xmindTopic) bare() bool {
	return strings.TrimSpace(t.note+t.formula) == "" && len(t.attached)+len(t.floating)+len(t.summaries)+len(t.callouts) == 0
}

// xmindWriter makes nodes of topics.
type xmindWriter struct {
	b        *builder
	floating int
}

// topic adds t and all that hangs on it to parent. A floating topic comes
// after the others, as a summary does; a callout is a note.
func (w *xmindWriter) topic(parent *outline.Node, depth int, t *xmindTopic) error {
	n, err := w.b.add(parent, depth, outline.Pos{})
	if err != nil {
		return err
	}
	setText(n, t.title)
	if n.Text == "" {
		setText(n, t.formula)
	} else {
		addNote(n, t.formula)
	}
	addNote(n, newLines.Replace(t.note))
	addNote(n, strings.Join(remarks(nil, t.callouts), "\n"))
	addLink(n, t.link)
	addLabels(n, t.labels)
	if t.picture {
		w.b.pictures[n] = true
	}
	w.floating += len(t.floating)
	for _, below := range [][]*xmindTopic{t.attached, t.summaries, t.floating} {
		for _, topic := range below {
			if err := w.topic(n, depth+1, topic); err != nil {
				return err
			}
		}
	}
	return nil
}

// remarks appends to lines what callouts and the topics in them say.
func remarks(lines []string, callouts []*xmindTopic) []string {
	for _, t := range callouts {
		for _, text := range []string{t.title, t.note} {
			if text = paragraphs(newLines.Replace(text)); text != "" {
				lines = append(lines, text)
			}
		}
		for _, below := range [][]*xmindTopic{t.attached, t.summaries, t.floating, t.callouts} {
			lines = remarks(lines, below)
		}
	}
	return lines
}
