package place

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/mindleaf/mindleaf/deck/property"
)

// questions are n of each level, spread over four sections, with as many options.
func questions(levels, n, options int) []Question {
	var out []Question
	for l := range levels {
		for i := range n {
			out = append(out, Question{Level: l, Section: fmt.Sprint(i % 4), Options: options})
		}
	}
	return out
}

// learner knows the first levels; slips and guesses are chances.
type learner struct {
	levels        int
	slip, guess   float64
	sayNotToGuess bool
}

func (l learner) answer(r *rand.Rand, q Question) bool {
	if q.Level < l.levels {
		return r.Float64() >= l.slip
	}
	return !l.sayNotToGuess && r.Float64() < l.guess
}

func (l learner) place(t *testing.T, r *rand.Rand, qs []Question) (levels, asked int) {
	t.Helper()
	p := New(3, qs)
	for {
		i, ok := p.Next()
		if !ok {
			break
		}
		p.Answer(i, l.answer(r, qs[i]))
	}
	if p.Asked() > Most {
		t.Fatalf("asked %d questions, more than %d", p.Asked(), Most)
	}
	return p.Known(), p.Asked()
}

// TestPlacement places 2,000 simulated learners of each sort: at least 95 in 100
// must be placed right.
func TestPlacement(t *testing.T) {
	property.OneAtATime(t)
	const runs = 2000
	for _, sort := range []struct {
		name    string
		options int
		learner learner
	}{
		{"slips 10 %, guesses among 4", 4, learner{slip: 0.1, guess: 0.25}},
		{"slips 10 %, guesses among 3", 3, learner{slip: 0.1, guess: 1.0 / 3}},
		{"slips 10 %, guesses 10 %", 4, learner{slip: 0.1, guess: 0.1}},
		{"slips 10 %, says not to know", 4, learner{slip: 0.1, sayNotToGuess: true}},
		{"never slips, guesses among 4", 4, learner{guess: 0.25}},
	} {
		qs := questions(3, Most, sort.options)
		for levels := range 4 {
			t.Run(fmt.Sprintf("%s, knows %d", sort.name, levels), func(t *testing.T) {
				l := sort.learner
				l.levels = levels
				r := rand.New(rand.NewPCG(20260105, uint64(levels)))
				right, asked, most := 0, 0, 0
				for range runs {
					got, n := l.place(t, r, qs)
					if got == levels {
						right++
					}
					asked += n
					most = max(most, n)
				}
				t.Logf("%.1f %% placed right, %.1f questions on average, %d at most", 100*float64(right)/runs, float64(asked)/runs, most)
				if right*100 < 95*runs {
					t.Errorf("%d of %d placed right, fewer than 95 in 100", right, runs)
				}
			})
		}
	}
}

func TestFewQuestions(t *testing.T) {
	three := func(levels ...int) []Question {
		var qs []Question
		for _, l := range levels {
			qs = append(qs, questions(l+1, 12, 4)[l*12:]...)
		}
		return qs
	}
	tests := []struct {
		name      string
		questions []Question
		knows     int // levels
		want      int
	}{
		{"no questions", nil, 3, 0},
		{"one question", questions(1, 1, 4), 3, 0},
		{"one level only, known", questions(1, 12, 4), 1, 1},
		{"one level only, not known", questions(1, 12, 4), 0, 0},
		{"no questions of the middle level, all known", three(0, 2), 3, 3},
		{"no questions of the middle level, two known", three(0, 2), 2, 1},
		{"no questions of the first level, two known", three(1, 2), 2, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			got, asked := learner{levels: tt.knows}.place(t, r, tt.questions)
			if got != tt.want || asked > len(tt.questions) {
				t.Errorf("got %d levels after %d questions, want %d", got, asked, tt.want)
			}
		})
	}
}

// TestSpread asks about every section of a level before one comes twice.
func TestSpread(t *testing.T) {
	qs := questions(1, 12, 4)
	p := New(1, qs)
	seen := make(map[string]int)
	for n := range 4 {
		i, ok := p.Next()
		if !ok {
			t.Fatalf("no question after %d", n)
		}
		seen[qs[i].Section]++
		p.Answer(i, n%2 == 0)
	}
	if len(seen) != 4 {
		t.Errorf("got sections %v", seen)
	}
}
