package property

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestDrawsTheSameAgain(t *testing.T) {
	draw := func() (drawn []int) {
		Check(t, func(t *rapid.T) { drawn = append(drawn, rapid.Int().Draw(t, "n")) })
		return drawn
	}
	first := draw()
	if diff := cmp.Diff(first, draw()); diff != "" {
		t.Errorf("the second run drew otherwise (-first +second):\n%s", diff)
	}
	different := map[int]bool{}
	for _, n := range first {
		different[n] = true
	}
	if len(different) < 10 {
		t.Errorf("got %d different numbers, want many", len(different))
	}
}
