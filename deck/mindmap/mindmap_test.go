package mindmap

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/mindleaf/mindleaf/deck/property"
)

func utf16Bytes(s string, big bool) []byte {
	var b []byte
	for _, u := range append([]uint16{0xFEFF}, utf16.Encode([]rune(s))...) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return b
}

func TestReadDetects(t *testing.T) {
	tests := []struct {
		name, file, in string
		format         Format
		want           string
	}{
		{"heading", "a", "# R\n## A\n", Markdown, "R\n A\n"},
		{"list", "", "- R\n  - A\n", Markdown, "R\n A\n"},
		{"article in a .md file", "a.md", "T\n1. A\n1.1 B\n- x\n", Article, "T\n 1. A\n  1.1 B\n   x\n"},
		{"markdown in a .txt file", "a.txt", "# R\n## 1.1 A\n- x\n", Markdown, "R\n 1.1 A\n  x\n"},
		{"markdown by its name", "x.MD", "1. A\n2. B\n", Markdown, "x\n A\n B\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := mustRead(t, test.file, test.in)
			if got := draw(m.Root); got != test.want {
				t.Errorf("got\n%swant\n%s", got, test.want)
			}
			if m.Format != test.format {
				t.Errorf("got format %q, want %q", m.Format, test.format)
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	tests := []struct{ name, file, in, want string }{
		{"empty", "a", "", "a: not a mind map in a known format"},
		{"prose", "a", "just\nwords", "a: not a mind map in a known format"},
		{"gb18030", "a.md", "# R\n- \xd6\xd0\xce\xc4\n", "a.md:2:3: not valid UTF-8"},
		{"NUL", "a.md", "# R\n- 中\x00\n", "a.md:2:4: has a NUL byte: not a text file, or UTF-16 without its mark"},
		{"too many markers", "a.md", "# R\n" + strings.Repeat("> ", 1_000_000) + "x", "a.md:2: nested more than 200 levels deep"},
		{"too much indentation", "a.md", "- x\n" + strings.Repeat(" ", 1_000_000) + "- y", "a.md:2: nested more than 200 levels deep"},
		{"no nodes", "a.md", "just words", "a.md: no headings and no list items"},
		{"no chapter", "a.txt", "just words", "a.txt: no line is indented and none has a bullet"},
		{"deep bullets", "a.txt", deepArticle(201), "a.txt:204:203: nested more than 200 levels deep"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Read(test.file, strings.NewReader(test.in))
			wantRefused(t, err, test.want)
		})
	}
}

func deepArticle(n int) string {
	var b strings.Builder
	b.WriteString("T\n1. A\n1.1 B\n")
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "• x\n")
	}
	return b.String()
}

// endless is a file without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestReadTooLarge(t *testing.T) {
	property.OneAtATime(t)
	_, err := Read("a.md", endless{})
	if want := "a.md: larger than 64 MB"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

func TestReadFailure(t *testing.T) {
	cause := errors.New("disk on fire")
	if _, err := Read("a.md", broken{cause}); !errors.Is(err, cause) {
		t.Errorf("got %v, want it to wrap %v", err, cause)
	}
}

func TestParseFormat(t *testing.T) {
	for in, want := range map[string]Format{
		"markdown": Markdown, "MD": Markdown, "article": Article, "txt": Text, "Indented": Text, "svg": MarkmapSVG, "htm": MarkmapHTML, "mmd": Mermaid, "org": Org, "FreeMind": FreeMind, "mm": FreeMind, "opml": OPML,
		"xmind": XMind, "km": KityMinder, "canvas": Canvas,
	} {
		if got, err := ParseFormat(in); err != nil || got != want {
			t.Errorf("ParseFormat(%q): got %q, %v, want %q", in, got, err, want)
		}
	}
	_, err := ParseFormat("pdf")
	if want := `unknown mind map format "pdf": use `; err == nil || !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), "org, markdown, text") {
		t.Errorf("got %v, want %s and a list", err, want)
	}
	if _, err := ReadAs("pdf", "a", strings.NewReader("")); err == nil {
		t.Error("ReadAs of an unknown format: got no error")
	}
	for _, f := range Formats() {
		if got, err := ParseFormat(string(f)); err != nil || got != f {
			t.Errorf("ParseFormat(%q): got %q, %v", f, got, err)
		}
	}
}
