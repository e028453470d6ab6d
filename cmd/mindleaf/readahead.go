package main

import (
	"crypto/sha256"
	"sync"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/tomlfile"
)

// readSource is what came of reading a deck file.
type readSource struct {
	hash [sha256.Size]byte
	size int
	err  error // when it could not be read
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
			r := s.readAll()
			if r.err == nil && r.hash != s.old.Hash {
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
