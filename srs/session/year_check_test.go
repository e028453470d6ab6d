package session

import (
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// checkGates works out anew whether a first card of a level may come.
func (y *year) checkGates(fresh []srs.Card, counts [4]srs.Counts) {
	counts[1] = counts[1].Add(counts[0], 1)
	for _, c := range fresh {
		level := deck.Level(c.Level)
		if level <= deck.Beginner || counts[level].Active() > counts[level].New {
			continue
		}
		below := counts[level-1]
		if below.Learned()*100 < below.Active()*80 {
			y.t.Fatalf("%s card %d comes while of the level before %+v", level, c.ID, below)
		}
		y.done["gate"]++
	}
}

// checkWaiting counts the study days on which a due card did not come though
// nothing but its siblings was in the way.
func (y *year) checkWaiting(day srs.Day) {
	for _, id := range y.journal.order {
		st := y.journal.cards[id].State
		if st.Phase == srs.New || st.Due > day || st.Hidden(day) {
			y.waited[id] = 0
			continue
		}
		y.waited[id]++
		y.done["deferred"]++
		if y.waited[id] > longestGap {
			y.t.Fatalf("%s: card %d, due on %s, still waits", day, id, st.Due)
		}
	}
}

// checkLog looks at the log as a whole: of each leaf one review a day, and no
// more new cards a day than set.
func (y *year) checkLog() {
	type leafDay struct {
		leaf int64
		day  srs.Day
	}
	reviewed := make(map[leafDay]int64)
	begun := make(map[srs.Day]int)
	for _, id := range y.journal.order {
		for i, e := range reviewsOf(y.journal.log[id]) {
			if i == 0 {
				begun[e.Day]++
			}
			key := leafDay{y.journal.cards[id].Leaf, e.Day}
			if other, twice := reviewed[key]; twice && e.Day != y.setBack {
				y.t.Errorf("%s: cards %d and %d of leaf %d were both reviewed", e.Day, other, id, key.leaf)
			}
			reviewed[key] = id
		}
	}
	for day, n := range begun {
		if n > newADay {
			y.t.Errorf("%s: got %d new cards, want %d at most", day, n, newADay)
		}
	}
}

func reviewsOf(log []srs.Event) (reviews []srs.Event) {
	for _, e := range srs.Live(log) {
		if e.Kind == srs.ReviewEvent {
			reviews = append(reviews, e)
		}
	}
	return reviews
}

// checkOutcome makes sure that the year was worth simulating.
func (y *year) checkOutcome() {
	for _, what := range []string{
		"answer", "skip", "bury", "suspend", "unsuspend", "undo", "refused", "missed", "broken off", "deferred", "gate",
	} {
		if y.done[what] == 0 {
			y.t.Errorf("nothing was done of %q", what)
		}
	}
	var c srs.Counts
	for _, card := range y.journal.cards {
		c = c.Add(srs.CountState(card.State), 1)
	}
	if c.Learned()*10 < c.Total()*8 {
		y.t.Errorf("got %+v after a year, want most cards learned", c)
	}
	y.t.Logf("%v, %+v", y.done, c)
}
