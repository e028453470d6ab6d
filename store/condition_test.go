package store

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mindleaf/mindleaf/deck/property"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/filter"
	"pgregory.net/rapid"
)

// fits says of a card, without SQL, whether a filter lets it through.
func fits(e *filter.Expr, c srs.Card, content Content) bool {
	switch e.Op {
	case filter.Not:
		return !fits(e.Args[0], c, content)
	case filter.And:
		return !slices.ContainsFunc(e.Args, func(a *filter.Expr) bool { return !fits(a, c, content) })
	case filter.Or:
		return slices.ContainsFunc(e.Args, func(a *filter.Expr) bool { return fits(a, c, content) })
	}
	has := func(text string) bool { return strings.Contains(strings.ToLower(text), strings.ToLower(e.Value)) }
	s := c.State
	switch e.Key {
	case "":
		return slices.ContainsFunc(append([]string{content.Front, content.Back, content.Note, content.Leaf}, content.Path...), has)
	case "is":
		return map[string]bool{
			"due":       s.Phase != srs.New && !s.Suspended && s.Due <= today && s.BuriedDay < today && s.DrillDay != today,
			"new":       s.Phase == srs.New,
			"learning":  s.Phase == srs.Learning || s.Phase == srs.Relearning,
			"young":     s.Phase == srs.Review && !s.Mature(),
			"mature":    s.Mature(),
			"suspended": s.Suspended, "buried": s.BuriedDay >= today, "flagged": s.Flag > 0,
		}[e.Value]
	case "due":
		return s.Phase != srs.New && compares(int64(s.Due-today), e)
	case "interval":
		return compares(int64(s.IntervalDays), e)
	case "ease":
		return compares(int64(s.Ease), e)
	case "section":
		return slices.ContainsFunc(content.Path, has)
	case "level":
		return levelOf(c) == e.Value
	case "flag":
		return int64(s.Flag) == e.Number
	}
	return string(content.Deck) == e.Value // deck
}

func levelOf(c srs.Card) string { return filter.Words["level"][max(c.Level, 1)-1] }

func compares(n int64, e *filter.Expr) bool {
	return map[string]bool{"<": n < e.Number, "<=": n <= e.Number, "=": n == e.Number, ">=": n >= e.Number, ">": n > e.Number}[e.Cmp]
}

// TestSearchFindsWhatFits compares the SQL made of any filter with what it means.
func TestSearchFindsWhatFits(t *testing.T) {
	ctx := context.Background()
	d := marked(t)
	var cards []srs.Card
	var contents []Content
	for id := range int64(7) {
		cards = append(cards, card(t, d, id+1))
		content, err := d.Content(ctx, id+1)
		if err != nil {
			t.Fatal(err)
		}
		contents = append(contents, content)
	}
	term := rapid.SampledFrom(strings.Fields(`巴 首都 欧洲 lima 2 是 卢森堡市 is:due is:new is:learning is:young is:mature is:suspended is:buried is:flagged
		due<0 due>=-5 due=-9 interval>1 interval<=6 ease>2.5 ease=2.5 section:欧 section:亚洲 level:beginner level:advanced flag:0 flag:3 deck:a deck:b`))
	property.Check(t, func(t *rapid.T) {
		text := term.Draw(t, "first")
		for range rapid.IntRange(0, 5).Draw(t, "more") {
			form := rapid.SampledFrom([]string{"A B", "A or B", "-(A) B", "(A) -B", "(A or B)", "-(A or B)"}).Draw(t, "form")
			text = strings.NewReplacer("A", text, "B", term.Draw(t, "next")).Replace(form)
		}
		e, err := filter.Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		want := []int64{}
		for i, c := range cards {
			if fits(e, c, contents[i]) {
				want = append(want, c.ID)
			}
		}
		got, total, err := d.Search(ctx, Filter{Query: &Query{Expr: e, Today: today}}, 0)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		slices.Sort(got)
		if d := cmp.Diff(want, append([]int64{}, got...)); d != "" || total != int64(len(want)) {
			t.Fatalf("%s: %s", text, d)
		}
	})
}
