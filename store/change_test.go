package store

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// changedLeaves is manyLeaves after an edit that rewords, moves, removes and adds.
func changedLeaves(id deck.ID) *deck.Deck {
	d := manyLeaves(id)
	for i := range d.Leaves {
		l := &d.Leaves[i]
		switch i % 5 {
		case 0:
			l.Entries[0].Front += "改"
		case 1:
			l.Path = []string{"新的一章", "第一节"}
		case 2:
			l.Entries[0].ID += "x"
		}
	}
	d.Leaves = append(d.Leaves[7:], leaf("新叶", deck.Advanced, []string{"末章"}, entry("new", "新问？", "新答")))
	return d
}

// TestChangeGivesWay meets others in the middle of indexing a deck that has
// changed: one that indexes the same file, in pieces or at once, one that removes
// it, and one that repairs.
func TestChangeGivesWay(t *testing.T) {
	ctx := context.Background()
	tests := map[string]func(other *DB) error{
		"same file": func(other *DB) error {
			_, err := other.SyncDeck(ctx, File{Path: "/a.toml", Deck: "a", Title: "a"}, changedLeaves("a"), noon(today))
			return err
		},
		"same file in pieces": func(other *DB) error {
			other.pieces = smallPieces(1)
			_, err := other.SyncDeck(ctx, File{Path: "/a.toml", Deck: "a", Title: "a"}, changedLeaves("a"), noon(today))
			return err
		},
		"file removed": func(other *DB) error {
			_, err := other.RemoveFile(ctx, "/a.toml")
			return err
		},
		"repair": func(other *DB) error {
			if _, err := other.db.Exec("UPDATE day_count SET reviews = reviews + 1"); err != nil {
				return err
			}
			r, err := other.Repair(ctx)
			if err == nil && r.Repairable() == 0 {
				t.Error("there was nothing to repair")
			}
			return err
		},
		"answer": func(other *DB) error {
			_, err := other.Record(ctx, review(5, srs.Again, today))
			return err
		},
	}
	for name, meet := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "progress.db")
			d, other := inSmallPieces(t, path), open(t, path)
			d.pieces = smallPieces(4)
			syncDeck(t, d, "/a.toml", manyLeaves("a"))
			for card := range int64(40) {
				record(t, d, review(card+1, srs.Good, today))
			}
			met := 0
			d.OnProgress(func(int64, int64) {
				if met++; met == 6 {
					if err := meet(other); err != nil {
						t.Fatal(err)
					}
				}
			})
			content := changedLeaves("a")
			syncDeck(t, d, "/a.toml", content)
			d.OnProgress(nil)
			if met < 6 {
				t.Fatalf("it took %d pieces, want more", met)
			}
			checkSound(t, d)
			if changes := syncDeck(t, other, "/a.toml", content); changes.Same != len(content.Cards()) {
				t.Errorf("indexed again: got %+v, want %d the same", changes, len(content.Cards()))
			}
			if n, err := wrongLeaves(d); err != nil || n != 0 {
				t.Errorf("%d sections have another number of leaves, %v", n, err)
			}
		})
	}
}

// TestShrunkDeckIsChangedInPieces indexes a file that is small now.
func TestShrunkDeckIsChangedInPieces(t *testing.T) {
	d := inSmallPieces(t, filepath.Join(t.TempDir(), "progress.db"))
	syncDeck(t, d, "/a.toml", manyLeaves("a"))
	record(t, d, review(3, srs.Good, today))
	pieces := 0
	d.OnProgress(func(int64, int64) { pieces++ })
	changes := syncDeck(t, d, "/a.toml", deckOf("a", alone("c0", "第0个问题是什么？", "一")))
	if pieces < 3 || changes.Archived != len(manyLeaves("a").Cards())-1 {
		t.Errorf("got %+v in %d pieces", changes, pieces)
	}
	checkSound(t, d)
}

// TestFileOfAnotherDeckInPieces indexes a large file that holds another deck now.
func TestFileOfAnotherDeckInPieces(t *testing.T) {
	ctx := context.Background()
	d := inSmallPieces(t, filepath.Join(t.TempDir(), "progress.db"))
	syncDeck(t, d, "/a.toml", manyLeaves("a"))
	record(t, d, review(3, srs.Good, today))
	other := big("b", 50)
	for i := range other.Leaves {
		for j := range other.Leaves[i].Entries {
			other.Leaves[i].Entries[j].ID += "b"
		}
	}
	if changes := syncDeck(t, d, "/a.toml", other); changes.Added != 50 || changes.Archived != len(manyLeaves("a").Cards()) {
		t.Errorf("got %+v", changes)
	}
	if decks := must[[]Deck](t)(d.Decks(ctx, today)); len(decks) != 1 || decks[0].ID != "b" {
		t.Errorf("got the decks %+v, want b", decks)
	}
	checkSound(t, d)
}

// TestPace wants pieces to be short beside somebody who writes, and longer alone.
func TestPace(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "progress.db")
	d, other := open(t, path), open(t, path)
	syncDeck(t, other, "/a.toml", big("a", 3))
	var p pace
	look := func() int64 {
		t.Helper()
		if err := d.tx(ctx, "looking", func(tx *txn) error { return p.look(ctx, tx) }); err != nil {
			t.Fatal(err)
		}
		return p.company
	}
	got := []int64{look(), look(), look(), look(), look(), look()}
	check(t, "company at first", []int64{companyFirst, 3, 2, 1, 0, 0}, got)
	record(t, other, review(1, srs.Good, today))
	check(t, "company of one who answers", []int64{companyLasts, companyLasts - 1}, []int64{look(), look()})
	p.work = 20 * time.Millisecond
	p.learn(40*time.Millisecond, 20*time.Millisecond)
	check(t, "work after a piece that took too long", 10*time.Millisecond, p.work)
	p.learn(12*time.Millisecond, 20*time.Millisecond)
	check(t, "work after a short piece", 12500*time.Microsecond, p.work)
}
