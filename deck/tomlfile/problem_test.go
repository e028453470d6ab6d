package tomlfile

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mindleaf/mindleaf/deck"
)

// report returns what Parse finds wrong with a file, one problem a line.
func report(t *testing.T, in string) string {
	t.Helper()
	_, err := Parse("b.toml", []byte(in))
	if err == nil {
		return ""
	}
	var list *Error
	if !errors.As(err, &list) {
		t.Fatalf("got %T %v, want *Error", err, err)
	}
	return list.Report()
}

func TestParseProblems(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty file", "", "b.toml:1:1: deck has no title\n  add title = \"…\" under [deck]\n"},
		{"no front", head + "  [[card]]\n  back = \"b\"\n", "b.toml:3:3: card has no front\n  add front = \"…\", the question\n"},
		{"empty front", head + "[[card]]\nfront = \"\"\nback = \"b\"\n", "b.toml:3:1: card has no front\n  add front = \"…\", the question\n"},
		{"same id twice", head + strings.Repeat("[[card]]\nid = \"x\"\nfront = \"a\"\nback = \"b\"\n", 2),
			"b.toml:7:1: card id \"x\" is used twice, first on line 3\n  give one of the two another id; the one with your progress should keep it\n"},
		{"empty id", head + "[[card]]\nid = \"\"\nfront = \"a\"\nback = \"b\"\n",
			"b.toml:4:6: card id is empty\n  fill it in or remove the line\n"},
		{"typing error", head + "[[card]]\n  frnt = \"a\"\nback = \"b\"\n", "b.toml:4:3: unknown key \"frnt\"\n  did you mean \"front\"?\n"},
		{"letters swapped", head + "[[card]]\nfront = \"a\"\nbakc = \"b\"\n", "b.toml:5:1: unknown key \"bakc\"\n  did you mean \"back\"?\n"},
		{"other words", head + "[[card]]\nquestion = \"a\"\nanswer = \"b\"\n",
			"b.toml:4:1: unknown key \"question\"\n  did you mean \"front\"?\nb.toml:5:1: unknown key \"answer\"\n  did you mean \"back\"?\n"},
		{"capitals", head + "[[card]]\nFront = \"a\"\nback = \"b\"\n", "b.toml:4:1: unknown key \"Front\"\n  did you mean \"front\"?\n"},
		{"key of another table", head + "[[leaf]]\ntext = \"l\"\nfront = \"a\"\n", "b.toml:5:1: unknown key \"front\"\n  front goes under [[leaf.card]]\n"},
		{"level of a card of a leaf", head + "[[leaf]]\ntext = \"l\"\n[[leaf.card]]\nfront = \"a\"\nback = \"b\"\nlevel = \"beginner\"\n",
			"b.toml:8:1: unknown key \"level\"\n  level goes under [[leaf]]\n"},
		{"title outside of the deck", "title = \"T\"\n[deck]\nid = \"x\"\n",
			"b.toml:1:1: unknown key \"title\"\n  title goes under [deck]\nb.toml:2:1: deck has no title\n  add title = \"…\" under [deck]\n"},
		{"key like none", head + "\"键\" = 1\n", "b.toml:3:1: unknown key \"键\"\n  the keys here are id, title, language, about\n"},
		{"unknown table", head + "[[cards]]\nfront = \"a\"\n", "b.toml:3:1: unknown key \"cards\"\n  did you mean \"card\"?\n"},
		{"single brackets", head + "[card]\nfront = \"a\"\nback = \"b\"\n", "b.toml:3:1: [card] has single brackets\n  write [[card]] with double brackets\n"},
		{"double brackets", "[[deck]]\ntitle = \"T\"\n", "b.toml:1:1: deck is a list, expected one table\n  write [deck] with single brackets, once\n"},
		{"card before any leaf", head + "[[leaf.card]]\nfront = \"a\"\nback = \"b\"\n",
			"b.toml:3:1: card has no leaf above it\n  start with [[leaf]], or write [[card]] for a card that stands alone\n"},
		{"leaf without text", head + "[[leaf]]\npath = [\"p\"]\n",
			"b.toml:3:1: leaf has no text\n  add text = \"…\", the leaf as the map has it, or use [[card]] without a leaf\n"},
		{"number for text", head + "[[card]]\nfront = 3 # three\nback = \"b\"\n", "b.toml:4:9: front is a number, expected text\n  put it in quotes: \"3\"\n"},
		{"date for text", head + "[[card]]\nfront = 1979-05-27\nback = true\n",
			"b.toml:4:9: front is a date, expected text\n  put it in quotes: \"1979-05-27\"\nb.toml:5:8: back is true or false, expected text\n  put it in quotes: \"true\"\n"},
		{"text for a list", head + "[[card]]\nfront = \"a\"\nback = \"b\"\ntags = \"t\"\n", "b.toml:6:8: tags is text, expected a list of texts\n  put it in brackets: [\"…\"]\n"},
		{"number in a list", head + "[[card]]\nfront = \"a\"\nback = \"b\"\ntags = [\n  \"t\",\n  7,\n]\n",
			"b.toml:8:3: tags element 2 is a number, expected text\n  put it in quotes: \"7\"\n"},
		{"list for text", head + "[[card]]\nfront = \"a\"\nback = [\"b\"]\n",
			"b.toml:5:8: back is a list, expected text\n  add kind = \"list\" if the card asks for several things in order\n"},
		{"text for the back of a list", head + "[[card]]\nkind = \"list\"\nfront = \"a\"\nback = \"b\"\n",
			"b.toml:6:8: back of a list card is text, expected a list of texts\n  put each thing in quotes, in brackets: [\"…\", \"…\"]\n"},
		{"lines in a list", head + "[[card]]\nkind = \"list\"\nfront = \"a\"\nback = [\"b\", \"c\\nd\"]\n",
			"b.toml:6:14: back element 2 has several lines\n  make each line an element of its own\n"},
		{"wrong kind", head + "[[card]]\nkind = \"clozee\"\nfront = \"a\"\n", "b.toml:4:8: unknown kind \"clozee\"\n  use basic, reversed, cloze, list, choice or typed\n"},
		{"wrong level", head + "[[leaf]]\ntext = \"l\"\nlevel = \"easy\"\n", "b.toml:5:9: unknown level \"easy\"\n  use beginner, intermediate or advanced\n"},
		{"wrong key of a choice", head + "[[card]]\nfront = \"a\"\nback = \"b\"\nchoices = [\"c\", { text = \"d\", because = \"e\" }]\n",
			"b.toml:6:31: unknown key \"because\"\n  did you mean \"why\"?\n"},
		{"formula in double quotes", head + "[[card]]\nfront = \"\\frac12\"\nback = \"b\"\n",
			"b.toml:3:1: front has the control character U+000C\n  \\b and \\f in double quotes are control characters; put the text in single quotes: '\\frac'\n"},
		{"newer format", "format = 2\n" + head, "b.toml:1:10: deck format 2 is not known\n  format 1 is; a newer mindleaf may know more\n"},
		{"format in quotes", "format = \"1\"\n" + head, "b.toml:1:10: format is text, expected the number 1\n"},
		{"deck is no table", "deck = 1\n", "b.toml:1:8: deck is a number, expected a table: [deck]\n"},
		{"card is no table", "card = 1\n" + head, "b.toml:1:8: card is a number, expected a list of tables: [[card]]\n"},
		{"elements are no tables", "card = [1]\n" + head, "b.toml:1:9: element of card is a number, expected a table\n"},
		{"inline", "deck.title = \"T\"\nleaf = [{ text = \"文\", card = [{ front = \"a\", back = 3 }] }]\n",
			"b.toml:2:53: back is a number, expected text\n  put it in quotes: \"3\"\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, report(t, tt.in)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestErrorCountsTheRest(t *testing.T) {
	_, err := Parse("b.toml", []byte(head+"[[card]]\n[[card]]\n"))
	if got, want := err.Error(), "b.toml:3:1: card has no front (and 3 more)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestParseDeepPath has a path that is one section too deep, on a leaf and on a card
// that stands alone, and one that is not.
func TestParseDeepPath(t *testing.T) {
	path := func(depth int) string { return "path = [" + strings.Repeat("\"s\", ", depth) + "]\n" }
	const card = "front = \"a\"\nback = \"b\"\n"
	if got := report(t, head+"[[card]]\n"+path(deck.MaxDepth)+card); got != "" {
		t.Errorf("%d sections: got %s", deck.MaxDepth, got)
	}
	in := head + "[[leaf]]\ntext = \"l\"\n" + path(201) + "[[leaf.card]]\n" + card + "[[card]]\n" + path(20_000) + card
	const hint = "\n  leave some of them out; a path has the sections from the outermost to the innermost\n"
	want := "b.toml:3:1: path has 201 sections, more than 200" + hint + "b.toml:9:1: path has 20000 sections, more than 200" + hint
	if diff := cmp.Diff(want, report(t, in)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestParseShortens has a long text in every place that a problem quotes.
func TestParseShortens(t *testing.T) {
	long := strings.Repeat("长", 1<<18)
	const card = "front = \"a\"\nback = \"b\"\n"
	for name, in := range map[string]string{
		"deck id":     "[deck]\ntitle = \"T\"\nid = \"" + long + "/\"\n",
		"card id":     head + "[[card]]\nid = \"" + long + "\"\n" + card,
		"id twice":    head + strings.Repeat("[[card]]\nid = \""+long+"\"\n"+card, 2),
		"kind":        head + "[[card]]\nkind = \"" + long + "\"\n" + card,
		"level":       head + "[[card]]\nlevel = \"" + long + "\"\n" + card,
		"key":         head + "\"" + long + "\" = 1\n",
		"number":      head + "[[card]]\nfront = " + strings.Repeat("1", 1<<18) + "\n",
		"float":       head + "[[card]]\nfront = 1." + strings.Repeat("1", 1<<18) + "\n",
		"bare":        head + "[[card]]\nfront = " + long + "\n",
		"latin":       head + "[[card]]\nfront = " + strings.Repeat("x", 1<<18) + "\n",
		"header":      head + "[" + strings.Repeat("x", 1<<18) + "]\n",
		"bare key":    head + strings.Repeat("x", 1<<18) + "\n",
		"same key":    head + strings.Repeat(strings.Repeat("x", 1<<18)+" = 1\n", 2),
		"same header": head + strings.Repeat("["+strings.Repeat("x", 1<<18)+"]\n", 2),
		"escape":      head + "[[card]]\nfront = \"\\U" + long + "\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			if got := report(t, in); got == "" || len(got) > 1000 {
				t.Errorf("got %d bytes: %.200s", len(got), got)
			}
		})
	}
}
