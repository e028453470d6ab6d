package main

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/store"
)

// deckSettings are the settings of single decks that c has.
func (c config) deckSettings() []setting {
	var out []setting
	for _, id := range slices.Sorted(maps.Keys(c.Decks)) {
		for _, s := range settingsOf(id) {
			if s.get(c) != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// settingsOf are the settings that a deck may have.
func settingsOf(id string) []setting {
	prefix := "decks." + bareOrQuoted(id) + "."
	return []setting{
		{key: prefix + "new_per_day", about: "new cards of this deck a study day, 0 to 9999",
			get: func(c config) string { return optional(c.Decks[id].NewPerDay) }, check: between(0, 9999)},
		{key: prefix + "reviews_per_day", about: "due cards of this deck a study day, 0 to 99999",
			get: func(c config) string { return optional(c.Decks[id].ReviewsPerDay) }, check: between(0, 99999)},
	}
}

func optional(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// bareOrQuoted writes a deck id as a key of TOML.
func bareOrQuoted(id string) string {
	bare := func(r rune) bool {
		return r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	if id != "" && strings.IndexFunc(id, func(r rune) bool { return !bare(r) }) < 0 {
		return id
	}
	return strconv.Quote(id)
}

// deckSetting finds the setting of a deck by a key such as
// decks.capitals.new_per_day; the id may be quoted.
func deckSetting(key string) (setting, bool) {
	rest, ok := strings.CutPrefix(key, "decks.")
	dot := strings.LastIndex(rest, ".")
	if !ok || dot <= 0 {
		return setting{}, false
	}
	id := rest[:dot]
	if plain, err := strconv.Unquote(id); err == nil {
		id = plain
	}
	for _, s := range settingsOf(id) {
		if strings.HasSuffix(s.key, "."+rest[dot+1:]) {
			return s, true
		}
	}
	return setting{}, false
}

// dayLeft is what is left of a study day's limits: of all decks together, and in
// each deck that has limits of its own.
type dayLeft struct {
	// allReviews is below 0 where there is no limit.
	allNew, allReviews int
	newCards, reviews  map[deck.ID]int
}

// dayLeft reads what was done today, in all decks and in those with limits of their
// own.
func (a *app) dayLeft(ctx context.Context, lib *library) (dayLeft, error) {
	left := dayLeft{allReviews: -1, newCards: make(map[deck.ID]int), reviews: make(map[deck.ID]int)}
	done, err := a.doneToday(ctx, lib, "")
	if err != nil {
		return left, err
	}
	left.allNew = max(0, a.config.Review.NewPerDay-int(done.New))
	if n := a.config.Review.ReviewsPerDay; n > 0 {
		left.allReviews = max(0, n-int(done.Reviews-done.New))
	}
	for id, limits := range a.config.Decks {
		done, err := a.doneToday(ctx, lib, deck.ID(id))
		if err != nil {
			return left, err
		}
		if n := limits.NewPerDay; n != nil {
			left.newCards[deck.ID(id)] = max(0, *n-int(done.New))
		}
		if n := limits.ReviewsPerDay; n != nil {
			left.reviews[deck.ID(id)] = max(0, *n-int(done.Reviews-done.New))
		}
	}
	return left, nil
}

// limitsReviews reports whether c may hold due cards back.
func (c config) limitsReviews() bool {
	limited := c.Review.ReviewsPerDay > 0
	for _, d := range c.Decks {
		limited = limited || d.ReviewsPerDay != nil
	}
	return limited
}

// doneToday is what was done today in one deck, or in all when id is "".
func (a *app) doneToday(ctx context.Context, lib *library, id deck.ID) (srs.DayCount, error) {
	days, err := lib.DayCount(ctx, store.Filter{Deck: id}, lib.day, lib.day)
	return days[lib.day], err
}

// cap leaves out the due cards that are more than a limit, the last ones first. due
// stays as it is.
func (l dayLeft) cap(due []srs.Card, decks []store.Deck) []srs.Card {
	left := make(map[int64]int)
	for _, d := range decks {
		if n, ok := l.reviews[d.ID]; ok {
			left[d.Key] = n
		}
	}
	var kept []srs.Card
	for _, c := range due {
		n, limited := left[c.Deck]
		if limited {
			left[c.Deck] = n - 1
		}
		if len(kept) != l.allReviews && (!limited || n > 0) {
			kept = append(kept, c)
		}
	}
	return kept
}

// capCount is len(cap()) for so many due cards in each deck.
func (l dayLeft) capCount(due map[deck.ID]int64) (n int64) {
	for id, d := range due {
		if most, limited := l.reviews[id]; limited {
			d = min(d, int64(most))
		}
		n += d
	}
	if l.allReviews >= 0 {
		n = min(n, int64(l.allReviews))
	}
	return n
}
