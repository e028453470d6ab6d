package anki

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
)

// inAnki is what the script says of a collection.
type inAnki struct {
	Notes []struct {
		GUID, Type   string
		Fields, Tags []string
		Cards        []cardInAnki
	}
	Day, New, Conflicting int
	Problems              string
	Questions             []string
	Again                 struct{ New, Duplicate, Updated int }
}

type cardInAnki struct {
	ID                        int64
	Deck                      string
	Ord, Type, Queue          int
	Due                       *int32 // in days from today; nil for a new card, or one due at a time
	DueAt                     int64  `json:"due_at"`
	IVL, Factor, Reps, Lapses int32
	Flag                      int8
	Reviews                   [][6]int64 // id, ease, ivl, lastIvl, factor, type
}

// anki runs the script, or skips the test where Anki's library is not installed:
// the tests need Go alone. The project's checks install it.
func anki(t *testing.T, args ...string) []byte {
	t.Helper()
	if err := exec.Command("python3", "-c", "import anki.collection").Run(); err != nil {
		t.Skip("the Python package anki is not installed")
	}
	c := exec.Command("python3", append([]string{filepath.Join("testdata", "check_with_anki.py")}, args...)...)
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", c.Args, err, said.String())
	}
	return out
}

// TestWithAnkiWrites lets Anki import what Write writes.
func TestWithAnkiWrites(t *testing.T) {
	data, _ := export(t, everything(), known())
	file := filepath.Join(t.TempDir(), "x.apkg")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var got inAnki
	if err := json.Unmarshal(anki(t, "read", file), &got); err != nil {
		t.Fatal(err)
	}
	check(t, "new, conflicting, problems", []any{6, 0, ""}, []any{got.New, got.Conflicting, got.Problems})
	check(t, "again", 0, got.Again.New)
	check(t, "notes", 6, len(got.Notes))
	s := settings{rollover: 4}
	realToday := s.dayOf(time.Now())
	cards := make(map[string]cardInAnki)
	for _, n := range got.Notes {
		var own ownData
		if err := json.Unmarshal([]byte(strings.NewReplacer("&#34;", `"`, "&lt;", "<", "&amp;", "&").Replace(n.Fields[len(n.Fields)-1])), &own); err != nil {
			t.Fatal(err)
		}
		for _, c := range n.Cards {
			cards[fmt.Sprintf("%s %d", own.Card, c.Ord)] = c
		}
	}
	for name, id := range map[string]deck.CardID{"basic 0": "basic", "reversed 1": "reversed~rev", "cloze 1": "cloze~2", "typed 0": "typed"} {
		want, c := known()[id], cards[name]
		if c.DueAt > 0 {
			day := s.dayOf(time.Unix(c.DueAt, 0).In(shanghai)) - realToday
			c.Due = &day
		}
		if c.Due == nil {
			t.Errorf("%s is not due on a day: %+v", name, c)
			continue
		}
		check(t, name, []int32{want.Now.Due, want.Now.IntervalDays, 10 * want.Now.Ease, want.Now.Lapses, int32(want.Flag)},
			[]int32{realToday + *c.Due, c.IVL, c.Factor, c.Lapses, int32(c.Flag)})
		check(t, name+" suspended, buried", []bool{want.Suspended, want.Buried}, []bool{c.Queue == -1, c.Queue < -1})
		check(t, name+" reviews", len(want.Events), len(c.Reviews))
		for i := range min(len(want.Events), len(c.Reviews)) {
			check(t, name+" review", []int64{want.Events[i].At.UnixMilli(), int64(want.Events[i].Button)}, c.Reviews[i][:2])
		}
	}
	check(t, "cards", 9, len(cards))
	check(t, "deck", "LLM: 基础::第二章::注意力: :自", cards["basic 0"].Deck)
	if !slices.ContainsFunc(got.Questions, func(q string) bool { return strings.Contains(q, "<li>a &lt;wrong&gt; one</li>") }) {
		t.Errorf("the choices are in no question: %q", got.Questions)
	}
}

// TestWithAnkiReads reads what Anki has exported, in every format.
func TestWithAnkiReads(t *testing.T) {
	folder := t.TempDir()
	anki(t, "make", folder)
	var want inAnki
	data, err := os.ReadFile(filepath.Join(folder, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"legacy.apkg", "latest.apkg", "legacy.colpkg", "latest.colpkg"} {
		t.Run(name, func(t *testing.T) { compareWithAnki(t, filepath.Join(folder, name), &want) })
	}
}

func compareWithAnki(t *testing.T, file string, want *inAnki) {
	ctx := context.Background()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	present := time.Now()
	p, err := Open(ctx, bytes.NewReader(data), int64(len(data)), Options{Folder: t.TempDir(), Now: present})
	if err != nil {
		t.Fatal(err)
	}
	decks := decksOf(t, p)
	got := make(map[deck.CardID]Progress)
	err = p.History(ctx, func(g *Progress) error {
		c := *g
		c.Events = slices.Clone(g.Events)
		got[g.Card] = c
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	check(t, "skipped", []Skip(nil), p.Report().Skipped())
	check(t, "notes", len(want.Notes), p.Report().Notes)
	check(t, "decks", []string{"知识", "语言"}, []string{decks[0].Title, decks[1].Title})
	s := settings{rollover: 4}
	cards, fsrs := 0, 0
	for _, n := range want.Notes {
		for _, c := range n.Cards {
			cards++
			g := got[ankiCardID(n.GUID, n.Type, n.Fields[0], c.Ord)]
			if c.Queue == 0 && g.Card == "" {
				continue // new cards without a mark
			}
			name := fmt.Sprintf("%s, card %d", n.Fields[0], c.Ord)
			due := s.dayOf(present)
			if c.Due != nil {
				due += *c.Due
			}
			factor, ivl := c.Factor, c.IVL
			if factor == 0 {
				factor = 10 * startEase
			}
			if c.Type == 0 {
				due = 0
			}
			check(t, name, []int32{int32(c.Type), due, ivl, factor, c.Lapses, int32(c.Flag)},
				[]int32{int32(g.Now.Phase), g.Now.Due, g.Now.IntervalDays, 10 * g.Now.Ease, g.Now.Lapses, int32(g.Flag)})
			check(t, name+" suspended, buried", []bool{c.Queue == -1, c.Queue < -1}, []bool{g.Suspended, g.Buried})
			check(t, name+" reviews", len(c.Reviews), len(g.Events))
			for i := range min(len(c.Reviews), len(g.Events)) {
				check(t, name+" review", c.Reviews[i][:2], []int64{g.Events[i].At.UnixMilli(), int64(g.Events[i].Button)})
				difficulty := c.Reviews[i][4] >= 100 && c.Reviews[i][4] <= 1100
				check(t, name+" by FSRS", difficulty, g.Events[i].FSRS)
				if difficulty {
					fsrs++
				}
			}
		}
	}
	check(t, "reviews by FSRS", 1, fsrs)
	check(t, "cards", cards, p.Report().Cards)
}

// ankiCardID is the identity that a card of the script's collection gets here.
func ankiCardID(guid, kind, text string, ord int) deck.CardID {
	id := noteKey(guid)
	switch {
	case strings.HasPrefix(text, "{{c2"):
		return deck.CardID(fmt.Sprintf("%s-0~%d", id, 2-ord))
	case strings.HasPrefix(text, "{{c1") && ord == 1:
		return deck.CardID(id + "-1~1")
	case strings.HasPrefix(kind, "Basic (and") && ord == 1:
		return deck.CardID(id + "-0~rev")
	}
	return deck.CardID(fmt.Sprintf("%s-%d", id, ord))
}
