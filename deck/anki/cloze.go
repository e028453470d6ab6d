package anki

import (
	"slices"
	"strconv"
	"strings"
)

// maxClozeDepth is how deep clozes may be nested, as in Anki.
const maxClozeDepth = 10

// The signs that stand for the braces of a blank and for the colons before its
// hint until the HTML around them is gone. They are not assigned to letters.
const (
	blankOpen  = "\ue000"
	blankClose = "\ue001"
	blankHint  = "\ue002"
)

var withoutSigns = strings.NewReplacer(blankOpen, "", blankClose, "", blankHint, "")

// cloze is text, or a {{c1::…}} with what is in it. Its numbers say on which
// cards it is hidden.
type cloze struct {
	text    string
	numbers []int
	hint    string
	parts   []*cloze
}

// parseCloze parses a field. What is not closed is text.
func parseCloze(s string) *cloze {
	root := &cloze{}
	open := []*cloze{root}
	begun := []string{""} // how each began, for those that are never closed
	text := func(t string) {
		c := open[len(open)-1]
		if head, tail, found := strings.Cut(t, "::"); found && c != root && c.hint == "" {
			t, c.hint = head, tail
		}
		if t != "" {
			c.parts = append(c.parts, &cloze{text: t})
		}
	}
	for s != "" {
		i := strings.IndexAny(s, "{}")
		if i < 0 || i+1 >= len(s) {
			break
		}
		text(s[:i])
		s = s[i:]
		numbers, length := clozeStart(s)
		switch {
		case length > 0 && len(open) <= maxClozeDepth:
			open, begun = append(open, &cloze{numbers: numbers}), append(begun, s[:length])
			s = s[length:]
		case strings.HasPrefix(s, "}}") && len(open) > 1:
			n := len(open) - 1
			open[n-1].parts = append(open[n-1].parts, open[n])
			open, begun = open[:n], begun[:n]
			s = s[2:]
		default:
			text(s[:1])
			s = s[1:]
		}
	}
	text(s)
	for n := len(open) - 1; n > 0; n-- {
		parent := open[n-1]
		parent.parts = append(append(parent.parts, &cloze{text: begun[n]}), open[n].parts...)
		if open[n].hint != "" {
			parent.parts = append(parent.parts, &cloze{text: "::" + open[n].hint})
		}
	}
	return root
}

// clozeStart reads {{c1:: or {{c1,3::; length is 0 when s begins otherwise.
func clozeStart(s string) (numbers []int, length int) {
	rest, ok := strings.CutPrefix(s, "{{c")
	if !ok {
		return nil, 0
	}
	end := strings.Index(rest[:min(len(rest), 64)], "::")
	if end < 0 {
		return nil, 0
	}
	for _, word := range strings.Split(rest[:end], ",") {
		n, err := strconv.ParseUint(word, 10, 15)
		if err != nil || word[0] == '+' {
			return nil, 0
		}
		if n > 0 && !slices.Contains(numbers, int(n)) {
			numbers = append(numbers, int(n))
		}
	}
	return numbers, len("{{c") + end + len("::")
}

// each visits the clozes below c in the order of the text.
func (c *cloze) each(visit func(*cloze)) {
	for _, p := range c.parts {
		if p.text == "" {
			visit(p)
		}
		p.each(visit)
	}
}

// plain returns the text with everything shown.
func (c *cloze) plain() string {
	if c.text != "" {
		return c.text
	}
	var b strings.Builder
	for _, p := range c.parts {
		b.WriteString(p.plain())
	}
	return b.String()
}

// blanks returns the text with a blank for each cloze that hides says is
// hidden; of nested ones the outer one.
func (c *cloze) blanks(hides func(*cloze) bool) string {
	if c.text != "" {
		return c.text
	}
	var b strings.Builder
	for _, p := range c.parts {
		if p.text != "" || !hides(p) {
			b.WriteString(p.blanks(hides))
			continue
		}
		b.WriteString(blankOpen + p.plain())
		if p.hint != "" {
			b.WriteString(blankHint + p.hint)
		}
		b.WriteString(blankClose)
	}
	return b.String()
}

// oneToOne returns the numbers of the clozes in the order of the text when each
// is hidden on a card of its own; false when cards and clozes do not pair up.
func (c *cloze) oneToOne() (numbers []int, ok bool) {
	ok = true
	c.each(func(p *cloze) {
		if len(p.numbers) != 1 || slices.Contains(numbers, p.numbers[0]) {
			ok = false
			return
		}
		numbers = append(numbers, p.numbers[0])
		p.each(func(*cloze) { ok = false })
	})
	return numbers, ok
}

// blankText turns the signs of blanks into braces, after pulling apart the
// braces that the text has itself.
func blankText(text string) string {
	return strings.NewReplacer("{{", "{ {", "}}", "} }", blankOpen, "{{", blankClose, "}}", blankHint, "::").Replace(text)
}

// cutBlanks returns the text with a gap, or the hint, for each blank, and the
// answers to them.
func cutBlanks(text string) (question string, answers []string) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, blankOpen)
		b.WriteString(before)
		if !found {
			return b.String(), answers
		}
		inside, tail, _ := strings.Cut(rest, blankClose)
		answer, hint, _ := strings.Cut(inside, blankHint)
		if hint = strings.TrimSpace(hint); hint == "" {
			hint = "…"
		}
		b.WriteString("[" + hint + "]")
		if answer = strings.TrimSpace(answer); answer != "" && !slices.Contains(answers, answer) {
			answers = append(answers, answer)
		}
		text = tail
	}
}
