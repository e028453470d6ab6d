package main

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/anki"
	"github.com/mindleaf/mindleaf/deck/lazyregexp"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/store"
)

// ankiImporter takes over packages of Anki with all that was learned.
var ankiImporter = importer{name: "Anki package", formats: ankiFormats, sniff: sniffAnki, read: readAnki}

func ankiFormats() []string { return []string{"apkg", "colpkg"} }

func sniffAnki(in *input) certainty {
	if slices.Contains(ankiFormats(), strings.TrimPrefix(in.ending(), ".")) || anki.Is(in.file, in.size) {
		return sure
	}
	return no
}

// ankiPackage is an open package, from which the history is read when the cards
// are in place.
type ankiPackage struct {
	*anki.Package
	name   string
	folder string
	decks  map[string]*deck.Deck // by their names in Anki
}

func readAnki(ctx context.Context, in *input) ([]found, error) {
	folder, err := os.MkdirTemp("", "mindleaf-")
	if err != nil {
		return nil, err
	}
	opened, err := anki.Open(ctx, in.file, in.size, anki.Options{Folder: folder, Now: in.now})
	if err != nil {
		return nil, errors.Join(ankiError(in.name, err), os.RemoveAll(folder))
	}
	_ = os.Remove(folder) // so that a kill leaves nothing; where the system forbids it, close does it
	p := &ankiPackage{Package: opened, name: in.name, folder: folder, decks: make(map[string]*deck.Deck)}
	out, err := p.found(ctx, in)
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	return out, nil
}

// ankiError says what to do about a package that cannot be read.
func ankiError(name string, err error) error {
	err = fmt.Errorf("%s: %w", name, err)
	switch {
	case errors.Is(err, context.Canceled):
		return errInterrupted
	case errors.Is(err, anki.ErrTooNew):
		return withHint(err, "export it again in Anki with the box for older versions ticked")
	case errors.Is(err, anki.ErrStub), errors.Is(err, anki.ErrNoCollection):
		return withHint(err, "export it again in Anki: File, Export, Anki Deck Package or Collection Package")
	case errors.Is(err, anki.ErrEncrypted):
		return withHint(err, "unpack it with its password and pack it again without one")
	case errors.Is(err, anki.ErrDamaged):
		return withHint(err, "copy it again, or export it again in Anki after Tools, Check Database")
	}
	return err
}

// found reads the cards.
func (p *ankiPackage) found(ctx context.Context, in *input) ([]found, error) {
	decks, err := p.Decks(ctx)
	if err != nil {
		return nil, ankiError(in.name, err)
	}
	report := p.Report()
	if len(decks) == 0 {
		return nil, fmt.Errorf("%s: no cards that can be taken over%s", in.name, firstSkip(report))
	}
	if len(decks) > 1 && (in.flags.id != "" || in.flags.title != "") {
		return nil, usagef("--id and --title name one deck, but %s holds %d", in.name, len(decks))
	}
	var out []found
	taken := make(map[deck.ID]bool)
	for _, d := range decks {
		p.decks[d.Deck.Title] = d.Deck
		out = append(out, found{deck: d.Deck, leaves: d.Leaves, failed: p.Err, notes: d.Notes, idOfName: d.Deck.ID == "" && in.flags.id == ""})
		d.Deck.ID = ankiDeckID(d.Deck, in, taken)
		if in.flags.language != "" {
			d.Deck.Language = in.flags.language
		}
	}
	if in.flags.title != "" {
		decks[0].Deck.Title = in.flags.title
	}
	out[0].warnings, out[0].pack = p.warnings(), p
	return out, nil
}

// ankiDeckID is the identity of a deck: the one that it was exported from, or
// one that follows from its name in Anki, which most newer exports still have: see
// followRenamed.
func ankiDeckID(d *deck.Deck, in *input, taken map[deck.ID]bool) deck.ID {
	id := d.ID
	if in.flags.id != "" {
		id = deck.ID(in.flags.id)
	} else if id == "" {
		id = deckIDOf(dashes.ReplaceAllString(slug(d.Title), "-"))
	}
	first := id
	for n := 2; taken[id]; n++ {
		id = first + deck.ID("-"+strconv.Itoa(n))
	}
	taken[id] = true
	return id
}

var dashes = lazyregexp.New("--+")

func firstSkip(r *anki.Report) string {
	for _, s := range r.Skipped() {
		return fmt.Sprintf(": %d %s", s.Count, s.Reason)
	}
	return ""
}

// warnings say what could not be taken over, as far as it was read.
func (p *ankiPackage) warnings() []string {
	var out []string
	name, r := p.name, p.Report()
	for _, s := range r.Skipped() {
		out = append(out, fmt.Sprintf("%s: %d %s", name, s.Count, s.Reason))
	}
	if r.Media > 0 {
		out = append(out, fmt.Sprintf("%s: %d media files are not taken over, only named in the cards", name, r.Media))
	}
	if r.MissingMedia > 0 {
		out = append(out, fmt.Sprintf("%s: %d media files are missing in the package", name, r.MissingMedia))
	}
	return out
}

