package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
)

// machine drives a store and keeps, by hand, what it must hold: the events, and
// the cards of the decks' files.
type machine struct {
	ctx     context.Context
	db      *DB
	day     srs.Day
	events  []srs.Event
	content map[deck.ID]*deck.Deck // decks that have a file
	keys    map[string]int64       // of every card with an id ever seen, by deck and id
	next    int
}

var machineDecks = []deck.ID{"甲", "乙"}

// run steps the machine with ops drawn at random.
func (m *machine) run(t *rapid.T) {
	for _, id := range machineDecks {
		m.content[id] = m.newDeck(t, id)
		m.sync(t, id)
	}
	for range rapid.IntRange(5, 40).Draw(t, "steps") {
		rapid.OneOf(rapid.Just(m.record), rapid.Just(m.record), rapid.Just(m.record), rapid.Just(m.undo), rapid.Just(m.edit),
			rapid.Just(m.walkPath), rapid.Just(m.remove), rapid.Just(m.sleep)).Draw(t, "step")(t)
	}
	m.check(t)
}

func (m *machine) sleep(t *rapid.T) { m.day += srs.Day(rapid.IntRange(1, 40).Draw(t, "days")) }

func (m *machine) record(t *rapid.T) {
	kind := rapid.SampledFrom([]srs.EventKind{srs.ReviewEvent, srs.ReviewEvent, srs.ReviewEvent, srs.DrillEvent, srs.SuspendEvent,
		srs.UnsuspendEvent, srs.BuryEvent, srs.UnburyEvent, srs.ResetEvent, srs.SetDueEvent, srs.ForeignReviewEvent, srs.SetStateEvent,
		srs.FlagEvent, srs.MarkDrillEvent}).Draw(t, "kind")
	e := review(m.anyCard(t), srs.Grade(rapid.IntRange(0, 5).Draw(t, "grade")), m.day)
	e.Kind = kind
	if kind != srs.ReviewEvent {
		e.Scheduler = ""
	}
	e.Due = m.day + srs.Day(rapid.IntRange(-3, 30).Draw(t, "due"))
	if kind == srs.ReviewEvent && e.Due <= m.day {
		e.Due = 0 // the scheduler's own
	}
	switch kind {
	case srs.ForeignReviewEvent, srs.SetStateEvent:
		e.Given = srs.Given{Phase: srs.Phase(rapid.IntRange(0, 3).Draw(t, "phase")), Due: e.Due, LastDay: m.day - 1,
			IntervalDays: rapid.Int32Range(0, 99).Draw(t, "interval"), Ease: srs.StartEase, Reps: 2, Lapses: 1}
	case srs.FlagEvent:
		e.Flag = int8(rapid.IntRange(0, srs.MaxFlag).Draw(t, "flag"))
	}
	step, err := m.db.Record(m.ctx, e)
	if err != nil {
		t.Fatal(err)
	}
	before := m.fold(e.Card)
	m.events = append(m.events, step.Event)
	if after := m.fold(e.Card); step.Before != before || step.After != after {
		t.Fatalf("got step %+v, want %+v to %+v", step, before, after)
	}
}

func (m *machine) anyCard(t *rapid.T) int64 {
	return rapid.SampledFrom(slices.Sorted(maps.Values(m.keys))).Draw(t, "card")
}

// undo takes back any event at all, undos among them.
func (m *machine) undo(t *rapid.T) {
	if len(m.events) == 0 {
		return
	}
	target := m.events[len(m.events)-1-rapid.IntRange(0, min(9, len(m.events)-1)).Draw(t, "back")]
	allowed := m.live(target.Key) && target.Kind != srs.RenameEvent
	_, now, err := m.db.Undo(m.ctx, target.Key, noon(m.day))
	if (err == nil) != allowed {
		t.Fatalf("undo of %+v: got %v, want it allowed: %v", target, err, allowed)
	}
	if err != nil {
		return
	}
	m.readLog(t)
	if target.Card != 0 && now != m.fold(target.Card) {
		t.Fatalf("after undo of %+v: got %+v, want %+v", target, now, m.fold(target.Card))
	}
}

