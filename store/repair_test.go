package store

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"github.com/mindleaf/mindleaf/srs"
)

func TestRepair(t *testing.T) {
	ctx := context.Background()
	damages := map[string]string{
		"state":        "UPDATE card SET interval = 77, due = due + 9 WHERE phase > 0",
		"suspended":    "UPDATE card SET suspended = 1 - suspended",
		"day":          "UPDATE day_count SET reviews = reviews + 1",
		"day missing":  "DELETE FROM day_count",
		"total":        "UPDATE day_total SET young = young + 1",
		"total gone":   "DELETE FROM day_total WHERE reviews > 0",
		"section":      "UPDATE section SET n_new = 99",
		"level":        "UPDATE level_count SET n_young = n_young + 5",
		"level gone":   "DELETE FROM level_count",
		"level more":   "INSERT INTO level_count (deck_id, level, n_new) VALUES (1, 9, 1)",
		"trend":        "UPDATE section_day SET moved_young = 40",
		"hour":         "DELETE FROM hour_count",
		"page":         "UPDATE state_page SET states = zeroblob(3072)",
		"places":       "UPDATE state_page SET places = zeroblob(10)",
		"page too few": "DELETE FROM state_page",
		"open level":   "DELETE FROM opened_level",
		"focus":        "UPDATE focus SET section = 'elsewhere'",
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			d := studied(t)
			want := must[[]Deck](t)(d.Decks(ctx, today))
			var before []srs.Card
			for id := int64(1); id <= 7; id++ {
				before = append(before, must[srs.Card](t)(d.Card(ctx, id)))
			}
			log := readLog(t, d)
			if _, err := d.db.Exec(damage); err != nil {
				t.Fatal(err)
			}
			if r := must[Report](t)(d.Verify(ctx)); r.Repairable() == 0 || r.Sound() {
				t.Fatalf("the damage was not found: %+v", r)
			}
			if r := must[Report](t)(d.Repair(ctx)); r.Repairable() == 0 {
				t.Errorf("Repair says %+v", r)
			}
			if r := must[Report](t)(d.Verify(ctx)); !r.Sound() {
				t.Errorf("after the repair: %+v", r)
			}
			for _, c := range before {
				check(t, "card", c, must[srs.Card](t)(d.Card(ctx, c.ID)))
			}
			check(t, "decks", want, must[[]Deck](t)(d.Decks(ctx, today)))
			check(t, "log", log, readLog(t, d))
			if r := must[Report](t)(d.Repair(ctx)); !r.Sound() {
				t.Errorf("repaired again: %+v", r)
			}
		})
	}
}

