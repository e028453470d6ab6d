package anki

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"testing"
)

// FuzzRead reads anything as a package, or as the collection in one: it must end
// with decks that are valid, or with an error, and never by a panic.
func FuzzRead(f *testing.F) {
	f.Add(mixed().legacy(f), false)
	f.Add(mixed().file(f), true)
	f.Add(archiveOf(f, zipped{"meta", []byte{8, 3}}, zipped{"collection.anki21b", squeeze(f, []byte("SQLite format 3\x00"))}, zipped{"media", squeeze(f, wireText(1, "x"))}), false)
	f.Fuzz(func(t *testing.T, data []byte, collection bool) {
		if collection {
			data = stored(t, data)
		}
		readAnything(t, data)
	})
}

// stored packs a collection without compressing it.
func stored(t *testing.T, collection []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: "collection.anki2"})
	if err == nil {
		_, err = w.Write(collection)
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FuzzNote reads notes of any template and fields, which random bytes of a
// package would never reach.
func FuzzNote(f *testing.F) {
	f.Add("{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}", "a<br><b>b</b>", "[sound:x.mp3]", false, uint8(1))
	f.Add("{{#Back}}{{type:Front}}{{/Back}}", "{{hint:Back}}{{furigana:Front}}", "漢字[かんじ]", "<ul><li>x", false, uint8(2))
	f.Add("{{cloze:Front}}", "{{cloze:Front}} {{Back}}", "{{c1::a {{c2::b::h}}}} {{c1,3::c}}", "&lt;<pre>x", true, uint8(7))
	f.Fuzz(func(t *testing.T, question, answer, front, back string, cloze bool, cards uint8) {
		kind := &noteType{name: "x", cloze: cloze, fields: []string{"Front", "Back"},
			templates: []template{{name: "1", question: question, answer: answer}, {name: "2", question: answer, answer: question}}}
		kind.prepare()
		p := &Package{model: &model{}, seen: map[uint64]bool{}, report: Report{NoteTypes: map[string]int{}, skipped: map[string]int{}, missing: map[string]bool{}}}
		var rows []cardRow
		for ord := int32(0); ord < 8; ord++ {
			if cards>>ord&1 == 1 {
				rows = append(rows, cardRow{ord: ord, deck: 1})
			}
		}
		n := &noteRow{key: noteKey("x"), kind: kind, fields: []string{front, back}}
		err := p.visitNote(n, rows, func(note *Note) error {
			checkDeck(t, note)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func readAnything(t *testing.T, data []byte) {
	ctx := context.Background()
	p, err := Open(ctx, bytes.NewReader(data), int64(len(data)), Options{Folder: t.TempDir(), Now: now})
	if err != nil {
		return
	}
	defer func() {
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
	}()
	if _, err := p.Decks(ctx); err != nil {
		return
	}
	_ = p.History(ctx, func(g *Progress) error {
		for _, e := range g.Events {
			checkState(t, e.State)
		}
		checkState(t, g.Now)
		return nil
	})
}

func checkDeck(t *testing.T, n *Note) {
	t.Helper()
	one := everything()
	one.Leaves = append(one.Leaves[:0:0], n.Leaf)
	for _, p := range one.Validate() {
		t.Errorf("%s: %+v", p.Message, n.Leaf)
	}
}

func checkState(t *testing.T, s State) {
	t.Helper()
	if s.Phase < New || s.Phase > Relearning || s.IntervalDays < 0 || s.IntervalDays > maxIntervalDays || s.Ease < minEase || s.Ease > maxEase ||
		s.Reps < 0 || s.Lapses < 0 || s.LastDay < 0 {
		t.Errorf("state %+v", s)
	}
}
