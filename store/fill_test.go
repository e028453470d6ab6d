package store

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// manyLeaves is a deck with sections, levels and several cards to a leaf.
func manyLeaves(id deck.ID) *deck.Deck {
	d := big(id, 70)
	for i := range d.Leaves {
		l := &d.Leaves[i]
		l.Path = [][]string{inBasics, inUse, {"应用", "医疗"}}[i%3]
		l.Level = deck.Level(i % 4)
	}
	d.Leaves = append(d.Leaves, leaf("两张卡", 2, inUse, entry("", "甲？", "一"), entry("", "乙？", "二")),
		deck.Leaf{Entries: []deck.Entry{{ID: "gap", Kind: deck.Cloze, Front: "{{编码器}}和{{解码器}}"}}})
	return d
}

// smallPieces are pieces of a few cards, for decks of a few dozen.
func smallPieces(cards int) pieces {
	return pieces{large: 20, size: cards, steps: cards, lasting: time.Second}
}

func inSmallPieces(tb testing.TB, path string) *DB {
	tb.Helper()
	d := open(tb, path)
	d.pieces = smallPieces(16)
	return d
}

// syncLarge gives SyncLarge the cards of content, after which comes an error unless
// it is nil.
func syncLarge(ctx context.Context, d *DB, f File, content *deck.Deck, after error) (Changes, error) {
	head, cards := *content, content.Cards()
	head.Leaves = nil
	return d.SyncLarge(ctx, f, &head, nil, len(cards), func([]int) iter.Seq2[deck.Card, error] {
		return func(yield func(deck.Card, error) bool) {
			for _, c := range cards {
				if !yield(c, nil) {
					return
				}
			}
			if after != nil {
				yield(deck.Card{}, after)
			}
		}
	}, noon(today))
}

// TestSyncLargeBreaksOff leaves what SyncLarge and SyncDeck go on from when the cards
// break off.
func TestSyncLargeBreaksOff(t *testing.T) {
	ctx := context.Background()
	content := manyLeaves("a")
	f := File{Path: "/a.toml", Deck: "a", Title: content.Title, Size: 7, MTimeNS: 8, IndexedNS: 9, Hash: [32]byte{1}}
	for name, goOn := range map[string]func(d *DB) (Changes, error){
		"large": func(d *DB) (Changes, error) { return syncLarge(ctx, d, f, content, nil) },
		"whole": func(d *DB) (Changes, error) { return d.SyncDeck(ctx, f, content, noon(today)) },
	} {
		t.Run(name, func(t *testing.T) {
			d := inSmallPieces(t, filepath.Join(t.TempDir(), "progress.db"))
			broken := errors.New("broken off")
			changes, err := syncLarge(ctx, d, f, content, broken)
			n := len(content.Cards())
			if !errors.Is(err, broken) || changes.Added == 0 || changes.Added == n {
				t.Fatalf("got %+v, %v, want some of %d cards and the error", changes, err, n)
			}
			checkSound(t, d)
			if files := must[[]File](t)(d.Files(ctx)); len(files) != 1 || files[0].Size == f.Size {
				t.Errorf("got files %+v, want one that must be read again", files)
			}
			if again := must[Changes](t)(goOn(d)); again.Same != changes.Added || again.Added != n-changes.Added {
				t.Errorf("got %+v after %+v of %d cards", again, changes, n)
			}
			if again := must[Changes](t)(goOn(d)); again.Same != n {
				t.Errorf("once more: got %+v of %d cards", again, n)
			}
			checkSound(t, d)
			check(t, "file", []File{f}, must[[]File](t)(d.Files(ctx)))
			if h := must[Holding](t)(d.Holding(ctx)); h.Cards != int64(n) {
				t.Errorf("got %d cards, want %d", h.Cards, n)
			}
		})
	}
}

// TestFillCounts is told of more or fewer cards than there are.
func TestFillCounts(t *testing.T) {
	content := manyLeaves("a")
	cards := content.Cards()
	f := File{Path: "/a.toml", Deck: "a", Title: content.Title, Size: 7, MTimeNS: 8, IndexedNS: 9, Hash: [32]byte{1}}
	for _, told := range []int{0, len(cards) - 1, len(cards) + 1} {
		d := inSmallPieces(t, filepath.Join(t.TempDir(), "progress.db"))
		head := *content
		head.Leaves = nil
		source := func([]int) iter.Seq2[deck.Card, error] {
			return func(yield func(deck.Card, error) bool) {
				for _, c := range cards {
					if !yield(c, nil) {
						return
					}
				}
			}
		}
		changes := must[Changes](t)(d.SyncLarge(context.Background(), f, &head, nil, told, source, noon(today)))
		check(t, "changes", Changes{Added: len(cards)}, changes)
		checkSound(t, d)
		check(t, "file", []File{f}, must[[]File](t)(d.Files(context.Background())))
	}
}

