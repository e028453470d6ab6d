// Package quiz makes questions from cards and from the tree they hang on, and
// says how an answer compares with the right one. It stands apart from review:
// a quiz finds out where a learner stands and schedules nothing. It is pure:
// the same cards, settings and seed make the same quiz everywhere.
package quiz

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// Card is what a quiz needs to know of a card.
type Card struct {
	// Key is the store's key of the card, above 0.
	Key  int64
	Deck deck.ID
	// Path holds the sections above the card, outermost first.
	Path                      []string
	Leaf                      string
	Level                     deck.Level
	Kind                      deck.Kind
	Front, Back, Note, Source string
	Choices                   []deck.Option
	Accept                    []string
}

// Kind says what questions a quiz has.
type Kind int8

// The kinds of quiz. A Mixed one has as many questions of each sort as there
// are: choices, the tree, typed answers, cloze. A Choice one has a question from
// the tree after three from cards; a Facts one has none from the tree.
const (
	Mixed Kind = iota
	Choice
	Typed
	Cloze
	Facts
)

var kindNames = [...]string{"mixed", "choice", "typed", "cloze", "facts"}

// String returns the word for k.
func (k Kind) String() string { return kindNames[k] }

// ParseKind reads mixed, choice, typed or cloze. Any other word is an error that
// lists the right ones.
func ParseKind(word string) (Kind, error) {
	for k, name := range kindNames[:Facts] {
		if name == word {
			return Kind(k), nil
		}
	}
	return Mixed, fmt.Errorf("unknown kind %q: use choice, typed, cloze or mixed", word)
}

// Form is the way a question is asked.
type Form int8

// The forms of question. Belong, Odd and Complete are about the tree; their
// words are the interface's.
const (
	Choose   Form = iota // pick the answer to Text
	Write                // write the answer to Text
	FillIn               // write what is left out of Text
	Belong               // pick the section that Subject belongs to
	Odd                  // pick what is not one of Subject
	Complete             // pick what is missing in the list Given of Subject or Text
)

// Typed reports whether the answer is written rather than picked.
func (f Form) Typed() bool { return f == Write || f == FillIn }

// Option is one thing to pick. Why says why it is wrong; optional.
type Option struct{ Text, Why string }

// Question is one question of a quiz.
type Question struct {
	Form Form
	// Card is the key of the card that is asked, of a question about the tree
	// the first card of the leaf it is about.
	Card int64
	// Deck, Path and Level are where the question belongs in a result.
	Deck  deck.ID
	Path  []string
	Level deck.Level
	// Text is the question as the card has it; "" when it is about the tree.
	Text string
	// Subject is what a question about the tree is about.
	Subject string
	// Given are the other elements of the list in a Complete question.
	Given []string
	// Options are to pick from and Right is the index of the right one.
	Options []Option
	Right   int
	// Answers are the right answers to write; the first is the one to show.
	Answers []string
	// Free says that the answer has no fixed wording, so that only the learner
	// can tell whether another one is right.
	Free         bool
	Note, Source string
}

// Settings say what quiz to make.
type Settings struct {
	Kind Kind
	// Count is the number of questions, fewer when there are not enough.
	Count int
	Seed  uint64
}

// Make makes a quiz about the cards of pool that asked accepts. Wrong options
// come from all of pool, which must be in the order of the map. No card is asked
// twice, and no leaf while there are others.
func Make(pool []Card, asked func(*Card) bool, s Settings) []Question {
	m := newMaker(pool, s.Seed)
	var order []*item
	for i := range m.items {
		if asked(m.items[i].Card) {
			order = append(order, &m.items[i])
		}
	}
	m.rand.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	var sources []*source
	for _, w := range m.ways(s.Kind) {
		sources = append(sources, &source{way: w, order: w.order(order)})
	}
	d := dealer{cards: make(map[int64]bool), leaves: make(map[string]bool)}
	questions := d.deal(sources, s.Count)
	m.rand.Shuffle(len(questions), func(i, j int) { questions[i], questions[j] = questions[j], questions[i] })
	return questions
}

// maker makes one quiz.
type maker struct {
	rand  *rand.Rand
	items []item
	// below holds, by place, the items there and deeper.
	below map[string][]*item
	trees map[deck.ID]*node
}

// item is a card with what is worked out of it once.
type item struct {
	*Card
	// answer is Back as an option, "" when it cannot be one.
	answer string
	leaf   string // identity of the leaf; of the card when it stands alone
	folded string // of answer, once it was asked for
}

// key is the key of the answer.
func (it *item) key() string {
	if it.folded == "" && it.answer != "" {
		it.folded = key(it.answer)
	}
	return it.folded
}

func newMaker(pool []Card, seed uint64) *maker {
	m := &maker{
		rand:  rand.New(rand.NewPCG(seed, 0x6d696e646c656166)),
		items: make([]item, len(pool)), below: make(map[string][]*item), trees: make(map[deck.ID]*node),
	}
	for i := range pool {
		c := &pool[i]
		it := &m.items[i]
		*it = item{Card: c, answer: optionText(c), leaf: placeOf(c.Deck, c.Path) + "\x00" + c.Leaf}
		if c.Leaf == "" {
			it.leaf = fmt.Sprint(c.Key)
		}
		for depth := range len(c.Path) + 1 {
			at := placeOf(c.Deck, c.Path[:depth])
			m.below[at] = append(m.below[at], it)
		}
		m.plant(it)
	}
	return m
}

func placeOf(id deck.ID, path []string) string {
	return string(id) + "\x00" + strings.Join(path, "\x01")
}

// maxOptionRunes is the longest answer that can be an option.
const maxOptionRunes = 120

// optionText is the answer of c as an option, "" when it cannot be one.
func optionText(c *Card) string {
	text := strings.TrimSpace(c.Back)
	if c.Kind == deck.Cloze || c.Kind == deck.List || strings.Contains(text, "\n") || len([]rune(text)) > maxOptionRunes {
		return ""
	}
	return text
}

// question returns a question that is about it.
func (it *item) question(f Form) Question {
	return Question{
		Form: f, Card: it.Key, Deck: it.Deck, Path: it.Path, Level: max(it.Level, deck.Beginner),
		Text: it.Front, Note: it.Note, Source: it.Source,
	}
}
