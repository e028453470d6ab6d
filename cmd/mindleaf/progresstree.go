package main

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/path"
	"github.com/mindleaf/mindleaf/srs/sm2"
	"github.com/mindleaf/mindleaf/store"
)

// branch is a section with everything below it added up.
type branch struct {
	Key    int64      `json:"-"`
	Name   string     `json:"name"`
	Leaves int64      `json:"leaves"`
	Counts jsonCounts `json:"counts"`
	Due    int64      `json:"due"`
	// Percent is null where all cards are suspended, Recall where nothing was
	// reviewed. Trend7 and Trend30 are null where the cards of one level are
	// counted, and where all cards are suspended or were then.
	Percent  *int64    `json:"percent"`
	Recall   *float64  `json:"recall"`
	Trend7   *int64    `json:"trend7"`
	Trend30  *int64    `json:"trend30"`
	Sections []*branch `json:"sections"`

	counts srs.Counts
	recall meanRecall
	recent *store.Recent
	cards  bool // whether cards hang here and not only below
}

// meanRecall adds up recall probabilities.
type meanRecall struct {
	sum float64
	n   int64
}

func (m *meanRecall) add(o meanRecall) { m.sum, m.n = m.sum+o.sum, m.n+o.n }

// mean returns nil when there is nothing to take the mean of.
func (m meanRecall) mean() *float64 {
	if m.n == 0 {
		return nil
	}
	mean := m.sum / float64(m.n)
	return &mean
}

// lost is how many of the cards would not be recalled now.
func (m meanRecall) lost() float64 { return float64(m.n) - m.sum }

// recalls is the recall by deck and by section.
type recalls struct {
	decks, sections map[int64]*meanRecall
}

func (r recalls) in(means map[int64]*meanRecall, key int64) *meanRecall {
	m := means[key]
	if m == nil {
		m = &meanRecall{}
		means[key] = m
	}
	return m
}

// progressOptions say what progress gathers.
type progressOptions struct {
	filter store.Filter
	// sections are gathered even of many decks.
	sections bool
	// lately says what of the last days is gathered.
	lately store.Lately
	// observe, when not nil, is offered every card and its recall probability.
	observe func(*store.CardState, float64)
}

// The spans of the trends that progress shows.
const (
	weekDays  = 7
	monthDays = 30
)

// recall adds up the recall of all cards on the day, or of those of one deck,
// whose key is not 0 then, or of one level.
func (a *app) recall(ctx context.Context, lib *library, o progressOptions, deckKey int64, sections bool) (recalls, error) {
	r := recalls{make(map[int64]*meanRecall), make(map[int64]*meanRecall)}
	curve := sm2.NewCurve(lib.day)
	// Neighbours are mostly of one deck and section.
	var inDeck, inSection *meanRecall
	atDeck, atSection := int64(0), int64(0)
	err := lib.States(ctx, deckKey, func(c *store.CardState) {
		if l := o.filter.Level; l != 0 && max(c.Level, 1) != l {
			return
		}
		p := meanRecall{curve.Recall(&c.State), 1}
		if inDeck == nil || atDeck != c.Deck {
			inDeck, atDeck = r.in(r.decks, c.Deck), c.Deck
		}
		inDeck.add(p)
		if sections && c.Section != 0 {
			if inSection == nil || atSection != c.Section {
				inSection, atSection = r.in(r.sections, c.Section), c.Section
			}
			inSection.add(p)
		}
		if o.observe != nil {
			o.observe(c, p.sum)
		}
	})
	return r, err
}

