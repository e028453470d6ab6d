package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/store"
)

// jsonImporter takes over what export wrote as JSON, with all that was learned.
var jsonImporter = importer{name: "mindleaf's JSON", formats: jsonFormats, sniff: sniffJSON, read: readExportJSON}

func jsonFormats() []string { return []string{"json"} }

func sniffJSON(in *input) certainty {
	rest, ok := bytes.CutPrefix(bytes.TrimLeft(in.head(), " \t\r\n"), []byte("{"))
	if ok && bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(`"mindleaf"`)) {
		return sure
	}
	return no
}

const (
	// maxDeckBytes bounds the memory that a deck of an export takes, and maxEventBytes
	// that of an event.
	maxDeckBytes  = 512 << 20
	maxEventBytes = 16 << 20
)

// savedFile is the JSON of export, on its way in.
type savedFile struct {
	*json.Decoder
	from    *countedReader
	version int
	decks   []savedDeck
	log     *eventLog
}

func readExportJSON(ctx context.Context, in *input) ([]found, error) {
	if in.flags.id != "" || in.flags.title != "" {
		return nil, usagef("--id and --title would part the cards of %s from what was learned of them", in.name)
	}
	f := &savedFile{from: &countedReader{ctx: ctx, from: io.NewSectionReader(in.file, 0, in.size), total: in.size, progress: in.progress}, log: newEventLog()}
	f.Decoder = json.NewDecoder(f.from)
	out, err := f.found(in.name)
	if err != nil {
		return nil, errors.Join(err, f.log.close())
	}
	return out, nil
}

// countedReader tells how much was read, and reads to a limit and until ctx is done.
type countedReader struct {
	ctx       context.Context
	from      io.Reader
	at, limit int64
	total     int64
	progress  func(done, total int64)
}

// Read reads on.
func (c *countedReader) Read(b []byte) (int, error) {
	switch {
	case c.ctx.Err() != nil:
		return 0, errInterrupted
	case c.at >= c.limit:
		return 0, errTooLarge
	}
	n, err := c.from.Read(b)
	c.at += int64(n)
	if c.progress != nil {
		c.progress(c.at, c.total)
	}
	return n, err
}

// errTooLarge is the error for a part of an export that takes too much memory.
var errTooLarge = errors.New("a deck or an event is too large")

// next reads the next value, which is to take so many bytes at most.
func (f *savedFile) next(to any, bytes int64) error {
	f.from.limit = f.from.at + bytes
	return f.Decode(to)
}

// notJSON says in plain words what is wrong with JSON.
func notJSON(err error) error {
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return errors.New("the file ends in the middle")
	case errors.As(err, &syntax):
		return fmt.Errorf("broken JSON: %w", err)
	}
	return err
}

// read reads the file, the decks and the events one after another.
func (f *savedFile) read() error {
	f.from.limit = maxDeckBytes
	if _, err := f.Token(); err != nil {
		return err
	}
	for f.More() {
		key, err := f.Token()
		if err != nil {
			return err
		}
		switch key {
		case "mindleaf":
			if err := f.Decode(&f.version); err != nil {
				return err
			}
			if f.version != exportVersion {
				return fmt.Errorf("version %d of the export is not known; a newer mindleaf may know it", f.version)
			}
		case "decks":
			err = f.list("decks is no list", f.readDeck)
		case "events":
			err = f.list("events is no list", f.eventReader())
		default:
			var skipped json.RawMessage
			err = f.next(&skipped, maxDeckBytes)
		}
		if err != nil {
			return err
		}
	}
	_, err := f.Token()
	return err
}

// list reads a list.
func (f *savedFile) list(wrong string, read func() error) error {
	if open, err := f.Token(); err != nil || open != json.Delim('[') {
		return firstOf(err, errors.New(wrong))
	}
	for f.More() {
		if err := read(); err != nil {
			return err
		}
	}
	f.from.limit = f.from.at + maxDeckBytes // for what comes next
	_, err := f.Token()
	return err
}

func (f *savedFile) readDeck() error {
	var d savedDeck
	if err := f.next(&d, maxDeckBytes); err != nil {
		return err
	}
	f.decks = append(f.decks, d)
	return nil
}

