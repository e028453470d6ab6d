package sm2

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

var _ srs.Scheduler = (*Scheduler)(nil)

func TestName(t *testing.T) {
	s, err := New(Default())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.Name(), "sm2 reading=program multiplier=100 fuzz=on max=36500"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNameRoundTrip(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		want := drawSettings(t)
		got, err := Parse(want.Name())
		if err != nil {
			t.Fatal(err)
		}
		if got.Settings() != want.Settings() {
			t.Fatalf("got %+v, want %+v", got.Settings(), want.Settings())
		}
	})
}

func TestParseErrors(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", `column 1: want "sm2"`},
		{"other algorithm", "fsrs6 max=1", `column 1: want "sm2"`},
		{"reading", "sm2 reading=prose multiplier=100 fuzz=on max=1", `column 5: unknown reading "prose"`},
		{"multiplier", "sm2 reading=text multiplier=0 fuzz=on max=1", "column 18: 0 is not 10 to 1000 percent"},
		{"fuzz", "sm2 reading=text multiplier=100 fuzz=yes max=1", `column 33: "yes" is neither on nor off`},
		{"max", "sm2 reading=text multiplier=100 fuzz=on max=36501", "column 41: 36501 is not 1 to 36500 days"},
		{"spelling", "sm2 reading=text multiplier=0100 fuzz=on max=1", `"0100" is not a whole number`},
		{"unknown", "sm2 colour=red", `column 5: unknown setting "colour"`},
		{"no value", "sm2 fuzz", `column 5: "fuzz" is not key=value`},
		{"twice", "sm2 fuzz=on fuzz=on", "column 13: fuzz is there twice"},
		{"missing", "sm2 reading=text fuzz=on max=1", "column 31: a setting is missing"},
		{"two spaces", "sm2  fuzz=on", `column 5: "" is not key=value`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Schedulers(tt.in)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got error %v, want %q in it", err, tt.want)
			}
		})
	}
}

func TestNewErrors(t *testing.T) {
	_, err := New(Settings{Reading: 3})
	want := "setting up sm2: reading: 3 is neither program nor text; " +
		"multiplier: 0 is not 10 to 1000 percent; max: 0 is not 1 to 36500 days"
	if err == nil || err.Error() != want {
		t.Errorf("got error %v, want %s", err, want)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(Default().name())
	f.Add("sm2 max=1 fuzz=off multiplier=1000 reading=text")
	f.Add("sm2  max=1")
	f.Fuzz(func(t *testing.T, name string) {
		s, err := Parse(name)
		if err != nil {
			return
		}
		again, err := Parse(s.Name())
		if err != nil || again.Settings() != s.Settings() {
			t.Errorf("%q became %q: %v", name, s.Name(), err)
		}
	})
}
