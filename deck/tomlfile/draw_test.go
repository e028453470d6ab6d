package tomlfile

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck"
)

// pieces are what the drawn texts are made of: all that quoting must get right.
var pieces = []string{"a", "B", "中文", "，", "é", "👩‍🚀", "\ufeff", "\u200b", " ", "  ", "\t", "\n", "\r", "\r\n", "\"", "\"\"\"",
	"\"\"\"\"", "'", "''", "'''", "\\", "\\n", "\\\"", "\\\n", "\\u0041", "#", "=", "[[card]]", "{{x}}", "[", "]", "{", "}", ",", "\x7e"}

func drawText(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 8).Draw(t, label), "")
}

// drawWords draws a text with something else in it than spaces.
func drawWords(t *rapid.T, label string) string {
	return drawText(t, label) + "字" + drawText(t, label)
}

func drawTexts(t *rapid.T, label string) []string {
	var out []string
	for range rapid.IntRange(0, 3).Draw(t, label) {
		out = append(out, drawWords(t, label))
	}
	return out
}

// drawDeck draws a deck without problems.
func drawDeck(t *rapid.T) *deck.Deck {
	d := &deck.Deck{
		Format: rapid.IntRange(0, 1).Draw(t, "format"),
		ID:     deck.ID(rapid.StringMatching(`[a-z首都"'\\-]{0,8}`).Draw(t, "deck id")),
		Title:  drawWords(t, "title"), Language: rapid.SampledFrom([]string{"", "zh", "en"}).Draw(t, "language"),
		About: drawText(t, "about"),
	}
	n := 0
	for range rapid.IntRange(0, 4).Draw(t, "leaves") {
		leaf := deck.Leaf{Path: drawTexts(t, "path"), Level: deck.Level(rapid.IntRange(0, 3).Draw(t, "level"))}
		if rapid.Bool().Draw(t, "alone") {
			leaf.Entries = []deck.Entry{drawEntry(t, &n)}
			d.Leaves = append(d.Leaves, leaf)
			continue
		}
		leaf.Text = drawWords(t, "text")
		for range rapid.IntRange(0, 3).Draw(t, "entries") {
			leaf.Entries = append(leaf.Entries, drawEntry(t, &n))
		}
		d.Leaves = append(d.Leaves, leaf)
	}
	return d
}

func drawEntry(t *rapid.T, n *int) deck.Entry {
	*n++
	e := deck.Entry{
		Kind: deck.Kind(rapid.IntRange(0, int(deck.Typed)).Draw(t, "kind")), Front: drawWords(t, "front"), Back: drawWords(t, "back"),
		Note: drawText(t, "note"), Source: drawText(t, "source"),
		Accept: drawTexts(t, "accept"), Tags: drawTexts(t, "tags"), Media: drawTexts(t, "media"),
	}
	if rapid.Bool().Draw(t, "with id") {
		e.ID = deck.CardID(fmt.Sprintf("%s%d", rapid.StringMatching(`[a-z中"'\\]{0,4}`).Draw(t, "id"), *n))
	}
	if e.Kind == deck.Cloze {
		e.Front += "{{blank}}"
		e.Back = drawText(t, "cloze back")
	}
	for range rapid.IntRange(0, 3).Draw(t, "choices") {
		e.Choices = append(e.Choices, deck.Option{Text: drawWords(t, "choice"), Why: drawText(t, "why")})
	}
	if e.Kind == deck.Choice && len(e.Choices) == 0 {
		e.Choices = []deck.Option{{Text: "x"}}
	}
	return e
}
