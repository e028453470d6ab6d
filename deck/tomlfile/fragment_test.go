package tomlfile

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
)

// fragments are lines of deck files, good and bad, that bytes changed at
// random hardly ever make.
var fragments = []string{
	"[deck]", "title = \"T\"", "deck.title = \"T\"", "format = 1",
	"[[leaf]]", "text = 'l'", "path = [\"p\", # c\n  'q',]", "level = \"x\"", "level = \"advanced\"",
	"  [[leaf.card]]", "[[card]]", "[leaf.card]", "[[leaf.card.choices]]", "[[card.choices]]",
	"front = \"a\"", "back = \"\"\"\\\n  b\"\"\"\"\"", "back = '''\n[[card]]\n'''''", "back = ['b', \"c\"]",
	"kind = \"list\"", "kind = \"cloze\"", "id = 3", "id = \"i\"", "\"id\" = 'j'", "tags = []", "media = [\"\"]",
	"choices = [{text = 'x', why.y = 1}, \"z\"]", "choices = [\"x\", { text = \"y\", why = \"\" },]",
	"card = [{front = \"a\", back = \"b\"}, {\nfront = \"{{c}}\", kind = \"cloze\" , # x\n}]",
	"leaf = [{text = \"t\", card = [ { front = 'f', back = 'g' } ] }]",
	"a.b.c = [[], [1], {}]", "[a.d]", "[[a.e]]", "\"\\u0061\".f = nan", "[a.\"b c\".'d']",
	"# note = 1", "note = 1979-05-27 07:32:00", "x = \"\\", "y = {", "z = '''",
}

func TestParseFragments(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.SampledFrom(fragments), 0, 12).Draw(t, "lines")
		end := rapid.SampledFrom([]string{"\n", "\r\n", "  # c\n", "\n\n\t"}).Draw(t, "end")
		start := rapid.SampledFrom([]string{"", head, byteOrderMark + head}).Draw(t, "start")
		text := start + strings.Join(lines, end) + end
		checkParse(t, []byte(text))
		checkScan(t, text)
	})
}
