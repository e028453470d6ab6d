package markdown

import (
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

var (
	mark    = lazyregexp.New(`^ {0,3}(Q|A|C|问|答)[:：](.*)$`)
	heading = lazyregexp.New(`^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$`)
	rule    = lazyregexp.New(`^ {0,3}(-[ \t]*){3,}$|^ {0,3}(\*[ \t]*){3,}$|^ {0,3}(_[ \t]*){3,}$`)
	bullet  = lazyregexp.New(`^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?`)
	// scoped is a list item in which two words touch the colons.
	scoped  = lazyregexp.New(`^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t].*[A-Za-z0-9_>]::[A-Za-z_~]`)
	tagLine = lazyregexp.New(`^[ \t]*(#[^\s#:]+[ \t]*)+$`)
	// schedule is what Obsidian's plugin keeps behind a card.
	schedule = lazyregexp.New(`[ \t]*<!--SR:[^>]*-->`)
	comment  = lazyregexp.New(`^[ \t]*<!--.*-->[ \t]*$`)
	opening  = lazyregexp.New("^[ \t]*(`{3,}|~{3,})")
	// special is a line that is a mark, or would be one without its backslash.
	special = lazyregexp.New(`^([ \t]*)((?:\\|Q[:：]|A[:：]|C[:：]|问[:：]|答[:：]|#|-[ \t]*-[ \t]*-|\*[ \t]*\*[ \t]*\*|_[ \t]*_[ \t]*_|>|<!--|` + "```" + `|~~~).*)$`)
)

// marked returns the letter of a line's mark, Q, A or C, and what follows it; 0
// when it has none.
func marked(line string) (letter byte, rest string) {
	m := mark.FindStringSubmatch(line)
	if m == nil {
		return 0, ""
	}
	switch m[1] {
	case "问":
		return 'Q', m[2]
	case "答":
		return 'A', m[2]
	}
	return m[1][0], m[2]
}

// isSplit reports whether a line stands between the front and the back of a card
// over several lines.
func isSplit(line string) bool {
	line = strings.TrimSpace(line)
	return line == "?" || line == "??"
}

// oneLiner splits a line "front::back"; reversed says that there are three
// colons. Colons in code and in
// quotes do not count.
func oneLiner(line string) (front, back string, reversed, ok bool) {
	if !strings.Contains(line, "::") || strings.HasPrefix(strings.TrimSpace(line), ">") {
		return
	}
	line = bullet.ReplaceAllString(line, "")
	code := false
	for i := 0; i+1 < len(line); i++ {
		switch {
		case line[i] == '`':
			code = !code
		case !code && line[i] == ':' && line[i+1] == ':':
			end := i + 2
			if reversed = strings.HasPrefix(line[end:], ":"); reversed {
				end++
			}
			front, back = strings.TrimSpace(line[:i]), strings.TrimSpace(line[end:])
			return front, back, reversed, front != "" && back != ""
		}
	}
	return "", "", false, false
}

// fence tells code blocks from the rest, line by line.
type fence struct{ open string }

// inside reports whether a line belongs to a code block, the fences included.
func (f *fence) inside(line string) bool {
	m := opening.FindStringSubmatch(line)
	switch {
	case f.open == "" && m == nil:
		return false
	case f.open == "":
		f.open = m[1]
	case m != nil && strings.HasPrefix(m[1], f.open) && strings.Trim(line, " \t"+f.open[:1]) == "":
		f.open = ""
	}
	return true
}

// unescape gives back the lines of a text that were kept from being marks. The
// first one follows a mark, or is none.
func unescape(lines []string) string {
	var f fence
	out := make([]string, len(lines))
	for i, line := range lines {
		if out[i] = line; f.inside(line) {
			continue
		}
		rest := strings.TrimLeft(line, " \t")
		space := line[:len(line)-len(rest)]
		if rest, ok := strings.CutPrefix(rest, `\`); ok && i > 0 && (special.MatchString(rest) || breaksOff(lines[i-1], rest)) {
			out[i] = space + rest
		}
	}
	return strings.Join(out, "\n")
}

// escape keeps the lines of a text from being marks. The first line follows a
// mark and cannot be one.
func escape(text string) string {
	lines := strings.Split(text, "\n")
	out := slices.Clone(lines)
	balanced := fence{}
	for _, line := range lines {
		balanced.inside(line)
	}
	var f fence
	for i, line := range lines {
		if balanced.open == "" && f.inside(line) {
			continue
		}
		switch m := special.FindStringSubmatch(line); {
		case i == 0:
		case m != nil:
			out[i] = m[1] + `\` + m[2]
		case breaksOff(lines[i-1], line):
			rest := strings.TrimLeft(line, " \t")
			out[i] = line[:len(line)-len(rest)] + `\` + rest
		}
	}
	return strings.Join(out, "\n")
}

// breaksOff reports whether a line within a card begins another one, a
// "front::back" after an empty line.
func breaksOff(before, line string) bool {
	_, _, _, ok := oneLiner(line)
	return ok && strings.TrimSpace(before) == "" && !strings.HasPrefix(strings.TrimLeft(line, " \t"), `\`)
}

// fromBrackets makes {{blanks}} of [blanks]. Links, [[links]] to other notes, pictures,
// footnotes and brackets after a backslash are none; {{blanks}} stay.
func fromBrackets(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		switch {
		case s[i] == '\\' && i+1 < len(s) && strings.IndexByte(`[]\`, s[i+1]) >= 0:
			b.WriteByte(s[i+1])
			i += 2
		case strings.HasPrefix(s[i:], "{{"):
			end := strings.Index(s[i:], "}}")
			if end < 0 {
				b.WriteString(s[i:])
				return b.String()
			}
			b.WriteString(s[i : i+end+2])
			i += end + 2
		case strings.HasPrefix(s[i:], "[[") && strings.Contains(s[i:], "]]"):
			end := i + strings.Index(s[i:], "]]") + 2
			b.WriteString(s[i:end])
			i = end
		case s[i] == '[':
			end := closing(s[i:])
			inner := s[i : i+end]
			if end > 0 && !strings.HasPrefix(s[i+end:], "](") && !strings.HasPrefix(inner, "[^") && (i == 0 || s[i-1] != '!') && !strings.ContainsAny(inner, "{}") {
				inner = "{{" + strings.NewReplacer(`\[`, "[", `\]`, "]").Replace(inner[1:]) + "}}"
				end++
			} else {
				inner, end = "[", 1
			}
			b.WriteString(inner)
			i += end
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String()
}

// closing returns the offset of the bracket that closes the one s begins with,
// 0 when there is none.
func closing(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return 0
}

// marker is a highlighted text, which is a blank.
var marker = lazyregexp.New(`==([^=\s](?:[^\n]*?[^=\s])??)==`)

// fromMarkers makes {{blanks}} of ==blanks==.
func fromMarkers(s string) string { return marker.ReplaceAllString(s, "{{$1}}") }
