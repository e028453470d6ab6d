package main

import (
	"fmt"
	"testing"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs/quiz"
)

// shippedPool returns the cards of a shipped deck as a quiz sees them.
func shippedPool(t *testing.T, language string, own bool) []quiz.Card {
	t.Helper()
	d := shipped(t, language)
	var pool []quiz.Card
	for i, c := range d.Cards() {
		q := quiz.Card{
			Key: int64(i + 1), Deck: d.ID, Path: c.Leaf.Path, Leaf: c.Leaf.Text, Level: c.Leaf.Level, Kind: c.Kind,
			Front: c.Front, Back: c.Back, Note: c.Entry.Note, Source: c.Entry.Source, Accept: c.Entry.Accept,
		}
		if own {
			q.Choices = c.Entry.Choices
		}
		pool = append(pool, q)
	}
	return pool
}

func anyCard(*quiz.Card) bool { return true }

// strategies pick an option without knowing the subject: by the highest measure.
var strategies = map[string]func(options []quiz.Option, i int) int{
	"longest":       func(o []quiz.Option, i int) int { return len([]rune(o[i].Text)) },
	"shortest":      func(o []quiz.Option, i int) int { return -len([]rune(o[i].Text)) },
	"most specific": func(o []quiz.Option, i int) int { return specifics(o[i].Text) },
	"first":         func(_ []quiz.Option, i int) int { return -i },
}

// luck is the chance that picking the option of the highest measure is right,
// one of those that share it being taken at random.
func luck(q quiz.Question, measure func([]quiz.Option, int) int) float64 {
	best, ties := measure(q.Options, 0), 0
	for i := range q.Options {
		best = max(best, measure(q.Options, i))
	}
	for i := range q.Options {
		if measure(q.Options, i) == best {
			ties++
		}
	}
	if measure(q.Options, q.Right) < best {
		return 0
	}
	return 1 / float64(ties)
}

// TestShippedQuizzesGiveNothingAway plays 200 quizzes of each sort by rules that
// need no knowledge of the subject. Four options give a quarter right by luck.
func TestShippedQuizzesGiveNothingAway(t *testing.T) {
	property.OneAtATime(t)
	for _, language := range []string{"zh", "en"} {
		for _, own := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, own choices %v", language, own), func(t *testing.T) {
				g := guesses{right: make(map[string]float64), asked: make(map[string]int)}
				pool := shippedPool(t, language, own)
				for seed := range uint64(600) {
					questions := quiz.Make(pool, anyCard, quiz.Settings{Kind: quiz.Choice, Count: 20, Seed: seed})
					if len(questions) != 20 {
						t.Fatalf("got %d questions, want 20", len(questions))
					}
					g.play(t, seed, questions)
				}
				g.check(t)
			})
		}
	}
}

// guesses counts what strategies get right, by the form of question.
type guesses struct {
	right map[string]float64
	asked map[string]int
}

// play answers one quiz with each strategy; none may pass it.
func (g guesses) play(t *testing.T, seed uint64, questions []quiz.Question) {
	t.Helper()
	right := make(map[string]float64)
	for _, q := range questions {
		form := [...]string{quiz.Choose: "of cards", quiz.Belong: "for a section", quiz.Odd: "for the odd one", quiz.Complete: "for the missing one"}[q.Form]
		g.asked[form]++
		for name, measure := range strategies {
			l := luck(q, measure)
			right[name] += l
			g.right[form+" "+name] += l
		}
	}
	for name, n := range right {
		if n*100 >= 80*float64(len(questions)) {
			t.Errorf("seed %d: always picking the %s option passes with %.1f of %d", seed, name, n, len(questions))
		}
	}
}

func (g guesses) check(t *testing.T) {
	t.Helper()
	for form, n := range g.asked {
		for name := range strategies {
			if share := g.right[form+" "+name] / float64(n); share > 0.35 {
				t.Errorf("picking the %s option is right in %.1f %% of %d questions %s", name, 100*share, n, form)
			} else {
				t.Logf("%-20s %-14s %4.1f %% of %d", form, name, 100*share, n)
			}
		}
	}
}
