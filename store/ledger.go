package store

import (
	"context"

	"github.com/mindleaf/mindleaf/srs"
)

// spot is where a card stands, and so which counters its steps are added to.
type spot struct {
	deck, section int64
	level         int8
	archived      bool
}

func spotOf(c srs.Card, archived bool) spot { return spot{c.Deck, c.Section, c.Level, archived} }

// dayChange is what the counters of a study day of one deck hold.
type dayChange struct {
	count srs.DayCount
	moved moved
}

// deckSection names a section with its deck, by which its counters are stored.
type deckSection struct{ deck, section int64 }

// sectionChange is what the counters of a study day of one section hold.
type sectionChange struct {
	reviews, tested, remembered int64
	moved                       moved
}

// hourLevel is an hour of the day at one level.
type hourLevel struct{ hour, level int64 }

// moved is srs.Counts without New, which follows from the others.
type moved struct{ learning, young, mature, suspended int64 }

func movedBy(s *srs.Step) moved {
	c := s.Moved()
	return moved{c.Learning, c.Young, c.Mature, c.Suspended}
}

func (m moved) add(d moved, n int64) moved {
	return moved{m.learning + n*d.learning, m.young + n*d.young, m.mature + n*d.mature, m.suspended + n*d.suspended}
}

// counts returns m with the new cards as many less.
func (m moved) counts() srs.Counts {
	return srs.Counts{
		New: -m.learning - m.young - m.mature - m.suspended, Learning: m.learning, Young: m.young, Mature: m.mature, Suspended: m.suspended,
	}
}

// byDay holds counters of the study days of many decks or the like. The days of one
// are together: the cards of one usually come one after another, and then what they
// count in is near.
type byDay[K, V comparable] map[K]map[srs.Day]*V

// at returns the counters of a day of k, to be changed.
func (b byDay[K, V]) at(k K, day srs.Day) *V {
	days := b[k]
	if days == nil {
		days = make(map[srs.Day]*V)
		b[k] = days
	}
	v := days[day]
	if v == nil {
		v = new(V)
		days[day] = v
	}
	return v
}

