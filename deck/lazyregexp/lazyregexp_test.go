package lazyregexp

import (
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLikeRegexp(t *testing.T) {
	const expression, text = `(\p{Han})([a-z]*)`, "注意attention，力b"
	lazy, want := New(expression), regexp.MustCompile(expression)
	bytes := []byte(text)
	double := func(s string) string { return s + s }
	for name, pair := range map[string][2]any{
		"Match":                      {want.Match(bytes), lazy.Match(bytes)},
		"MatchString":                {want.MatchString(text), lazy.MatchString(text)},
		"Find":                       {want.Find(bytes), lazy.Find(bytes)},
		"FindIndex":                  {want.FindIndex(bytes), lazy.FindIndex(bytes)},
		"FindAllIndex":               {want.FindAllIndex(bytes, -1), lazy.FindAllIndex(bytes, -1)},
		"FindSubmatch":               {want.FindSubmatch(bytes), lazy.FindSubmatch(bytes)},
		"FindString":                 {want.FindString(text), lazy.FindString(text)},
		"FindStringIndex":            {want.FindStringIndex(text), lazy.FindStringIndex(text)},
		"FindStringSubmatch":         {want.FindStringSubmatch(text), lazy.FindStringSubmatch(text)},
		"FindStringSubmatchIndex":    {want.FindStringSubmatchIndex(text), lazy.FindStringSubmatchIndex(text)},
		"FindAllStringSubmatch":      {want.FindAllStringSubmatch(text, 2), lazy.FindAllStringSubmatch(text, 2)},
		"FindAllStringSubmatchIndex": {want.FindAllStringSubmatchIndex(text, 2), lazy.FindAllStringSubmatchIndex(text, 2)},
		"ReplaceAllString":           {want.ReplaceAllString(text, "<$1>"), lazy.ReplaceAllString(text, "<$1>")},
		"ReplaceAllStringFunc":       {want.ReplaceAllStringFunc(text, double), lazy.ReplaceAllStringFunc(text, double)},
	} {
		if diff := cmp.Diff(pair[0], pair[1]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestWrongExpressionPanicsWhenUsed(t *testing.T) {
	wrong := New("(")
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	wrong.MatchString("")
}
