package main

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/tomlfile"
	"github.com/mindleaf/mindleaf/decks"
	"github.com/mindleaf/mindleaf/store"
)

// TestShippedDecks holds the decks that come with the program against the list
// of the map's leaves and against what every leaf must have.
func TestShippedDecks(t *testing.T) {
	for _, language := range []string{"zh", "en"} {
		t.Run(language, func(t *testing.T) {
			d := shipped(t, language)
			if d.Language != language {
				t.Errorf("got language %q, want %q", d.Language, language)
			}
			perLevel := make(map[deck.Level]int)
			total := 0
			for i := range d.Leaves {
				checkLeaf(t, &d.Leaves[i])
				perLevel[d.Leaves[i].Level] += len(d.Leaves[i].Entries)
				total += len(d.Leaves[i].Entries)
			}
			for _, l := range deck.Levels {
				if perLevel[l]*5 < total {
					t.Errorf("level %v has %d of %d cards, less than a fifth", l, perLevel[l], total)
				}
			}
		})
	}
}

func checkLeaf(t *testing.T, l *deck.Leaf) {
	t.Helper()
	if len(l.Entries) < 2 {
		t.Errorf("leaf %q has %d cards, want 2 or more", l.Text, len(l.Entries))
	}
	if !slices.ContainsFunc(l.Entries, func(e deck.Entry) bool { return len(e.Choices) >= 3 }) {
		t.Errorf("leaf %q has no card with three choices", l.Text)
	}
	for _, e := range l.Entries {
		if e.ID == "" || e.Source == "" || e.Note == "" {
			t.Errorf("card %q of leaf %q: id, source and note must be there", e.ID, l.Text)
		}
	}
}

func TestShippedDeckHasEveryLeafOfTheMap(t *testing.T) {
	var got []string
	d := shipped(t, "zh")
	for i := range d.Leaves {
		got = append(got, strings.Join(append(slices.Clone(d.Leaves[i].Path), d.Leaves[i].Text), "\t"))
	}
	if diff := cmp.Diff(mapLeaves(t), got); diff != "" {
		t.Errorf("(-map +deck):\n%s", diff)
	}
}

// leafPlace is what the versions of a deck must have in common.
type leafPlace struct {
	Level deck.Level
	Depth int
	Cards []deck.CardID
	Kinds []deck.Kind
}

func TestShippedLanguagesAgree(t *testing.T) {
	if diff := cmp.Diff(placesOf(shipped(t, "zh")), placesOf(shipped(t, "en"))); diff != "" {
		t.Errorf("(-zh +en):\n%s", diff)
	}
}

func placesOf(d *deck.Deck) []leafPlace {
	var places []leafPlace
	for _, l := range d.Leaves {
		p := leafPlace{Level: l.Level, Depth: len(l.Path)}
		for _, e := range l.Entries {
			p.Cards = append(p.Cards, e.ID)
			p.Kinds = append(p.Kinds, e.Kind)
		}
		places = append(places, p)
	}
	return places
}

// TestShippedChoicesGiveNothingAway plays every choice by rules that need no
// knowledge of the subject. Four options would give a quarter right by luck.
func TestShippedChoicesGiveNothingAway(t *testing.T) {
	for _, language := range []string{"zh", "en"} {
		longest, specific, total := 0, 0, 0
		d := shipped(t, language)
		for _, l := range d.Leaves {
			for _, e := range l.Entries {
				if len(e.Choices) < 3 {
					continue
				}
				total++
				if wins(e, func(s string) int { return len([]rune(s)) }) {
					longest++
				}
				if wins(e, specifics) {
					specific++
				}
			}
		}
		t.Logf("%s: of %d choices the longest option is right in %d, the most specific in %d", language, total, longest, specific)
		if longest*100 > 35*total || specific*100 > 35*total {
			t.Errorf("%s: of %d choices the longest option is right in %d, the most specific in %d: more than 35 %%", language, total, longest, specific)
		}
	}
}

// wins reports whether the right answer has a higher measure than any wrong one.
func wins(e deck.Entry, measure func(string) int) bool {
	for _, o := range e.Choices {
		if measure(o.Text) >= measure(e.Back) {
			return false
		}
	}
	return true
}

// specifics counts what makes an option look exact: digits, Latin capitals and
// brackets.
func specifics(s string) int {
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r == '(' || r == '（' {
			n++
		}
	}
	return n
}

func shipped(t *testing.T, language string) *deck.Deck {
	t.Helper()
	name := "llm-basics." + language + ".toml"
	data, err := fs.ReadFile(decks.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	d, err := tomlfile.Parse(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// mapLeaves returns the path and text of every leaf of the map, in its order.
func mapLeaves(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/leaves.tsv")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

func TestShippedDecksAreWithoutWarnings(t *testing.T) {
	other := map[string]string{"zh": "en", "en": "zh"}
	for _, language := range []string{"zh", "en"} {
		d := shipped(t, language)
		for _, p := range append(d.Lint(), d.Compare(shipped(t, other[language]))...) {
			t.Errorf("llm-basics.%s.toml:%d: %s", language, p.Pos.Line, p.Message)
		}
	}
}

// TestShippedCardsFitTheScreen counts the rows of every card with its answer,
// note and source: at 80 columns and 24 rows nothing needs scrolling.
func TestShippedCardsFitTheScreen(t *testing.T) {
	const columns, rows = 79, 24 - 1 - 5 - 1 // status, grades with their label, help
	for _, language := range []string{"zh", "en"} {
		for _, c := range shipped(t, language).Cards() {
			content := store.Content{Kind: c.Kind, Card: c.ID, Front: c.Front, Back: c.Back, Choices: c.Entry.Choices}
			n := 1 // the rule
			for _, text := range []string{(&sitting{app: &app{}}).front(content), back(content), "  " + c.Entry.Note, "— Source: " + c.Entry.Source} {
				for line := range strings.Lines(text) {
					n += len(term.Wrap(strings.TrimSpace(line), columns-2, 2))
				}
			}
			if n > rows {
				t.Errorf("%s: card %s takes %d rows, want %d at most", language, c.ID, n, rows)
			}
		}
	}
}

// TestShippedSums holds the checksums against the decks; -update writes them anew.
func TestShippedSums(t *testing.T) {
	for _, language := range []string{"zh", "en"} {
		name, data, err := shippedDeck(language)
		if err != nil {
			t.Fatal(err)
		}
		want := sha256.Sum256(data)
		if *update {
			text := hex.EncodeToString(want[:]) + "\n"
			if err := os.WriteFile(filepath.Join("..", "..", "decks", name+".sha256"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if got, err := shippedSum(name); err != nil || got != want {
			t.Errorf("%s: got %x, %v, want %x: go test ./cmd/mindleaf -run ShippedSums -update", name, got, err, want)
		}
	}
}
