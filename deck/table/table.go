// Package table reads and writes cards as tables of text: CSV, TSV, the text
// that Anki exports and the text that Quizlet exports. It stands apart from the
// decks themselves because every program has its own ideas of separators,
// quotes, headers and markup. It reads from an io.Reader and opens no files.
package table

import (
	"errors"
	"io"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

// The limits of what is read.
const (
	// MaxBytes is the size from which a table is refused.
	MaxBytes = 64 << 20
	// MaxRows is the number of rows that a table may have.
	MaxRows = 500_000
	// maxColumns is the number of fields that a row may have.
	maxColumns = 256
)

// Options says what the table does not. The zero Options is usable.
type Options struct {
	// ID, Title and Language are those of the deck. When the table names
	// several decks, they are those of the first, and the others have no ID.
	// A Title that is empty is the deck's name in the table.
	ID              deck.ID
	Title, Language string
	// Separator stands between fields: a text, or one of the words comma,
	// semicolon, tab, space, pipe and colon. It is found out when empty.
	Separator string
	// RowSeparator stands between rows, a line end when empty. With one, quotes
	// have no meaning.
	RowSeparator string
	// Header says whether the first row names the columns.
	Header Header
	// Columns says what the columns are, in either of two forms: the roles in
	// the order of the columns ("front,back,,tags", with nothing or - for a
	// column to be passed over), or for each role its column by name or by
	// number counting from 1 ("front=Question,back=3").
	Columns string
}

// Header says whether a table has a row that names its columns.
type Header int8

// The possibilities. With GuessHeader the first row is a header when it names a
// front or a back and nothing but roles.
const (
	GuessHeader Header = iota
	WithHeader
	WithoutHeader
)

// Report says how a table was read and what became of its rows.
type Report struct {
	// Rows counts the rows that hold data, empty ones and comments left out.
	Rows    int
	Skipped []Skipped
	// Warnings say in a sentence each what could not be kept.
	Warnings []string
	// Separator is the one that was used, and HTML whether the fields were read
	// as HTML.
	Separator string
	HTML      bool
}

// Skipped is a row that made no card.
type Skipped struct {
	// Line is where the row begins, counting from 1.
	Line   int
	Reason string
}

// Error is a place in a table that cannot be read, and why.
type Error = textfile.Error

// Read reads a table and makes a deck for each deck that it names; one when it
// names none. name stands in errors, and its ending is a hint to the separator.
// A table that cannot be read gives an *Error; any other error is one of r's. A
// row that makes no card is skipped and reported. Every entry has an ID: the
// table's own, or a derived one.
func Read(name string, r io.Reader, o Options) ([]*deck.Deck, Report, error) {
	data, err := textfile.Read(name, r, MaxBytes)
	if err != nil {
		return nil, Report{}, err
	}
	return Parse(name, data, o)
}

// Parse does what Read does with a table that is already in memory. Its error
// is always an *Error.
func Parse(name string, data []byte, o Options) ([]*deck.Deck, Report, error) {
	text, err := textfile.Decode(name, data, MaxBytes)
	if err != nil {
		return nil, Report{}, err
	}
	t := &reader{name: name, text: string(text), options: o}
	if err := t.run(); err != nil {
		return nil, t.report, err
	}
	return t.finish(), t.report, nil
}

// Table is a table of one deck of which only the text is held in memory.
type Table struct {
	// Deck is the deck without its leaves.
	Deck    *deck.Deck
	name    string
	text    string
	options Options
	ids     *deck.Identities
}

// ParseOne does what Parse does, but makes the cards only when they are asked for.
// Of a table that names several decks it returns nil.
func ParseOne(name string, data []byte, o Options) (*Table, Report, error) {
	text, err := textfile.Decode(name, data, MaxBytes)
	if err != nil {
		return nil, Report{}, err
	}
	one := &Table{name: name, text: string(text), options: o, ids: deck.NewIdentities()}
	t := one.reader(func(l *deck.Leaf) bool {
		one.ids.State(l)
		return true
	})
	switch err := t.run(); {
	case errors.Is(err, errSeveral):
		return nil, t.report, nil
	case err != nil:
		return nil, t.report, err
	}
	one.Deck = t.finish()[0]
	return one, t.report, nil
}

func (t *Table) reader(take func(*deck.Leaf) bool) *reader {
	return &reader{name: t.name, text: t.text, options: t.options, take: take}
}

// Leaves visits the leaves of the deck, which last until the next one.
func (t *Table) Leaves(yield func(*deck.Leaf) bool) {
	ids := t.ids.Again()
	again := t.reader(func(l *deck.Leaf) bool {
		ids.Fill(l)
		return yield(l)
	})
	_ = again.run() // which fails only where it did not when ParseOne read the same
}

// Likely reports whether data, the beginning of a file, looks like a table, and
// whether it is one beyond doubt: because it has Anki's headers, or because the
// file's name says so. Without either, at least two rows must have the same
// number of fields, two or more, with a tab between them.
func Likely(name string, data []byte) (likely, sure bool) {
	if separatorOfName(name) != "" {
		return true, true
	}
	text, err := textfile.Decode(name, data, MaxBytes)
	if err != nil {
		return false, false
	}
	head, _ := readHeader(string(text))
	if head.any {
		return true, true
	}
	return fieldsAgree(string(text), "\t"), false
}
