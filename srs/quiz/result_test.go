package quiz

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mindleaf/mindleaf/deck"
)

func TestResult(t *testing.T) {
	questions := []Question{
		{Deck: "d", Path: []string{"一", "甲", "子"}, Level: deck.Advanced},
		{Deck: "d", Path: []string{"一", "甲"}, Level: deck.Beginner},
		{Deck: "d", Path: []string{"二"}, Level: deck.Beginner},
		{Deck: "e", Path: []string{"二"}, Level: deck.Beginner},
	}
	answers := []Answer{{Right: true}, {}, {Unanswered: true}, {Right: true}}
	r := Result{Scope: Scope{Deck: "d", Section: []string{"一"}}, Kind: "mixed", Seed: 1<<63 + 1, Exam: true, Pass: 80, Seconds: 90}
	r.Count(questions, answers)
	const want = `{"v":1,"deck":"d","section":["一"],"kind":"mixed","seed":9223372036854775809,"exam":true,"pass":80,"seconds":90,` +
		`"asked":4,"right":2,"unanswered":1,"sections":[{"deck":"d","path":["一","甲"],"asked":2,"right":1},` +
		`{"deck":"d","path":["二"],"asked":1,"right":0,"unanswered":1},{"deck":"e","path":["二"],"asked":1,"right":1}],` +
		`"levels":[{"level":"beginner","asked":3,"right":1,"unanswered":1},{"level":"advanced","asked":1,"right":1}]}`
	if diff := cmp.Diff(want, r.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	back, err := ParseResult(r.String())
	if diff := cmp.Diff(r, back); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if r.Percent() != 50 || r.Passed() || (Tally{}).Percent() != 0 {
		t.Errorf("got %d percent, passed %v", r.Percent(), r.Passed())
	}
	for _, text := range []string{"", "{", `{"v":2}`} {
		if _, err := ParseResult(text); err == nil {
			t.Errorf("%q is a result", text)
		}
	}
}

func TestScopePrefix(t *testing.T) {
	scopes := []Scope{
		{}, {Deck: "d"}, {Deck: "d", Section: []string{"一"}}, {Deck: "d", Section: []string{"一", "二"}},
		{Deck: "d", Level: "beginner"}, {Level: "beginner"}, {Deck: "d", Section: []string{`"kind":`}}, {Filter: "is:due"}, {Filter: `"kind":`},
	}
	for i, a := range scopes {
		for j, b := range scopes {
			r := Result{Version: resultVersion, Scope: a, Kind: "mixed"}
			if got := strings.HasPrefix(r.String(), b.Prefix()); got != (i == j) {
				t.Errorf("a result of %+v begins with the prefix of %+v: %v", a, b, got)
			}
		}
	}
}

// FuzzParseResult wants a result that is read to be the one that was written.
func FuzzParseResult(f *testing.F) {
	f.Add(`{"version": 1, "asked": 3, "right": 2, "pass": 80, "sections": [{"deck": "d", "path": ["章"], "asked": 3}]}`)
	f.Add(Result{Version: resultVersion}.String())
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ParseResult(text)
		if err != nil {
			return
		}
		again, err := ParseResult(r.String())
		if err != nil || again.String() != r.String() {
			t.Errorf("%q is %s, and then %s, %v", text, r, again, err)
		}
	})
}
