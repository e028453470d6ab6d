package sm2

import (
	"math"
	"testing"

	"github.com/mindleaf/mindleaf/srs"
)

func TestRecall(t *testing.T) {
	tests := []struct {
		name  string
		state srs.State
		day   srs.Day
		want  float64
	}{
		{"new", srs.NewState(), 130, 0},
		{"just reviewed", learned, 100, 1},
		{"clock set back", learned, 99, 1},
		{"interval passed", learned, 130, 0.9},
		{"twice the interval", learned, 160, 0.84588},
		{"ten times the interval", learned, 400, 0.69283},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Recall(tt.state, tt.day); math.Abs(got-tt.want) > 1e-5 || tt.name == "interval passed" && math.Abs(got-tt.want) > 1e-12 {
				t.Errorf("got %.5f, want %.5f", got, tt.want)
			}
		})
	}
}

func TestCurveIsRecall(t *testing.T) {
	c := NewCurve(1000)
	for i := range 200_000 {
		s := srs.State{Phase: srs.Review, IntervalDays: int32(i*7919%977 + 1), LastDay: srs.Day(1010 - i*104729%1100)}
		if i%50 == 0 {
			s.Phase = srs.New
		}
		if got, want := c.Recall(&s), Recall(s, 1000); got != want {
			t.Fatalf("%+v: got %v, want %v", s, got, want)
		}
	}
}
