package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/path"
	"github.com/mindleaf/mindleaf/store"
)

// scholar answers what it knows of the shipped deck and says where it does not.
type scholar struct {
	*term.Script
	cards  map[string]deck.Card // by front
	levels deck.Level
	// misses is the section of which it knows nothing.
	misses string
	asked  int
	agree  bool
}

func newScholar(t *testing.T, levels deck.Level) *scholar {
	s := &scholar{Script: term.NewScript(""), cards: make(map[string]deck.Card), levels: levels, agree: true}
	for _, c := range shipped(t, "zh").Cards() {
		s.cards[c.Front] = c
	}
	return s
}

func (s *scholar) Choose(v term.View, _ string, items []term.Item, _ int) (term.Outcome, error) {
	s.asked++
	c, ok := s.cards[v.Body[0].Text]
	if !ok {
		return term.Outcome{}, fmt.Errorf("no card asks %q", v.Body[0].Text)
	}
	last := len(items) - 1
	if c.Leaf.Level > s.levels || c.Leaf.Path[len(c.Leaf.Path)-1] == s.misses {
		return term.Outcome{Index: last}, nil
	}
	for i, it := range items[:last] {
		if it.Label == c.Back {
			return term.Outcome{Index: i}, nil
		}
	}
	return term.Outcome{}, fmt.Errorf("the answer to %q is not among %v", c.Front, items)
}

func (s *scholar) Confirm(term.View, string, bool) (bool, term.Outcome, error) {
	return s.agree, term.Outcome{}, nil
}

