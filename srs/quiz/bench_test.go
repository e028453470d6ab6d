package quiz

import (
	"fmt"
	"testing"

	"github.com/mindleaf/mindleaf/deck"
)

// large is a map of n cards whose leaves are all alike: the worst there is for
// questions about the tree.
func large(n int) []Card {
	cards := make([]Card, n)
	for i := range cards {
		cards[i] = Card{
			Key: int64(i + 1), Deck: "d", Path: []string{fmt.Sprintf("第%d章", i/300), fmt.Sprintf("第%d节", i/30)},
			Leaf: fmt.Sprintf("第%d个知识点：内容%d", i/2, i%97), Level: deck.Beginner,
			Front: fmt.Sprintf("第%d个问题是什么？", i), Back: fmt.Sprintf("第%d个答案，自注意力不区分词的先后。", i),
		}
	}
	return cards
}

// BenchmarkMake makes quizzes of 20 questions from many cards.
func BenchmarkMake(b *testing.B) {
	for _, n := range []int{400, 5_000, 100_000} {
		pool := large(n)
		for _, kind := range []Kind{Choice, Mixed} {
			b.Run(fmt.Sprintf("%s/%d", kind, n), func(b *testing.B) {
				for b.Loop() {
					Make(pool, func(*Card) bool { return true }, Settings{Kind: kind, Count: 20, Seed: 7})
				}
			})
		}
	}
}
