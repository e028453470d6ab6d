package store

import (
	"slices"
	"testing"
)

// FuzzNoted reads notes of a merge that may be damaged.
func FuzzNoted(f *testing.F) {
	var n noted
	for i, e := range floodLog("other", "1", "2") {
		n.add(int64(i/floodReviews), e.Key)
	}
	f.Add(n.pack())
	f.Add([]byte{2, 0xff, 0xff, 0xff, 0xff, 0x0f, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		read, whole := unpackNoted(b)
		if !whole {
			return
		}
		if again, whole := unpackNoted(read.pack()); !whole || !slices.Equal(again.pack(), read.pack()) {
			t.Errorf("%x is %+v, and then %+v, whole: %v", b, read, again, whole)
		}
	})
}

// FuzzPage reads pages of states that may be damaged.
func FuzzPage(f *testing.F) {
	f.Add(cardPlace{1, 2, 3}.pack(nil, pageCards), make([]byte, pageCards*stateBytes))
	f.Add(cardPlace{1, 2, 3}.pack(nil, 60_000), []byte{1})
	f.Add(cardPlace{1, 2, 3}.pack(cardPlace{}.pack(nil, 1), 1), []byte{stateBytes: 1})
	f.Fuzz(func(t *testing.T, places, states []byte) {
		p := readPage(places, states)
		for at := range pageCards {
			if !p.empty(at) && p.places[at] == (cardPlace{}) {
				return // what stands nowhere is never written
			}
		}
		if again := readPage(p.pieces()); !p.equal(again) {
			t.Errorf("a page of %x and %x is another one when it is read again", places, states)
		}
	})
}
