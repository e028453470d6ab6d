package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
)

func TestKept(t *testing.T) {
	now := time.Date(2026, 11, 26, 20, 0, 0, 0, time.UTC)
	ago := func(days float64) time.Time { return now.Add(-time.Duration(days * 24 * float64(time.Hour))) }
	tests := []struct {
		name  string
		times []time.Time
		want  []bool
	}{
		{"none", nil, []bool{}},
		{"all of two days", []time.Time{ago(0), ago(0.1), ago(1), ago(1.9)}, []bool{true, true, true, true}},
		{"one a day before", []time.Time{ago(0), ago(3), ago(3.1), ago(3.2), ago(4)}, []bool{true, true, false, false, true}},
		{"the clock was ahead", []time.Time{ago(-400), ago(-399.9)}, []bool{true, true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, kept(tt.times, now)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestKeptOverYears makes a backup an hour for three years, thinning out each
// time, and looks at what is left.
func TestKeptOverYears(t *testing.T) {
	property.OneAtATime(t)
	now := time.Date(2023, 11, 26, 20, 0, 0, 0, time.UTC)
	var made []time.Time
	for range 3 * 365 * 24 {
		now = now.Add(time.Hour)
		made = append([]time.Time{now}, made...)
		var left []time.Time
		for i, keep := range kept(made, now) {
			if keep {
				left = append(left, made[i])
			}
		}
		made = left
	}
	within := func(from, to float64) (n int) {
		for _, at := range made {
			if age := now.Sub(at).Hours() / 24; age >= from && age < to {
				n++
			}
		}
		return n
	}
	if got := within(0, 2); got != 48 {
		t.Errorf("%d backups of the last two days, want all 48", got)
	}
	if got := within(2, 15); got < 12 || got > 14 {
		t.Errorf("%d backups of the 13 days before, want one a day", got)
	}
	if got := len(made); got > 48+12+10+9 {
		t.Errorf("%d backups are left", got)
	}
	if oldest := now.Sub(made[len(made)-1]).Hours() / 24; oldest < 220 || oldest > 400 {
		t.Errorf("the oldest backup is %.0f days old, want about nine months", oldest)
	}
}

func TestThinOutKeepsOtherFiles(t *testing.T) {
	property.Check(t, func(rt *rapid.T) {
		folder, err := os.MkdirTemp("", "backups")
		if err != nil {
			rt.Fatal(err)
		}
		defer os.RemoveAll(folder)
		now := time.Date(2026, 11, 26, 20, 0, 0, 0, time.UTC)
		names := map[string]bool{"notes.txt": true, "mindleaf-20260101.db": true, "mindleaf-20260230T000000Z.db": true}
		for range rapid.IntRange(0, 40).Draw(rt, "backups") {
			names[backupName(now.Add(-time.Duration(rapid.IntRange(0, 9000).Draw(rt, "hours"))*time.Hour))] = true
		}
		for name := range names {
			if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
				rt.Fatal(err)
			}
		}
		made, err := backups(folder)
		if err != nil || len(made) != len(names)-3 {
			rt.Fatalf("got %d backups, %v, want %d", len(made), err, len(names)-3)
		}
		if err := thinOut(made, now); err != nil {
			rt.Fatal(err)
		}
		left, err := backups(folder)
		if err != nil || len(made) > 0 && (len(left) == 0 || !left[0].at.Equal(made[0].at)) {
			rt.Fatalf("the newest backup is gone: %v, %v", left, err)
		}
		for _, name := range []string{"notes.txt", "mindleaf-20260101.db", "mindleaf-20260230T000000Z.db"} {
			if !exists(filepath.Join(folder, name)) {
				rt.Fatalf("%s is gone", name)
			}
		}
	})
}
