package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

// checkNothingHalf wants no log to be merged by half.
func checkNothingHalf(t *testing.T, d *DB) {
	t.Helper()
	var notes, pieces int
	err := d.db.QueryRow("SELECT (SELECT count(*) FROM merge_note), (SELECT count(*) FROM merge_piece)").Scan(&notes, &pieces)
	if err != nil || notes+pieces != 0 {
		t.Errorf("%d notes of a merge with %d pieces are left, %v", notes, pieces, err)
	}
}

// whole is all that a store has of a log.
type whole struct {
	Log     []Logged
	Devices []string
	Cards   []srs.Card
	Decks   []Deck
	Days    map[srs.Day]srs.DayCount
}

func wholeOf(t *testing.T, d *DB) whole {
	t.Helper()
	ctx := context.Background()
	w := whole{Log: readLog(t, d), Decks: must[[]Deck](t)(d.Decks(ctx, today)), Days: must[map[srs.Day]srs.DayCount](t)(d.DayCount(ctx, Filter{}, 0, today+999))}
	w.Devices = must[[]string](t)(collect(ctx, d.db, scanString, "SELECT id || ' ' || uid || ' ' || seq || ' ' || clock FROM device ORDER BY id"))
	w.Cards = must[[]srs.Card](t)(collect(ctx, d.db, scanCard, "SELECT "+cardColumns+" FROM card ORDER BY id"))
	return w
}

// checkAs wants a store to hold what another holds, or what it held before.
func checkAs(t *testing.T, name string, want, got whole) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", name, diff)
	}
}

