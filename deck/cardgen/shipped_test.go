package cardgen

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/mindmap"
)

var update = flag.Bool("update", false, "write the cards that the rules make now to testdata")

// shipped makes the deck of the published map.
func shipped(t *testing.T, o Options) (*deck.Deck, Report) {
	t.Helper()
	article, err := os.ReadFile("../mindmap/testdata/article.txt")
	if err != nil {
		t.Fatal(err)
	}
	m, err := mindmap.Read("article.txt", bytes.NewReader(article))
	if err != nil {
		t.Fatal(err)
	}
	return Deck(m.Root, o)
}

// TestShippedCards compares every card of the published map with what people
// have read and found good. After a change of the rules, run it with -update
// and read what it changed.
func TestShippedCards(t *testing.T) {
	d, report := shipped(t, Options{ID: "llm-basics"})
	if len(d.Leaves) != 101 || len(report.Weak) > 34 || d.Language != "zh" {
		t.Errorf("got %d leaves, %d of them weak, language %q", len(d.Leaves), len(report.Weak), d.Language)
	}
	if problems := d.Validate(); len(problems) > 0 {
		t.Errorf("got problems %+v", problems)
	}
	var got strings.Builder
	for _, l := range d.Leaves {
		fmt.Fprintf(&got, "%s › %s\n", strings.Join(l.Path, " › "), l.Text)
		for _, line := range asked(l) {
			got.WriteString("\t" + line + "\n")
		}
	}
	const golden = "testdata/cards.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
		t.Errorf("cards (-want +got):\n%s", diff)
	}
}

// TestShippedLevels gives the leaves of the published map their levels, one a
// row and in the order of the map, and looks at the balance.
func TestShippedLevels(t *testing.T) {
	f, err := os.Open("testdata/levels.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = '\t'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	next := 0
	d, _ := shipped(t, Options{LevelOf: func([]string, string) deck.Level {
		next++
		level, err := deck.ParseLevel(rows[next][1])
		if err != nil {
			t.Errorf("leaf %s: %v", rows[next][0], err)
		}
		return level
	}})
	counts := make(map[deck.Level]int)
	for _, l := range d.Leaves {
		counts[l.Level]++
		if level := PathLevel(l.Path, l.Text); level != deck.NoLevel && level != l.Level {
			t.Errorf("%s: level %s, but its section says %s", l.Text, l.Level, level)
		}
	}
	if next != len(rows)-1 {
		t.Errorf("%d leaves, but %d levels", next, len(rows)-1)
	}
	for _, level := range deck.Levels {
		if counts[level]*5 < len(d.Leaves) {
			t.Errorf("%s: %d of %d leaves, want a fifth or more", level, counts[level], len(d.Leaves))
		}
	}
}
