package anki

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unique"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/ahead"
	"github.com/mindleaf/mindleaf/deck/spill"
)

// maxLeafText is how many letters of a note name its leaf.
const maxLeafText = 200

// Package is an open package. Read its notes first and then its history.
type Package struct {
	report     Report
	collection *collection
	model      *model
	options    Options
	shipped    map[string]bool
	cards      []cardRow // by note and template
	seen       map[uint64]bool
	spill      *spill.Spill
	wrong      error // see Err
}

// Open opens the package of size bytes in r and unpacks its collection into
// o.Folder. Its errors wrap those of this package. Close it.
func Open(ctx context.Context, r io.ReaderAt, size int64, o Options) (*Package, error) {
	p, err := open(ctx, r, size, o)
	if err != nil {
		return nil, fmt.Errorf("reading an Anki package: %w", err)
	}
	return p, nil
}

func open(ctx context.Context, r io.ReaderAt, size int64, o Options) (p *Package, err error) {
	a, err := openArchive(r, size)
	if err != nil {
		return nil, err
	}
	v, err := a.version()
	if err != nil {
		return nil, err
	}
	file, err := a.collection(v)
	if err != nil {
		return nil, err
	}
	p = &Package{options: o, seen: make(map[uint64]bool)}
	p.report = Report{NoteTypes: make(map[string]int), skipped: make(map[string]int), missing: make(map[string]bool)}
	if p.shipped, err = a.mediaNames(v); err != nil {
		return nil, err
	}
	p.report.Media = len(p.shipped)
	name, err := a.extract(file, v, o.Folder)
	if err != nil {
		return nil, err
	}
	if p.collection, err = openCollection(ctx, name); err != nil {
		return nil, err
	}
	if p.spill, err = spill.New(o.Folder); err == nil {
		err = p.load(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// Close removes the unpacked collection.
func (p *Package) Close() error {
	err := p.collection.close()
	if p.spill != nil {
		err = errors.Join(err, p.spill.Close())
	}
	return err
}

// Report says what was taken over. It is complete after Notes and History.
func (p *Package) Report() *Report { return &p.report }

// load reads what is small enough to be kept: all but notes and history.
func (p *Package) load(ctx context.Context) (err error) {
	if p.model, err = p.collection.model(ctx, p.options.Now); err != nil {
		return err
	}
	if err := p.loadCards(ctx); err != nil {
		return err
	}
	if p.model.oldScheduler || !p.report.HasSchedule {
		var one int
		err := p.collection.conn.QueryRowContext(ctx, "SELECT 1 FROM revlog LIMIT 1").Scan(&one)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return p.collection.explain(ctx, err)
		}
		p.report.HasSchedule = p.report.HasSchedule || err == nil
	}
	return p.refuseStub(ctx)
}

// refuseStub refuses a collection of nothing but the note that Anki puts beside
// the real one, which someone has taken away.
func (p *Package) refuseStub(ctx context.Context) error {
	if len(p.cards) != 1 || p.collection.schema != 11 {
		return nil
	}
	var fields string
	err := p.collection.conn.QueryRowContext(ctx, "SELECT flds FROM notes").Scan(&fields)
	if err == nil && strings.HasPrefix(fields, "Please update to the latest Anki version") {
		return ErrStub
	}
	return nil
}

// errVisitor marks errors that come from the caller.
var errVisitor = errors.New("visiting")

// Notes visits the notes of the package, a note more than once when its cards
// lie in several top-level decks, until visit returns an error, which it then
// returns.
func (p *Package) Notes(ctx context.Context, visit func(*Note) error) error {
	next, stop := ahead.Pull(p.collection.notes(ctx))
	defer stop()
	at := 0
	for {
		r, err, more := next()
		if err != nil {
			return p.named(err, "the notes")
		} else if !more {
			p.report.skip(noNote, len(p.cards)-at)
			return nil
		}
		for at < len(p.cards) && p.cards[at].note < r.id {
			p.report.skip(noNote, 1)
			at++
		}
		from := at
		for at < len(p.cards) && p.cards[at].note == r.id {
			at++
		}
		if from == at {
			p.report.skip(noCards, 1)
			continue
		}
		n := &noteRow{id: r.id, kind: p.model.noteTypes[r.kind]}
		if n.kind == nil {
			p.report.skip(noTemplate, at-from)
			continue
		}
		n.fields = strings.Split(r.fields, "\x1f")
		n.tags = strings.Fields(clean(r.tags))
		n.key = p.key(r.guid, r.id)
		if err := p.visitNote(n, p.cards[from:at], visit); err != nil {
			return err
		}
	}
}

// storedNote is a row of the notes.
type storedNote struct {
	id, kind           int64
	guid, tags, fields string
}

// notes yields the notes in the order of their numbers, or an error behind them.
func (c *collection) notes(ctx context.Context) iter.Seq2[storedNote, error] {
	return func(yield func(storedNote, error) bool) {
		err := c.rows(ctx, func(r *sql.Rows) error {
			var n storedNote
			if err := r.Scan(&n.id, &n.guid, &n.kind, &n.tags, &n.fields); err != nil {
				return err
			}
			if !yield(n, nil) {
				return errVisitor
			}
			return nil
		}, "SELECT id, coalesce(CAST(guid AS TEXT), ''), mid, coalesce(CAST(tags AS TEXT), ''), coalesce(CAST(flds AS TEXT), '') FROM notes ORDER BY id")
		if err != nil && !errors.Is(err, errVisitor) {
			yield(storedNote{}, err)
		}
	}
}

func (p *Package) named(err error, what string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("reading %s of an Anki package: %w", what, err)
}

// key returns what the note is known by: its guid, or with another note of the
// same guid, or none, its number too.
func (p *Package) key(guid string, id int64) string {
	if guid != "" && p.first(guid) {
		return noteKey(guid)
	}
	p.report.skip(twiceTheSame, 1)
	return noteKey(guid + "\x1f" + strconv.FormatInt(id, 10))
}

// first reports whether a name is met for the first time.
func (p *Package) first(name string) bool {
	sum := sha256.Sum256([]byte(name))
	short := binary.BigEndian.Uint64(sum[:])
	if p.seen[short] {
		return false
	}
	p.seen[short] = true
	return true
}

// visitNote makes the leaves of a note, one for each deck that its cards lie in.
func (p *Package) visitNote(n *noteRow, cards []cardRow, visit func(*Note) error) error {
	before := p.report.Cards
	defer func() {
		if p.report.Cards > before {
			p.report.Notes++
			p.report.NoteTypes[n.kind.name]++
		}
	}()
	for len(cards) > 0 {
		in := 1
		for in < len(cards) && cards[in].deck == cards[0].deck {
			in++
		}
		if err := p.visitDeck(n, cards[:in], visit); err != nil {
			return err
		}
		cards = cards[in:]
	}
	return nil
}

// visitDeck makes the leaf of those cards of a note that lie in one deck.
func (p *Package) visitDeck(n *noteRow, cards []cardRow, visit func(*Note) error) error {
	if n.deck = p.model.decks[cards[0].deck]; n.deck == nil {
		n.deck = []string{"Default"}
	}
	out := &Note{Deck: n.deck[0], Place: math.MaxInt64}
	out.Leaf.Path = n.deck[1:]
	pointers := make([]*cardRow, len(cards))
	for i := range cards {
		pointers[i] = &cards[i]
		out.Place = min(out.Place, int64(cards[i].place))
	}
	own := n.own()
	entries := n.entries(own, pointers, &p.report)
	if own != nil {
		out.Exported, out.Language = own.Deck, own.Language
		if slices.Equal(deckLevels(own.Title, own.Path), n.deck) {
			out.Deck, out.Leaf.Path = own.Title, own.Path
		}
		out.Leaf.Level, out.Leaf.Text = own.level(), own.Leaf
	} else if len(entries) > 1 {
		out.Leaf.Text = n.leafText(entries)
	}
	for _, m := range entries {
		if p.valid(&out.Leaf, &m) {
			out.Leaf.Entries = append(out.Leaf.Entries, m.entry)
			p.take(out, &m)
		}
	}
	if len(out.Leaf.Entries) == 0 {
		return nil
	}
	return visit(out)
}

// leafText is what a leaf of several entries is called: the first field, in a
// line.
func (n *noteRow) leafText(entries []made) string {
	text := ""
	if len(n.fields) > 0 {
		text = n.fields[0]
	}
	if n.kind.cloze {
		text = parseCloze(text).plain()
	}
	if text, _ = textOf(text); text == "" {
		text = entries[0].entry.Front
	}
	letters := []rune(lineOf(strings.ReplaceAll(text, "**", "")))
	if len(letters) > maxLeafText {
		letters = append(letters[:maxLeafText], '…')
	}
	return string(letters)
}

// valid reports whether an entry can stand in a deck; the reason why it cannot
// is counted.
func (p *Package) valid(l *deck.Leaf, m *made) bool {
	one := deck.Deck{Title: "-", Leaves: []deck.Leaf{{Path: l.Path, Text: l.Text, Entries: []deck.Entry{m.entry}}}}
	if problems := one.Validate(); len(problems) > 0 {
		p.report.skip("cards left out: "+problems[0].Message, len(m.cards))
		return false
	}
	return true
}

// take counts the cards of an entry and gives them the identities by which their
// history is known.
func (p *Package) take(n *Note, m *made) {
	alone := deck.Deck{Leaves: []deck.Leaf{{Entries: []deck.Entry{m.entry}}}}
	in := unique.Make(n.Deck)
	for i, c := range alone.Cards() {
		row := m.cards[i]
		row.uid, row.in = c.ID, in
		p.report.Cards++
		if row.kind != New {
			p.report.Scheduled++
		}
		if row.queue == -1 {
			p.report.Suspended++
		}
	}
	for _, name := range m.entry.Media {
		if !p.shipped[name] && !p.report.missing[name] {
			p.report.missing[name] = true
			p.report.MissingMedia++
		}
	}
}

// Created returns when the collection was made. It stays the same in all
// packages that come from one collection.
func (p *Package) Created() time.Time { return p.model.created }
