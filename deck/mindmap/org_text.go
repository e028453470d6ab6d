package mindmap

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
	"github.com/mindleaf/mindleaf/deck/outline"
)

var (
	orgCounter  = lazyregexp.New(`^\[@[0-9]+\][ \t]*`)
	orgCheckbox = lazyregexp.New(`^\[[ xX-]\](?:[ \t]+|$)`)
	orgTermSign = lazyregexp.New(`^(.*?\S)[ \t]+::(?:[ \t]+(.*))?$`)
)

// orgTerm is a term with its definition.
type orgTerm struct {
	node       *outline.Node
	definition string
}

// define joins the definition to a term with a colon, as most maps do. A term
// with more below it stays short and has the definition as its note.
func (t orgTerm) define() {
	n := t.node
	if n.Leaf() {
		n.Text = withColon(n.Text, t.definition)
		return
	}
	own := n.Note
	n.Note = paragraphs(t.definition)
	addNote(n, own)
}

// item adds an item of a plain list whose text begins at a byte of the line,
// with the lines that go on with it.
func (r *orgReader) item(indent, start int, text string) error {
	r.closeItems(indent)
	rest := orgCheckbox.ReplaceAllString(orgCounter.ReplaceAllString(text, ""), "")
	line := r.lines[r.at]
	p := outline.Pos{Line: r.at + 1, Column: utf8.RuneCountInString(line[:start+len(text)-len(rest)]) + 1}
	node, err := r.b.add(r.node(), len(r.headlines)+len(r.items), p)
	if err != nil {
		return err
	}
	r.items = append(r.items, orgLevel{indent, node})
	rest = orgCookie.ReplaceAllString(rest, "")
	term := orgTermSign.FindStringSubmatch(rest)
	if term != nil {
		rest = term[2]
	}
	wrapped := []string{rest}
	for r.at++; r.at < len(r.lines) && r.continues(r.lines[r.at], indent); r.at++ {
		wrapped = append(wrapped, strings.TrimSpace(r.lines[r.at]))
	}
	rest = joinAll(wrapped)
	if term == nil {
		r.setText(node, rest)
		return nil
	}
	r.setText(node, term[1])
	definition, links := orgText(rest)
	if definition != "" && node.Text != "" {
		r.terms = append(r.terms, orgTerm{node, definition})
	}
	for _, link := range links {
		r.notes.add(node, link)
	}
	return nil
}

// continues reports whether a line goes on with the text of an item that is
// indented by so much.
func (r *orgReader) continues(line string, indent int) bool {
	trimmed := strings.TrimSpace(line)
	return trimmed != "" && orgIndent(line) > indent && !orgItem.MatchString(line) && !orgDrawer.MatchString(line) &&
		!strings.HasPrefix(trimmed, "#") && !strings.HasPrefix(trimmed, "|") && !strings.HasPrefix(trimmed, ": ")
}

var (
	orgLink     = lazyregexp.New(`\[\[([^][]+)\](?:\[([^][]+)\])?\]`)
	orgFootnote = lazyregexp.New(`\[fn:[\w-]+\]`)
	orgTarget   = lazyregexp.New(`<<<?([^<>]+)>>>?`)
)

const orgMarks = "*/_=~+"

// orgText returns the text of a line without its markup, and the addresses of
// links that have a text of their own.
func orgText(s string) (text string, links []string) {
	s = strings.ReplaceAll(strings.TrimSuffix(s, `\\`), "\u200B", "")
	if strings.Contains(s, "[[") {
		s = orgLink.ReplaceAllStringFunc(s, func(link string) string {
			parts := orgLink.FindStringSubmatch(link)
			if parts[2] == "" {
				return strings.TrimPrefix(parts[1], "*")
			}
			if leadsOut(parts[1]) {
				links = append(links, parts[1])
			}
			return parts[2]
		})
	}
	s = orgTarget.ReplaceAllString(orgFootnote.ReplaceAllString(s, ""), "$1")
	return singleLine(withoutMarks(s)), links
}

// maxMarked is how many characters may stand between two marks.
const maxMarked = 500

// withoutMarks takes *bold*, /italic/, _underlined_, =verbatim=, ~code~ and
// +struck+ out of s. As in Org, marks have white space or punctuation outside
// and none inside; the stars of bold may touch Chinese characters as well.
func withoutMarks(s string) string {
	runes := []rune(s)
	drop := make([]bool, len(runes))
	for i := 0; i < len(runes); i++ {
		if drop[i] || !opensMark(runes, i) {
			continue
		}
		end := markEnd(runes, i)
		if end < 0 {
			continue
		}
		drop[i], drop[end] = true, true
		if runes[i] == '=' || runes[i] == '~' {
			i = end
		}
	}
	kept := runes[:0]
	for i, r := range runes {
		if !drop[i] {
			kept = append(kept, r)
		}
	}
	return string(kept)
}

func opensMark(runes []rune, i int) bool {
	if !strings.ContainsRune(orgMarks, runes[i]) || i+1 == len(runes) || unicode.IsSpace(runes[i+1]) {
		return false
	}
	return i == 0 || unicode.IsSpace(runes[i-1]) || strings.ContainsRune(orgMarks+"-({'\"，。、；：（“《", runes[i-1]) ||
		runes[i] == '*' && unspaced(runes[i-1])
}

// markEnd returns where the mark at i is closed, -1 when it is not.
func markEnd(runes []rune, i int) int {
	for end := i + 2; end < min(len(runes), i+maxMarked); end++ {
		if runes[end] != runes[i] || unicode.IsSpace(runes[end-1]) {
			continue
		}
		if end+1 == len(runes) || unicode.IsSpace(runes[end+1]) ||
			strings.ContainsRune(orgMarks+"-.,;:!?'\")}[\\，。、；：！？）”》", runes[end+1]) || runes[i] == '*' && unspaced(runes[end+1]) {
			return end
		}
	}
	return -1
}
