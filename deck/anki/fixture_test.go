package anki

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"github.com/mindleaf/mindleaf/deck"
)

// shanghai is the learner's zone in these tests, and now a moment of the study
// day 2025-03-10 in it.
var (
	shanghai = time.FixedZone("CST", 8*3600)
	now      = time.Date(2025, 3, 10, 12, 0, 0, 0, shanghai)
	created  = time.Date(2025, 1, 1, 4, 0, 0, 0, shanghai)
)

const (
	firstDay = 20089 // 2025-01-01
	today    = 20157 // 2025-03-10
)

// fixture is a collection made by a test.
type fixture struct {
	schema  int
	created time.Time
	conf    map[string]any
	types   []fixtureType
	decks   map[int64]string
	notes   []fixtureNote
	cards   []fixtureCard
	log     []fixtureLog
}

type fixtureType struct {
	id        int64
	name      string
	cloze     bool
	stock     int
	fields    []string
	templates [][2]string
}

type fixtureNote struct {
	id     int64
	guid   string
	kind   int64
	tags   string
	fields []string
}

type fixtureCard struct {
	id, note, deck                               int64
	ord, kind, queue                             int
	due                                          int64
	ivl, factor, reps, lapses, left, odue, flags int
	home, changed                                int64
	data                                         string
}

type fixtureLog struct {
	id, card                            int64
	ease, ivl, last, factor, took, kind int
}

const (
	basicType, reversedType, clozeType, typingType, optionalType = 1, 2, 3, 4, 5
)

// stock returns a collection with Anki's stock note types and the decks 1
// Default and 2 语言::英语.
func stock() *fixture {
	answer := func(q, a string) [2]string { return [2]string{q, "{{FrontSide}}\n\n<hr id=answer>\n\n" + a} }
	return &fixture{
		schema: 11, created: created,
		conf: map[string]any{"schedVer": 2, "rollover": 4, "creationOffset": -480},
		types: []fixtureType{
			{basicType, "Basic", false, 1, []string{"Front", "Back"}, [][2]string{answer("{{Front}}", "{{Back}}")}},
			{reversedType, "Basic (and reversed card)", false, 2, []string{"Front", "Back"},
				[][2]string{answer("{{Front}}", "{{Back}}"), answer("{{Back}}", "{{Front}}")}},
			{clozeType, "Cloze", true, 5, []string{"Text", "Back Extra"}, [][2]string{{"{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Back Extra}}"}}},
			{typingType, "Basic (type in the answer)", false, 4, []string{"Front", "Back"},
				[][2]string{{"{{Front}}\n\n{{type:Back}}", "{{Front}}\n\n<hr id=answer>\n\n{{type:Back}}"}}},
			{optionalType, "Basic (optional reversed card)", false, 3, []string{"Front", "Back", "Add Reverse"},
				[][2]string{answer("{{Front}}", "{{Back}}"), answer("{{#Add Reverse}}{{Back}}{{/Add Reverse}}", "{{Front}}")}},
		},
		decks: map[int64]string{1: "Default", 2: "语言::英语"},
	}
}

// note adds a note with a new card for each of ords, and returns their numbers.
func (f *fixture) note(kind int64, ords []int, fields ...string) []int64 {
	id := int64(1000 * (len(f.notes) + 1))
	f.notes = append(f.notes, fixtureNote{id: id, guid: fmt.Sprintf("guid%d", id), kind: kind, fields: fields})
	var cards []int64
	for i, ord := range ords {
		c := fixtureCard{id: id + int64(i) + 1, note: id, deck: 1, ord: ord, due: int64(len(f.notes)), changed: created.Unix()}
		f.cards = append(f.cards, c)
		cards = append(cards, c.id)
	}
	return cards
}

// card returns the card with a number to be changed.
func (f *fixture) card(id int64) *fixtureCard {
	for i := range f.cards {
		if f.cards[i].id == id {
			return &f.cards[i]
		}
	}
	panic("no such card")
}

