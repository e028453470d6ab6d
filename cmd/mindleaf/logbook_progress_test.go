package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
)

// place counts the cards that which lets through.
func (b *logBook) place(name string, path []string, since int, withTrend bool, which func(*logCard) bool) placeFigure {
	c := b.count(which)
	p := placeFigure{Name: name, Path: path, Counts: countsJSON(c.counts), Due: c.due, Recall: c.recall(), Percent: known(c.counts)}
	from := b.today - srs.Day(since) + 1
	b.answers(from, b.today, func(c *logCard, s logStep) {
		if reviewed(s) && which(c) {
			p.Reviews++
		}
	})
	p.testFigure = b.tested(from, b.today, func(c *logCard, _ logStep) bool { return which(c) })
	if withTrend {
		p.Gained = b.grown(from-1, which)
	}
	return p
}

func (b *logBook) places(f *figures, since int) {
	for _, id := range b.deckIDs() {
		f.Decks = append(f.Decks, b.place(b.titles[id], nil, since, true, func(c *logCard) bool { return c.deck == id }))
		f.Sections = append(f.Sections, b.sectionPlaces(id, 0, nil, since)...)
	}
	f.Counts = countsJSON(b.count(func(*logCard) bool { return true }).counts)
	for level := 1; level <= 3; level++ {
		f.Levels = append(f.Levels, b.place(deck.Level(level).String(), nil, since, false, func(c *logCard) bool { return c.level == level }))
	}
}

func (b *logBook) sectionPlaces(id string, parent int64, path []string, since int) (places []placeFigure) {
	for _, s := range b.below(id, parent) {
		at := append(slices.Clone(path), s.name)
		places = append(places, b.place(s.name, at, since, true, func(c *logCard) bool { return !c.archived && b.within(c.section, s.id) }))
		if len(at) < 2 {
			places = append(places, b.sectionPlaces(id, s.id, at, since)...)
		}
	}
	return places
}

func (b *logBook) deckIDs() (ids []string) {
	for id := range b.titles {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(x, y string) int { return cmp.Compare(b.titles[x], b.titles[y]) })
	return ids
}

// below are the sections right below one that hold cards of the file.
func (b *logBook) below(id string, parent int64) (sections []logSection) {
	for _, s := range b.sections {
		if s.deck == id && s.parent == parent && slices.ContainsFunc(b.cards, func(c logCard) bool { return !c.archived && b.within(c.section, s.id) }) {
			sections = append(sections, s)
		}
	}
	return sections
}

func (b *logBook) within(section, top int64) bool {
	for section != 0 && section != top {
		at := slices.IndexFunc(b.sections, func(s logSection) bool { return s.id == section })
		section = b.sections[at].parent
	}
	return section == top
}

// counted is where the cards of a place stand.
type counted struct {
	counts srs.Counts
	due    int64
	leaves map[string]bool
	sum    float64
	n      int
}

func (c counted) recall() *float64 {
	if c.n == 0 {
		return nil
	}
	mean := c.sum / float64(c.n)
	return &mean
}

func (b *logBook) count(which func(*logCard) bool) counted {
	c := counted{counts: b.countsOn(b.today, which), leaves: make(map[string]bool)}
	for i := range b.cards {
		card := &b.cards[i]
		if card.archived || !which(card) {
			continue
		}
		c.leaves[fmt.Sprint(card.section, " ", card.leaf)] = true
		if b.isDue(card, b.today) {
			c.due++
		}
		if s := card.state; s.Phase != srs.New && !s.Suspended {
			c.sum, c.n = c.sum+sm2.Recall(s, b.today), c.n+1
		}
	}
	return c
}

// countsOn says where the cards that are in a file now stood after a day.
func (b *logBook) countsOn(day srs.Day, which func(*logCard) bool) (c srs.Counts) {
	for i := range b.cards {
		card := &b.cards[i]
		if card.archived || !which(card) {
			continue
		}
		state := srs.NewState()
		for _, s := range card.steps {
			if s.day <= day {
				state = s.after
			}
		}
		if state.Suspended {
			c.Suspended++
			continue
		}
		*[]*int64{&c.New, &c.Learning, &c.Young, &c.Mature}[stage(state)]++
	}
	return c
}

