package term

import (
	"strings"
	"testing"
	"unicode"
)

// england is a flag that is spelled in tags.
const england = "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"

func TestSanitize(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain", "光合作用 abc\n第二行", "光合作用 abc\n第二行"},
		{"colour", "a\x1b[31mred\x1b[0m", "ared"},
		{"title", "a\x1b]0;title\ab", "ab"},
		{"title with ST", "a\x1b]0;title\x1b\\b", "ab"},
		{"open title keeps the text", "a\x1b]0;title", "a]0;title"},
		{"escape at the end", "a\x1b", "a"},
		{"broken sequence", "a\x1b[3\nb", "a3\nb"},
		{"bell, null, delete", "a\a\x00\x7fb", "ab"},
		{"C1 CSI", "a\u009b31mb", "a31mb"},
		{"tab", "a\tb", "a    b"},
		{"line ends", "a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"},
		{"bidi", "a\u202eb\u2066c\u200f", "abc"},
		{"private use", "a\uE123b\U000F0001", "ab"},
		{"broken UTF-8", "a\xffb", "a\uFFFDb"},
		{"emoji stays whole", "👩‍🚀", "👩‍🚀"},
		{"emoji of many parts", "👩🏽‍❤️‍💋‍👨🏻 🏳️‍🌈 🏴‍☠️ 🙂‍↔️ 1️⃣", "👩🏽‍❤️‍💋‍👨🏻 🏳️‍🌈 🏴‍☠️ 🙂‍↔️ 1️⃣"},
		{"flag of a region", england + "!", england + "!"},
		{"tags without a flag", "答案" + strings.TrimPrefix(england, "🏴") + "!", "答案!"},
		{"flag without an end", strings.TrimSuffix(england, "\U000E007F") + "!", "🏴!"},
		{"flag with a long text", "🏴" + strings.Repeat("\U000E0061", 7) + "\U000E007F!", "🏴!"},
		{"Persian", "می\u200cخواهم", "می\u200cخواهم"},
		{"Hindi", "क्\u200dष क्\u200cष", "क्\u200dष क्\u200cष"},
		{"a letter's form", "\u200dه", "\u200dه"},
		{"Thai words", "ภาษา\u200bไทย", "ภาษา\u200bไทย"},
		{"Mongolian", "ᠰᠠᠶ\u180eᠠ ᠭ\u180b", "ᠰᠠᠶ\u180eᠠ ᠭ\u180b"},
		{"form of a Chinese character", "葛\U000E0100", "葛\U000E0100"},
		{"joiners between letters", "pa\u200dss\u200bwo\u200crd 答\u200b案\u200d", "password 答案"},
		{"more than one selector", "a\ufe0f\ufe0f\U000E0101b", "a\ufe0fb"},
		{"selector without a character", "\ufe0fa\n\ufe0fb", "a\nb"},
		{"unseen", "a\u2060b\u2061c\u206ad\u00ade\ufefff\u034fg\ufff9h\ufffei\U000E0001j", "abcdefghij"},
		{"signs that are seen", "\u0600۱۲", "\u0600۱۲"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Sanitize(tt.text); got != tt.want {
				t.Errorf("Sanitize(%q): got %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func FuzzSanitize(f *testing.F) {
	f.Add("a\x1b]0;t\x1b[31m\u009b\t光\xff\r\n")
	f.Add("👩\u200d\u200dه\ufe0f\ufe0f\u200b\u034f" + england + "🏴\U000E0061\u180e")
	f.Fuzz(func(t *testing.T, s string) {
		got := Sanitize(s)
		for _, r := range got {
			if r != '\n' && (unicode.IsControl(r) || invisible(r)) {
				t.Errorf("Sanitize(%q) = %q has %U", s, got, r)
			}
		}
		if again := Sanitize(got); again != got {
			t.Errorf("Sanitize(%q): got %q, then %q", s, got, again)
		}
	})
}

// TestOrdinary wants no second look at a character that needs none, and one at all others.
func TestOrdinary(t *testing.T) {
	for r := range unicode.MaxRune + 1 {
		hides := unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp, unicode.Variation_Selector, unicode.Noncharacter_Code_Point) ||
			unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) && !unicode.Is(unicode.Hangul, r)
		if ordinary(r) && hides {
			t.Errorf("%U hides or is obeyed", r)
		}
		if r >= ' ' && ordinary(r) && Sanitize(string(r)) != string(r) {
			t.Errorf("%U is removed", r)
		}
	}
}

// TestTypedInParts types an emoji as terminals send it, one character after another, and
// what needs no joiner.
func TestTypedInParts(t *testing.T) {
	for text, want := range map[string]string{"👩‍🚀!": "👩‍🚀!", "❤️‍🔥": "❤️‍🔥", "می\u200cخواهم": "می\u200cخواهم", "a\u200db\u200b": "ab"} {
		e := newEditor("")
		for _, r := range text {
			e.insert(string(r))
		}
		if got := string(e.text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
