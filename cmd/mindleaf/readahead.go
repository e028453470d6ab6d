package main

import (
	"crypto/sha256"
	"errors"
	"io"
	"iter"
	"os"
	"sync"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/spill"
	"github.com/mindleaf/mindleaf/deck/tomlfile"
	"github.com/mindleaf/mindleaf/store"
)

// largeDeckFile is the size of a deck file, in bytes, from which it is not held in
// memory: it has some thousand cards.
const largeDeckFile = 512 << 10

// readSource is what came of reading a deck file.
type readSource struct {
	hash [sha256.Size]byte
	size int
	err  error // when it could not be read
	// large is a large deck file that was checked and not held; nil for any other. cards
	// are its cards when the file was there before.
	large *tomlfile.Large
	cards *store.Cards
	// leaves visits the leaves of a large file without reading it again; nil when it
	// must be read. close is called when that is over.
	leaves iter.Seq[*deck.Leaf]
	close  func() error
	// deck returns the deck in it, or the mistakes; it is parsed once.
	deck func() (*deck.Deck, error)
}

func (s source) readAll() readSource {
	data, err := s.read()
	if err != nil {
		return readSource{err: err}
	}
	return readSource{hash: sha256.Sum256(data), size: len(data),
		deck: sync.OnceValues(func() (*deck.Deck, error) { return tomlfile.Parse(s.name(), data) })}
}

// readBySize reads a file, which may be too large to be held.
func (s source) readBySize() readSource {
	if s.file.Size < largeDeckFile {
		return s.readAll()
	}
	if s.written.Large != nil {
		return readSource{hash: s.written.Sum, size: int(s.file.Size), large: s.written.Large, leaves: s.written.leaves}
	}
	if s.seen {
		if sum, err := s.sum(); err == nil && sum == s.old.Hash {
			return readSource{hash: sum, deck: func() (*deck.Deck, error) {
				read := s.readAll()
				if read.err != nil {
					return nil, read.err
				}
				return read.deck()
			}}
		}
	}
	var large *tomlfile.Large
	var cards *store.Cards
	var see func(*deck.Deck, deck.Card) error
	if s.seen {
		cards = &store.Cards{}
		see = func(in *deck.Deck, c deck.Card) error { return cards.Add(in.ID, c) }
	}
	aside := putAside()
	err := s.open(func(r io.Reader) (err error) {
		large, err = tomlfile.ReadLarge(s.name(), r, aside.add, see)
		return err
	})
	if err == nil {
		if large.Overtaken {
			cards = nil
		}
		return readSource{hash: large.Sum, size: int(s.file.Size), large: large, cards: cards, leaves: aside.leaves(), close: aside.close}
	}
	_ = aside.close() // it was only to save time
	switch {
	case errors.As(err, new(*tomlfile.Error)):
		return readSource{hash: large.Sum, deck: func() (*deck.Deck, error) { return nil, err }}
	}
	return s.readAll() // which finds out what is wrong
}

// sum returns the checksum of the file.
func (s source) sum() (sum [sha256.Size]byte, err error) {
	h := sha256.New()
	err = s.open(func(r io.Reader) error {
		_, err := io.Copy(h, r)
		return err
	})
	h.Sum(sum[:0])
	return sum, err
}

// aside is where the leaves of a large file are put as they are read: to parse them
// again takes far longer than to read them from there. Where that fails, or something
// might be left of it after a kill, they must be parsed again.
type aside struct{ to *spill.Spill }

func putAside() *aside {
	to, err := spill.New("")
	if err != nil {
		return &aside{}
	}
	a := &aside{to}
	if !to.Hidden() {
		_ = a.close()
	}
	return a
}

func (a *aside) add(l *deck.Leaf) error {
	if a.to == nil {
		return nil
	}
	if _, err := a.to.Add(l); err != nil {
		_ = a.close()
	}
	return nil
}

// leaves visits what was added; nil when not all was.
func (a *aside) leaves() iter.Seq[*deck.Leaf] {
	if a.to == nil || a.to.Flush() != nil {
		return nil
	}
	return a.to.All
}

func (a *aside) close() error {
	if a.to == nil {
		return nil
	}
	err := a.to.Close()
	a.to = nil
	return err
}

// cards returns the cards of a large file, which is read again whenever it is asked,
// unless its leaves are at hand.
func (s source) cards(read readSource) store.CardSource {
	large := read.large
	if read.leaves != nil {
		return func([]int) iter.Seq2[deck.Card, error] { return large.CardsOf(read.leaves) }
	}
	return func(lines []int) iter.Seq2[deck.Card, error] {
		return func(yield func(deck.Card, error) bool) {
			going := true
			err := s.open(func(r io.Reader) error {
				for c, err := range large.Cards(r, lines) {
					if going = yield(c, err); !going {
						break
					}
				}
				return nil
			})
			if going && err != nil {
				yield(deck.Card{}, err)
			}
		}
	}
}

// open hands the file to use; it is closed afterwards.
func (s source) open(use func(io.Reader) error) (err error) {
	f, err := os.Open(s.file.Path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return use(f)
}

// readAhead returns a function that returns one of the sources after the other, read.
// While one is indexed the next is read and parsed: half of the time goes into either.
func readAhead(sources []source) (next func() readSource) {
	ahead := make(chan readSource, 1)
	begin := func() {
		if len(sources) == 0 {
			return
		}
		s := sources[0]
		sources = sources[1:]
		go func() {
			r := s.readBySize()
			if r.err == nil && r.large == nil && r.hash != s.old.Hash {
				_, _ = r.deck() // which keeps what comes of it
			}
			ahead <- r
		}()
	}
	begin()
	return func() readSource {
		r := <-ahead
		begin()
		return r
	}
}
