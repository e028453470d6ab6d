package deck

import "fmt"

// Kind is the way an entry of a deck file asks its questions.
type Kind int8

// The kinds of entry. A Reversed entry makes two cards, a Cloze entry one card
// for each {{blank}}, every other kind one card.
const (
	Basic Kind = iota
	Reversed
	Cloze
	List
	Choice
	Typed
)

var kindNames = [...]string{"basic", "reversed", "cloze", "list", "choice", "typed"}

// String returns the word used for k in deck files.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return fmt.Sprintf("kind(%d)", int8(k))
	}
	return kindNames[k]
}

// ParseKind reads the word that String writes; "" gives Basic. Any other word
// is an error that lists the right ones.
func ParseKind(s string) (Kind, error) {
	if s == "" {
		return Basic, nil
	}
	for k, name := range kindNames {
		if s == name {
			return Kind(k), nil
		}
	}
	return Basic, fmt.Errorf("unknown kind %q: use basic, reversed, cloze, list, choice or typed", Shorten(s))
}
