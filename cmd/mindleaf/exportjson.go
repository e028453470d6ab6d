package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/store"
)

// exportVersion is the version of the JSON that export writes.
const exportVersion = 1

// savedDeck, savedLeaf and so on are what the JSON of export holds.
type savedDeck struct {
	ID       deck.ID `json:"id"`
	Title    string  `json:"title"`
	Language string  `json:"language,omitempty"`
	About    string  `json:"about,omitempty"`
	// NoFile says that there was no file to read: all cards are archived ones.
	NoFile bool        `json:"no_file,omitempty"`
	Leaves []savedLeaf `json:"leaves"`
	Cards  []savedCard `json:"cards"`
}

type savedLeaf struct {
	Path    []string     `json:"path,omitempty"`
	Text    string       `json:"text,omitempty"`
	Level   string       `json:"level,omitempty"`
	Entries []savedEntry `json:"entries"`
}

type savedEntry struct {
	ID      deck.CardID   `json:"id"`
	Kind    string        `json:"kind,omitempty"`
	Front   string        `json:"front"`
	Back    string        `json:"back,omitempty"`
	Note    string        `json:"note,omitempty"`
	Source  string        `json:"source,omitempty"`
	Choices []savedOption `json:"choices,omitempty"`
	Accept  []string      `json:"accept,omitempty"`
	Tags    []string      `json:"tags,omitempty"`
	Media   []string      `json:"media,omitempty"`
}

type savedOption struct {
	Text string `json:"text"`
	Why  string `json:"why,omitempty"`
}

// savedCard is a card of the store. Kind to Level say of an archived one what
// stands in no leaf any more.
type savedCard struct {
	savedEntry
	Seed     uint32     `json:"seed"`
	Archived bool       `json:"archived,omitempty"`
	Path     []string   `json:"path,omitempty"`
	Leaf     string     `json:"leaf,omitempty"`
	Level    string     `json:"level,omitempty"`
	State    savedState `json:"state"`
}

type savedState struct {
	Phase        string   `json:"phase"`
	Due          savedDay `json:"due,omitzero"`
	IntervalDays int32    `json:"interval_days,omitempty"`
	Ease         srs.Ease `json:"ease"`
	Reps         int32    `json:"reps,omitempty"`
	Lapses       int32    `json:"lapses,omitempty"`
	Reviews      int32    `json:"reviews,omitempty"`
	LastDay      savedDay `json:"last_day,omitzero"`
	DrillDay     savedDay `json:"drill_day,omitzero"`
	Suspended    bool     `json:"suspended,omitempty"`
	BuriedDay    savedDay `json:"buried_day,omitzero"`
	Flag         int8     `json:"flag,omitempty"`
}

type savedEvent struct {
	Device       string      `json:"device"`
	Seq          int64       `json:"seq"`
	Clock        int64       `json:"clock"`
	At           time.Time   `json:"at"`
	Day          savedDay    `json:"day"`
	Kind         string      `json:"kind"`
	Deck         deck.ID     `json:"deck,omitempty"`
	Card         deck.CardID `json:"card,omitempty"`
	Grade        *srs.Grade  `json:"grade,omitempty"`
	TookMillis   int64       `json:"took_ms,omitempty"`
	Scheduler    string      `json:"scheduler,omitempty"`
	TargetDevice string      `json:"target_device,omitempty"`
	TargetSeq    int64       `json:"target_seq,omitempty"`
	Due          savedDay    `json:"due,omitzero"`
	Level        int8        `json:"level,omitempty"`
	Flag         int8        `json:"flag,omitempty"`
	Given        string      `json:"given,omitempty"`
	Batch        int64       `json:"batch,omitempty"`
	Text         string      `json:"text,omitempty"`
}

// UnmarshalJSON takes no state, whatever it says: it is made from the events.
func (*savedState) UnmarshalJSON([]byte) error { return nil }

// savedDay is a study day as a date.
type savedDay srs.Day

// MarshalText writes the date.
func (d savedDay) MarshalText() ([]byte, error) { return []byte(srs.Day(d).String()), nil }

// UnmarshalText reads the date.
func (d *savedDay) UnmarshalText(text []byte) error {
	day, err := srs.ParseDay(string(text))
	*d = savedDay(day)
	return err
}

// eventKinds are the words for kinds of events in JSON.
var eventKinds = map[srs.EventKind]string{
	srs.ReviewEvent: "review", srs.DrillEvent: "drill", srs.UndoEvent: "undo", srs.SuspendEvent: "suspend",
	srs.UnsuspendEvent: "unsuspend", srs.BuryEvent: "bury", srs.UnburyEvent: "unbury", srs.ResetEvent: "reset",
	srs.SetDueEvent: "set_due", srs.RenameEvent: "rename", srs.OpenLevelEvent: "open_level", srs.ForeignReviewEvent: "foreign_review",
	srs.SetStateEvent: "set_state", srs.FlagEvent: "flag", srs.MarkDrillEvent: "mark_drill", srs.QuizEvent: "quiz",
	srs.FocusEvent: "focus", srs.CloseLevelsEvent: "close_levels",
}