// withShipped runs f on a new library of the shipped deck.
func withShipped(t *testing.T, f func(a *app, lib *library)) {
	t.Helper()
	var out bytes.Buffer
	at := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	a := &app{env: env{
		args: []string{"--home", t.TempDir()}, stdout: &out, stderr: &out, random: rand.Reader,
		now: func() time.Time { return at }, getenv: func(string) string { return "" },
	}}
	a.load()
	err := a.withLibrary(context.Background(), func(lib *library) error {
		f(a, lib)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func onlyDeck(t *testing.T, lib *library) store.Deck {
	t.Helper()
	decks, err := lib.Decks(context.Background(), lib.day)
	if err != nil || len(decks) != 1 {
		t.Fatalf("got %d decks, %v", len(decks), err)
	}
	return decks[0]
}

func (s *scholar) place(t *testing.T, a *app, lib *library, seed uint32) string {
	t.Helper()
	ctx := context.Background()
	d := onlyDeck(t, lib)
	questions, err := a.placeQuestions(ctx, lib, d, seed)
	if err != nil {
		t.Fatal(err)
	}
	said, err := (&placing{app: a, lib: lib, deck: d, questions: questions, prompter: s}).run(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return said
}

// TestPlaceMarksWhatIsKnown places learners of every level, looks at what is
// marked, and takes it back.
func TestPlaceMarksWhatIsKnown(t *testing.T) {
	property.OneAtATime(t)
	const seeds = 6
	for run := range 4 * seeds {
		knows, seed := deck.Level(run%4), uint32(run/4)
		t.Run(fmt.Sprintf("knows %d levels, seed %d", knows, seed), func(t *testing.T) {
			withShipped(t, func(a *app, lib *library) {
				before := onlyDeck(t, lib)
				s := newScholar(t, knows)
				said := s.place(t, a, lib, seed)
				want := map[deck.Level]string{0: "beginner", 1: "intermediate", 2: "advanced", 3: "advanced"}[knows]
				if !strings.Contains(said, "start at "+want) || s.asked > 24 {
					t.Errorf("after %d questions: %s", s.asked, said)
				}
				after := onlyDeck(t, lib)
				for _, l := range deck.Levels {
					if c := after.Levels[l]; (c.New == 0) != (l <= knows) || c.Learning > 0 {
						t.Errorf("level %v has %+v", l, c)
					}
				}
				if got := highestOpen(a, after); got.String() != want {
					t.Errorf("got level %v open, want %s", got, want)
				}
				checkSpread(t, lib, after)
				undoPlacement(t, lib, knows > 0)
				if diff := cmp.Diff(before, onlyDeck(t, lib)); diff != "" {
					t.Errorf("after undo (-before +after):\n%s", diff)
				}
			})
		})
	}
}

// highestOpen is the last level of d that is open.
func highestOpen(a *app, d store.Deck) (highest deck.Level) {
	for _, l := range path.Levels(d.Levels, d.Opened, a.pathSettings()) {
		if l.Open {
			highest = l.Level
		}
	}
	return highest
}

// checkSpread wants what is marked to come on every day from 10 to 30 days on,
// and on none of them more than three times its share.
func checkSpread(t *testing.T, lib *library, d store.Deck) {
	t.Helper()
	days, err := lib.DueForecast(context.Background(), store.Filter{}, lib.day, lib.day+40)
	if err != nil {
		t.Fatal(err)
	}
	marked := d.Counts.Young + d.Counts.Mature
	total := int64(0)
	for day, n := range days {
		if day < lib.day+10 || day > lib.day+30 || n > 3*marked/21+3 {
			t.Errorf("%d of %d cards come in %d days", n, marked, day-lib.day)
		}
		total += n
	}
	if total != marked {
		t.Errorf("%d of %d marked cards come", total, marked)
	}
}

// undoPlacement undoes one step, when there is one.
func undoPlacement(t *testing.T, lib *library, want bool) {
	t.Helper()
	ctx := context.Background()
	e, ok, err := lib.LastUndoable(ctx)
	if err != nil || ok != want {
		t.Fatalf("something to take back: %v, %v, want %v", ok, err, want)
	}
	if !ok {
		return
	}
	if _, _, err := lib.Undo(ctx, e.Key, store.Stamp{At: lib.now, Day: lib.day}); err != nil {
		t.Fatal(err)
	}
}

// TestPlaceLeavesOut marks neither a section of which a question was missed nor
// what was studied, and nothing at all without consent.
func TestPlaceLeavesOut(t *testing.T) {
	property.OneAtATime(t)
	ctx := context.Background()
	withShipped(t, func(a *app, lib *library) {
		var studied srs.Card
		err := lib.NewCards(ctx, store.Filter{}, func(c srs.Card) bool {
			studied = c
			return false
		})
		if err != nil {
			t.Fatal(err)
		}
		scheduler, err := a.config.scheduler()
		if err != nil {
			t.Fatal(err)
		}
		step, err := lib.Record(ctx, srs.Event{Kind: srs.ReviewEvent, Card: studied.ID, Grade: srs.Again, At: lib.now, Day: lib.day, Scheduler: scheduler.Name()})
		if err != nil {
			t.Fatal(err)
		}
		before := onlyDeck(t, lib)
		refuses := newScholar(t, deck.Advanced)
		refuses.agree = false
		if said := refuses.place(t, a, lib, 7); !strings.Contains(said, "Nothing was changed") {
			t.Error(said)
		}
		if diff := cmp.Diff(before, onlyDeck(t, lib)); diff != "" {
			t.Errorf("without consent (-before +after):\n%s", diff)
		}

		for seed := uint32(1); ; seed++ {
			if seed == 50 {
				t.Fatal("no question of the section was asked")
			}
			s := newScholar(t, deck.Advanced)
			s.misses = "主流模型"
			s.place(t, a, lib, seed)
			if newIn(t, lib, "主流模型") > 0 {
				break
			}
			undoPlacement(t, lib, true)
		}
		if n := newIn(t, lib, "架构优化"); n != 0 {
			t.Errorf("%d cards of a section that is known are new", n)
		}
		now, err := lib.Card(ctx, studied.ID)
		if err != nil || now.State != step.After {
			t.Errorf("the studied card was touched: %+v, %v", now.State, err)
		}
	})
}

// newIn returns how many cards of a section are new.
func newIn(t *testing.T, lib *library, name string) int64 {
	t.Helper()
	sections, err := lib.Sections(context.Background(), onlyDeck(t, lib).ID, lib.day)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sections {
		if s.Name == name {
			return s.Counts.New
		}
	}
	t.Fatalf("no section %q", name)
	return 0
}
