package deck

import (
	"fmt"
	"strings"
	"unicode"
)

func (l *linter) brackets(key, text string, p Pos) {
	if open, closed := brackets(text); open != closed {
		l.report(p, fmt.Sprintf("%s has %d opening and %d closing brackets", key, open, closed), "close every bracket")
	}
}

// brackets counts opening and closing brackets, half- and full-width together.
// What stands in backquotes is code and does not count.
func brackets(s string) (open, closed int) {
	for _, r := range prose(s) {
		switch r {
		case '（', '(', '「', '『', '《', '【':
			open++
		case '）', ')', '」', '』', '》', '】':
			closed++
		}
	}
	return open, closed
}

// marks reports a half-width mark between Chinese characters, where the
// full-width one belongs, and a pair of brackets of two widths.
func (l *linter) marks(key, text string, p Pos) {
	if mark, place := halfWidth([]rune(prose(text))); mark != 0 {
		l.report(p, fmt.Sprintf("%s has a half-width %q after Chinese text: %s", key, mark, place), "use the full-width mark")
	}
	if pair := unevenPair(prose(text)); pair != "" {
		l.report(p, fmt.Sprintf("%s opens a bracket in one width and closes it in another: %s", key, Shorten(pair)), "use both full-width or both half-width")
	}
}

// halfWidth returns the first half-width mark right after a Chinese character,
// with the text around it; 0 when there is none.
func halfWidth(text []rune) (mark rune, place string) {
	for i := 1; i < len(text); i++ {
		if !strings.ContainsRune(",;:?!", text[i]) || !unicode.Is(unicode.Han, text[i-1]) {
			continue
		}
		if text[i] == ':' && i+1 < len(text) && text[i+1] == ':' {
			continue // the hint of a blank
		}
		return text[i], string(text[max(0, i-4):min(len(text), i+3)])
	}
	return 0, ""
}

// unevenPair returns the first pair of brackets of different widths with what is
// between them, "" when there is none.
func unevenPair(text string) string {
	var open []int
	for i, r := range text {
		switch r {
		case '(', '（':
			open = append(open, i)
		case ')', '）':
			if len(open) == 0 {
				return ""
			}
			at := open[len(open)-1]
			open = open[:len(open)-1]
			if (text[at] == '(') != (r == ')') {
				return text[at:i] + string(r)
			}
		}
	}
	return ""
}

// prose returns text without what stands in backquotes.
func prose(text string) string {
	if !strings.Contains(text, "`") {
		return text
	}
	var b strings.Builder
	for i, part := range strings.Split(text, "`") {
		if i%2 == 0 {
			b.WriteString(part)
		} else {
			b.WriteByte('`') // something stands here, of neither kind
		}
	}
	return b.String()
}