// writeExportJSON writes decks with state and log, without ever holding the log
// in memory.
func writeExportJSON(ctx context.Context, out io.Writer, x *export) error {
	w := &jsonWriter{w: bufio.NewWriterSize(out, 64<<10)}
	w.print(fmt.Sprintf("{\n\"mindleaf\": %d,\n\"exported\": ", exportVersion))
	w.value(x.lib.now.Truncate(time.Second))
	w.print(",\n\"decks\": [")
	cards := make(map[deck.ID]map[deck.CardID]bool)
	for i, d := range x.decks {
		saved, err := x.save(ctx, d)
		if err != nil {
			return err
		}
		w.element(i, saved)
		if x.whole { // with the whole log
			continue
		}
		cards[d.ID] = make(map[deck.CardID]bool)
		for _, c := range saved.Cards {
			cards[d.ID][c.ID] = true
		}
	}
	w.print("\n],\n\"events\": [")
	n := 0
	amiss, err := x.lib.Log(ctx, func(l store.Logged) error {
		if x.whole || l.CardID != "" && cards[l.Deck][l.CardID] || l.CardID == "" && x.concerns(l.Event) {
			w.element(n, saveEvent(l))
			n++
		}
		return w.err
	})
	if err != nil {
		return err
	}
	x.amiss = amiss
	w.print("\n]\n}\n")
	if w.err != nil {
		return w.err
	}
	return w.w.Flush()
}

// jsonWriter writes pieces of JSON and keeps the first error.
type jsonWriter struct {
	w   *bufio.Writer
	err error
}

func (w *jsonWriter) print(s string) {
	if w.err == nil {
		_, w.err = w.w.WriteString(s)
	}
}

func (w *jsonWriter) value(v any) {
	data, err := json.Marshal(v)
	if w.err == nil {
		w.err = err
	}
	w.print(string(data))
}

// element writes an element of a list on a line of its own.
func (w *jsonWriter) element(i int, v any) {
	if i > 0 {
		w.print(",")
	}
	w.print("\n")
	w.value(v)
}

// concerns reports whether an event without a card belongs to what is exported.
func (x *export) concerns(e srs.Event) bool {
	if e.Kind == srs.QuizEvent {
		return false
	}
	id, _, _ := strings.Cut(e.Text, "\n")
	return slices.ContainsFunc(x.decks, func(d *deck.Deck) bool { return string(d.ID) == id })
}

// save gathers a deck with the state of its cards, those that are archived only
// when the whole deck is wanted.
func (x *export) save(ctx context.Context, d *deck.Deck) (savedDeck, error) {
	d.StateIDs()
	fileless := x.fileless[d.ID]
	out := savedDeck{ID: d.ID, Title: d.Title, Language: d.Language, About: d.About, NoFile: fileless, Leaves: []savedLeaf{}, Cards: []savedCard{}}
	for _, l := range d.Leaves {
		leaf := savedLeaf{Path: l.Path, Text: l.Text, Level: l.Level.String(), Entries: []savedEntry{}}
		for i := range l.Entries {
			leaf.Entries = append(leaf.Entries, saveEntry(&l.Entries[i]))
		}
		out.Leaves = append(out.Leaves, leaf)
	}
	present := make(map[deck.CardID]bool)
	for _, c := range d.Cards() {
		present[c.ID] = true
	}
	err := x.lib.Stored(ctx, d.ID, func(s store.Stored) error {
		// What stands in no leaf of the export counts as archived in it.
		s.Content.Archived = s.Content.Archived || fileless
		if present[s.Content.Card] || s.Content.Archived && !x.narrowed {
			out.Cards = append(out.Cards, saveCard(s))
		}
		return nil
	})
	return out, err
}

func saveEntry(e *deck.Entry) savedEntry {
	out := savedEntry{ID: e.ID, Front: e.Front, Back: e.Back, Note: e.Note, Source: e.Source, Accept: e.Accept, Tags: e.Tags, Media: e.Media}
	if e.Kind != deck.Basic {
		out.Kind = e.Kind.String()
	}
	for _, o := range e.Choices {
		out.Choices = append(out.Choices, savedOption(o))
	}
	return out
}

func saveCard(s store.Stored) savedCard {
	c := s.Content
	out := savedCard{savedEntry: savedEntry{ID: c.Card, Front: c.Front, Back: c.Back}, Seed: s.Card.Seed, Archived: c.Archived, State: saveState(s.Card.State)}
	if c.Archived {
		out.savedEntry = saveEntry(&deck.Entry{ID: c.Card, Kind: c.Kind, Front: c.Front, Back: c.Back, Note: c.Note, Source: c.Source,
			Choices: c.Choices, Accept: c.Accept, Tags: c.Tags, Media: c.Media})
		out.Path, out.Leaf, out.Level = c.Path, c.Leaf, c.Level.String()
	}
	return out
}

func saveState(s srs.State) savedState {
	return savedState{
		Phase: s.Phase.String(), Due: savedDay(s.Due), IntervalDays: s.IntervalDays, Ease: s.Ease, Reps: s.Reps, Lapses: s.Lapses,
		Reviews: s.Reviews, LastDay: savedDay(s.LastDay), DrillDay: savedDay(s.DrillDay), Suspended: s.Suspended,
		BuriedDay: savedDay(s.BuriedDay), Flag: s.Flag,
	}
}

func saveEvent(l store.Logged) savedEvent {
	e := savedEvent{
		Device: l.Device, Seq: l.Key.Seq, Clock: l.Clock, At: l.At, Day: savedDay(l.Day), Kind: eventKinds[l.Kind], Deck: l.Deck, Card: l.CardID,
		TookMillis: l.Took.Milliseconds(), Scheduler: l.Scheduler, TargetDevice: l.TargetDevice, TargetSeq: l.Target.Seq,
		Due: savedDay(l.Due), Level: l.Level, Flag: l.Flag, Batch: l.Batch, Text: l.Text,
	}
	if l.Kind.Answer() {
		e.Grade = &l.Grade
	}
	if l.Kind == srs.ForeignReviewEvent || l.Kind == srs.SetStateEvent {
		e.Given = l.Given.String()
	}
	return e
}
