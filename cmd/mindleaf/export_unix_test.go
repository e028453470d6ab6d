//go:build unix

package main

import (
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestExportOfImpossibleEvents puts values into the log that no event can have, as a
// clock gone wild or a damaged file may, and wants all others to be exported, and to
// come back on an empty machine.
func TestExportOfImpossibleEvents(t *testing.T) {
	const cards, reviews = 12, 4
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	exportOfMany(t, self, folder, cards, reviews)
	home := filepath.Join(folder, "from")
	db, err := sql.Open("sqlite", filepath.Join(home, "mindleaf.db"))
	if err != nil {
		t.Fatal(err)
	}
	for i, wrong := range []string{
		"at_ms = 253402300800000",   // the year 10000
		"at_ms = -9000000000000000", // long before the year 1
		"day = 9999999",             // the year 29348
		"day = 9223372036854775807", // no day at all
		"grade = 77",                // no grade
		"zone_min = 100000",         // no time zone
		"took_ms = 9000000000000",   // three hundred years
		"kind = 99",                 // no kind
	} {
		if _, err := db.Exec("UPDATE event SET "+wrong+" WHERE seq = ?", i+1); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "all.json")
	c := exec.Command(self)
	c.Args = []string{"mindleaf", "export", "--home", home, "-o", file}
	out, err := c.CombinedOutput()
	var failed *exec.ExitError
	if !errors.As(err, &failed) || failed.ExitCode() != exitFailed {
		t.Errorf("the export ended with %v, want exit code %d", err, exitFailed)
	}
	for _, want := range []string{"wrote", "left out: 8 events with impossible values", "the export is not complete", "mindleaf doctor"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%q is not said:\n%s", want, out)
		}
	}
	to := t.TempDir()
	mindleaf(t, self, to, "import", file)
	if n := count(to, "SELECT count(*) FROM event"); n != cards*reviews-8 {
		t.Errorf("got %d events on an empty machine, want %d", n, cards*reviews-8)
	}
	mindleaf(t, self, to, "doctor")
}