// progress gathers how well those of decks that the filter lets through are known.
func (a *app) progress(ctx context.Context, lib *library, decks []store.Deck, o progressOptions) ([]deckProgress, error) {
	deckKey := int64(0)
	if o.filter.Deck != "" {
		decks = slices.DeleteFunc(decks, func(d store.Deck) bool { return d.ID != o.filter.Deck })
		if len(decks) == 1 {
			deckKey = decks[0].Key
		}
	}
	sections := len(decks) <= fewDecks || o.sections || o.filter.Deck != ""
	recall, err := a.recall(ctx, lib, o, deckKey, sections)
	if err != nil {
		return nil, err
	}
	o.lately.Deck = deckKey
	if o.filter.Level == 0 && slices.ContainsFunc(decks, func(d store.Deck) bool { return d.Counts.Suspended > 0 }) {
		if o.lately.Suspended, err = lib.SuspendedLately(ctx, o.lately); err != nil {
			return nil, err
		}
	}
	recent, err := lib.RecentByDeck(ctx, o.lately)
	if err != nil {
		return nil, err
	}
	out := make([]deckProgress, 0, len(decks))
	for _, d := range decks {
		b := &branch{Name: d.Title, counts: d.Counts, Due: d.Due, recall: *recall.in(recall.decks, d.Key), Sections: []*branch{}}
		if r := recent[d.Key]; o.filter.Level == 0 {
			b.recent = &r
		}
		if sections {
			if b, err = a.sectionTree(ctx, lib, d, b, recall, o); err != nil {
				return nil, err
			}
		}
		b.finish()
		p := deckProgress{ID: string(d.ID), branch: *b, byLevel: d.Levels}
		if o.filter.Level == 0 && o.filter.Section == 0 {
			p.Levels = a.levelsOf(d)
		}
		out = append(out, p)
	}
	return out, nil
}

func (a *app) levelsOf(d store.Deck) (levels []levelProgress) {
	for _, l := range path.Levels(d.Levels, d.Opened, a.pathSettings()) {
		if l.Counts.Total() > 0 {
			levels = append(levels, levelProgress{
				Level: l.Level.String(), Open: l.Open, Needed: l.Needed, Percent: mastery(l.Counts), Counts: countsJSON(l.Counts),
			})
		}
	}
	return levels
}

// sectionTree hangs the sections of a deck below root, and returns root or the
// section the filter names.
func (a *app) sectionTree(ctx context.Context, lib *library, d store.Deck, root *branch, recall recalls, o progressOptions) (*branch, error) {
	f := o.filter
	var sections []store.Section
	var recent map[int64]store.Recent
	var err error
	if f.Level == 0 {
		if sections, err = lib.Sections(ctx, d.ID, lib.day); err == nil {
			o.lately.Deck = d.Key
			recent, err = lib.RecentBySection(ctx, o.lately)
		}
	} else {
		sections, err = lib.LevelSections(ctx, d.ID, f.Level, lib.day)
	}
	if err != nil {
		return nil, err
	}
	byKey := map[int64]*branch{0: root}
	for _, s := range sections {
		b := &branch{
			Key: s.Key, Name: s.Name, Leaves: s.Leaves, Due: s.Due, counts: s.Counts, Sections: []*branch{},
			recall: *recall.in(recall.sections, s.Key), cards: s.Counts.Total() > 0,
		}
		if recent != nil {
			r := recent[s.Key]
			b.recent = &r
		}
		byKey[s.Key] = b
		parent := byKey[s.Parent]
		parent.Sections = append(parent.Sections, b)
	}
	if f.Level != 0 {
		root.ofLevel(d.Levels, f.Level)
		// Cards that stand alone are in no section.
		if root.Due, err = lib.DueCount(ctx, store.Filter{Deck: d.ID, Level: f.Level}, lib.day); err != nil {
			return nil, err
		}
	}
	for _, b := range root.Sections {
		b.sum()
		root.Leaves += b.Leaves
	}
	if b, ok := byKey[f.Section]; ok {
		return b, nil
	}
	return root, nil
}

// ofLevel makes the counts of a deck those of one level.
func (b *branch) ofLevel(levels [4]srs.Counts, level int8) {
	b.counts = levels[level]
	if level == 1 {
		b.counts = b.counts.Add(levels[0], 1)
	}
}

