package cardgen

import (
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/outline"
)

// notes gives n, the node of l, and the sections above it the notes that the
// entries of l were made from: the answers of the questions for them, and what is
// shown with the first entry and with the questions for sections.
func (g *generator) notes(l *deck.Leaf, n *outline.Node, section func(path []string) *outline.Node) {
	context := g.contextOf(l.Path)
	question := g.noteQuestion(parseFact(g.words.typeset(withoutNumber(l.Text))).text, context)
	said, shown := "", ""
	for i := range l.Entries {
		e := &l.Entries[i]
		if i == 0 {
			shown = strings.TrimPrefix(e.Note, g.words.openList)
		}
		if e.Front == question {
			said = e.Back
		} else if path, note, found := g.sectionNote(l.Path, e); found && i > 0 {
			top := section(path)
			top.Note = strings.TrimSpace(top.Note + "\n" + note)
		}
	}
	n.Note = strings.TrimSpace(said + "\n" + shown)
}

// sectionNote returns the note of the section that e asks about, and its path,
// which path begins with.
func (g *generator) sectionNote(path []string, e *deck.Entry) (section []string, note string, found bool) {
	for length := len(path); length >= 0; length-- {
		context := g.contextOf(path[:length])
		switch {
		case e.Front == fill(g.words.about, "<C>", context):
			return path[:length], e.Back + "\n" + e.Note, true
		case e.Kind == deck.List && e.Front == fill(g.words.group, "<C>", context, "<N>", strconv.Itoa(strings.Count(e.Back, "\n")+1)):
			return path[:length], e.Note, true
		}
	}
	return nil, "", false
}

// contextOf returns how questions refer to the section at the end of path.
func (g *generator) contextOf(path []string) string {
	if len(path) == 0 {
		return g.title
	}
	return g.context(path)
}
