package anki

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck"
)

// everything is a deck with every kind of entry and every key.
func everything() *deck.Deck {
	e := func(id deck.CardID, k deck.Kind, front, back string) deck.Entry {
		return deck.Entry{ID: id, Kind: k, Front: front, Back: back}
	}
	full := e("choice", deck.Choice, "Which **one**?", "the `right` one")
	full.Choices = []deck.Option{{Text: "a <wrong> one", Why: "it is wrong"}, {Text: "another"}}
	full.Note, full.Source, full.Tags, full.Media = "a note\n\nof two paragraphs", "§3.5 & more", []string{"tag", "a::b"}, []string{"x.png"}
	typed := e("typed", deck.Typed, "2 + 2 = ?", "4")
	typed.Accept = []string{"four", "四"}
	return &deck.Deck{Format: 1, ID: "llm-basics", Language: "zh", Title: "LLM: 基础", Leaves: []deck.Leaf{
		{Path: []string{"第二章", "注意力::自"}, Text: "一片叶", Level: deck.Beginner, Entries: []deck.Entry{
			e("basic", deck.Basic, "为什么？\n  indented  twice", "因为 <b> & `code`"), e("reversed", deck.Reversed, "cat", "猫"),
		}},
		{Path: []string{"第一章"}, Text: "second", Level: deck.Advanced, Entries: []deck.Entry{
			e("cloze", deck.Cloze, "{{Wasser::was?}} ist {{c1}} und {{a\nb}} }} {{", "mehr"), e("list", deck.List, "Name three", "one\ntwo\nthree"),
		}},
		{Entries: []deck.Entry{full}},
		{Path: []string{"第一章"}, Entries: []deck.Entry{typed}},
	}}
}

// known is what is known of the cards of everything.
func known() map[deck.CardID]*Progress {
	event := func(kind EventKind, day int32, button int8, s State) Event {
		return Event{Kind: kind, At: time.UnixMilli(at(day) + int64(button)).In(shanghai), Day: day, Button: button, Took: 3 * time.Second, State: s}
	}
	learning, review := State{Learning, today - 9, today - 10, 0, 250, 1, 0}, State{Review, today - 1, today - 9, 6, 236, 2, 0}
	lapsed := State{Relearning, today + 1, today, 0, 182, 0, 1}
	all := map[deck.CardID]*Progress{
		"basic": {Events: []Event{event(Reviewed, today-10, 3, learning), event(Reviewed, today-9, 2, review), event(Drilled, today-9, 3, review)}, Now: review},
		"reversed~rev": {Events: []Event{event(Reviewed, today-10, 4, learning), event(Reviewed, today-8, 2, review), event(Reviewed, today, 1, lapsed)},
			Now: lapsed, Suspended: true, Flag: 3},
		"cloze~2": {Now: State{Review, today + 300, today - 100, 400, 250, 2, 0}, Flag: 7},
		"typed":   {Events: []Event{event(Placed, today-1, 0, State{Review, today + 20, today - 1, 21, 250, 2, 0})}, Now: State{Review, today + 20, today - 1, 21, 250, 2, 0}, Buried: true},
	}
	for id, p := range all {
		p.Card, p.Deck, p.Changed = id, "LLM: 基础", now.Add(-time.Minute)
	}
	return all
}

func export(t testing.TB, d *deck.Deck, all map[deck.CardID]*Progress) ([]byte, Written) {
	t.Helper()
	var b bytes.Buffer
	folder := t.TempDir()
	w, err := Write(context.Background(), &b, Export{Deck: d, Folder: folder, Now: now, RolloverHour: 4, Changed: now.Add(-time.Hour),
		Progress: func(id deck.CardID) (*Progress, error) { return all[id], nil }})
	if err != nil {
		t.Fatal(err)
	}
	if left, err := filesIn(folder); err != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %v, %v", left, err)
	}
	return b.Bytes(), w
}

func TestReadAfterWriteIsTheSame(t *testing.T) {
	data, written := export(t, everything(), known())
	check(t, "written", Written{Notes: 6, Cards: 9, Reviews: 7, Media: 1}, written)
	decks, progress, report := read(t, data)
	want := everything()
	check(t, "decks", blankEmpty([]*deck.Deck{want}), blankEmpty(decks))
	check(t, "skipped", []Skip(nil), report.Skipped())
	for id, p := range known() {
		got := progress[id]
		check(t, string(id)+" now", p.Now, got.Now)
		check(t, string(id)+" marks", []any{p.Suspended, p.Buried, p.Flag}, []any{got.Suspended, got.Buried, got.Flag})
		check(t, string(id)+" events", len(p.Events), len(got.Events))
		for i := range min(len(p.Events), len(got.Events)) {
			check(t, fmt.Sprintf("%s event %d", id, i), p.Events[i].At.UnixMilli(), got.Events[i].At.UnixMilli())
			check(t, fmt.Sprintf("%s event %d", id, i), []any{p.Events[i].Kind, p.Events[i].Button, p.Events[i].State.Due, p.Events[i].State.Ease},
				[]any{got.Events[i].Kind, got.Events[i].Button, got.Events[i].State.Due, got.Events[i].State.Ease})
		}
	}
}

