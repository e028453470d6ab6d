package tomlfile

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// ErrWhole says that a deck file must be read whole, by Parse: not all of its leaves and
// cards begin with a header of their own behind everything else, or it holds or nests
// more than it may.
var ErrWhole = errors.New("the deck file must be read whole")

const (
	// blockBytes is about how much of a file stream reads at a time, and
	// blocksAhead how many blocks it parses while others are made use of: enough
	// for both processors to have work while hundreds of cards go into the store.
	blockBytes  = 32 << 10
	blocksAhead = 8
)

// stream reads the deck file that r holds block by block, checks it, and gives take
// the leaves in the order of the file, with the deck without leaves and the identities
// so far, both of which it also returns. After an error what take was given means
// nothing: an *Error lists every problem, as Parse would; any other is ErrWhole, take's
// or r's.
func stream(name string, r io.Reader, size int, take func(*deck.Deck, *deck.Identities, *deck.Leaf) error) (*deck.Deck, *deck.Identities, error) {
	var head *deck.Deck
	var problems []Problem
	var noText, noTOML *Problem
	v := deck.NewValidator()
	err := eachBlock(name, r, size, nil, func(b *parsedBlock) error {
		noText, noTOML = cmp.Or(noText, b.noText), cmp.Or(noTOML, b.noTOML)
		if noText != nil || noTOML != nil {
			return nil // but what is worse may come
		}
		problems = append(problems, b.problems...)
		leaves := b.deck.Leaves
		if head == nil {
			head, b.deck.Leaves = b.deck, nil
			v.Head(head)
		}
		for i := range leaves {
			v.Leaf(&leaves[i])
			if err := take(head, v.IDs, &leaves[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	if worst := cmp.Or(noText, noTOML); worst != nil {
		return nil, nil, &Error{Problems: []Problem{*worst}}
	}
	return head, v.IDs, sorted(name, problems, v.Problems)
}

// eachBlock parses the blocks of a file, some at a time, and gives them to use one
// after another. Given lines, in their order, it parses of leaves and of cards that
// stand alone only those that hold one of them.
func eachBlock(name string, r io.Reader, size int, lines []int, use func(*parsedBlock) error) error {
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
			go func() { done <- read.parse(name, lines) }()
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
	// open says that a text is not closed on its line, in it or before it. Behind that
	// there is no layout.
	open bool
}

// parsedBlock is what a block holds: its leaves in a deck, which is the one of the
// file if the block is the first.
type parsedBlock struct {
	deck     *deck.Deck
	problems []Problem
	// noText and noTOML are the first problems that keep it from being text or TOML.
	noText, noTOML *Problem
}

// parse returns nil when the file must be read whole.
func (b block) parse(name string, lines []int) *parsedBlock {
	if p := checkBytes(name, b.text); p != nil {
		if !b.first && looksUTF16(b.text) {
			return nil // of the whole file only the beginning tells
		}
		p.Line += b.before
		return &parsedBlock{noText: p}
	}
	if b.layout == nil {
		return &parsedBlock{}
	}
	d := decoder{name: name, layout: b.layout, places: newLocator(b.text)}
	d.places.before = b.before
	out := &deck.Deck{}
	var err error
	if lines != nil {
		b.elements = d.holding(lines, b.elements)
	} else if b.first {
		end := len(b.text)
		if len(b.elements) > 0 {
			end = b.elements[0].at
		}
		if out, err = d.head(b.text[:end]); err != nil {
			return b.broken(name, 0, err)
		}
	}
	leaves, at, err := d.pieces(b.text, b.elements, pieceBytes)
	if err != nil {
		return b.broken(name, at, err)
	}
	if at := b.layout.open; 0 <= at && at < len(b.text) {
		return nil
	}
	join(out, leaves)
	return &parsedBlock{deck: out, problems: d.problems}
}

// broken returns the problem of a block in which the piece at an offset is not TOML,
// nil when only the whole file shows it. What comes after the piece belongs to the
// message.
func (b block) broken(name string, at int, err error) *parsedBlock {
	if errors.Is(err, ErrWhole) || b.layout.stray {
		return nil
	}
	from := strings.LastIndexByte(b.text[:at], '\n') + 1
	text := strings.ReplaceAll(b.text[from:], "\r\n", "\n")
	if _, err = decodeTOML(text); err == nil {
		return nil
	}
	p := syntaxProblem(name, text, err)
	p.Line += b.before + strings.Count(b.text[:from], "\n")
	return &parsedBlock{noTOML: &p}
}

// holding returns the elements that hold one of the lines, which are in order.
func (d *decoder) holding(lines []int, elements []element) (some []element) {
	for _, e := range elements {
		first, last := d.places.pos(e.at).Line, d.places.pos(e.end-1).Line
		if i, _ := slices.BinarySearch(lines, first); i < len(lines) && lines[i] <= last {
			some = append(some, e)
		}
	}
	return some
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
		found := block{first: b.read == len(b.rest), before: b.lines, open: b.open}
		length := len(b.rest)
		if !b.ended {
			length = bytes.LastIndexByte(b.rest, '\n') + 1 // half a header may pass for another one
		}
		if length == 0 && !b.ended {
			continue
		}
		found.text = string(b.rest[:length])
		if b.open {
			return b.take(found, length)
		}
		if found.first {
			found.text = strings.TrimPrefix(found.text, byteOrderMark)
		}
		mark := length - len(found.text)
		found.layout = scan(found.text)
		elements, ok := elementsOf(found.layout, len(found.text))
		found.open = found.layout.openLine(found.text)
		if !ok && (b.ended && !found.open || len(elements) > 0) || found.layout.limited() {
			b.err = ErrWhole
			return false
		}
		if !b.ended && !found.open {
			if len(elements) < 2 {
				continue
			}
			last := len(elements) - 1
			found.text = found.text[:strings.LastIndexByte(found.text[:elements[last].at], '\n')+1]
			elements[last-1].end = len(found.text)
			elements = elements[:last]
		}
		found.elements = elements
		if b.values += len(found.layout.nodes); b.values > maxValues {
			b.err = ErrWhole
			return false
		}
		return b.take(found, mark+len(found.text))
	}
}

// take makes the next bytes the block.
func (b *blocks) take(found block, length int) bool {
	b.block = found
	b.rest = b.rest[length:]
	b.lines += strings.Count(found.text, "\n")
	return true
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
		return tooLarge(b.name)
	}
	return nil
}
