package term

import (
	"strings"
	"testing"

	"github.com/rivo/uniseg"
)

func TestTruncate(t *testing.T) {
	tests := []struct {
		text  string
		width int
		want  string
		left  string
	}{
		{"光合作用", 8, "光合作用", "光合作用"},
		{"光合作用", 7, "光合作…", "…合作用"},
		{"光合作用", 6, "光合…", "…作用"},
		{"abc", 1, "…", "…"},
		{"abc", 0, "", ""},
		{"👩‍🚀👩‍🚀👩‍🚀", 5, "👩‍🚀👩‍🚀…", "…👩‍🚀👩‍🚀"},
	}
	for _, tt := range tests {
		if got := Truncate(tt.text, tt.width); got != tt.want {
			t.Errorf("Truncate(%q, %d): got %q, want %q", tt.text, tt.width, got, tt.want)
		}
		if got := TruncateLeft(tt.text, tt.width); got != tt.left {
			t.Errorf("TruncateLeft(%q, %d): got %q, want %q", tt.text, tt.width, got, tt.left)
		}
	}
}

func TestAmbiguousWidth(t *testing.T) {
	uniseg.EastAsianAmbiguousWidth = 2
	defer func() { uniseg.EastAsianAmbiguousWidth = 1 }()
	if got := Width("→…"); got != 4 {
		t.Errorf("Width: got %d, want 4", got)
	}
	for w := 8; w < 60; w++ {
		page(t, gradeScene(), w, 15) // no row too wide
	}
}

func TestPad(t *testing.T) {
	if got, want := PadRight("光合", 6)+"|"+PadLeft("光合", 6)+"|"+PadLeft("光合", 3), "光合  |  光合|光合"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestColorAllowed(t *testing.T) {
	for _, env := range []string{"NO_COLOR=1", "TERM=dumb", ""} {
		name, value, _ := strings.Cut(env, "=")
		r, w := pipe(t)
		_ = r
		if ColorAllowed(w, func(k string) string {
			if k == name {
				return value
			}
			return ""
		}) {
			t.Errorf("%q: colour into a pipe", env)
		}
	}
}
