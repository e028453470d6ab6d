package store

import (
	"context"
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // the zones, wherever the test runs

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
)

// rollover is the hour at which the study day turns in these tests.
const rollover = 4

// studyAt answers everything that is due, and one new card, at a moment of the
// learner's clock, and fails when a card passed on that study day comes again.
func studyAt(t *testing.T, d *DB, at time.Time, seen map[srs.Day]map[int64]bool) {
	t.Helper()
	ctx := context.Background()
	day := srs.DayOf(at, rollover)
	if seen[day] == nil {
		seen[day] = make(map[int64]bool)
	}
	cards := must[[]srs.Card](t)(d.Due(ctx, Filter{}, day, day))
	for id := int64(1); id <= 30; id++ {
		if c := card(t, d, id); c.State.Phase == srs.New {
			cards = append(cards, c)
			break
		}
	}
	for _, c := range cards {
		if seen[day][c.ID] {
			t.Errorf("card %d comes twice on %v, at %v", c.ID, day, at)
		}
		seen[day][c.ID] = true
		e := review(c.ID, srs.Good, day)
		e.At = at
		record(t, d, e)
	}
}

// checkNoneLost fails unless every card that was seen comes again within the
// longest interval after day, and the store is sound.
func checkNoneLost(t *testing.T, d *DB, day srs.Day) {
	t.Helper()
	for id := int64(1); id <= 30; id++ {
		if s := card(t, d, id).State; s.Phase != srs.New && (s.Due > day+36500 || s.Hidden(day)) {
			t.Errorf("card %d is lost: %+v", id, s)
		}
	}
	checkSound(t, d)
}

// checkDue fails unless every card that was answered is due as many days after the study
// day of its last answer as its interval says, more or less by what fuzz may add.
func checkDue(t *testing.T, d *DB) {
	t.Helper()
	for id := int64(1); id <= 30; id++ {
		c := card(t, d, id)
		if c.State.Phase == srs.New {
			continue
		}
		log := srs.Live(must[[]srs.Event](t)(d.History(context.Background(), id)))
		last := log[len(log)-1]
		wait, interval := int32(c.State.Due-last.Day), c.State.IntervalDays
		if c.State.LastDay != last.Day || wait < interval-1-interval/4 || wait > interval+1+interval/4 {
			t.Errorf("card %d, answered last on %v with an interval of %d, is due on %v: %+v", id, last.Day, interval, c.State.Due, c.State)
		}
	}
}

// TestClockJumps studies while the clock is ahead or behind, and after it was put right.
// What was answered in days to come keeps its cards away until then, or is taken back:
// then no card waits longer than its interval from a day that was.
func TestClockJumps(t *testing.T) {
	property.OneAtATime(t)
	ctx := context.Background()
	jumps := []time.Duration{time.Hour, 24 * time.Hour, 100 * 24 * time.Hour, 3653 * 24 * time.Hour}
	for _, jump := range jumps {
		for _, sign := range []time.Duration{1, -1} {
			t.Run((sign * jump).String(), func(t *testing.T) {
				d := open(t, made(t, 0))
				seen := make(map[srs.Day]map[int64]bool)
				at := noon(today).At
				for i := range 12 {
					studyAt(t, d, at, seen)
					if at = at.Add(24 * time.Hour); i == 5 {
						at = at.Add(sign * jump)
					}
				}
				checkDue(t, d)
				checkSound(t, d)
				// The clock is right again.
				at = at.Add(-sign * jump)
				day := srs.DayOf(at, rollover)
				wrong := must[int64](t)(d.EventsAfter(ctx, day+1))
				if ahead := sign > 0 && jump > 12*24*time.Hour; ahead != (wrong > 0) {
					t.Errorf("%d events of days to come", wrong)
				}
				before := make(map[int64]srs.State) // of the cards that were answered in days to come
				for id := int64(1); id <= 30; id++ {
					log := must[[]srs.Event](t)(d.History(ctx, id))
					if i := slices.IndexFunc(log, func(e srs.Event) bool { return e.Day > day+1 }); i >= 0 {
						state, _, err := srs.Fold(log[:i], card(t, d, id).Seed, sm2.Schedulers)
						if err != nil {
							t.Fatal(err)
						}
						before[id] = state
					}
				}
				if n := must[int64](t)(d.UndoAfter(ctx, day+1, Stamp{At: at, Day: day})); n != wrong {
					t.Errorf("%d events were taken back, want %d", n, wrong)
				}
				if n := must[int64](t)(d.EventsAfter(ctx, day+1)); n != 0 {
					t.Errorf("%d events of days to come are left", n)
				}
				for id, want := range before {
					if got := card(t, d, id).State; got != want {
						t.Errorf("card %d is %+v, want %+v as before the jump", id, got, want)
					}
				}
				checkDue(t, d)
				checkSound(t, d)
				for range 10 {
					studyAt(t, d, at, seen)
					at = at.Add(24 * time.Hour)
				}
				checkDue(t, d)
				day = srs.DayOf(at, rollover)
				for id := int64(1); id <= 30; id++ {
					if s := card(t, d, id).State; s.Phase != srs.New && (s.LastDay > day+1 || s.Hidden(day)) {
						t.Errorf("card %d is lost on %v: %+v", id, day, s)
					}
				}
				checkNoneLost(t, d, day)
			})
		}
	}
	tried(t, "%d clock jumps, %v both ways", 2*len(jumps), jumps)
}

// TestZones studies every day of a year in places whose clocks change, and on a
// journey through all of them.
func TestZones(t *testing.T) {
	property.OneAtATime(t)
	names := []string{"Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "America/St_Johns", "Asia/Kathmandu"}
	var zones []*time.Location
	for _, name := range names {
		zones = append(zones, must[*time.Location](t)(time.LoadLocation(name)))
	}
	const days = 365
	t.Cleanup(func() { tried(t, "a year of days in %d time zones and on a journey through them", len(zones)) })
	for i, name := range append(names, "journey") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := open(t, made(t, 0))
			if _, err := d.db.Exec("PRAGMA synchronous = OFF"); err != nil {
				t.Fatal(err)
			}
			seen := make(map[srs.Day]map[int64]bool)
			at := time.Date(2026, 1, 1, 2, 30, 0, 0, time.UTC)
			for n := range days * 2 {
				zone := zones[n/7%len(zones)]
				if i < len(zones) {
					zone = zones[i]
				}
				studyAt(t, d, at.In(zone), seen)
				at = at.Add(12 * time.Hour)
			}
			if i < len(zones) && len(seen) < days {
				t.Errorf("%d study days in a year", len(seen))
			}
			checkNoneLost(t, d, srs.DayOf(at, rollover))
		})
	}
}
