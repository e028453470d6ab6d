package markdown

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// maxHeading is the deepest heading that Markdown has.
const maxHeading = 6

// Write writes a deck as Markdown cards with the marks Q:, A: and C:, its title
// and sections as headings, notes as quotes, and all that has no mark in a
// comment before the card. Reading it gives the same leaves again, apart from
// white space around texts and in names. The deck's About and Language, and
// leaves without entries, are not written. Its errors are w's.
func Write(w io.Writer, d *deck.Deck) error {
	p := &printer{w: bufio.NewWriterSize(w, 32<<10), title: printable(d.Title)}
	p.print("# ", p.title, "\n")
	ids := statedIDs(d)
	for i := range d.Leaves {
		l := &d.Leaves[i]
		if len(l.Entries) > 0 {
			p.headings(l.Path)
		}
		for j := range l.Entries {
			if err := p.entry(l, &l.Entries[j], ids); err != nil {
				return fmt.Errorf("writing %s: %w", d.ID, err)
			}
		}
	}
	if err := p.w.Flush(); err != nil {
		return fmt.Errorf("writing %s: %w", d.ID, err)
	}
	return nil
}

// statedIDs returns the identity of every entry.
func statedIDs(d *deck.Deck) map[*deck.Entry]deck.CardID {
	ids := make(map[*deck.Entry]deck.CardID)
	for _, c := range d.Cards() {
		if _, known := ids[c.Entry]; !known {
			id, _, _ := strings.Cut(string(c.ID), "~")
			ids[c.Entry] = deck.CardID(id)
		}
	}
	return ids
}

// printer writes cards. Its writer keeps its error for the end.
type printer struct {
	w     *bufio.Writer
	title string
	path  []string
}

func (p *printer) print(parts ...string) {
	for _, s := range parts {
		_, _ = p.w.WriteString(s) // the writer keeps its error for Flush
	}
}

// headings opens the sections of a path that has room for headings. Going up is
// said by opening the section above again.
func (p *printer) headings(path []string) {
	if !hasHeadings(path) || slices.Equal(path, p.path) {
		return
	}
	shared := 0
	for shared < len(path) && shared < len(p.path) && path[shared] == p.path[shared] {
		shared++
	}
	if shared == len(path) {
		if shared--; shared < 0 {
			p.print("\n# ", p.title, "\n")
		}
	}
	for i := max(shared, 0); i < len(path); i++ {
		p.print("\n", strings.Repeat("#", i+2), " ", path[i], "\n")
	}
	p.path = slices.Clone(path)
}

// hasHeadings reports whether a path can be written as headings.
func hasHeadings(path []string) bool {
	return len(path) < maxHeading && !slices.ContainsFunc(path, func(name string) bool {
		return name != printable(name) || name == "" || strings.HasPrefix(name, "#") || strings.HasSuffix(name, "#")
	})
}

func (p *printer) entry(l *deck.Leaf, e *deck.Entry, ids map[*deck.Entry]deck.CardID) error {
	x := extra{ID: ids[e], Level: l.Level.String(), Leaf: l.Text, Source: e.Source, Accept: e.Accept, Tags: e.Tags, Media: e.Media}
	for _, o := range e.Choices {
		x.Choices = append(x.Choices, option(o))
	}
	if e.Kind != deck.Basic && e.Kind != deck.Cloze {
		x.Kind = e.Kind.String()
	}
	if !hasHeadings(l.Path) {
		x.Path = l.Path
	}
	p.print("\n")
	if !reflect.DeepEqual(x, extra{}) {
		said, err := json.Marshal(x)
		if err != nil {
			return err
		}
		p.print(extraMark, string(said), "-->\n")
	}
	if e.Kind == deck.Cloze {
		p.text("C:", toBrackets(e.Front))
		if e.Back != "" {
			p.text("A:", e.Back)
		}
	} else {
		p.text("Q:", e.Front)
		p.text("A:", e.Back)
	}
	if e.Note != "" {
		p.print("\n> ", strings.ReplaceAll(e.Note, "\n", "\n> "), "\n")
	}
	return nil
}

// text writes a mark and a text; one that begins with a code block begins on a
// line of its own.
func (p *printer) text(mark, text string) {
	if opening.MatchString(text) {
		p.print(mark, escape("\n"+text), "\n")
		return
	}
	p.print(mark, " ", escape(text), "\n")
}

// toBrackets writes the blanks of a cloze in brackets; those with a hint or
// brackets stay in braces. All other brackets get a backslash.
func toBrackets(s string) string {
	guard := strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`)
	var b strings.Builder
	at := 0
	for _, blank := range deck.Blanks(s) {
		b.WriteString(guard.Replace(s[at:blank.Start]))
		inner := s[blank.Start+2 : blank.End-2]
		if blank.Hint != "" || strings.ContainsAny(inner, `[]{}\:(`) || strings.HasPrefix(inner, "^") || strings.HasSuffix(s[:blank.Start], "!") || strings.HasPrefix(s[blank.End:], "(") {
			b.WriteString(s[blank.Start:blank.End])
		} else {
			b.WriteString("[" + inner + "]")
		}
		at = blank.End
	}
	return b.String() + guard.Replace(s[at:])
}
