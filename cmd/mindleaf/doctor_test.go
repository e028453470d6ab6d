package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck/property"
)

// TestDoctorFix damages what follows from the log, and changes a deck file in a
// way that its size and time do not show.
func TestDoctorFix(t *testing.T) {
	home := t.TempDir()
	at := func(args ...string) (int, string) { return ticking(t, home, "\n3\n\n1\nq\n", time.Second, args...) }
	path := filepath.Join(home, "decks", "one.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	const deck = "[deck]\ntitle = \"一\"\n[[card]]\nfront = \"甲？\"\nback = \"1\"\n[[card]]\nfront = \"乙？\"\nback = \"2\"\n"
	old := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	write(deck)
	if code, out := at("review", "--plain"); code != 0 {
		t.Fatalf("review: exit %d\n%s", code, out)
	}
	write(strings.Replace(deck, "\"2\"", "\"3\"", 1))
	db, err := sql.Open("sqlite", filepath.Join(home, "mindleaf.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"UPDATE card SET interval = 99 WHERE phase > 0", "UPDATE day_count SET reviews = 7"} {
		if _, err := db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	wrong := []string{"✗ states of cards are what the log says (2 wrong)", "✗ counters are what the log says", "✗ the index has what the deck files say (1 wrong)"}
	code, out := at("doctor")
	for _, w := range wrong {
		if code != 1 || !strings.Contains(out, w) {
			t.Errorf("exit %d, want 1 and %q in:\n%s", code, w, out)
		}
	}
	if code, out := at("doctor", "--fix"); code != 0 || !strings.Contains(out, "backed up to") || strings.Contains(out, "✗") {
		t.Errorf("--fix: exit %d\n%s", code, out)
	}
	if code, out := at("doctor"); code != 0 || strings.Contains(out, "✗") {
		t.Errorf("afterwards: exit %d\n%s", code, out)
	}
	if _, out := at("deck", "show", "one"); !strings.Contains(out, "3") {
		t.Errorf("the deck file was not read again:\n%s", out)
	}
}

// TestDoctorFinds damages one thing at a time of which SQLite's quick_check finds
// nothing, and wants it found and mended, or told what to do where nothing mends it.
func TestDoctorFinds(t *testing.T) {
	property.OneAtATime(t)
	template := t.TempDir()
	writeText(t, filepath.Join(template, "config.toml"), "shipped_deck = false\n")
	if err := os.Mkdir(filepath.Join(template, "decks"), 0o700); err != nil {
		t.Fatal(err)
	}
	writeText(t, filepath.Join(template, "decks", "one.toml"), `[deck]
title = "一"
id = "one"
[[leaf]]
path = ["上", "中"]
text = "叶"
[[leaf.card]]
id = "a"
front = "甲？"
back = "1"
[[leaf]]
path = ["上", "下"]
text = "花"
[[leaf.card]]
id = "b"
front = "乙？"
back = "2"
`)
	mustTick(t, template, "\n3\n\n3\nq\n", "2 cards answered", "review", "--plain", "one")
	const (
		states   = "states of cards are what the log says"
		counters = "counters are what the log says"
		filed    = "cards have their texts and sections"
		events   = "events are what a version of mindleaf logs"
	)
	for name, tt := range map[string]struct {
		damage, want string
		lasting      bool // and not mended
		accepted     bool // and found once
	}{
		"index":            {emptied, "the indexes of the database file are right", false, false},
		"text gone":        {"DELETE FROM content", filed, false, false},
		"text changed":     {"UPDATE content SET back = back || 'x'", filed, false, false},
		"own parent":       {"UPDATE section SET parent_id = id", filed, false, false},
		"circle":           {"UPDATE section SET parent_id = (SELECT max(id) FROM section)", filed, false, false},
		"section gone":     {"UPDATE card SET section_id = 999", filed, false, false},
		"interval":         {"UPDATE card SET interval = 5000000000 WHERE uid = 'a'", states, false, false},
		"number":           {"UPDATE device SET seq = 0", counters, false, false},
		"clock":            {"UPDATE device SET clock = 0", counters, false, false},
		"event gone":       {"DELETE FROM event WHERE seq = 2", "the log has the answers that cards count", false, true},
		"scheduler":        {"UPDATE scheduler SET name = 'sm99'", events, true, false},
		"grade":            {"UPDATE event SET grade = 999", events, true, false},
		"day":              {"UPDATE event SET day = 5000000000", events, true, false},
		"year 0":           {"UPDATE event SET at_ms = -62200000000000", "events are from the day that their time says", true, false},
		"year 292277026":   {"UPDATE event SET at_ms = 9223372036854775807", "events are from the day that their time says", true, false},
		"device":           {"PRAGMA foreign_keys = 0; UPDATE event SET device = 77", "events are of cards and devices that are there", true, false},
		"card of an event": {"UPDATE event SET card_id = 7777 WHERE seq = 1", "events are of cards and devices that are there", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			home := t.TempDir()
			if err := os.CopyFS(home, os.DirFS(template)); err != nil {
				t.Fatal(err)
			}
			old := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC) // so that the file is not read again by itself
			if err := os.Chtimes(filepath.Join(home, "decks", "one.toml"), old, old); err != nil {
				t.Fatal(err)
			}
			mustTick(t, home, "", "", "due")
			damageTables(t, home, tt.damage)
			wrong := "✗ " + tt.want
			if code, out := ticking(t, home, "", time.Second, "doctor"); code != exitFailed || !strings.Contains(out, wrong) || strings.Contains(out, "(%!") {
				t.Errorf("exit %d, want 1 and %q in:\n%s", code, wrong, out)
			}
			code, out := ticking(t, home, "", time.Second, "doctor", "--fix")
			if left := tt.lasting || tt.accepted; code == exitFailed != left || strings.Contains(out, wrong) != left {
				t.Errorf("--fix: exit %d\n%s", code, out)
			}
			if code, out := ticking(t, home, "", time.Second, "doctor"); code == exitFailed != tt.lasting || strings.Contains(out, "✗") != tt.lasting {
				t.Errorf("afterwards: exit %d\n%s", code, out)
			}
			for _, command := range []string{"due", "progress", "map"} {
				if code, out := ticking(t, home, "", time.Second, command); code != 0 {
					t.Errorf("%s: exit %d\n%s", command, code, out)
				}
			}
			if tt.lasting {
				return
			}
			tomorrow := time.Date(2026, 1, 6, 9, 0, 0, 0, time.UTC)
			if code, out := tickingFrom(t, home, "\n3\nq\n", tomorrow, time.Second, "review", "--plain", "one"); code != 0 || !strings.Contains(out, "1 card answered") {
				t.Errorf("review: exit %d\n%s", code, out)
			}
		})
	}
}

// emptied makes an index of cards without any, which SQLite believes to have all.
const emptied = `DROP INDEX card_due; CREATE INDEX card_due ON card (due, deck_id) WHERE phase > 100;
	PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, '100', '0') WHERE name = 'card_due'`

// damageTables runs SQL on the database of a home folder.
func damageTables(t *testing.T, home, sqls string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(home, "mindleaf.db"))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(sqls); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestDoctorTellsOfBackups wants to hear that no backup can be made or used where
// something else is in the place of their folder, and of all the rest.
func TestDoctorTellsOfBackups(t *testing.T) {
	home := t.TempDir()
	mustTick(t, home, "", "", "due")
	writeText(t, filepath.Join(home, "backups"), "no folder")
	if code, out := ticking(t, home, "", time.Second, "doctor"); code != exitFailed || !strings.Contains(out, "✗ backups can be made") ||
		!strings.Contains(out, "✗ backups can be used") || !strings.Contains(out, "✓ states") {
		t.Errorf("exit %d\n%s", code, out)
	}
}
