package anki

import (
	"archive/zip"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/mindleaf/mindleaf/deck"
)

// Export is what Write writes.
type Export struct {
	Deck *deck.Deck
	// Folder takes the collection while it is made.
	Folder string
	// Now is the present time in the learner's zone, and RolloverHour (0 to 23)
	// the hour at which the study day turns.
	Now          time.Time
	RolloverHour int
	// Changed is when the deck was changed last. Anki takes the texts over the
	// ones that it has only when this has risen.
	Changed time.Time
	// Progress returns what is known of a card; nil for a new one without marks.
	Progress func(deck.CardID) (*Progress, error)
}

// Written counts what Write has written.
type Written struct {
	Notes, Cards, Reviews int
	// Media counts the files that cards refer to. They are not in the package.
	Media int
}

// Write writes a deck as a package that every Anki since 2.1 imports: notes with
// lasting identities, sections as nested decks and tags, levels as tags,
// schedule and history. It follows the schema 11.
func Write(ctx context.Context, w io.Writer, e Export) (Written, error) {
	out, err := write(ctx, w, e)
	if err != nil {
		return out, fmt.Errorf("writing an Anki package: %w", err)
	}
	return out, nil
}

func write(ctx context.Context, w io.Writer, e Export) (out Written, err error) {
	f, err := os.CreateTemp(e.Folder, "collection-*.anki2")
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	if err := f.Close(); err != nil {
		return out, err
	}
	b := &builder{Export: e, ctx: ctx, used: make(map[int64]bool), logged: make(map[int64]bool), media: make(map[string]bool), decks: make(map[int64]string)}
	if err := b.build(f.Name()); err != nil {
		return out, err
	}
	b.written.Media = len(b.media)
	return b.written, pack(w, f.Name())
}

// pack puts the collection into an archive.
func pack(w io.Writer, collection string) (err error) {
	z := zip.NewWriter(w)
	media, err := z.Create("media")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(media, "{}"); err != nil {
		return err
	}
	out, err := z.Create("collection.anki2")
	if err != nil {
		return err
	}
	f, err := os.Open(collection)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, f)
	return errors.Join(err, f.Close(), z.Close())
}

// builder makes the collection of a package.
type builder struct {
	Export
	ctx      context.Context
	tx       *sql.Tx
	notes    *sql.Stmt
	cards    *sql.Stmt
	revlog   *sql.Stmt
	firstDay int32
	created  time.Time
	used     map[int64]bool // numbers of notes and cards
	logged   map[int64]bool // numbers of rows of the history
	media    map[string]bool
	place    int
	decks    map[int64]string
	written  Written
}

func (b *builder) build(file string) (err error) {
	db, err := sql.Open("sqlite", fileURL(file)+"?_pragma=journal_mode(off)&_pragma=synchronous(off)")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if b.tx, err = db.BeginTx(b.ctx, nil); err != nil {
		return err
	}
	if err := b.fill(); err != nil {
		return errors.Join(err, b.tx.Rollback())
	}
	return b.tx.Commit()
}

func (b *builder) fill() error {
	if err := b.exec(schema); err != nil {
		return err
	}
	b.begin()
	for _, s := range []struct {
		to    **sql.Stmt
		query string
	}{
		{&b.notes, "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')"},
		{&b.cards, "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)"},
		{&b.revlog, "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)"},
	} {
		var err error
		if *s.to, err = b.tx.PrepareContext(b.ctx, s.query); err != nil {
			return err
		}
	}
	cards := b.Deck.Cards()
	for len(cards) > 0 {
		n := 1
		for n < len(cards) && cards[n].Entry == cards[0].Entry {
			n++
		}
		if err := b.note(cards[:n]); err != nil {
			return err
		}
		cards = cards[n:]
	}
	return b.finish()
}

func (b *builder) exec(query string, args ...any) error {
	_, err := b.tx.ExecContext(b.ctx, query, args...)
	return err
}

// begin sets the day from which days are counted: the first of 2006, the year in
// which Anki came out, so that no due day lies before it.
func (b *builder) begin() {
	b.created = time.Date(2006, 1, 1, 4, 0, 0, 0, b.Now.Location())
	b.firstDay = dateOf(b.created)
}

// number returns a number for a note or a card that follows from its name and is
// not used yet. Anki's own are times in milliseconds; these lie in 2001 to 2012.
func (b *builder) number(name string) int64 {
	id := 1_000_000_000_000 + hashOf(name)%(1<<38)
	for b.used[id] {
		id++
	}
	b.used[id] = true
	return id
}
