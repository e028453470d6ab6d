package store

import (
	"fmt"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// check compares everything the store says with the brute force.
func (m *machine) check(t *rapid.T) {
	if r, err := m.db.Verify(m.ctx); err != nil || !r.Sound() || int(r.Events) != len(m.events) {
		t.Fatalf("got %+v, %v, want %d events", r, err, len(m.events))
	}
	m.checkFigures(t)
	m.checkDecks(t)
}

// checkFigures compares what the figures are drawn from.
func (m *machine) checkFigures(t *rapid.T) {
	lately := Lately{Day: m.day, Long: 30, Reviews: true}
	if len(m.events) > 0 { // a span that just leaves something out
		lately.Short = int(m.day - rapid.SampledFrom(m.events).Draw(t, "event").Day)
		lately.Long = lately.Short + rapid.IntRange(1, 30).Draw(t, "longer")
	}
	days, recent := make(map[int64]map[srs.Day]srs.DayCount), make(map[int64]Recent)
	var states []CardState
	for _, c := range must2(t, m.cards) {
		if days[c.Deck] == nil {
			days[c.Deck] = make(map[srs.Day]srs.DayCount)
		}
		state := m.steps(c.ID, func(s srs.Step) {
			n := srs.CountStep(&s)
			days[c.Deck][s.Event.Day] = days[c.Deck][s.Event.Day].Add(n, 1)
			recent[c.Deck] = recent[c.Deck].plus(lately, s, n, c.archived)
		})
		if c.State != state {
			t.Fatalf("card %d: got %+v, want %+v", c.ID, c.State, state)
		}
		if !c.archived && state.Phase != srs.New && !state.Suspended {
			states = append(states, CardState{c.Deck, c.Section, c.Level, srs.State{
				Phase: state.Phase, LastDay: state.LastDay, IntervalDays: state.IntervalDays, Due: state.Due, Ease: state.Ease,
			}})
		}
	}
	m.checkDays(t, days)
	got, err := m.db.RecentByDeck(m.ctx, lately)
	for _, all := range []map[int64]Recent{got, recent} {
		maps.DeleteFunc(all, func(_ int64, r Recent) bool { return r == Recent{} })
	}
	if err != nil || !maps.Equal(recent, got) {
		t.Fatalf("got lately %+v, %v, want %+v", got, err, recent)
	}
	for key := range days {
		l := lately
		l.Deck = key
		got, err := m.db.RecentByDeck(m.ctx, l)
		if want := recent[key]; err != nil || got[key] != want || len(got) > 1 {
			t.Fatalf("deck %d: got lately %+v, %v, want %+v", key, got, err, want)
		}
		m.checkStates(t, key, slices.DeleteFunc(slices.Clone(states), func(c CardState) bool { return c.Deck != key }))
	}
	m.checkStates(t, 0, states)
}

func (m *machine) checkStates(t *rapid.T, deckKey int64, want []CardState) {
	var got []CardState
	if err := m.db.States(m.ctx, deckKey, func(c *CardState) { got = append(got, *c) }); err != nil || !slices.Equal(want, got) {
		t.Fatalf("deck %d: got the states %+v, %v, want %+v", deckKey, got, err, want)
	}
}

// plus is r with one more step of a card, which counts n.
func (r Recent) plus(l Lately, s srs.Step, n srs.DayCount, archived bool) Recent {
	ago := int(l.Day - s.Event.Day)
	if ago >= l.Long {
		return r
	}
	r.Reviews, r.Tested, r.Remembered = r.Reviews+n.Reviews, r.Tested+n.Young+n.Mature, r.Remembered+n.YoungPassed+n.MaturePassed
	if archived {
		return r
	}
	r.Long = r.Long.Add(s.Moved(), 1)
	if ago < l.Short {
		r.Short = r.Short.Add(s.Moved(), 1)
	}
	return r
}

// checkDays compares the counters of days, and the streak, with those by the key
// of the deck.
func (m *machine) checkDays(t *rapid.T, want map[int64]map[srs.Day]srs.DayCount) {
	total := make(map[srs.Day]srs.DayCount)
	same := func(f Filter, days map[srs.Day]srs.DayCount) {
		maps.DeleteFunc(days, func(_ srs.Day, c srs.DayCount) bool { return c == srs.DayCount{} })
		if got, err := m.db.DayCount(m.ctx, f, 0, m.day+99); err != nil || !maps.Equal(days, got) {
			t.Fatalf("%+v: got days %v, %v, want %v", f, got, err, days)
		}
	}
	for key, days := range want {
		var id deck.ID
		if err := m.db.db.QueryRow("SELECT uid FROM deck WHERE id = ?", key).Scan(&id); err != nil {
			t.Fatal(err)
		}
		for day, n := range days {
			total[day] = total[day].Add(n, 1)
		}
		same(Filter{Deck: id}, days)
	}
	same(Filter{}, total)
	streak, day := 0, m.day
	if total[day] == (srs.DayCount{}) {
		day--
	}
	for total[day-srs.Day(streak)] != (srs.DayCount{}) {
		streak++
	}
	if got, err := m.db.Streak(m.ctx, m.day); err != nil || got != streak {
		t.Fatalf("got a streak of %d days, %v, want %d", got, err, streak)
	}
}

func (m *machine) cards() ([]filed, error) {
	scan := func(row scanner) (f filed, err error) {
		f.Card, err = scanCard(alsoScan{row, []any{&f.archived}})
		return f, err
	}
	return collect(m.ctx, m.db.db, scan, "SELECT "+cardColumns+", archived FROM card ORDER BY id")
}

func (m *machine) checkDecks(t *rapid.T) {
	decks, err := m.db.Decks(m.ctx, m.day)
	if err != nil || len(decks) != len(m.content) {
		t.Fatalf("got %d decks, %v, want %d", len(decks), err, len(m.content))
	}
	for _, got := range decks {
		var levels [4]srs.Counts
		sections := make(map[string]srs.Counts)
		due := int64(0)
		for _, c := range m.content[got.ID].Cards() {
			s := m.fold(m.keys[fmt.Sprint(got.ID, "/", c.ID)])
			levels[c.Leaf.Level] = levels[c.Leaf.Level].Add(srs.CountState(s), 1)
			if len(c.Leaf.Path) > 0 {
				sections[fmt.Sprint(c.Leaf.Path)] = sections[fmt.Sprint(c.Leaf.Path)].Add(srs.CountState(s), 1)
			}
			if s.Phase != srs.New && s.Due <= m.day && !s.Hidden(m.day) && s.DrillDay != m.day {
				due++
			}
		}
		if got.Levels != levels || got.Due != due {
			t.Fatalf("deck %s: got %+v, want levels %+v, %d due", got.ID, got, levels, due)
		}
		m.checkSections(t, got.ID, sections)
	}
}

func (m *machine) checkSections(t *rapid.T, id deck.ID, want map[string]srs.Counts) {
	sections, err := m.db.Sections(m.ctx, id, m.day)
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]srs.Counts)
	for _, s := range sections {
		path, err := m.db.SectionPath(m.ctx, s.Key)
		if err != nil {
			t.Fatal(err)
		}
		if s.Counts.Total() > 0 {
			got[fmt.Sprint(path)] = s.Counts
		}
	}
	if !maps.Equal(got, want) {
		t.Fatalf("sections of %s: got %v, want %v", id, got, want)
	}
}
