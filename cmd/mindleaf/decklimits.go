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

// dayLeft is what is left of a study day's limits in each deck that has limits
// of its own.
type dayLeft struct {
	newCards, reviews map[deck.ID]int
}

// dayLeft reads what was done today in the decks with limits of their own.
func (a *app) dayLeft(ctx context.Context, lib *library) (dayLeft, error) {
	left := dayLeft{make(map[deck.ID]int), make(map[deck.ID]int)}
	for id, limits := range a.config.Decks {
		today, err := lib.DayCount(ctx, store.Filter{Deck: deck.ID(id)}, lib.day, lib.day)
		if err != nil {
			return left, err
		}
		done := today[lib.day]
		if n := limits.NewPerDay; n != nil {
			left.newCards[deck.ID(id)] = max(0, *n-int(done.New))
		}
		if n := limits.ReviewsPerDay; n != nil {
			left.reviews[deck.ID(id)] = max(0, *n-int(done.Reviews-done.New))
		}
	}
	return left, nil
}

// cap leaves out the due cards that are more than their deck's limit, the last
// ones first.
func (l dayLeft) cap(due []srs.Card, decks []store.Deck) []srs.Card {
	if len(l.reviews) == 0 {
		return due
	}
	left := make(map[int64]int)
	for _, d := range decks {
		if n, ok := l.reviews[d.ID]; ok {
			left[d.Key] = n
		}
	}
	return slices.DeleteFunc(due, func(c srs.Card) bool {
		n, limited := left[c.Deck]
		if limited {
			left[c.Deck] = n - 1
		}
		return limited && n <= 0
	})
}
