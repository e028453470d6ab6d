package anki

import "strings"

// The bounds of nesting: deeper lists are not indented further, deeper inline
// elements are passed over.
const (
	maxListDepth = 8
	maxSpans     = 16
)

// tag acts on an opening or a closing tag; of a closing one name begins with a
// slash. Tags that mean nothing for plain text are passed over.
func (w *textWriter) tag(name, attributes string) {
	closing := strings.HasPrefix(name, "/")
	switch bare := strings.TrimPrefix(name, "/"); bare {
	case "br":
		w.breaks, w.space = min(w.breaks+1, 2), false
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dl", "table", "hr", "section", "article", "figure":
		w.newLine(2)
	case "div", "dt", "dd", "header", "footer", "figcaption", "tbody", "thead", "caption", "center", "details", "summary":
		w.newLine(1)
	case "tr":
		w.newLine(1)
		w.cells = 0
	case "td", "th":
		if !closing {
			w.cell()
		}
	case "ul", "ol":
		w.list(closing, bare == "ol")
	case "li":
		w.element(closing)
	case "pre":
		w.preformatted(closing)
	case "b", "strong":
		w.mark(closing, bare, "**")
	case "code", "tt", "kbd", "samp":
		if w.pre == 0 {
			w.mark(closing, bare, "`")
		}
	case "sub", "sup", "a":
		w.span(closing, bare, attribute(attributes, "href"))
	case "rt":
		w.words(map[bool]string{false: "(", true: ")"}[closing])
	case "img", "audio", "video", "source", "object":
		if closing {
			return
		}
		name := attribute(attributes, "src") + attribute(attributes, "data")
		w.medium(map[string]string{"img": "image", "audio": "sound", "source": "sound", "video": "video", "object": "file"}[bare], name)
	}
}

func (w *textWriter) cell() {
	if w.cells++; w.cells > 1 {
		w.breaks, w.space = 0, false
		w.flush()
		w.write(" | ")
	}
}

func (w *textWriter) list(closing, ordered bool) {
	w.newLine(1)
	switch {
	case !closing:
		w.lists = append(w.lists, list{ordered: ordered})
	case len(w.lists) > 0:
		w.lists = w.lists[:len(w.lists)-1]
	}
	w.indent = strings.Repeat("  ", min(max(len(w.lists)-1, 0), maxListDepth))
}

func (w *textWriter) element(closing bool) {
	w.newLine(1)
	if closing {
		return
	}
	bullet := "- "
	if n := len(w.lists); n > 0 {
		bullet = w.lists[n-1].bullet()
	}
	w.flush()
	w.write(bullet)
}

func (w *textWriter) preformatted(closing bool) {
	w.newLine(1)
	if w.pre == 0 && !closing {
		w.flush()
		w.write("```\n")
	}
	if closing {
		w.pre = max(w.pre-1, 0)
	} else {
		w.pre++
	}
	if w.pre == 0 && closing {
		if w.last == '\n' {
			w.breaks = 0
		}
		w.flush()
		w.write("```")
		w.newLine(1)
	}
}

// mark puts a mark around an inline element, once where several elements with
// the same mark are nested.
func (w *textWriter) mark(closing bool, name, mark string) {
	if closing {
		w.end(name, func(extra, text string) string { return extra + text + extra })
		return
	}
	for _, s := range w.spans {
		if s.extra == mark {
			mark = ""
		}
	}
	w.begin(name, mark)
}

// span writes small letters and links anew when they end.
func (w *textWriter) span(closing bool, name, target string) {
	switch {
	case !closing:
		w.begin(name, target)
	case name == "sub":
		w.end(name, func(_, text string) string { return small(text, subscripts, "_") })
	case name == "sup":
		w.end(name, func(_, text string) string { return small(text, superscripts, "^") })
	default:
		w.end(name, func(target, text string) string {
			if strings.HasPrefix(target, "http") && !strings.Contains(text, target) {
				return text + " (" + lineOf(target) + ")"
			}
			return text
		})
	}
}

func (w *textWriter) begin(name, extra string) {
	if len(w.spans) == maxSpans {
		return
	}
	if w.space || w.breaks > 0 {
		w.flush()
	}
	w.spans = append(w.spans, span{name, extra, len(w.out)})
}

// end replaces what the innermost inline element wrote, if that is the one of
// this name. Nothing, and what has several lines, stays as it is.
func (w *textWriter) end(name string, change func(extra, text string) string) {
	n := len(w.spans) - 1
	if n < 0 || w.spans[n].name != name {
		return
	}
	s := w.spans[n]
	w.spans = w.spans[:n]
	all := string(w.out[s.start:])
	text := strings.TrimRight(all, " ")
	if text == "" || strings.Contains(text, "\n") {
		return
	}
	w.space = w.space || len(text) < len(all)
	w.out = w.out[:s.start]
	w.write(change(s.extra, text))
}

var (
	subscripts   = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉", "+", "₊", "-", "₋", "=", "₌", "n", "ₙ", "i", "ᵢ")
	superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "+", "⁺", "-", "⁻", "=", "⁼", "n", "ⁿ", "i", "ⁱ")
)

// small returns text in small letters where all of it has them, else with a
// mark before it.
func small(text string, letters *strings.Replacer, mark string) string {
	if strings.Trim(text, "0123456789+-=ni") == "" {
		return letters.Replace(text)
	}
	if len([]rune(text)) == 1 {
		return mark + text
	}
	return mark + "(" + text + ")"
}