// known is nil where all cards are suspended.
func known(c srs.Counts) *int64 {
	active := c.New + c.Learning + c.Young + c.Mature
	if active == 0 {
		return nil
	}
	percent := (100*c.Mature + 50*c.Young + 25*c.Learning) / active
	return &percent
}

// grown is by how much the cards that are not suspended today are known better than
// after a day, nil where one of these days has none.
func (b *logBook) grown(since srs.Day, which func(*logCard) bool) *int64 {
	shown := func(c *logCard) bool { return which(c) && !c.state.Suspended }
	is, was := known(b.countsOn(b.today, shown)), known(b.countsOn(since, shown))
	if is == nil || was == nil {
		return nil
	}
	grown := *is - *was
	return &grown
}

// progress is the tree of every deck, for one level or, for 0, for all.
func (b *logBook) progress(level int) []deckProgress {
	out := []deckProgress{}
	for _, id := range b.deckIDs() {
		of := func(c *logCard) bool { return c.deck == id && (level == 0 || c.level == level) }
		d := deckProgress{ID: id, branch: b.branch(b.titles[id], id, 0, level, of)}
		if level == 0 {
			d.Levels = b.levels(id)
		}
		out = append(out, d)
	}
	return out
}

func (b *logBook) branch(name, id string, key int64, level int, which func(*logCard) bool) branch {
	c := b.count(which)
	out := branch{Name: name, Counts: countsJSON(c.counts), Due: c.due, Percent: known(c.counts), Recall: c.recall(), Sections: []*branch{}}
	for place := range c.leaves {
		if !strings.HasPrefix(place, "0 ") { // cards that stand alone are no leaves
			out.Leaves++
		}
	}
	if level == 0 {
		out.Trend7, out.Trend30 = b.grown(b.today-7, which), b.grown(b.today-30, which)
	}
	for _, s := range b.below(id, key) {
		inside := func(c *logCard) bool { return which(c) && b.within(c.section, s.id) }
		if b.count(inside).counts.Total() > 0 {
			below := b.branch(s.name, id, s.id, level, inside)
			out.Sections = append(out.Sections, &below)
		}
	}
	return out
}

// levels says what of each level is known; by default four fifths of one open
// the next.
func (b *logBook) levels(id string) (levels []levelProgress) {
	open := true
	for level := 1; level <= 3; level++ {
		c := b.count(func(c *logCard) bool { return c.deck == id && c.level == level }).counts
		active, learned := c.Total()-c.Suspended, c.Young+c.Mature
		open = open || active > c.New
		needed := max((active*80+99)/100-learned, 0)
		levels = append(levels, levelProgress{Level: deck.Level(level).String(), Open: open, Needed: needed, Percent: known(c), Counts: countsJSON(c)})
		open = open && needed == 0
	}
	for i := range levels {
		if i == 2 || levels[i+1].Open {
			levels[i].Needed = 0
		}
	}
	return levels
}

// checkLog fails when the log holds too little to prove anything.
func (b *logBook) checkLog(t *testing.T, reviews int) {
	t.Helper()
	all := b.done(0, b.today)
	zones, archived, moved := make(map[string]bool), 0, 0
	for _, c := range b.cards {
		if c.archived && len(c.steps) > 0 {
			archived++
		}
		if len(c.steps) > 0 && c.section != 0 && b.sections[slices.IndexFunc(b.sections, func(s logSection) bool { return s.id == c.section })].name == "搬来的" {
			moved++
		}
		for _, s := range c.steps {
			zones[s.at.Format("-0700")] = true
		}
	}
	c := b.count(func(*logCard) bool { return true }).counts
	week := b.done(b.today-6, b.today)
	if int(all.Reviews) < reviews || b.streak() < 5 || b.streak() > 100 || week.Reviews == week.New || all.Drills == 0 || len(zones) < 3 || archived == 0 || moved == 0 || c.Suspended == 0 || c.Young == 0 || c.Mature == 0 || c.Learning == 0 {
		t.Fatalf("the log proves little: %+v, zones %v, %d archived, %d moved, %+v", all, zones, archived, moved, c)
	}
}
