package quiz

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck"
)

const (
	mostWrong  = 3 // wrong options beside the right one
	leastWrong = 2 // fewer make no choice
	// enough is how many candidates there are before the wrong options are picked
	// among them, and far how many neighbours are looked at for them at each
	// place: a large deck must not be read whole for every question.
	enough = 64
	far    = 512
)

// choose asks a card with options: its own wrong ones where it has enough, else
// answers of other cards, of the nearest place first.
func (m *maker) choose(it *item) (Question, bool) {
	if it.answer == "" {
		return Question{}, false
	}
	s := selection{right: it.answer, taken: map[string]bool{it.key(): true}}
	for _, a := range it.Accept {
		s.taken[key(a)] = true
	}
	for _, o := range it.Choices {
		s.add(Option(o))
	}
	if len(s.wrong) < leastWrong {
		m.borrow(it, &s)
	}
	return m.pick(it.question(Choose), &s)
}

// selection gathers the wrong options of a question.
type selection struct {
	right string
	taken map[string]bool // keys that are right or there already
	wrong []Option
}

// add adds o unless it says what another option says.
func (s *selection) add(o Option) bool {
	k := key(o.Text)
	if k == "" || s.taken[k] || strings.Contains(o.Text, "\n") {
		return false
	}
	s.taken[k] = true
	s.wrong = append(s.wrong, o)
	return true
}

// clashes reports whether the text with the given key would contain an option,
// or be contained in one.
func (s *selection) clashes(k string) bool {
	for t := range s.taken {
		if overlap(k, t) {
			return true
		}
	}
	return false
}

// pick puts the right option among at most mostWrong of the wrong ones; false
// when there are too few of these.
func (m *maker) pick(q Question, s *selection) (Question, bool) {
	if len(s.wrong) < leastWrong {
		return q, false
	}
	q.Options = append([]Option{{Text: s.right}}, m.balanced(s.right, s.wrong)...)
	q.Right = 0
	m.rand.Shuffle(len(q.Options), func(i, j int) {
		q.Options[i], q.Options[j] = q.Options[j], q.Options[i]
		switch q.Right {
		case i:
			q.Right = j
		case j:
			q.Right = i
		}
	})
	return q, true
}

// attempts is how often balanced draws before it takes what it has.
const attempts = 8

// balanced picks mostWrong of the wrong options so that, where they allow it,
// the right one is as often the longest, and as often the one that looks most
// exact, as any other: neither gives it away.
func (m *maker) balanced(right string, wrong []Option) []Option {
	if len(wrong) <= mostWrong {
		return wrong
	}
	exact := m.rand.IntN(mostWrong+1) == 0
	var drawn []Option
	for range attempts {
		drawn = m.draw(right, wrong)
		if exact == !slices.ContainsFunc(drawn, func(o Option) bool { return exactness(o.Text) >= exactness(right) }) {
			break
		}
	}
	return drawn
}

// draw picks mostWrong of the wrong options of which as many are longer than the
// right one as chance says.
func (m *maker) draw(right string, wrong []Option) []Option {
	var longer, other []Option
	for _, i := range m.rand.Perm(len(wrong)) {
		if utf8.RuneCountInString(wrong[i].Text) > utf8.RuneCountInString(right) {
			longer = append(longer, wrong[i])
		} else {
			other = append(other, wrong[i])
		}
	}
	n := min(m.rand.IntN(mostWrong+1), len(longer))
	n = max(n, mostWrong-len(other))
	return append(longer[:n:n], other[:mostWrong-n]...)
}

// exactness counts what makes an option look exact: digits, Latin capitals and
// brackets.
func exactness(s string) int {
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r == '(' || r == '（' {
			n++
		}
	}
	return n
}

// borrow adds answers of other cards: of the same section right above, then of
// the one above that and so on, until there are enough.
func (m *maker) borrow(it *item, s *selection) {
	front := key(it.Front)
	for depth := len(it.Path); depth >= 0 && len(s.wrong) < mostWrong; depth-- {
		near := m.below[placeOf(it.Deck, it.Path[:depth])]
		for o := range m.neighbours(near) {
			if len(s.wrong) == enough {
				break
			}
			if wrongFor(it, o, front) && !s.clashes(o.key()) {
				s.add(Option{Text: o.answer})
			}
		}
	}
}

// neighbours yields at most far of near, from anywhere on.
func (m *maker) neighbours(near []*item) func(yield func(*item) bool) {
	start := m.rand.IntN(len(near))
	return func(yield func(*item) bool) {
		for i := range min(len(near), far) {
			if !yield(near[(start+i)%len(near)]) {
				return
			}
		}
	}
}

// wrongFor reports whether the answer of o is a plausible and wrong one to it,
// whose front has the given key.
func wrongFor(it, o *item, front string) bool {
	switch {
	case o.answer == "" || o.leaf == it.leaf || o.Kind != it.Kind:
		return false
	case shapeOf(o.answer) != shapeOf(it.answer) || !similarLength(o.answer, it.answer):
		return false
	case key(o.Front) == front || strings.Contains(front, o.key()):
		return false
	}
	return !(samePath(it, o) && asksForMembers(it, front))
}

func samePath(a, b *item) bool { return placeOf(a.Deck, a.Path) == placeOf(b.Deck, b.Path) }

// asksForMembers reports whether a question names the section its card is in:
// then whatever else is in there may be right too.
func asksForMembers(it *item, front string) bool {
	if len(it.Path) == 0 {
		return false
	}
	section := key(it.Path[len(it.Path)-1])
	return utf8.RuneCountInString(section) >= 2 && strings.Contains(front, section)
}

// shape tells apart answers that a glance tells apart.
type shape int8

const (
	prose shape = iota
	latin
	figure
)

func shapeOf(s string) shape {
	sh := latin
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			return figure
		case unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r):
			sh = prose
		}
	}
	return sh
}

// similarLength reports whether neither of two answers is more than twice as
// long as the other, a few characters apart.
func similarLength(a, b string) bool {
	const few = 4
	x, y := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	return x <= 2*y+few && y <= 2*x+few
}

// write asks for a typed answer: of cards made for it, and of those whose answer
// is a word or two.
func (m *maker) write(it *item) (Question, bool) {
	if it.Kind != deck.Typed && (it.Kind != deck.Basic || it.answer == "" || effort(it.answer) > short) {
		return Question{}, false
	}
	q := it.question(Write)
	q.Answers = append([]string{it.Back}, it.Accept...)
	q.Free = it.Kind != deck.Typed
	return q, true
}

// short is the effort of the longest answer that is asked to be written.
const short = 24

// effort says how much there is to type: a Chinese character counts two.
func effort(s string) int {
	n := utf8.RuneCountInString(s)
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

// fillIn asks for what a cloze card leaves out. What follows the answer on the
// back belongs to the note.
func (m *maker) fillIn(it *item) (Question, bool) {
	if it.Kind != deck.Cloze {
		return Question{}, false
	}
	q := it.question(FillIn)
	answer, rest, _ := strings.Cut(it.Back, "\n\n")
	q.Answers = append([]string{answer}, it.Accept...)
	if rest != "" {
		q.Note = strings.TrimSpace(rest + "\n\n" + q.Note)
	}
	return q, true
}
