package srs

import (
	"testing"
	"time"
	_ "time/tzdata" // the test needs zones wherever it runs

	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
)

func TestDayOf(t *testing.T) {
	tests := []struct{ name, zone, at, want string }{
		{"noon", "Asia/Shanghai", "2026-03-05T12:00:00", "2026-03-05"},
		{"just before the rollover", "Asia/Shanghai", "2026-03-05T03:59:59", "2026-03-04"},
		{"at the rollover", "Asia/Shanghai", "2026-03-05T04:00:00", "2026-03-05"},
		{"new year's night", "Asia/Shanghai", "2027-01-01T00:30:00", "2026-12-31"},
		{"leap day", "Asia/Shanghai", "2028-03-01T01:00:00", "2028-02-29"},
		{"Berlin, spring forward, night before", "Europe/Berlin", "2026-03-29T01:59:00", "2026-03-28"},
		{"Berlin, spring forward, hour that is skipped", "Europe/Berlin", "2026-03-29T03:00:00", "2026-03-28"},
		{"Berlin, spring forward, rollover", "Europe/Berlin", "2026-03-29T04:00:00", "2026-03-29"},
		{"Berlin, fall back, hour that comes twice", "Europe/Berlin", "2026-10-25T02:30:00", "2026-10-24"},
		{"Berlin, fall back, rollover", "Europe/Berlin", "2026-10-25T04:00:00", "2026-10-25"},
		{"New York, spring forward", "America/New_York", "2026-03-08T03:30:00", "2026-03-07"},
		{"New York, evening, already tomorrow in UTC", "America/New_York", "2026-11-01T23:30:00", "2026-11-01"},
		{"before 1970", "America/New_York", "1969-12-31T12:00:00", "1969-12-31"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at, err := time.ParseInLocation("2006-01-02T15:04:05", tt.at, zone(t, tt.zone))
			if err != nil {
				t.Fatal(err)
			}
			if got := DayOf(at, 4).String(); got != tt.want {
				t.Errorf("%s: got %s, want %s", at, got, tt.want)
			}
		})
	}
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// changing are places for every rule by which clocks change in a year, and some whose
// clocks do not.
var changing = []string{
	"Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/Miquelon", "America/New_York", "America/Nuuk", "America/Santiago",
	"America/St_Johns", "Antarctica/Troll", "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Shanghai", "Atlantic/Azores",
	"Australia/Adelaide", "Australia/Lord_Howe", "Europe/Berlin", "Europe/Chisinau", "Europe/Lisbon", "Pacific/Auckland", "Pacific/Chatham",
	"Pacific/Easter", "Pacific/Kiritimati", "Pacific/Norfolk",
}

// turnsAt reports whether it is the rollover hour on the wall, or the moment at which a
// change of the clocks has skipped it.
func turnsAt(at time.Time, rollover int) bool {
	_, before := at.Add(-15 * time.Minute).Zone()
	_, now := at.Zone()
	return at.Hour() == rollover && at.Minute() == 0 || now > before
}

// TestDayOfTurnsOnce goes through a year in steps of 15 minutes: the study day
// turns once a day, by one, at the rollover hour on the wall, whatever daylight
// saving does.
func TestDayOfTurnsOnce(t *testing.T) {
	for _, name := range changing {
		t.Run(name, func(t *testing.T) {
			loc := zone(t, name)
			for _, rollover := range []int{0, 4, 23} {
				at := time.Date(2026, 1, 1, 12, 0, 0, 0, loc)
				turns, before := 0, DayOf(at, rollover)
				for end := at.AddDate(1, 0, 0); at.Before(end); {
					at = at.Add(15 * time.Minute)
					day := DayOf(at, rollover)
					if day == before {
						continue
					}
					if day != before+1 || !turnsAt(at, rollover) {
						t.Fatalf("rollover %d: %s to %s at %s", rollover, before, day, at)
					}
					turns, before = turns+1, day
				}
				if turns != 365 {
					t.Errorf("rollover %d: got %d turns, want 365", rollover, turns)
				}
			}
		})
	}
}

func TestDayRoundTrip(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		want := Day(rapid.Int32Range(-700_000, 2_900_000).Draw(t, "day"))
		got, err := ParseDay(want.String())
		if err != nil || got != want {
			t.Fatalf("%s: got %d, %v, want %d", want, int32(got), err, int32(want))
		}
		if got := DayOf(want.Date().Add(5*time.Hour), 4); got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	})
}

func TestParseDayErrors(t *testing.T) {
	for _, s := range []string{"", "today", "2026-02-30", "2026-1-1", "2026-01-01 "} {
		if day, err := ParseDay(s); err == nil {
			t.Errorf("%q: got %s, want an error", s, day)
		}
	}
}
