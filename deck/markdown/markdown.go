// Package markdown reads and writes cards as people keep them in Markdown notes:
// Q:, A: and C: as in hashcards, "front::back" lines as in repeater, and the
// ?, ?? and ==cloze== of Obsidian's spaced repetition. It stands apart because
// it reads lines and marks, not the structure that a Markdown renderer sees. It
// reads from an io.Reader and opens no files.
package markdown

import (
	"io"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

// MaxBytes is the size from which a file is refused.
const MaxBytes = 32 << 20

// Options says what the file does not. The zero Options is usable.
type Options struct {
	// ID, Title and Language are those of the deck. An empty Title is taken
	// from the front matter, or else from the only heading of the first level,
	// and stays empty where there is neither.
	ID              deck.ID
	Title, Language string
}

// Report says what was found beside the cards.
type Report struct {
	// Skipped lists what made no card, in the order of the file.
	Skipped []Skipped
	// Warnings say in a sentence each what could not be kept.
	Warnings []string
}

// Skipped is a piece of the file that made no card. Line and Column count from
// 1, Column in runes.
type Skipped struct {
	Line, Column int
	Reason       string
}

// Error is a place in a file that cannot be read, and why.
type Error = textfile.Error

// Read reads the cards of a Markdown file. Headings become the path of the cards
// below them. Every entry has an ID. name stands in errors. A file that cannot
// be read, or has no card, gives an *Error; any other error is one of r's. Text
// that is no card is reported.
//
//	Q: front, over any number of lines
//	A: back, up to the next card, heading or ---
//
//	> a quote at its end is the note
//
//	C: a text with [blanks], or {{blanks::and hints}}
//
//	front::back     front:::back (asked both ways)
//
//	front, over several lines
//	?               or ?? (asked both ways)
//	back, up to an empty line
//
//	a paragraph with ==blanks==
func Read(name string, r io.Reader, o Options) (*deck.Deck, Report, error) {
	data, err := textfile.Read(name, r, MaxBytes)
	if err != nil {
		return nil, Report{}, err
	}
	return Parse(name, data, o)
}

// Parse does what Read does with a file that is already in memory. Its error is
// always an *Error.
func Parse(name string, data []byte, o Options) (*deck.Deck, Report, error) {
	text, err := textfile.Decode(name, data, MaxBytes)
	if err != nil {
		return nil, Report{}, err
	}
	r := &reader{deck: &deck.Deck{Format: 1, ID: o.ID, Title: o.Title, Language: o.Language}}
	r.document(string(text))
	if len(r.deck.Leaves) == 0 {
		e := &Error{Name: name, Message: "no cards", Hint: "write Q: and A:, or front::back"}
		if len(r.report.Skipped) > 0 {
			first := r.report.Skipped[0]
			e.Line, e.Column, e.Message = first.Line, first.Column, "no cards; "+first.Reason
		}
		return nil, r.report, e
	}
	r.deck.StateIDs()
	return r.deck, r.report, nil
}

// Likely reports whether data, the beginning of a file, has cards in it, and
// whether that is beyond doubt: because an A: follows a Q:, or a C: has a blank.
// List items such as "std::vector" are names in an outline of a program's parts,
// unless all items of the file have their colons between words and no front twice.
func Likely(data []byte) (likely, sure bool) {
	asked, fence := false, fence{}
	items, fronts := 0, make(map[string]bool)
	for line := range strings.Lines(strings.ToValidUTF8(string(data), "")) {
		line = strings.TrimRight(line, "\r\n")
		if fence.inside(line) {
			continue
		}
		switch mark, rest := marked(line); {
		case mark == 'Q':
			asked = true
		case mark == 'A' && asked:
			return true, true
		case mark == 'C' && len(deck.Blanks(fromBrackets(rest))) > 0:
			return true, true
		}
		front, _, _, ok := oneLiner(line)
		if bullet.MatchString(line) {
			items++
		}
		if ok && scoped.MatchString(line) {
			fronts[front] = true
		} else if ok || isSplit(line) {
			likely = true
		}
	}
	return likely || len(fronts) > 0 && len(fronts) == items, false
}
