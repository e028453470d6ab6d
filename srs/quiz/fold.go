package quiz

import (
	"strings"
	"unicode"

	"github.com/mindleaf/mindleaf/deck"
	"golang.org/x/text/unicode/norm"
)

// Fold returns s in the form in which answers are compared: compatibility
// composed (NFKC of Unicode Standard Annex 15), so that ﬁ is fi, ① is 1 and ｶﾞ
// is ガ, and then as deck.FoldAnswer has it, without case, white space and
// punctuation that says nothing about a number or a name.
func Fold(s string) string { return deck.FoldAnswer(norm.NFKC.String(s)) }

// key is Fold, or s itself when nothing is left of it.
func key(s string) string {
	if folded := Fold(s); folded != "" {
		return folded
	}
	return strings.TrimSpace(s)
}

// overlap reports whether one key contains the other.
func overlap(a, b string) bool {
	return a != "" && b != "" && (strings.Contains(a, b) || strings.Contains(b, a))
}

// leastRun is how many Chinese characters in a row two texts share that are
// about the same thing.
const leastRun = 3

// related reports whether two texts are about the same thing by their words: one
// contains the other, or they share a run of leastRun Chinese characters or a
// Latin word that is no common one.
func related(a, b words) bool {
	if overlap(a.key, b.key) {
		return true
	}
	for w := range a.latin {
		if b.latin[w] {
			return true
		}
	}
	for run := range a.runs {
		if b.runs[run] {
			return true
		}
	}
	return false
}

// words are what related compares.
type words struct {
	key         string
	latin, runs map[string]bool
}

// stemRunes is how much of a Latin word counts, so that model is models.
const stemRunes = 5

// common are the beginnings of Latin words that say nothing about the subject.
var common = map[string]bool{
	"the": true, "and": true, "for": true, "with": true, "from": true, "of": true, "in": true, "on": true, "to": true,
	"an": true, "is": true, "are": true, "or": true, "vs": true, "by": true, "at": true, "as": true, "its": true, "al": true, "et": true,
}

func wordsOf(s string) words {
	w := words{key: key(s), latin: make(map[string]bool), runs: make(map[string]bool)}
	var han, latin []rune
	flush := func() {
		if n := len(latin); n >= 2 {
			if stem := string(latin[:min(n, stemRunes)]); !common[stem] {
				w.latin[stem] = true
			}
		}
		for i := leastRun; i <= len(han); i++ {
			w.runs[string(han[i-leastRun:i])] = true
		}
		han, latin = nil, nil
	}
	for _, r := range strings.ToLower(norm.NFKC.String(s)) {
		switch {
		case unicode.Is(unicode.Han, r):
			if latin != nil {
				flush()
			}
			han = append(han, r)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if han != nil {
				flush()
			}
			latin = append(latin, r)
		default:
			flush()
		}
	}
	flush()
	return w
}
