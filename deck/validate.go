package deck

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxTextBytes is the longest text a card may have on either side.
const MaxTextBytes = 64 << 10

// MaxDepth is the number of sections a leaf may lie below, as many as a map may have
// levels. People's decks have fewer than 10; what draws or counts them takes longer
// with each.
const MaxDepth = 200

// MaxIDBytes is how long the id of a deck may be: as long as the name of a file.
const MaxIDBytes = 255

// Problem is something wrong with a deck that makes a card unusable. Message
// says what is wrong and Hint what to do about it.
type Problem struct {
	Pos           Pos
	Message, Hint string
}

// Validate returns what is wrong with d, in the order of the file; nothing
// when every card can be studied.
func (d *Deck) Validate() []Problem {
	v := NewValidator()
	v.Head(d)
	for i := range d.Leaves {
		v.Leaf(&d.Leaves[i])
	}
	return v.Problems
}

// Validator does what Deck.Validate does where the leaves are at hand one after
// another only.
type Validator struct {
	// Problems are those found so far.
	Problems []Problem
	// IDs are told of every leaf.
	IDs *Identities
}

// NewValidator returns a Validator that has found nothing yet.
func NewValidator() *Validator { return &Validator{IDs: NewIdentities()} }

// Head looks at all of d but its leaves.
func (v *Validator) Head(d *Deck) {
	if strings.TrimSpace(d.Title) == "" {
		v.report(d.Pos, "deck has no title", `add title = "…" under [deck]`)
	}
	v.text(d.Pos, "title", d.Title)
	if strings.ContainsAny(string(d.ID), "/ \t\n") {
		v.report(d.Pos, fmt.Sprintf("deck id %q has a slash or a space in it", Shorten(string(d.ID))), "use letters, digits, - and _")
	}
	if n := len(d.ID); n > MaxIDBytes {
		v.report(d.Pos, fmt.Sprintf("deck id %q has %d bytes, more than %d", Shorten(string(d.ID)), n, MaxIDBytes), `give the deck a short name under [deck], such as id = "biology"`)
	}
}

// Leaf looks at the next leaf.
func (v *Validator) Leaf(leaf *Leaf) {
	if n := len(leaf.Path); n > MaxDepth {
		v.report(leaf.Pos, fmt.Sprintf("path has %d sections, more than %d", n, MaxDepth), "leave some of them out; a path has the sections from the outermost to the innermost")
	}
	for _, name := range leaf.Path {
		if strings.TrimSpace(name) == "" {
			v.report(leaf.Pos, "path has an empty section name", "give the section a name or leave it out of the path")
		}
		v.text(leaf.Pos, "path", name)
	}
	v.text(leaf.Pos, "text", leaf.Text)
	for i := range leaf.Entries {
		v.entry(&leaf.Entries[i])
	}
}

func (v *Validator) report(p Pos, message, hint string) {
	v.Problems = append(v.Problems, Problem{p, message, hint})
}

func (v *Validator) entry(e *Entry) {
	v.id(e)
	if strings.TrimSpace(e.Front) == "" {
		v.report(e.Pos, "card has no front", `add front = "…", the question`)
	}
	switch {
	case e.Kind == Cloze:
		if len(Blanks(e.Front)) == 0 {
			v.report(e.Pos, "cloze card has no blank", "put what is to be recalled in double braces: {{like this}}")
		}
	case strings.TrimSpace(e.Back) == "":
		v.report(e.Pos, "card has no back", `add back = "…", the answer`)
	case e.Kind == Choice && len(e.Choices) == 0:
		v.report(e.Pos, "choice card has no choices", `add choices = ["…"], the wrong answers to choose from`)
	}
	v.text(e.Pos, "front", e.Front)
	v.text(e.Pos, "back", e.Back)
	v.text(e.Pos, "note", e.Note)
	v.text(e.Pos, "source", e.Source)
	for _, o := range e.Choices {
		v.text(e.Pos, "choices", o.Text)
		v.text(e.Pos, "choices", o.Why)
		if strings.TrimSpace(o.Text) == "" {
			v.report(e.Pos, "card has an empty choice", "fill it in or remove it")
		}
	}
}

func (v *Validator) id(e *Entry) {
	if line, again := v.IDs.state(e); again {
		v.report(e.Pos, fmt.Sprintf("card id %q is used twice, first on line %d", Shorten(string(e.ID)), line),
			"give one of the two another id; the one with your progress should keep it")
		return
	}
	if len(e.ID) > 100 || strings.ContainsAny(string(e.ID), "/~ \t\r\n") {
		v.report(e.Pos, fmt.Sprintf("card id %q is not usable", Shorten(string(e.ID))), "use at most 100 bytes without spaces, / and ~")
	}
}

func (v *Validator) text(p Pos, key, s string) {
	if len(s) > MaxTextBytes {
		v.report(p, fmt.Sprintf("%s has %d bytes, more than %d", key, len(s), MaxTextBytes), "split it into several cards")
		return
	}
	if !utf8.ValidString(s) {
		v.report(p, key+" is not valid UTF-8", "save the file as UTF-8")
		return
	}
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' {
			v.report(p, fmt.Sprintf("%s has the control character %U", key, r), "remove it")
			return
		}
	}
}

// Shorten keeps what a message quotes from a deck to a readable length.
func Shorten(s string) string {
	const most = 40
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
