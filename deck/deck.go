// Package deck says what a deck, a leaf, an entry and a card are, and whether
// they are valid. It stands apart from the file formats that hold decks and
// from scheduling: it does no I/O and knows no clock.
package deck

// ID names a deck. It is the first half of a card's identity in the store.
type ID string

// CardID names a card within its deck. Progress belongs to it.
type CardID string

// Pos is a place in a deck file. Line and Column count from 1, Column in runes;
// the zero Pos means the place is unknown.
type Pos struct {
	Line, Column int
}

// Deck is a named set of leaves with their entries, in the order of the map.
type Deck struct {
	// Format is the version of the deck format, 1 today; 0 means not stated.
	Format int
	// ID is the deck's identity. A reader fills it from the file's name when
	// the file does not state it.
	ID ID
	// Title is what people see; never empty in a valid deck.
	Title string
	// Language is a BCP 47 tag such as "zh" or "en", "" when not stated. Decks
	// that share an ID and differ in Language are versions of each other.
	Language string
	// About describes the deck in a sentence or two; optional.
	About  string
	Leaves []Leaf
	Pos    Pos
}

// Leaf is one fact of the map: a node without children, with the entries made
// from it. A [[card]] that stands alone in a deck file is a Leaf without Text.
type Leaf struct {
	// Path holds the sections above the leaf, outermost first, without the
	// deck's title; empty for a card that stands alone.
	Path []string
	// Text is the leaf as the map has it; "" for a card that stands alone.
	Text string
	// Level is the stage of the path at which the leaf is learned.
	Level   Level
	Entries []Entry
	Pos     Pos
}

// Alone reports whether l is a card that stands alone, without a leaf of a map.
func (l *Leaf) Alone() bool { return l.Text == "" }

// Option is a plausible wrong answer. Why says why it is wrong; optional.
type Option struct {
	Text string
	Why  string
}

// Entry is one card table of a deck file as its author wrote it. It makes one
// card, or several when its Kind is Reversed or Cloze.
type Entry struct {
	// ID is the stated identity, "" when the file leaves it out.
	ID    CardID
	Kind  Kind
	Front string
	// Back is the answer. For a List it has one line for each element, in
	// order; for a Cloze it may be empty.
	Back    string
	Note    string
	Source  string
	Choices []Option
	Accept  []string
	Tags    []string
	Media   []string
	Pos     Pos
}

// Card is one question, scheduled on its own. Front and Back are ready to be
// shown: a Cloze card's blank is already cut out of its Front.
type Card struct {
	// ID is unique within the deck and never empty.
	ID CardID
	// Derived reports that ID was worked out from the card's place and wording
	// because the file states none.
	Derived bool
	// Kind is Basic for both cards of a Reversed entry.
	Kind        Kind
	Front, Back string
	// Entry and Leaf are what the card was made from; neither is nil.
	Entry *Entry
	Leaf  *Leaf
}