// twice makes two stores of the same content and name.
func twice(t *testing.T, fill func(*testing.T) *DB) (a, b *DB) {
	t.Helper()
	a = fill(t)
	path := filepath.Join(t.TempDir(), "twin.db")
	if _, err := a.Backup(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	return a, open(t, path)
}

// someLog is a log of everything there is, by several devices.
func someLog(t *testing.T) []Logged {
	t.Helper()
	given := srs.Given{Phase: srs.Review, Due: today + 30, LastDay: today, IntervalDays: 30, Ease: 210, Reps: 4, Lapses: 1}
	return append(readLog(t, studied(t)), restating(noon(today+2).At, given)...)
}

// TestMergeInPiecesEqualsMergeAtOnce merges a log into a store that has answers.
func TestMergeInPiecesEqualsMergeAtOnce(t *testing.T) {
	ctx := context.Background()
	log := someLog(t)
	atOnce, inPieces := twice(t, studied)
	inPieces.pieces = smallPieces(1)
	want := must[Merged](t)(atOnce.Merge(ctx, log))
	check(t, "merged", want, must[Merged](t)(inPieces.Merge(ctx, log)))
	checkSound(t, inPieces)
	checkNothingHalf(t, inPieces)
	checkAs(t, "the store", wholeOf(t, atOnce), wholeOf(t, inPieces))
	check(t, "merged again", Merged{Known: want.Added + want.Known}, must[Merged](t)(inPieces.Merge(ctx, log)))
}

// errBroken is an error in the middle of a log.
var errBroken = errors.New("broken")

// inTheMiddle merges a log in small pieces, calls meet after each event, and ends
// with errBroken.
func inTheMiddle(d *DB, log []Logged, meet func(n int)) error {
	ordinary := d.pieces
	defer func() { d.pieces = ordinary }()
	d.pieces = smallPieces(1)
	_, err := d.mergeEvery(context.Background(), 2, func(yield func(Logged, error) bool) {
		for n, l := range log {
			if !yield(l, nil) {
				return
			}
			meet(n)
		}
		yield(Logged{}, errBroken)
	})
	return err
}

// TestMergeThatFailsLeavesNothing meets an error at the very end of a log that is
// merged but for that.
func TestMergeThatFailsLeavesNothing(t *testing.T) {
	d := studied(t)
	before := wholeOf(t, d)
	pieces := 0
	err := inTheMiddle(d, someLog(t), func(int) {
		checkSound(t, d)
		pieces = max(pieces, len(readLog(t, d))-len(before.Log))
	})
	if !errors.Is(err, errBroken) || pieces == 0 {
		t.Fatalf("%v, with %d events added meanwhile", err, pieces)
	}
	checkNothingHalf(t, d)
	checkSound(t, d)
	checkAs(t, "the store", before, wholeOf(t, d))
}

// TestMergeThatFailsLeavesAnswers answers, and takes back, between the pieces of
// such a merge, and wants the store to be as if there had been none.
func TestMergeThatFailsLeavesAnswers(t *testing.T) {
	ctx := context.Background()
	d, other := twice(t, capitals)
	answer := func(on *DB, n int) {
		record(t, on, review(int64(1+n%6), srs.Grades[n%4], today+1))
		if n%3 == 0 {
			last, _, err := on.LastUndoable(ctx)
			if err == nil {
				_, _, err = on.Undo(ctx, last.Key, noon(today+1))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	log, answers := someLog(t), 0
	if err := inTheMiddle(d, log, func(n int) { answer(d, n); answers++ }); !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	for n := range answers {
		answer(other, n)
	}
	checkSound(t, d)
	want, got := wholeOf(t, other), wholeOf(t, d)
	for _, w := range []*whole{&want, &got} { // the clock had to go on after what was merged
		for i := range w.Log {
			w.Log[i].Clock = 0
		}
		w.Devices = nil
	}
	checkAs(t, "the store", want, got)
}

// TestMergeOfOnesOwnLogGivesWay merges what another copy of this store logged
// while answers are given: no two events may get the same number.
func TestMergeOfOnesOwnLogGivesWay(t *testing.T) {
	d, copied := twice(t, studied)
	for n := range 30 {
		record(t, copied, review(int64(1+n%6), srs.Good, today+1))
	}
	log := readLog(t, copied)
	answers, had := 0, len(readLog(t, d))
	if err := inTheMiddle(d, log, func(n int) { record(t, d, review(int64(1+n%6), srs.Hard, today+2)); answers++ }); !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	checkSound(t, d)
	if got := len(readLog(t, d)); got != had+answers {
		t.Errorf("got %d events, want %d and %d answers", got, had, answers)
	}
	record(t, d, review(1, srs.Good, today+3))
	must[Merged](t)(d.Merge(context.Background(), log))
	record(t, d, review(1, srs.Good, today+4))
	checkSound(t, d)
}

// TestMergeLeftByAKill opens a store that is a copy of one with half a log in it.
func TestMergeLeftByAKill(t *testing.T) {
	property.OneAtATime(t)
	ctx := context.Background()
	d := studied(t)
	before := wholeOf(t, d)
	var copies []string
	err := inTheMiddle(d, someLog(t), func(n int) {
		path := filepath.Join(t.TempDir(), fmt.Sprint(n, ".db"))
		if _, err := d.Backup(ctx, path); err != nil {
			t.Fatal(err)
		}
		copies = append(copies, path)
	})
	if !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	told := 0
	for _, path := range copies {
		if m := salvaged(t, d, path); m.Added != 0 {
			t.Errorf("salvaging it brings half a log: %+v", m)
		}
		left := open(t, path)
		checkNothingHalf(t, left)
		checkSound(t, left)
		told += len(left.Warnings())
		checkAs(t, "the store", before, wholeOf(t, left))
	}
	if told == 0 || told > len(copies) {
		t.Errorf("the learner was told %d times of %d", told, len(copies))
	}
}

// TestMergeNoteDamaged opens stores with half a log in them of which the note is damaged:
// what was there before stays, and merging the log again makes up for the rest.
func TestMergeNoteDamaged(t *testing.T) {
	ctx := context.Background()
	d, whole := twice(t, studied)
	log := someLog(t)
	must[Merged](t)(whole.Merge(ctx, log))
	want, before := len(readLog(t, whole)), readLog(t, d)
	var left string
	err := inTheMiddle(d, log, func(int) {
		left = filepath.Join(t.TempDir(), "left.db")
		must[Holding](t)(d.Backup(ctx, left))
	})
	if !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	for _, keys := range []string{"substr(keys, 1, length(keys) / 2)", "x'ffffffffffffffffffff'", "x''", "x'feffff07020202'"} {
		path := filepath.Join(t.TempDir(), "damaged.db")
		if err := copyFile(left, path); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec("UPDATE merge_piece SET keys = " + keys); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		opened := open(t, path)
		if w := opened.Warnings(); keys != "x''" && (len(w) != 1 || !strings.Contains(w[0], "damaged")) {
			t.Errorf("%s: told %q", keys, w)
		}
		checkSound(t, opened)
		there := make(map[srs.EventKey]bool)
		for _, l := range readLog(t, opened) {
			there[l.Key] = true
		}
		for _, l := range before {
			if !there[l.Key] {
				t.Errorf("%s: event %+v is lost", keys, l)
			}
		}
		must[Merged](t)(opened.Merge(ctx, log))
		if got := len(readLog(t, opened)); got != want {
			t.Errorf("%s: %d events after merging again, want %d", keys, got, want)
		}
	}
}

// TestMergeThatGoesOnIsLeftAlone opens a store while a log is merged into it.
func TestMergeThatGoesOnIsLeftAlone(t *testing.T) {
	d := studied(t)
	var seen []int
	err := inTheMiddle(d, someLog(t), func(int) { seen = append(seen, len(readLog(t, open(t, d.path)))) })
	if !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	for i := 1; i < len(seen); i++ {
		if seen[i] < seen[i-1] {
			t.Errorf("another start took events back: %v", seen)
		}
	}
}

// TestMergeNoticesARestore goes back to a backup in the middle of a merge.
func TestMergeNoticesARestore(t *testing.T) {
	ctx := context.Background()
	d := studied(t)
	backup := filepath.Join(t.TempDir(), "before.db")
	if _, err := d.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	before := wholeOf(t, d)
	log := someLog(t)
	d.pieces = smallPieces(1)
	_, err := d.mergeEvery(ctx, 2, func(yield func(Logged, error) bool) {
		for n, l := range log {
			if n == len(log)/2 {
				if err := d.Restore(ctx, backup); err != nil {
					t.Fatal(err)
				}
			}
			if !yield(l, nil) {
				return
			}
		}
	})
	if err == nil {
		t.Error("the merge went on")
	}
	checkSound(t, d)
	checkAs(t, "the store", before, wholeOf(t, d))
}

func TestNotedRoundTrip(t *testing.T) {
	var n noted
	for _, k := range []srs.EventKey{{Device: 2, Seq: 7}, {Device: 3, Seq: 1 << 61}, {Device: 2, Seq: 8}} {
		n.add(5, k)
		n.add(0, k)
	}
	got, whole := unpackNoted(n.pack())
	if !whole {
		t.Error("a whole note is damaged")
	}
	if diff := cmp.Diff(n, got, cmp.AllowUnexported(notedCard{})); diff != "" {
		t.Errorf("noted differs (-want +got):\n%s", diff)
	}
	if _, whole := unpackNoted(n.pack()[:9]); whole {
		t.Error("half a note is whole")
	}
}
