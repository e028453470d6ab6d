package tomlfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// ErrWhole says that a deck file must be read whole, by Parse: it is no TOML, or not
// all of its leaves and cards begin with a header of their own behind everything else,
// or only the whole file shows where a problem is.
var ErrWhole = errors.New("the deck file must be read whole")

const (
	// blockBytes is about how much of a file stream reads at a time, and
	// blocksAhead how many blocks it parses while others are made use of: enough
	// for both processors to have work while hundreds of cards go into the store.
	blockBytes  = 32 << 10
	blocksAhead = 8
)

// stream reads the deck file that r holds block by block, checks it, and gives take
// the leaves of each block in the order of the file. It returns the deck without
// leaves. After an error what take was given means nothing: an *Error lists every
// problem, as Parse would; any other is ErrWhole, take's or r's.
func stream(name string, r io.Reader, size int, take func([]deck.Leaf) error) (*deck.Deck, *deck.Identities, error) {
	var head *deck.Deck
	var problems []Problem
	v := deck.NewValidator()
	err := eachBlock(name, r, size, func(b *parsedBlock) error {
		problems = append(problems, b.problems...)
		leaves := b.deck.Leaves
		if head == nil {
			head, b.deck.Leaves = b.deck, nil
			v.Head(head)
		}
		for i := range leaves {
			v.Leaf(&leaves[i])
		}
		if v.Twice {
			return ErrWhole
		}
		return take(leaves)
	})
	if err != nil {
		return nil, nil, err
	}
	return head, v.IDs, sorted(name, problems, v.Problems)
}

// eachBlock parses the blocks of a file, some at a time, and gives them to use one
// after another.
func eachBlock(name string, r io.Reader, size int, use func(*parsedBlock) error) error {
	b := blocks{name: name, from: r, size: size}
	stop, queue := make(chan struct{}), make(chan chan *parsedBlock, blocksAhead)
	go func() {
		defer close(queue)
		for b.next() {
			read, done := b.block, make(chan *parsedBlock, 1)
			select {
			case queue <- done:
			case <-stop:
				return
			}
			go func() { done <- read.parse(name) }()
		}
	}()
	defer func() {
		close(stop)
		for range queue { // until nobody reads from r any more
		}
	}()
	for done := range queue {
		parsed := <-done
		if parsed == nil {
			return ErrWhole
		}
		if err := use(parsed); err != nil {
			return err
		}
	}
	return b.err
}

// block is a part of a file that begins with a line and holds whole leaves and
// cards; the first one holds what comes before them too.
type block struct {
	first    bool
	text     string
	before   int // the lines of the file before it
	layout   *layout
	elements []element
}

// parsedBlock is what a block holds: its leaves in a deck, which is the one of the
// file if the block is the first.
type parsedBlock struct {
	deck     *deck.Deck
	problems []Problem
}

// parse returns nil when the file must be read whole.
func (b block) parse(name string) *parsedBlock {
	if checkBytes(name, b.text) != nil {
		return nil
	}
	d := decoder{name: name, layout: b.layout, places: newLocator(b.text)}
	d.places.before = b.before
	out := &deck.Deck{}
	if b.first {
		out = d.head(b.text[:b.elements[0].at])
	}
	leaves, ok := d.pieces(b.text, b.elements, pieceBytes)
	if out == nil || !ok {
		return nil
	}
	join(out, leaves)
	return &parsedBlock{out, d.problems}
}

// blocks divides a file into blocks.
type blocks struct {
	name string
	from io.Reader
	size int
	// block is the one that next found, and err why it found none.
	block
	err error
	// rest was read but not yet divided; it begins after lines lines of the file.
	rest  []byte
	lines int
	ended bool // whether rest is all that is left
	// read counts the bytes, and values the nodes of the blocks: what Parse
	// refuses for its size is left to it.
	read, values int
}

// next finds the next block. It looks at more and more until one has come to its
// end, which is where the leaf or card after it begins.
func (b *blocks) next() bool {
	if b.err != nil || b.ended && len(b.rest) == 0 {
		return false
	}
	for size := max(b.size, 2*len(b.rest)); ; size *= 2 {
		if b.err = b.fill(size); b.err != nil {
			return false
		}
		found := block{first: b.read == len(b.rest), before: b.lines}
		length := len(b.rest)
		if !b.ended {
			length = bytes.LastIndexByte(b.rest, '\n') + 1 // half a header may pass for another one
		}
		found.text = string(b.rest[:length])
		if found.first {
			found.text = strings.TrimPrefix(found.text, byteOrderMark)
		}
		mark := length - len(found.text)
		found.layout = scan(found.text)
		elements, ok := elementsOf(found.layout)
		if !ok && (b.ended || len(elements) > 0) || found.layout.limited() || b.ended && found.layout.open >= 0 {
			b.err = ErrWhole
			return false
		}
		if !b.ended {
			if len(elements) < 2 {
				continue
			}
			last := len(elements) - 1
			found.text = found.text[:strings.LastIndexByte(found.text[:elements[last].at], '\n')+1]
			elements = elements[:last]
		}
		found.elements = elements
		if b.values += len(found.layout.nodes); b.values > maxValues {
			b.err = ErrWhole
			return false
		}
		b.block = found
		b.rest = b.rest[mark+len(found.text):]
		b.lines += strings.Count(found.text, "\n")
		return true
	}
}

// fill reads until rest has size bytes or the file ends.
func (b *blocks) fill(size int) error {
	if b.ended || len(b.rest) >= size {
		return nil
	}
	grown := make([]byte, size)
	n := copy(grown, b.rest)
	more, err := io.ReadFull(b.from, grown[n:])
	b.rest = grown[:n+more]
	b.read += more
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		b.ended = true
	case err != nil:
		return fmt.Errorf("reading deck %s: %w", b.name, err)
	}
	if b.read > MaxBytes {
		return ErrWhole
	}
	return nil
}