func (p *ankiPackage) close() error { return errors.Join(p.Close(), os.RemoveAll(p.folder)) }

// closeHistories closes what the history that comes with decks is read from.
func closeHistories(decks []found) error {
	var err error
	for _, f := range decks {
		if f.pack != nil {
			err = errors.Join(err, f.pack.close())
		}
		if f.log != nil {
			err = errors.Join(err, f.log.close())
		}
	}
	return err
}

// events are what the package knows of its cards, as events of a device of their
// own: the collection that they come from.
func (p *ankiPackage) events(ctx context.Context, plans []*plan) iter.Seq2[store.Logged, error] {
	adopted := make(map[deck.ID]map[deck.CardID]deck.CardID)
	for _, plan := range plans {
		if plan.merge != nil {
			adopted[plan.deck.ID] = plan.merge.adopted
		}
	}
	device := "anki-" + strconv.FormatInt(p.Created().Unix(), 10)
	return func(yield func(store.Logged, error) bool) {
		err := p.History(ctx, func(g *anki.Progress) error {
			in := p.decks[g.Deck].ID
			of := store.Logged{Device: device, Deck: in, CardID: adoptedID(adopted[in], g.Card), Restates: true}
			for _, e := range cardEvents(g) {
				of.Event = e
				if of.Key.Seq == 0 {
					of.Key.Seq = markSeq(of)
				}
				if !yield(of, nil) {
					return errEnough
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(store.Logged{}, err)
		}
	}
}

// errEnough ends the reading of a history that nobody wants to the end.
var errEnough = errors.New("enough")

// adoptedID is the identity of a card whose entry may go on under another one.
func adoptedID(adopted map[deck.CardID]deck.CardID, card deck.CardID) deck.CardID {
	entry, rest, part := strings.Cut(string(card), "~")
	to, ok := adopted[deck.CardID(entry)]
	switch {
	case !ok:
		return card
	case part:
		return to + deck.CardID("~"+rest)
	}
	return to
}

// markSeq numbers an event that has no number in Anki. The same again has the
// same number, and none of them is that of a review, which is its time.
func markSeq(l store.Logged) int64 {
	sum := sha256.Sum256([]byte(fmt.Sprintf("%s\n%s\n%d %d %d %v", l.Deck, l.CardID, l.At.UnixMilli(), l.Kind, l.Flag, l.Given)))
	return int64(binary.BigEndian.Uint64(sum[:])>>2) | 1<<61
}

// cardEvents are the history of a card and, in events without numbers, how it
// was when the package was made.
func cardEvents(g *anki.Progress) []srs.Event {
	var out []srs.Event
	for _, e := range g.Events {
		out = append(out, ankiEvent(e))
	}
	if g.Now.Phase != anki.New || len(g.Events) > 0 {
		e := srs.Event{Kind: srs.SetStateEvent, At: g.At, Clock: g.At.UnixMilli(), Day: srs.Day(g.AtDay), Given: givenOf(g.Now)}
		out = append(out, e)
	}
	return append(out,
		srs.Event{Kind: hiddenKind(g), At: g.Changed, Clock: g.Changed.UnixMilli(), Day: srs.Day(g.ChangedDay)},
		srs.Event{Kind: srs.FlagEvent, Flag: g.Flag, At: g.Made, Clock: g.Made.UnixMilli(), Day: srs.Day(g.MadeDay)})
}

func hiddenKind(g *anki.Progress) srs.EventKind {
	switch {
	case g.Suspended:
		return srs.SuspendEvent
	case g.Buried:
		return srs.BuryEvent
	}
	return srs.UnsuspendEvent
}

// grades are what the buttons of Anki stand for.
var grades = [...]srs.Grade{1: srs.Again, 2: srs.Hard, 3: srs.Good, 4: srs.Easy}

func ankiEvent(e anki.Event) srs.Event {
	out := srs.Event{At: e.At, Clock: e.At.UnixMilli(), Day: srs.Day(e.Day), Took: e.Took, Grade: grades[e.Button], Kind: srs.ForeignReviewEvent}
	out.Key.Seq = out.Clock
	switch {
	case e.Kind == anki.Drilled:
		out.Kind = srs.DrillEvent
		return out
	case e.Kind == anki.Placed:
		out.Kind = srs.SetStateEvent
	case e.FSRS:
		out.Scheduler = "anki fsrs"
	default:
		out.Scheduler = "anki sm2"
	}
	out.Given = givenOf(e.State)
	return out
}

func givenOf(s anki.State) srs.Given {
	return srs.Given{Phase: srs.Phase(s.Phase), Due: srs.Day(s.Due), LastDay: srs.Day(s.LastDay), IntervalDays: s.IntervalDays,
		Ease: srs.Ease(s.Ease), Reps: s.Reps, Lapses: s.Lapses}
}
