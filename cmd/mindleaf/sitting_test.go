package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

// ticking is the program with a clock that goes on by step at every look, and the
// home folder of the test.
func ticking(t *testing.T, home, input string, step time.Duration, args ...string) (code int, out string) {
	t.Helper()
	return tickingFrom(t, home, input, time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC), step, args...)
}

// tickingFrom is ticking from some time on.
func tickingFrom(t *testing.T, home, input string, now time.Time, step time.Duration, args ...string) (code int, out string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(env{
		args: append(args, "--home", home), stdin: strings.NewReader(input), stdout: &stdout, stderr: &stderr,
		now:    func() time.Time { now = now.Add(step); return now },
		getenv: func(string) string { return "" }, random: rand.Reader,
	})
	return code, stdout.String() + stderr.String()
}

func TestTimebox(t *testing.T) {
	tests := []struct {
		name, input, minutes string
		cards                string
	}{
		{"stops when told so", "\n3\n\n3\nn\n\n3\n", "3", "2 cards answered"},
		{"goes on when told so", "\n3\n\n3\ny\n\n3\nq\n", "3", "3 cards answered"},
		{"never asks", "\n3\n\n3\n\n3\n\n3\nq\n", "0", "4 cards answered"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code, out := ticking(t, t.TempDir(), tt.input, 40*time.Second, "review", "--plain", "--minutes", tt.minutes)
			if code != 0 || !strings.Contains(out, tt.cards) {
				t.Errorf("exit %d, want 0 and %q in:\n%s", code, tt.cards, out)
			}
			if asked := strings.Contains(out, "3 minutes are over"); asked != (tt.minutes == "3") {
				t.Errorf("asked whether to go on: %v, in:\n%s", asked, out)
			}
		})
	}
}

// TestNewDay leaves a sitting open overnight, and longer. What is asked on a day counts for
// it, what has become due is asked, and --new and --limit hold for all days together.
func TestNewDay(t *testing.T) {
	property.OneAtATime(t)
	const step = 3 * time.Hour
	for limit, want := range map[string]int{"0": 7, "4": 4} {
		home := t.TempDir()
		code, out := ticking(t, home, strings.Repeat("\n3\n", 9)+"q\n", step, "review", "--plain", "--new", "5", "--limit", limit)
		if code != 0 || !strings.Contains(out, "A new study day has begun.") {
			t.Errorf("exit %d, want a new day:\n%s", code, out)
		}
		_, out = ticking(t, home, "", time.Second, "export", "--format", "json", "-o", "-")
		var exported struct {
			Events []struct {
				At  time.Time
				Day string
			}
		}
		if err := json.Unmarshal([]byte(out), &exported); err != nil {
			t.Fatalf("%v in %.300s", err, out)
		}
		days := make(map[string]int)
		for _, e := range exported.Events {
			days[e.Day]++
			if asked := e.At.Add(-step); e.Day != srs.DayOf(asked, 4).String() {
				t.Errorf("an answer to what was asked at %v counts for %s", asked, e.Day)
			}
		}
		if len(exported.Events) < want || limit != "0" && len(exported.Events) != want || len(days) < 2 {
			t.Errorf("answers by day: %v, want %d of some days", days, want)
		}
	}
}

func TestNewLeech(t *testing.T) {
	tests := []struct {
		threshold int
		want      []int32 // the lapses, 1 to 20, that make a leech
	}{
		{8, []int32{8, 12, 16, 20}},
		{3, []int32{3, 5, 7, 9, 11, 13, 15, 17, 19}},
		{1, []int32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}},
		{0, nil},
	}
	for _, tt := range tests {
		s := &sitting{app: &app{config: config{Review: reviewConfig{LeechLapses: tt.threshold}}}}
		var got []int32
		for lapses := int32(1); lapses <= 20; lapses++ {
			if s.newLeech(srs.Step{Before: srs.State{Lapses: lapses - 1}, After: srs.State{Lapses: lapses}}) {
				got = append(got, lapses)
			}
		}
		if len(got) != len(tt.want) {
			t.Errorf("threshold %d: got %v, want %v", tt.threshold, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("threshold %d: got %v, want %v", tt.threshold, got, tt.want)
			}
		}
		if s.newLeech(srs.Step{Before: srs.State{Lapses: 8}, After: srs.State{Lapses: 8}}) {
			t.Errorf("threshold %d: a passed review makes a leech", tt.threshold)
		}
	}
}

func TestParseEasyDays(t *testing.T) {
	tests := []struct {
		text  string
		want  easyDays
		wrong string
	}{
		{"", easyDays{100, 100, 100, 100, 100, 100, 100}, ""},
		{"sat=50  SUN", easyDays{0, 100, 100, 100, 100, 100, 50}, ""},
		{"funday", easyDays{}, "not a day of the week"},
		{"sat=101", easyDays{}, "not a share"},
		{"sat=", easyDays{}, "not a share"},
	}
	for _, tt := range tests {
		got, err := parseEasyDays(tt.text)
		switch {
		case tt.wrong == "" && (err != nil || got != tt.want):
			t.Errorf("%q: got %v, %v, want %v", tt.text, got, err, tt.want)
		case tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)):
			t.Errorf("%q: got the error %v, want %q", tt.text, err, tt.wrong)
		}
	}
	monday, err := srs.ParseDay("2026-01-05")
	if err != nil {
		t.Fatal(err)
	}
	if got := (easyDays{0, 1, 2, 3, 4, 5, 6}).share(monday); got != 1 {
		t.Errorf("a Monday has the share %d, want 1", got)
	}
}

// TestReviewsMindDaysOfRest sends 40 cards to a week with a day of rest in it.
func TestReviewsMindDaysOfRest(t *testing.T) {
	home := t.TempDir()
	on := func(date, input string, args ...string) string {
		t.Helper()
		at, err := time.Parse(time.DateOnly, date)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		code := run(env{
			args: append(args, "--home", home), stdin: strings.NewReader(input), stdout: &out, stderr: &out,
			now: func() time.Time { return at.Add(12 * time.Hour) }, getenv: func(string) string { return "" }, random: rand.Reader,
		})
		if code != 0 {
			t.Fatalf("exit %d:\n%s", code, out.String())
		}
		return out.String()
	}
	on("2026-01-05", "", "config", "set", "review.easy_days", "mon")
	for _, date := range []string{"2026-01-05", "2026-01-06"} {
		on(date, strings.Repeat("\n", 200), "review", "--plain", "--new", "40")
	}
	// Six days after Tuesday is Monday the 12th; the spread is the 10th to the 14th.
	due := func(date string) string {
		n, _, _ := strings.Cut(on(date, "", "due"), " due")
		return n
	}
	if sunday, monday, wednesday := due("2026-01-11"), due("2026-01-12"), due("2026-01-14"); sunday != monday || monday == wednesday {
		t.Errorf("due until Sunday %s, Monday %s, Wednesday %s: want none more on Monday, and more after it", sunday, monday, wednesday)
	}
}