// walkPath changes the path: several of these at once are a batch.
func (m *machine) walkPath(t *rapid.T) {
	events := make([]srs.Event, rapid.IntRange(1, 3).Draw(t, "events"))
	for i := range events {
		kind := rapid.SampledFrom([]srs.EventKind{srs.OpenLevelEvent, srs.OpenLevelEvent, srs.CloseLevelsEvent, srs.FocusEvent}).Draw(t, "kind")
		events[i] = srs.Event{Kind: kind, At: noon(m.day).At, Day: m.day, Level: int8(rapid.IntRange(1, 3).Draw(t, "level")),
			Text: string(rapid.SampledFrom(machineDecks).Draw(t, "deck"))}
		if kind == srs.FocusEvent {
			events[i].Text += rapid.SampledFrom([]string{"", "\n章", "\n章\n节"}).Draw(t, "section")
		}
	}
	if _, err := m.db.RecordAll(m.ctx, events); err != nil {
		t.Fatal(err)
	}
	m.readLog(t)
}

// newDeck has cards with ids, which the machine follows, and some without.
func (m *machine) newDeck(t *rapid.T, id deck.ID) *deck.Deck {
	d := deckOf(id)
	for range rapid.IntRange(1, 4).Draw(t, "leaves") {
		d.Leaves = append(d.Leaves, m.newLeaf(t))
	}
	return d
}

func (m *machine) newLeaf(t *rapid.T) deck.Leaf {
	m.next++
	paths := [][]string{nil, {"一"}, {"一", "二"}, {"三"}}
	l := leaf(rapid.SampledFrom([]string{"", fmt.Sprint("叶", m.next)}).Draw(t, "leaf"), deck.Level(rapid.IntRange(0, 3).Draw(t, "level")),
		rapid.SampledFrom(paths).Draw(t, "path"))
	for range rapid.IntRange(1, 3).Draw(t, "cards") {
		m.next++
		id := rapid.SampledFrom([]string{fmt.Sprint("c", m.next), ""}).Draw(t, "id")
		l.Entries = append(l.Entries, entry(id, rapid.SampledFrom([]string{"同？", fmt.Sprint("问", m.next)}).Draw(t, "front"), fmt.Sprint("答", m.next)))
	}
	return l
}

// edit changes a deck's file and indexes it again.
func (m *machine) edit(t *rapid.T) {
	id := rapid.SampledFrom(machineDecks).Draw(t, "deck")
	m.content[id] = m.edited(t, id)
	m.sync(t, id)
}

// edited draws what becomes of a deck.
func (m *machine) edited(t *rapid.T, id deck.ID) *deck.Deck {
	d := m.content[id]
	if d == nil {
		d = m.newDeck(t, id)
	}
	edited := deckOf(id)
	for _, l := range d.Leaves {
		l.Entries = slices.Clone(l.Entries)
		switch rapid.IntRange(0, 6).Draw(t, "edit") {
		case 0:
			continue
		case 1:
			l.Path, l.Level = []string{"三", "四"}, deck.Advanced
		case 2:
			l.Entries[0].Front += "改"
		case 3:
			slices.Reverse(l.Entries)
		case 4:
			l.Entries = append(m.newLeaf(t).Entries, l.Entries...)
		}
		edited.Leaves = append(edited.Leaves, l)
	}
	if rapid.Bool().Draw(t, "more") {
		edited.Leaves = slices.Insert(edited.Leaves, 0, m.newLeaf(t))
	}
	return edited
}

// remove takes a file away; the cards of an old version may come back later.
func (m *machine) remove(t *rapid.T) {
	id := rapid.SampledFrom(machineDecks).Draw(t, "deck")
	want := 0
	if m.content[id] != nil {
		want = len(m.content[id].Cards())
	}
	if n, err := m.db.RemoveFile(m.ctx, "/"+string(id)); err != nil || int(n) != want {
		t.Fatalf("removed %d cards, %v, want %d", n, err, want)
	}
	back := m.content[id]
	delete(m.content, id)
	if back != nil && rapid.Bool().Draw(t, "put back") {
		m.content[id] = back
		if changes := m.sync(t, id); changes.Revived != want || changes.Added != 0 {
			t.Fatalf("put back: got %+v, want %d revived", changes, want)
		}
	}
}

