package mindmap

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

var (
	orgHeadline = lazyregexp.New(`^(\*+)[ \t]+(.*)$`)
	orgKeyword  = lazyregexp.New(`^[ \t]*#\+([A-Za-z_-]+)(?:\[[^\]]*\])?:[ \t]*(.*)$`)
	orgBegin    = lazyregexp.New(`(?i)^[ \t]*#\+begin_(\S+)`)
	orgEndBlock = lazyregexp.New(`(?i)^[ \t]*#\+end_(\S+)[ \t]*$`)
	orgDrawer   = lazyregexp.New(`^[ \t]*:[\w-]+:[ \t]*$`)
	orgEnd      = lazyregexp.New(`(?i)^[ \t]*:end:[ \t]*$`)
	orgPlanning = lazyregexp.New(`^[ \t]*(?:SCHEDULED|DEADLINE|CLOSED):[ \t]*[<\[]`)
	orgItem     = lazyregexp.New(`^([ \t]*)([-+]|\*|[0-9]{1,9}[.)])(?:[ \t]+(.*))?$`)
	// orgSign finds what stands in Org files only. Two stars at the start of a
	// line do too, unless there are headings of Markdown.
	orgSign  = lazyregexp.New(`(?mi)^(?:#\+(?:title|author|date|startup|options|todo|filetags|setupfile|begin_\w+)\b|:properties:[ \t]*$)`)
	orgStars = lazyregexp.New(`(?m)^(?:\*{2,}[ \t]+\S|\* +(?:TODO|DONE)[ \t])`)
)

func sniffOrg(data []byte) bool {
	return orgSign.Match(data) || orgStars.Match(data) && !markdownTitle.Match(data)
}

// readOrg reads an Org file. Headlines and items of plain lists are nodes, and
// what else stands below one is its note. A title or a single headline is the
// root. What Org does not export is left out: comments, drawers and the dates
// of planning.
func readOrg(name string, data []byte) (*Map, error) {
	source, err := textfile.Decode(name, data, maxBytes)
	if err != nil {
		return nil, err
	}
	top := &outline.Node{Pos: outline.Pos{Line: 1, Column: 1}}
	r := orgReader{b: newBuilder(name), states: slices.Clone(orgStates), headlines: []orgLevel{{0, top}}, notes: make(notes)}
	for line := range bytes.SplitSeq(source, []byte("\n")) {
		r.lines = append(r.lines, string(line))
	}
	r.ends = newOrgEnds(r.lines)
	for r.at < len(r.lines) {
		if err := r.line(); err != nil {
			return nil, err
		}
	}
	top.Text = strings.Join(r.title, " ")
	r.notes.settle()
	for _, t := range r.terms {
		t.define()
	}
	r.b.warn(r.commented, "headline", "%s marked COMMENT left out, as Org does")
	return finishTitled(r.b, top)
}

// orgStates are the words of a headline that say what is to be done about it.
// A file may name others.
var orgStates = []string{"TODO", "DONE", "NEXT", "WAIT", "WAITING", "HOLD", "STARTED", "SOMEDAY", "CANCELED", "CANCELLED"}

// orgLevel is an open headline with its number of stars, or an open item with
// its indentation.
type orgLevel struct {
	depth int
	node  *outline.Node
}

// orgReader builds the tree, line by line.
type orgReader struct {
	b         *builder
	lines     []string
	at        int
	ends      orgEnds
	states    []string
	title     []string
	commented int
	// headlines and items are the open ones, outermost first.
	headlines, items []orgLevel
	// blank counts the empty lines before the present one.
	blank int
	// terms has what the items of descriptive lists say about their terms.
	terms []orgTerm
	notes notes
}

// node returns the innermost open node.
func (r *orgReader) node() *outline.Node {
	if len(r.items) > 0 {
		return r.items[len(r.items)-1].node
	}
	return r.headlines[len(r.headlines)-1].node
}

// line reads what begins on the present line.
func (r *orgReader) line() error {
	line := r.lines[r.at]
	if strings.TrimSpace(line) == "" {
		r.at++
		if r.blank++; r.blank == 2 {
			r.items = nil
		}
		return nil
	}
	r.blank = 0
	if found := orgHeadline.FindStringSubmatch(line); found != nil {
		return r.headline(len(found[1]), found[2])
	}
	indent := orgIndent(line)
	found := orgItem.FindStringSubmatch(line)
	if found != nil && (found[2] != "*" || indent > 0) {
		return r.item(indent, len(line)-len(found[3]), found[3])
	}
	r.closeItems(indent)
	r.other(line)
	return nil
}

