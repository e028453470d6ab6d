package table

import (
	"html"
	"strings"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

var (
	htmlSign = lazyregexp.New(`(?i)<(/?(b|i|u|s|br|p|div|span|img|ul|ol|li|a|em|strong|sub|sup|code|pre|table|tr|td|th|hr|font|h[1-6])(\s[^<>]*)?/?|!--)>|&(nbsp|lt|gt|amp|quot|#\d+|#x[0-9a-f]+);`)
	hidden   = lazyregexp.New(`(?is)<!--.*?(-->|$)|<(style|script)\b.*?(</(style|script)\s*>|$)`)
	image    = lazyregexp.New(`(?i)<img\b[^<>]*?\bsrc\s*=\s*("[^"]*"|'[^']*'|[^\s<>"']+)[^<>]*>`)
	sound    = lazyregexp.New(`\[sound:([^\]\n]+)\]`)
	brokenUp = lazyregexp.New(`(?i)<br\s*/?>|</?(div|p|ul|ol|tr|table|h[1-6]|blockquote|pre|hr)\b[^<>]*>`)
	listItem = lazyregexp.New(`(?i)<li\b[^<>]*>`)
	cell     = lazyregexp.New(`(?i)</t[dh]\s*>`)
	tag      = lazyregexp.New(`</?[A-Za-z][^<>]*>`)
	emptyRun = lazyregexp.New(`\n{2,}`)
)

// looksLikeHTML reports whether a field has a tag or a character reference.
func looksLikeHTML(s string) bool { return htmlSign.MatchString(s) }

// textOfHTML returns the text of a field that holds HTML, lines and list items
// on lines of their own, and the names of the pictures and sounds in it.
func textOfHTML(s string) (text string, media []string) {
	if !strings.ContainsAny(s, "<&[") {
		return s, nil
	}
	s = hidden.ReplaceAllString(s, "")
	s = strings.ReplaceAll(s, "\n", " ")
	s = image.ReplaceAllStringFunc(s, func(m string) string {
		name := html.UnescapeString(strings.Trim(image.FindStringSubmatch(m)[1], `"'`))
		media = append(media, name)
		return "[" + html.EscapeString(name) + "]"
	})
	s = sound.ReplaceAllStringFunc(s, func(m string) string {
		name := html.UnescapeString(sound.FindStringSubmatch(m)[1])
		media = append(media, name)
		return "[" + html.EscapeString(name) + "]"
	})
	s = brokenUp.ReplaceAllString(s, "\n")
	s = listItem.ReplaceAllString(s, "\n- ")
	s = cell.ReplaceAllString(s, " ")
	s = html.UnescapeString(tag.ReplaceAllString(s, ""))
	s = strings.ReplaceAll(s, "\u00a0", " ")
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.Trim(emptyRun.ReplaceAllString(strings.Join(lines, "\n"), "\n"), "\n"), media
}
