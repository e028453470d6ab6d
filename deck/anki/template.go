package anki

import (
	"strings"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

const (
	// maxTemplateDepth bounds the nesting of sections, and maxRendered the bytes
	// that a template may grow to.
	maxTemplateDepth = 50
	maxRendered      = 512 << 10
)

// part is a piece of a template: text, a field with its filters, or a section
// that is shown when its field has content, or has none.
type part struct {
	text    string
	field   string
	filters []string // the innermost first
	section bool
	inverse bool
	parts   []part
}

// parsedTemplate is both sides of a template. The answer is split at the line
// that Anki scrolls to, where that is possible.
type parsedTemplate struct {
	question     []part
	above, below []part
	split        bool
	typed        string // the field whose content is typed
	clozed       bool
}

var answerLine = lazyregexp.New(`(?i)<hr\s+id\s*=\s*["']?answer["']?[^>]*>`)

// prepare parses the templates of a note type.
func (t *noteType) prepare() {
	for i := range t.templates {
		x := &t.templates[i]
		p := &parsedTemplate{}
		p.question = parseTemplate(x.question)
		p.below = parseTemplate(x.answer)
		if at := answerLine.FindStringIndex(x.answer); at != nil && balanced(x.answer[:at[0]]) {
			p.above, p.below, p.split = parseTemplate(x.answer[:at[0]]), parseTemplate(x.answer[at[1]:]), true
		}
		walk(p.question, func(q part) {
			for _, f := range q.filters {
				if f == "type" && !hasFilter(q, "cloze") {
					p.typed = q.field
				}
				p.clozed = p.clozed || f == "cloze"
			}
		})
		x.parsed = p
	}
}

func hasFilter(p part, name string) bool {
	for _, f := range p.filters {
		if f == name {
			return true
		}
	}
	return false
}

func walk(parts []part, visit func(part)) {
	for _, p := range parts {
		visit(p)
		walk(p.parts, visit)
	}
}

// parseTemplate parses one side of a template. It never fails: what cannot be
// a field is text, and a section that is not closed ends with its parent.
func parseTemplate(source string) []part {
	const other = "{{=<% %>=}}"
	if rest, ok := strings.CutPrefix(strings.TrimSpace(source), other); ok {
		source = strings.NewReplacer("<%", "{{", "%>", "}}").Replace(rest)
	}
	p := &templateParser{rest: source}
	return p.parts("", 0)
}

type templateParser struct {
	rest string
}

func (p *templateParser) parts(until string, depth int) []part {
	var out []part
	for p.rest != "" {
		open := strings.Index(p.rest, "{{")
		length := -1
		if open >= 0 {
			length = strings.Index(p.rest[open:], "}}")
		}
		if length < 0 {
			out = append(out, part{text: p.rest})
			p.rest = ""
			break
		}
		if open > 0 {
			out = append(out, part{text: p.rest[:open]})
		}
		inside := strings.TrimSpace(strings.TrimLeft(p.rest[open+2:open+length], "{"))
		p.rest = strings.TrimPrefix(p.rest[open+length+2:], "}")
		switch {
		case strings.HasPrefix(inside, "/"):
			if strings.TrimSpace(inside[1:]) == until && depth > 0 {
				return out
			}
		case inside == "" || inside[0] == '!':
		case inside[0] == '#' || inside[0] == '^':
			name := strings.TrimSpace(inside[1:])
			s := part{field: name, section: true, inverse: inside[0] == '^'}
			if depth < maxTemplateDepth {
				s.parts = p.parts(name, depth+1)
			}
			out = append(out, s)
		default:
			out = append(out, field(inside))
		}
	}
	return out
}

// field parses filter:filter:name.
func field(inside string) part {
	words := strings.Split(inside, ":")
	p := part{field: strings.TrimSpace(words[len(words)-1])}
	for i := len(words) - 2; i >= 0; i-- {
		word := strings.TrimSpace(words[i])
		if strings.HasPrefix(word, "tts") {
			word = "tts"
		}
		p.filters = append(p.filters, word)
	}
	return p
}

// balanced reports whether every section that is opened in s is closed in it.
func balanced(s string) bool {
	depth := 0
	for {
		_, rest, found := strings.Cut(s, "{{")
		if !found {
			return depth == 0
		}
		switch rest = strings.TrimLeft(rest, "{ "); {
		case strings.HasPrefix(rest, "#"), strings.HasPrefix(rest, "^"):
			depth++
		case strings.HasPrefix(rest, "/"):
			depth--
		}
		s = rest
	}
}
