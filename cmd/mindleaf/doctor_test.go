package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
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
