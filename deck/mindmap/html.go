package mindmap

import (
	"html"
	"strings"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

// htmlKind is what a piece of HTML is.
type htmlKind int8

const (
	htmlChars htmlKind = iota
	htmlStart
	htmlEnd
	// htmlOther is a comment or a declaration.
	htmlOther
)

// htmlToken is one piece of HTML or XML: start and end are its byte offsets.
// name is the element's, in lower case and without a namespace; attributes is
// what follows the name in the tag. text is set for text only.
type htmlToken struct {
	kind             htmlKind
	name, attributes string
	text             string
	start, end       int
}

// htmlScanner takes HTML and XML apart as browsers do, never failing and in
// time proportional to the length.
type htmlScanner struct {
	source string
	at     int
	// raw is the element whose text has no tags in it, such as script.
	raw string
	// torn tells that a tag has no end, so that the rest is text.
	torn bool
}

var htmlName = lazyregexp.New(`^</?(?:[\w-]+:)?([A-Za-z][\w-]*)`)

// next returns the next piece, and false at the end.
func (s *htmlScanner) next() (htmlToken, bool) {
	rest := s.source[s.at:]
	if rest == "" {
		return htmlToken{}, false
	}
	if s.raw != "" {
		end := indexFold(rest, "</"+s.raw)
		if s.raw = ""; end != 0 {
			return s.take(htmlToken{kind: htmlChars, text: rest[:end]}, end), true
		}
	}
	if !s.torn && rest[0] == '<' {
		if t, length := htmlMarkup(rest); length > 0 {
			if t.kind == htmlStart && (t.name == "script" || t.name == "style") && !t.closed() {
				s.raw = t.name
			}
			return s.take(t, length), true
		} else if length < 0 {
			s.torn = true
		}
	}
	length := len(rest)
	if at := strings.IndexByte(rest[1:], '<'); at >= 0 && !s.torn {
		length = at + 1
	}
	return s.take(htmlToken{kind: htmlChars, text: html.UnescapeString(rest[:length])}, length), true
}

// take gives t its place and moves on.
func (s *htmlScanner) take(t htmlToken, length int) htmlToken {
	t.start, t.end = s.at, s.at+length
	s.at = t.end
	return t
}

// htmlMarkup reads the tag, comment or CDATA section that s begins with. The length
// is 0 when there is none, and -1 when it does not end.
func htmlMarkup(s string) (htmlToken, int) {
	switch {
	case strings.HasPrefix(s, "<!--"):
		if at := strings.Index(s[4:], "-->"); at >= 0 {
			return htmlToken{kind: htmlOther}, 4 + at + 3
		}
		return htmlToken{kind: htmlOther}, len(s)
	case strings.HasPrefix(s, "<![CDATA["):
		if at := strings.Index(s, "]]>"); at >= 0 {
			return htmlToken{kind: htmlChars, text: s[9:at]}, at + 3
		}
		return htmlToken{}, -1
	case strings.HasPrefix(s, "<!"), strings.HasPrefix(s, "<?"):
		if at := strings.IndexByte(s, '>'); at >= 0 {
			return htmlToken{kind: htmlOther}, at + 1
		}
		return htmlToken{}, -1
	}
	head := s[:min(len(s), 100)]
	name := htmlName.FindStringSubmatchIndex(head)
	if name == nil {
		return htmlToken{}, 0
	}
	end := tagEnd(s, name[1])
	if end < 0 {
		return htmlToken{}, -1
	}
	t := htmlToken{kind: htmlStart, name: strings.ToLower(s[name[2]:name[3]]), attributes: s[name[1]:end]}
	if s[1] == '/' {
		t.kind = htmlEnd
	}
	return t, end + 1
}

// tagEnd returns where the > is that ends the tag of s, searching from at on
// and outside of quoted values; -1 when there is none.
func tagEnd(s string, at int) int {
	for value := false; at < len(s); at++ {
		switch c := s[at]; {
		case c == '>':
			return at
		case value && (c == '"' || c == '\''):
			length := strings.IndexByte(s[at+1:], c)
			if length < 0 {
				return -1
			}
			at, value = at+1+length, false
		case c != ' ' && c != '\n' && c != '\t' && c != '\r':
			value = c == '='
		}
	}
	return -1
}

var htmlAttribute = lazyregexp.New(`(?s)([^\s=/"'<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)

// attribute returns the value of an attribute, "" when it is not there.
func (t htmlToken) attribute(name string) string {
	for _, found := range htmlAttribute.FindAllStringSubmatch(t.attributes, -1) {
		if strings.EqualFold(found[1], name) {
			return html.UnescapeString(found[2] + found[3] + found[4])
		}
	}
	return ""
}

// hasClass reports whether class is one of the classes of the element.
func (t htmlToken) hasClass(class string) bool {
	for _, c := range strings.Fields(t.attribute("class")) {
		if c == class {
			return true
		}
	}
	return false
}

// closed reports whether the tag ends its element at once, as in <g/>.
func (t htmlToken) closed() bool { return strings.HasSuffix(t.attributes, "/") }

// indexFold returns where the ASCII text lower is in s, in any case, or the
// length of s.
func indexFold(s, lower string) int {
	for at := 0; ; at++ {
		next := strings.IndexByte(s[at:], lower[0])
		if next < 0 || at+next+len(lower) > len(s) {
			return len(s)
		}
		at += next
		if strings.EqualFold(s[at:at+len(lower)], lower) {
			return at
		}
	}
}

// firstTag returns the first tag of a file that begins with one, comments and
// declarations aside. The name is "" when the file begins with text.
func firstTag(data []byte) htmlToken {
	s := htmlScanner{source: string(data[:min(len(data), 64<<10)])}
	for t, ok := s.next(); ok; t, ok = s.next() {
		if t.kind == htmlStart {
			return t
		}
		if t.kind != htmlOther && strings.TrimSpace(t.text) != "" {
			break
		}
	}
	return htmlToken{}
}
