package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs/quiz"
)

// headline is the result in a line.
func (r *quizRun) headline() string {
	t := r.result
	line := r.t("%d of %d right, %d%%, in %s", t.Right, t.Asked, t.Percent(), r.duration(time.Duration(t.Seconds)*time.Second))
	if t.Unanswered > 0 {
		line += r.t(", %d not answered in time", t.Unanswered)
	}
	switch {
	case t.Pass == 0:
	case t.Passed():
		line += r.t(": passed, %d%% were needed", t.Pass)
	default:
		line += r.t(": not passed, %d%% are needed", t.Pass)
	}
	return line
}

// tallies are the rows of the result by level and by section, each with what the
// last quizzes of the same scope had there.
func (r *quizRun) tallies() []string {
	var rows []string
	for _, l := range r.result.Levels {
		before := r.tallyBefore(func(q quiz.Result) quiz.Tally { return q.InLevel(l.Level) })
		rows = append(rows, r.tallyRow(l.Tally, before, r.levelName(l.Level)))
	}
	for _, s := range r.result.Sections {
		name := joinPath(s.Path)
		if name == "" {
			name = r.t("cards without a section")
		}
		before := r.tallyBefore(func(q quiz.Result) quiz.Tally { return q.InSection(s.Deck, s.Path) })
		rows = append(rows, r.tallyRow(s.Tally, before, name))
	}
	return rows
}

func (r *quizRun) tallyRow(t, before quiz.Tally, name string) string {
	row := fmt.Sprintf("%2d/%-2d  %s", t.Right, t.Asked, term.Sanitize(name))
	if before.Asked > 0 {
		row += r.t(" (before: %d of %d)", before.Right, before.Asked)
	}
	return row
}

// tallyBefore adds up a part of the quizzes that the result is compared with.
func (r *quizRun) tallyBefore(part func(quiz.Result) quiz.Tally) (sum quiz.Tally) {
	for _, a := range r.before {
		t := part(a.result)
		sum.Right += t.Right
		sum.Asked += t.Asked
	}
	return sum
}

// comparison says how the last quizzes of the same scope went; "" when there was
// none.
func (r *quizRun) comparison() string {
	if len(r.before) == 0 {
		return ""
	}
	var before []string
	for _, a := range r.before {
		before = append(before, fmt.Sprintf("%d%% (%s)", a.result.Percent(), a.at.Format("01-02 15:04")))
	}
	return r.t("Before: %s", strings.Join(before, r.t(", ")))
}

// print leaves the result in the scrollback.
func (r *quizRun) print() {
	r.sayWrapped(r.headline())
	for _, row := range r.tallies() {
		r.sayWrapped("  " + row)
	}
	if text := r.comparison(); text != "" {
		r.sayWrapped(text)
	}
}

// quizJSON is the result of a quiz as --json prints it.
type quizJSON struct {
	quiz.Result
	Percent int             `json:"percent"`
	Passed  *bool           `json:"passed,omitempty"`
	Before  []attemptJSON   `json:"before"`
	Answers []quizReplyJSON `json:"answers"`
}

type attemptJSON struct {
	At       time.Time           `json:"at"`
	Asked    int                 `json:"asked"`
	Right    int                 `json:"right"`
	Percent  int                 `json:"percent"`
	Sections []quiz.SectionTally `json:"sections"`
	Levels   []quiz.LevelTally   `json:"levels"`
}

type quizReplyJSON struct {
	Deck     string `json:"deck"`
	Question string `json:"question"`
	Answer   string `json:"answer"`
	Given    string `json:"given"`
	Right    bool   `json:"right"`
}

func (r *quizRun) json() quizJSON {
	out := quizJSON{Result: r.result, Percent: r.result.Percent(), Before: []attemptJSON{}, Answers: []quizReplyJSON{}}
	if r.result.Pass > 0 {
		passed := r.result.Passed()
		out.Passed = &passed
	}
	for _, a := range r.before {
		out.Before = append(out.Before, attemptJSON{a.at, a.result.Asked, a.result.Right, a.result.Percent(), a.result.Sections, a.result.Levels})
	}
	for i, q := range r.questions {
		reply := quizReplyJSON{
			Deck: string(q.Deck), Question: r.questionBody(q)[0].Text, Given: r.given[i].text, Right: r.answers[i].Right,
		}
		if q.Form.Typed() {
			reply.Answer = q.Answers[0]
		} else {
			reply.Answer = q.Options[q.Right].Text
			if r.given[i].option >= 0 {
				reply.Given = q.Options[r.given[i].option].Text
			}
		}
		out.Answers = append(out.Answers, reply)
	}
	return out
}