// sum adds what is below b to b.
func (b *branch) sum() {
	for _, c := range b.Sections {
		c.sum()
		b.counts = b.counts.Add(c.counts, 1)
		b.Due += c.Due
		b.Leaves += c.Leaves
		b.recall.add(c.recall)
		if b.recent != nil && c.recent != nil {
			b.recent.Short = b.recent.Short.Add(c.recent.Short, 1)
			b.recent.Long = b.recent.Long.Add(c.recent.Long, 1)
			b.recent.Reviews += c.recent.Reviews
			b.recent.Tested += c.recent.Tested
			b.recent.Remembered += c.recent.Remembered
		}
	}
	b.finish()
}

// finish fills in what follows from the sums.
func (b *branch) finish() {
	b.Counts = countsJSON(b.counts)
	b.Percent = mastery(b.counts)
	b.Recall = b.recall.mean()
	if b.recent != nil {
		b.Trend7, b.Trend30 = trend(b.counts, b.recent.Short), trend(b.counts, b.recent.Long)
	}
}

// trend is how many points mastery grew by how the cards moved; nil where there is
// nothing to compare.
func trend(now, moved srs.Counts) *int64 {
	is, was := mastery(now), mastery(now.Add(moved, -1))
	if is == nil || was == nil {
		return nil
	}
	grown := *is - *was
	return &grown
}

// mastery is how well the cards of c are known, in percent: mature cards count
// whole, young ones half, learning ones a quarter; suspended ones are left out. It
// is nil where there are no others.
func mastery(c srs.Counts) *int64 {
	if c.Active() == 0 {
		return nil
	}
	known := percent(4*c.Mature+2*c.Young+c.Learning, 4*c.Active())
	return &known
}

// branchOrder returns the order that --sort names; nil is that of the map.
func branchOrder(word string) (func(a, b *branch) int, error) {
	switch word {
	case "map":
		return nil, nil
	case "name":
		return func(a, b *branch) int { return strings.Compare(a.Name, b.Name) }, nil
	case "percent":
		return func(a, b *branch) int { return leastFirst(a.Percent, b.Percent) }, nil
	case "due":
		return func(a, b *branch) int { return cmp.Compare(b.Due, a.Due) }, nil
	case "recall":
		return func(a, b *branch) int { return leastFirst(a.Recall, b.Recall) }, nil
	}
	return nil, usagef("--sort takes map, name, percent, due or recall, not %q", word)
}

// leastFirst compares two figures; one that there is not comes last.
func leastFirst[T cmp.Ordered](a, b *T) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return cmp.Compare(*a, *b)
}

// sort puts the branches below b in an order, what is equal in that of the map.
func (b *branch) sort(order func(a, b *branch) int) {
	if order == nil {
		return
	}
	slices.SortStableFunc(b.Sections, order)
	for _, c := range b.Sections {
		c.sort(order)
	}
}

// weakSection is a section in the list of those that need work.
type weakSection struct {
	Deck string   `json:"deck"`
	Path []string `json:"path"`
	// Lost is how many of the reviewed cards would not be recalled now.
	Lost float64 `json:"lost"`
	*branch
}

// weakest lists the sections that hold cards themselves, those in which most
// would be forgotten now first, then those with most due, then in the order of
// the map.
func weakest(all []deckProgress) []weakSection {
	out := []weakSection{}
	var walk func(deck string, path []string, b *branch)
	walk = func(deck string, path []string, b *branch) {
		if b.cards {
			out = append(out, weakSection{Deck: deck, Path: slices.Clone(path), Lost: b.recall.lost(), branch: b})
		}
		for _, c := range b.Sections {
			walk(deck, append(path, c.Name), c)
		}
	}
	for i := range all {
		d := &all[i]
		if d.Key != 0 {
			walk(d.ID, []string{d.Name}, &d.branch)
			continue
		}
		walk(d.ID, nil, &d.branch)
	}
	slices.SortStableFunc(out, func(a, b weakSection) int {
		return cmp.Or(cmp.Compare(b.Lost, a.Lost), cmp.Compare(b.Due, a.Due))
	})
	return out
}
