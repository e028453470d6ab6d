package term

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"
	"pgregory.net/rapid"

	"github.com/mindleaf/mindleaf/deck/property"
)

func TestWrap(t *testing.T) {
	tests := []struct {
		name          string
		text          string
		width, indent int
		want          []string
	}{
		{"empty", "", 10, 0, []string{""}},
		{"fits", "光合作用", 8, 0, []string{"光合作用"}},
		{"wide characters", "光合作用ab", 5, 0, []string{"光合", "作用", "ab"}},
		{"no comma at the start", "光合作用，是", 8, 0, []string{"光合作", "用，是"}},
		{"no opening at the end", "光合（作用）", 6, 0, []string{"光合", "（作", "用）"}},
		{"closing in a long word", "（photosynthesis）", 8, 0, []string{"（photos", "ynthesi", "s）"}},
		{"quotes", "他说“你好”吗", 8, 0, []string{"他说“你", "好”吗"}},
		{"words", "the quick brown fox", 10, 0, []string{"the quick", "brown fox"}},
		{"hanging indent", "- 光反应产生能量", 10, 2, []string{"- 光反应产", "  生能量"}},
		{"indent too wide", "光合作用光合作用", 8, 5, []string{"光合作用", "光合作用"}},
		{"paragraphs", "甲\n\n乙", 8, 0, []string{"甲", "", "乙"}},
		{"leading spaces stay", "  if x", 10, 0, []string{"  if x"}},
		{"trailing spaces go", "ab   ", 10, 0, []string{"ab"}},
		{"width is four at least", "光合作用", 1, 0, []string{"光合", "作用"}},
		{"a number keeps its unit", "复习后隔 38天再来", 12, 0, []string{"复习后隔", "38天再来"}},
		{"a flag keeps its dashes", "show all: --limit 0", 12, 0, []string{"show all:", "--limit 0"}},
		{"a dash within a word", "half-forgotten", 10, 0, []string{"half-", "forgotten"}},
		{"a run of marks too long", "））））））", 4, 0, []string{"））", "））", "））"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Wrap(tt.text, tt.width, tt.indent)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Wrap(%q, %d, %d): (-want +got)\n%s", tt.text, tt.width, tt.indent, diff)
			}
		})
	}
}

func FuzzWrap(f *testing.F) {
	for _, s := range []string{
		"什么是光合作用（photosynthesis）？请写出总反应式，并说明光反应与暗反应的关系。",
		"“自注意力”的时间复杂度是多少？用 O(n²d) 这样的记号回答……",
		"👩‍🚀🇨🇳 e\u0301 ﷽ ⸻⸻⸻ ภาษาไทย 한국어 \u0600\u0600\u0600a", "a ）b （ c", "「『（甲）』」。”",
	} {
		for w := range 12 {
			f.Add(s, w*3, w%4)
		}
	}
	f.Fuzz(func(t *testing.T, s string, width, indent int) {
		s = Sanitize(s)
		if len(s) > 500 {
			s = strings.ToValidUTF8(s[:500], "")
		}
		width, indent = 4+abs(width)%90, abs(indent)%12
		for p := range strings.SplitSeq(s, "\n") {
			checkWrapped(t, p, width, indent)
		}
	})
}

// TestCellsOf holds the breaks and widths of characters against uniseg's own
// function for both at once, in texts whose characters hang together.
func TestCellsOf(t *testing.T) {
	pieces := []string{"a", "b1", " ", "  ", "\u3000", "-", "—", "——", "，", "（", "）", "光", "合", "\u0301", "\u200d", "\ufe0f", "\ufe0e", "❤",
		"👩", "👩\u200d💻", "🇨", "🇳", "한", "\u1100", "\u1161", "\u00ad", "\u2060", "\u200b", "\t", "%", "$", "9", ".", "\"", "’", "\xff", "⸻", "क्", "ष"}
	property.Check(t, func(t *rapid.T) {
		p := strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "pieces"), "")
		var want, got []cell
		breakable, state := false, -1
		for rest := p; rest != ""; {
			var char string
			var boundaries int
			char, rest, boundaries, state = uniseg.StepString(rest, state)
			want = append(want, cell{start: len(p) - len(rest) - len(char), end: len(p) - len(rest),
				width: boundaries >> uniseg.ShiftWidth, breakable: breakable})
			breakable = boundaries&uniseg.MaskLine != uniseg.LineDontBreak
		}
		for _, c := range cellsOf(p, len(p)*4) {
			got = append(got, cell{start: c.start, end: c.end, width: c.width, breakable: c.breakable})
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(cell{})); diff != "" {
			t.Errorf("cellsOf(%q): (-want +got)\n%s", p, diff)
		}
	})
}

func checkWrapped(t *testing.T, p string, width, indent int) {
	t.Helper()
	var joined strings.Builder
	for i, c := range wrapParagraph(p, width, indent) {
		text := p[c.start:c.end]
		joined.WriteString(text)
		room := width
		if i > 0 {
			room -= fitIndent(width, indent)
		}
		if w := Width(text); w > room && utf8.RuneCountInString(text) > 1 {
			t.Errorf("%q in %d, %d: line %q takes %d", p, width, indent, text, w)
		}
		if i == 0 || text == "" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(text)
		if strings.ContainsRune(noStart, first) && Width(lastWithMarks(p[:c.start], text)) <= room {
			t.Errorf("%q in %d, %d: line %q begins with a closing mark", p, width, indent, text)
		}
	}
	if got, want := bare(joined.String()), bare(p); got != want {
		t.Errorf("%q in %d, %d: got %q", p, width, indent, got)
	}
}

// lastWithMarks returns the marks at the beginning of line together with what
// they belong to: the last character of before, and the marks and spaces
// between and around it.
func lastWithMarks(before, line string) string {
	rest := before
	for rest != "" {
		last := lastCluster(rest)
		rest = rest[:len(rest)-len(last)]
		r, _ := utf8.DecodeRuneInString(last)
		if strings.ContainsRune(noStart+noEnd+noStartInWord+" \u3000", r) {
			continue
		}
		opening, _ := utf8.DecodeRuneInString(lastCluster(strings.TrimRight(rest, " \u3000")))
		if !strings.ContainsRune(noEnd, opening) {
			break
		}
	}
	return before[len(rest):] + strings.TrimRight(line[:markRun(line)], " \u3000")
}

// markRun returns how many bytes at the beginning of s are closing marks.
func markRun(s string) int {
	g := uniseg.NewGraphemes(s)
	n := 0
	for g.Next() && strings.ContainsRune(noStart+noStartInWord+" \u3000", g.Runes()[0]) {
		_, n = g.Positions()
	}
	return n
}

func lastCluster(s string) string {
	last := ""
	for g := uniseg.NewGraphemes(s); g.Next(); {
		last = g.Str()
	}
	return last
}

func bare(s string) string { return strings.NewReplacer(" ", "", "\u3000", "").Replace(s) }

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}

func BenchmarkWrap(b *testing.B) {
	text := strings.Repeat("什么是光合作用（photosynthesis）？请写出总反应式，", 10)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Wrap(text, 40, 0)
	}
}
