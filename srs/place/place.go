// Package place finds the level a learner should start at by asking as little as
// possible. It stands apart from the quiz, which makes the questions, and from
// the store, which marks what is known. It is pure.
//
// A learner is taken to know the first k levels and no more, k from 0 to the
// number of levels. Every k is equally likely at first. A question of a known
// level is answered right with probability 1 - Slip, one of another level by
// guessing, with one chance in as many options as it has. After each answer the
// probability of every k follows by Bayes' rule. The next question is of the
// level whose answer will tell most: the one that leaves the least entropy
// (Shannon 1948) to be expected. It stops when one k is at least Sure, or after
// Most questions.
package place

import (
	"math"
	"slices"
)

const (
	// Slip is how often what is known is answered wrong.
	Slip = 0.1
	// Sure is the probability of one k at which the questions end: of those who
	// are placed before the questions are used up, fewer than one in forty is
	// placed wrong when they answer as assumed.
	Sure = 0.975
	// Clear is the least probability at which levels count as known when the
	// questions end for another reason.
	Clear = 0.9
	// Most is the largest number of questions.
	Most = 24
)

// Question is what the placement needs to know of a question.
type Question struct {
	// Level is the index of its level, from 0.
	Level int
	// Section names where it belongs: questions of a level are spread over the
	// sections.
	Section string
	// Options is how many there are to pick from, 2 or more.
	Options int
}

// Placement is one run of questions. Make one with New.
type Placement struct {
	questions []Question
	asked     []bool
	count     int
	// known[k] is the probability that the first k levels are known.
	known []float64
	// tested says which levels have questions.
	tested []bool
	// perSection counts the questions asked of a section of a level.
	perSection map[Question]int
}

// New starts a placement among levels levels with questions, which are asked in
// their order within a section. A level without questions is not told apart from
// the one below it: it is known when a higher one is.
func New(levels int, questions []Question) *Placement {
	p := &Placement{
		questions: questions, asked: make([]bool, len(questions)), known: make([]float64, levels+1),
		tested: make([]bool, levels), perSection: make(map[Question]int),
	}
	for _, q := range questions {
		p.tested[q.Level] = true
	}
	possible := 1
	for _, t := range p.tested {
		if t {
			possible++
		}
	}
	p.known[0] = 1 / float64(possible)
	for l, t := range p.tested {
		if t {
			p.known[l+1] = 1 / float64(possible)
		}
	}
	return p
}

// Next returns the index of the question to ask; false when there is enough to
// go by, or nothing left to ask.
func (p *Placement) Next() (index int, ok bool) {
	if slices.Max(p.known) >= Sure || p.count == Most {
		return 0, false
	}
	best, least := -1, math.Inf(1)
	for level := range p.tested {
		i := p.candidate(level)
		if i < 0 {
			continue
		}
		if e := p.expectedEntropy(p.questions[i]); e < least-1e-9 {
			best, least = i, e
		}
	}
	return best, best >= 0
}

// candidate returns the first question of the section of a level of which the
// fewest were asked; -1 when none is left.
func (p *Placement) candidate(level int) int {
	best, fewest := -1, math.MaxInt
	for i, q := range p.questions {
		if q.Level != level || p.asked[i] {
			continue
		}
		if n := p.perSection[sectionOf(q)]; n < fewest {
			best, fewest = i, n
		}
	}
	return best
}

func sectionOf(q Question) Question { return Question{Level: q.Level, Section: q.Section} }

// Answer takes the answer to the question with an index. Whoever says not to
// know answers wrong.
func (p *Placement) Answer(index int, right bool) {
	q := p.questions[index]
	p.asked[index] = true
	p.count++
	p.perSection[sectionOf(q)]++
	p.known, _ = p.after(q, right)
}

// Asked returns the number of questions answered.
func (p *Placement) Asked() int { return p.count }

// Known returns how many levels are known with a probability of at least Clear.
func (p *Placement) Known() (levels int) {
	atLeast := 0.0
	for k := len(p.known) - 1; k > 0; k-- {
		if atLeast += p.known[k]; atLeast >= Clear {
			return k
		}
	}
	return 0
}

// after returns the probabilities after an answer, and how probable that answer
// is.
func (p *Placement) after(q Question, right bool) (known []float64, probability float64) {
	known = make([]float64, len(p.known))
	for k, prior := range p.known {
		chance := 1 / float64(q.Options)
		if k > q.Level {
			chance = 1 - Slip
		}
		if !right {
			chance = 1 - chance
		}
		known[k] = prior * chance
		probability += known[k]
	}
	for k := range known {
		known[k] /= probability
	}
	return known, probability
}

// expectedEntropy is the entropy that is left on average after q is answered.
func (p *Placement) expectedEntropy(q Question) float64 {
	total := 0.0
	for _, right := range []bool{true, false} {
		known, probability := p.after(q, right)
		for _, k := range known {
			if k > 0 {
				total -= probability * k * math.Log(k)
			}
		}
	}
	return total
}
