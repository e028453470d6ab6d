package main

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
)

// logStep is a live event with the state of its card around it.
type logStep struct {
	card          int64
	day           srs.Day
	at            time.Time
	kind          srs.EventKind
	grade         int
	millis        int64
	before, after srs.State
}

// logCard is a card with all its steps.
type logCard struct {
	id, section, leaf int64
	deck              string
	level             int
	archived          bool
	steps             []logStep
	state             srs.State
}

// logBook is the raw log, counted the slow way.
type logBook struct {
	today    srs.Day
	cards    []logCard
	titles   map[string]string
	sections []logSection
}

type logSection struct {
	id, parent int64
	deck, name string
}

// readLog reads cards, sections and events straight from the tables.
func (w *world) readLog() *logBook {
	w.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(w.home, "mindleaf.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	b := &logBook{today: srs.DayOf(w.now, 4), titles: make(map[string]string)}
	seeds := make(map[int64]uint32)
	each(w.t, db, "SELECT uid, title FROM deck ORDER BY title", func(scan func(...any)) {
		var id, title string
		scan(&id, &title)
		b.titles[id] = title
	})
	each(w.t, db, "SELECT section.id, parent_id, deck.uid, name FROM section JOIN deck ON deck.id = deck_id ORDER BY ord", func(scan func(...any)) {
		var s logSection
		scan(&s.id, &s.parent, &s.deck, &s.name)
		b.sections = append(b.sections, s)
	})
	each(w.t, db, "SELECT card.id, section_id, leaf_id, deck.uid, level, archived, seed FROM card JOIN deck ON deck.id = deck_id ORDER BY card.id", func(scan func(...any)) {
		var c logCard
		var seed uint32
		scan(&c.id, &c.section, &c.leaf, &c.deck, &c.level, &c.archived, &seed)
		c.level = max(c.level, 1)
		seeds[c.id] = seed
		b.cards = append(b.cards, c)
	})
	type entry struct {
		logStep
		seq, target, due int64
		scheduler, text  string
	}
	var log []entry
	each(w.t, db, `SELECT seq, card_id, day, at_ms, zone_min, kind, grade, took_ms, coalesce(target_seq, 0), coalesce(due, 0), coalesce(name, ''), coalesce(text, '')
		FROM event LEFT JOIN scheduler ON scheduler.id = scheduler_id ORDER BY clock`, func(scan func(...any)) {
		var e entry
		var at int64
		var zone int
		scan(&e.seq, &e.card, &e.day, &at, &zone, &e.kind, &e.grade, &e.millis, &e.target, &e.due, &e.scheduler, &e.text)
		e.at = time.UnixMilli(at).In(time.FixedZone("", zone*60))
		log = append(log, e)
	})
	undone := make(map[int64]bool)
	for i := len(log) - 1; i >= 0; i-- {
		if log[i].kind == srs.UndoEvent && !undone[log[i].seq] {
			undone[log[i].target] = true
		}
	}
	for i := range b.cards {
		c := &b.cards[i]
		c.state = srs.NewState()
		for _, e := range log {
			if e.card != c.id || undone[e.seq] || e.kind == srs.UndoEvent {
				continue
			}
			var s srs.Scheduler
			if e.scheduler != "" {
				s = must1(sm2.Schedulers(e.scheduler))
			}
			event := srs.Event{Kind: e.kind, Grade: srs.Grade(e.grade), Day: e.day, Due: srs.Day(e.due)}
			if e.kind == srs.ForeignReviewEvent || e.kind == srs.SetStateEvent {
				event.Given = must1(srs.ParseGiven(e.text))
			}
			e.before = c.state
			c.state = srs.Apply(c.state, seeds[c.id], event, s)
			e.after = c.state
			c.steps = append(c.steps, e.logStep)
		}
	}
	return b
}

func each(t *testing.T, db *sql.DB, query string, f func(scan func(...any))) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		f(func(to ...any) {
			if err := rows.Scan(to...); err != nil {
				t.Fatal(err)
			}
		})
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// stage is 0 new, 1 learning, 2 young, 3 mature.
func stage(s srs.State) int {
	switch {
	case s.Phase == srs.New:
		return 0
	case s.Phase != srs.Review:
		return 1
	case s.IntervalDays < 21:
		return 2
	}
	return 3
}

// reviewed reports whether a step is a review, here or in another program.
func reviewed(s logStep) bool { return s.kind == srs.ReviewEvent || s.kind == srs.ForeignReviewEvent }

func (b *logBook) answers(from, to srs.Day, f func(*logCard, logStep)) {
	for i := range b.cards {
		for _, s := range b.cards[i].steps {
			if s.day >= from && s.day <= to && (reviewed(s) || s.kind == srs.DrillEvent) {
				f(&b.cards[i], s)
			}
		}
	}
}

func (b *logBook) done(from, to srs.Day) (d doneFigures) {
	answers, days := int64(0), make(map[srs.Day]bool)
	b.answers(from, to, func(_ *logCard, s logStep) {
		answers++
		days[s.day] = true
		d.Millis += s.millis
		if s.kind == srs.DrillEvent {
			d.Drills++
			return
		}
		d.Reviews++
		if s.before.Phase == srs.New {
			d.New++
		}
		if s.grade < 3 {
			d.Again++
		}
	})
	d.DaysStudied = len(days)
	if answers > 0 {
		mean := d.Millis / answers
		d.MillisAnAnswer = &mean
	}
	return d
}

func (b *logBook) streak() int {
	days := make(map[srs.Day]bool)
	b.answers(0, b.today, func(_ *logCard, s logStep) { days[s.day] = true })
	d, n := b.today, 0
	if !days[d] {
		d--
	}
	for ; days[d]; d-- {
		n++
	}
	return n
}

// dueOn counts what is due on a day and not hidden or drilled then.
func (b *logBook) dueOn(day srs.Day) (n int) {
	for _, c := range b.cards {
		if b.isDue(&c, day) {
			n++
		}
	}
	return n
}

func (b *logBook) isDue(c *logCard, day srs.Day) bool {
	s := c.state
	return !c.archived && !s.Suspended && s.Phase != srs.New && s.Due <= day && s.BuriedDay < day && s.DrillDay != day
}

func (b *logBook) figures(since int) figures {
	from := b.today - srs.Day(since) + 1
	f := figures{
		Day: b.today.String(), SinceDays: since, Today: b.done(b.today, b.today), Since: b.done(from, b.today), Streak: b.streak(),
		Studied: b.done(b.today-364, b.today).DaysStudied, Due: int64(b.dueOn(b.today)),
		Decks: []placeFigure{}, Sections: []placeFigure{}, Levels: []placeFigure{},
	}
	for d := b.today - 364; d <= b.today; d++ {
		done := b.done(d, d)
		f.Year = append(f.Year, dayFigure{Day: d.String(), Answers: done.Reviews + done.Drills, Millis: done.Millis})
	}
	for _, s := range []struct {
		name     string
		from, to srs.Day
	}{{"today", 0, 0}, {"yesterday", 1, 1}, {"7 days", 6, 0}, {"30 days", 29, 0}, {"365 days", 364, 0}} {
		span := spanFigure{Span: s.name}
		span.Young = b.tested(b.today-s.from, b.today-s.to, func(_ *logCard, s logStep) bool { return stage(s.before) == 2 })
		span.Mature = b.tested(b.today-s.from, b.today-s.to, func(_ *logCard, s logStep) bool { return stage(s.before) == 3 })
		span.All = b.tested(b.today-s.from, b.today-s.to, func(*logCard, logStep) bool { return true })
		f.Retention = append(f.Retention, span)
	}
	b.buckets(&f, from)
	for hour := range 24 {
		h := hourFigure{Hour: hour}
		b.answers(from, b.today, func(_ *logCard, s logStep) {
			if reviewed(s) && s.at.Hour() == hour {
				h.Reviews++
				if s.grade >= 3 {
					h.Passed++
				}
			}
		})
		f.Hours = append(f.Hours, h)
	}
	b.places(&f, since)
	return f
}

// tested counts reviews of cards in review before, and the passed ones.
func (b *logBook) tested(from, to srs.Day, which func(*logCard, logStep) bool) (t testFigure) {
	b.answers(from, to, func(c *logCard, s logStep) {
		if reviewed(s) && stage(s.before) >= 2 && which(c, s) {
			t.Tested++
			if s.grade >= 3 {
				t.Remembered++
			}
		}
	})
	return t
}

func (b *logBook) buckets(f *figures, from srs.Day) {
	f.Intervals = []bucketFigure{{1, 1, 0}, {2, 6, 0}, {7, 13, 0}, {14, 20, 0}, {21, 29, 0}, {30, 59, 0}, {60, 89, 0}, {90, 179, 0}, {180, 364, 0}, {365, 0, 0}}
	f.Ease = []bucketFigure{{130, 149, 0}, {150, 169, 0}, {170, 189, 0}, {190, 209, 0}, {210, 229, 0}, {230, 249, 0}, {250, 269, 0}, {270, 0, 0}}
	f.Took = []bucketFigure{{0, 4, 0}, {5, 9, 0}, {10, 19, 0}, {20, 39, 0}, {40, 59, 0}, {60, 0, 0}}
	f.Buttons = []buttonFigure{{Stage: "new"}, {Stage: "learning"}, {Stage: "young"}, {Stage: "mature"}}
	for d := range srs.Day(30) {
		f.Forecast = append(f.Forecast, dueFigure{Day: (b.today + d).String()})
	}
	in := func(all []bucketFigure, n int64) {
		for i := range all {
			if n >= all[i].From && (n <= all[i].To || all[i].To == 0) {
				all[i].Count++
			}
		}
	}
	sum, n := 0.0, 0
	for _, c := range b.cards {
		s := c.state
		if c.archived || s.Suspended || s.Phase == srs.New {
			continue
		}
		in(f.Intervals, int64(s.IntervalDays))
		in(f.Ease, int64(s.Ease))
		if day := max(s.Due, b.today); day < b.today+30 {
			f.Forecast[day-b.today].Due++
		}
		sum, n = sum+sm2.Recall(s, b.today), n+1
	}
	mean := sum / float64(n)
	f.Recall = &mean
	b.answers(from, b.today, func(_ *logCard, s logStep) {
		in(f.Took, s.millis/1000)
		if !reviewed(s) {
			return
		}
		button := &f.Buttons[stage(s.before)]
		*[]*int64{&button.Again, &button.Again, &button.Again, &button.Hard, &button.Good, &button.Easy}[s.grade]++
	})
}
