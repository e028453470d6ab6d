package deck

import (
	"fmt"
	"strings"
)

// The bounds beyond which a card is hard to learn, in letters and elements.
const (
	longBack = 240
	longList = 6
)

// nearlySame is the likeness from which two questions of one section count as
// the same one, and most is how many of a section are compared with each other.
const (
	nearlySame  = 0.9
	mostInPlace = 300
)

// Lint returns what makes the cards of d worse than they could be, in the order
// of the file: cards can be studied all the same. Validate says what cannot, and
// Compare what two languages of a deck do not have in common.
func (d *Deck) Lint() []Problem {
	l := linter{fronts: make(map[string]Pos), near: make(map[string][]asked), sourced: d.sourced()}
	for i := range d.Leaves {
		leaf := &d.Leaves[i]
		for j := range leaf.Entries {
			l.entry(leaf, &leaf.Entries[j])
		}
	}
	return l.problems
}

// sourced reports whether at least half of the entries of d state a source: then
// its author means to, and the others lack one.
func (d *Deck) sourced() bool {
	with, all := 0, 0
	for i := range d.Leaves {
		for j := range d.Leaves[i].Entries {
			all++
			if d.Leaves[i].Entries[j].Source != "" {
				with++
			}
		}
	}
	return with > 0 && 2*with >= all
}

type linter struct {
	fronts   map[string]Pos
	near     map[string][]asked // by section
	sourced  bool
	problems []Problem
}

// asked is a question met before.
type asked struct {
	letters Likeness
	pos     Pos
}

func (l *linter) report(p Pos, message, hint string) {
	l.problems = append(l.problems, Problem{p, message, hint})
}

func (l *linter) entry(leaf *Leaf, e *Entry) {
	l.front(leaf, e)
	l.back(e)
	l.choices(e)
	if l.sourced && e.Source == "" {
		l.report(e.Pos, "card has no source, unlike most of the deck", `add source = "…", where the answer can be read up`)
	}
	for _, t := range []struct{ key, text string }{{"front", e.Front}, {"back", e.Back}, {"note", e.Note}} {
		l.brackets(t.key, t.text, e.Pos)
		l.marks(t.key, t.text, e.Pos)
	}
	for _, o := range e.Choices {
		l.marks("choices", o.Text, e.Pos)
		l.marks("choices", o.Why, e.Pos)
	}
}

func (l *linter) front(leaf *Leaf, e *Entry) {
	folded := FoldAnswer(e.Front)
	if first, ok := l.fronts[folded]; ok && folded != "" {
		l.report(e.Pos, fmt.Sprintf("the same question stands on line %d", first.Line), "ask for something else, or remove one of the two")
		return
	}
	l.fronts[folded] = e.Pos
	l.nearly(leaf, e)
	if e.Kind == Basic && len(Blanks(e.Front)) > 0 {
		l.report(e.Pos, "front has a {{blank}} but the card is no cloze", `add kind = "cloze"`)
	}
}

// nearly reports a question that differs by a few letters from one of the same
// section. Two questions that ask for different things about one word are
// alike too: only the same answer makes one of them superfluous.
func (l *linter) nearly(leaf *Leaf, e *Entry) {
	place := strings.Join(leaf.Path, "\x1f") + "\x1e" + FoldAnswer(e.Back)
	this := asked{LikenessOf(e.Front), e.Pos}
	for _, other := range l.near[place] {
		if this.letters.Reaches(other.letters, nearlySame) {
			l.report(e.Pos, fmt.Sprintf("nearly the same question stands on line %d", other.pos.Line), "ask for something else, or remove one of the two")
			return
		}
	}
	if len(l.near[place]) < mostInPlace {
		l.near[place] = append(l.near[place], this)
	}
}

func (l *linter) back(e *Entry) {
	if e.Kind == Cloze || e.Back == "" {
		return
	}
	if n := len([]rune(e.Back)); n > longBack {
		l.report(e.Pos, fmt.Sprintf("back has %d letters, more than %d", n, longBack), "ask for less on one card, or move the explanation to note")
	}
	if n := strings.Count(e.Back, "\n") + 1; e.Kind == List && n > longList {
		l.report(e.Pos, fmt.Sprintf("list has %d elements, more than %d", n, longList), "split the list, or use a cloze for each element")
	}
	// A short answer stands in many questions by chance.
	answer := strings.ToLower(strings.TrimRight(e.Back, "。.!！"))
	if len([]rune(answer)) >= 3 && strings.Contains(strings.ToLower(e.Front), answer) {
		l.report(e.Pos, "the answer stands in the question", "ask in other words")
	}
}

// choices checks that the wrong options of e are wrong, and that length does
// not give the right one away.
func (l *linter) choices(e *Entry) {
	answer := FoldAnswer(e.Back)
	longest := 0
	seen := map[string]bool{answer: true}
	for _, o := range e.Choices {
		option := FoldAnswer(o.Text)
		switch {
		case option == answer:
			l.report(e.Pos, fmt.Sprintf("the choice %q is the right answer", Shorten(o.Text)), "replace it with a wrong one")
		case seen[option] && option != "":
			l.report(e.Pos, fmt.Sprintf("the choice %q stands there twice", Shorten(o.Text)), "replace one of the two")
		}
		seen[option] = true
		longest = max(longest, len([]rune(o.Text)))
	}
	if n := len([]rune(e.Back)); len(e.Choices) > 0 && n > 2*longest && n > 12 {
		l.report(e.Pos, "the right answer is more than twice as long as every choice", "make them alike in length: length gives it away")
	}
}
