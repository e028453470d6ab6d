package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/srs/filter"
	"github.com/mindleaf/mindleaf/store"
)

// filterHelp tells what a filter may say.
const filterHelp = `A filter is made of words a card must have in its front, back, note or path, and
of conditions; all must hold. "or", a - in front and brackets combine them, quotes
hold words together, and the signs may be Chinese ones:

  deck:NAME section:NAME level:advanced tag:NAME kind:cloze id:BEGINNING
  is:due is:new is:learning is:young is:mature is:leech is:suspended is:buried
  is:flagged is:drill is:archived flag:2
  due<7 due=0 (days from today)  interval>=21  ease<2  lapses>3

is:due is every card whose day has come; of these a review may bring fewer, see
mindleaf due --help.

  注意力 is:due -tag:易 (ease<2 or lapses>3)    章节：训练过程 是：顽固卡`

// query reads a filter; a mistake in it is wrong usage.
func (a *app) query(lib *library, text string) (*store.Query, error) {
	e, err := filter.Parse(text)
	if err != nil {
		return nil, usageError{err}
	}
	return &store.Query{Expr: e, Today: lib.day, LeechLapses: a.config.Review.LeechLapses}, nil
}

// findCards resolves what a learner typed, the arguments of a command: a deck or a
// section as findFilter does, or a filter.
func (a *app) findCards(ctx context.Context, lib *library, args []string) (store.Filter, error) {
	words := strings.Join(args, " ")
	found, err := a.findFilter(ctx, lib, words)
	if err == nil || !filter.IsQuery(words) {
		return found, err
	}
	q, err := a.query(lib, words)
	return store.Filter{Query: q}, err
}

// fitting returns which cards f lets through, by their keys.
func (lib *library) fitting(ctx context.Context, f store.Filter) (map[int64]bool, error) {
	keys, _, err := lib.Search(ctx, f, 0)
	fit := make(map[int64]bool, len(keys))
	for _, key := range keys {
		fit[key] = true
	}
	return fit, err
}

// decksOf leaves the decks that f may let a card of through.
func (lib *library) decksOf(ctx context.Context, f store.Filter, decks []store.Deck) ([]store.Deck, error) {
	if f.Deck != "" {
		decks = slices.DeleteFunc(decks, func(d store.Deck) bool { return d.ID != f.Deck })
	}
	if f.Query == nil {
		return decks, nil
	}
	within, err := lib.DecksOf(ctx, f)
	return slices.DeleteFunc(decks, func(d store.Deck) bool { return !within[d.Key] }), err
}

// chosenCards returns the keys of the cards that are named one by one, or that a
// filter lets through: one at least.
func (a *app) chosenCards(ctx context.Context, lib *library, args []string) (keys []int64, err error) {
	if text := strings.Join(args, " "); filter.IsQuery(text) {
		q, err := a.query(lib, text)
		if err != nil {
			return nil, err
		}
		keys, _, err := lib.Search(ctx, store.Filter{Query: q}, 0)
		if err == nil && len(keys) == 0 {
			err = noneFits(text)
		}
		return keys, err
	}
	for _, name := range args {
		key, err := lib.oneCard(ctx, name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

func noneFits(filter string) error {
	return withHint(fmt.Errorf("no card fits %q", filter), "mindleaf card search --help tells what a filter may say")
}

// oneCard returns the key of the card that name means: deck/card, the card alone,
// or the beginning of one of these.
func (lib *library) oneCard(ctx context.Context, name string) (int64, error) {
	const shown = 5
	found, err := lib.Named(ctx, name, shown+1)
	switch {
	case err != nil:
		return 0, err
	case len(found) == 0:
		return 0, withHint(fmt.Errorf("there is no card %q", name), "mindleaf card search finds cards and tells their names")
	case len(found) == 1:
		return found[0].Key, nil
	}
	names := make([]string, 0, shown)
	for _, n := range found[:min(len(found), shown)] {
		names = append(names, fmt.Sprintf("%s/%s", n.Deck, n.Card))
	}
	if len(found) > shown {
		err = fmt.Errorf("%q fits more than %d cards", name, shown)
	} else {
		err = fmt.Errorf("%q fits %d cards", name, len(found))
	}
	return 0, withHint(err, "type more of one of them: %s", strings.Join(names, "; "))
}
