package spelling

import "testing"

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"front", "front", 0}, {"fornt", "front", 1}, {"frnt", "front", 1}, {"fronts", "front", 1},
		{"frant", "front", 1}, {"back", "pack", 1}, {"kitten", "sitting", 3}, {"ca", "abc", 3},
	} {
		if got := Distance(test.a, test.b); got != test.want {
			t.Errorf("from %q to %q: got %d, want %d", test.a, test.b, got, test.want)
		}
		if got := Distance(test.b, test.a); got != test.want {
			t.Errorf("from %q to %q: got %d, want %d", test.b, test.a, got, test.want)
		}
	}
}

func TestClosest(t *testing.T) {
	words := []string{"is", "due", "deck", "section", "interval"}
	for s, want := range map[string]string{"dekc": "deck", "sectoin": "section", "intervall": "interval", "due": "due", "dew": "", "": "", "xyz": ""} {
		if got := Closest(s, words); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}
