package anki

import (
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// textWriter turns the HTML of fields into the plain text of cards: paragraphs
// and line breaks, lists, tables with a bar between cells, code in back quotes,
// bold text in asterisks. Formulas are text to it and stay as they are.
type textWriter struct {
	out    []byte
	breaks int    // line breaks that are due before the next text
	space  bool   // a space is due
	last   byte   // the last byte written
	indent string // of list elements
	lists  []list
	pre    int    // depth of <pre>
	cells  int    // cells begun in the present row
	spans  []span // the inline elements that are open
	media  []string
}

type list struct {
	ordered bool
	n       int
}

// span is an inline element that is open: where its text begins, and its mark
// or the target of its link.
type span struct {
	name, extra string
	start       int
}

// textOf returns the plain text of HTML, and the names of the media files that
// it refers to.
func textOf(source string) (text string, media []string) {
	if !strings.ContainsAny(source, "<&[\t\r\u00a0") && !strings.Contains(source, "  ") && !strings.Contains(source, "\n") {
		return clean(strings.TrimSpace(source)), nil
	}
	w := &textWriter{}
	w.run(source)
	return clean(strings.TrimSpace(string(w.out))), w.media
}

// run reads tags and what is between them.
func (w *textWriter) run(source string) {
	for source != "" {
		open := strings.IndexByte(source, '<')
		if open < 0 {
			w.text(source)
			return
		}
		w.text(source[:open])
		source = source[open:]
		switch {
		case strings.HasPrefix(source, "<!--"):
			source = after(source, "-->")
		case len(source) > 1 && (isLetter(source[1]) || source[1] == '/' || source[1] == '!' || source[1] == '?'):
			end := tagEnd(source)
			name, attributes := tagName(source[1:end])
			source = source[min(end+1, len(source)):]
			if name == "script" || name == "style" {
				source = after(source, "</"+name)
				source = after(source, ">")
				continue
			}
			w.tag(name, attributes)
		default:
			w.text("<")
			source = source[1:]
		}
	}
}

// after returns what follows the first mark in s, in any case of letters; ""
// when it is not there.
func after(s, mark string) string {
	for i := 0; i+len(mark) <= len(s); i++ {
		if (s[i] == mark[0]) && strings.EqualFold(s[i:i+len(mark)], mark) {
			return s[i+len(mark):]
		}
	}
	return ""
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// tagEnd returns where the tag that s begins with ends: at its >, or at the end
// of s. A > in quotes does not end it.
func tagEnd(s string) int {
	var quote byte
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && s[i-1] == '=':
			quote = c
		case c == '>':
			return i
		}
	}
	return len(s)
}

// tagName splits the inside of a tag; a closing tag's name has its slash.
func tagName(inside string) (name, attributes string) {
	i := 0
	for i < len(inside) && (inside[i] == '/' && i == 0 || isLetter(inside[i]) || inside[i] >= '0' && inside[i] <= '9') {
		i++
	}
	return strings.ToLower(inside[:i]), inside[i:]
}

// attribute returns the value of an attribute, "" when it is not there.
func attribute(attributes, name string) string {
	for rest := attributes; rest != ""; {
		rest = strings.TrimLeft(rest, " \t\r\n/")
		end := strings.IndexAny(rest, "= \t\r\n/")
		if end < 0 {
			return ""
		}
		key := rest[:end]
		rest = strings.TrimLeft(rest[end:], " \t\r\n")
		if !strings.HasPrefix(rest, "=") {
			continue
		}
		rest = strings.TrimLeft(rest[1:], " \t\r\n")
		value := rest
		if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
			value, rest, _ = strings.Cut(rest[1:], rest[:1])
		} else if i := strings.IndexAny(rest, " \t\r\n"); i >= 0 {
			value, rest = rest[:i], rest[i:]
		} else {
			rest = ""
		}
		if strings.EqualFold(key, name) {
			return html.UnescapeString(value)
		}
	}
	return ""
}

// text writes what stands between tags.
func (w *textWriter) text(s string) {
	if s == "" {
		return
	}
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	for s != "" {
		open := strings.Index(s, "[sound:")
		if open < 0 {
			break
		}
		length := strings.IndexByte(s[open:], ']')
		if length < 0 {
			break
		}
		w.words(s[:open])
		w.medium("sound", s[open+len("[sound:"):open+length])
		s = s[open+length+1:]
	}
	w.words(s)
}

// medium stands for a media file.
func (w *textWriter) medium(kind, name string) {
	name = lineOf(name)
	if name == "" {
		return
	}
	switch {
	case strings.HasPrefix(name, "data:"):
		name = "…"
	case !strings.Contains(name, "://"):
		w.media = append(w.media, name)
	}
	w.words("[" + kind + ": " + name + "]")
}

// words writes text, with runs of white space as one space but in <pre>.
func (w *textWriter) words(s string) {
	if w.pre > 0 {
		w.flush()
		w.write(strings.ReplaceAll(strings.ReplaceAll(s, "\r", ""), "\u00a0", " "))
		return
	}
	for s != "" {
		i := strings.IndexFunc(s, isSpace)
		if i < 0 {
			w.flush()
			w.write(s)
			return
		}
		if i > 0 {
			w.flush()
			w.write(s[:i])
		}
		w.space = true
		s = strings.TrimLeftFunc(s[i:], isSpace)
	}
}

func isSpace(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' || r == '\u00a0'
}

// flush writes the line breaks or the space that are due.
func (w *textWriter) flush() {
	switch {
	case len(w.out) == 0:
		w.write(w.indent)
	case w.breaks > 0:
		w.write(strings.Repeat("\n", w.breaks) + w.indent)
	case w.space && w.last != '\n' && w.last != ' ':
		w.write(" ")
	}
	w.breaks, w.space = 0, false
}

func (w *textWriter) write(s string) {
	if s != "" {
		w.out = append(w.out, s...)
		w.last = s[len(s)-1]
	}
}

// newLine makes sure that what follows begins on a new line, after an empty one
// when n is 2.
func (w *textWriter) newLine(n int) {
	w.breaks, w.space = max(w.breaks, n), false
}

// clean drops what must not stand in a card: control characters and bytes that
// are no UTF-8.
func clean(s string) string {
	if utf8.ValidString(s) && strings.IndexFunc(s, isControl) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

func isControl(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

// lineOf returns s clean and as a single line.
func lineOf(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

func (l *list) bullet() string {
	if l.n++; l.ordered {
		return strconv.Itoa(l.n) + ". "
	}
	return "- "
}