// orgIndent measures the white space before a line; a tab goes to the next
// multiple of eight, as in Org.
func orgIndent(line string) int {
	columns := 0
	for _, c := range line {
		switch c {
		case ' ':
			columns++
		case '\t':
			columns += 8 - columns%8
		default:
			return columns
		}
	}
	return columns
}

// closeItems closes the items that a line with this indentation is not part of.
func (r *orgReader) closeItems(indent int) {
	for len(r.items) > 0 && r.items[len(r.items)-1].depth >= indent {
		r.items = r.items[:len(r.items)-1]
	}
}

var (
	orgPriority = lazyregexp.New(`^\[#[A-Za-z0-9]{1,2}\][ \t]*`)
	orgTags     = lazyregexp.New(`(?:^|[ \t]+):[\p{L}\p{N}_@#%]+(?::[\p{L}\p{N}_@#%]+)*:[ \t]*$`)
	orgCookie   = lazyregexp.New(`[ \t]*\[(?:[0-9]*/[0-9]*|[0-9]*%)\]`)
)

// headline adds a headline with so many stars, or passes over it and all that
// is below it when it is commented out.
func (r *orgReader) headline(stars int, text string) error {
	r.items = nil
	full := text
	for _, state := range r.states {
		if rest, found := strings.CutPrefix(text, state); found && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
			text = strings.TrimLeft(rest, " \t")
			break
		}
	}
	text = orgPriority.ReplaceAllString(text, "")
	if text == "COMMENT" || strings.HasPrefix(text, "COMMENT ") {
		r.commented++
		for r.at++; r.at < len(r.lines); r.at++ {
			if next := orgHeadline.FindStringSubmatch(r.lines[r.at]); next != nil && len(next[1]) <= stars {
				break
			}
		}
		return nil
	}
	line := r.lines[r.at]
	p := outline.Pos{Line: r.at + 1, Column: utf8.RuneCountInString(line[:len(line)-len(full)]) + utf8.RuneCountInString(full[:len(full)-len(text)]) + 1}
	for r.headlines[len(r.headlines)-1].depth >= stars {
		r.headlines = r.headlines[:len(r.headlines)-1]
	}
	node, err := r.b.add(r.node(), len(r.headlines), p)
	if err != nil {
		return err
	}
	r.setText(node, orgCookie.ReplaceAllString(orgTags.ReplaceAllString(text, ""), ""))
	r.headlines = append(r.headlines, orgLevel{stars, node})
	r.at++
	for r.at < len(r.lines) && orgPlanning.MatchString(r.lines[r.at]) {
		r.at++
	}
	return nil
}

// setText gives node the text of s, and its links as a note.
func (r *orgReader) setText(node *outline.Node, s string) {
	text, links := orgText(s)
	node.Text = text
	for _, link := range links {
		r.notes.add(node, link)
	}
}

// other reads what is neither a headline nor an item.
func (r *orgReader) other(line string) {
	if begin := orgBegin.FindStringSubmatch(line); begin != nil && r.block(begin[1]) {
		return
	}
	if orgDrawer.MatchString(line) && !orgEnd.MatchString(line) && r.drawer() {
		return
	}
	r.at++
	trimmed := strings.TrimSpace(line)
	keyword := orgKeyword.FindStringSubmatch(line)
	switch {
	case keyword != nil:
		r.keyword(strings.ToLower(keyword[1]), keyword[2])
	case trimmed == "#" || strings.HasPrefix(trimmed, "# ") || strings.HasPrefix(trimmed, "#+"):
	case strings.Trim(trimmed, "-") == "" && len(trimmed) >= 5 || strings.HasPrefix(trimmed, "|-"):
	case trimmed == ":" || strings.HasPrefix(trimmed, ": "):
		r.notes.add(r.node(), strings.TrimPrefix(trimmed[1:], " "))
	default:
		text, links := orgText(trimmed)
		r.notes.add(r.node(), text)
		for _, link := range links {
			r.notes.add(r.node(), link)
		}
	}
}

// keyword reads what the file says about itself.
func (r *orgReader) keyword(key, value string) {
	switch key {
	case "title":
		if text, _ := orgText(value); text != "" {
			r.title = append(r.title, text)
		}
	case "todo", "seq_todo", "typ_todo":
		for _, state := range strings.Fields(value) {
			state, _, _ = strings.Cut(state, "(")
			if state != "|" && state != "" && !slices.Contains(r.states, state) {
				r.states = append(r.states, state)
			}
		}
	}
}