// TestWritingTwiceGivesTheSameNumbers is what makes importing again into Anki an
// update.
func TestWritingTwiceGivesTheSameNumbers(t *testing.T) {
	first, _ := export(t, everything(), known())
	changed := everything()
	changed.Leaves[0].Entries[0].Front = "otherwise"
	slices.Reverse(changed.Leaves)
	second, _ := export(t, changed, nil)
	const query = "SELECT n.guid || ' ' || n.id || ' ' || n.mid || ' ' || c.id || ' ' || c.did || ' ' || c.ord FROM cards c JOIN notes n ON n.id = c.nid ORDER BY 1"
	check(t, "numbers", column(t, first, query), column(t, second, query))
}

func TestWrittenPackageIsWhatAnkiWants(t *testing.T) {
	data, _ := export(t, everything(), known())
	one := func(query string) string { return strings.Join(column(t, data, query), " ") }
	check(t, "schema", "11", one("SELECT ver FROM col"))
	check(t, "conf", "2 4 -480", one(`SELECT conf ->> 'schedVer' || ' ' || (conf ->> 'rollover') || ' ' || (conf ->> 'creationOffset') FROM col`))
	check(t, "fields", "0", one(`SELECT count(*) FROM notes, json_each((SELECT models FROM col)) m WHERE m.key = mid
		AND json_array_length(m.value, '$.flds') <> length(flds) - length(replace(flds, char(31), '')) + 1`))
	check(t, "decks", "Default LLM: 基础 LLM: 基础::第一章 LLM: 基础::第二章 LLM: 基础::第二章::注意力: :自",
		one("SELECT value ->> 'name' FROM json_each((SELECT decks FROM col)) ORDER BY 1"))
	check(t, "cards without deck", "0", one("SELECT count(*) FROM cards WHERE did NOT IN (SELECT key + 0 FROM json_each((SELECT decks FROM col)))"))
	check(t, "tags", " level::beginner section::第二章::注意力::自 ", column(t, data, "SELECT DISTINCT tags FROM notes WHERE tags LIKE '%begin%'")[0])
	check(t, "review card", "2 2 6 2360 2 0 "+fmt.Sprint(today-1-13149), one(`SELECT type || ' ' || queue || ' ' || ivl || ' ' || factor || ' ' || reps || ' ' || lapses || ' ' || due
		FROM cards WHERE ivl = 6`))
	check(t, "relearned card, suspended", "3 -1 0 1820 3 1 1 3", one(`SELECT type || ' ' || queue || ' ' || ivl || ' ' || factor || ' ' || reps || ' ' || lapses || ' ' || left || ' ' || flags
		FROM cards WHERE type = 3`))
	check(t, "history", "3,-86400,0,2500,0 2,8,-86400,2360,0 3,8,8,0,3", one(`SELECT ease || ',' || ivl || ',' || lastIvl || ',' || factor || ',' || type
		FROM revlog WHERE cid = (SELECT id FROM cards WHERE ivl = 6) ORDER BY id`))
	check(t, "checksum", "2644024973", one("SELECT csum FROM notes WHERE sfld = 'cat'"))
}

// column opens the collection of a package and reads a column.
func column(t testing.TB, data []byte, query string) []string {
	t.Helper()
	a, err := openArchive(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	content, err := a.bytes(a.files["collection.anki2"], 64<<20)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "c")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", fileURL(file))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := errors.Join(rows.Err(), rows.Close(), db.Close()); err != nil {
		t.Fatal(err)
	}
	return out
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteReportsErrors(t *testing.T) {
	e := Export{Deck: everything(), Folder: t.TempDir(), Now: now, Progress: func(deck.CardID) (*Progress, error) { return nil, nil }}
	if _, err := Write(context.Background(), fullDisk{}, e); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("Write gives the error %v", err)
	}
	e.Progress = func(deck.CardID) (*Progress, error) { return nil, errors.New("no history") }
	if _, err := Write(context.Background(), &bytes.Buffer{}, e); err == nil || !strings.Contains(err.Error(), "no history") {
		t.Errorf("Write gives the error %v", err)
	}
}
