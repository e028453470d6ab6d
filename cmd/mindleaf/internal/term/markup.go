package term

import (
	"strings"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

const (
	bar      = "│ "
	more     = "↪ " // begins the rest of a code line that was too long
	fence    = "```"
	noteSkip = 2
	// markWidth is the columns of ✓ and a space, or of ✗.
	markWidth = 2
)

var listItem = lazyregexp.New(`^( *)([-*•] +|\d{1,3}[.)] +|\d{1,3}、 *)`)

// link is a link of Markdown with a text: [text](address).
var link = lazyregexp.New(`^\[([^\[\]]+)\]\((https?://[^\s()<>]+)\)`)

// renderBody returns the rows of a card in width columns.
func renderBody(body []Block, width int) []line {
	var rows []line
	for _, b := range body {
		rows = append(rows, b.render(width)...)
	}
	return rows
}

func (b Block) render(width int) []line {
	switch b.Kind {
	case Rule:
		return []line{{{strings.Repeat("─", width/Width("─")), dim}}}
	case Verbatim:
		return renderCode(strings.Split(strings.Trim(b.Text, "\n"), "\n"), width)
	case Pairs:
		return renderPairs(strings.Split(b.Text, "\n"), width)
	case AnswerText:
		return renderText(b.Text, width, answer)
	case Note:
		return indentRows(renderText(b.Text, width-noteSkip, dim), noteSkip)
	case Source:
		return renderText("— "+b.Text, width, dim)
	case Detail:
		return renderText(b.Text, width, dim)
	case Right:
		return wrapSpans([]span{{oneLine(b.Text), answer}}, width, markWidth)
	case Wrong:
		return wrapSpans([]span{{oneLine(b.Text), mistake}}, width, markWidth)
	case Difference:
		return wrapSpans(differences(oneLine(b.Text)), width, 0)
	case Heading:
		return renderText(b.Text, width, heading)
	}
	return renderText(b.Text, width, 0)
}

// difference is what stands out in a text that shows how two differ.
var difference = lazyregexp.New(`\{\+.*?\+\}|\[-.*?-\]`)

// differences returns s with what is missing and what is too much in colours.
// Its marks stay: they say the same without.
func differences(s string) []span {
	var spans []span
	at := 0
	for _, found := range difference.FindAllStringIndex(s, -1) {
		st := mistake
		if s[found[0]] == '{' {
			st = answer
		}
		spans = append(spans, span{s[at:found[0]], 0}, span{s[found[0]:found[1]], st | bold})
		at = found[1]
	}
	return append(spans, span{s[at:], 0})
}

func indentRows(rows []line, by int) []line {
	for i, r := range rows {
		rows[i] = append(line{{spaces(by), 0}}, r...)
	}
	return rows
}

// renderText returns the rows of a text with markup: paragraphs, lists and
// fenced code. Blank lines at its ends are dropped, several become one.
func renderText(text string, width int, base style) []line {
	var rows []line
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	blank := false
	for i := 0; i < len(lines); i++ {
		l := strings.TrimRight(lines[i], " ")
		if strings.HasPrefix(strings.TrimLeft(l, " "), fence) {
			end := i + 1
			for end < len(lines) && !strings.HasPrefix(strings.TrimLeft(lines[end], " "), fence) {
				end++
			}
			rows = append(rows, renderCode(lines[i+1:min(end, len(lines))], width)...)
			i, blank = end, false
			continue
		}
		if l == "" {
			if !blank {
				rows = append(rows, line{})
			}
			blank = true
			continue
		}
		blank = false
		rows = append(rows, wrapSpans(inline(l, base), width, Width(listItem.FindString(l)))...)
	}
	return rows
}

// renderCode returns lines of code behind a bar, with their spaces; what is
// too long goes on in the next row.
func renderCode(lines []string, width int) []line {
	room := max(width-Width(bar), minWidth)
	var rows []line
	for _, l := range lines {
		for i, part := range hardWrap(l, room, room-Width(more)) {
			row := line{{bar, dim}}
			if i > 0 {
				row = append(row, span{more, dim})
			}
			rows = append(rows, append(row, span{part, code}))
		}
	}
	return rows
}

// renderPairs returns lines of two columns. Where the first takes more than half
// of the width the second goes on below both.
func renderPairs(lines []string, width int) []line {
	first := 0
	for _, l := range lines {
		key, _, _ := strings.Cut(l, spaces(gap))
		first = max(first, Width(key)+gap)
	}
	indent := first
	if fitIndent(width, indent) == 0 {
		indent = gap
	}
	var rows []line
	for _, l := range lines {
		key, text, _ := strings.Cut(l, spaces(gap))
		rows = append(rows, wrapSpans([]span{{PadRight(key, first), heading}, {strings.TrimLeft(text, " "), 0}}, width, indent)...)
	}
	return rows
}

// hardWrap cuts s, losing nothing, into parts of first columns and then rest
// columns.
func hardWrap(s string, first, rest int) []string {
	var parts []string
	room := first
	for {
		head := headOf(s, max(room, minWidth))
		if head == s || head == "" {
			return append(parts, s)
		}
		parts = append(parts, head)
		s, room = s[len(head):], rest
	}
}

// inline returns l without the marks of **bold** and `code`, whose texts get
// these styles, and [links](https://…) as their text and address. A mark without
// its partner is text.
func inline(l string, base style) []span {
	var spans []span
	plain := 0
	flush := func(to int) {
		if to > plain {
			spans = append(spans, span{l[plain:to], base})
		}
	}
	for i := 0; i < len(l); {
		inner, n := marked(l[i:], base)
		if n == 0 {
			i++
			continue
		}
		flush(i)
		spans = append(spans, inner...)
		i += n
		plain = i
	}
	flush(len(l))
	return spans
}

// marked returns what the marks s begins with make of the text between them, and the
// length of it all; 0, if s begins with no complete mark.
func marked(s string, base style) (spans []span, n int) {
	switch s[0] {
	case '`':
		if end := strings.Index(s[1:], "`"); end > 0 {
			return []span{{s[1 : end+1], base | code}}, end + 2
		}
	case '*':
		if !strings.HasPrefix(s, "**") {
			break
		}
		end := strings.Index(s[2:], "**")
		if end > 0 && s[2] != ' ' && s[1+end] != ' ' {
			return inline(s[2:end+2], base|bold), end + 4
		}
	case '[':
		if found := link.FindStringSubmatch(s); found != nil {
			return append(inline(found[1], base), span{" <" + found[2] + ">", base | dim}), len(found[0])
		}
	}
	return nil, 0
}

// wrapSpans is Wrap for one paragraph of styled text.
func wrapSpans(spans []span, width, indent int) []line {
	text := line(spans).String()
	var rows []line
	for i, c := range wrapParagraph(text, width, indent) {
		var row line
		if by := fitIndent(width, indent); i > 0 && by > 0 {
			row = append(row, span{spaces(by), 0})
		}
		at := 0
		for _, s := range spans {
			from, to := max(c.start, at), min(c.end, at+len(s.text))
			if from < to {
				row = append(row, span{s.text[from-at : to-at], s.style})
			}
			at += len(s.text)
		}
		rows = append(rows, row)
	}
	return rows
}
