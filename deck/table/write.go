package table

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// Format is the way a table is written.
type Format int8

// The formats of Write.
const (
	CSV Format = iota
	TSV
)

// notetypes are Anki's names for what comes nearest to our kinds.
var notetypes = map[deck.Kind]string{
	deck.Basic: "Basic", deck.Reversed: "Basic (and reversed card)", deck.Cloze: "Cloze",
	deck.List: "Basic", deck.Choice: "Basic", deck.Typed: "Basic (type in the answer)",
}

// Write writes a deck as a table with the headers that Anki reads: a row for
// each entry, with its identity as guid, its deck and sections as nested decks,
// its section and level as tags. Reading it gives the same leaves again, apart
// from white space around texts, spaces in tags, which become underscores, and
// double colons in the names of sections, which get a space. The deck's About
// and Language, and leaves without entries, are not written. Its only errors
// are w's.
func Write(w io.Writer, d *deck.Deck, f Format) error {
	p := &printer{w: bufio.NewWriterSize(w, 32<<10), separator: ","}
	word := "comma"
	if f == TSV {
		p.separator, word = "\t", "tab"
	}
	d = withIDs(d)
	roles := rolesOf(d)
	p.print("#separator:", word, "\n#html:false\n")
	for i, r := range roles {
		for _, key := range []string{"guid column", "notetype column", "deck column", "tags column"} {
			if columnKeys[key] == r {
				p.print(fmt.Sprintf("#%s:%d\n", key, i+1))
			}
		}
	}
	p.print("#columns:")
	p.row(len(roles), func(i int) string { return roleNames[roles[i]][0] })
	for i := range d.Leaves {
		for j := range d.Leaves[i].Entries {
			fields := fieldsOf(d, &d.Leaves[i], &d.Leaves[i].Entries[j])
			p.row(len(roles), func(i int) string { return fields[roles[i]] })
		}
	}
	if err := p.w.Flush(); err != nil {
		return fmt.Errorf("writing table of %s: %w", d.ID, err)
	}
	return nil
}

// withIDs returns d, or a copy of it, with every identity stated.
func withIDs(d *deck.Deck) *deck.Deck {
	clone := *d
	clone.Leaves = slices.Clone(d.Leaves)
	for i := range clone.Leaves {
		clone.Leaves[i].Entries = slices.Clone(d.Leaves[i].Entries)
	}
	clone.StateIDs()
	return &clone
}

// rolesOf returns the columns that the deck needs, those of Anki's fields in
// Anki's order.
func rolesOf(d *deck.Deck) []role {
	need := make(map[role]bool)
	for i := range d.Leaves {
		for j := range d.Leaves[i].Entries {
			e := &d.Leaves[i].Entries[j]
			for r, needed := range map[role]bool{
				noteRole: e.Note != "", sourceRole: e.Source != "", leafRole: !d.Leaves[i].Alone(),
				kindRole:    e.Kind == deck.List || e.Kind == deck.Choice || e.Kind == deck.Basic && hasBlank(e.Front),
				choicesRole: len(e.Choices) > 0, acceptRole: len(e.Accept) > 0, mediaRole: len(e.Media) > 0,
			} {
				need[r] = need[r] || needed
			}
		}
	}
	roles := []role{idRole, notetypeRole, deckRole, frontRole, backRole}
	for _, r := range []role{noteRole, sourceRole, leafRole, kindRole, choicesRole, acceptRole, mediaRole} {
		if need[r] {
			roles = append(roles, r)
		}
	}
	return append(roles, tagsRole)
}

// fieldsOf returns what the columns say of an entry.
func fieldsOf(d *deck.Deck, l *deck.Leaf, e *deck.Entry) map[role]string {
	front := e.Front
	if e.Kind == deck.Cloze {
		front = toAnkiCloze(front)
	}
	var tags []string
	if l.Level != deck.NoLevel {
		tags = append(tags, levelTag+l.Level.String())
	}
	if len(l.Path) > 0 {
		tags = append(tags, sectionTag+oneWord(nested(l.Path)))
	}
	for _, t := range e.Tags {
		tags = append(tags, oneWord(t))
	}
	return map[role]string{
		idRole: guidOf(e.ID), notetypeRole: notetypes[e.Kind], deckRole: nested(append([]string{d.Title}, l.Path...)),
		frontRole: front, backRole: e.Back, noteRole: e.Note, sourceRole: e.Source, leafRole: l.Text, kindRole: e.Kind.String(),
		choicesRole: writeChoices(e.Choices), acceptRole: writeLines(e.Accept), mediaRole: writeLines(e.Media),
		tagsRole: strings.Join(tags, " "),
	}
}

// nested writes names within each other as Anki does.
func nested(names []string) string {
	out := make([]string, len(names))
	for i, name := range names {
		for strings.Contains(name, "::") {
			name = strings.ReplaceAll(name, "::", ": :")
		}
		out[i] = name
	}
	return strings.Join(out, "::")
}

func oneWord(s string) string { return strings.Join(strings.Fields(s), "_") }

// printer writes rows. Its writer keeps its error for the end.
type printer struct {
	w         *bufio.Writer
	separator string
}

func (p *printer) print(parts ...string) {
	for _, s := range parts {
		_, _ = p.w.WriteString(s) // the writer keeps its error for Flush
	}
}

// row writes a row of n fields, those in quotes that need them.
func (p *printer) row(n int, field func(i int) string) {
	for i := range n {
		if i > 0 {
			p.print(p.separator)
		}
		s := field(i)
		if strings.ContainsAny(s, "\"\n\r"+p.separator) || strings.HasPrefix(s, "#") || strings.TrimSpace(s) != s {
			s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		p.print(s)
	}
	p.print("\n")
}
