package main

import (
	"testing"

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
