package session

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

func TestPostpone(t *testing.T) {
	cards := []srs.Card{
		due(1, 100, today-10), due(2, 1, today), due(3, 10, today-5), due(4, 50, today), due(5, 4, today-2), due(6, 1, today-3),
	}
	planned := func(d srs.Day) int64 {
		return map[srs.Day]int64{today: 99, today + 1: 1, today + 2: 2}[d]
	}
	got, days := Postpone(cards, today, 2, planned)
	want := []struct {
		id  int64
		day srs.Day
	}{{6, today}, {5, today}, {3, today + 1}, {1, today + 3}, {2, today + 3}, {4, today + 4}}
	for i, w := range want {
		if got[i].ID != w.id || days[i] != w.day {
			t.Errorf("place %d: got card %d on %d, want %d on %d", i, got[i].ID, days[i], w.id, w.day)
		}
	}
	if _, days := Postpone(nil, today, 2, planned); len(days) != 0 {
		t.Errorf("nothing to spread: got %v", days)
	}
}

func TestPostponeKeepsTheLimit(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 200).Draw(t, "cards")
		cards := make([]srs.Card, n)
		for i := range cards {
			cards[i] = due(int64(i+1), rapid.Int32Range(1, 90).Draw(t, "interval"), today-srs.Day(rapid.IntRange(0, 60).Draw(t, "overdue")))
		}
		perDay := rapid.IntRange(-1, 30).Draw(t, "per day")
		load := rapid.SliceOfN(rapid.Int64Range(0, 40), 30, 30).Draw(t, "planned")
		planned := func(d srs.Day) int64 { return load[min(int(d-today), 29)] * min(1, int64(29-min(int(d-today), 29))) }
		got, days := Postpone(cards, today, perDay, planned)
		perDate := make(map[srs.Day]int64)
		for i, d := range days {
			if perDate[d]++; i > 0 && d < days[i-1] || d < today {
				t.Fatalf("card %d comes on %d after %d", got[i].ID, d, days[i-1])
			}
		}
		for d, n := range perDate {
			if d > today {
				n += planned(d)
			}
			if n > int64(max(perDay, 1)) {
				t.Fatalf("%d cards on %d, want %d at most", n, d, perDay)
			}
		}
		if len(got) != n {
			t.Fatalf("got %d cards, want %d", len(got), n)
		}
	})
}
