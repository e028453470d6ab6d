package session

import "github.com/mindleaf/mindleaf/srs"

// Postpone spreads a backlog over the days from today on, at most perDay cards a
// day together with those in planned, which are due then anyway. It returns the
// day for each card of due, in the order of Order: the likeliest to be forgotten
// come first. perDay below 1 counts as 1. planned may be nil.
func Postpone(due []srs.Card, today srs.Day, perDay int, planned func(srs.Day) int64) (cards []srs.Card, days []srs.Day) {
	cards = Order(due, today)
	days = make([]srs.Day, len(cards))
	day, left := today, int64(0)
	room := func(d srs.Day) int64 {
		if d == today || planned == nil {
			return int64(max(perDay, 1))
		}
		return int64(max(perDay, 1)) - planned(d)
	}
	left = room(day)
	for i := range cards {
		for left <= 0 {
			day++
			left = room(day)
		}
		days[i] = day
		left--
	}
	return cards, days
}
