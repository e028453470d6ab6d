package cardgen

import (
	"strings"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck"
)

const (
	// maxAnswerRunes is the longest answer worth asking for, maxItems the
	// longest list; maxNoteRunes is the same for a note, which is prose and is
	// measured by noteLength.
	maxAnswerRunes = 60
	maxItems       = 5
	maxNoteRunes   = 120
)

// add appends an entry to l unless it makes a bad card: an answer that is too
// long or stands in the question, or a question that was asked before. It
// reports whether it did.
func (g *generator) add(l *leaf, rule Rule, e deck.Entry) bool {
	long := length(e.Back) > maxAnswerRunes
	if rule == Note {
		long = noteLength(e.Back) > maxNoteRunes
	}
	if e.Kind != deck.List && long {
		return false
	}
	if (e.Kind == deck.Basic || e.Kind == deck.Choice) && givesAway(e.Front, e.Back) {
		return false
	}
	return g.force(l, rule, e)
}

// force is like add but refuses only what was asked before or is broken.
func (g *generator) force(l *leaf, rule Rule, e deck.Entry) bool {
	if g.fronts[e.Front] || strings.TrimSpace(e.Front) == "" || e.Kind != deck.Cloze && strings.TrimSpace(e.Back) == "" {
		return false
	}
	g.fronts[e.Front] = true
	l.entries, l.rules = append(l.entries, e), append(l.rules, rule)
	return true
}

// addNote appends lines to the note of e.
func addNote(e *deck.Entry, lines string) {
	e.Note = strings.TrimSpace(e.Note + "\n" + strings.TrimSpace(lines))
}

// givesAway reports whether the answer can be read in the question. Short
// Latin answers must stand there as words, not inside others.
func givesAway(front, back string) bool {
	answer := strings.ToLower(strings.TrimSpace(back))
	front = strings.ToLower(front)
	for at := 0; ; {
		i := strings.Index(front[at:], answer)
		if i < 0 || answer == "" {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(front[:at+i])
		after, _ := utf8.DecodeRuneInString(front[at+i+len(answer):])
		if !latin(answer) || !letter(before) && !letter(after) {
			return true
		}
		at += i + len(answer)
	}
}

func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }

// list adds a list entry, if the list is neither too long nor has an element
// twice or in the question.
func (g *generator) list(l *leaf, rule Rule, front string, items []string, open bool) bool {
	if len(items) < 2 || len(items) > maxItems {
		return false
	}
	seen := make(map[string]bool)
	for _, item := range items {
		if item == "" || length(item) > maxAnswerRunes || seen[fold(item)] || givesAway(front, item) {
			return false
		}
		seen[fold(item)] = true
	}
	e := deck.Entry{Kind: deck.List, Front: front, Back: strings.Join(items, "\n")}
	if open {
		e.Note = g.words.openList
	}
	return g.add(l, rule, e)
}

// blank is one part of a text to be hidden.
type blank struct {
	start, end int
	hint       string
}

// cloze adds a text of l in which the blanks, in order, are hidden.
func (g *generator) cloze(l *leaf, rule Rule, text string, blanks []blank) bool {
	if strings.Contains(text, "{{") || strings.Contains(text, "}}") || strings.Contains(text, "::") || len(blanks) == 0 {
		return false
	}
	var b strings.Builder
	at := 0
	for _, blank := range blanks {
		answer := text[blank.start:blank.end]
		rest := text[:blank.start] + text[blank.end:]
		if strings.TrimSpace(answer) == "" || length(answer) > maxAnswerRunes || strings.ContainsAny(answer, "{}") ||
			givesAway(l.parent.context+" "+rest, answer) {
			continue
		}
		b.WriteString(text[at:blank.start] + "{{" + answer)
		if blank.hint != "" {
			b.WriteString("::" + blank.hint)
		}
		b.WriteString("}}")
		at = blank.end
	}
	if at == 0 {
		return false
	}
	b.WriteString(text[at:])
	front := fill(g.words.blank, "<C>", strings.NewReplacer("{", "(", "}", ")").Replace(l.parent.context), "<T>", b.String())
	return len(deck.Blanks(front)) > 0 && g.add(l, rule, deck.Entry{Kind: deck.Cloze, Front: front})
}
