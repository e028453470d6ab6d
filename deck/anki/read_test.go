package anki

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/spill"
)

// mixed is a collection with a note of each stock type.
func mixed() *fixture {
	f := stock()
	f.note(basicType, []int{0}, "法国的首都？", "<b>巴黎</b><br>Paris&nbsp;&amp; nothing else")
	f.note(reversedType, []int{0, 1}, "cat", "猫")
	f.note(clozeType, []int{0, 1}, "{{c2::Wasser}} heißt {{c1::水::was man trinkt}}", "H<sub>2</sub>O")
	f.note(typingType, []int{0}, "2+2", "4")
	f.note(optionalType, []int{0}, "eins", "一", "")
	f.notes[0].tags = " 地理 欧洲::西 "
	for _, id := range []int64{2001, 2002} {
		f.card(id).deck = 2
	}
	return f
}

// mixedDecks is what reading mixed gives.
func mixedDecks() []*deck.Deck {
	id := func(guid, rest string) deck.CardID { return deck.CardID(noteKey(guid) + rest) }
	alone := func(path []string, e deck.Entry) deck.Leaf { return deck.Leaf{Path: path, Entries: []deck.Entry{e}} }
	none := []string{}
	return []*deck.Deck{
		{Format: 1, Title: "Default", Leaves: []deck.Leaf{
			alone(none, deck.Entry{ID: id("guid1000", "-0"), Front: "法国的首都？", Back: "**巴黎**\nParis & nothing else", Tags: []string{"地理", "欧洲::西"}}),
			alone(none, deck.Entry{ID: id("guid3000", "-0"), Kind: deck.Cloze, Front: "{{Wasser}} heißt {{水::was man trinkt}}", Back: "H₂O"}),
			alone(none, deck.Entry{ID: id("guid4000", "-0"), Kind: deck.Typed, Front: "2+2", Back: "4"}),
			alone(none, deck.Entry{ID: id("guid5000", "-0"), Front: "eins", Back: "一"}),
		}},
		{Format: 1, Title: "语言", Leaves: []deck.Leaf{
			alone([]string{"英语"}, deck.Entry{ID: id("guid2000", "-0"), Kind: deck.Reversed, Front: "cat", Back: "猫"}),
		}},
	}
}

func blankEmpty(decks []*deck.Deck) []*deck.Deck {
	for _, d := range decks {
		for i := range d.Leaves {
			l := &d.Leaves[i]
			l.Path = append([]string{}, l.Path...)
			for j := range l.Entries {
				e := &l.Entries[j]
				e.Tags, e.Media = append([]string{}, e.Tags...), append([]string{}, e.Media...)
			}
		}
	}
	return decks
}

func TestEveryGenerationReadsTheSame(t *testing.T) {
	data := mixed().file(t)
	schema := func(version int) []byte {
		f := mixed()
		f.schema = version
		return f.legacy(t)
	}
	tests := map[string][]byte{
		"1":                   mixed().legacy(t),
		"1 that says so":      archiveOf(t, zipped{"meta", []byte{8, 1}}, zipped{"collection.anki2", data}),
		"2":                   archiveOf(t, zipped{"meta", []byte{8, 2}}, zipped{"collection.anki2", stub(t)}, zipped{"collection.anki21", data}),
		"2 without meta":      archiveOf(t, zipped{"collection.anki2", stub(t)}, zipped{"collection.anki21", data}),
		"3":                   mixed().latest(t),
		"schema 14":           schema(14),
		"schema 15":           schema(15),
		"schema 16":           schema(16),
		"schema 17":           schema(17),
		"3 without the media": archiveOf(t, zipped{"meta", []byte{8, 3}}, zipped{"collection.anki2", stub(t)}, zipped{"collection.anki21b", squeeze(t, data)}),
	}
	for name, data := range tests {
		t.Run(name, func(t *testing.T) {
			decks, progress, report := read(t, data)
			check(t, "decks", blankEmpty(mixedDecks()), blankEmpty(decks))
			check(t, "progress", 0, len(progress))
			check(t, "counts", []int{5, 7, 0, 0}, []int{report.Notes, report.Cards, report.Reviews, report.Scheduled})
			check(t, "skipped", []Skip(nil), report.Skipped())
		})
	}
}

func TestPackageIsRefused(t *testing.T) {
	good := mixed().file(t)
	newer := mixed()
	newer.schema = 19
	of := func(schema int) []byte {
		f := mixed()
		f.schema = schema
		return f.legacy(t)
	}
	tests := []struct {
		name string
		data []byte
		want error
	}{
		{"no archive", []byte("hello"), ErrDamaged},
		{"cut short", mixed().legacy(t)[:2000], ErrDamaged},
		{"bare collection", good, ErrNoCollection},
		{"no collection", archiveOf(t, zipped{"test.txt", []byte("x")}), ErrNoCollection},
		{"newer format", archiveOf(t, zipped{"meta", []byte{8, 4}}, zipped{"collection.anki2", good}), ErrTooNew},
		{"broken meta", archiveOf(t, zipped{"meta", []byte{8}}, zipped{"collection.anki2", good}), ErrDamaged},
		{"stub alone", archiveOf(t, zipped{"meta", []byte{8, 3}}, zipped{"collection.anki2", stub(t)}), ErrStub},
		{"stub alone, not marked", archiveOf(t, zipped{"collection.anki2", stub(t)}), ErrStub},
		{"newer schema", newer.legacy(t), ErrTooNew},
		{"schema of no release", of(12), ErrDamaged},
		{"another one", of(13), ErrDamaged},
		{"schema older than Anki reads", of(10), ErrDamaged},
		{"stored in a way that Anki does not", deflate64(t), ErrDamaged},
		{"no database", archiveOf(t, zipped{"collection.anki2", []byte("not SQLite at all, but long enough to be one")}), ErrDamaged},
		{"no zstd", archiveOf(t, zipped{"meta", []byte{8, 3}}, zipped{"collection.anki21b", good}), ErrDamaged},
		{"path in the media", archiveOf(t, zipped{"collection.anki2", good}, zipped{"media", []byte(`{"0": "../../.bashrc"}`)}), ErrDamaged},
		{"media is no list", archiveOf(t, zipped{"collection.anki2", good}, zipped{"media", []byte("[]")}), ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			p, err := Open(context.Background(), bytes.NewReader(tt.data), int64(len(tt.data)), Options{Folder: folder, Now: now})
			if !errors.Is(err, tt.want) {
				t.Errorf("Open gives the error %v, want %v", err, tt.want)
			}
			if p != nil {
				_ = p.Close()
			}
			if left, err := filesIn(folder); err != nil || len(left) > 0 {
				t.Errorf("left in the temporary folder: %v, %v", left, err)
			}
		})
	}
}

