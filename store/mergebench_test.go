package store

import (
	"fmt"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// manyCards is a deck of cards c0, c1, ... in 50 sections.
func manyCards(cards int) *deck.Deck {
	content := &deck.Deck{ID: "many", Title: "Many"}
	for i := range cards {
		content.Leaves = append(content.Leaves, deck.Leaf{Path: []string{fmt.Sprint("section ", i*50/cards)},
			Entries: []deck.Entry{{ID: deck.CardID(fmt.Sprint("c", i)), Front: fmt.Sprint(i), Back: "x"}}})
	}
	return content
}

// manyReviews is the history of manyCards: each card is reviewed some times, from
// its day on every tenth day.
func manyReviews(cards, reviews int, first func(card int) srs.Day) iter.Seq2[Logged, error] {
	return func(yield func(Logged, error) bool) {
		for i := range cards {
			for k := range reviews {
				day := first(i) + srs.Day(k*10)
				at := noon(day).At.Add(time.Duration(i) * time.Second)
				l := Logged{Device: "anki", Deck: "many", CardID: deck.CardID(fmt.Sprint("c", i)), Restates: true}
				l.Event = srs.Event{Key: srs.EventKey{Seq: at.UnixMilli()}, Kind: srs.ForeignReviewEvent, At: at, Clock: at.UnixMilli(), Day: day, Grade: srs.Good,
					Given: srs.Given{Phase: srs.Review, Due: day + 30, LastDay: day, IntervalDays: 30, Ease: 210, Reps: int32(k + 1)}}
				if !yield(l, nil) {
					return
				}
			}
		}
	}
}

// BenchmarkMerge merges the history of new cards as importing a package of Anki
// does: once with days that all cards have, once over three years of days.
func BenchmarkMerge(b *testing.B) {
	ctx := b.Context()
	for _, run := range []struct {
		name           string
		cards, reviews int
		first          func(card int) srs.Day
	}{
		{"days=5", 20_000, 5, func(int) srs.Day { return today }},
		{"days=1000", 10_000, 25, func(card int) srs.Day { return today + srs.Day(card*7919%750) }},
	} {
		b.Run(run.name, func(b *testing.B) {
			content := manyCards(run.cards)
			for b.Loop() {
				b.StopTimer()
				d := open(b, filepath.Join(b.TempDir(), "x.db"))
				if _, err := d.SyncDeck(ctx, File{Path: "many.toml", Deck: "many", Title: "Many"}, content, noon(today)); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				merged, err := d.MergeByCard(ctx, manyReviews(run.cards, run.reviews, run.first))
				if err != nil || merged.Added != int64(run.cards*run.reviews) {
					b.Fatalf("merged %+v, %v", merged, err)
				}
			}
			b.ReportMetric(float64(run.cards*run.reviews*b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}