func TestVerifyCountsOrphans(t *testing.T) {
	ctx := context.Background()
	d := studied(t)
	// Card 4 has an event and its undo, card 7 one event.
	for _, query := range []string{"PRAGMA foreign_keys = 0", "DELETE FROM content WHERE card_id IN (4, 7)", "DELETE FROM card WHERE id IN (4, 7)"} {
		if _, err := d.db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	r := must[Report](t)(d.Verify(ctx))
	if r.Orphans != 3 || r.States != 0 || r.Sound() {
		t.Errorf("got %+v, want 3 orphans and no wrong state", r)
	}
	must[Report](t)(d.Repair(ctx))
	if r := must[Report](t)(d.Verify(ctx)); r.Repairable() != 0 || r.Orphans != 3 {
		t.Errorf("after the repair: %+v, want the orphans alone", r)
	}
	if n := must[int64](t)(d.EventsAfter(ctx, today-2)); n <= must[int64](t)(d.EventsAfter(ctx, today-1)) {
		t.Errorf("%d events after the day before yesterday, want one more than after yesterday", n)
	}
	if n := must[int64](t)(d.EventsAfter(ctx, today)); n != 0 {
		t.Errorf("%d events after today", n)
	}
}

// TestVerifyParts wants the same of a log of two devices, some of whose cards are not
// there, in however many parts its cards are folded.
func TestVerifyParts(t *testing.T) {
	ctx := context.Background()
	d := studied(t)
	e := review(0, srs.Again, today-3) // before what is there
	e.Key.Seq, e.Clock = 7, e.At.UnixMilli()
	if m := must[Merged](t)(d.Merge(ctx, []Logged{{Event: e, Device: "other", Deck: "a", CardID: "3"}})); m.Added != 1 {
		t.Fatalf("merged %+v", m)
	}
	for _, query := range []string{"PRAGMA foreign_keys = 0", "DELETE FROM content WHERE card_id IN (4, 7)",
		"DELETE FROM card WHERE id IN (4, 7)", "UPDATE card SET interval = 77 WHERE id = 1"} {
		if _, err := d.db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	var want Report
	var counters *derived
	for _, many := range []int64{leastAtOnce, 0, 1, 2, 5} {
		var r Report
		var wrong []int64
		err := d.read(ctx, "folding", func(tx *txn) error {
			got, err := d.verifyParts(ctx, tx, many, &r, func(c filed, _ srs.State) error {
				wrong = append(wrong, c.ID)
				return nil
			})
			if counters == nil {
				want, counters = r, got
			}
			if !reflect.DeepEqual(got, counters) {
				t.Errorf("%d at once: other counters", many)
			}
			return err
		})
		if err != nil || r != want || r.Events < 10 || r.Cards != 5 || r.Orphans != 3 || !slices.Equal(wrong, []int64{1}) {
			t.Errorf("%d at once: got %+v and cards %v, %v, want %+v and card 1", many, r, wrong, err, want)
		}
	}
}

// TestVerifyCountsLostKeys wants rows to be counted that name a device, a scheduler or
// a card that is not there.
func TestVerifyCountsLostKeys(t *testing.T) {
	for name, tt := range map[string]struct {
		damage string
		keys   string // of how many rows
	}{
		"device":    {"UPDATE device SET id = 77 WHERE id = 1", "SELECT count(*) FROM event"},
		"scheduler": {"DELETE FROM scheduler WHERE id IN (SELECT scheduler_id FROM event WHERE kind = 1)", "SELECT count(*) FROM event WHERE kind = 1"},
		"deck":      {"UPDATE section_day SET deck_id = 77 WHERE deck_id = 1", "SELECT count(*) FROM section_day WHERE deck_id = 77"},
		"content":   {"UPDATE content SET card_id = 99 WHERE card_id = 3", "SELECT 1"},
	} {
		t.Run(name, func(t *testing.T) {
			d := studied(t)
			for _, query := range []string{"PRAGMA foreign_keys = 0", tt.damage} {
				if _, err := d.db.Exec(query); err != nil {
					t.Fatal(err)
				}
			}
			r, err := d.Verify(context.Background())
			if unknown := name == "scheduler"; r.Unfolded > 0 != unknown || (r.Why != nil) != unknown {
				t.Errorf("got %+v: nobody knows how to fold a review of an unknown scheduler", r)
			}
			var want int64
			if scan := d.db.QueryRow(tt.keys).Scan(&want); scan != nil || err != nil || r.Keys != want {
				t.Errorf("got %+v, %v, want %d keys", r, err, want)
			}
		})
	}
}

func TestEventsAmiss(t *testing.T) {
	ctx := context.Background()
	d := studied(t)
	if n := must[int64](t)(d.EventsAmiss(ctx)); n != 0 {
		t.Errorf("%d events amiss, want none", n)
	}
	if _, err := d.db.Exec("UPDATE event SET day = day - 400 WHERE seq = 2"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.db.Exec("UPDATE event SET at_ms = -at_ms WHERE seq = 3"); err != nil {
		t.Fatal(err)
	}
	if n := must[int64](t)(d.EventsAmiss(ctx)); n != 2 {
		t.Errorf("%d events amiss, want 2", n)
	}
}
