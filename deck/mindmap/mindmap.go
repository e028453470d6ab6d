// Package mindmap reads other programs' mind map files into an outline, one
// file of this package for each format. It stands apart because every format
// is a world of its own, while what follows needs nothing but a tree of text
// with source positions. It reads from an io.Reader and opens no files.
package mindmap

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

// Format names a file format that Read understands.
type Format string

// The formats, by the word that ParseFormat reads.
const (
	XMind       Format = "xmind"
	FreeMind    Format = "freemind"
	OPML        Format = "opml"
	KityMinder  Format = "km"
	Canvas      Format = "canvas"
	MarkmapSVG  Format = "markmap-svg"
	MarkmapHTML Format = "markmap-html"
	Mermaid     Format = "mermaid"
	Article     Format = "article"
	Org         Format = "org"
	Markdown    Format = "markdown"
	Text        Format = "text"
)

// Map is a mind map that was read. Root has at least one node below it.
// Warnings say in a sentence each what the reader had to decide or could not
// keep, such as topics without a title; there are none when the outline holds
// the whole file as it stands. Format is the format the file turned out to be.
type Map struct {
	Root     *outline.Node
	Warnings []string
	Format   Format
}

// grammar is what the package knows about one format.
type grammar struct {
	format Format
	// endings are the file name endings people use for it, with the dot.
	endings []string
	// sniff reports whether data is of this format beyond doubt. It sees the
	// whole file, without a byte order mark, and must be quick to say no.
	sniff func(data []byte) bool
	// loose says that the signs of the format may stand in any text, so that
	// the name of a file counts for more.
	loose bool
	// read fills in all but the format.
	read func(name string, data []byte) (*Map, error)
}

// grammars lists the formats, those with the surest signs first.
var grammars = []grammar{
	{XMind, []string{".xmind"}, sniffXMind, false, readXMind},
	{FreeMind, []string{".mm"}, sniffFreeMind, false, readFreeMind},
	{OPML, []string{".opml"}, sniffOPML, false, readOPML},
	{KityMinder, []string{".km", ".smm"}, sniffKityMinder, false, readKityMinder},
	{Canvas, []string{".canvas"}, sniffCanvas, false, readCanvas},
	{MarkmapSVG, []string{".svg"}, sniffMarkmapSVG, false, readMarkmapSVG},
	{Mermaid, []string{".mmd", ".mermaid"}, sniffMermaid, false, readMermaid},
	{MarkmapHTML, []string{".html", ".htm", ".xhtml"}, sniffMarkmapHTML, false, readMarkmapHTML},
	{Article, nil, sniffArticle, true, readArticle},
	{Org, []string{".org"}, sniffOrg, true, readOrg},
	{Markdown, []string{".md", ".markdown", ".mkd"}, sniffMarkdown, true, readMarkdown},
	{Text, []string{".txt"}, sniffText, true, readText},
}

// Formats returns the formats that can be read, in the order in which they are
// tried.
func Formats() []Format {
	formats := make([]Format, len(grammars))
	for i, g := range grammars {
		formats[i] = g.format
	}
	return formats
}

// ParseFormat reads the word for a format, in any case: its name, or an ending
// of its files without the dot, such as "mm" for FreeMind; "indented" is another
// word for Text. Any other word is an error that lists the right ones.
func ParseFormat(s string) (Format, error) {
	word := strings.ToLower(s)
	if word == "indented" {
		return Text, nil
	}
	for _, g := range grammars {
		if word == string(g.format) {
			return g.format, nil
		}
		if slices.Contains(g.endings, "."+word) {
			return g.format, nil
		}
	}
	return "", fmt.Errorf("unknown mind map format %q: use %s", s, formatList())
}

func formatList() string {
	words := make([]string, len(grammars))
	for i, g := range grammars {
		words[i] = string(g.format)
	}
	return strings.Join(words, ", ")
}

// Read reads a mind map in whatever format it turns out to be. name is used in
// errors, as the root's text when the file has no title, and as a hint to the
// format when the content leaves it open. A file that cannot be read as a mind
// map gives an *Error.
func Read(name string, r io.Reader) (*Map, error) {
	data, err := textfile.Read(name, r, maxBytes)
	if err != nil {
		return nil, err
	}
	g := detect(name, data)
	if g == nil {
		return nil, &Error{Name: name, Message: "not a mind map in a known format",
			Hint: "say which of these it is: " + formatList()}
	}
	return g.readMap(name, data)
}

// ReadAs reads a mind map that is known to be of format f. It is otherwise
// like Read.
func ReadAs(f Format, name string, r io.Reader) (*Map, error) {
	for _, g := range grammars {
		if g.format != f {
			continue
		}
		data, err := textfile.Read(name, r, maxBytes)
		if err != nil {
			return nil, err
		}
		return g.readMap(name, data)
	}
	return nil, fmt.Errorf("reading %s: unknown mind map format %q: use %s", name, f, formatList())
}

// readMap reads data with g's reader and notes the format.
func (g *grammar) readMap(name string, data []byte) (*Map, error) {
	m, err := g.read(name, data)
	if err != nil {
		return nil, err
	}
	m.Format = g.format
	return m, nil
}

// baseTitle makes a root's text from a file name; "mind map" when it has none.
func baseTitle(name string) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	title := singleLine(strings.TrimSuffix(base, path.Ext(base)))
	if title == "" || title == "." || title == "/" {
		return "mind map"
	}
	return title
}
