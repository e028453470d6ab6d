package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// Environment variables of a test binary that does everything there is to do with
// a store until it is killed.
const (
	// workIn is the folder with the store.
	workIn = "MINDLEAF_TEST_WORK_IN"
	// workUpdates is how often the program was updated before.
	workUpdates = "MINDLEAF_TEST_WORK_UPDATES"
)

// rewriting is a migration that is a loss of all answers when half of it is done.
const rewriting = `CREATE TABLE rewritten AS SELECT * FROM event;
	DELETE FROM event; INSERT INTO event SELECT * FROM rewritten; DROP TABLE rewritten`

// updated are the options of a program that was updated so many times, each time
// with a migration.
func updated(times int) Options { return withMore(slices.Repeat([]string{rewriting}, times)...) }

// worker does things to a store at random, and prints what it begins and what it
// was told is done.
type worker struct {
	*DB
	ctx     context.Context
	folder  string
	device  string
	updates int
}

func workForever(folder string) int {
	w := &worker{ctx: context.Background(), folder: folder}
	var err error
	if w.updates, err = strconv.Atoi(os.Getenv(workUpdates)); err == nil {
		err = w.run()
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// open opens the store, and migrates it when it is of a time before the last
// update.
func (w *worker) open() (err error) {
	migrates := false
	o := updated(w.updates)
	o.BeforeMigration = func(ctx context.Context, old *DB) error {
		name := newBackup()
		fmt.Println("begin migrate", name, w.updates)
		migrates = true
		_, err := old.Backup(ctx, filepath.Join(w.folder, name))
		return err
	}
	w.DB, err = Open(w.ctx, filepath.Join(w.folder, "progress.db"), o)
	if err == nil && migrates {
		fmt.Println("migrate", w.updates)
	}
	return err
}

// again closes the store and opens it.
func (w *worker) again() error { return firstError(w.Close(), w.open()) }

// update updates the program.
func (w *worker) update() error {
	w.updates++
	return w.again()
}

func newBackup() string { return fmt.Sprintf("%d.db", time.Now().UnixMicro()) }

func (w *worker) run() error {
	if err := w.open(); err != nil {
		return err
	}
	if err := w.db.QueryRow("SELECT uid FROM device WHERE id = 1").Scan(&w.device); err != nil {
		return err
	}
	a := big("a", 30)
	if _, err := w.SyncDeck(w.ctx, File{Path: "/a.toml", Deck: "a", Title: "a"}, a, noon(today)); err != nil {
		return err
	}
	for {
		do := []func() error{w.answer, w.answer, w.answer, w.undo, w.edit, w.grow, w.join, w.flood, w.backUp, w.restore, w.update}
		if err := do[rand.IntN(len(do))](); err != nil {
			return err
		}
	}
}

func (w *worker) stamp() Stamp {
	at := time.Now()
	return Stamp{At: at, Day: srs.DayOf(at, 4)}
}

func (w *worker) answer() error {
	at := w.stamp()
	e := review(1+rand.Int64N(30), srs.Grades[rand.IntN(4)], at.Day)
	e.At = at.At
	fmt.Println("begin answer")
	step, err := w.Record(w.ctx, e)
	if err == nil {
		w.say("answer", w.device, step.Event)
	}
	return err
}

func (w *worker) say(what, device string, e srs.Event) {
	fmt.Println(what, device, e.Key.Seq, e.At.UnixMilli())
}

func (w *worker) undo() error {
	last, ok, err := w.LastUndoable(w.ctx)
	if err != nil || !ok {
		return err
	}
	fmt.Println("begin undo")
	if _, _, err := w.Undo(w.ctx, last.Key, w.stamp()); err != nil {
		return err
	}
	undo, _, err := w.LastEvent(w.ctx)
	if err == nil {
		w.say("undo", w.device, undo)
	}
	return err
}

// cardsOf is how many cards a version of the deck b has.
func cardsOf(version int) int { return 60 + 3*(version%40) }

// versionOf is a version of the deck b, with other cards and wordings than others.
func versionOf(version int) (File, *deck.Deck) {
	d := big("b", cardsOf(version))
	d.Leaves[version%len(d.Leaves)].Entries[0].Front += fmt.Sprint("第", version, "版")
	d.Leaves[0].Path = []string{"另", fmt.Sprint(version % 5)}
	return File{Path: "/b.toml", Deck: "b", Title: fmt.Sprint(version), Size: 1}, d
}

// edit imports another version of the deck b, at once or in pieces.
func (w *worker) edit() error {
	version := 1 + rand.IntN(1_000_000)
	f, d := versionOf(version)
	if rand.IntN(2) == 0 {
		ordinary := w.pieces
		defer func() { w.pieces = ordinary }()
		w.pieces = smallPieces(16)
	}
	fmt.Println("begin import", version)
	_, err := w.SyncDeck(w.ctx, f, d, w.stamp())
	if err == nil {
		fmt.Println("import", version)
	}
	return err
}

// grownCards is how many cards a deck has that growBy imports.
const grownCards = 60

// growBy imports a new deck in pieces.
func growBy(ctx context.Context, d *DB, id deck.ID, p pieces) error {
	ordinary := d.pieces
	defer func() { d.pieces = ordinary }()
	d.pieces = p
	f := File{Path: "/" + string(id) + ".toml", Deck: id, Title: string(id), Size: 1, Hash: [32]byte{1}}
	_, err := d.SyncDeck(ctx, f, big(id, grownCards), noon(today))
	return err
}

// checkWhole reports whether a deck of growBy is noted as whole, and then wants it
// to be.
func checkWhole(t *testing.T, d *DB, id deck.ID) bool {
	t.Helper()
	var size, cards int
	err := d.db.QueryRow("SELECT coalesce(max(size), 0) FROM deck_file WHERE deck = ?", id).Scan(&size)
	if err == nil {
		err = d.db.QueryRow("SELECT count(*) FROM card WHERE archived = 0 AND deck_id = (SELECT id FROM deck WHERE uid = ?)", id).Scan(&cards)
	}
	if err != nil {
		t.Fatal(err)
	}
	if size == 1 && cards != grownCards {
		t.Errorf("deck %s is noted as whole with %d cards", id, cards)
	}
	return size == 1
}

// grow imports one of several decks in pieces, or what a kill left of it to the
// end.
func (w *worker) grow() error {
	id := deck.ID(fmt.Sprint("c", rand.IntN(8)))
	fmt.Println("begin grow", id)
	err := growBy(w.ctx, w.DB, id, smallPieces(4))
	if err == nil {
		fmt.Println("grow", id)
	}
	return err
}

// join merges what another device logged.
func (w *worker) join() error {
	at := w.stamp()
	e := review(0, srs.Grades[rand.IntN(4)], at.Day)
	e.At, e.Key.Seq, e.Clock = at.At, at.At.UnixMicro(), at.At.UnixMilli()
	card := deck.CardID(fmt.Sprint("c", rand.IntN(30)))
	fmt.Println("begin merge")
	m, err := w.Merge(w.ctx, []Logged{{Event: e, Device: "other", Deck: "a", CardID: card}})
	if err == nil && m.Added != 1 {
		err = fmt.Errorf("merged %+v", m)
	}
	if err == nil {
		w.say("merge", "other", e)
	}
	return err
}

// floodReviews is how many reviews of each card flood merges.
const floodReviews = 3

// flood merges floodLog in pieces of two cards.
func flood(ctx context.Context, d *DB, device string, cards ...deck.CardID) error {
	ordinary := d.pieces
	defer func() { d.pieces = ordinary }()
	d.pieces = smallPieces(2)
	log := floodLog(device, cards...)
	m, err := d.Merge(ctx, log)
	if err == nil && m.Added != int64(len(log)) {
		err = fmt.Errorf("merged %+v of %d events", m, len(log))
	}
	return err
}

// floodLog is what a device logged of some cards of the deck a.
func floodLog(device string, cards ...deck.CardID) (log []Logged) {
	for i, card := range cards {
		for n := range floodReviews {
			e := review(0, srs.Good, today+srs.Day(10*n))
			e.Key.Seq = int64(1 + i*floodReviews + n)
			e.Clock = e.At.UnixMilli()
			log = append(log, Logged{Event: e, Device: device, Deck: "a", CardID: card})
		}
	}
	return log
}

// flood merges the log of a device that nobody has heard of.
func (w *worker) flood() error {
	device := fmt.Sprint("flood", time.Now().UnixMicro())
	fmt.Println("begin flood", device)
	var cards []deck.CardID
	for i := range floodCards {
		cards = append(cards, deck.CardID(fmt.Sprint("c", i)))
	}
	err := flood(w.ctx, w.DB, device, cards...)
	if err == nil {
		fmt.Println("flood", device)
	}
	return err
}

// floodCards is how many cards of the deck a are flooded.
const floodCards = 20

func (w *worker) backUp() error {
	name := newBackup()
	fmt.Println("begin backup", name)
	_, err := w.Backup(w.ctx, filepath.Join(w.folder, name))
	if err == nil {
		fmt.Println("backup", name)
	}
	return err
}

// restore goes back to one of the backups, which may be of before an update.
func (w *worker) restore() error {
	entries, err := os.ReadDir(w.folder)
	if err != nil {
		return err
	}
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".db") && e.Name() != "progress.db" {
			names = append(names, e.Name())
		}
	}
	if len(names) == 0 {
		return nil
	}
	name := names[rand.IntN(len(names))]
	fmt.Println("begin restore", name)
	path := filepath.Join(w.folder, name)
	_, err = inspect(w.ctx, path, w.migrations)
	if err = errors.Join(err, w.Restore(w.ctx, path)); err != nil {
		return err
	}
	fmt.Println("restore", name)
	return w.again()
}

// LastEvent returns the event that this device logged last, whatever it is; false
// when there is none.
func (d *DB) LastEvent(ctx context.Context) (last srs.Event, ok bool, err error) {
	events, err := collect(ctx, d.db, scanEvent, "SELECT "+eventColumns+fromEvents+"WHERE e.device = ? ORDER BY e.seq DESC LIMIT 1", thisDevice)
	if err != nil || len(events) == 0 {
		return last, false, d.explain("reading the last event", err)
	}
	return events[0], true, nil
}
