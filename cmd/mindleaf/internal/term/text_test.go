package term

import (
	"strings"
	"testing"
	"unicode"

	"github.com/rivo/uniseg"
)

func TestSanitize(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain", "光合作用 abc\n第二行", "光合作用 abc\n第二行"},
		{"colour", "a\x1b[31mred\x1b[0m", "ared"},
		{"title", "a\x1b]0;title\ab", "ab"},
		{"title with ST", "a\x1b]0;title\x1b\\b", "ab"},
		{"open title keeps the text", "a\x1b]0;title", "a]0;title"},
		{"escape at the end", "a\x1b", "a"},
		{"broken sequence", "a\x1b[3\nb", "a3\nb"},
		{"bell, null, delete", "a\a\x00\x7fb", "ab"},
		{"C1 CSI", "a\u009b31mb", "a31mb"},
		{"tab", "a\tb", "a    b"},
		{"line ends", "a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"},
		{"bidi", "a\u202eb\u2066c\u200f", "abc"},
		{"private use", "a\uE123b\U000F0001", "ab"},
		{"broken UTF-8", "a\xffb", "a\uFFFDb"},
		{"emoji stays whole", "👩‍🚀", "👩‍🚀"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Sanitize(tt.text); got != tt.want {
				t.Errorf("Sanitize(%q): got %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func FuzzSanitize(f *testing.F) {
	f.Add("a\x1b]0;t\x1b[31m\u009b\t光\xff\r\n")
	f.Fuzz(func(t *testing.T, s string) {
		got := Sanitize(s)
		for _, r := range got {
			if r != '\n' && (unicode.IsControl(r) || hidden(r)) {
				t.Errorf("Sanitize(%q) = %q has %U", s, got, r)
			}
		}
		if again := Sanitize(got); again != got {
			t.Errorf("Sanitize(%q): got %q, then %q", s, got, again)
		}
	})
}

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
