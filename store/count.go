package store

import (
	"context"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// Deck is a deck that has a file, with its counters.
type Deck struct {
	Key                   int64
	ID                    deck.ID
	Title, Language, Path string
	// Err says why the deck's file could not be read last; "" when it could.
	Err    string
	Counts srs.Counts
	// Levels and Opened are indexed by deck.Level; Opened says which levels were
	// opened by hand.
	Levels [4]srs.Counts
	Opened [4]bool
	// Focus is the path of the section that new cards come from first; empty
	// when there is none.
	Focus []string
	Due   int64
}

// Gone returns the decks without a file of which there is a history. Nothing of them
// is counted.
func (d *DB) Gone(ctx context.Context) ([]Deck, error) {
	decks, err := collect(ctx, d.db, scanDeck, `SELECT id, uid, title, language, path, '' FROM deck WHERE path = ''
		AND EXISTS (SELECT 1 FROM card JOIN event ON event.card_id = card.id WHERE card.deck_id = deck.id) ORDER BY title, uid`)
	if err != nil {
		return nil, d.explain("reading the decks", err)
	}
	return decks, nil
}

// Decks returns the decks by title, with what is due on day.
func (d *DB) Decks(ctx context.Context, day srs.Day) ([]Deck, error) {
	decks, err := collect(ctx, brief{d}, scanDeck, `SELECT deck.id, deck.uid, deck.title, deck.language, deck.path, coalesce(deck_file.err, '')
		FROM deck LEFT JOIN deck_file ON deck_file.path = deck.path WHERE deck.path <> '' ORDER BY deck.title, deck.uid`)
	if err != nil {
		return nil, d.explain("reading the decks", err)
	}
	byKey := make(map[int64]*Deck, len(decks))
	byID := make(map[deck.ID]*Deck, len(decks))
	for i := range decks {
		byKey[decks[i].Key], byID[decks[i].ID] = &decks[i], &decks[i]
	}
	levels, err := collect(ctx, brief{d}, scanLevel, "SELECT deck_id, level, n_new, n_learning, n_young, n_mature, n_suspended FROM level_count")
	if err != nil {
		return nil, d.explain("reading the levels", err)
	}
	for _, l := range levels {
		if of := byKey[l.deck]; of != nil && l.level >= 0 && l.level < len(of.Levels) {
			of.Levels[l.level] = l.counts
			of.Counts = of.Counts.Add(l.counts, 1)
		}
	}
	opened, err := collect(ctx, brief{d}, scanOpened, "SELECT deck, level FROM opened_level")
	if err != nil {
		return nil, d.explain("reading the levels", err)
	}
	for _, o := range opened {
		if of := byID[o.deck]; of != nil && o.level >= 0 && o.level < len(of.Opened) {
			of.Opened[o.level] = true
		}
	}
	focus, err := collect(ctx, brief{d}, scanFocus, "SELECT deck, section FROM focus")
	if err != nil {
		return nil, d.explain("reading the focus", err)
	}
	for _, f := range focus {
		if of := byID[f.deck]; of != nil {
			of.Focus = strings.Split(f.section, "\n")
		}
	}
	due, err := d.dueBy(ctx, "deck_id", day)
	for _, k := range due {
		if of := byKey[k.key]; of != nil {
			of.Due = k.n
		}
	}
	return decks, err
}

func scanDeck(row scanner) (d Deck, err error) {
	return d, row.Scan(&d.Key, &d.ID, &d.Title, &d.Language, &d.Path, &d.Err)
}

type levelCount struct {
	deck   int64
	level  int
	counts srs.Counts
}

func scanLevel(row scanner) (l levelCount, err error) {
	c := &l.counts
	return l, row.Scan(&l.deck, &l.level, &c.New, &c.Learning, &c.Young, &c.Mature, &c.Suspended)
}

type openedLevel struct {
	deck  deck.ID
	level int
}

// focused is the section that a deck's new cards come from first.
type focused struct {
	deck    deck.ID
	section string
}

func scanFocus(row scanner) (f focused, err error) { return f, row.Scan(&f.deck, &f.section) }

func scanOpened(row scanner) (o openedLevel, err error) { return o, row.Scan(&o.deck, &o.level) }

// keyed is a number by a key.
type keyed struct{ key, n int64 }

func scanKeyed(row scanner) (k keyed, err error) { return k, row.Scan(&k.key, &k.n) }

// dueBy counts what is due on day, grouped by a column of the index card_due.
func (d *DB) dueBy(ctx context.Context, column string, day srs.Day) ([]keyed, error) {
	due, err := collect(ctx, brief{d}, scanKeyed, "SELECT "+column+", count(*)"+isDue+" GROUP BY "+column, day, day)
	return due, d.explain("counting what is due", err)
}

// DueByLevel returns what is due on day, in all decks, by deck.Level.
func (d *DB) DueByLevel(ctx context.Context, day srs.Day) (levels [4]int64, err error) {
	due, err := d.dueBy(ctx, "level", day)
	for _, k := range due {
		if k.key >= 0 && k.key < int64(len(levels)) {
			levels[k.key] = k.n
		}
	}
	return levels, err
}

// Section is a branch of a deck's map. Its numbers are of the leaves right below
// it only.
type Section struct {
	Key, Parent int64 // Parent is 0 at the top
	Name        string
	Leaves      int64
	Counts      srs.Counts
	Due         int64
}

// Sections returns the sections of a deck in the order of the map, a parent
// always before its children.
func (d *DB) Sections(ctx context.Context, in deck.ID, day srs.Day) ([]Section, error) {
	sections, err := collect(ctx, d.db, scanSection, `SELECT section.id, parent_id, name, leaves, n_new, n_learning, n_young, n_mature, n_suspended
		FROM section JOIN deck ON deck.id = section.deck_id WHERE deck.uid = ? ORDER BY ord, section.id`, in)
	if err != nil {
		return nil, d.explain("reading the sections", err)
	}
	due, err := d.dueBy(ctx, "section_id", day)
	if err != nil {
		return nil, err
	}
	bySection := make(map[int64]int64, len(due))
	for _, k := range due {
		bySection[k.key] = k.n
	}
	known := make(map[int64]bool, len(sections))
	for _, s := range sections {
		known[s.Key] = true
	}
	for i := range sections {
		s := &sections[i]
		s.Due = bySection[s.Key]
		if s.Parent >= s.Key || !known[s.Parent] { // made before it, unless the index is damaged
			s.Parent = 0
		}
	}
	return occupied(sections), nil
}

func scanSection(row scanner) (s Section, err error) {
	c := &s.Counts
	return s, row.Scan(&s.Key, &s.Parent, &s.Name, &s.Leaves, &c.New, &c.Learning, &c.Young, &c.Mature, &c.Suspended)
}

// occupied leaves out sections that hold archived cards only, and puts parents
// before their children.
func occupied(sections []Section) []Section {
	children := make(map[int64][]Section)
	for _, s := range sections {
		children[s.Parent] = append(children[s.Parent], s)
	}
	var below func(parent int64) []Section
	below = func(parent int64) []Section {
		var out []Section
		for _, s := range children[parent] {
			under := below(s.Key)
			if s.Counts.Total() > 0 || len(under) > 0 {
				out = append(append(out, s), under...)
			}
		}
		return out
	}
	return below(0)
}

// DayCount returns what was done from one study day to another, both included,
// in f.Deck or in all decks. Days on which nothing was done are left out.
func (d *DB) DayCount(ctx context.Context, f Filter, from, to srs.Day) (map[srs.Day]srs.DayCount, error) {
	query, args := "SELECT day, "+countColumns+" FROM day_total WHERE day BETWEEN ? AND ?", []any{from, to}
	if f.Deck != "" {
		query = "SELECT day, " + countColumns + " FROM day_count WHERE day BETWEEN ? AND ? AND deck_id = (SELECT id FROM deck WHERE uid = ?)"
		args = append(args, f.Deck)
	}
	days := make(map[srs.Day]srs.DayCount, min(max(int(to-from)+1, 0), 366))
	var day srs.Day
	var n srs.DayCount
	fields := append([]any{&day}, numbers(countFields(&n)...)...)
	scan := func(row scanner) (none struct{}, err error) { return none, row.Scan(fields...) }
	for _, err := range each(unlessDone(ctx), cached{d}, scan, query, args...) {
		if err != nil {
			return nil, d.explain("reading what was done", err)
		}
		if n != (srs.DayCount{}) {
			days[day] = n
		}
	}
	return days, nil
}

// DueForecast returns how many cards become due on each study day from one to
// another, both included. What is overdue counts on the first. Days on which
// nothing is due are left out.
func (d *DB) DueForecast(ctx context.Context, f Filter, from, to srs.Day) (map[srs.Day]int64, error) {
	where, args := f.where()
	due, err := collect(ctx, d.db, scanKeyed, `SELECT max(due, ?1), count(*) FROM card INDEXED BY card_due
		WHERE phase > 0 AND archived = 0 AND suspended = 0 AND due <= ?2`+where+" GROUP BY max(due, ?1)", append([]any{from, to}, args...)...)
	if err != nil {
		return nil, d.explain("reading what will be due", err)
	}
	days := make(map[srs.Day]int64, len(due))
	for _, k := range due {
		days[srs.Day(k.key)] = k.n
	}
	return days, nil
}

// LevelSections is Sections for the cards of one level only; cards of no level
// are the beginner's. It reads the deck's cards and not counters.
func (d *DB) LevelSections(ctx context.Context, in deck.ID, level int8, day srs.Day) ([]Section, error) {
	sections, err := d.Sections(ctx, in, day)
	if err != nil {
		return nil, err
	}
	f := Filter{Deck: in, Level: level}
	where, args := f.where()
	counted, err := collect(ctx, d.db, scanSection, `SELECT section_id, 0, '', count(DISTINCT leaf_id), `+countedStates+
		" FROM card WHERE archived = 0"+where+" GROUP BY section_id", args...)
	if err != nil {
		return nil, d.explain("reading the sections", err)
	}
	due, err := collect(ctx, d.db, scanKeyed, "SELECT section_id, count(*)"+isDue+where+" GROUP BY section_id", append([]any{day, day}, args...)...)
	if err != nil {
		return nil, d.explain("counting what is due", err)
	}
	byKey := make(map[int64]Section, len(counted))
	for _, s := range counted {
		byKey[s.Key] = s
	}
	for i := range sections {
		s := byKey[sections[i].Key]
		sections[i].Leaves, sections[i].Counts, sections[i].Due = s.Leaves, s.Counts, 0
		for _, k := range due {
			if k.key == sections[i].Key {
				sections[i].Due = k.n
			}
		}
	}
	return occupied(sections), nil
}
