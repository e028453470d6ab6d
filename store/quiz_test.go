package store

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

func quizzes(tb testing.TB, d *DB, prefix string, most int) []string {
	tb.Helper()
	var texts []string
	err := d.Quizzes(context.Background(), prefix, func(e srs.Event) bool {
		texts = append(texts, e.Text)
		return len(texts) < most
	})
	if err != nil {
		tb.Fatal(err)
	}
	return texts
}

func TestQuizzes(t *testing.T) {
	d := fresh(t)
	if got := quizzes(t, d, "", 10); got != nil {
		t.Errorf("got %v, want nothing", got)
	}
	for i := range 5 {
		if err := d.RecordQuiz(context.Background(), fmt.Sprintf(`{"v":1,"right":%d}`, i), noon(today+srs.Day(i/2))); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{`{"v":1,"right":4}`, `{"v":1,"right":3}`, `{"v":1,"right":2}`}
	if diff := cmp.Diff(want, quizzes(t, d, `{"v":1,`, 3)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := len(quizzes(t, d, "", 10)); got != 5 {
		t.Errorf("got %d quizzes, want 5", got)
	}
	if diff := cmp.Diff([]string{`{"v":1,"right":2}`}, quizzes(t, d, `{"v":1,"right":2`, 9)); diff != "" {
		t.Errorf("with a prefix (-want +got):\n%s", diff)
	}
	if _, ok, err := d.LastUndoable(context.Background()); ok || err != nil {
		t.Errorf("a quiz can be taken back: %v", err)
	}
	checkSound(t, d)
}

func TestContents(t *testing.T) {
	ctx := context.Background()
	d := fresh(t)
	choice := deck.Entry{ID: "c", Kind: deck.Choice, Front: "问", Back: "对", Choices: []deck.Option{{Text: "错", Why: "因为"}}, Accept: []string{"正确"}, Note: "注", Source: "书"}
	syncDeck(t, d, "/a.toml", deckOf("a",
		leaf("叶一", deck.Advanced, []string{"章", "节"}, choice, entry("s", "停", "用")),
		leaf("叶二", deck.Beginner, []string{"章", "另一节"}, entry("b", "问二", "答二")),
		alone("x", "单独", "一张")))
	syncDeck(t, d, "/b.toml", deckOf("b", alone("y", "别的", "卡组")))
	record(t, d, event(srs.SuspendEvent, find(t, d, "a", "s"), today))
	fronts := func(f Filter) []string {
		t.Helper()
		contents, err := d.Contents(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, c := range contents {
			want := content(t, d, c.ID)
			want.File, want.Line = "", 0
			if diff := cmp.Diff(want, c); diff != "" {
				t.Errorf("%s (-Content +Contents):\n%s", c.Front, diff)
			}
			out = append(out, c.Front)
		}
		return out
	}
	section, err := d.FindSection(ctx, "a", []string{"章"})
	if err != nil || section == 0 {
		t.Fatalf("got section %d, %v", section, err)
	}
	for _, tt := range []struct {
		name   string
		filter Filter
		want   []string
	}{
		{"all", Filter{}, []string{"问", "问二", "单独", "别的"}},
		{"deck", Filter{Deck: "a"}, []string{"问", "问二", "单独"}},
		{"section", Filter{Section: section}, []string{"问", "问二"}},
		{"level", Filter{Level: int8(deck.Beginner)}, []string{"问二", "单独", "别的"}},
		{"no such deck", Filter{Deck: "c"}, nil},
	} {
		if got := fronts(tt.filter); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
	for _, path := range [][]string{{"没有"}, {"章", "没有"}} {
		if key, err := d.FindSection(ctx, "a", path); key != 0 || err != nil {
			t.Errorf("%v: got section %d, %v", path, key, err)
		}
	}
}

// BenchmarkQuizzes reads the newest ten of 10,000 quizzes, and the only one with
// a prefix, which is the oldest.
func BenchmarkQuizzes(b *testing.B) {
	d := fresh(b)
	const rest = `"deck":"llm-basics","kind":"mixed","seed":1,"seconds":300,"asked":20,"right":15,"sections":[{"deck":"llm-basics","path":["一","二"],"asked":20,"right":15}],"levels":[{"level":"beginner","asked":20,"right":15}]}`
	events := make([]srs.Event, 10_000)
	for i := range events {
		events[i] = srs.Event{Kind: srs.QuizEvent, At: noon(today).At, Day: today, Text: `{"v":1,` + rest}
	}
	events[0].Text = `{"v":2,` + rest
	if _, err := d.RecordAll(context.Background(), events); err != nil {
		b.Fatal(err)
	}
	for prefix, want := range map[string]int{`{"v":1,`: 10, `{"v":2,`: 1} {
		b.Run(prefix, func(b *testing.B) {
			for b.Loop() {
				if got := len(quizzes(b, d, prefix, want)); got != want {
					b.Fatalf("got %d quizzes", got)
				}
			}
		})
	}
}
