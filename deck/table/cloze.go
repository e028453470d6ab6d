package table

import (
	"fmt"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

// ankiBlank begins a blank of Anki's: {{c1:: or, for a blank on several cards,
// {{c1,3::.
var ankiBlank = lazyregexp.New(`\{\{c(\d+(?:,\d+)*)::`)

// hasBlank reports whether a text has a blank of Anki's that is closed.
func hasBlank(s string) bool {
	at := ankiBlank.FindStringIndex(s)
	return at != nil && strings.Contains(s[at[1]:], "}}")
}

// pullApart keeps braces that are no blank in Anki from being one here.
var pullApart = strings.NewReplacer("{{", "{ {", "}}", "} }")

// fromAnkiCloze turns Anki's blanks into ours. A blank within a blank becomes
// part of the outer one's answer. shared says that several blanks have the same
// number.
func fromAnkiCloze(s string) (text string, shared bool) {
	var b strings.Builder
	seen := make(map[string]bool)
	for depth := 0; s != ""; {
		open := ankiBlank.FindStringSubmatchIndex(s)
		end := strings.Index(s, "}}")
		switch {
		case open != nil && (end < 0 || open[0] < end):
			number := s[open[2]:open[3]]
			if before := s[:open[0]]; depth == 0 {
				b.WriteString(pullApart.Replace(before) + "{{")
				shared = shared || seen[number]
			} else {
				b.WriteString(before)
			}
			seen[number] = true
			depth++
			s = s[open[1]:]
		case end >= 0 && depth > 0:
			inner := s[:end]
			if depth > 1 {
				inner, _, _ = strings.Cut(inner, "::")
			}
			b.WriteString(inner)
			if depth--; depth == 0 {
				b.WriteString("}}")
			}
			s = s[end+2:]
		case end >= 0:
			own := s[:end+2]
			if len(deck.Blanks(own)) > 0 {
				own = pullApart.Replace(own)
			}
			b.WriteString(own)
			s = s[end+2:]
		default:
			b.WriteString(s)
			s = ""
		}
	}
	return b.String(), shared
}

// toAnkiCloze numbers our blanks the way Anki wants it. Double braces within an
// answer, which Anki would take for another blank, get a space.
func toAnkiCloze(s string) string {
	var b strings.Builder
	at := 0
	for i, blank := range deck.Blanks(s) {
		b.WriteString(s[at:blank.Start])
		inner := s[blank.Start+2 : blank.End-2]
		for strings.Contains(inner, "{{") {
			inner = strings.ReplaceAll(inner, "{{", "{ {")
		}
		fmt.Fprintf(&b, "{{c%d::%s}}", i+1, inner)
		at = blank.End
	}
	return b.String() + s[at:]
}
