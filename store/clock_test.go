package store

import (
	"context"
	"testing"
	"time"
	_ "time/tzdata" // the zones, wherever the test runs

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
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

func TestClockJumps(t *testing.T) {
	property.OneAtATime(t)
	jumps := []time.Duration{time.Hour, 24 * time.Hour, 3653 * 24 * time.Hour}
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
				// The clock is right again.
				for range 10 {
					studyAt(t, d, at.Add(-sign*jump), seen)
					at = at.Add(24 * time.Hour)
				}
				checkNoneLost(t, d, srs.DayOf(at, rollover))
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
