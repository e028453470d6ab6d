package term

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFrame(t *testing.T) {
	tests := []struct {
		name   string
		writes []string
		want   []string
	}{
		{"lines", []string{"\x1b[2K\rlabel\n\x1b[2K\r▸ one\n\x1b[2K\r  two\n"}, []string{"label", "▸ one", "  two"}},
		{"redrawn in place", []string{
			"\x1b[2K\rlabel\n\x1b[2K\r▸ one\n\x1b[2K\r  two\n",
			"\x1b[1A\x1b[1A\x1b[1A\x1b[2K\rlabel\x1b[1B\x1b[2K\r  one\x1b[1B\x1b[2K\r▸ two\x1b[1B",
		}, []string{"label", "  one", "▸ two"}},
		{"shorter", []string{"a\nb\n", "\x1b[1A\x1b[2K\r\x1b[1A\x1b[2K\rc\n\x1b[J"}, []string{"c"}},
		{"echo under the frame", []string{"a\n", "\x1b[J\x1b[2K\rx \b", "\x1b[?25l"}, []string{"a"}},
		{"bell and colours", []string{"\x1b[1ma\x1b[0m\a\n"}, []string{"a"}},
		{"split sequences", []string{"a\n\x1b", "[1", "A\x1b[2", "K\rb\n"}, []string{"b"}},
		{"up beyond the top", []string{"\x1b[1A\x1b[1Aa\n"}, []string{"a"}},
		{"unknown escape", []string{"\x1b7a\x1b[5Gb\n"}, []string{"ab"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			f := &frame{guard: func() {}, draw: func(rows []string) { got = rows }}
			for _, w := range tt.writes {
				if n, err := f.Write([]byte(w)); n != len(w) || err != nil {
					t.Fatalf("Write(%q): got %d, %v", w, n, err)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestFrozenFrameDrawsNothing(t *testing.T) {
	drawn := 0
	f := &frame{guard: func() {}, draw: func([]string) { drawn++ }}
	write := func(s string) {
		if _, err := f.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
	}
	write("a\n")
	write("\x1b[?25l") // nothing new
	f.hold(true)
	write("b\n")
	f.hold(false)
	write("c\n")
	f.freeze()
	write("late\n")
	if drawn != 2 {
		t.Errorf("drawn: got %d times, want 2", drawn)
	}
}

func FuzzFrame(f *testing.F) {
	f.Add("a\n\x1b[1A\x1b[2K\rb\x1b[1B\x1b[J")
	f.Fuzz(func(t *testing.T, s string) {
		fr := &frame{guard: func() {}, draw: func([]string) {}}
		for len(s) > 0 {
			n := min(3, len(s))
			if _, err := fr.Write([]byte(s[:n])); err != nil {
				t.Fatal(err)
			}
			s = s[n:]
		}
	})
}
