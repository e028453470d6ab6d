package tomlfile

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// File is a deck file that can be edited. An edit changes what it says it
// changes; every other byte stays as the author wrote it.
type File struct {
	name string
	mark string // the byte order mark, when the file has one
	*parsed
}

// Load reads a deck file for editing. Its error is always an *Error.
func Load(name string, data []byte) (*File, error) {
	p, err := parse(name, data)
	if err != nil {
		return nil, err
	}
	f := &File{name: name, parsed: p}
	if len(p.text) < len(data) {
		f.mark = byteOrderMark
	}
	return f, nil
}

// Deck returns the deck that the file holds. It must not be changed, and an
// edit of the file replaces it.
func (f *File) Deck() *deck.Deck { return f.deck }

// Bytes returns the file as it is now.
func (f *File) Bytes() []byte { return []byte(f.mark + f.text) }

// FillIDs states the id of every entry that has none, so that its cards keep
// their identity when they are reworded or moved later, and returns how many
// it stated. The identity of every card stays as it is. After an error the
// file is unchanged.
func (f *File) FillIDs() (int, error) {
	cards := f.deck.Cards()
	derived := make(map[*deck.Entry]string)
	for _, c := range cards {
		if c.Derived {
			derived[c.Entry], _, _ = strings.Cut(string(c.ID), "~")
		}
	}
	if len(derived) == 0 {
		return 0, nil
	}
	var edits []insertion
	n := 0
	for i := range f.deck.Leaves {
		for j := range f.deck.Leaves[i].Entries {
			if id, ok := derived[&f.deck.Leaves[i].Entries[j]]; ok {
				edits = append(edits, f.idInsertion(f.spots[n], id))
			}
			n++
		}
	}
	if err := f.replace(insert(f.text, edits)); err != nil {
		return 0, fmt.Errorf("filling in ids of %s: %w", f.name, err)
	}
	return len(edits), nil
}

// replace makes text the file's text if it holds the cards that the file has
// now, with the same identities, followed by others or none.
func (f *File) replace(text string) error {
	p, err := parse(f.name, []byte(text))
	if err != nil {
		return err
	}
	before, after := f.deck.Cards(), p.deck.Cards()
	if len(after) < len(before) || !slices.EqualFunc(before, after[:len(before)], sameCard) {
		return errors.New("the edit would change other cards")
	}
	f.parsed = p
	return nil
}

func sameCard(a, b deck.Card) bool {
	return a.ID == b.ID && a.Kind == b.Kind && a.Front == b.Front && a.Back == b.Back
}

// Append adds a leaf with its entries at the end of the file, in the form that
// Write gives it. A leaf without text becomes a card that stands alone. After
// an error the file is unchanged.
func (f *File) Append(leaf deck.Leaf) error {
	if err := f.append(&leaf); err != nil {
		return fmt.Errorf("adding to %s: %w", f.name, err)
	}
	return nil
}

// AppendCard adds a card that stands alone at the end of the file.
func (f *File) AppendCard(e deck.Entry) error {
	return f.Append(deck.Leaf{Entries: []deck.Entry{e}})
}

func (f *File) append(leaf *deck.Leaf) error {
	if err := writableLeaf(leaf); err != nil {
		return err
	}
	text := f.text
	if !strings.HasSuffix(text, "\n") {
		text += f.newline()
	}
	added := printLeaf(leaf)
	if strings.HasSuffix(text, "\n\n") || strings.HasSuffix(text, "\n\r\n") {
		added = strings.TrimPrefix(added, "\n")
	}
	return f.replace(text + strings.ReplaceAll(added, "\n", f.newline()))
}

// newline returns the line end of the file's first line.
func (f *File) newline() string {
	if i := strings.IndexByte(f.text, '\n'); i > 0 && f.text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}
