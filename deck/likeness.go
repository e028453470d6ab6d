package deck

// Likeness says how much alike two texts are by the pairs of neighbouring
// letters they share. Make one of each text with LikenessOf, once.
type Likeness struct {
	count map[[2]rune]int
	total int
}

// LikenessOf returns what Of compares; case, white space and punctuation do not
// count.
func LikenessOf(s string) Likeness {
	l := Likeness{count: make(map[[2]rune]int)}
	letters := []rune(FoldAnswer(s))
	for i := 1; i < len(letters); i++ {
		l.count[[2]rune{letters[i-1], letters[i]}]++
		l.total++
	}
	return l
}

// Made reports whether l was made by LikenessOf.
func (l Likeness) Made() bool { return l.count != nil }

// Reaches reports whether Dice's coefficient of the letter pairs of two texts
// (Dice 1945) is least or more: it is 0 when they share none, 1 when they share
// all. least must be above 0.
func (l Likeness) Reaches(other Likeness, least float64) bool {
	total := l.total + other.total
	if total == 0 || 2*float64(min(l.total, other.total)) < least*float64(total) {
		return false
	}
	if len(l.count) > len(other.count) {
		l, other = other, l
	}
	shared := 0
	for p, n := range l.count {
		shared += min(n, other.count[p])
	}
	return 2*float64(shared) >= least*float64(total)
}
