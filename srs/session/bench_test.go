package session

import (
	"testing"

	"github.com/mindleaf/mindleaf/srs"
)

// BenchmarkNew queues 10,000 due cards.
func BenchmarkNew(b *testing.B) {
	var cards []srs.Card
	for i := range int64(10_000) {
		cards = append(cards, due(i+1, int32(i%300+1), today-srs.Day(i%40)))
	}
	o := Options{Day: today, Due: cards, Scheduler: newJournal(b).scheduler}
	b.ReportAllocs()
	for b.Loop() {
		New(o)
	}
}
