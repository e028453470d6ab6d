package cardgen

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

// bracket makes entries from what stands in the bracket at the end of p, which
// may be examples, another name, an origin or a qualifier.
func (g *generator) bracket(l *leaf, p phrase) {
	switch {
	case p.inner == "":
	case title(p.head):
		g.add(l, Author, deck.Entry{Front: fill(g.words.author, "<T>", p.head), Back: p.inner,
			Choices: g.choices(l, p.inner, authorOf)})
	case versus(p.inner) != nil:
		g.list(l, Contrast, fill(g.words.compared, g.about(l, "<T>", p.head)...), versus(p.inner), false)
	case examplesIn(p) != nil:
		g.examples(l, p)
	case abbreviates(p.inner, p.head):
		g.names(l, p, g.words.shortFor, g.words.acronym)
	case abbreviates(p.head, p.inner):
		g.names(l, phrase{head: p.inner, inner: p.head}, g.words.shortFor, g.words.acronym)
	case p.named():
		g.names(l, p, g.words.english, g.words.native)
	case latin(p.head) && properName(p.inner) && length(p.head) <= maxTermRunes:
		g.add(l, Origin, deck.Entry{Front: fill(g.words.origin, g.about(l, "<T>", p.head)...), Back: p.inner})
	default:
		g.qualifier(l, p)
	}
}

// title reports whether s is the title of a work.
func title(s string) bool {
	for _, quotes := range []string{"《》", "“”", "「」", "『』", `""`} {
		first, size := utf8.DecodeRuneInString(quotes)
		if length(s) > 2 && strings.HasPrefix(s, string(first)) && strings.HasSuffix(s, quotes[size:]) {
			return true
		}
	}
	return false
}

func authorOf(l *leaf) string {
	if title(l.fact.body.head) {
		return l.fact.body.inner
	}
	return ""
}

var vs = lazyregexp.New(`(?i)\s+vs\.?\s+|\s*对比\s*`)

// versus returns the two sides of "A vs B", nil when s is something else.
func versus(s string) []string {
	at := vs.FindStringIndex(s)
	if at == nil || !isOutside(s, at[0]) {
		return nil
	}
	sides := []string{s[:at[0]], s[at[1]:]}
	if vs.MatchString(sides[1]) || sides[0] == "" || sides[1] == "" || length(s) > 2*maxTermRunes {
		return nil
	}
	return sides
}

// examplesIn returns the examples that the bracket of p gives of what stands
// before it. A clause has no examples, whatever its bracket holds.
func examplesIn(p phrase) []string {
	items := splitOutside(p.inner, "、,，;；")
	if len(items) < 2 && strings.Contains(p.inner, " + ") {
		items = strings.Split(p.inner, " + ")
	}
	if len(items) < 2 || anyOutside(p.head, ",，、") || strings.HasPrefix(p.head, "针对") || length(p.head) > maxTermRunes {
		return nil
	}
	for i, item := range items {
		items[i] = strings.TrimPrefix(strings.TrimPrefix(item, "如"), "e.g. ")
		if items[i] == "" || length(items[i]) > maxItemRunes+10 {
			return nil
		}
	}
	return items
}

// examples asks for the examples of a head, and from the first one that can
// mean nothing else back to the head.
func (g *generator) examples(l *leaf, p phrase) {
	items, open := openEnd(examplesIn(p))
	if len(items) < 2 || length(p.head) < 2 {
		return
	}
	g.list(l, Examples, fill(g.words.examples, g.about(l, "<T>", p.head, "<N>", number(items))...), items, open)
	if l.fact.term.text != "" || verbFirst(p.head) || beginsWith(p.head, orders) {
		return // the examples are of a definition, or of things to do
	}
	for i := len(items) - 1; i >= 0; i-- {
		if g.mentions[fold(items[i])] > 1 {
			continue
		}
		e := deck.Entry{Kind: deck.Choice, Front: fill(g.words.exampleOf, g.about(l, "<X>", items[i])...), Back: p.head,
			Choices: g.choices(l, p.head, l.headOf)}
		if len(e.Choices) < 2 {
			e.Kind = deck.Basic
		}
		if g.add(l, ExampleOf, e) {
			return
		}
	}
}

// headOf returns what o is an option for when an example of l is asked about:
// anything beside l, elsewhere only what has examples too.
func (l *leaf) headOf(o *leaf) string {
	if o.parent == l.parent || o.fact.term.text == "" && examplesIn(o.fact.body) != nil {
		return o.name()
	}
	return ""
}

// names asks from one name to the other and back.
func (g *generator) names(l *leaf, p phrase, ask, back string) {
	g.add(l, Gloss, deck.Entry{Front: fill(ask, g.about(l, "<T>", p.head)...), Back: p.inner})
	g.add(l, Native, deck.Entry{Front: fill(back, g.about(l, "<X>", p.inner)...), Back: p.head})
}

// named reports whether the bracket of p holds another name of its head.
func (p phrase) named() bool {
	return abbreviates(p.inner, p.head) || abbreviates(p.head, p.inner) || hasHan(p.head) && latin(p.inner) && !strings.ContainsAny(p.inner, "+、,，")
}

// abbreviates reports whether short is an abbreviation that long may have: all
// capitals, and found among the letters of a Latin name.
func abbreviates(short, long string) bool {
	if length(short) < 2 || length(short) > 8 || !latin(short) {
		return false
	}
	capitals := 0
	for _, r := range short {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' {
			return false
		}
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	if capitals < 2 {
		return false
	}
	if hasHan(long) {
		return capitals*3 >= length(short)*2
	}
	rest := strings.ToLower(long)
	for _, r := range strings.ToLower(short) {
		at := strings.IndexRune(rest, r)
		if at < 0 {
			return false
		}
		rest = rest[at+1:]
	}
	return strings.EqualFold(short[:1], strings.TrimSpace(long)[:1])
}

// qualifier hides what the bracket says, each part of it by itself.
func (g *generator) qualifier(l *leaf, p phrase) {
	start := strings.LastIndex(l.fact.text, p.inner)
	if l.fact.term.text != "" || start < 0 || onlyYear.MatchString(p.inner) {
		return // a year is asked for as one
	}
	if items := splitOutside(p.inner, "、"); len(items) > 1 {
		g.hide(l, Qualifier, items)
		return
	}
	g.cloze(l, Qualifier, l.fact.text, []blank{{start: start, end: start + len(p.inner)}})
}
