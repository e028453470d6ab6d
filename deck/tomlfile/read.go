// Package tomlfile reads and writes deck files: decks as people keep them, in
// TOML. It owns the format, the place of every problem in a file, and edits
// that leave the rest of a file as its author wrote it. It stands apart from
// deck, which says what a deck is, and is the only place that knows TOML.
package tomlfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// MaxBytes is the size of the largest deck file that is read.
const MaxBytes = 32 << 20

// Read reads the deck file that r holds. What is wrong with the file comes
// back as an *Error that lists every problem; any other error is one of r's.
// Name is the file's name: it stands in the problems, and a deck that states
// no id or no language gets them from it, as llm-basics.zh.toml gives the id
// "llm-basics" and the language "zh".
func Read(name string, r io.Reader) (*deck.Deck, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading deck %s: %w", name, err)
	}
	return Parse(name, data)
}

// Parse does what Read does with a file that is already in memory. Its error
// is always an *Error.
func Parse(name string, data []byte) (*deck.Deck, error) {
	var leaves []deck.Leaf
	d, _, err := stream(name, bytes.NewReader(data), blockBytes, func(_ *deck.Deck, _ *deck.Identities, l *deck.Leaf) error {
		leaves = append(leaves, *l)
		return nil
	})
	if err == nil {
		d.Leaves = leaves
	}
	if !errors.Is(err, ErrWhole) {
		return d, err
	}
	p, err := parseBy(parseWhole, name, data)
	if err != nil {
		return nil, err
	}
	return p.deck, nil
}

// parsed is a deck together with the places of its entries in the text.
type parsed struct {
	deck   *deck.Deck
	text   string // the file without a byte order mark
	layout *layout
	// spots holds the node of each entry, in the order of the deck.
	spots []int32
}

func parse(name string, data []byte) (*parsed, error) { return parseBy(parseSparing, name, data) }

// parseBy has a file parsed that is text and can be scanned.
func parseBy(how func(name, text string, lay *layout) (*parsed, error), name string, data []byte) (*parsed, error) {
	if len(data) > MaxBytes {
		return nil, tooLarge(name)
	}
	text := strings.TrimPrefix(string(data), byteOrderMark)
	if p := checkBytes(name, text); p != nil {
		return nil, &Error{Problems: []Problem{*p}}
	}
	lay := scan(text)
	if p := lay.refused(name, text); p != nil {
		return nil, &Error{Problems: []Problem{*p}}
	}
	return how(name, text, lay)
}

// parseSparing parses in pieces what can be.
func parseSparing(name, text string, lay *layout) (*parsed, error) {
	if p := parsePieces(name, text, lay, pieceBytes); p != nil {
		return p, nil
	}
	return parseWhole(name, text, lay)
}

// parseWhole parses a text that can be scanned. It has each problem in its place.
func parseWhole(name, text string, lay *layout) (*parsed, error) {
	doc, err := decodeTOML(text)
	if err != nil {
		return nil, &Error{Problems: []Problem{syntaxProblem(name, strings.ReplaceAll(text, "\r\n", "\n"), err)}}
	}
	d := decoder{name: name, layout: lay, places: newLocator(text)}
	p := &parsed{text: text, layout: lay}
	p.deck, p.spots = d.document(doc)
	if err := sorted(name, d.problems, p.deck.Validate()); err != nil {
		return nil, err
	}
	return p, nil
}

// sorted returns an *Error with what was found wrong with the file and with the deck
// in it, nil when that is nothing.
func sorted(name string, inFile []Problem, inDeck []deck.Problem) error {
	for _, p := range inDeck {
		inFile = append(inFile, Problem{name, p.Pos.Line, p.Pos.Column, p.Message, hintFor(p)})
	}
	if len(inFile) == 0 {
		return nil
	}
	slices.SortStableFunc(inFile, comparePlace)
	return &Error{Problems: inFile}
}

// hintFor returns the hint of v, a better one where the file's form is what
// brought the problem about.
func hintFor(v deck.Problem) string {
	if strings.HasSuffix(v.Message, "U+0008") || strings.HasSuffix(v.Message, "U+000C") {
		return `\b and \f in double quotes are control characters; put the text in single quotes: '\frac'`
	}
	return v.Hint
}
