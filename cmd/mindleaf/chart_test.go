package main

import (
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/srs"
)

// TestHeatLegend wants every shade named that days can have, and no bound twice.
func TestHeatLegend(t *testing.T) {
	for _, tt := range []struct {
		answers []int64
		want    string
	}{
		{[]int64{5, 5, 0, 5}, "  · 0  ░ ≤5  █ >5"},
		{[]int64{3, 5, 5, 9}, "  · 0  ░ ≤3  ▒ ≤5  █ >5"},
		{[]int64{1, 2, 3, 4, 5}, "  · 0  ░ ≤2  ▒ ≤3  ▓ ≤4  █ >4"},
	} {
		a := &app{config: defaultConfig(), chinese: false}
		var days []dayFigure
		for i, n := range tt.answers {
			days = append(days, dayFigure{day: srs.Day(20000 + i), Answers: n})
		}
		lines := a.heatLines(days, 60)
		if got := lines[len(lines)-1]; got != "  "+tt.want {
			t.Errorf("%v: got %q, want %q", tt.answers, got, "  "+tt.want)
		}
	}
}

// TestMonthLine puts a month over the week of its first day, and none where it would
// stick out.
func TestMonthLine(t *testing.T) {
	monday := srs.DayOf(time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC), 0)
	var days []dayFigure
	for d := monday - 20; d <= monday+84; d++ { // 16 December to 30 March
		days = append(days, dayFigure{day: d})
	}
	for weeks, want := range map[int]string{13: "   02  03", 9: "   02  03", 8: "   02", 4: "", 1: ""} {
		if got := monthLine(days, monday, weeks); got != want {
			t.Errorf("%d weeks: got %q, want %q", weeks, got, want)
		}
	}
	if got, want := monthLine(days, monday-21, 16), "  01  02  03"; got != want {
		t.Errorf("from December: got %q, want %q", got, want)
	}
}
