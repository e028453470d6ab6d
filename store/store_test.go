package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(answerInto); path != "" {
		os.Exit(answerForever(path))
	}
	if folder := os.Getenv(workIn); folder != "" {
		os.Exit(workForever(folder))
	}
	if task := os.Getenv(besideTask); task != "" {
		os.Exit(doBeside(task))
	}
	os.Exit(m.Run())
}

// tried says what a test of faults has tried, where nothing of it failed: .ci/faults
// prints it.
func tried(t *testing.T, format string, args ...any) {
	t.Helper()
	if !t.Failed() {
		t.Logf("tried: "+format+": 0 lost, 0 corrupt", args...)
	}
}

const today srs.Day = 20000

// sm2Name is what sm2.Default is stored as.
const sm2Name = "sm2 reading=program multiplier=100 fuzz=on max=36500"

func options() Options { return Options{Schedulers: sm2.Schedulers, Random: rand.Reader} }

// open opens the store at path and closes it when the test ends.
func open(tb testing.TB, path string) *DB {
	tb.Helper()
	d, err := Open(context.Background(), path, options())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := d.Close(); err != nil {
			tb.Error(err)
		}
	})
	return d
}

func fresh(tb testing.TB) *DB {
	tb.Helper()
	return open(tb, filepath.Join(tb.TempDir(), "progress.db"))
}

// noon is the stamp of noon on day.
func noon(day srs.Day) Stamp { return Stamp{At: day.Date().Add(12 * time.Hour), Day: day} }

func review(card int64, g srs.Grade, day srs.Day) srs.Event {
	return srs.Event{Kind: srs.ReviewEvent, Card: card, Grade: g, At: noon(day).At, Day: day, Took: 3 * time.Second, Scheduler: sm2Name}
}

func event(kind srs.EventKind, card int64, day srs.Day) srs.Event {
	return srs.Event{Kind: kind, Card: card, At: noon(day).At, Day: day}
}

func record(tb testing.TB, d *DB, events ...srs.Event) srs.Step {
	tb.Helper()
	var step srs.Step
	var err error
	for _, e := range events {
		if step, err = d.Record(context.Background(), e); err != nil {
			tb.Fatal(err)
		}
	}
	return step
}

// entry is a basic card; its id may be empty.
func entry(id, front, back string) deck.Entry {
	return deck.Entry{ID: deck.CardID(id), Front: front, Back: back}
}

// alone is a card that stands alone.
func alone(id, front, back string) deck.Leaf {
	return deck.Leaf{Entries: []deck.Entry{entry(id, front, back)}}
}

func leaf(text string, level deck.Level, path []string, entries ...deck.Entry) deck.Leaf {
	return deck.Leaf{Text: text, Level: level, Path: path, Entries: entries}
}

func deckOf(id deck.ID, leaves ...deck.Leaf) *deck.Deck {
	return &deck.Deck{ID: id, Title: "卡片组 " + string(id), Language: "zh", Leaves: leaves}
}

// big is a deck of n cards with stated ids c0, c1, …: three cards a leaf, five
// leaves a section.
func big(id deck.ID, n int) *deck.Deck {
	var leaves []deck.Leaf
	for i := 0; i < n; i += 3 {
		l := leaf(fmt.Sprintf("第%d个知识点", i/3), deck.Levels[i/3%3], []string{fmt.Sprintf("第%d章", i/150), fmt.Sprintf("第%d节", i/15)})
		for j := i; j < min(i+3, n); j++ {
			l.Entries = append(l.Entries, entry(fmt.Sprintf("c%d", j), fmt.Sprintf("第%d个问题是什么？", j), fmt.Sprintf("第%d个答案，自注意力不区分词的先后。", j)))
		}
		leaves = append(leaves, l)
	}
	return deckOf(id, leaves...)
}

func syncDeck(tb testing.TB, d *DB, path string, content *deck.Deck) Changes {
	tb.Helper()
	changes, err := d.SyncDeck(context.Background(), File{Path: path, Deck: content.ID, Title: content.Title}, content, noon(today))
	if err != nil {
		tb.Fatal(err)
	}
	return changes
}

func find(tb testing.TB, d *DB, in deck.ID, card deck.CardID) int64 {
	tb.Helper()
	id, err := d.FindCard(context.Background(), in, card)
	if err != nil {
		tb.Fatal(err)
	}
	return id
}

func card(tb testing.TB, d *DB, id int64) srs.Card {
	tb.Helper()
	c, err := d.Card(context.Background(), id)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func content(tb testing.TB, d *DB, id int64) Content {
	tb.Helper()
	c, err := d.Content(context.Background(), id)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// checkSound fails unless the file is whole and its states and counters are the
// fold of its log.
func checkSound(tb testing.TB, d *DB) {
	tb.Helper()
	if err := d.IntegrityCheck(context.Background()); err != nil {
		tb.Error(err)
	}
	r, err := d.Verify(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	if !r.Sound() {
		tb.Errorf("not sound: %+v", r)
	}
}
