package table

import (
	"strings"
	"unicode"

	"github.com/mindleaf/mindleaf/deck"
)

// The tags that say where a card stands.
const (
	levelTag   = "level::"
	sectionTag = "section::"
)

// cardID makes a card's identity of a guid. What an identity must not hold is
// written as its number: Anki's guids have slashes and tildes.
func cardID(guid string) deck.CardID {
	var b strings.Builder
	for _, r := range guid {
		if name, forbidden := forbiddenInID[r]; forbidden {
			b.WriteString(name)
		} else if !unicode.IsSpace(r) && !unicode.IsControl(r) {
			b.WriteRune(r)
		}
	}
	if b.Len() > 100 {
		return ""
	}
	return deck.CardID(b.String())
}

var forbiddenInID = map[rune]string{'/': "%2F", '~': "%7E"}

// guidOf is the reverse of cardID.
func guidOf(id deck.CardID) string {
	return strings.NewReplacer("%2F", "/", "%7E", "~").Replace(string(id))
}

// lineEscapes are what stands for a line end, a tab and a backslash in a list of
// lines.
var (
	lineEscapes   = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\t", `\t`)
	lineUnescapes = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t")
)

// writeLines writes a list in one field, an element a line.
func writeLines(list []string) string {
	lines := make([]string, len(list))
	for i, s := range list {
		lines[i] = lineEscapes.Replace(s)
	}
	return strings.Join(lines, "\n")
}

func readLines(s string) []string {
	if s == "" {
		return nil
	}
	var list []string
	for _, line := range strings.Split(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, lineUnescapes.Replace(line))
		}
	}
	return list
}

// writeChoices writes the wrong options one a line, each with a tab and why it
// is wrong when that is known.
func writeChoices(options []deck.Option) string {
	lines := make([]string, len(options))
	for i, o := range options {
		lines[i] = lineEscapes.Replace(o.Text)
		if o.Why != "" {
			lines[i] += "\t" + lineEscapes.Replace(o.Why)
		}
	}
	return strings.Join(lines, "\n")
}

func readChoices(s string) []deck.Option {
	var options []deck.Option
	for _, line := range strings.Split(s, "\n") {
		text, why, _ := strings.Cut(line, "\t")
		if text = strings.TrimSpace(text); text != "" {
			options = append(options, deck.Option{Text: lineUnescapes.Replace(text), Why: lineUnescapes.Replace(strings.TrimSpace(why))})
		}
	}
	return options
}
