package store

import (
	"context"
	"testing"

	"github.com/mindleaf/mindleaf/srs"
)

// TestSuspendedLately tells the moves of what is suspended now and was not all the
// time, and leaves them out of what moved.
func TestSuspendedLately(t *testing.T) {
	ctx := context.Background()
	d := capitals(t)
	section := sectionKey(t, d, "a", "西欧")
	record(t, d,
		review(3, srs.Good, today-60), event(srs.SuspendEvent, 3, today-50), // for long
		review(1, srs.Good, today-20), event(srs.SuspendEvent, 1, today-3),
		review(2, srs.Good, today-20), event(srs.SuspendEvent, 2, today-3), event(srs.UnsuspendEvent, 2, today-2),
		event(srs.SuspendEvent, 7, today-10)) // in no section
	l := Lately{Day: today, Short: 7, Long: 30}
	all := must[[]SuspendedMoves](t)(d.SuspendedLately(ctx, l))
	long := srs.Counts{New: -1, Suspended: 1}
	check(t, "all decks", []SuspendedMoves{
		{Deck: 1, Section: section, Short: srs.Counts{Learning: -1, Suspended: 1}, Long: long},
		{Deck: 2, Long: long},
	}, all)
	l.Suspended = all
	decks := must[map[int64]Recent](t)(d.RecentByDeck(ctx, l))
	check(t, "decks", map[int64]Recent{1: {Long: srs.Counts{New: -1, Learning: 1}}, 2: {}}, decks)
	l.Deck = 1
	check(t, "one deck", all[:1], must[[]SuspendedMoves](t)(d.SuspendedLately(ctx, l)))
	sections := must[map[int64]Recent](t)(d.RecentBySection(ctx, l))
	check(t, "sections", map[int64]Recent{section: {Long: srs.Counts{New: -1, Learning: 1}}}, sections)

	steps := must[[]srs.Event](t)(d.History(ctx, 1))
	if _, _, err := d.Undo(ctx, steps[len(steps)-1].Key, noon(today)); err != nil {
		t.Fatal(err)
	}
	check(t, "taken back", 0, len(must[[]SuspendedMoves](t)(d.SuspendedLately(ctx, l))))
	checkSound(t, d)
}