// deflate64 is an archive with a way of packing that zip knows and Anki does not.
func deflate64(t *testing.T) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	_, err := z.CreateRaw(&zip.FileHeader{Name: "collection.anki2", Method: 9})
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEncryptedPackageIsRefused(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	_, err := z.CreateRaw(&zip.FileHeader{Name: "collection.anki2", Flags: 1})
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	_, err = Open(context.Background(), bytes.NewReader(b.Bytes()), int64(b.Len()), Options{Folder: t.TempDir(), Now: now})
	if !errors.Is(err, ErrEncrypted) {
		t.Errorf("Open gives the error %v, want %v", err, ErrEncrypted)
	}
}

func TestBombIsRefused(t *testing.T) {
	bomb := squeeze(t, make([]byte, freeBytes+maxRatio*20000))
	data := archiveOf(t, zipped{"meta", []byte{8, 3}}, zipped{"collection.anki21b", bomb})
	_, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), Options{Folder: t.TempDir(), Now: now})
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("Open gives the error %v, want %v", err, ErrTooLarge)
	}
}

func TestWhatCannotBeTakenOverIsCounted(t *testing.T) {
	f := mixed()
	f.types = append(f.types, fixtureType{9, "Image Occlusion", true, 6, []string{"Occlusion"}, [][2]string{{"{{cloze:Occlusion}}", ""}}})
	f.note(9, []int{0, 1}, "{{c1::image-occlusion:rect:left=.1}}{{c2::image-occlusion:rect:left=.2}}")
	f.note(basicType, []int{0}, "", "an answer without a question")
	f.note(basicType, []int{0}, "a question without an answer", "<br>")
	f.note(clozeType, []int{0, 3}, "{{c1::only}} one", "")
	f.note(basicType, nil, "no", "cards")
	f.note(basicType, []int{7}, "no", "template")
	f.note(77, []int{0}, "no", "note type")
	f.note(basicType, []int{0}, strings.Repeat("长", 30000), "too long")
	f.notes = append(f.notes, fixtureNote{id: 99000, guid: "guid1000", kind: basicType, fields: []string{"twice", "the same guid"}})
	f.cards = append(f.cards, fixtureCard{id: 99001, note: 99000, deck: 1}, fixtureCard{id: 99002, note: 12345, deck: 1})
	at := now.UnixMilli()
	f.log = []fixtureLog{{at, 424242, 3, 1, 0, 2500, 1, 1}, {5, 1001, 3, 1, 0, 2500, 1, 1}, {at + 90_000_000, 1001, 3, 1, 0, 2500, 1, 1}, {at + 1, 1001, 9, 1, 0, 2500, 1, 1}}
	decks, _, report := read(t, f.legacy(t))
	got := make(map[string]int)
	for _, s := range report.Skipped() {
		got[s.Reason] = s.Count
	}
	check(t, "skipped", map[string]int{
		isOcclusion: 2, badTime: 2, noAnswer: 1, noBlank: 1, noNote: 1, noFront: 1, noTemplate: 2, noCards: 1, twiceTheSame: 1,
		badButton: 1, noCard: 1, "cards left out: front has 90000 bytes, more than 65536": 1,
	}, got)
	check(t, "cards", 7+3, len(decks[0].Cards())+len(decks[1].Cards()))
}

func TestReadingStopsWhenAsked(t *testing.T) {
	stop := errors.New("enough")
	data := mixed().legacy(t)
	p, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), Options{Folder: t.TempDir(), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	visited := 0
	if err := p.Notes(context.Background(), func(*Note) error { visited++; return stop }); !errors.Is(err, stop) || visited != 1 {
		t.Errorf("Notes visited %d notes and gave the error %v, want 1 and %v", visited, err, stop)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if err := p.Notes(cancelled, func(*Note) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("Notes gives the error %v after it was cancelled", err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
}

func filesIn(folder string) ([]os.DirEntry, error) { return os.ReadDir(folder) }

// TestSpillFails has what was put aside become unreadable: the leaves end, and Err
// says why.
func TestSpillFails(t *testing.T) {
	data := mixed().legacy(t)
	p, err := Open(t.Context(), bytes.NewReader(data), int64(len(data)), Options{Folder: t.TempDir(), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	decks, err := p.Decks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	decks[0].leaves[len(decks[0].leaves)-1].spot = spill.Spot{}
	leaves, wrong := 0, 0
	for _, d := range decks {
		for range d.Leaves {
			leaves++
		}
		if p.Err() != nil {
			wrong++
		}
	}
	if wrong == 0 || leaves == 0 {
		t.Errorf("got %d leaves of the others, %d errors, want some of both", leaves, wrong)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
}
