package quiz

import "github.com/mindleaf/mindleaf/deck"

// way makes questions of one sort.
type way struct {
	// ask makes one about an item; false when it cannot.
	ask func(*item) (Question, bool)
	// made reports whether an item was made for such questions; those that were
	// not come after them. Nil when none was.
	made func(*item) bool
	// costly says that ask takes long even where it cannot.
	costly bool
}

// order returns items with those that w has a preference for first.
func (w way) order(items []*item) []*item {
	if w.made == nil {
		return items
	}
	var first, then []*item
	for _, it := range items {
		if w.made(it) {
			first = append(first, it)
		} else {
			then = append(then, it)
		}
	}
	return append(first, then...)
}

// ways returns the sorts of question of a kind of quiz in the order in which
// they take turns.
func (m *maker) ways(k Kind) []way {
	choose := way{ask: m.choose, made: func(it *item) bool { return len(it.Choices) >= leastWrong }, costly: true}
	write := way{ask: m.write, made: func(it *item) bool { return it.Kind == deck.Typed }}
	fillIn, tree := way{ask: m.fillIn}, way{ask: m.fromTree, costly: true}
	switch k {
	case Choice:
		return []way{choose, choose, choose, tree}
	case Typed:
		return []way{write}
	case Cloze:
		return []way{fillIn}
	case Facts:
		return []way{choose}
	}
	return []way{choose, write, tree, fillIn}
}

// source offers the questions of one sort in a fixed order.
type source struct {
	way
	order []*item
	at    int
	// again says that leaves may be asked a second time.
	again bool
}

// dealer lets sources take turns and keeps them from asking the same again.
type dealer struct {
	cards  map[int64]bool
	leaves map[string]bool
}

func (d *dealer) deal(sources []*source, count int) []Question {
	var out []Question
	for len(sources) > 0 && len(out) < count {
		left := sources[:0:0]
		for _, s := range sources {
			if len(out) == count {
				break
			}
			if q, ok := d.next(s); ok {
				out = append(out, q)
				left = append(left, s)
			}
		}
		sources = left
	}
	return out
}

// patience is how many items in a row may make no question before a source
// counts as empty.
const patience = 100

// next returns the next question of s; false when there is none any more.
func (d *dealer) next(s *source) (Question, bool) {
	failed := 0
	for {
		for s.at < len(s.order) {
			it := s.order[s.at]
			s.at++
			if d.cards[it.Key] || d.leaves[it.leaf] && !s.again {
				continue
			}
			if q, ok := s.ask(it); ok && !d.cards[q.Card] {
				d.cards[it.Key], d.cards[q.Card], d.leaves[it.leaf] = true, true, true
				return q, true
			}
			if s.costly {
				if failed++; failed == patience {
					return Question{}, false
				}
			}
		}
		if s.again {
			return Question{}, false
		}
		s.at, s.again = 0, true
	}
}
