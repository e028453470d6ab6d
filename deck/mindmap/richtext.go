package mindmap

import (
	"html"
	"strings"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

// richText makes plain text of HTML: a line for each paragraph, list item and
// table row, white space as a browser shows it.
type richText struct {
	b strings.Builder
	// last is the last rune written, or 0 at the start of a line; space says
	// that white space came after it, and wrapped that there was a line break
	// in that.
	last           rune
	space, wrapped bool
	// verbatim counts the open elements whose white space counts, hidden those
	// that are not shown, cells the cells of tables.
	verbatim, hidden, cells int
	// filled says that the open block has text.
	filled, pictures bool
}

// blocks are the elements that begin a line and end one.
var blocks = map[string]bool{
	"address": true, "article": true, "blockquote": true, "body": true, "caption": true, "center": true, "dd": true,
	"details": true, "div": true, "dl": true, "dt": true, "figcaption": true, "figure": true, "h1": true, "h2": true,
	"h3": true, "h4": true, "h5": true, "h6": true, "hr": true, "li": true, "ol": true, "p": true, "pre": true,
	"section": true, "summary": true, "table": true, "text": true, "tr": true, "ul": true,
}

// open begins an element; alt is its text in place of a picture.
func (r *richText) open(tag, alt string) {
	switch {
	case tag == "br":
		r.b.WriteByte('\n')
		r.last, r.space = 0, false
	case tag == "img":
		r.pictures = true
		r.text(alt)
	case tag == "td" || tag == "th":
		r.cells++
		if r.last != 0 {
			r.space = false
			r.b.WriteString(" | ")
			r.last = ' '
		}
	case hides(tag):
		r.hidden++
	case blocks[tag]:
		r.newLine()
		r.filled = false
	}
	if tag == "pre" || tag == "text" {
		r.verbatim++
	}
}

// close ends an element. A paragraph without text is an empty line.
func (r *richText) close(tag string) {
	switch {
	case hides(tag):
		r.hidden = max(r.hidden-1, 0)
	case tag == "td" || tag == "th":
		r.cells = max(r.cells-1, 0)
	case blocks[tag]:
		if tag == "p" && !r.filled && r.cells == 0 {
			r.b.WriteByte('\n')
		}
		r.newLine()
	}
	if tag == "pre" || tag == "text" {
		r.verbatim = max(r.verbatim-1, 0)
	}
}

func hides(tag string) bool {
	return tag == "head" || tag == "style" || tag == "script" || tag == "title"
}

// newLine begins a line, but not in a cell of a table.
func (r *richText) newLine() {
	if r.cells > 0 {
		r.space = true
		return
	}
	if r.last != 0 {
		r.b.WriteByte('\n')
	}
	r.last, r.space = 0, false
}

// text adds what stands between tags.
func (r *richText) text(s string) {
	if r.hidden > 0 {
		return
	}
	for _, c := range s {
		switch {
		case c == '\u00A0':
			c = ' '
		case r.verbatim > 0:
		case strings.ContainsRune(" \t\r\n\f", c):
			r.wrapped = c == '\n' || r.space && r.wrapped
			r.space = true
			continue
		}
		r.add(c)
	}
}

// add writes a rune, after the white space before it. A line break between
// Chinese characters is none.
func (r *richText) add(c rune) {
	if r.space && r.last != 0 && r.last != ' ' && !(r.wrapped && unspaced(r.last) && unspaced(c)) {
		r.b.WriteByte(' ')
	}
	r.space = false
	r.b.WriteRune(c)
	r.last = c
	if c == '\n' {
		r.last = 0
	} else if c != ' ' {
		r.filled = true
	}
}

// String returns the text so far, without more than one empty line in a row.
func (r *richText) String() string {
	return manyLines.ReplaceAllString(paragraphs(r.b.String()), "\n\n")
}

var (
	manyLines = lazyregexp.New(`\n{3,}`)
	entity    = lazyregexp.New(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});`)
	altText   = lazyregexp.New(`(?i)\salt\s*=\s*(?:"([^"]*)"|'([^']*)')`)
)

// htmlText returns the text of s, which may hold HTML. Tags that do not pair
// up are what the text is about, as in "<table> makes a table", and stay.
func htmlText(s string) string {
	tags := tag.FindAllStringSubmatchIndex(s, -1)
	if len(tags) == 0 || !paired(s, tags) {
		return unescape(s)
	}
	return render(s, tags)
}

// render returns the text of the HTML in s, whose tags are at tags. Without
// any that begin a line, the lines of s are lines.
func render(s string, tags [][]int) string {
	r := richText{verbatim: 1}
	for _, t := range tags {
		if blocks[strings.ToLower(s[t[2]:t[3]])] {
			r.verbatim = 0
		}
	}
	at := 0
	for _, t := range tags {
		r.text(unescape(s[at:t[0]]))
		name := strings.ToLower(s[t[2]:t[3]])
		if s[t[0]+1] == '/' {
			r.close(name)
		} else {
			r.open(name, unescape(alt(s[t[0]:t[1]])))
		}
		at = t[1]
	}
	r.text(unescape(s[at:]))
	return r.String()
}

// paired reports whether every tag of s that begins an element has one that
// ends it, in order.
func paired(s string, tags [][]int) bool {
	var open []string
	for _, t := range tags {
		name := strings.ToLower(s[t[2]:t[3]])
		switch {
		case name == "br" || name == "img" || name == "hr" || name == "col" || name == "meta" || s[t[1]-2] == '/':
		case s[t[0]+1] != '/':
			open = append(open, name)
		case len(open) == 0 || open[len(open)-1] != name:
			return false
		default:
			open = open[:len(open)-1]
		}
	}
	return len(open) == 0
}

func alt(tag string) string {
	found := altText.FindStringSubmatch(tag)
	if found == nil {
		return ""
	}
	return found[1] + found[2]
}

// unescape resolves the entities of HTML that are written in full: "&copy=1"
// is part of an address.
func unescape(s string) string {
	return strings.ToValidUTF8(entity.ReplaceAllStringFunc(s, html.UnescapeString), string(utf8.RuneError))
}
