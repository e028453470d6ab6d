package cardgen

import (
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

// items makes entries from a leaf that is a list: a list if the leaf is all
// its section holds, else a text with its elements hidden.
func (g *generator) items(l *leaf) {
	body := l.fact.body
	if l.fact.term.text != "" {
		return
	}
	if sides := versus(l.fact.text); sides != nil {
		g.add(l, Contrast, deck.Entry{Front: fill(g.words.opposite, g.about(l, "<T>", sides[0])...), Back: sides[1]})
		return
	}
	if body.items == nil {
		g.parts(l)
		return
	}
	if len(l.parent.names) == 1 {
		front := fill(g.words.group, g.about(l, "<N>", number(body.items))...)
		if g.list(l, Items, front, body.items, body.open) {
			return
		}
	}
	g.hide(l, Items, body.items)
}

// parts hides the elements of a list that is part of a sentence.
func (g *generator) parts(l *leaf) {
	if length(l.fact.text) > maxAnswerRunes {
		return
	}
	for _, clause := range splitOutside(l.fact.text, ",，;；:：。") {
		if pieces := splitOutside(clause, "、"); len(pieces) >= 2 && len(pieces) <= maxItems {
			g.hide(l, Parts, pieces)
			return
		}
	}
}

// leading matches what may stand before the first element of a list.
var leading = lazyregexp.New(`^(例如|比如|包括|如|像|e\.g\. )`)

// hide makes a text with up to three of the items hidden. Of an item like
// 更节能的模型 only what is its own is hidden.
func (g *generator) hide(l *leaf, rule Rule, items []string) {
	var blanks []blank
	at := 0
	for _, item := range items {
		start := strings.Index(l.fact.text[at:], item)
		if start < 0 {
			return
		}
		start += at
		at = start + len(item)
		own := item
		if head, _, found := lastBracket(item); found {
			own = head
		}
		own, _, _ = strings.Cut(own, "的")
		own = strings.TrimSuffix(leading.ReplaceAllString(own, ""), "等")
		for _, verb := range verbs {
			if after, found := strings.CutPrefix(own, verb); found && after != "" {
				own = after
				break
			}
		}
		if word := strings.TrimSpace(latinStart.FindString(own)); word != "" && latin(items[0]) {
			own = word
		}
		if i := strings.Index(item, own); own != "" && len(blanks) < 3 {
			blanks = append(blanks, blank{start: start + i, end: start + i + len(own)})
		}
	}
	g.cloze(l, rule, l.fact.text, blanks)
}

var (
	yearPattern = lazyregexp.New(`(?:^|[^0-9])((?:1[5-9]|20)[0-9]{2})(?:年|[^0-9]|$)`)
	onlyYear    = lazyregexp.New(`^(?:1[5-9]|20)[0-9]{2}年?$`)
)

// year hides the first year in the text.
func (g *generator) year(l *leaf) {
	if at := yearPattern.FindStringSubmatchIndex(l.fact.text); at != nil && length(l.fact.text) <= 2*maxAnswerRunes {
		g.cloze(l, Year, l.fact.text, []blank{{start: at[2], end: at[3], hint: g.words.year}})
	}
}

// note asks what the map's note says about a leaf that says nothing itself; a
// long note only when there is nothing else to ask.
func (g *generator) note(l *leaf) {
	if l.note != "" && l.fact.term.text == "" && noteLength(l.fact.text) <= maxTermRunes &&
		(noteLength(l.note) <= maxNoteRunes || len(l.entries) == 0) {
		g.force(l, Note, deck.Entry{Front: g.noteQuestion(l.fact.text, l.parent.context), Back: l.note})
	}
}

// noteQuestion asks what the note says of a text.
func (g *generator) noteQuestion(text, context string) string {
	if g.words.question(text) {
		return g.asQuestion(text)
	}
	return fill(g.words.note, "<C>", context, "<T>", text)
}

var latinStart = lazyregexp.New(`^[A-Za-z][A-Za-z0-9 +./-]*`)

// half hides the second half of "A与B".
func (g *generator) half(l *leaf) {
	left, right, ok := splitPair(l.fact.text)
	if !ok || l.fact.term.text != "" || length(l.fact.text) > maxAnswerRunes {
		return
	}
	at := strings.LastIndex(l.fact.text, right)
	own, _, _ := strings.Cut(right, "的")
	if head, _, found := lastBracket(own); found {
		own = head
	}
	if word := strings.TrimSpace(latinStart.FindString(own)); word != "" && hasHan(own) {
		own = word
	}
	if length(own) <= maxItemRunes+10 && left != own {
		g.cloze(l, Half, l.fact.text, []blank{{start: at, end: at + len(own)}})
	}
}

// rest asks for a leaf by naming the others beside it.
func (g *generator) rest(l *leaf) {
	names := l.parent.names
	if len(names) < 2 || len(names) > maxItems {
		return
	}
	var others []string
	for _, name := range names {
		if name == "" || length(name) > maxTermRunes {
			return
		}
		if name != l.name() {
			others = append(others, fill(g.words.mark, "<T>", name))
		}
	}
	if len(others) == len(names)-1 {
		g.add(l, Rest, deck.Entry{Front: fill(g.words.rest, g.about(l, "<X>", strings.Join(others, g.words.comma))...), Back: l.fact.text})
	}
}

// nth asks for a leaf by its place, the last resort.
func (g *generator) nth(l *leaf) {
	at := place(l.parent.leaves, l) + 1
	front := fill(g.words.nth, g.about(l, "<N>", strconv.Itoa(at))...)
	for copies := 1; !g.force(l, Nth, deck.Entry{Front: front, Back: l.text}); copies++ {
		front = fill(g.words.nth, "<C>", strings.Join(append([]string{g.title}, l.path...), " · "), "<N>", strconv.Itoa(at)+strings.Repeat("′", copies-1))
	}
}
