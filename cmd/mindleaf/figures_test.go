package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the test needs zones wherever it runs

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
	"github.com/mindleaf/mindleaf/store"
)

// world is a learner's home with a random log in it.
type world struct {
	t      *testing.T
	home   string
	now    time.Time
	random *rand.Rand
}

// TestFiguresEqualTheLog fills a home with a random log of 10,000 reviews in
// three time zones, with drills, undos, suspended, buried, reset and rescheduled
// cards, and edits of the decks, and compares every figure that progress, stats
// and due print with one counted from the raw log.
func TestFiguresEqualTheLog(t *testing.T) {
	property.OneAtATime(t)
	w := &world{t: t, home: t.TempDir(), random: rand.New(rand.NewPCG(10, 2026))}
	const reviews = 10_000
	w.config("")
	w.writeDecks(false)
	w.now = time.Date(2025, 1, 10, 9, 0, 0, 0, time.UTC)
	w.run("due")
	w.study(reviews)
	w.writeDecks(true) // cards move, change their level, and disappear
	w.run("due")
	b := w.readLog()
	b.checkLog(t, reviews)
	for _, since := range []int{30, 7, 400} {
		w.same(fmt.Sprint("stats of ", since, " days"), b.figures(since), w.run("stats", "--since", fmt.Sprint(since), "--json"))
	}
	w.same("progress", b.progress(0), w.run("progress", "--depth", "0", "--json"))
	for level := 1; level <= 3; level++ {
		w.same(fmt.Sprint("progress of level ", level), b.progress(level), w.run("progress", "--level", deck.Level(level).String(), "--json"))
	}
	w.checkMap(b)
	for _, limits := range []string{"", "reviews_per_day = 9\n", "reviews_per_day = 90\n[decks.one]\nreviews_per_day = 4\n", "[decks.two]\nreviews_per_day = 1\n"} {
		w.config(limits)
		w.checkDue(b, limits)
	}
}