func (m *machine) sync(t *rapid.T, id deck.ID) Changes {
	d := m.content[id]
	changes, err := m.db.SyncDeck(m.ctx, File{Path: "/" + string(id), Deck: id}, d, noon(m.day))
	if err != nil {
		t.Fatal(err)
	}
	if n := changes.Added + changes.Same + changes.Changed + changes.Revived; n != len(d.Cards()) {
		t.Fatalf("got %+v for %d cards", changes, len(d.Cards()))
	}
	for _, c := range d.Cards() {
		key, err := m.db.FindCard(m.ctx, id, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprint(id, "/", c.ID)
		if before, ok := m.keys[name]; ok && before != key && !c.Derived {
			t.Fatalf("%s was card %d and is %d", name, before, key)
		}
		m.keys[name] = key
	}
	m.readLog(t)
	return changes
}

// readLog takes events over that the store appended by itself.
func (m *machine) readLog(t *rapid.T) {
	events, err := collect(m.ctx, m.db.db, scanEvent, "SELECT "+eventColumns+fromEvents+"WHERE e.seq > ? ORDER BY e.seq", len(m.events))
	if err != nil {
		t.Fatal(err)
	}
	m.events = append(m.events, events...)
}

// live reports whether no live undo takes the event back.
func (m *machine) live(key srs.EventKey) bool {
	for _, e := range m.events {
		if e.Kind == srs.UndoEvent && e.Target == key && m.live(e.Key) {
			return false
		}
	}
	return true
}

// steps calls f with every live step of a card.
func (m *machine) steps(card int64, f func(srs.Step)) (s srs.State) {
	s = srs.NewState()
	scheduler, err := sm2.Schedulers(sm2Name)
	if err != nil {
		panic(err)
	}
	for _, e := range m.events {
		if e.Card == card && e.Kind != srs.UndoEvent && m.live(e.Key) {
			before := s
			s = srs.Apply(s, m.seed(card), e, scheduler)
			f(srs.Step{Event: e, Before: before, After: s})
		}
	}
	return s
}

func (m *machine) fold(card int64) srs.State { return m.steps(card, func(srs.Step) {}) }

func (m *machine) seed(card int64) uint32 {
	c, err := m.db.Card(m.ctx, card)
	if err != nil {
		panic(err)
	}
	return c.Seed
}

func must2[T any](t *rapid.T, f func() (T, error)) T {
	v, err := f()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// wipe empties a store.
func wipe(t *rapid.T, d *DB) {
	for _, table := range []string{"event", "content", "card", "section", "level_count", "day_count", "day_total", "section_day", "hour_count",
		"state_page", "opened_level", "focus", "deck", "deck_file", "decision"} {
		if _, err := d.db.Exec("DELETE FROM " + table); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.db.Exec("UPDATE device SET seq = 0, clock = 0; PRAGMA synchronous = OFF"); err != nil {
		t.Fatal(err)
	}
}

// TestStore drives the store with random events, undos and edits of the files,
// which are indexed at once, or in pieces of two cards.
func TestStore(t *testing.T) {
	for name, p := range map[string]pieces{"at once": ordinaryPieces, "in pieces": {large: 1, size: 2, steps: 2, lasting: time.Second}} {
		t.Run(name, func(t *testing.T) {
			d := fresh(t)
			d.pieces = p
			property.Check(t, func(t *rapid.T) {
				wipe(t, d)
				newMachine(d).run(t)
			})
		})
	}
}

func newMachine(d *DB) *machine {
	return &machine{ctx: context.Background(), db: d, day: today, content: make(map[deck.ID]*deck.Deck), keys: make(map[string]int64)}
}
