package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/path"
	"github.com/mindleaf/mindleaf/srs/session"
	"github.com/mindleaf/mindleaf/store"
)

// queueOptions narrow down and stretch what a sitting holds.
type queueOptions struct {
	filter store.Filter
	// newCards is the number of new cards the sitting may bring, below 0 for
	// what is left of the day's.
	newCards int
	// limit is the number of cards of the sitting, 0 for no limit.
	limit int
	// aheadDays brings cards that are due within so many days.
	aheadDays int
}

// heldBack is how many due cards wait until tomorrow: Siblings because a card of
// their leaf comes today or came already, Limits because they are more than a limit
// a day lets through.
type heldBack struct {
	Siblings int `json:"siblings"`
	Limits   int `json:"limits"`
}

// queue gathers what the study day holds for one sitting.
func (a *app) queue(ctx context.Context, lib *library, o queueOptions) (session.Options, error) {
	out, _, err := a.queueHeld(ctx, lib, o)
	return out, err
}

// queueHeld is queue for one who wants to know what is held back as well. Of due
// siblings the one that comes is chosen before the limits are, which so count only
// what is asked.
func (a *app) queueHeld(ctx context.Context, lib *library, o queueOptions) (out session.Options, held heldBack, err error) {
	out = session.Options{Day: lib.day, Limit: o.limit}
	if out.Scheduler, err = a.config.scheduler(); err != nil {
		return out, held, err
	}
	if out.Drill, err = lib.Drill(ctx, o.filter, lib.day); err != nil {
		return out, held, err
	}
	due, err := lib.Due(ctx, o.filter, lib.day, lib.day+srs.Day(o.aheadDays))
	if err != nil {
		return out, held, err
	}
	if out.Seen, err = lib.SeenLeaves(ctx, lib.day); err != nil {
		return out, held, err
	}
	// What was answered today does not come a second time ahead of its day.
	due = slices.DeleteFunc(due, func(c srs.Card) bool { return c.State.LastDay == lib.day && c.State.Due > lib.day })
	decks, err := lib.Decks(ctx, lib.day)
	if err != nil {
		return out, held, err
	}
	left, err := a.dayLeft(ctx, lib)
	if err != nil {
		return out, held, err
	}
	due, held.Siblings = session.OnePerLeaf(session.Order(due, lib.day), lib.day, takenLeaves(out))
	out.Due = left.cap(due, decks)
	held.Limits = len(due) - len(out.Due)
	newCards := o.newCards
	if newCards < 0 {
		newCards = left.allNew
	} else {
		left.newCards = nil // so many were asked for
	}
	out.New, err = a.pickNew(ctx, lib, o.filter, decks, newCards, left, out)
	return out, held, err
}

// cramQueue gathers every card there is, the least known first, for a sitting
// that leaves the schedule alone.
func (a *app) cramQueue(ctx context.Context, lib *library, o queueOptions) (session.Options, error) {
	scheduler, err := a.config.scheduler()
	if err != nil {
		return session.Options{}, err
	}
	out := session.Options{Day: lib.day, Limit: o.limit, Scheduler: scheduler}
	const ever = srs.Day(1 << 30)
	known, err := lib.Due(ctx, o.filter, lib.day, ever)
	if err != nil {
		return out, err
	}
	drill, err := lib.Drill(ctx, o.filter, lib.day)
	if err != nil {
		return out, err
	}
	err = lib.NewCards(ctx, o.filter, func(c srs.Card) bool {
		out.Cram = append(out.Cram, c)
		return true
	})
	out.Cram = append(append(drill, session.Order(known, lib.day)...), out.Cram...)
	return out, err
}

// pickNew draws n new cards in path order, from every deck in turn, passing
// over siblings of what the sitting already holds.
func (a *app) pickNew(ctx context.Context, lib *library, filter store.Filter, decks []store.Deck, n int, own dayLeft, o session.Options) ([]srs.Card, error) {
	if n == 0 {
		return nil, nil
	}
	var withNew []store.Deck
	for _, d := range decks {
		if d.Counts.New > 0 {
			withNew = append(withNew, d)
		}
	}
	withNew, err := lib.decksOf(ctx, filter, path.Rotate(withNew, lib.day))
	if err != nil {
		return nil, err
	}
	if filter.Query == nil {
		withNew = withNew[:min(len(withNew), n)] // each has one at least
	}
	if len(withNew) == 0 {
		return nil, nil
	}
	// Mostly every deck has its share; only when one is short do others give
	// more, so that no more cards are read than are asked.
	share := (n + len(withNew) - 1) / len(withNew)
	taken := takenLeaves(o)
	for {
		hands, total := make([][]srs.Card, len(withNew)), 0
		for i, d := range withNew {
			most := share
			if left, limited := own.newCards[d.ID]; limited {
				most = min(most, left)
			}
			hand, err := a.pickFrom(ctx, lib, filter, d, most, taken)
			if err != nil {
				return nil, err
			}
			hands[i] = hand
			total += len(hands[i])
		}
		if total >= n || share >= n {
			return deal(hands, n), nil
		}
		share = n
	}
}

