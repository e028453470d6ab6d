package store

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// BenchmarkMerge merges the history of 20,000 new cards with five reviews each,
// as importing a package of Anki does.
func BenchmarkMerge(b *testing.B) {
	const cards, reviews = 20_000, 5
	ctx := context.Background()
	content := &deck.Deck{ID: "many", Title: "Many"}
	for i := range cards {
		content.Leaves = append(content.Leaves, deck.Leaf{Path: []string{fmt.Sprint("section ", i%50)},
			Entries: []deck.Entry{{ID: deck.CardID(fmt.Sprint("c", i)), Front: fmt.Sprint(i), Back: "x"}}})
	}
	for b.Loop() {
		b.StopTimer()
		d := open(b, filepath.Join(b.TempDir(), "x.db"))
		if _, err := d.SyncDeck(ctx, File{Path: "many.toml", Deck: "many", Title: "Many"}, content, noon(today)); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		merged, err := d.MergeByCard(ctx, func(yield func(Logged, error) bool) {
			for i := range cards {
				for k := range reviews {
					at := noon(today + srs.Day(k*10)).At.Add(time.Duration(i) * time.Millisecond)
					l := Logged{Device: "anki", Deck: "many", CardID: deck.CardID(fmt.Sprint("c", i)), Restates: true}
					l.Event = srs.Event{Key: srs.EventKey{Seq: at.UnixMilli()}, Kind: srs.ForeignReviewEvent, At: at, Clock: at.UnixMilli(), Day: today + srs.Day(k*10), Grade: srs.Good,
						Given: srs.Given{Phase: srs.Review, Due: today + 30, LastDay: today, IntervalDays: 30, Ease: 210, Reps: 4}}
					if !yield(l, nil) {
						return
					}
				}
			}
		})
		if err != nil || merged.Added != cards*reviews {
			b.Fatalf("merged %+v, %v", merged, err)
		}
	}
	b.ReportMetric(float64(cards*reviews*b.N)/b.Elapsed().Seconds(), "events/s")
}
