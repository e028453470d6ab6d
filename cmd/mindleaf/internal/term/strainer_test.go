package term

import (
	"bytes"
	"strings"
	"testing"
)

// strained writes texts one after another.
func strained(t *testing.T, texts ...string) string {
	t.Helper()
	var out bytes.Buffer
	s := NewStrainer(&out, true)
	for _, text := range texts {
		if n, err := s.Write([]byte(text)); n != len(text) || err != nil {
			t.Errorf("Write(%q): got %d, %v", text, n, err)
		}
	}
	return out.String()
}

func TestStrainer(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain", "光合作用\tabc\n", "光合作用\tabc\n"},
		{"ink", Paint("光合", MatureInk, true) + "作用" + Paint("!", HeadingInk, true), "\x1b[32m光合\x1b[0m作用\x1b[1m!\x1b[0m"},
		{"no ink of ours", "a\x1b[8mb\x1b[m\x1b[031mc\x1b[1;31md\x1b[41me", "abcde"},
		{"title in ink", Paint("a\x1b]0;x\ab", AlarmInk, true) + "\n", "ab\n"},
		{"ink in a title", "\x1b]0;\x1b[31m\ab\n", "b\n"},
		{"ink without an end", "a\x1b[31mb\nc\x1b[0md\n", "ab\ncd\n"},
		{"ink in ink", "\x1b[31ma\x1b[32mb\x1b[0mc\n", "a\x1b[32mb\x1b[0mc\n"},
		{"clipboard", "a\x1b]52;c;eA==\x1b\\b", "ab"},
		{"open title ends with its line", "a\x1b]0;x\nb\a\n", "a]0;x\nb\n"},
		{"line ends of a table", "a\r\nb\r\n", "a\nb\n"},
		{"turned", "a\u202eb\u2066\u200bc", "abc"},
		{"not UTF-8", "a\xff\xfeb", "a\uFFFD\uFFFDb"},
		{"emoji", "👩‍🚀" + england, "👩‍🚀" + england},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strained(t, tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			// A text is written in any parts.
			for i := range tt.text {
				if cut := strained(t, tt.text[:i], tt.text[i:]); cut != tt.want && !strings.ContainsAny(tt.text, "\u200d\ufe0f\u200b\U000E0067") {
					t.Errorf("cut at %d: got %q, want %q", i, cut, tt.want)
				}
			}
		})
	}
	var out bytes.Buffer
	if _, err := NewStrainer(&out, false).Write([]byte(Paint("a", AlarmInk, true) + "\n")); err != nil || out.String() != "a\n" {
		t.Errorf("without colour: got %q, %v", out.String(), err)
	}
	if got := strained(t, "\x1b]0;"+strings.Repeat("x", 2*maxSequence), "\nb"); !strings.HasSuffix(got, "x\nb") {
		t.Errorf("what never ends is kept: %q", got[len(got)-3:])
	}
}

func FuzzStrainer(f *testing.F) {
	f.Add("a\x1b]0;t\x1b[31m\u009b\t光\xff\r\n", 3)
	f.Fuzz(func(t *testing.T, s string, cut int) {
		cut = min(max(cut, 0), len(s))
		got := strained(t, s[:cut], s[cut:], "\n")
		for _, params := range inkParams[1:] {
			got = strings.ReplaceAll(got, "\x1b["+params+"m", "")
		}
		got = strings.ReplaceAll(strings.ReplaceAll(got, unpaint, ""), "\t", " ")
		if got != Sanitize(got) {
			t.Errorf("%q leaves %q", s, got)
		}
	})
}
