package quiz

import (
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// Verdict says how a written answer compares with the right ones.
type Verdict int8

// The verdicts. A Near answer may be right in the learner's eyes.
const (
	Wrong Verdict = iota
	Near
	Right
)

// SameAnswer reports whether a written answer is right in the same words: case, width,
// composition, white space and punctuation do not count, but for what it says about
// numbers and names (see deck.FoldAnswer). One of nothing but punctuation is
// compared as it stands.
func SameAnswer(given, right string) bool { return key(given) == key(right) }

// Check compares a written answer with those of q, as SameAnswer does. An answer is Near when at least half
// of the longer of the two is the same, in the same order, or when the right one
// has no fixed wording. The answer of q that it is nearest to is returned too.
func (q Question) Check(given string) (Verdict, string) {
	nearest, most := "", -1.0
	for _, a := range q.Answers {
		if SameAnswer(given, a) {
			return Right, a
		}
		if s := sameness(given, a); s > most {
			nearest, most = a, s
		}
	}
	const half = 0.5
	switch {
	case Fold(given) == "":
		return Wrong, nearest
	case most >= half || q.Free:
		return Near, nearest
	}
	return Wrong, nearest
}

// Change says what is the matter with a run of characters.
type Change int8

// The changes. What is Missing is in the right answer only, what is Extra in the
// given one only.
const (
	Same Change = iota
	Missing
	Extra
)

// Run is a part of a comparison.
type Run struct {
	Change Change
	Text   string
}

// maxCompared is the number of characters up to which two answers are compared
// one by one.
const maxCompared = 400

// Compare returns how given differs from right, character by character as a
// reader sees them: the longest common subsequence and what is around it. Same
// and Missing runs together are right; characters that do not count when answers
// are compared are never a difference. Of two long answers it is all of both.
func Compare(given, right string) []Run {
	g, r := cellsOf(given), cellsOf(right)
	if len(g) > maxCompared || len(r) > maxCompared {
		return []Run{{Extra, given}, {Missing, right}}
	}
	length := longestCommon(g, r)
	var runs runs
	i, j := 0, 0
	for i < len(g) || j < len(r) {
		switch {
		case j < len(r) && r[j].key == "":
			runs.add(Same, r[j].text)
			j++
		case i < len(g) && g[i].key == "":
			i++
		case i < len(g) && j < len(r) && g[i].key == r[j].key:
			runs.add(Same, r[j].text)
			i++
			j++
		case i < len(g) && (j == len(r) || length[i+1][j] >= length[i][j+1]):
			runs.add(Extra, g[i].text)
			i++
		default:
			runs.add(Missing, r[j].text)
			j++
		}
	}
	return runs
}

// cell is one character as a reader sees it, and what it is compared by.
type cell struct{ text, key string }

func cellsOf(s string) []cell {
	var cells []cell
	var runes []rune
	var ends []int // in runes, of each cell
	for state := -1; s != ""; {
		var c string
		c, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		runes = append(runes, []rune(norm.NFKC.String(c))...)
		cells, ends = append(cells, cell{text: c}), append(ends, len(runes))
	}
	begin, folded := 0, deck.FoldEach(runes)
	for i, end := range ends {
		for _, r := range folded[begin:end] {
			if r >= 0 {
				cells[i].key += string(r)
			}
		}
		begin = end
	}
	return cells
}

// longestCommon returns the length of the longest common subsequence of g[i:] and
// r[j:] for every i and j, in characters that count.
func longestCommon(g, r []cell) [][]int {
	length := make([][]int, len(g)+1)
	for i := range length {
		length[i] = make([]int, len(r)+1)
	}
	for i := len(g) - 1; i >= 0; i-- {
		for j := len(r) - 1; j >= 0; j-- {
			length[i][j] = max(length[i+1][j], length[i][j+1])
			if g[i].key == r[j].key && g[i].key != "" {
				length[i][j] = max(length[i][j], length[i+1][j+1]+1)
			}
		}
	}
	return length
}

// runs gathers neighbours of the same change into one.
type runs []Run

func (r *runs) add(c Change, text string) {
	if n := len(*r); n > 0 && (*r)[n-1].Change == c {
		(*r)[n-1].Text += text
		return
	}
	*r = append(*r, Run{c, text})
}

// sameness is the length of the longest common subsequence over that of the
// longer text, 0 to 1.
func sameness(given, right string) float64 {
	g, r := cellsOf(Fold(given)), cellsOf(Fold(right))
	longer := max(len(g), len(r))
	if longer == 0 || longer > maxCompared {
		return 0
	}
	return float64(longestCommon(g, r)[0][0]) / float64(longer)
}

// Marked writes a comparison without colour: [-what is too much-] and {+what is
// missing+}, as word diffs do.
func Marked(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		switch r.Change {
		case Same:
			b.WriteString(r.Text)
		case Missing:
			b.WriteString("{+" + r.Text + "+}")
		case Extra:
			b.WriteString("[-" + r.Text + "-]")
		}
	}
	return b.String()
}
