package srs

import (
	"fmt"
	"time"
)

// Day is a study day, counted in days since 1 January 1970. It carries no time
// zone: it is a date of the learner's calendar.
type Day int32

// DayOf returns the study day of t in t's own location. The day turns at
// rolloverHour (0 to 23) by the clock on the wall, so that a day with a change
// of daylight saving time is still one study day.
func DayOf(t time.Time, rolloverHour int) Day {
	d := dayOfDate(t.Date())
	if t.Hour() < rolloverHour {
		d--
	}
	return d
}

func dayOfDate(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Date returns midnight UTC at the start of the calendar date of d.
func (d Day) Date() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String formats d as "2006-01-02".
func (d Day) String() string { return d.Date().Format(time.DateOnly) }

// ParseDay reads what String writes.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date like 2026-01-31", s)
	}
	return dayOfDate(t.Date()), nil
}
