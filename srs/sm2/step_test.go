package sm2

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

// row is [interval, reps, ease in hundredths].
type row [3]int32

// TestStepReference runs the sequences of testdata/sm2.json: column npm was
// made by the npm package supermemo 2.0.23, column text by the literal prose.
func TestStepReference(t *testing.T) {
	data, err := os.ReadFile("testdata/sm2.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Sequences []struct {
			Name   string
			Grades []srs.Grade
			NPM    [][3]float64
			Text   []row
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if got, want := len(file.Sequences), 123; got != want {
		t.Fatalf("got %d sequences, want %d", got, want)
	}
	for _, seq := range file.Sequences {
		t.Run(seq.Name, func(t *testing.T) {
			npm := make([]row, len(seq.NPM))
			for i, r := range seq.NPM {
				ease := math.Round(r[2] * 100)
				if math.Abs(r[2]*100-ease) > 1e-7 {
					t.Fatalf("ease %v is not in hundredths", r[2])
				}
				npm[i] = row{int32(r[0]), int32(r[1]), int32(ease)}
			}
			if diff := cmp.Diff(npm, run(Program, seq.Grades)); diff != "" {
				t.Errorf("reading=program (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(seq.Text, run(Text, seq.Grades)); diff != "" {
				t.Errorf("reading=text (-want +got):\n%s", diff)
			}
		})
	}
}

func run(r Reading, grades []srs.Grade) []row {
	var interval, reps int32
	ease := srs.StartEase
	rows := make([]row, 0, len(grades))
	for _, g := range grades {
		interval, reps, ease = Step(r, interval, reps, ease, g)
		rows = append(rows, row{interval, reps, int32(ease)})
	}
	return rows
}

// TestNextFollowsStep checks that Next is Step when every review comes on its
// day and nothing else is set.
func TestNextFollowsStep(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		reading := rapid.SampledFrom([]Reading{Program, Text}).Draw(t, "reading")
		grades := rapid.SliceOfN(rapid.Map(rapid.Int8Range(0, 5), func(g int8) srs.Grade { return srs.Grade(g) }), 0, 11).Draw(t, "grades")
		s, err := New(Settings{Reading: reading, MultiplierPercent: 100, MaxIntervalDays: LongestIntervalDays})
		if err != nil {
			t.Fatal(err)
		}
		want := run(reading, grades)
		state, day := srs.NewState(), srs.Day(20000)
		for i, g := range grades {
			state = s.Next(state, 1, g, day)
			if want[i][0] > LongestIntervalDays {
				return
			}
			if got := (row{state.IntervalDays, state.Reps, int32(state.Ease)}); got != want[i] {
				t.Fatalf("review %d: got %v, want %v", i+1, got, want[i])
			}
			if got := state.Due - day; int32(got) != state.IntervalDays {
				t.Fatalf("review %d: due after %d days, want %d", i+1, got, state.IntervalDays)
			}
			day = state.Due
		}
	})
}

// FuzzStep compares Step with the same rules in exact rational numbers.
func FuzzStep(f *testing.F) {
	f.Add(int64(0), int32(6), int32(2), int32(250), int8(4), 100)
	f.Add(int64(1), int32(15), int32(3), int32(236), int8(3), 160)
	f.Add(int64(0), int32(math.MaxInt32), int32(math.MaxInt32), int32(math.MaxInt32), int8(5), 1000)
	f.Add(int64(1), int32(math.MinInt32), int32(math.MinInt32), int32(math.MinInt32), int8(-7), 10)
	f.Fuzz(func(t *testing.T, reading int64, interval, reps, ease int32, grade int8, multiplier int) {
		r := Reading(reading & 1)
		multiplier = min(max(multiplier, MinMultiplierPercent), MaxMultiplierPercent)
		gotI, gotN, gotE := step(r, interval, reps, srs.Ease(ease), srs.Grade(grade), multiplier)
		wantI, wantN, wantE := exact(r, interval, reps, ease, grade, multiplier)
		got, want := fmt.Sprint(gotI, gotN, int64(gotE)), fmt.Sprint(wantI, wantN, wantE)
		if got != want {
			t.Errorf("got interval, reps, ease %s, want %s", got, want)
		}
	})
}

// exact is step as a book would state it, in rational numbers.
func exact(r Reading, interval, reps, ease int32, grade int8, multiplier int) (i, n, e int64) {
	q := int64(min(max(grade, 0), 5))
	ef := big.NewRat(int64(ease), 100)
	// EF + (0.1 - (5-q) * (0.08 + (5-q)*0.02))
	k := big.NewRat(5-q, 1)
	change := new(big.Rat).Mul(k, big.NewRat(2, 100))
	change.Add(change, big.NewRat(8, 100))
	change.Mul(change, k)
	change.Sub(big.NewRat(1, 10), change)
	next := new(big.Rat).Add(ef, change)
	if r == Text && q < 3 {
		next = ef
	}
	next = between(next, big.NewRat(130, 100), big.NewRat(math.MaxInt32, 100))
	e = new(big.Rat).Mul(next, big.NewRat(100, 1)).Num().Int64()
	if q < 3 {
		return 1, 0, e
	}
	switch {
	case reps <= 0:
		return 1, 1, e
	case reps == 1:
		return 6, 2, e
	}
	if r == Text {
		ef = next
	}
	days := new(big.Rat).Mul(big.NewRat(max(int64(interval), 1), 1), ef)
	days.Mul(days, big.NewRat(int64(multiplier), 100))
	if r == Text {
		days = new(big.Rat).SetInt(ceiling(days))
	} else {
		days.Add(days, big.NewRat(1, 2))
		days.SetInt(new(big.Int).Div(days.Num(), days.Denom()))
	}
	days = between(days, big.NewRat(1, 1), big.NewRat(math.MaxInt32, 1))
	return days.Num().Int64(), min(int64(reps)+1, math.MaxInt32), e
}

func ceiling(r *big.Rat) *big.Int {
	minus := new(big.Rat).Neg(r)
	floor := new(big.Int).Div(minus.Num(), minus.Denom())
	return floor.Neg(floor)
}

func between(r, low, high *big.Rat) *big.Rat {
	if r.Cmp(low) < 0 {
		return low
	}
	if r.Cmp(high) > 0 {
		return high
	}
	return r
}
