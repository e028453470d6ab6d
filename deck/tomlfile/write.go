package tomlfile

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck"
)

// Write writes d as a deck file in the form that people would give it. Reading
// it gives d again, apart from positions. It fails when w does, and when d
// cannot stand in a file: its texts must be UTF-8, its kinds and levels known,
// and a leaf without text must have one entry.
func Write(w io.Writer, d *deck.Deck) error {
	if err := writable(d); err != nil {
		return fmt.Errorf("writing deck %s: %w", deck.Shorten(string(d.ID)), err)
	}
	return writeLeaves(w, d, d.All, nil)
}

// writeLeaves writes a deck with the leaves given. Unless entry is nil it is told on
// which line each entry begins.
func writeLeaves(w io.Writer, d *deck.Deck, leaves iter.Seq[*deck.Leaf], entry func(line int)) error {
	if err := writableHead(d); err != nil {
		return fmt.Errorf("writing deck %s: %w", deck.Shorten(string(d.ID)), err)
	}
	buffered := bufio.NewWriterSize(w, 32<<10)
	p := printer{w: buffered, begun: entry}
	p.deck(d)
	n := 0
	for l := range leaves {
		n++
		if err := leafError(n, l); err != nil {
			return fmt.Errorf("writing deck %s: %w", deck.Shorten(string(d.ID)), err)
		}
		p.leaf(l)
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("writing deck %s: %w", deck.Shorten(string(d.ID)), err)
	}
	return nil
}

func writable(d *deck.Deck) error {
	if err := writableHead(d); err != nil {
		return err
	}
	for i := range d.Leaves {
		if err := leafError(i+1, &d.Leaves[i]); err != nil {
			return err
		}
	}
	return nil
}

// leafError says why the leaf with number n cannot stand in a file.
func leafError(n int, l *deck.Leaf) error {
	if err := writableLeaf(l); err != nil {
		return fmt.Errorf("leaf %d %q: %w", n, deck.Shorten(l.Text), err)
	}
	return nil
}

func writableHead(d *deck.Deck) error {
	if d.Format != 0 && d.Format != maxFormat {
		return fmt.Errorf("format %d is not known", d.Format)
	}
	return checkTexts(string(d.ID), d.Title, d.Language, d.About)
}

func writableLeaf(l *deck.Leaf) error {
	if l.Alone() && len(l.Entries) != 1 {
		return fmt.Errorf("a leaf without text has %d entries, must have 1", len(l.Entries))
	}
	if _, err := deck.ParseLevel(l.Level.String()); err != nil {
		return err
	}
	if err := checkTexts(append([]string{l.Text}, l.Path...)...); err != nil {
		return err
	}
	for i := range l.Entries {
		e := &l.Entries[i]
		if _, err := deck.ParseKind(e.Kind.String()); err != nil {
			return err
		}
		texts := []string{string(e.ID), e.Front, e.Back, e.Note, e.Source}
		for _, o := range e.Choices {
			texts = append(texts, o.Text, o.Why)
		}
		for _, list := range [][]string{e.Accept, e.Tags, e.Media} {
			texts = append(texts, list...)
		}
		if err := checkTexts(texts...); err != nil {
			return err
		}
	}
	return nil
}

func checkTexts(texts ...string) error {
	for _, s := range texts {
		if !utf8.ValidString(s) {
			return fmt.Errorf("%q is not valid UTF-8", deck.Shorten(s))
		}
	}
	return nil
}

// printer writes the tables of a deck file. What it cannot write is found out
// when the writer is flushed.
type printer struct {
	w      *bufio.Writer
	indent string
	// lines is the number of lines that were written, and begun is told of the one on
	// which an entry begins; nil when nobody asks.
	lines int
	begun func(line int)
}

func (p *printer) print(parts ...string) {
	for _, s := range parts {
		p.lines += strings.Count(s, "\n")
		_, _ = p.w.WriteString(s) // the writer keeps its error for Flush
	}
}

// printLeaf returns a leaf as Write writes it, with the empty line before it.
func printLeaf(l *deck.Leaf) string {
	var b strings.Builder
	p := printer{w: bufio.NewWriter(&b)}
	p.leaf(l)
	_ = p.w.Flush() // a strings.Builder takes everything
	return b.String()
}

// set writes one key, padded to a width so that neighbours line up. An empty
// value is left out.
func (p *printer) set(key string, width int, value string) {
	if value == "" {
		return
	}
	p.print(p.indent, key, strings.Repeat(" ", max(0, width-len(key))), " = ", value, "\n")
}

func (p *printer) text(key string, width int, s string) {
	if s != "" {
		p.set(key, width, quote(s))
	}
}

func (p *printer) texts(key string, width int, list []string) {
	if len(list) > 0 {
		p.set(key, width, p.array(key, width, quoteAll(list), false))
	}
}

func (p *printer) deck(d *deck.Deck) {
	if d.Format != 0 {
		p.set("format", 0, strconv.Itoa(d.Format))
		p.print("\n")
	}
	p.print("[deck]\n")
	p.text("id", 0, string(d.ID))
	p.text("title", 0, d.Title)
	p.text("language", 0, d.Language)
	p.text("about", 0, d.About)
}

// short is the width of the keys of a leaf, and of a card that needs no more.
const short = len("front")

func (p *printer) leaf(l *deck.Leaf) {
	if l.Alone() {
		p.begin("[[card]]")
		p.entry(&l.Entries[0], l)
		return
	}
	p.print("\n[[leaf]]\n")
	p.texts("path", short, l.Path)
	p.text("text", short, l.Text)
	p.text("level", short, l.Level.String())
	p.indent = "  "
	for i := range l.Entries {
		p.begin("[[leaf.card]]")
		p.entry(&l.Entries[i], nil)
	}
	p.indent = ""
}

// begin writes the header of an entry, after an empty line.
func (p *printer) begin(header string) {
	p.print("\n")
	if p.begun != nil {
		p.begun(p.lines + 1)
	}
	p.print(p.indent, header, "\n")
}

// entry writes the keys of a card; alone is its leaf when it stands alone. All
// but the choices have their equals signs in one column.
func (p *printer) entry(e *deck.Entry, alone *deck.Leaf) {
	width := short
	if e.Source != "" || len(e.Accept) > 0 {
		width = len("source")
	}
	p.text("id", width, string(e.ID))
	if alone != nil {
		p.texts("path", width, alone.Path)
		p.text("level", width, alone.Level.String())
	}
	if e.Kind != deck.Basic {
		p.text("kind", width, e.Kind.String())
	}
	p.text("front", width, e.Front)
	if e.Kind == deck.List && e.Back != "" {
		p.texts("back", width, strings.Split(e.Back, "\n"))
	} else {
		p.text("back", width, e.Back)
	}
	p.text("note", width, e.Note)
	p.text("source", width, e.Source)
	if len(e.Choices) > 0 {
		p.set("choices", 0, p.choices(e.Choices))
	}
	p.texts("accept", width, e.Accept)
	p.texts("tags", width, e.Tags)
	p.texts("media", width, e.Media)
}

func (p *printer) choices(options []deck.Option) string {
	out, tables := make([]string, len(options)), false
	for i, o := range options {
		out[i] = quoteLine(o.Text)
		if o.Why != "" {
			out[i], tables = "{ text = "+out[i]+", why = "+quoteLine(o.Why)+" }", true
		}
	}
	return p.array("choices", 0, out, tables)
}
