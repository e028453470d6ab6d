package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs/quiz"
)

// questionView is the screen of question i before it is answered. It does not
// say where on the map the question belongs: that may be the answer.
func (r *quizRun) questionView(i int) term.View {
	v := term.View{
		Status: []string{r.title(), fmt.Sprintf("%d/%d", i+1, len(r.questions))},
		Body:   r.questionBody(r.questions[i]),
		Keys:   []term.Key{{Key: 'q', Command: cmdQuit, Label: r.t("quit")}},
	}
	if !r.flags.exam {
		v.Status = append(v.Status, r.t("%d right", r.right()))
	}
	if r.flags.limit > 0 {
		v.Clock = r.clock
	}
	return v
}

func (r *quizRun) title() string {
	name := r.t("Quiz")
	if r.flags.exam {
		name = r.t("Exam")
	}
	if section := r.result.Section; len(section) > 0 {
		name += " · " + section[len(section)-1]
	}
	return name
}

func (r *quizRun) right() int {
	n := 0
	for _, a := range r.answers {
		if a.Right {
			n++
		}
	}
	return n
}

// clock says how much of the time limit is left.
func (r *quizRun) clock() (string, bool) {
	left := r.flags.limit - r.now().Sub(r.start)
	seconds := int(max(left, 0).Round(time.Second) / time.Second)
	return r.t("%d:%02d left", seconds/60, seconds%60), left <= 0
}

// questionBody is a question in words. Those of questions about the tree are the
// interface's.
func (a *app) questionBody(q quiz.Question) []term.Block {
	text := q.Text
	switch {
	case q.Form == quiz.Belong:
		text = a.t("Which section does this belong to?") + "\n\n" + q.Subject
	case q.Form == quiz.Odd:
		text = a.t("Which of these is not one of “%s”?", q.Subject)
	case q.Form == quiz.Complete && q.Subject != "":
		text = a.t("Besides these, what else is one of “%s”?", q.Subject) + bullets(q.Given)
	case q.Form == quiz.Complete:
		text += "\n\n" + a.t("Besides these, what else?") + bullets(q.Given)
	}
	return []term.Block{{Kind: term.Question, Text: text}}
}

func bullets(items []string) string {
	var b strings.Builder
	for _, it := range items {
		b.WriteString("\n- " + it)
	}
	return b.String()
}

func optionItems(q quiz.Question) []term.Item {
	items := make([]term.Item, len(q.Options))
	for i, o := range q.Options {
		items[i].Label = o.Text
	}
	return items
}

// feedbackView says how question i was answered, and why.
func (r *quizRun) feedbackView(i int) term.View {
	v := r.questionView(i)
	v.Clock = nil
	q, given := r.questions[i], r.given[i]
	v.Body = append(v.Body, term.Block{Kind: term.Rule})
	if q.Form.Typed() {
		v.Body = append(v.Body, r.writtenVerdict(q, given.text, r.answers[i].Right)...)
	} else {
		v.Body = append(v.Body, r.pickedVerdict(q, given.option)...)
	}
	return r.withReasons(v, q)
}

// withReasons adds the note, the source and the place on the map.
func (a *app) withReasons(v term.View, q quiz.Question) term.View {
	if q.Note != "" {
		v.Body = append(v.Body, term.Block{Kind: term.Note, Text: q.Note})
	}
	if q.Source != "" {
		v.Body = append(v.Body, term.Block{Kind: term.Source, Text: a.t("Source: %s", q.Source)})
	}
	if len(q.Path) > 0 {
		v.Body = append(v.Body, term.Block{Kind: term.Detail, Text: joinPath(q.Path)})
	}
	return v
}

// pickedVerdict names the option that was picked and, when that is another, the
// right one.
func (a *app) pickedVerdict(q quiz.Question, picked int) []term.Block {
	numbered := func(i int) string { return fmt.Sprintf("%d %s", i+1, q.Options[i].Text) }
	right := numbered(q.Right)
	if picked == q.Right {
		return []term.Block{{Kind: term.Right, Text: "✓ " + a.t("Right: %s", right)}}
	}
	blocks := []term.Block{{Kind: term.Wrong, Text: "✗ " + a.t("Wrong: %s", numbered(picked))}}
	if why := q.Options[picked].Why; why != "" {
		blocks = append(blocks, term.Block{Kind: term.Note, Text: why})
	}
	return append(blocks, term.Block{Kind: term.Right, Text: "✓ " + a.t("The answer is: %s", right)})
}

// writtenVerdict names what was written and the answer.
func (a *app) writtenVerdict(q quiz.Question, text string, right bool) []term.Block {
	if right {
		blocks := []term.Block{{Kind: term.Right, Text: "✓ " + a.t("Right: %s", text)}}
		if text != q.Answers[0] {
			blocks = append(blocks, term.Block{Kind: term.AnswerText, Text: q.Answers[0]})
		}
		return blocks
	}
	if text == "" {
		text = a.t("no answer")
	}
	return []term.Block{
		{Kind: term.Wrong, Text: "✗ " + a.t("Wrong: %s", text)},
		{Kind: term.Right, Text: "✓ " + a.t("The answer is: %s", q.Answers[0])},
	}
}

// nearView shows how what was written differs from the nearest answer.
func (r *quizRun) nearView(i int, text, nearest string) term.View {
	v := r.questionView(i)
	v.Clock = nil
	v.Body = append(v.Body, term.Block{Kind: term.Rule},
		term.Block{Kind: term.Detail, Text: r.t("You typed: %s", text)},
		term.Block{Kind: term.AnswerText, Text: nearest},
		term.Block{Kind: term.Difference, Text: quiz.Marked(quiz.Compare(text, nearest))})
	return v
}

func (r *quizRun) stopView() term.View {
	return term.View{
		Status: []string{r.title()},
		Body:   []term.Block{{Kind: term.Question, Text: r.t("What is not finished is not kept.")}},
	}
}

// resultView is the last page. missed cards can go into the drill; fresh ones
// cannot.
func (r *quizRun) resultView(missed, fresh int) term.View {
	v := term.View{Status: []string{r.title()}, Body: []term.Block{{Kind: term.Heading, Text: r.headline()}}}
	v.Body = append(v.Body, term.Block{Kind: term.Pairs, Text: strings.Join(r.tallies(), "\n")})
	if text := r.comparison(); text != "" {
		v.Body = append(v.Body, term.Block{Kind: term.Question, Text: text})
	}
	if missed > 0 {
		v.Body = append(v.Body, term.Block{Kind: term.Question, Text: r.t("d puts the %d missed cards into today's drill.", missed)})
		v.Keys = append(v.Keys, term.Key{Key: 'd', Command: cmdDrill, Label: r.t("drill")})
	}
	if fresh > 0 {
		v.Body = append(v.Body, term.Block{Kind: term.Detail, Text: r.t("%d missed cards are new: they come along the path.", fresh)})
	}
	v.Keys = append(v.Keys, term.Key{Key: 'q', Command: cmdQuit, Label: r.t("quit")})
	return v
}
