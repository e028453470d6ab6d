package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/deck/property"
)

const (
	largeHead = "[deck]\nid = \"large\"\ntitle = \"大卡组\"\nlanguage = \"zh\"\n"
	// largeLeaves has a derived identity that occurs again, texts that look like
	// headers, and entries that make several cards.
	largeLeaves = `
[[leaf]]
path  = ["第 %[2]d 章", "概念"]
text  = "位置编码：处理序列顺序"
level = "advanced"

  [[leaf.card]]
  id    = "card-%[1]d"
  front = "Transformer 为什么需要 Positional Encoding？"
  back  = "自注意力本身不区分词的先后。"

  [[leaf.card]]
  front = "没有它会怎样？"
  back  = """
打乱词序后的输出只是同样地被打乱。
[[card]]
"""

[[card]]
path  = ["第 %[2]d 章"]
kind  = "cloze"
front = "{{编码器}}和{{解码器::另一半}}"

[[card]]
kind    = "reversed"
front   = "encoder"
back    = "编码器"
choices = [{ text = "解码器", why = "那是另一半" }, "词表"]
`
)

// newLargeFile is a deck file that is read block by block.
func newLargeFile() string {
	var b strings.Builder
	b.WriteString(largeHead)
	for i := 0; b.Len() < largeDeckFile; i++ {
		fmt.Fprintf(&b, largeLeaves, i, i%7)
	}
	return b.String()
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, home: t.TempDir(), now: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)}
	w.config("")
	return w
}

// write writes a deck file, a minute before the next run.
func (w *world) write(name, text string) {
	w.t.Helper()
	path := filepath.Join(w.home, "decks", name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
	if err := os.Chtimes(path, w.now, w.now); err != nil {
		w.t.Fatal(err)
	}
	w.now = w.now.Add(time.Minute)
}

// exported returns all that is known of the decks, but for when it is asked.
func (w *world) exported() string {
	out, _, _ := w.call("export", "--format", "json", "-o", "-") // which fails when there are none
	_, decks, _ := strings.Cut(out, `"decks"`)
	return decks
}

// TestLargeFile has a large deck file appear, also where nothing can be put aside, and
// the same cards in a file that was there with one of them: what comes of it must be the
// same.
func TestLargeFile(t *testing.T) {
	property.OneAtATime(t)
	appears, grows, alone := newWorld(t), newWorld(t), newWorld(t)
	appears.write("large.toml", newLargeFile())
	grows.write("large.toml", largeHead+fmt.Sprintf(largeLeaves, 0, 0))
	grows.run("due")
	grows.write("large.toml", newLargeFile())
	want, got := grows.exported(), appears.exported()
	if got != want {
		t.Errorf("%d bytes of export, want the %d bytes of a file that is read whole", len(got), len(want))
	}
	alone.write("large.toml", newLargeFile())
	t.Setenv("TMPDIR", filepath.Join(alone.home, "missing"))
	if putAside().leaves() != nil {
		t.Error("leaves were put aside where there is no folder for it")
	}
	if got := alone.exported(); got != want {
		t.Errorf("with nothing put aside: %d bytes of export, want %d", len(got), len(want))
	}
	if n := strings.Count(got, `"seed"`); n < 2000 {
		t.Errorf("got %d cards, want thousands", n)
	}
	appears.write("large.toml", newLargeFile()+"\n[[card]]\nfront = \"最后？\"\nback = \"是\"\n")
	if got := appears.run("due", "--json"); got == grows.run("due", "--json") {
		t.Error("a new card at the end was not noticed")
	}
}

// TestLargeFileIsRefused has large deck files appear that cannot be taken: none of
// their cards may be, and the message is the one that a small file would get.
func TestLargeFileIsRefused(t *testing.T) {
	property.OneAtATime(t)
	large := newLargeFile()
	line := strings.Count(large, "\n") + 1
	for _, test := range []struct{ name, more, want string }{
		{"an unknown key", "[[card]]\nfront = \"a\"\nback = \"b\"\nfornt = \"c\"\n", fmt.Sprintf(`large.toml:%d:1: unknown key "fornt"`, line+3)},
		{"an id again", "[[card]]\nid = \"card-0\"\nfront = \"a\"\nback = \"b\"\n", fmt.Sprintf(`large.toml:%d:1: card id "card-0" is used twice, first on line 11`, line)},
		{"not TOML", "[[card]]\nfront = \"a\nback = \"b\"\n", fmt.Sprintf("large.toml:%d:", line+1)},
		{"the id of another deck", "", `deck id "large" is already used by`},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			cards := 0
			if test.more == "" {
				w.write("a.toml", largeHead+fmt.Sprintf(largeLeaves, 0, 0))
				cards = 6
			}
			w.write("large.toml", large+test.more)
			if _, talk, _ := w.call("due"); !strings.Contains(talk, test.want) {
				t.Errorf("got %s, want %s", talk, test.want)
			}
			if got := strings.Count(w.exported(), `"seed"`); got != cards {
				t.Errorf("got %d cards, want %d", got, cards)
			}
		})
	}
}

// TestLargeImport imports a large table, and has the deck file that this writes appear
// elsewhere: the import, which does not check what it wrote, must make the same of it.
func TestLargeImport(t *testing.T) {
	property.OneAtATime(t)
	imports, appears := newWorld(t), newWorld(t)
	var table strings.Builder
	table.WriteString("#separator:tab\n#deck column:3\n#tags column:4\n")
	for i := 0; table.Len() < largeDeckFile; i++ {
		fmt.Fprintf(&table, "第 %d 张卡问什么？\t\"它问“内容”，\n[[card]]\n\\frac{%d}{2}\"\t大卡组::第 %d 章\tlevel::beginner 标签\n", i, i, i%7)
	}
	imports.write("../large.txt", table.String())
	imports.run("import", filepath.Join(imports.home, "large.txt"))
	file, err := os.ReadFile(filepath.Join(imports.home, "decks", "large.toml"))
	if err != nil {
		t.Fatal(err)
	}
	appears.write("large.toml", string(file))
	want, got := appears.exported(), imports.exported()
	if got != want {
		t.Errorf("%d bytes of export, want the %d bytes of a file that was checked", len(got), len(want))
	}
	if n := strings.Count(got, `"seed"`); n < 2000 {
		t.Errorf("got %d cards, want thousands", n)
	}
}
