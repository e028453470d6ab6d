package main

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/pack"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/store"
)

// drawnEvents are events of some cards and of none, by time.
func drawnEvents(n int) []store.Logged {
	zone := time.FixedZone("", 8*3600)
	var out []store.Logged
	for i := range n {
		l := store.Logged{Device: fmt.Sprint("d", i%3), Event: srs.Event{Key: srs.EventKey{Seq: int64(i + 1)}, Clock: int64(1000 * i),
			At: time.UnixMilli(int64(1000 * i)).In(zone), Day: srs.Day(i / 100), Kind: srs.ReviewEvent, Grade: srs.Grade(i % 6), Took: time.Duration(i) * time.Millisecond}}
		switch i % 7 {
		case 0:
			l.Kind, l.Grade, l.Text = srs.QuizEvent, 0, fmt.Sprint("结果 ", i)
		case 1:
			l.Kind, l.Grade, l.TargetDevice, l.Target.Seq = srs.UndoEvent, 0, "d1", int64(i)
			fallthrough
		default:
			l.Deck, l.CardID = deck.ID(fmt.Sprint("deck", i%2)), deck.CardID(fmt.Sprint("card", i*7%11))
		}
		if i%5 == 0 {
			l.Given = srs.Given{Phase: srs.Review, Due: 9, LastDay: 3, IntervalDays: 6, Ease: 250, Reps: 2}
		}
		out = append(out, l)
	}
	return out
}

func TestEventLogSortsByCard(t *testing.T) {
	const n = 1000
	for _, most := range []int{eventBytes, 7 * eventBytes, 100 * eventBytes, 10 * n * eventBytes} {
		t.Run(fmt.Sprint(most/eventBytes, " at once"), func(t *testing.T) {
			events := drawnEvents(n)
			g := newEventLog()
			g.most = most
			for _, l := range events {
				if err := g.add(l); err != nil {
					t.Fatal(err)
				}
			}
			if err := g.done(); err != nil {
				t.Fatal(err)
			}
			want := slices.Clone(events)
			slices.SortStableFunc(want, byCard)
			for range 2 { // it may be read again
				var got []store.Logged
				for l, err := range g.all {
					if err != nil {
						t.Fatal(err)
					}
					if _, offset := l.At.Zone(); offset != 8*3600 {
						t.Fatalf("the zone of an event is %d s east", offset)
					}
					got = append(got, l)
				}
				if d := cmp.Diff(want, got); d != "" {
					t.Errorf("events differ (-want +got):\n%s", d)
				}
			}
			if g.empty() {
				t.Error("it says that it is empty")
			}
			if err := g.close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestEventLogSaysWhatCannotBeRead(t *testing.T) {
	g := newEventLog()
	g.most = 10 * eventBytes
	for _, l := range drawnEvents(100) {
		if err := g.add(l); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.done(); err != nil {
		t.Fatal(err)
	}
	if err := g.file.Truncate(g.size - 20); err != nil {
		t.Fatal(err)
	}
	var failed error
	for _, err := range g.all {
		failed = err
	}
	if failed == nil {
		t.Error("a log that was cut off is read to its end")
	}
	if err := g.close(); err != nil {
		t.Error(err)
	}
}

func TestHiddenFileLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder)
	h, err := newHidden()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.WriteString("x"); err != nil {
		t.Fatal(err)
	}
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
}

// TestPackEvent packs an event that has something in every field there is.
func TestPackEvent(t *testing.T) {
	var want, got store.Logged
	n := int64(0)
	var fill func(reflect.Value)
	fill = func(v reflect.Value) {
		n++
		switch v.Kind() {
		case reflect.Int8, reflect.Int32, reflect.Int64:
			v.SetInt(-n)
		case reflect.String:
			v.SetString(fmt.Sprint(n))
		case reflect.Bool:
			v.SetBool(true)
		case reflect.Struct:
			if v.Type() == reflect.TypeFor[time.Time]() {
				v.Set(reflect.ValueOf(time.Unix(n, n).In(time.FixedZone("", -3600))))
				return
			}
			for i := range v.NumField() {
				fill(v.Field(i))
			}
		default:
			t.Fatalf("%s in an event", v.Kind())
		}
	}
	fill(reflect.ValueOf(&want).Elem())
	to := pack.To(nil)
	packEvent(to, &want)
	from := pack.From(string(to.Bytes()))
	packEvent(from, &got)
	if diff := cmp.Diff(want, got); diff != "" || !from.Whole() {
		t.Errorf("whole: %v (-want +got):\n%s", from.Whole(), diff)
	}
}