// each hands on what is not zero, until there is an error.
func (b byDay[K, V]) each(f func(K, srs.Day, *V) error) error {
	var zero V
	for k, days := range b {
		for day, v := range days {
			if *v == zero {
				continue
			}
			if err := f(k, day, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// ledger adds up what steps add to the counters of days, sections and hours.
type ledger struct {
	days     byDay[int64, dayChange] // by deck
	sections byDay[deckSection, sectionChange]
	hours    byDay[hourLevel, srs.Tally]
}

func newLedger() *ledger {
	return &ledger{make(byDay[int64, dayChange]), make(byDay[deckSection, sectionChange]), make(byDay[hourLevel, srs.Tally])}
}

// add adds n times a step of a card at spot at; n is 1 or -1.
func (l *ledger) add(at spot, s *srs.Step, n int64) {
	e := &s.Event
	count := srs.CountStep(s)
	d := l.days.at(at.deck, e.Day)
	d.count = d.count.Add(count, n)
	if e.Kind.Answer() {
		l.hours.at(hourLevel{int64(e.At.Hour()), int64(at.level)}, e.Day).AddStep(s, n)
	}
	if at.archived {
		return
	}
	m := movedBy(s)
	d.moved = d.moved.add(m, n)
	c := l.sections.at(deckSection{at.deck, at.section}, e.Day)
	c.reviews += n * count.Reviews
	c.tested += n * (count.Young + count.Mature)
	c.remembered += n * (count.YoungPassed + count.MaturePassed)
	c.moved = c.moved.add(m, n)
}

// addAll adds n times the steps of a card at spot at.
func (l *ledger) addAll(at spot, steps []srs.Step, n int64) {
	for i := range steps {
		l.add(at, &steps[i], n)
	}
}

// totals adds up the days of all decks.
func (l *ledger) totals() byDay[struct{}, srs.DayCount] {
	totals := make(byDay[struct{}, srs.DayCount])
	for _, days := range l.days {
		for day, c := range days {
			sum := totals.at(struct{}{}, day)
			*sum = sum.Add(c.count, 1)
		}
	}
	return totals
}

// write adds the ledger to the counters.
func (l *ledger) write(ctx context.Context, tx *txn) error {
	w := ledgerWriter{ctx, tx}
	if err := l.days.each(w.addDay); err != nil {
		return err
	}
	if err := l.totals().each(w.addTotal); err != nil {
		return err
	}
	if err := l.sections.each(w.addSection); err != nil {
		return err
	}
	return l.hours.each(w.addHour)
}

// ledgerWriter writes the counters of a ledger.
type ledgerWriter struct {
	ctx context.Context
	tx  *txn
}

// addStep is a ledger of one step, written at once.
func addStep(ctx context.Context, tx *txn, at spot, s *srs.Step) error {
	l := newLedger()
	l.add(at, s, 1)
	return l.write(ctx, tx)
}

// countColumns are the columns of an srs.DayCount in the order of its fields.
const countColumns = "reviews, new, drills, again, young, young_passed, mature, mature_passed, millis"

// countFields are the fields of n in the order of countColumns.
func countFields(n *srs.DayCount) []*int64 {
	return []*int64{&n.Reviews, &n.New, &n.Drills, &n.Again, &n.Young, &n.YoungPassed, &n.Mature, &n.MaturePassed, &n.Millis}
}

// movedColumns are the columns of a moved in the order of movedFields.
const movedColumns = "moved_learning, moved_young, moved_mature, moved_suspended"

// movedFields are the fields of m in the order of movedColumns.
func movedFields(m *moved) []*int64 { return []*int64{&m.learning, &m.young, &m.mature, &m.suspended} }

const upsertDay = `INSERT INTO day_count (deck_id, day, ` + countColumns + ", " + movedColumns + `)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (deck_id, day) DO UPDATE SET` + addCount + "," + addMoved

const addCount = ` reviews = reviews + excluded.reviews, new = new + excluded.new, drills = drills + excluded.drills,
	again = again + excluded.again, young = young + excluded.young, young_passed = young_passed + excluded.young_passed,
	mature = mature + excluded.mature, mature_passed = mature_passed + excluded.mature_passed, millis = millis + excluded.millis`

const addMoved = ` moved_learning = moved_learning + excluded.moved_learning, moved_young = moved_young + excluded.moved_young,
	moved_mature = moved_mature + excluded.moved_mature, moved_suspended = moved_suspended + excluded.moved_suspended`

func (w ledgerWriter) addDay(deck int64, day srs.Day, c *dayChange) error {
	n, m := &c.count, c.moved
	_, err := w.tx.ExecContext(w.ctx, upsertDay, deck, day, n.Reviews, n.New, n.Drills, n.Again, n.Young, n.YoungPassed,
		n.Mature, n.MaturePassed, n.Millis, m.learning, m.young, m.mature, m.suspended)
	return err
}

const upsertTotal = "INSERT INTO day_total (day, " + countColumns + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (day) DO UPDATE SET` + addCount

func (w ledgerWriter) addTotal(_ struct{}, day srs.Day, n *srs.DayCount) error {
	_, err := w.tx.ExecContext(w.ctx, upsertTotal, day, n.Reviews, n.New, n.Drills, n.Again, n.Young, n.YoungPassed,
		n.Mature, n.MaturePassed, n.Millis)
	return err
}

const upsertSection = `INSERT INTO section_day (deck_id, day, section_id, reviews, tested, remembered, ` + movedColumns + `)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (deck_id, day, section_id) DO UPDATE SET reviews = reviews + excluded.reviews,
	tested = tested + excluded.tested, remembered = remembered + excluded.remembered,` + addMoved

func (w ledgerWriter) addSection(at deckSection, day srs.Day, c *sectionChange) error {
	m := c.moved
	_, err := w.tx.ExecContext(w.ctx, upsertSection, at.deck, day, at.section, c.reviews, c.tested, c.remembered,
		m.learning, m.young, m.mature, m.suspended)
	return err
}

// tallyColumns are the columns of hour_count in the order of tallyFields.
const tallyColumns = `new_1, new_2, new_3, new_4, learn_1, learn_2, learn_3, learn_4, young_1, young_2, young_3, young_4,
	mature_1, mature_2, mature_3, mature_4, drills, millis, took_5, took_10, took_20, took_40, took_60, took_more`

// tallySums sums them over several rows.
const tallySums = `sum(new_1), sum(new_2), sum(new_3), sum(new_4), sum(learn_1), sum(learn_2), sum(learn_3), sum(learn_4),
	sum(young_1), sum(young_2), sum(young_3), sum(young_4), sum(mature_1), sum(mature_2), sum(mature_3), sum(mature_4),
	sum(drills), sum(millis), sum(took_5), sum(took_10), sum(took_20), sum(took_40), sum(took_60), sum(took_more)`

const upsertHour = `INSERT INTO hour_count (day, hour, level, ` + tallyColumns + `)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (day, hour, level) DO UPDATE SET
	new_1 = new_1 + excluded.new_1, new_2 = new_2 + excluded.new_2, new_3 = new_3 + excluded.new_3, new_4 = new_4 + excluded.new_4,
	learn_1 = learn_1 + excluded.learn_1, learn_2 = learn_2 + excluded.learn_2, learn_3 = learn_3 + excluded.learn_3, learn_4 = learn_4 + excluded.learn_4,
	young_1 = young_1 + excluded.young_1, young_2 = young_2 + excluded.young_2, young_3 = young_3 + excluded.young_3, young_4 = young_4 + excluded.young_4,
	mature_1 = mature_1 + excluded.mature_1, mature_2 = mature_2 + excluded.mature_2, mature_3 = mature_3 + excluded.mature_3, mature_4 = mature_4 + excluded.mature_4,
	drills = drills + excluded.drills, millis = millis + excluded.millis, took_5 = took_5 + excluded.took_5, took_10 = took_10 + excluded.took_10,
	took_20 = took_20 + excluded.took_20, took_40 = took_40 + excluded.took_40, took_60 = took_60 + excluded.took_60, took_more = took_more + excluded.took_more`

// tallyFields are the numbers of t in the order of tallyColumns.
func tallyFields(t *srs.Tally) []*int64 {
	fields := make([]*int64, 0, 24)
	for i := range t.Buttons {
		for j := range t.Buttons[i] {
			fields = append(fields, &t.Buttons[i][j])
		}
	}
	fields = append(fields, &t.Drills, &t.Millis)
	for i := range t.Took {
		fields = append(fields, &t.Took[i])
	}
	return fields
}

func (w ledgerWriter) addHour(at hourLevel, day srs.Day, t *srs.Tally) error {
	args := append(make([]any, 0, 27), day, at.hour, at.level)
	for _, f := range tallyFields(t) {
		args = append(args, *f)
	}
	_, err := w.tx.ExecContext(w.ctx, upsertHour, args...)
	return err
}
