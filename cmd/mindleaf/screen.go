package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/session"
	"github.com/mindleaf/mindleaf/store"
)

// questionView is the screen before the answer is shown.
func (t *sitting) questionView(turn session.Turn, card store.Content) term.View {
	v := term.View{
		Status: t.status(turn, card, false),
		Body:   []term.Block{{Kind: term.Question, Text: t.front(card)}},
		Keys:   t.keys(card),
	}
	if len(card.Media) > 0 {
		v.Body = append(v.Body, term.Block{Kind: term.Detail, Text: t.t("[%s: o]", t.mediaCounts(card.Media))})
	}
	return v
}

// answerView is the same screen with the answer below the question.
func (t *sitting) answerView(turn session.Turn, card store.Content, typed string) term.View {
	v := t.questionView(turn, card)
	v.Status = t.status(turn, card, true)
	v.Body = append(v.Body, term.Block{Kind: term.Rule})
	if typed != "" {
		verdict := t.t("You typed: %s", typed)
		if right(typed, card) {
			verdict = "✓ " + verdict
		} else {
			verdict = "✗ " + verdict
		}
		v.Body = append(v.Body, term.Block{Kind: term.Detail, Text: verdict})
	}
	v.Body = append(v.Body, term.Block{Kind: term.AnswerText, Text: back(card)})
	if card.Note != "" {
		v.Body = append(v.Body, term.Block{Kind: term.Note, Text: card.Note})
	}
	if card.Source != "" {
		v.Body = append(v.Body, term.Block{Kind: term.Source, Text: t.t("Source: %s", card.Source)})
	}
	return v
}

// front is the question as it is shown, with the options of a choice card.
func (t *sitting) front(card store.Content) string {
	if card.Kind != deck.Choice {
		return card.Front
	}
	var b strings.Builder
	b.WriteString(card.Front)
	for i, option := range options(card) {
		fmt.Fprintf(&b, "\n- %c. %s", 'A'+i, option)
	}
	return b.String()
}

