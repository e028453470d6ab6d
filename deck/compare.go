package deck

import (
	"fmt"
	"sort"
	"strings"
	"unicode"
)

// Compare returns what d lacks or has otherwise than other, which is the same
// deck in another language: entries, their levels and kinds, and terms in Latin
// letters, which are the same in every language. The places are those of d.
func (d *Deck) Compare(other *Deck) []Problem {
	c := comparer{language: Shorten(other.Language)}
	theirs := make(map[CardID]*Entry)
	levels := make(map[CardID]Level)
	for i := range other.Leaves {
		for j := range other.Leaves[i].Entries {
			e := &other.Leaves[i].Entries[j]
			theirs[e.ID], levels[e.ID] = e, other.Leaves[i].Level
		}
	}
	for i := range d.Leaves {
		for j := range d.Leaves[i].Entries {
			e := &d.Leaves[i].Entries[j]
			if e.ID == "" {
				continue
			}
			c.entry(e, d.Leaves[i].Level, theirs[e.ID], levels[e.ID])
		}
	}
	return c.problems
}

type comparer struct {
	language string
	problems []Problem
}

func (c *comparer) report(p Pos, hint, format string, args ...any) {
	c.problems = append(c.problems, Problem{p, fmt.Sprintf(format, args...), hint})
}

func (c *comparer) entry(e *Entry, level Level, other *Entry, otherLevel Level) {
	switch {
	case other == nil:
		c.report(e.Pos, "write it there too, with the same id", "card %s is missing in the deck's language %q", e.ID, c.language)
		return
	case e.Kind != other.Kind:
		c.report(e.Pos, "give both the same kind", "card %s is %v here and %v in the language %q", e.ID, e.Kind, other.Kind, c.language)
	case level != otherLevel:
		c.report(e.Pos, "give both leaves the same level", "card %s is %q here and %q in the language %q", e.ID, level, otherLevel, c.language)
	}
	if missing := missingTerms(e, other); len(missing) > 0 {
		c.report(e.Pos, "name it there too, or leave it out here", "card %s names %s, which its language %q does not", e.ID, strings.Join(missing, ", "), c.language)
	}
}

// missingTerms returns the terms in front and back of e that other has nowhere.
func missingTerms(e, other *Entry) []string {
	var all strings.Builder
	for _, text := range append([]string{other.Front, other.Back, other.Note, other.Source}, other.Accept...) {
		all.WriteString(strings.ToLower(text) + "\n")
	}
	for _, o := range other.Choices {
		all.WriteString(strings.ToLower(o.Text+"\n"+o.Why) + "\n")
	}
	there := all.String()
	var missing []string
	for term := range terms(e.Front + "\n" + e.Back) {
		if !strings.Contains(there, strings.ToLower(term)) {
			missing = append(missing, Shorten(term))
		}
	}
	sort.Strings(missing)
	return missing
}

// terms returns the words of a text that are names in every language: in Latin
// letters and digits, of mixed case or with a digit, or four capitals or more:
// BERT, LoRA, GPT4, bf16. Shorter ones, such as GPU and its plural, are words
// that a language may well have its own for.
func terms(text string) map[string]bool {
	found := make(map[string]bool)
	latin := func(r rune) bool { return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !latin(r) }) {
		word = strings.TrimSuffix(word, "s")
		if name(word) {
			found[word] = true
		}
	}
	return found
}

// name reports whether a word of Latin letters and digits is a name.
func name(word string) bool {
	small, capitals, digits := 0, 0, 0
	for i, r := range word {
		switch {
		case unicode.IsDigit(r):
			digits++
		case !unicode.IsUpper(r):
			small++
		case i > 0 || small > 0:
			capitals += 2 // one inside a word
		default:
			capitals++
		}
	}
	switch letters := len(word) - digits; {
	case letters == 0:
		return false
	case digits > 0:
		return letters > 1 || unicode.IsUpper(rune(word[0]))
	case small == 0:
		return letters >= 4
	}
	return capitals >= 2
}
