package mindmap

import "strings"

// xmindJSON reads content.json.
type xmindJSON struct {
	j     *jsonReader
	book  xmindBook
	count int
}

// readXMindJSON reads an array of sheets, or an object that has one.
func readXMindJSON(name string, data []byte) (*xmindBook, error) {
	j, err := newJSONReader(name, data)
	if err != nil {
		return nil, err
	}
	x := &xmindJSON{j: j}
	if j.beginsObject() {
		err = j.object(func(key string) error {
			if key == "sheets" {
				return j.array(x.sheet)
			}
			return j.skip()
		})
	} else {
		err = j.array(x.sheet)
	}
	if err == nil {
		err = j.end()
	}
	return &x.book, err
}

func (x *xmindJSON) sheet() error {
	var s xmindSheet
	err := x.j.object(func(key string) (err error) {
		switch key {
		case "title":
			s.title, err = x.j.text()
		case "rootTopic":
			s.root, err = x.topic()
		case "relationships":
			err = x.titles()
		default:
			err = x.j.skip()
		}
		return err
	})
	x.book.sheets = append(x.book.sheets, s)
	return err
}

// titles counts the objects of an array that have a title.
func (x *xmindJSON) titles() error {
	return x.j.array(func() error {
		return x.j.object(func(key string) error {
			if key != "title" {
				return x.j.skip()
			}
			title, err := x.j.text()
			if strings.TrimSpace(title) != "" {
				x.book.texts++
			}
			return err
		})
	})
}

func (x *xmindJSON) topic() (*xmindTopic, error) {
	if x.count++; x.count > maxNodes {
		return nil, tooMany(x.j.name, x.j.pos())
	}
	t := &xmindTopic{}
	return t, x.j.object(func(key string) (err error) {
		switch key {
		case "title":
			t.title, err = x.j.text()
		case "href":
			t.link, err = x.j.text()
		case "image":
			t.picture, err = true, x.j.skip()
		case "labels":
			err = x.j.array(func() error {
				label, err := x.j.text()
				t.labels = append(t.labels, label)
				return err
			})
		case "notes":
			t.note, err = x.notes()
		case "children":
			err = x.children(t)
		case "extensions":
			err = x.j.array(func() error { return x.extension(t) })
		case "boundaries":
			err = x.titles()
		default:
			err = x.j.skip()
		}
		return err
	})
}

func (x *xmindJSON) children(t *xmindTopic) error {
	kinds := map[string]*[]*xmindTopic{"attached": &t.attached, "detached": &t.floating, "summary": &t.summaries, "callout": &t.callouts}
	return x.j.object(func(kind string) error {
		topics := kinds[kind]
		if topics == nil {
			topics = &t.attached
		}
		return x.j.array(func() error {
			topic, err := x.topic()
			*topics = append(*topics, topic)
			return err
		})
	})
}

// notes reads a note, which is there as plain text, as HTML and as paragraphs
// of spans, or some of these.
func (x *xmindJSON) notes() (string, error) {
	var plain, html string
	err := x.j.object(func(kind string) error {
		return x.j.object(func(key string) error {
			if key != "content" {
				return x.j.skip()
			}
			if x.j.beginsObject() {
				text, err := x.paragraphs()
				html = first(html, text)
				return err
			}
			text, err := x.j.text()
			if kind == "plain" {
				plain = text
			} else {
				html = first(html, htmlText(text))
			}
			return err
		})
	})
	return first(plain, html), err
}

// first returns a, or b if there is no text in a.
func first(a, b string) string {
	if strings.TrimSpace(a) == "" {
		return b
	}
	return a
}

// paragraphs reads {"paragraphs": [{"spans": [{"text": "…"}]}]}.
func (x *xmindJSON) paragraphs() (string, error) {
	var b strings.Builder
	err := x.objects("paragraphs", func() error {
		defer b.WriteByte('\n')
		return x.objects("spans", func() error {
			return x.j.object(func(key string) error {
				if key != "text" {
					return x.j.skip()
				}
				text, err := x.j.text()
				b.WriteString(text)
				return err
			})
		})
	})
	return b.String(), err
}

// objects reads an object and calls visit before each value of the array that
// it has under key.
func (x *xmindJSON) objects(key string, visit func() error) error {
	return x.j.object(func(k string) error {
		if k != key {
			return x.j.skip()
		}
		return x.j.array(visit)
	})
}

// extension reads what a part of the program stored with t: its formula.
func (x *xmindJSON) extension(t *xmindTopic) error {
	var provider, formula string
	err := x.j.object(func(key string) (err error) {
		switch {
		case key == "provider":
			provider, err = x.j.text()
		case key == "content" && x.j.beginsObject():
			err = x.j.object(func(key string) (err error) {
				if key != "content" {
					return x.j.skip()
				}
				formula, err = x.j.text()
				return err
			})
		default:
			err = x.j.skip()
		}
		return err
	})
	if provider == "org.xmind.ui.mathJax" {
		t.formula = formula
	}
	return err
}
