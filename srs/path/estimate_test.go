package path

import "testing"

func TestDaysToGo(t *testing.T) {
	tests := []struct {
		newCards, begun int64
		perDay          float64
		want            int
		ok              bool
	}{
		{0, 0, 0, 0, true},
		{0, 5, 0, 7, true},
		{100, 0, 10, 17, true},
		{101, 0, 10, 18, true},
		{1, 0, 20, 8, true},
		{10, 3, 2.5, 11, true},
		{10, 0, 0, 0, false},
	}
	for _, tt := range tests {
		if got, ok := DaysToGo(tt.newCards, tt.begun, tt.perDay); got != tt.want || ok != tt.ok {
			t.Errorf("%d new, %d begun, %v a day: got %d, %v, want %d, %v", tt.newCards, tt.begun, tt.perDay, got, ok, tt.want, tt.ok)
		}
	}
}
