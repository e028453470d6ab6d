package cardgen

import (
	"sort"

	"github.com/mindleaf/mindleaf/deck"
)

// maxChoices is how many wrong options a question gets.
const maxChoices = 3

// choices returns wrong options for answer: what of the same kind other leaves
// have, those of the nearest sections first and among these the ones nearest
// in length. None is equal to the answer or to another option, contains it or
// is contained in it. Fewer than two options are as good as none.
func (g *generator) choices(l *leaf, answer string, kind func(*leaf) string) []deck.Option {
	var options []deck.Option
	taken := []string{answer}
	asked := map[*leaf]bool{l: true}
	for b := l.parent; b != nil && len(options) < maxChoices; b = b.parent {
		var found []string
		for _, o := range nearest(b.all, l) {
			if asked[o] {
				continue
			}
			asked[o] = true
			if text := kind(o); text != "" && alike(text, answer) {
				found = append(found, text)
			}
		}
		sort.SliceStable(found, func(i, j int) bool { return distance(found[i], answer) < distance(found[j], answer) })
		for _, text := range found {
			if len(options) < maxChoices && !overlapsAny(text, taken) {
				options, taken = append(options, deck.Option{Text: text}), append(taken, text)
			}
		}
	}
	if len(options) < 2 {
		return nil
	}
	return options
}

// maxCandidates bounds how many leaves or sections beside one are looked at.
const maxCandidates = 60

// nearest returns the leaves of a section around l.
func nearest(all []*leaf, l *leaf) []*leaf { return around(all, place(all, l)) }

// place returns where l stands, or would stand, among leaves in the order of
// the map.
func place(leaves []*leaf, l *leaf) int {
	return sort.Search(len(leaves), func(i int) bool { return leaves[i].order >= l.order })
}

// around returns at most maxCandidates elements of all around index at.
func around[T any](all []T, at int) []T {
	if len(all) <= maxCandidates {
		return all
	}
	from := max(0, min(at-maxCandidates/2, len(all)-maxCandidates))
	return all[from : from+maxCandidates]
}

// alike reports whether two texts could answer the same question as far as
// their length tells: neither more than three times as long as the other.
func alike(a, b string) bool {
	short, long := min(length(a), length(b)), max(length(a), length(b))
	return long <= maxAnswerRunes && (long <= 3*short || long <= 12)
}

func distance(a, b string) int {
	d := length(a) - length(b)
	if hasHan(a) != hasHan(b) {
		d += 100
	}
	return max(d, -d)
}

func overlapsAny(text string, taken []string) bool {
	for _, t := range taken {
		if overlap(text, t) {
			return true
		}
	}
	return false
}