// takenLeaves are the leaves of which a card was seen today or comes in the
// sitting anyway.
func takenLeaves(o session.Options) map[int64]bool {
	taken := make(map[int64]bool, len(o.Seen)+len(o.Due)+len(o.Drill))
	maps.Copy(taken, o.Seen)
	for _, c := range slices.Concat(o.Due, o.Drill) {
		taken[c.Leaf] = true
	}
	return taken
}

// pickFrom draws at most n new cards of one deck, those of the section in focus
// first.
func (a *app) pickFrom(ctx context.Context, lib *library, filter store.Filter, d store.Deck, n int, taken map[int64]bool) ([]srs.Card, error) {
	levels := path.Levels(d.Levels, d.Opened, a.pathSettings())
	open, last := path.Open(levels), int8(deck.Beginner)
	for _, l := range levels {
		if l.Open {
			last = int8(l.Level)
		}
	}
	picker := session.NewPicker(n, taken)
	filter.Deck = d.ID
	offered := make(map[int64]bool)
	asked := filter.Level != 0 || filter.Query != nil && len(filter.Query.Expr.Terms("level")) > 0
	take := func(c srs.Card) bool {
		switch {
		case offered[c.ID]:
			return true
		case asked || open(c.Level):
			offered[c.ID] = len(d.Focus) > 0
			return picker.Take(c)
		default:
			return c.Level < last
		}
	}
	if len(d.Focus) > 0 && filter.Section == 0 {
		focus, err := lib.FindSection(ctx, d.ID, d.Focus)
		if err != nil {
			return nil, err
		}
		if focus != 0 {
			within := filter
			within.Section = focus
			if err := lib.NewCards(ctx, within, take); err != nil || !picker.More() {
				return picker.Cards(), err
			}
		}
	}
	err := lib.NewCards(ctx, filter, take)
	return picker.Cards(), err
}

// levelWord is the word for a level of a card; those of none count as beginner.
func levelWord(level int8) string { return max(deck.Level(level), deck.Beginner).String() }

// deal takes one card from each hand in turn until there are n.
func deal(hands [][]srs.Card, n int) []srs.Card {
	var out []srs.Card
	for round := 0; ; round++ {
		dealt := false
		for _, hand := range hands {
			if round < len(hand) && len(out) < n {
				out = append(out, hand[round])
				dealt = true
			}
		}
		if !dealt {
			return out
		}
	}
}

func (a *app) pathSettings() path.Settings {
	return path.Settings{GatePercent: a.config.Path.GatePercent}
}

// findFilter resolves what a learner typed: the id or title of a deck, or the
// name of a section, wholly or in part.
func (a *app) findFilter(ctx context.Context, lib *library, name string) (store.Filter, error) {
	if name == "" {
		return store.Filter{}, nil
	}
	decks, err := lib.Decks(ctx, lib.day)
	if err != nil {
		return store.Filter{}, err
	}
	return a.findAmong(ctx, lib, decks, name)
}

// findAmong is findFilter for one who knows the decks.
func (a *app) findAmong(ctx context.Context, lib *library, decks []store.Deck, name string) (store.Filter, error) {
	if name == "" {
		return store.Filter{}, nil
	}
	for _, d := range decks {
		if string(d.ID) == name || d.Title == name {
			return store.Filter{Deck: d.ID}, nil
		}
	}
	var exact, partial []match
	for _, d := range decks {
		sections, err := lib.Sections(ctx, d.ID, lib.day)
		if err != nil {
			return store.Filter{}, err
		}
		if strings.Contains(fold(d.Title), fold(name)) {
			partial = append(partial, match{store.Filter{Deck: d.ID}, d.Title})
		}
		for _, s := range sections {
			m := match{store.Filter{Deck: d.ID, Section: s.Key}, d.Title + " / " + s.Name}
			switch {
			case fold(s.Name) == fold(name):
				exact = append(exact, m)
			case strings.Contains(fold(s.Name), fold(name)):
				partial = append(partial, m)
			}
		}
	}
	return a.onlyMatch(name, exact, partial)
}

// match is a deck or section that fits what was typed.
type match struct {
	filter store.Filter
	name   string
}

func (a *app) onlyMatch(name string, exact, partial []match) (store.Filter, error) {
	found := exact
	if len(found) == 0 {
		found = partial
	}
	switch len(found) {
	case 0:
		return store.Filter{}, withHint(fmt.Errorf("there is no deck or section %q", name), "mindleaf progress lists the sections, mindleaf deck list the decks")
	case 1:
		return found[0].filter, nil
	}
	names := make([]string, 0, 5)
	for _, m := range found[:min(len(found), 5)] {
		names = append(names, m.name)
	}
	return store.Filter{}, withHint(fmt.Errorf("%q fits %d sections", name, len(found)), "type more of one of them: %s", strings.Join(names, "; "))
}

// fold makes names comparable: case is ignored.
func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// parseLevel reads the --level flag.
func parseLevel(word string) (int8, error) {
	l, err := deck.ParseLevel(word)
	if err != nil {
		return 0, usageError{err}
	}
	return int8(l), nil
}
