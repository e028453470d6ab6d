package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/quiz"
	"github.com/mindleaf/mindleaf/store"
)

// cmdDrill is the command of the result page.
const cmdDrill = "drill"

// quizRun is one run through a quiz with a learner at the keys.
type quizRun struct {
	*app
	lib       *library
	flags     quizFlags
	prompter  term.Prompter
	questions []quiz.Question
	// answers and given are those to the questions so far, in their order.
	answers []quiz.Answer
	given   []reply
	// near are the questions of an exam whose written answers are still to be
	// judged: that shows the right ones.
	near   []int
	start  time.Time
	result quiz.Result
	before []attempt
}

// reply is what was answered: an option, or a text.
type reply struct {
	option int // -1 when none was picked
	text   string
}

// errStopped says that the learner left a quiz unfinished.
var errStopped = errors.New("stopped")

// quiz holds one quiz and says afterwards what came of it.
func (a *app) quiz(ctx context.Context, lib *library, f quizFlags, scope quiz.Scope, questions []quiz.Question) (err error) {
	p, err := a.prompter(f.plain)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	r := &quizRun{app: a, lib: lib, flags: f, prompter: p, questions: questions}
	r.result = quiz.Result{Scope: scope, Kind: f.kind, Seed: uint64(f.seed), Exam: f.exam, Pass: f.pass}
	if n := len(questions); n < f.count {
		p.Notice(a.t("only %d questions of this kind can be made here", n))
	}
	end := r.run(ctx)
	if err := p.Close(); err != nil && end == nil {
		end = err
	}
	if r.result.Asked == 0 {
		if end == nil || errors.Is(end, errInterrupted) || errors.Is(end, errStopped) {
			a.tell(a.t("The quiz was not finished: nothing is kept."))
		}
		if errors.Is(end, errStopped) {
			return nil
		}
		return end
	}
	if a.json {
		return errors.Join(end, a.printJSON(r.json()))
	}
	r.print()
	return end
}

// run asks every question, keeps the result and shows it.
func (r *quizRun) run(ctx context.Context) error {
	r.start = r.now()
	for i := range r.questions {
		if err := r.ask(i); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return errInterrupted
		}
		if r.answers[i].Unanswered {
			break
		}
	}
	for len(r.answers) < len(r.questions) {
		r.answers, r.given = append(r.answers, quiz.Answer{Unanswered: true}), append(r.given, reply{option: -1})
	}
	end := r.now()
	if err := r.judgeNear(); err != nil {
		return err
	}
	if err := r.keep(ctx, end); err != nil {
		return err
	}
	if r.flags.exam {
		if stop, err := r.lookBack(); stop || err != nil {
			return err
		}
	}
	return r.finish(ctx)
}

// keep records the result and finds those to compare it with.
func (r *quizRun) keep(ctx context.Context, end time.Time) error {
	result := r.result
	result.Seconds = int64(end.Sub(r.start) / time.Second)
	result.Count(r.questions, r.answers)
	before, err := lastAttempts(ctx, r.lib, result.Scope)
	if err != nil {
		return err
	}
	if err := r.lib.RecordQuiz(ctx, result.String(), store.Stamp{At: r.now(), Day: r.lib.day}); err != nil {
		return err
	}
	r.result, r.before = result, before
	return nil
}

// attempt is an earlier quiz of the same scope.
type attempt struct {
	at     time.Time
	result quiz.Result
}

// shownAttempts is the number of earlier quizzes a result is compared with.
const shownAttempts = 3

func lastAttempts(ctx context.Context, lib *library, scope quiz.Scope) (last []attempt, err error) {
	visited := lib.Quizzes(ctx, scope.Prefix(), func(e srs.Event) bool {
		result, wrong := quiz.ParseResult(e.Text)
		if wrong != nil {
			err = wrong
			return false
		}
		last = append(last, attempt{e.At, result})
		return len(last) < shownAttempts
	})
	return last, errors.Join(err, visited)
}

// ask asks question i until it is answered.
func (r *quizRun) ask(i int) error {
	for {
		answered, out, err := r.pose(i)
		if err != nil {
			return err
		}
		if answered {
			return nil
		}
		if err := r.leave(out); err != nil {
			return err
		}
	}
}

// pose shows question i once; false when the learner did something else.
func (r *quizRun) pose(i int) (bool, term.Outcome, error) {
	q := r.questions[i]
	view := r.questionView(i)
	var out term.Outcome
	var err error
	if q.Form.Typed() {
		out, err = r.write(view)
	} else {
		out, err = r.prompter.Choose(view, "", optionItems(q), 0)
	}
	switch {
	case err != nil:
		return false, out, err
	case out.Kind == term.Expired:
		r.add(quiz.Answer{Unanswered: true}, reply{option: -1})
		r.prompter.Notice(r.t("the time is up"))
		return true, out, nil
	case out.Kind != term.Answer:
		return false, out, nil
	}
	given := reply{option: out.Index}
	right := out.Index == q.Right
	if q.Form.Typed() {
		given = reply{option: -1, text: out.Text}
		verdict, nearest := q.Check(out.Text)
		right = verdict == quiz.Right
		switch {
		case verdict == quiz.Near && r.flags.exam:
			r.near = append(r.near, i)
		case verdict == quiz.Near:
			if right, out, err = r.judge(i, out.Text, nearest); err != nil || out.Kind != term.Answer {
				return false, out, err
			}
		}
	}
	r.add(quiz.Answer{Right: right}, given)
	if r.flags.exam {
		return true, out, nil
	}
	out, err = r.prompter.WaitKey(r.feedbackView(i), r.next(i))
	if err == nil && out.Kind != term.Answer {
		err = r.leave(out)
	}
	return true, out, err
}

