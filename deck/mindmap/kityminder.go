package mindmap

import "github.com/mindleaf/mindleaf/deck/outline"

func sniffKityMinder(data []byte) bool {
	keys := jsonKeys(data)
	return keys["root"] || keys["data"] && keys["children"]
}

// kityMinderReader reads the JSON of KityMinder and Baidu Naotu, and that of
// simple-mind-map, which grew out of it.
type kityMinderReader struct {
	j *jsonReader
	b *builder
}

// readKityMinder reads a tree of objects with "data" and "children". It is the
// file's "root", or in old files the file itself.
func readKityMinder(name string, data []byte) (*Map, error) {
	j, err := newJSONReader(name, data)
	if err != nil {
		return nil, err
	}
	k := &kityMinderReader{j: j, b: newBuilder(name)}
	top := &outline.Node{Pos: outline.Pos{Line: 1, Column: 1}}
	root := &kityMinderNode{node: &outline.Node{Pos: top.Pos}}
	err = j.object(func(key string) error {
		if key == "root" {
			return k.node(top, 0)
		}
		return k.part(root, 0, key)
	})
	if err == nil {
		err = j.end()
	}
	if err != nil {
		return nil, err
	}
	if root.fill(); len(top.Children) == 0 {
		top.Children = append(top.Children, root.node)
	}
	return k.b.finish(top)
}

// kityMinderNode is a node and what its file says of it besides those below.
type kityMinderNode struct {
	node             *outline.Node
	text, note, link string
	rich             bool
	labels           []string
}

// fill gives the node its text and note.
func (n *kityMinderNode) fill() {
	if n.rich {
		n.text = htmlText(n.text)
	}
	setText(n.node, n.text)
	addNote(n.node, newLines.Replace(n.note))
	addLink(n.node, n.link)
	addLabels(n.node, n.labels)
}

// node adds the node that is read next to parent.
func (k *kityMinderReader) node(parent *outline.Node, depth int) error {
	node, err := k.b.add(parent, depth, k.j.pos())
	if err != nil {
		return err
	}
	n := &kityMinderNode{node: node}
	err = k.j.object(func(key string) error { return k.part(n, depth, key) })
	n.fill()
	return err
}

// part reads what n has under key.
func (k *kityMinderReader) part(n *kityMinderNode, depth int, key string) error {
	switch key {
	case "data":
		return k.data(n, depth)
	case "children":
		return k.j.array(func() error { return k.node(n.node, depth+1) })
	}
	return k.j.skip()
}

// data reads the texts of n. A summary of the nodes below it becomes one more
// of them.
func (k *kityMinderReader) data(n *kityMinderNode, depth int) error {
	return k.j.object(func(key string) (err error) {
		switch key {
		case "text":
			n.text, err = k.j.text()
		case "note":
			n.note, err = k.j.text()
		case "hyperlink":
			n.link, err = k.j.text()
		case "richText":
			n.rich, err = k.j.flag()
		case "resource", "tag":
			err = k.labels(n)
		case "image":
			var image string
			if image, err = k.j.text(); image != "" {
				k.b.pictures[n.node] = true
			}
		case "generalization":
			err = k.summaries(n.node, depth)
		default:
			err = k.j.skip()
		}
		return err
	})
}

// labels reads an array of texts, or of objects with a text.
func (k *kityMinderReader) labels(n *kityMinderNode) error {
	return k.j.array(func() error {
		label, err := k.textOf()
		n.labels = append(n.labels, label)
		return err
	})
}

// textOf reads a text, or the text of an object.
func (k *kityMinderReader) textOf() (text string, err error) {
	if !k.j.beginsObject() {
		return k.j.text()
	}
	err = k.j.object(func(key string) (err error) {
		if key != "text" {
			return k.j.skip()
		}
		text, err = k.j.text()
		return err
	})
	return text, err
}

// summaries reads the summary of n, or an array of them.
func (k *kityMinderReader) summaries(n *outline.Node, depth int) error {
	one := func() error {
		node, err := k.b.add(n, depth+1, k.j.pos())
		if err != nil {
			return err
		}
		summary := &kityMinderNode{node: node}
		err = k.data(summary, depth+1)
		summary.fill()
		return err
	}
	if k.j.beginsObject() {
		return one()
	}
	return k.j.array(one)
}
