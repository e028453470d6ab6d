package sm2

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

// exactly returns a scheduler without fuzz.
func exactly(t testing.TB) *Scheduler {
	t.Helper()
	settings := Default()
	settings.Fuzz = false
	s, err := New(settings)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// learned is in Review since day 100, due on day 130.
var learned = srs.State{
	Phase: srs.Review, Due: 130, IntervalDays: 30, Ease: 200, Reps: 4, Lapses: 1, Reviews: 9, LastDay: 100,
}

func with(s srs.State, change func(*srs.State)) srs.State {
	change(&s)
	return s
}

func TestNext(t *testing.T) {
	begun := srs.State{Phase: srs.Learning, Due: 101, IntervalDays: 1, Ease: 250, Reps: 1, Reviews: 1, LastDay: 100}
	failed := srs.State{Phase: srs.Relearning, Due: 101, IntervalDays: 1, Ease: 168, Lapses: 2, Reviews: 10, LastDay: 100}
	tests := []struct {
		name   string
		before srs.State
		grade  srs.Grade
		day    srs.Day
		change func(*srs.State) // what differs from before, Reviews and LastDay apart
	}{
		{"new passed", srs.NewState(), srs.Good, 100, func(s *srs.State) {
			s.Phase, s.Due, s.IntervalDays, s.Reps = srs.Learning, 101, 1, 1
		}},
		{"new failed", srs.NewState(), srs.Again, 100, func(s *srs.State) {
			s.Phase, s.Due, s.IntervalDays, s.Ease = srs.Learning, 101, 1, 218
		}},
		{"new on day 0", srs.NewState(), srs.Good, 0, func(s *srs.State) {
			s.Phase, s.Due, s.IntervalDays, s.Reps = srs.Learning, 1, 1, 1
		}},
		{"second success", begun, srs.Good, 101, func(s *srs.State) {
			s.Phase, s.Due, s.IntervalDays, s.Reps = srs.Review, 107, 6, 2
		}},
		{"second success same day", begun, srs.Easy, 100, func(*srs.State) {}},
		{"learning failed", begun, srs.Again, 101, func(s *srs.State) {
			s.Due, s.Reps, s.Ease = 102, 0, 218
		}},
		{"on time", learned, srs.Easy, 130, func(s *srs.State) {
			s.Due, s.IntervalDays, s.Reps, s.Ease = 190, 60, 5, 210
		}},
		{"overdue earns no more", learned, srs.Good, 400, func(s *srs.State) {
			s.Due, s.IntervalDays, s.Reps = 460, 60, 5
		}},
		{"lapse", learned, srs.Again, 130, func(s *srs.State) {
			s.Phase, s.Due, s.IntervalDays, s.Reps, s.Ease, s.Lapses = srs.Relearning, 131, 1, 0, 168, 2
		}},
		{"early by little", learned, srs.Good, 120, func(s *srs.State) {
			s.Due, s.IntervalDays, s.Reps = 160, 40, 5
		}},
		{"early by much keeps the interval", learned, srs.Good, 105, func(s *srs.State) {
			s.Due, s.Reps = 135, 5
		}},
		{"early easy does not raise the ease", learned, srs.Easy, 105, func(s *srs.State) {
			s.Due, s.Reps = 135, 5
		}},
		{"early hard lowers the ease", learned, srs.Hard, 105, func(s *srs.State) {
			s.Due, s.Reps, s.Ease = 135, 5, 186
		}},
		{"early failure counts", learned, srs.Again, 101, func(s *srs.State) {
			s.Phase, s.Due, s.IntervalDays, s.Reps, s.Ease, s.Lapses = srs.Relearning, 102, 1, 0, 168, 2
		}},
		{"early and due far away by hand", with(learned, func(s *srs.State) { s.Due = 300 }), srs.Good, 110, func(s *srs.State) {
			s.Due, s.Reps = 300, 5
		}},
		{"late but due still later by hand", with(learned, func(s *srs.State) { s.Due = 300 }), srs.Good, 290, func(s *srs.State) {
			s.Due, s.IntervalDays, s.Reps = 350, 60, 5
		}},
		{"due brought forward by hand", with(learned, func(s *srs.State) { s.Due = 105 }), srs.Good, 105, func(s *srs.State) {
			s.Due, s.Reps = 135, 5
		}},
		{"due early by fuzz", with(learned, func(s *srs.State) { s.Due = 128 }), srs.Good, 128, func(s *srs.State) {
			s.Due, s.IntervalDays, s.Reps = 188, 60, 5
		}},
		{"same day success", learned, srs.Easy, 100, func(*srs.State) {}},
		{"same day success, due today by hand", with(learned, func(s *srs.State) { s.Due = 100 }), srs.Hard, 100, func(s *srs.State) {
			s.Due = 130
		}},
		{"same day failure", learned, srs.Again, 100, func(s *srs.State) {
			s.Phase, s.Due, s.IntervalDays, s.Reps, s.Ease, s.Lapses = srs.Relearning, 101, 1, 0, 168, 2
		}},
		{"success after a failure the same day", failed, srs.Good, 100, func(s *srs.State) {
			s.Due, s.Reps = 101, 1
		}},
		{"second failure is no second lapse", failed, srs.Again, 100, func(s *srs.State) {
			s.Ease = 136
		}},
		{"clock set back, success", learned, srs.Good, 98, func(*srs.State) {}},
		{"clock set back, failure", learned, srs.Again, 98, func(s *srs.State) {
			s.Phase, s.Due, s.IntervalDays, s.Reps, s.Ease, s.Lapses = srs.Relearning, 99, 1, 0, 168, 2
		}},
		{"relearned", with(failed, func(s *srs.State) { s.Reps = 1 }), srs.Good, 101, func(s *srs.State) {
			s.Phase, s.Due, s.IntervalDays, s.Reps = srs.Review, 107, 6, 2
		}},
	}
	s := exactly(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := with(tt.before, tt.change)
			want.Reviews++
			want.LastDay = tt.day
			got := s.Next(tt.before, 7, tt.grade, tt.day)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNextSettings(t *testing.T) {
	tests := []struct {
		name     string
		settings Settings
		want     int32
	}{
		{"multiplier", Settings{MultiplierPercent: 160, MaxIntervalDays: 36500}, 96},
		{"small multiplier", Settings{MultiplierPercent: 10, MaxIntervalDays: 36500}, 6},
		{"longest interval", Settings{MultiplierPercent: 100, MaxIntervalDays: 45}, 45},
		{"text", Settings{Reading: Text, MultiplierPercent: 100, MaxIntervalDays: 36500}, 63},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := New(tt.settings)
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Next(learned, 7, srs.Easy, 130).IntervalDays; got != tt.want {
				t.Errorf("got %d days, want %d", got, tt.want)
			}
		})
	}
}

func drawSettings(t *rapid.T) *Scheduler {
	s, err := New(Settings{
		Reading:           rapid.SampledFrom([]Reading{Program, Text}).Draw(t, "reading"),
		MultiplierPercent: rapid.IntRange(MinMultiplierPercent, MaxMultiplierPercent).Draw(t, "multiplier"),
		Fuzz:              rapid.Bool().Draw(t, "fuzz"),
		MaxIntervalDays:   rapid.Int32Range(1, LongestIntervalDays).Draw(t, "max"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestNextProperties reviews a card at any time, set back and forth, with Due
// moved by hand now and then, and checks what must always hold.
func TestNextProperties(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		s := drawSettings(t)
		seed := rapid.Uint32().Draw(t, "seed")
		state, day := srs.NewState(), srs.Day(20000)
		for range rapid.IntRange(1, 40).Draw(t, "reviews") {
			day += srs.Day(rapid.OneOf(rapid.Int32Range(-2, 3), rapid.Int32Range(0, 400)).Draw(t, "days"))
			if state.Phase != srs.New && rapid.IntRange(0, 9).Draw(t, "by hand") == 0 {
				state.Due = day + srs.Day(rapid.Int32Range(-5, 50).Draw(t, "due"))
			}
			g := srs.Grade(rapid.Int8Range(0, 5).Draw(t, "grade"))
			before := state
			state = s.Next(before, seed, g, day)
			if again := s.Next(before, seed, g, day); again != state {
				t.Fatalf("got %+v, then %+v", state, again)
			}
			checkStep(t, s.Settings(), before, state, g, day)
		}
	})
}

func checkStep(t *rapid.T, set Settings, before, after srs.State, g srs.Grade, day srs.Day) {
	first := before.Phase == srs.New
	hold := func(ok bool, what string) {
		if !ok {
			t.Fatalf("%s: grade %d on day %d:\n%+v\n%+v", what, g, int32(day), before, after)
		}
	}
	hold(after.Ease >= srs.MinEase, "ease below 1.30")
	hold(after.Due > day, "due today or before")
	hold(after.IntervalDays >= 1 && after.IntervalDays <= set.MaxIntervalDays, "interval out of range")
	hold(after.Reviews == before.Reviews+1 && after.LastDay == day, "review not counted")
	hold(after.Phase != srs.New, "new after a review")
	hold((after.Phase == srs.Review) == (after.Reps >= 2), "phase and reps disagree")
	if !g.Passed() {
		hold(after.Reps == 0 && after.IntervalDays == 1 && after.Due == day+1, "failure not from the beginning")
		hold(first || after.IntervalDays <= before.IntervalDays, "failure lengthens")
		hold((after.Lapses > before.Lapses) == (before.Phase == srs.Review), "lapse miscounted")
		return
	}
	hold(after.Lapses == before.Lapses, "success lapses")
	hold(first || after.Due >= before.Due, "success brings the card sooner")
	if !first && day <= before.LastDay && before.Reps > 0 {
		hold(after.Reps == before.Reps && after.IntervalDays == before.IntervalDays && after.Ease == before.Ease,
			"second success of a day counts")
	}
	if before.Reps >= 2 && day > before.LastDay && day < before.Due && day-before.LastDay < srs.Day(before.IntervalDays) {
		hold(after.Ease <= before.Ease, "early success raises the ease")
		most := grown(set.Reading, int32(day-before.LastDay), before.Ease, set.MultiplierPercent)
		hold(after.IntervalDays <= max(most, before.IntervalDays), "early success earns unpassed days")
	}
	if low, high := spread(after.IntervalDays); first || before.Due <= day {
		gap := int32(after.Due - day)
		hold(gap >= low && gap <= high, "due outside the spread")
		hold(set.Fuzz || gap == after.IntervalDays, "fuzz though it is off")
	}
}

// TestNextExtremes gives states that no log can make: nothing may overflow.
func TestNextExtremes(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		s := drawSettings(t)
		before := srs.State{
			Phase:        srs.Phase(rapid.Int8Range(0, 3).Draw(t, "phase")),
			Due:          srs.Day(rapid.Int32().Draw(t, "due")),
			IntervalDays: rapid.Int32().Draw(t, "interval"),
			Ease:         srs.Ease(rapid.Int32().Draw(t, "ease")),
			Reps:         rapid.Int32().Draw(t, "reps"),
			Lapses:       rapid.Int32().Draw(t, "lapses"),
			Reviews:      rapid.Int32().Draw(t, "reviews"),
			LastDay:      srs.Day(rapid.Int32().Draw(t, "last day")),
		}
		day := srs.Day(rapid.Int32Range(math.MinInt32, math.MaxInt32-1).Draw(t, "day"))
		after := s.Next(before, rapid.Uint32().Draw(t, "seed"), srs.Grade(rapid.Int8().Draw(t, "grade")), day)
		if after.Due <= day || after.Reviews < before.Reviews || after.Lapses < before.Lapses {
			t.Fatalf("on day %d:\n%+v\n%+v", int32(day), before, after)
		}
	})
}