// config writes the settings; more goes on in the table of review.
func (w *world) config(more string) {
	text := "shipped_deck = false\n[review]\nrollover_hour = 4\n" + more
	if err := os.WriteFile(filepath.Join(w.home, "config.toml"), []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// writeDecks writes two decks; edited ones have moved, releveled and lost cards.
func (w *world) writeDecks(edited bool) {
	for _, id := range []string{"one", "two"} {
		var b strings.Builder
		fmt.Fprintf(&b, "[deck]\nid = %q\ntitle = \"卡组 %s\"\n", id, id)
		for i := range 60 {
			if edited && i%10 == 3 {
				continue
			}
			path, level := []string{fmt.Sprint("第", i/20, "章"), fmt.Sprint("第", i/10, "节"), fmt.Sprint("第", i/5, "组")}[:1+i%3], 1+i/20
			if edited && i%10 == 7 {
				path, level = []string{"搬来的"}, 1+(i/20+1)%3
			}
			fmt.Fprintf(&b, "\n[[leaf]]\npath = [\"%s\"]\ntext = \"叶子 %d\"\nlevel = %q\n", strings.Join(path, `", "`), i, deck.Level(level))
			for c := range 1 + i%3 {
				fmt.Fprintf(&b, "  [[leaf.card]]\n  id = \"c-%d-%d\"\n  front = \"第 %d 片叶子的第 %d 个问题？\"\n  back = \"答案 %d-%d\"\n", i, c, i, c, i, c)
			}
		}
		fmt.Fprintf(&b, "\n[[card]]\nid = \"alone\"\nfront = \"单独的问题？\"\nback = \"单独的答案\"\n")
		folder := filepath.Join(w.home, "decks")
		if err := os.MkdirAll(folder, 0o700); err != nil {
			w.t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, id+".toml"), []byte(b.String()), 0o600); err != nil {
			w.t.Fatal(err)
		}
	}
}

// run runs the program in this world and returns its output.
func (w *world) run(args ...string) string {
	w.t.Helper()
	out, talk, code := w.call(args...)
	if code != exitDone {
		w.t.Fatalf("%v: exit %d: %s", args, code, talk)
	}
	return out
}

// call runs the program in this world and returns its output, what it said on
// standard error, and its exit code.
func (w *world) call(args ...string) (out, talk string, code int) {
	var stdout, stderr bytes.Buffer
	code = run(env{
		args: append(args, "--home", w.home), stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr,
		now: func() time.Time { return w.now }, getenv: func(string) string { return "" }, random: strings.NewReader(strings.Repeat("mindleaf", 8)),
	})
	return stdout.String(), stderr.String(), code
}

// same compares what was counted from the log with what the program printed, as
// JSON, so that nothing that is printed goes uncompared.
func (w *world) same(what string, want any, printed string) {
	w.t.Helper()
	text, err := json.Marshal(want)
	if err != nil {
		w.t.Fatal(err)
	}
	var a, b any
	if err := errors.Join(json.Unmarshal(text, &a), json.Unmarshal([]byte(printed), &b)); err != nil {
		w.t.Fatal(err)
	}
	if diff := gocmp.Diff(a, b, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		w.t.Errorf("%s (-log +program):\n%s", what, diff)
	}
}

// study answers cards for about 400 days.
func (w *world) study(reviews int) {
	ctx := context.Background()
	db, err := store.Open(ctx, filepath.Join(w.home, "mindleaf.db"), store.Options{Schedulers: sm2.Schedulers})
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	cards, err := db.DeckHistory(ctx, "one")
	if err != nil || len(cards) != 0 {
		w.t.Fatal(cards, err)
	}
	const lastCard = 242 // both decks have 121 cards
	zones := []string{"Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"}
	days := 400
	scheduler := sm2.Default()
	s, err := sm2.New(scheduler)
	if err != nil {
		w.t.Fatal(err)
	}
	day := srs.Day(0)
	for d := range days {
		zone, err := time.LoadLocation(zones[d/50%3])
		if err != nil {
			w.t.Fatal(err)
		}
		if d%50 < 3 || d < days-9 && w.random.IntN(9) == 0 {
			continue // on the way to another zone, or a day off
		}
		at := time.Date(2025, 1, 10+d, []int{4, 9, 14, 20, 23}[w.random.IntN(5)], w.random.IntN(60), 0, 0, zone)
		if w.random.IntN(8) == 0 {
			at = time.Date(2025, 1, 11+d, 2, 30, 0, 0, zone) // after midnight, before the day turns
		}
		if srs.DayOf(at, 4) < day {
			continue
		}
		for range 1 + reviews*8/5/days {
			at = at.Add(time.Duration(1+w.random.IntN(70)) * time.Second)
			day = srs.DayOf(at, 4)
			e := srs.Event{
				Kind: srs.ReviewEvent, Card: 1 + w.random.Int64N(lastCard), Grade: srs.Grade(w.random.IntN(6)), At: at, Day: day,
				Took: time.Duration(w.random.IntN(90_000)) * time.Millisecond, Scheduler: s.Name(),
			}
			if w.random.IntN(3) > 0 {
				e.Grade = srs.Good
			}
			w.event(db, e)
		}
	}
	w.now = time.Date(2025, 1, 10+days-1, 23, 58, 0, 0, must1(time.LoadLocation(zones[(days-1)/50%3])))
}

func must1[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// event records e or something else about its card.
func (w *world) event(db *store.DB, e srs.Event) {
	ctx := context.Background()
	other := map[int]srs.EventKind{
		0: srs.SuspendEvent, 1: srs.UnsuspendEvent, 2: srs.UnsuspendEvent, 3: srs.BuryEvent, 4: srs.ResetEvent, 5: srs.SetDueEvent,
		6: srs.DrillEvent, 7: srs.DrillEvent, 8: srs.DrillEvent, 9: srs.DrillEvent, 12: srs.ForeignReviewEvent, 13: srs.SetStateEvent,
	}
	n := w.random.IntN(60)
	kind, found := other[n]
	if n == 10 || n == 11 {
		last, ok, err := db.LastUndoable(ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		if ok {
			if _, _, err := db.Undo(ctx, last.Key, store.Stamp{At: e.At, Day: e.Day}); err != nil {
				w.t.Fatal(err)
			}
		}
		return
	}
	if found {
		e.Kind, e.Scheduler = kind, ""
		switch kind {
		case srs.SetDueEvent:
			e.Due = e.Day + srs.Day(w.random.IntN(20)-3)
		case srs.ForeignReviewEvent, srs.SetStateEvent:
			days := int32(1 + w.random.IntN(40))
			e.Given = srs.Given{Phase: srs.Review, LastDay: e.Day, IntervalDays: days, Due: e.Day + srs.Day(days), Ease: 250, Reps: 3}
		}
	}
	if _, err := db.Record(ctx, e); err != nil {
		w.t.Fatal(err)
	}
}