// write asks for a written answer. Line by line the empty one is known only after
// a look at the keys: there is no other way to them.
func (r *quizRun) write(view term.View) (term.Outcome, error) {
	out, err := r.prompter.Ask(view, r.t("Your answer"), "", nil)
	if err == nil && out.Kind == term.Back && !r.prompter.Interactive() {
		return r.prompter.WaitKey(view, r.press(r.prompter, r.t("goes on without an answer")))
	}
	return out, err
}

// next is the label below the feedback to question i: the verdict once more, for
// a window in which the feedback has to be scrolled to.
func (r *quizRun) next(i int) string {
	deed := r.t("goes on")
	if i+1 == len(r.questions) && !r.flags.exam {
		deed = r.t("shows the result")
	}
	label := r.press(r.prompter, deed)
	q := r.questions[i]
	switch {
	case r.answers[i].Right:
		return "✓ " + label
	case q.Form.Typed():
		return "✗ " + label
	}
	return fmt.Sprintf("✗ → %d  %s", q.Right+1, label)
}

func (r *quizRun) add(a quiz.Answer, given reply) {
	r.answers, r.given = append(r.answers, a), append(r.given, given)
}

// judge lets the learner say whether a written answer counts as right.
func (r *quizRun) judge(i int, text, nearest string) (right bool, out term.Outcome, err error) {
	items := []term.Item{{Label: r.t("counts as right")}, {Label: r.t("counts as wrong")}}
	out, err = r.prompter.Choose(r.nearView(i, text, nearest), r.t("Near. Does it count?"), items, 1)
	return out.Index == 0, out, err
}

// judgeNear does so for the answers of an exam, after its time.
func (r *quizRun) judgeNear() error {
	for _, i := range r.near {
		text := r.given[i].text
		_, nearest := r.questions[i].Check(text)
		right, out, err := r.judge(i, text, nearest)
		for ; err == nil && out.Kind != term.Answer; right, out, err = r.judge(i, text, nearest) {
			if err := r.leave(out); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
		r.answers[i].Right = right
	}
	return nil
}

// leave ends the quiz when the learner wants it to; nil when it goes on.
func (r *quizRun) leave(out term.Outcome) error {
	switch out.Kind {
	case term.Interrupt:
		return errInterrupted
	case term.EOF:
		if r.prompter.Interactive() {
			return errInterrupted
		}
		return errStopped
	}
	stop, out, err := r.prompter.Confirm(r.stopView(), r.t("Stop the quiz?"), true)
	switch {
	case err != nil:
		return err
	case out.Kind == term.Interrupt || out.Kind == term.EOF:
		return r.leave(out)
	case stop:
		return errStopped
	}
	return nil
}

// lookBack shows what an exam kept to itself: every question that was not
// answered right.
func (r *quizRun) lookBack() (stop bool, err error) {
	for i, a := range r.answers {
		if a.Right || a.Unanswered {
			continue
		}
		out, err := r.prompter.WaitKey(r.feedbackView(i), r.next(i))
		if err != nil || out.Kind == term.Interrupt || out.Kind == term.EOF {
			return true, err
		}
		if out.Kind != term.Answer {
			return false, nil
		}
	}
	return false, nil
}

// finish shows the result, and puts what was missed into the drill when asked.
func (r *quizRun) finish(ctx context.Context) error {
	missed, fresh, err := r.missed(ctx)
	if err != nil {
		return err
	}
	for {
		out, err := r.prompter.WaitKey(r.resultView(len(missed), fresh), r.press(r.prompter, r.t("ends the quiz")))
		if err != nil || out.Kind != term.Command || out.Command != cmdDrill {
			return err
		}
		if err := r.drill(ctx, missed); err != nil {
			return err
		}
		r.prompter.Notice(r.t("%d cards are in today's drill", len(missed)))
		missed = nil
	}
}

// missed returns the cards answered wrong that were learned before, and how many
// of those answered wrong are new.
func (r *quizRun) missed(ctx context.Context) (learned []int64, fresh int, err error) {
	for i, a := range r.answers {
		if a.Right || a.Unanswered {
			continue
		}
		card, err := r.lib.Card(ctx, r.questions[i].Card)
		if err != nil {
			return nil, 0, err
		}
		if card.State.Phase == srs.New {
			fresh++
		} else {
			learned = append(learned, card.ID)
		}
	}
	return learned, fresh, nil
}

func (r *quizRun) drill(ctx context.Context, cards []int64) error {
	events := make([]srs.Event, len(cards))
	for i, card := range cards {
		events[i] = srs.Event{Kind: srs.MarkDrillEvent, Card: card, At: r.now(), Day: r.lib.day}
	}
	_, err := r.lib.RecordAll(ctx, events)
	return err
}
