package session

import (
	"cmp"
	"math"
	"slices"

	"github.com/mindleaf/mindleaf/srs"
)

// Order returns due in the order in which cards are asked on day: the most
// overdue relative to their interval first, as those are the likeliest to be
// forgotten (Anki's "relative overdueness"). Equals come by shorter interval,
// then mixed in a way that depends on card and day only, so that cards learned
// together do not always follow each other. The slice it is given stays as it
// is.
func Order(due []srs.Card, day srs.Day) []srs.Card {
	type keyed struct {
		overdue, interval, id int64
		mixed                 uint32
		place                 int32
	}
	keys := make([]keyed, len(due))
	for i, c := range due {
		keys[i] = keyed{
			overdue:  overdue(c, day),
			interval: max(int64(c.State.IntervalDays), 1),
			id:       c.ID,
			mixed:    mix(c.Seed ^ mix(uint32(day))),
			place:    int32(i),
		}
	}
	slices.SortFunc(keys, func(a, b keyed) int {
		return cmp.Or(
			cmp.Compare(b.overdue*a.interval, a.overdue*b.interval),
			cmp.Compare(a.interval, b.interval),
			cmp.Compare(a.mixed, b.mixed),
			cmp.Compare(a.id, b.id),
		)
	})
	ordered := make([]srs.Card, len(keys))
	for i, k := range keys {
		ordered[i] = due[k.place]
	}
	return ordered
}

// overdue returns the days since c was due, below 0 before that. It is held
// within 32 bits, so that products with an interval fit into 64.
func overdue(c srs.Card, day srs.Day) int64 {
	return min(max(int64(day)-int64(c.State.Due), -math.MaxInt32), math.MaxInt32)
}

// mix is the 32-bit finalizer of MurmurHash3 (Appleby 2011).
func mix(x uint32) uint32 {
	x = (x ^ x>>16) * 0x85ebca6b
	x = (x ^ x>>13) * 0xc2b2ae35
	return x ^ x>>16
}

// spread puts new cards evenly among due ones, a due card first.
func spread(due, fresh []srs.Card) []srs.Card {
	all := make([]srs.Card, 0, len(due)+len(fresh))
	taken := 0
	for i, c := range fresh {
		until := ((i+1)*len(due) + len(fresh)) / (len(fresh) + 1)
		all = append(append(all, due[taken:until]...), c)
		taken = until
	}
	return append(all, due[taken:]...)
}

// OnePerLeaf returns of due, in its order, what may come on one day, and how many
// siblings have to wait for another: of each leaf the card that waits longest, and
// none of the leaves in seen. Waiting longest is the earliest Due, and not the most
// overdue relative to the interval: else a card that fails every day would keep a
// sibling with a long interval waiting for ever. A card that was reviewed on day
// and has been made due again comes in any case, which only the learner can do.
// Leaf 0 is no leaf: such cards have no siblings. seen may be nil.
func OnePerLeaf(due []srs.Card, day srs.Day, seen map[int64]bool) (kept []srs.Card, deferred int) {
	again := func(c srs.Card) bool { return c.State.LastDay == day && c.State.Due <= day }
	first := make(map[int64]int, len(due))
	for i, c := range due {
		j, found := first[c.Leaf]
		switch {
		case again(c):
			first[c.Leaf] = -1 // none of the others
		case !found || j >= 0 && c.State.Due < due[j].State.Due:
			first[c.Leaf] = i
		}
	}
	for i, c := range due {
		if c.Leaf == 0 || again(c) || first[c.Leaf] == i && !seen[c.Leaf] {
			kept = append(kept, c)
		} else {
			deferred++
		}
	}
	return kept, deferred
}