// eventReader returns what reads an event into the log.
func (f *savedFile) eventReader() func() error {
	kinds := make(map[string]srs.EventKind, len(eventKinds))
	for kind, word := range eventKinds {
		kinds[word] = kind
	}
	return func() error {
		var e savedEvent
		if err := f.next(&e, maxEventBytes); err != nil {
			return err
		}
		l, err := loadEvent(&e, kinds)
		if err != nil {
			return fmt.Errorf("event %d of device %q: %w", e.Seq, e.Device, err)
		}
		return f.log.add(l)
	}
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func loadEvent(e *savedEvent, kinds map[string]srs.EventKind) (l store.Logged, err error) {
	kind, known := kinds[e.Kind]
	if !known {
		return l, fmt.Errorf("kind %q is not known", e.Kind)
	}
	l = store.Logged{Device: e.Device, TargetDevice: e.TargetDevice, Deck: e.Deck, CardID: e.Card, Event: srs.Event{
		Key: srs.EventKey{Seq: e.Seq}, Target: srs.EventKey{Seq: e.TargetSeq}, Clock: e.Clock, At: e.At, Day: srs.Day(e.Day), Kind: kind,
		Took: time.Duration(e.TookMillis) * time.Millisecond, Scheduler: e.Scheduler, Due: srs.Day(e.Due), Level: e.Level, Flag: e.Flag,
		Batch: e.Batch, Text: e.Text,
	}}
	if e.Grade != nil {
		l.Grade = *e.Grade
	}
	if e.Given != "" {
		l.Given, err = srs.ParseGiven(e.Given)
	}
	return l, err
}

// found makes decks of what is read. The log goes with the first one: it is merged
// when all decks are there.
func (f *savedFile) found(name string) ([]found, error) {
	err := f.read()
	switch {
	case errors.Is(err, errInterrupted):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%s: byte %d: %w", name, f.InputOffset(), notJSON(err))
	case f.version == 0:
		return nil, fmt.Errorf("%s: no export of mindleaf", name)
	}
	var out []found
	for _, s := range f.decks {
		d, err := s.load()
		if err != nil {
			return nil, fmt.Errorf("%s: deck %q: %w", name, s.ID, err)
		}
		one := found{deck: d, seeds: make(map[deck.CardID]uint32), archived: s.archived(), noFile: s.NoFile}
		for _, c := range s.Cards {
			one.seeds[c.ID] = c.Seed
		}
		out = append(out, one)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no decks", name)
	}
	out[0].log = f.log
	return out, f.log.done()
}

func (s *savedDeck) load() (*deck.Deck, error) {
	d := &deck.Deck{Format: 1, ID: s.ID, Title: s.Title, Language: s.Language, About: s.About}
	if d.ID == "" {
		return nil, errors.New("it has no id")
	}
	for _, l := range s.Leaves {
		leaf := deck.Leaf{Path: l.Path, Text: l.Text}
		var err error
		if leaf.Level, err = deck.ParseLevel(l.Level); err != nil {
			return nil, err
		}
		for i := range l.Entries {
			e, err := l.Entries[i].load()
			if err != nil {
				return nil, fmt.Errorf("card %q: %w", l.Entries[i].ID, err)
			}
			leaf.Entries = append(leaf.Entries, e)
		}
		if leaf.Alone() && len(leaf.Entries) != 1 {
			return nil, fmt.Errorf("a leaf without text has %d cards, must have 1", len(leaf.Entries))
		}
		d.Leaves = append(d.Leaves, leaf)
	}
	return d, nil
}

func (s *savedEntry) load() (e deck.Entry, err error) {
	e = deck.Entry{ID: s.ID, Front: s.Front, Back: s.Back, Note: s.Note, Source: s.Source, Accept: s.Accept, Tags: s.Tags, Media: s.Media}
	for _, o := range s.Choices {
		e.Choices = append(e.Choices, deck.Option(o))
	}
	e.Kind, err = deck.ParseKind(s.Kind)
	return e, err
}

// archived returns the archived cards as leaves, each with a card of its own.
func (s *savedDeck) archived() []deck.Leaf {
	var leaves []deck.Leaf
	for _, c := range s.Cards {
		if !c.Archived {
			continue
		}
		e, err := c.load()
		if err != nil || e.Kind == deck.Cloze || e.Kind == deck.Reversed {
			e.Kind = deck.Basic // the blank is cut out of an archived card already
		}
		level, _ := deck.ParseLevel(c.Level) // an unknown one counts as none
		leaves = append(leaves, deck.Leaf{Path: slices.Clone(c.Path), Text: c.Leaf, Level: level, Entries: []deck.Entry{e}})
	}
	return leaves
}