// TestFillEqualsSync imports a deck in pieces, from memory or card by card, and at
// once.
func TestFillEqualsSync(t *testing.T) {
	ctx, folder := context.Background(), t.TempDir()
	inPieces, atOnce := inSmallPieces(t, filepath.Join(folder, "pieces.db")), open(t, filepath.Join(folder, "once.db"))
	byCard := inSmallPieces(t, filepath.Join(folder, "card.db"))
	content := manyLeaves("a")
	want := syncDeck(t, atOnce, "/a.toml", content)
	check(t, "changes", want, syncDeck(t, inPieces, "/a.toml", content))
	check(t, "changes by card", want, must[Changes](t)(syncLarge(ctx, byCard, File{Path: "/a.toml", Deck: "a", Title: content.Title}, content, nil)))
	checkSound(t, atOnce)
	for _, d := range []*DB{inPieces, byCard} {
		checkSound(t, d)
		check(t, "decks", must[[]Deck](t)(atOnce.Decks(ctx, today)), must[[]Deck](t)(d.Decks(ctx, today)))
		check(t, "sections", must[[]Section](t)(atOnce.Sections(ctx, "a", today)), must[[]Section](t)(d.Sections(ctx, "a", today)))
		check(t, "contents", must[[]Content](t)(atOnce.Contents(ctx, Filter{})), must[[]Content](t)(d.Contents(ctx, Filter{})))
		check(t, "files", must[[]File](t)(atOnce.Files(ctx)), must[[]File](t)(d.Files(ctx)))
	}
}

// TestFillInterrupted stops an import in the middle. What is there is sound, is
// not taken for the whole file, and goes on later with what was answered meanwhile.
func TestFillInterrupted(t *testing.T) {
	d := inSmallPieces(t, filepath.Join(t.TempDir(), "progress.db"))
	ctx, stop := context.WithCancel(context.Background())
	d.OnProgress(func(done, _ int64) {
		if done >= 32 {
			stop()
		}
	})
	content := manyLeaves("a")
	f := File{Path: "/a.toml", Deck: "a", Title: content.Title, Size: 7, MTimeNS: 8, IndexedNS: 9, Hash: [32]byte{1}}
	if _, err := d.SyncDeck(ctx, f, content, noon(today)); !errors.Is(err, context.Canceled) {
		t.Fatalf("got error %v, want that it was stopped", err)
	}
	d.OnProgress(nil)
	checkSound(t, d)
	if h := must[Holding](t)(d.Holding(context.Background())); h.Cards != 32 {
		t.Errorf("got %d cards, want 32", h.Cards)
	}
	if files := must[[]File](t)(d.Files(context.Background())); len(files) != 1 || files[0].Size == f.Size || files[0].Hash == f.Hash {
		t.Errorf("got files %+v, want one that must be read again", files)
	}
	answered := record(t, d, review(3, srs.Good, today)).After
	changes := must[Changes](t)(d.SyncDeck(context.Background(), f, content, noon(today)))
	if n := len(content.Cards()); changes.Same != 32 || changes.Added != n-32 {
		t.Errorf("got %+v of %d cards", changes, n)
	}
	check(t, "state", answered, card(t, d, 3).State)
	check(t, "file", []File{f}, must[[]File](t)(d.Files(context.Background())))
	checkSound(t, d)
}

// TestFillGivesWay lets another process import the same file meanwhile.
func TestFillGivesWay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "progress.db")
	d, other := inSmallPieces(t, path), open(t, path)
	content := manyLeaves("a")
	d.OnProgress(func(done, _ int64) {
		if done == 32 {
			syncDeck(t, other, "/a.toml", content)
		}
	})
	if changes, n := syncDeck(t, d, "/a.toml", content), len(content.Cards()); changes.Added != 32 || changes.Same != n-32 {
		t.Errorf("got %+v of %d cards", changes, n)
	}
	d.OnProgress(nil)
	checkSound(t, d)
	if h := must[Holding](t)(d.Holding(context.Background())); h.Cards != int64(len(content.Cards())) {
		t.Errorf("got %d cards, want %d", h.Cards, len(content.Cards()))
	}
}
