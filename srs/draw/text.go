package draw

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// em returns the width of r in thousandths of the size of the font. It errs on
// the wide side of what sans-serif fonts have, so that boxes never overlap.
func em(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case wide(r):
		return 1000
	case strings.ContainsRune("mwMW@%—…©®", r):
		return 960
	case strings.ContainsRune("iljtfrI.,:;'|!()[] ", r):
		return 400
	case unicode.IsUpper(r):
		return 740
	case r < 0x80:
		return 600
	}
	return 1000 // whatever the font has for it
}

// wide reports whether r takes a whole em: East Asian wide and full-width
// characters and emoji.
func wide(r rune) bool {
	return r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff ||
		r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0xffe0 && r <= 0xffe6 || r >= 0x1f300 && r <= 0x1faff || r >= 0x20000 && r <= 0x3fffd)
}

// textWidth returns the width of s in pixels at a font size.
func textWidth(s string, size int) int {
	sum := 0
	for _, r := range s {
		sum += em(r)
	}
	return (sum*size + 999) / 1000
}

// noStart may not begin a line and noEnd may not end one.
const (
	noStart = "，。、；：？！）》”’】」』〕…·)]},.;:?!%"
	noEnd   = "（《“‘【「『〔([{"
)

// wrap breaks s into lines of at most width pixels at a font size. Breaks fall
// at spaces and between wide characters, never before a closing mark or after
// an opening one where that can be helped.
func wrap(s string, size, width int) []string {
	var lines []string
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimLeft(s, " ") {
		n := lineEnd(s, size, width)
		lines = append(lines, strings.TrimRight(s[:n], " "))
		s = s[n:]
	}
	if lines == nil {
		return []string{""}
	}
	return lines
}

// lineEnd returns how many bytes of s go on the first line: at least one rune.
func lineEnd(s string, size, width int) int {
	used, soft := 0, 0
	var before rune
	for i, r := range s {
		if i > 0 && (before == ' ' || wide(r) || wide(before)) && !strings.ContainsRune(noStart+" ", r) && !strings.ContainsRune(noEnd, before) {
			soft = i
		}
		used += em(r)
		if used*size > width*1000 && i > 0 && r != ' ' {
			if soft > 0 {
				return soft
			}
			return i
		}
		before = r
	}
	return len(s)
}

// clean removes what XML 1.0 does not allow and makes s one line.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case r < 0x20 || r == utf8.RuneError || r >= 0xfffe && r <= 0xffff || unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
}

// escape writes s as text or an attribute of XML and HTML.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace

// SplitRecall cuts the text of a leaf after its first colon: what is shown, and
// what recall hides. Without a colon nothing is hidden.
func SplitRecall(text string) (shown, hidden string) {
	i := strings.IndexAny(text, ":：")
	if i < 0 {
		return text, ""
	}
	_, n := utf8.DecodeRuneInString(text[i:])
	return text[:i+n], strings.TrimSpace(text[i+n:])
}
