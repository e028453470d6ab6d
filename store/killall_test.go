package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
)

// killsPerStore is after how many kills a new store is begun, so that the first
// start is killed as well and checking does not take longer and longer.
const killsPerStore = 25

// kept is what a store must hold: events by device, number and time, and the
// version of the deck b, 0 when it was never imported.
type kept struct {
	events map[string]bool
	deck   int
}

func (k kept) clone() kept { return kept{maps.Clone(k.events), k.deck} }

// witness hears from processes what they begin and what they were told is done,
// and compares a store with it.
type witness struct {
	t      *testing.T
	folder string
	now    kept
	// backups are what those hold that were begun, and made says which of them a
	// process was told is done.
	backups map[string]kept
	made    map[string]bool
	// begun is what the process did last without saying that it is done.
	begun []string
	did   map[string]int
	// updates is how often the program was updated.
	updates int
}

// hear takes one line of a working process in.
func (w *witness) hear(line string) {
	words := strings.Fields(line)
	if words[0] == "begin" {
		w.begun = words[1:]
		if words[1] == "backup" || words[1] == "migrate" {
			w.backups[words[2]] = w.now.clone()
		}
		if words[1] == "migrate" {
			w.updates = w.version(words[3])
		}
		return
	}
	w.begun = nil
	w.did[words[0]]++
	switch words[0] {
	case "import":
		w.now.deck = w.version(words[1])
	case "restore":
		w.now = w.backups[words[1]].clone()
	case "flood":
		for seq := range floodCards * floodReviews {
			e := review(0, srs.Good, today+srs.Day(10*(seq%floodReviews)))
			w.now.events[fmt.Sprint(words[1], " ", seq+1, " ", e.At.UnixMilli())] = true
		}
	case "backup":
		w.made[words[1]] = true
	case "grow", "migrate":
	default:
		w.now.events[strings.Join(words[1:], " ")] = true
	}
}

