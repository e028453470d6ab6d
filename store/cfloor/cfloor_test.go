// Package cfloor measures an answer beside its floors: one write and fsync, and the
// same statements in SQLite's own C library. It is a module of its own, so that the
// program needs neither that library nor a C compiler:
//
//	cd store/cfloor && go test -bench . -benchtime 500x
package cfloor

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // the C library

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
	"github.com/mindleaf/mindleaf/store"
)

const (
	cards = 1000
	today = srs.Day(20000)
)

// answer is what recording one writes: an event, its card, the counters of its
// section, level, day and hour, and its page of states. ?1 is the card, ?2 the
// number of the answer.
var answer = []string{
	"UPDATE device SET seq = seq + 1, clock = max(clock + 1, ?2) WHERE id = 1 AND ?1 > 0",
	`INSERT INTO event (device, seq, clock, at_ms, zone_min, day, kind, card_id, grade, took_ms, scheduler_id)
		SELECT 1, seq, clock, clock, 0, 20000, 1, ?1, 4, 3000, 1 FROM device WHERE id = 1 AND ?2 > 0`,
	`UPDATE card SET phase = 2, due = 20000 + ?2, interval = ?2, ease = 250, reps = reps + 1, reviews = reviews + 1, last_day = 20000 WHERE id = ?1`,
	"UPDATE section SET n_new = n_new - 1, n_young = n_young + 1 WHERE id = (SELECT section_id FROM card WHERE id = ?1) AND ?2 > 0",
	"UPDATE level_count SET n_new = n_new - 1, n_young = n_young + 1 WHERE deck_id = 1 AND ?1 > 0 AND ?2 > 0",
	`INSERT INTO day_count (deck_id, day, reviews, new, millis) VALUES (1, 20000, ?1 > 0, ?2 > 0, 3000)
		ON CONFLICT (deck_id, day) DO UPDATE SET reviews = reviews + 1, new = new + 1, millis = millis + 3000`,
	`INSERT INTO day_total (day, reviews, new, millis) VALUES (20000, ?1 > 0, ?2 > 0, 3000)
		ON CONFLICT (day) DO UPDATE SET reviews = reviews + 1, new = new + 1, millis = millis + 3000`,
	`INSERT INTO section_day (deck_id, day, section_id, reviews) VALUES (1, 20000, 1, ?1 > 0 AND ?2 > 0)
		ON CONFLICT (deck_id, day, section_id) DO UPDATE SET reviews = reviews + 1`,
	`INSERT INTO hour_count (day, hour, level, new_3, took_5, millis) VALUES (20000, 12, 1, ?1 > 0, ?2 > 0, 3000)
		ON CONFLICT (day, hour, level) DO UPDATE SET new_3 = new_3 + 1, took_5 = took_5 + 1, millis = millis + 3000`,
	`UPDATE state_page SET states = CAST(substr(states, 1, ?1 % 400 * 8) || zeroblob(8) || substr(states, ?1 % 400 * 8 + 9) AS BLOB)
		WHERE page = ?1 / 400 AND ?2 > 0`,
}

// BenchmarkAnswer reports medians in microseconds: of the floors, and of the store.
func BenchmarkAnswer(b *testing.B) {
	b.Run("fsync", func(b *testing.B) {
		f, err := os.Create(filepath.Join(b.TempDir(), "file"))
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		page := make([]byte, 4096)
		measure(b, func(int) error {
			if _, err := f.Write(page); err != nil {
				return err
			}
			return f.Sync()
		})
	})
	b.Run("C", func(b *testing.B) {
		path, db := filled(b)
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		inC(b, path)
	})
	b.Run("store", func(b *testing.B) {
		_, db := filled(b)
		defer db.Close()
		ctx := context.Background()
		measure(b, func(n int) error {
			_, err := db.Record(ctx, srs.Event{Kind: srs.ReviewEvent, Card: int64(1 + n%cards), Grade: srs.Good, At: today.Date(), Day: today,
				Took: 3 * time.Second, Scheduler: "sm2 reading=program multiplier=100 fuzz=on max=36500"})
			return err
		})
	})
}

// inC records answers in the store at path with the C library, set as the store
// sets its own, every statement compiled once.
func inC(b *testing.B, path string) {
	b.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=FULL&_txlock=immediate&_foreign_keys=1")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	var compiled []*sql.Stmt
	for _, query := range answer {
		s, err := db.Prepare(query)
		if err != nil {
			b.Fatalf("%s: %v", query, err)
		}
		compiled = append(compiled, s)
	}
	measure(b, func(n int) error {
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		for _, s := range compiled {
			if _, err := tx.Stmt(s).Exec(1+n%cards, 1+n); err != nil {
				return err
			}
		}
		return tx.Commit()
	})
}

// filled returns a store with a deck of which every card was answered once.
func filled(b *testing.B) (path string, db *store.DB) {
	b.Helper()
	ctx := context.Background()
	path = filepath.Join(b.TempDir(), "mindleaf.db")
	db, err := store.Open(ctx, path, store.Options{Schedulers: sm2.Schedulers, Random: rand.Reader})
	if err != nil {
		b.Fatal(err)
	}
	content := &deck.Deck{Format: 1, ID: "floor", Title: "Floor"}
	for i := range cards {
		content.Leaves = append(content.Leaves, deck.Leaf{Path: []string{"一节"}, Text: fmt.Sprint("叶子", i), Level: 1,
			Entries: []deck.Entry{{ID: deck.CardID(fmt.Sprint("c", i)), Front: fmt.Sprint("第 ", i, " 题？"), Back: "答案"}}})
	}
	stamp := store.Stamp{At: today.Date(), Day: today - 1}
	if _, err := db.SyncDeck(ctx, store.File{Path: "/floor.toml", Deck: "floor", Title: "Floor"}, content, stamp); err != nil {
		b.Fatal(err)
	}
	for card := range int64(cards) {
		_, err := db.Record(ctx, srs.Event{Kind: srs.ReviewEvent, Card: card + 1, Grade: srs.Good, At: stamp.At, Day: stamp.Day,
			Scheduler: "sm2 reading=program multiplier=100 fuzz=on max=36500"})
		if err != nil {
			b.Fatal(err)
		}
	}
	return path, db
}

// measure runs f b.N times and reports the median.
func measure(b *testing.B, f func(n int) error) {
	b.Helper()
	var times []time.Duration
	for n := 0; b.Loop(); n++ {
		start := time.Now()
		if err := f(n); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Nanoseconds())/1000, "median-µs")
	b.ReportMetric(0, "ns/op")
}
