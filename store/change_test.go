package store

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/property"
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

// indexed is all that a store has of a deck.
type indexed struct {
	Cards    []Stored
	Sections []Section
	Decks    []Deck
	Log      []string
}

func indexOf(t *rapid.T, d *DB, in deck.ID) (x indexed) {
	ctx := context.Background()
	err := d.Stored(ctx, in, func(s Stored) error { x.Cards = append(x.Cards, s); return nil })
	if err == nil {
		x.Sections, err = d.Sections(ctx, in, today)
	}
	if err == nil {
		x.Decks, err = d.Decks(ctx, today)
	}
	if err == nil {
		x.Log, err = collect(ctx, d.db, scanString, "SELECT kind || ' ' || card_id || ' ' || coalesce(text, '') FROM event ORDER BY 1")
	}
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// wrongLeaves counts the sections with another number of leaves than their cards
// have.
func wrongLeaves(d *DB) (n int, err error) {
	err = d.db.QueryRow(`SELECT count(*) FROM section WHERE leaves <>
		(SELECT count(DISTINCT leaf_id) FROM card WHERE section_id = section.id AND archived = 0)`).Scan(&n)
	return n, err
}

// TestSyncLargeNoticesOtherCards reads the cards of a file again which says something
// else by then: none of that may pass for what it said at first.
func TestSyncLargeNoticesOtherCards(t *testing.T) {
	ctx := context.Background()
	f := File{Path: "/a.toml", Deck: "a", Title: "a"}
	for name, edit := range map[string]func(cards []deck.Card) []deck.Card{
		"another wording": func(cards []deck.Card) []deck.Card {
			cards[len(cards)/2].Front += "！"
			return cards
		},
		"another card": func(cards []deck.Card) []deck.Card { return cards[1:] },
		"fewer cards":  func(cards []deck.Card) []deck.Card { return cards[:len(cards)/2] },
	} {
		t.Run(name, func(t *testing.T) {
			d := inSmallPieces(t, filepath.Join(t.TempDir(), "progress.db"))
			d.pieces = smallPieces(4)
			syncDeck(t, d, f.Path, manyLeaves("a"))
			content := changedLeaves("a")
			for i := range content.Leaves {
				content.Leaves[i].Entries[0].Back += "改"
			}
			cards, readings := content.Cards(), 0
			_, err := d.SyncLarge(ctx, f, content, nil, len(cards), func(lines []int) iter.Seq2[deck.Card, error] {
				if readings++; readings > 2 { // to find the changes, to find what became of what, to write
					cards = edit(content.Cards())
				}
				return func(yield func(deck.Card, error) bool) {
					for _, c := range cards {
						if !yield(c, nil) {
							return
						}
					}
				}
			}, noon(today))
			if !errors.Is(err, ErrOthers) {
				t.Fatalf("got error %v after %d readings, want that the cards are others", err, readings)
			}
			checkSound(t, d)
			syncDeck(t, d, f.Path, content)
			checkSound(t, d)
			want := make(map[deck.CardID]string)
			for _, c := range content.Cards() {
				want[c.ID] = c.Front + c.Back
			}
			got := make(map[deck.CardID]string)
			err = d.Stored(ctx, "a", func(s Stored) error {
				if !s.Content.Archived {
					got[s.Content.Card] = s.Content.Front + s.Content.Back
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			check(t, "cards", want, got)
		})
	}
}

// TestChangeEqualsSync edits a deck and answers again and again. One store indexes
// it at once, the other one in pieces that are cut off somewhere and gone on with,
// with all cards at hand or as they are read.
func TestChangeEqualsSync(t *testing.T) {
	property.OneAtATime(t)
	t.Parallel()
	atOnce, inPieces := fresh(t), fresh(t)
	inPieces.pieces = pieces{large: 1, size: 1, steps: 1, lasting: time.Second}
	property.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		wipe(t, atOnce)
		wipe(t, inPieces)
		m := newMachine(atOnce)
		for range rapid.IntRange(1, 6).Draw(t, "edits") {
			content := m.edited(t, "甲")
			m.content["甲"] = content
			f := File{Path: "/甲", Deck: "甲", Title: content.Title, Size: 1}
			part, stop := context.WithCancel(ctx)
			left := rapid.IntRange(1, 20).Draw(t, "pieces")
			inPieces.OnProgress(func(int64, int64) {
				if left--; left == 0 {
					stop()
				}
			})
			sync := func(ctx context.Context) error {
				if rapid.Bool().Draw(t, "as they are read") {
					_, err := syncLarge(ctx, inPieces, f, content, nil)
					return err
				}
				_, err := inPieces.SyncDeck(ctx, f, content, noon(today))
				return err
			}
			err := sync(part)
			inPieces.OnProgress(nil)
			stop()
			if r, wrong := inPieces.Verify(ctx); wrong != nil || !r.Sound() {
				t.Fatalf("in the middle (%v): got %+v, %v", err, r, wrong)
			}
			if n, wrong := wrongLeaves(inPieces); wrong != nil || n != 0 {
				t.Fatalf("in the middle (%v): %d sections have another number of leaves, %v", err, n, wrong)
			}
			if files, wrong := inPieces.Files(ctx); wrong != nil || err == nil != (len(files) == 1 && files[0] == f) {
				t.Fatalf("in the middle (%v): got files %+v, %v", err, files, wrong)
			}
			if _, err := atOnce.SyncDeck(ctx, f, content, noon(today)); err != nil {
				t.Fatal(err)
			}
			if err := sync(ctx); err != nil {
				t.Fatal(err)
			}
			for _, d := range []*DB{atOnce, inPieces} {
				if r, err := d.Verify(ctx); err != nil || !r.Sound() {
					t.Fatalf("got %+v, %v", r, err)
				}
			}
			want := indexOf(t, atOnce, "甲")
			if diff := cmp.Diff(want, indexOf(t, inPieces, "甲"), cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("the index differs (-want +got):\n%s", diff)
			}
			for range min(3, len(want.Cards)) {
				e := review(rapid.SampledFrom(want.Cards).Draw(t, "card").Card.ID, srs.Good, today)
				for _, d := range []*DB{atOnce, inPieces} {
					if _, err := d.Record(ctx, e); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	})
}