func (w *witness) version(s string) int {
	w.t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// look compares the store with what must be there. What was begun may be done or
// not.
func (w *witness) look() {
	w.t.Helper()
	d, err := Open(context.Background(), filepath.Join(w.folder, "progress.db"), updated(w.updates))
	if err != nil {
		w.t.Fatal(err)
	}
	w.goOn(d)
	got := w.read(d)
	want := w.now
	if len(w.begun) > 0 {
		switch done := w.now.clone(); w.begun[0] {
		case "restore":
			if done = w.backups[w.begun[1]].clone(); len(missing(done, got)) == 0 && len(missing(want, got)) > 0 {
				want = done
			}
		case "import":
			if done.deck = w.version(w.begun[1]); got.deck == done.deck {
				want = done
			}
		}
	}
	if lost := missing(want, got); len(lost) > 0 {
		w.t.Errorf("lost: %v; the process was at %v", lost, w.begun)
	}
	w.now, w.begun = want.clone(), nil
	checkFloods(w.t, d)
	checkNothingHalf(w.t, d)
	for i := range 8 {
		checkWhole(w.t, d, deck.ID(fmt.Sprint("c", i)))
	}
	checkSound(w.t, d)
	if err := d.Close(); err != nil {
		w.t.Fatal(err)
	}
	w.lookAtBackups()
}

// goOn imports to its end what was imported by half of the deck b, which must be
// sound.
func (w *witness) goOn(d *DB) {
	w.t.Helper()
	for _, f := range must[[]File](w.t)(d.Files(context.Background())) {
		if f.Path != "/b.toml" || f.Size != unreadSize {
			continue
		}
		checkSound(w.t, d)
		f, content := versionOf(w.version(f.Title))
		must[Changes](w.t)(d.SyncDeck(context.Background(), f, content, noon(today)))
	}
}

// checkFloods wants what flood merges to be there whole or not at all.
func checkFloods(t *testing.T, d *DB) {
	t.Helper()
	half, err := collect(context.Background(), d.db, scanString, `SELECT v.uid || ' ' || count(*) FROM device v JOIN event e ON e.device = v.id
		WHERE v.uid LIKE 'flood%' GROUP BY v.id HAVING count(*) <> ?`, floodCards*floodReviews)
	if err != nil || len(half) > 0 {
		t.Errorf("half a log: %v, %v", half, err)
	}
}

// missing lists what of want is not in got.
func missing(want, got kept) (lost []string) {
	for e := range want.events {
		if !got.events[e] {
			lost = append(lost, "event "+e)
		}
	}
	if want.deck != got.deck {
		lost = append(lost, fmt.Sprintf("version %d of the deck, it is %d", want.deck, got.deck))
	}
	return lost
}

// read returns what the store holds. The deck must be whole.
func (w *witness) read(d *DB) kept {
	w.t.Helper()
	k := kept{events: make(map[string]bool)}
	events, err := collect(context.Background(), d.db, scanString, "SELECT v.uid || ' ' || e.seq || ' ' || at_ms FROM event e JOIN device v ON v.id = e.device")
	if err != nil {
		w.t.Fatal(err)
	}
	for _, e := range events {
		k.events[e] = true
	}
	var title string
	var cards int
	err = d.db.QueryRow("SELECT coalesce(max(title), '0') FROM deck_file WHERE path = '/b.toml'").Scan(&title)
	if err == nil {
		err = d.db.QueryRow("SELECT count(*) FROM card JOIN deck ON deck.id = deck_id WHERE deck.uid = 'b' AND archived = 0").Scan(&cards)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	if k.deck = w.version(title); k.deck > 0 && cards != cardsOf(k.deck) || k.deck == 0 && cards != 0 {
		w.t.Errorf("version %d of the deck has %d cards", k.deck, cards)
	}
	return k
}

// lookAtBackups wants every backup to be whole, with all that was there when it was
// begun, and none to be gone of which a process was told that it is made. It removes all
// but a few.
func (w *witness) lookAtBackups() {
	w.t.Helper()
	for name, held := range w.backups {
		path := filepath.Join(w.folder, name)
		h, err := inspect(context.Background(), path, updated(w.updates).migrations)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			if w.made[name] {
				w.t.Errorf("the backup %s is gone", name)
			}
			delete(w.backups, name)
		case err != nil:
			w.t.Errorf("a half backup: %v", err)
		case h.Events < int64(len(held.events)):
			w.t.Errorf("the backup %s has %d events of %d", name, h.Events, len(held.events))
		case len(w.backups) > 4:
			if err := os.Remove(path); err != nil {
				w.t.Fatal(err)
			}
			delete(w.backups, name)
		}
	}
}

// work runs a process that works on the store and kills it some time after it was
// started or has begun its work.
func (w *witness) work(after time.Duration) {
	w.t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), workIn+"="+w.folder, fmt.Sprint(workUpdates, "=", w.updates))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	kill := func() { _ = cmd.Process.Kill() }
	waits := rand.IntN(4) > 0 // else it may not have come to open the store
	if !waits {
		time.AfterFunc(after, kill)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if waits {
			time.AfterFunc(after, kill)
			waits = false
		}
		w.hear(lines.Text())
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
		w.t.Fatalf("the process ended by itself: %v", err)
	}
}

// killsVariable says how often TestKillEverywhere kills. Where it is set, the tests of
// faults try more of them too.
const killsVariable = "MINDLEAF_KILLS"

// kills is how often TestKillEverywhere kills; killsVariable says otherwise.
func kills(t *testing.T) int {
	t.Helper()
	if s := os.Getenv(killsVariable); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatalf("%s: %v", killsVariable, err)
		}
		return n
	}
	return 60
}

// TestKillEverywhere kills processes that answer, undo, import, merge, migrate, back
// up and restore, at any moment from their start on, and looks for everything they
// were told is done.
func TestKillEverywhere(t *testing.T) {
	property.OneAtATime(t)
	t.Parallel()
	did := make(map[string]int)
	times, during := kills(t), make(map[string]int)
	var w *witness
	for i := range times {
		if i%killsPerStore == 0 {
			w = &witness{t: t, folder: t.TempDir(), now: kept{events: make(map[string]bool)}, backups: make(map[string]kept), made: make(map[string]bool), did: did}
		}
		w.work(time.Duration(1+rand.IntN(150)) * time.Millisecond)
		at := "between or before"
		if len(w.begun) > 0 {
			at = w.begun[0]
		}
		during[at]++
		if w.look(); t.Failed() {
			t.Fatalf("after kill %d of %d", i+1, times)
		}
	}
	tried(t, "%d kills, %v; done before them: %v", times, during, did)
}
