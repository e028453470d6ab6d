package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// homeWith is a home folder with deck a, of three cards, two answers and a backup of
// them.
func homeWith(t *testing.T, a string) (home, backup string) {
	t.Helper()
	home = t.TempDir()
	if err := os.Mkdir(filepath.Join(home, "decks"), 0o700); err != nil {
		t.Fatal(err)
	}
	writeText(t, filepath.Join(home, "config.toml"), "shipped_deck = false\n")
	writeText(t, filepath.Join(home, "decks", "a.toml"), a)
	backup = filepath.Join(home, "mine.db")
	mustTick(t, home, "\n3\n\n3\nq\n", "2 cards answered", "review", "--plain")
	mustTick(t, home, "", "backed up", "backup", backup)
	return home, backup
}

func writeText(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// threeCards is a deck file; its cards have identities when it is told so.
func threeCards(in string, identities bool) string {
	text := fmt.Sprintf("[deck]\nid = %q\ntitle = %q\n", in, in)
	for i := 1; i <= 3; i++ {
		text += "\n[[card]]\n"
		if identities {
			text += fmt.Sprintf("id = \"%s%d\"\n", in, i)
		}
		text += fmt.Sprintf("front = \"Question %d of %s?\"\nback = \"answer %d\"\n", i, in, i)
	}
	return text
}

// damageTexts spoils the texts of cards, and nothing else of a database.
func damageTexts(t *testing.T, home string) {
	t.Helper()
	path := filepath.Join(home, "mindleaf.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	var at int64
	err = db.QueryRow("SELECT rootpage FROM sqlite_schema WHERE name = 'content'").Scan(&at)
	if _, failed := db.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil || failed != nil {
		t.Fatal(err, failed)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte(strings.Repeat("lost", 1024)), (at-1)*4096); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestRestoreBeforeNewDecks wants answers given since the backup with the cards that
// they were given to, although the decks came in another order than they are read now.
func TestRestoreBeforeNewDecks(t *testing.T) {
	home, backup := homeWith(t, threeCards("a", true))
	for _, in := range []string{"z", "b"} {
		writeText(t, filepath.Join(home, "decks", in+".toml"), threeCards(in, true))
		mustTick(t, home, "", "", "due")
	}
	mustTick(t, home, "\n3\n\n3\n\n3\nq\n", "3 cards answered", "review", "--plain", "z")
	damageTexts(t, home)
	mustTick(t, home, "", "3 events since the backup could be read", "restore", backup, "--yes")
	for card, want := range map[string]bool{"a1": true, "a3": false, "b1": false, "b3": false, "z1": true, "z3": true} {
		_, out := ticking(t, home, "", time.Second, "card", "history", card)
		if got := strings.Contains(out, "Good"); got != want || strings.Contains(out, "never reviewed") == want {
			t.Errorf("%s was answered: %v, want %v\n%s", card, got, want, out)
		}
	}
}

// TestRestoreBeforeRewording wants every answer back when a card was reworded since the
// backup: that the cards of the backup are renamed too must not take the number of an
// answer.
func TestRestoreBeforeRewording(t *testing.T) {
	home, backup := homeWith(t, threeCards("a", false))
	mustTick(t, home, "\n3\nq\n", "1 card answered", "review", "--plain")
	reworded := strings.Replace(threeCards("a", false), "Question 1 of a?", "Question number one of deck a?", 1)
	writeText(t, filepath.Join(home, "decks", "a.toml"), reworded)
	mustTick(t, home, "", "1 reworded or moved card", "due")
	damageTexts(t, home)
	mustTick(t, home, "", "2 events since the backup could be read", "restore", backup, "--yes")
	mustTick(t, home, "", `"answered": 3`, "due", "--json")
	mustTick(t, home, "", "", "doctor")
}

// TestRestoreLeavesNewer wants a database of a newer version to stay, which is whole.
func TestRestoreLeavesNewer(t *testing.T) {
	home, backup := homeWith(t, threeCards("a", false))
	db, err := sql.Open("sqlite", filepath.Join(home, "mindleaf.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("PRAGMA user_version = 999"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if code, out := ticking(t, home, "", time.Second, "restore", backup, "--yes"); code == 0 || !strings.Contains(out, "newer version") {
		t.Errorf("exit %d\n%s", code, out)
	}
	if aside, err := filepath.Glob(filepath.Join(home, "mindleaf.db.*")); len(aside) > 0 || err != nil {
		t.Errorf("set aside: %v, %v", aside, err)
	}
}

// TestRestoreOfHalf wants a file with a part of it beside it to be refused.
func TestRestoreOfHalf(t *testing.T) {
	home, backup := homeWith(t, threeCards("a", false))
	writeText(t, backup+"-wal", "more")
	if code, out := ticking(t, home, "", time.Second, "restore", backup, "--yes"); code == 0 || !strings.Contains(out, "a part of it is in") {
		t.Errorf("exit %d\n%s", code, out)
	}
}
