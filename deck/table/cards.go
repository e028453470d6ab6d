package table

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/mindleaf/mindleaf/deck"
)

// cells are the fields of a row by role, as text.
type cells struct {
	text   map[role]string
	extras []string
	media  []string
}

// cells makes text of the fields of a row.
func (t *reader) cells(r row) cells {
	c := cells{text: make(map[role]string)}
	for i, field := range r.fields {
		in := t.columns.role(i)
		if in == noRole {
			continue
		}
		text := field
		if t.report.HTML && in != idRole && in != tagsRole {
			var media []string
			text, media = textOfHTML(field)
			c.media = append(c.media, media...)
		}
		text = clean(text)
		switch {
		case text == "":
		case in != extraRole:
			c.text[in] = text
		case i < len(t.columns.names) && t.columns.names[i] != "":
			t.extras[t.columns.names[i]] = true
			c.extras = append(c.extras, t.columns.names[i]+": "+text)
		default:
			c.extras = append(c.extras, text)
		}
	}
	return c
}

// clean removes control characters and the white space around a text.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// card adds the card of a row to its deck. It returns why there is none.
func (t *reader) card(r row) (reason string) {
	c := t.cells(r)
	e := deck.Entry{Front: c.text[frontRole], Back: c.text[backRole], Source: c.text[sourceRole]}
	notetype := c.text[notetypeRole]
	if notetype == "" {
		notetype = t.header.notetype
	}
	if reason := t.setKind(&e, &c, notetype); reason != "" {
		return reason
	}
	e.Note = strings.Join(append(nonEmpty(c.text[noteRole]), c.extras...), "\n")
	e.Choices, e.Accept = readChoices(c.text[choicesRole]), readLines(c.text[acceptRole])
	e.Media = unique(append(readLines(c.text[mediaRole]), c.media...))
	if reason := check(&e); reason != "" {
		return reason
	}
	if e.ID = cardID(c.text[idRole]); e.ID != "" {
		if first, taken := t.lines[e.ID]; taken {
			return fmt.Sprintf("its guid is that of line %d", first)
		}
		t.lines[e.ID] = r.line
	}
	t.put(&e, &c)
	return ""
}

// setKind works out the kind of a card from the column for it, or from the name
// of its note type, or from the blanks in it.
func (t *reader) setKind(e *deck.Entry, c *cells, notetype string) (reason string) {
	word := c.text[kindRole]
	if word != "" {
		kind, err := deck.ParseKind(strings.ToLower(word))
		if err != nil {
			return err.Error()
		}
		e.Kind = kind
	} else {
		e.Kind = kindOfNotetype(strings.ToLower(notetype), c)
	}
	if hasBlank(e.Front) && strings.Contains(e.Front, "image-occlusion:") {
		return "image occlusion cannot be shown in a terminal"
	}
	if hasBlank(e.Front) && (e.Kind == deck.Cloze || e.Kind == deck.Basic && word == "") {
		var shared bool
		e.Kind = deck.Cloze
		e.Front, shared = fromAnkiCloze(e.Front)
		t.shared = t.shared || shared
	}
	return ""
}

// kindOfNotetype knows Anki's stock note types, in English and Chinese. The
// third field of the one with an optional reversed card says whether there is
// one.
func kindOfNotetype(name string, c *cells) deck.Kind {
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(name, w) })
	}
	switch {
	case has("cloze", "填空"):
		return deck.Cloze
	case has("optional reversed", "可选"):
		if len(c.extras) == 0 {
			return deck.Basic
		}
		c.extras = c.extras[1:]
		return deck.Reversed
	case has("revers", "反向", "翻转"):
		return deck.Reversed
	case has("type in", "typing", "输入"):
		return deck.Typed
	}
	return deck.Basic
}

// check says why an entry cannot be a card.
func check(e *deck.Entry) (reason string) {
	switch {
	case e.Front == "":
		return "its front is empty"
	case e.Kind == deck.Cloze && len(deck.Blanks(e.Front)) == 0:
		return "its note type is cloze, but it has no blank"
	case e.Kind != deck.Cloze && e.Back == "":
		return "its back is empty"
	case e.Kind == deck.Choice && len(e.Choices) == 0:
		return "it has no choices"
	}
	for _, s := range []string{e.Front, e.Back, e.Note, e.Source} {
		if len(s) > deck.MaxTextBytes {
			return fmt.Sprintf("a text has %d bytes, more than %d", len(s), deck.MaxTextBytes)
		}
	}
	return ""
}

// put adds an entry to its deck and leaf.
func (t *reader) put(e *deck.Entry, c *cells) {
	name := c.text[deckRole]
	if name == "" {
		name = t.header.deck
	}
	parts := names(name)
	title := ""
	if len(parts) > 0 {
		title, parts = parts[0], parts[1:]
	}
	path := append(parts, names(c.text[sectionRole])...)
	tags := append(strings.Fields(c.text[tagsRole]), t.header.tags...)
	level, err := deck.ParseLevel(strings.ToLower(c.text[levelRole]))
	if err != nil {
		e.Tags = append(e.Tags, c.text[levelRole])
	}
	for _, tag := range unique(tags) {
		section, isSection := strings.CutPrefix(tag, sectionTag)
		word, isLevel := strings.CutPrefix(tag, levelTag)
		tagged, err := deck.ParseLevel(word)
		switch {
		case isSection && len(path) > 0:
		case isSection:
			path = names(section)
		case isLevel && err == nil:
			level = tagged
		default:
			e.Tags = append(e.Tags, tag)
		}
	}
	d := t.deckOf(title)
	text := strings.Join(strings.Fields(c.text[leafRole]), " ")
	if n := len(d.Leaves); text != "" && n > 0 && d.Leaves[n-1].Text == text && slices.Equal(d.Leaves[n-1].Path, path) {
		d.Leaves[n-1].Entries = append(d.Leaves[n-1].Entries, *e)
		return
	}
	d.Leaves = append(d.Leaves, deck.Leaf{Path: path, Text: text, Level: level, Entries: []deck.Entry{*e}})
}

// names splits the name of a deck or section within others.
func names(s string) []string {
	var out []string
	for _, name := range strings.Split(s, "::") {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

func (t *reader) deckOf(title string) *deck.Deck {
	d := t.byTitle[title]
	if d == nil {
		d = &deck.Deck{Format: 1, Title: title, Language: t.options.Language}
		t.byTitle[title] = d
		t.decks = append(t.decks, d)
	}
	return d
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// unique drops what stands in list before.
func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
