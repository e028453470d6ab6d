package main

import (
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"sync"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/tomlfile"
)

// largeNew is the size of a deck file, in bytes, from which one that is new is not
// held in memory: it has some thousand cards.
const largeNew = 512 << 10

// readSource is what came of reading a deck file.
type readSource struct {
	hash [sha256.Size]byte
	size int
	err  error // when it could not be read
	// large is a large deck file that was checked and not held; nil for any other.
	large *tomlfile.Large
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

// readNew reads a file that may be too large to be held.
func (s source) readNew() readSource {
	if s.seen || s.file.Size < largeNew {
		return s.readAll()
	}
	if s.written != nil {
		return readSource{hash: s.written.Sum, size: int(s.file.Size), large: s.written}
	}
	var large *tomlfile.Large
	err := s.open(func(r io.Reader) (err error) {
		large, err = tomlfile.ReadLarge(s.name(), r, nil)
		return err
	})
	switch {
	case err == nil:
		return readSource{hash: large.Sum, size: int(s.file.Size), large: large}
	case errors.As(err, new(*tomlfile.Error)):
		return readSource{hash: large.Sum, deck: func() (*deck.Deck, error) { return nil, err }}
	}
	return s.readAll() // which finds out what is wrong
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
			r := s.readNew()
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