// file writes the collection and returns its bytes.
func (f *fixture) file(t testing.TB) []byte {
	t.Helper()
	if err := registerUnicase(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "c.anki2")
	db, err := sql.Open("sqlite", fileURL(name)+"?_pragma=page_size(512)&_pragma=journal_mode(off)&_pragma=synchronous(off)")
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	exec := func(query string, args ...any) {
		t.Helper()
		if _, err := tx.Exec(query, args...); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	exec(schema)
	if f.schema > 14 {
		f.fill18(t, exec)
	} else {
		f.fill11(t, exec)
	}
	if f.schema > 11 {
		f.fillConfig(t, exec)
	}
	for _, n := range f.notes {
		exec("INSERT INTO notes VALUES (?, ?, ?, 0, 0, ?, ?, '', 0, 0, '')", n.id, n.guid, n.kind, n.tags, strings.Join(n.fields, "\x1f"))
	}
	for _, c := range f.cards {
		exec("INSERT INTO cards VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", c.id, c.note, c.deck, c.ord, c.changed, c.kind, c.queue,
			c.due, c.ivl, c.factor, c.reps, c.lapses, c.left, c.odue, c.home, c.flags, c.data)
	}
	for _, l := range f.log {
		exec("INSERT INTO revlog VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?)", l.id, l.card, l.ease, l.ivl, l.last, l.factor, l.took, l.kind)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func marshal(t testing.TB, v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func (f *fixture) fill11(t testing.TB, exec func(string, ...any)) {
	models, decks := map[string]any{}, map[string]any{}
	for _, x := range f.types {
		m := map[string]any{"id": x.id, "name": x.name, "type": 0, "originalStockKind": x.stock}
		if x.cloze {
			m["type"] = 1
		}
		var fields, templates []any
		for _, name := range x.fields {
			fields = append(fields, map[string]any{"name": name})
		}
		for i, q := range x.templates {
			templates = append(templates, map[string]any{"name": fmt.Sprintf("Card %d", i+1), "qfmt": q[0], "afmt": q[1]})
		}
		m["flds"], m["tmpls"] = fields, templates
		models[fmt.Sprint(x.id)] = m
	}
	for id, name := range f.decks {
		decks[fmt.Sprint(id)] = map[string]any{"id": id, "name": name}
	}
	exec("INSERT INTO col VALUES (1, ?, 0, 0, ?, 0, 0, 0, ?, ?, ?, '{}', '{}')",
		f.created.Unix(), f.schema, marshal(t, f.conf), marshal(t, models), marshal(t, decks))
}

func (f *fixture) fill18(t testing.TB, exec func(string, ...any)) {
	exec("INSERT INTO col VALUES (1, ?, 0, 0, ?, 0, 0, 0, '', '', '', '', '')", f.created.Unix(), f.schema)
	exec(`CREATE TABLE notetypes (id integer NOT NULL PRIMARY KEY, name text NOT NULL COLLATE unicase, mtime_secs integer NOT NULL, usn integer NOT NULL, config blob NOT NULL);
		CREATE TABLE fields (ntid integer NOT NULL, ord integer NOT NULL, name text NOT NULL COLLATE unicase, config blob NOT NULL, PRIMARY KEY (ntid, ord)) WITHOUT ROWID;
		CREATE UNIQUE INDEX idx_fields_name_ntid ON fields (name, ntid);
		CREATE TABLE templates (ntid integer NOT NULL, ord integer NOT NULL, name text NOT NULL COLLATE unicase, mtime_secs integer NOT NULL, usn integer NOT NULL, config blob NOT NULL, PRIMARY KEY (ntid, ord)) WITHOUT ROWID;
		CREATE TABLE decks (id integer PRIMARY KEY NOT NULL, name text NOT NULL COLLATE unicase, mtime_secs integer NOT NULL, usn integer NOT NULL, common blob NOT NULL, kind blob NOT NULL);
		CREATE UNIQUE INDEX idx_decks_name ON decks (name);`)
	for _, x := range f.types {
		kind := uint64(0)
		if x.cloze {
			kind = 1
		}
		exec("INSERT INTO notetypes VALUES (?, ?, 0, 0, ?)", x.id, x.name, append(wireNumber(1, kind), wireNumber(9, uint64(x.stock))...))
		for i, name := range x.fields {
			exec("INSERT INTO fields VALUES (?, ?, ?, x'')", x.id, i, name)
		}
		for i, q := range x.templates {
			exec("INSERT INTO templates VALUES (?, ?, ?, 0, 0, ?)", x.id, i, fmt.Sprintf("Card %d", i+1), append(wireText(1, q[0]), wireText(2, q[1])...))
		}
	}
	for id, name := range f.decks {
		exec("INSERT INTO decks VALUES (?, ?, 0, 0, x'', x'')", id, strings.ReplaceAll(name, "::", "\x1f"))
	}
}

// fillConfig writes the configuration as a table, as it is since the schema 14, where
// the column is empty.
func (f *fixture) fillConfig(t testing.TB, exec func(string, ...any)) {
	exec(`UPDATE col SET conf = '';
		CREATE TABLE config (KEY text NOT NULL PRIMARY KEY, usn integer NOT NULL, mtime_secs integer NOT NULL, val blob NOT NULL) WITHOUT ROWID;`)
	for key, value := range f.conf {
		exec("INSERT INTO config VALUES (?, 0, 0, ?)", key, []byte(marshal(t, value)))
	}
}

func wireNumber(tag int, n uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(nil, uint64(tag)<<3), n)
}

func wireText(tag int, s string) []byte {
	return append(binary.AppendUvarint(binary.AppendUvarint(nil, uint64(tag)<<3|2), uint64(len(s))), s...)
}

func squeeze(t testing.TB, data []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(data, nil)
}

// file is an entry of an archive.
type zipped struct {
	name string
	data []byte
}

func archiveOf(t testing.TB, files ...zipped) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(f.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// stub is the collection that Anki puts beside the real one for old programs.
func stub(t testing.TB) []byte {
	f := stock()
	f.note(basicType, []int{0}, "Please update to the latest Anki version, then import the .colpkg/.apkg file again.", "")
	return f.file(t)
}

// legacy packs a collection as the first generation.
func (f *fixture) legacy(t testing.TB) []byte {
	return archiveOf(t, zipped{"collection.anki2", f.file(t)}, zipped{"media", []byte("{}")})
}

// latest packs a collection as the present generation.
func (f *fixture) latest(t testing.TB) []byte {
	f.schema = 18
	data := f.file(t)
	data[18], data[19] = 2, 2 // as Anki leaves it: with the mark of a write-ahead log
	return archiveOf(t, zipped{"meta", []byte{8, 3}}, zipped{"collection.anki21b", squeeze(t, data)},
		zipped{"collection.anki2", stub(t)}, zipped{"media", squeeze(t, nil)})
}

// decksOf returns the decks of a package with their leaves.
func decksOf(t testing.TB, p *Package) []*deck.Deck {
	t.Helper()
	decks, err := p.Decks(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var out []*deck.Deck
	for _, d := range decks {
		for l := range d.Leaves {
			d.Deck.Leaves = append(d.Deck.Leaves, *l)
		}
		out = append(out, d.Deck)
	}
	if err := p.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// read reads a package: its decks, what is known of its cards, and the report.
func read(t testing.TB, data []byte) ([]*deck.Deck, map[deck.CardID]Progress, *Report) {
	t.Helper()
	ctx := context.Background()
	folder := t.TempDir()
	p, err := Open(ctx, bytes.NewReader(data), int64(len(data)), Options{Folder: folder, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	decks := decksOf(t, p)
	progress := make(map[deck.CardID]Progress)
	err = p.History(ctx, func(g *Progress) error {
		c := *g
		c.Events = append([]Event(nil), g.Events...)
		progress[g.Card] = c
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %v, %v", left, err)
	}
	for _, d := range decks {
		for _, problem := range d.Validate() {
			t.Errorf("deck %s: %s", d.Title, problem.Message)
		}
	}
	return decks, progress, p.Report()
}

func check(t testing.TB, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
