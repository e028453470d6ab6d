package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/draw"
)

// coming is what a review brings of the due cards, by deck, and what waits.
type coming struct {
	byDeck                   map[string]int
	due, drill               int
	siblings, overTheirLimit int
}

// coming counts what a review brings; limits are those of decks, all is that of all
// of them together, 0 for none.
func (b *logBook) coming(limits map[string]int, all int) coming {
	out := coming{byDeck: make(map[string]int)}
	seen, due := make(map[int64]bool), make(map[string]map[int64]int)
	for _, c := range b.cards {
		s := c.state
		inDrill := !c.archived && !s.Suspended && s.BuriedDay < b.today && s.DrillDay == b.today
		if inDrill {
			out.drill++
		}
		seen[c.leaf] = seen[c.leaf] || inDrill || s.Phase != srs.New && s.LastDay == b.today
		if due[c.deck] == nil {
			due[c.deck] = make(map[int64]int)
		}
		if b.isDue(&c, b.today) {
			due[c.deck][c.leaf]++
		}
	}
	for deck, leaves := range due {
		wanted := 0
		for leaf, cards := range leaves {
			comes := min(cards, 1)
			switch {
			case leaf == 0:
				comes = cards
			case seen[leaf]:
				comes = b.madeDueAgain(leaf)
			}
			wanted, out.siblings = wanted+comes, out.siblings+cards-comes
		}
		n := wanted
		if limit, ok := limits[deck]; ok {
			n = min(n, max(limit-b.answeredOf(deck), 0))
		}
		out.byDeck[deck], out.due, out.overTheirLimit = n, out.due+n, out.overTheirLimit+wanted-n
	}
	if left := max(all-b.answeredOf(""), 0); all > 0 && left < out.due {
		out.due, out.overTheirLimit = left, out.overTheirLimit+out.due-left
	}
	return out
}

// madeDueAgain counts the due cards of a leaf that were reviewed today.
func (b *logBook) madeDueAgain(leaf int64) (n int) {
	for _, c := range b.cards {
		if c.leaf == leaf && c.state.LastDay == b.today && b.isDue(&c, b.today) {
			n++
		}
	}
	return n
}

// answeredOf counts today's reviews of cards that were not new, of a deck or, for
// "", of all.
func (b *logBook) answeredOf(deck string) (n int) {
	b.answers(b.today, b.today, func(c *logCard, s logStep) {
		if reviewed(s) && s.before.Phase != srs.New && (deck == "" || c.deck == deck) {
			n++
		}
	})
	return n
}

// checkDue compares what due, due --short and bare mindleaf say under these limits
// with the log.
func (w *world) checkDue(b *logBook, limits string) {
	w.t.Helper()
	var all int
	ofDeck := make(map[string]int)
	table := ""
	for line := range strings.Lines(limits) {
		var n int
		if _, err := fmt.Sscanf(line, "reviews_per_day = %d", &n); err != nil {
			table = strings.Trim(line, "[]\n")
		} else if table == "" {
			all = n
		} else {
			ofDeck[strings.TrimPrefix(table, "decks.")] = n
		}
	}
	want := b.coming(ofDeck, all)
	if want.siblings == 0 || limits != "" && want.overTheirLimit == 0 {
		w.t.Fatalf("limits %q: the log proves little: %+v", limits, want)
	}
	var got today
	printed := w.run("due", "--json")
	if err := json.Unmarshal([]byte(printed), &got); err != nil {
		w.t.Fatal(err)
	}
	if bare := w.run("--json"); bare != printed {
		w.t.Errorf("limits %q: bare mindleaf got\n%swant as due\n%s", limits, bare, printed)
	}
	if (got.Held != heldBack{want.siblings, want.overTheirLimit}) || got.Due != want.due || got.Drill != want.drill ||
		got.Answered != b.done(b.today, b.today).Reviews || got.Streak != b.streak() || got.Tomorrow != int64(b.dueOn(b.today+1)) {
		w.t.Errorf("limits %q: got %+v, want %+v, %d due tomorrow", limits, got, want, b.dueOn(b.today+1))
	}
	sum := 0
	for _, d := range got.Decks {
		sum += int(d.Due)
		if all == 0 && int(d.Due) != want.byDeck[d.ID] {
			w.t.Errorf("limits %q: got %d due of deck %s, want %d", limits, d.Due, d.ID, want.byDeck[d.ID])
		}
		w.says("", fmt.Sprintf("\n  %s: %d due of %d cards", d.Title, d.Due, d.Cards))
	}
	if sum != want.due {
		w.t.Errorf("limits %q: got %d due of all decks, want %d", limits, sum, want.due)
	}
	w.says("", fmt.Sprintf("\n  %d due, %d new, %d to drill;", want.due, got.New, want.drill))
	w.says("due", fmt.Sprintf("%d due, %d new, %d to drill; %d more cards wait", want.due, got.New, want.drill, want.siblings+want.overTheirLimit))
	if short := strings.TrimSpace(w.run("due", "--short")); short != fmt.Sprint(want.due+want.drill) {
		w.t.Errorf("limits %q: due --short: got %q, want %d", limits, short, want.due+want.drill)
	}
}

// says runs a command, "" for none, and looks for text in what it prints.
func (w *world) says(command, text string) {
	w.t.Helper()
	if out := w.run(strings.Fields(command)...); !strings.Contains(out, text) {
		w.t.Errorf("mindleaf %s: no %q in\n%s", command, text, out)
	}
}

// checkMap compares the leaves that map and card search count with the log.
func (w *world) checkMap(b *logBook) {
	w.t.Helper()
	var maps []mapNode
	var found struct{ Total int }
	for args, to := range map[string]any{"map --json": &maps, "card search is:due --json": &found} {
		if err := json.Unmarshal([]byte(w.run(strings.Fields(args)...)), to); err != nil {
			w.t.Fatal(err)
		}
	}
	if found.Total != b.dueOn(b.today) {
		w.t.Errorf("card search is:due: got %d, want %d", found.Total, b.dueOn(b.today))
	}
	for i, id := range b.deckIDs() {
		leaves := make(map[string][]*logCard)
		for j := range b.cards {
			if c := &b.cards[j]; c.deck == id && !c.archived {
				key := fmt.Sprint(c.section, " ", c.leaf)
				if c.leaf == 0 {
					key = fmt.Sprint("card ", c.id)
				}
				leaves[key] = append(leaves[key], c)
			}
		}
		want, due := map[string]int{"new": 0, "learning": 0, "young": 0, "mature": 0, "suspended": 0}, 0
		for _, cards := range leaves {
			worst, isDue := draw.Suspended, false
			for _, c := range cards {
				if !c.state.Suspended {
					worst = min(worst, draw.Mark(stage(c.state)))
				}
				isDue = isDue || b.isDue(c, b.today)
			}
			want[worst.Word()]++
			if isDue {
				due++
			}
		}
		if got := dueLeaves(maps[i]); got != due {
			w.t.Errorf("map of %s: got %d due leaves, want %d", id, got, due)
		}
		text, err := json.Marshal(maps[i].Leaves)
		if err != nil {
			w.t.Fatal(err)
		}
		w.same("leaves of "+id, want, string(text))
	}
}

func dueLeaves(n mapNode) (due int) {
	if n.Due {
		due++
	}
	for _, c := range n.Children {
		due += dueLeaves(c)
	}
	return due
}