// options returns the right answer of a choice card among the wrong ones, in
// an order that is always the same for the card.
func options(card store.Content) []string {
	all := []string{card.Back}
	for _, o := range card.Choices {
		all = append(all, o.Text)
	}
	h := fnv.New64a()
	h.Write([]byte(card.Card))
	r := rand.New(rand.NewPCG(h.Sum64(), 0))
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// back is the answer as it is shown: the letter of the right option, or the
// elements of a list one a line.
func back(card store.Content) string {
	switch card.Kind {
	case deck.Choice:
		for i, option := range options(card) {
			if option == card.Back {
				return fmt.Sprintf("%c. %s", 'A'+i, card.Back)
			}
		}
	case deck.List:
		return "- " + strings.ReplaceAll(card.Back, "\n", "\n- ")
	}
	return card.Back
}

// status is the first row: where the card is on the map, how far the sitting
// is, and what is left of it.
func (t *sitting) status(turn session.Turn, card store.Content, revealed bool) []string {
	done, total := t.session.Position()
	left := t.session.Left()
	kind := ""
	switch {
	case turn.Drill:
		kind = t.t("drill")
	case turn.Card.State.Phase == srs.New:
		kind = t.t("new card")
	}
	status := []string{strings.Join(breadcrumb(card, revealed), " › "), fmt.Sprintf("%d/%d", min(done+1, total), total)}
	if kind != "" {
		status = append(status, kind)
	}
	return append(status, t.t("new %d drill %d due %d", left.New, left.Learning, left.Review))
}

// breadcrumb is the card's place on the map. Before the answer is shown it
// stops where it would give the answer away.
func breadcrumb(card store.Content, revealed bool) []string {
	path := append([]string{card.DeckTitle}, card.Path...)
	if revealed {
		return path
	}
	answer := deck.FoldAnswer(card.Back)
	for i, name := range path {
		folded := deck.FoldAnswer(name)
		if folded != "" && answer != "" && (strings.Contains(answer, folded) || strings.Contains(folded, answer)) {
			return append(path[:i:i], "…")
		}
	}
	return path
}

// keys is the help row of the review screen. What opens media is named where a card
// has some.
func (t *sitting) keys(card store.Content) []term.Key {
	open := ""
	if len(card.Media) > 0 {
		open = t.t("open media")
	}
	return []term.Key{
		{Key: 'u', Command: cmdUndo, Label: t.t("undo")},
		{Key: 's', Command: cmdSkip, Label: t.t("skip")},
		{Key: 'b', Command: cmdBury, Label: t.t("bury")},
		{Key: '?', Command: cmdHelp, Label: t.t("help")},
		{Key: 'q', Command: cmdQuit, Label: t.t("quit")},
		{Key: 'x', Command: cmdSuspend, Label: t.t("suspend")},
		{Key: 'e', Command: cmdEdit, Label: t.t("edit")},
		{Key: 'i', Command: cmdHistory, Label: t.t("history")},
		{Key: 'f', Command: cmdFlag, Label: t.t("flag")},
		{Key: 'o', Command: cmdOpen, Label: open},
	}
}

// grades are the grades to choose from, the worst first.
func (t *sitting) grades() []srs.Grade {
	switch t.config.Review.Grades {
	case 2:
		return []srs.Grade{srs.Again, srs.Good}
	case 6:
		return []srs.Grade{0, 1, 2, 3, 4, 5}
	}
	return srs.Grades[:]
}

// gradeItems are the grades with the interval each leads to.
func (t *sitting) gradeItems(turn session.Turn) []term.Item {
	grades := t.grades()
	items := make([]term.Item, len(grades))
	preview := t.session.Preview()
	for i, g := range grades {
		if items[i].Label = t.gradeName(g); len(grades) > len(srs.Grades) {
			items[i].Label = t.qualityName(g)
		}
		if !turn.Drill {
			items[i].Detail = t.days(int(preview[g].Due - t.lib.day))
		}
	}
	return items
}

func (a *app) gradeName(g srs.Grade) string {
	switch {
	case g < srs.Hard:
		return a.t("Again")
	case g == srs.Hard:
		return a.t("Hard")
	case g == srs.Good:
		return a.t("Good")
	}
	return a.t("Easy")
}

// qualityName says what SuperMemo's quality q stands for.
func (a *app) qualityName(q srs.Grade) string {
	switch q {
	case 0:
		return a.t("blackout")
	case 1:
		return a.t("wrong, but familiar")
	case 2:
		return a.t("wrong, but it seemed easy")
	case 3:
		return a.t("right, with difficulty")
	case 4:
		return a.t("right, after hesitation")
	}
	return a.t("perfect")
}

// pageKeys close a page of help or history.
func (t *sitting) pageKeys() []term.Key {
	return []term.Key{
		{Key: 'q', Command: cmdQuit, Label: t.t("back to the card")}, {Key: '?', Command: cmdHelp}, {Key: 'i', Command: cmdHistory},
	}
}

// helpView explains the keys, as they are where lines are read when they are.
func (t *sitting) helpView() term.View {
	show := t.t("Space  show the answer, then grade Good")
	if !t.prompter.Interactive() {
		show = t.t("Enter  show the answer, then grade Good")
	}
	rows := []string{
		show,
		t.gradeKeys(),
		t.t("u  take the last answer back"),
		t.t("s  skip: the card comes again later in this sitting"),
		t.t("b  bury: hide the card until tomorrow"),
		t.t("x  suspend: hide the card until that is undone"),
		t.t("e  edit the card in your editor"),
		t.t("i  history of the card"),
		t.t("f  flag the card"),
		t.t("o  open its pictures and sounds"),
	}
	if t.prompter.Interactive() {
		rows = append(rows, t.t("PgUp PgDn  scroll a long card"))
	}
	rows = append(rows, t.t("q  stop; every answer is kept already"))
	return term.View{
		Status: []string{t.t("Help")},
		Keys:   t.pageKeys(),
		Body:   []term.Block{{Kind: term.Heading, Text: t.t("Keys")}, {Kind: term.Pairs, Text: strings.Join(rows, "\n")}},
	}
}

// gradeKeys is the row of the help that names the grades.
func (t *sitting) gradeKeys() string {
	switch t.config.Review.Grades {
	case 2:
		return t.t("1 2  Again, Good")
	case 6:
		return t.t("0 to 5  how well you knew it, 3 and more is right")
	}
	return t.t("1 2 3 4  Again, Hard, Good, Easy")
}

// historyView tells the life of a card.
func (t *sitting) historyView(ctx context.Context, card store.Content) (term.View, error) {
	found, err := t.lib.foundCard(ctx, card.ID)
	if err != nil {
		return term.View{}, err
	}
	events, steps, err := t.lib.life(ctx, found)
	if err != nil {
		return term.View{}, err
	}
	return term.View{
		Status: []string{t.t("History")},
		Keys:   t.pageKeys(),
		Body: append([]term.Block{{Kind: term.Question, Text: card.Front}, {Kind: term.Rule}},
			t.historyBlocks(t.lib.day, events, steps, t.columns()-4)...),
	}, nil
}
