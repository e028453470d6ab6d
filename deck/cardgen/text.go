package cardgen

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

// maxLeafRunes bounds the text of a leaf and the name of a section; what is
// longer is cut, since nobody can be asked about it.
const maxLeafRunes = 2000

// clean makes s one line of valid UTF-8 without control characters.
func clean(s string) string {
	words := strings.FieldsFunc(strings.ToValidUTF8(s, "\uFFFD"), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	})
	return cut(strings.Join(words, " "), maxLeafRunes)
}

// cleanNote is like clean but keeps the lines of s apart.
func cleanNote(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if line = clean(line); line != "" {
			lines = append(lines, line)
		}
	}
	return cut(strings.Join(lines, "\n"), 5*maxLeafRunes)
}

// splitNote parts what a note says from the lines that only point somewhere:
// addresses, and labels with a # before each word. Nobody can be asked those.
func splitNote(note string) (said, links string) {
	var saying, pointing []string
	for line := range strings.Lines(note) {
		line = strings.TrimRight(line, "\n")
		if points(line) {
			pointing = append(pointing, line)
		} else {
			saying = append(saying, line)
		}
	}
	return strings.Join(saying, "\n"), strings.Join(pointing, "\n")
}

func points(line string) bool {
	words := strings.Fields(line)
	for _, word := range words {
		label := len(word) > 1 && word[0] == '#' && word[1] != '#'
		address := len(words) == 1 && (strings.Contains(word, "://") || strings.HasPrefix(word, "mailto:"))
		if !label && !address {
			return false
		}
	}
	return true
}

// noteLength measures how long a note is to read, in Chinese characters: a
// Latin letter counts half.
func noteLength(s string) int {
	halves := 0
	for _, r := range s {
		halves++
		if unicode.Is(unicode.Han, r) {
			halves++
		}
	}
	return (halves + 1) / 2
}

func cut(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	return string([]rune(s)[:runes-1]) + "…"
}

func length(s string) int { return utf8.RuneCountInString(s) }

var numbering = lazyregexp.New(`^(\d{1,3}(\.\d{1,3})+[.、．]?\s+|\d{1,3}[.、．)）]\s*|第[一二三四五六七八九十百\d]+[章节部分篇]+[\s:：、]*|[一二三四五六七八九十]+、\s*|[（(][一二三四五六七八九十\d]+[)）]\s*)`)

// sectionName returns the name of a section without its number.
func sectionName(s string) string {
	s = strings.TrimRight(clean(s), ":： ")
	if name := strings.TrimSpace(numbering.ReplaceAllString(s, "")); name != "" {
		return name
	}
	return s
}

var leafNumber = lazyregexp.New(`^([一二三四五六七八九十]+、|第[一二三四五六七八九十\d]+[章节部分篇]+[\s:：、]+|(?:\d{1,3}\.)*\d{1,3}[.)）]\s+)\s*([^、]+)$`)

// withoutNumber returns the text of a leaf without a number that can be
// nothing else.
func withoutNumber(s string) string {
	if found := leafNumber.FindStringSubmatch(s); found != nil {
		return strings.TrimSpace(found[2])
	}
	return s
}

// withoutStop returns s without the full stop at its end.
func withoutStop(s string) string {
	if strings.HasSuffix(s, "..") || strings.HasSuffix(s, "al.") || strings.HasSuffix(s, "etc.") {
		return s
	}
	return strings.TrimSpace(strings.TrimRight(s, "。.；;"))
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

func hasHan(s string) bool { return strings.ContainsFunc(s, han) }

// latin reports whether s has letters and all of them are Latin.
func latin(s string) bool {
	found := false
	for _, r := range s {
		if unicode.IsLetter(r) {
			if !unicode.Is(unicode.Latin, r) {
				return false
			}
			found = true
		}
	}
	return found
}

// guessLanguage returns "zh" for text in which a fifth of the letters is Han
// and none is Japanese, "en" for text in Latin letters, and "" otherwise.
func guessLanguage(text string) string {
	letters, hans, latins, kana := 0, 0, 0, 0
	for _, r := range text {
		switch {
		case !unicode.IsLetter(r):
			continue
		case han(r):
			hans++
		case unicode.Is(unicode.Latin, r):
			latins++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		}
		letters++
	}
	switch {
	case letters == 0 || kana*10 > hans:
		return ""
	case hans*5 >= letters:
		return "zh"
	case latins*2 > letters:
		return "en"
	}
	return ""
}

var fullWidth = map[rune]rune{',': '，', ':': '：', ';': '；', '(': '（', ')': '）', '?': '？'}

// typeset writes the punctuation of a Chinese text in its full width where it
// touches a Han character, brackets in pairs, and drops the space after 、.
func typeset(s string) string {
	runes := []rune(strings.ReplaceAll(s, "、 ", "、"))
	var open []int
	for i, r := range runes {
		touches := i > 0 && han(runes[i-1]) || i+1 < len(runes) && han(runes[i+1])
		switch {
		case r == '(':
			open = append(open, i)
		case r == ')' && len(open) > 0:
			from := open[len(open)-1]
			open = open[:len(open)-1]
			if touches || from > 0 && han(runes[from-1]) || han(runes[from+1]) {
				runes[from], runes[i] = '（', '）'
			}
		case fullWidth[r] != 0 && r != ')' && touches:
			runes[i] = fullWidth[r]
		}
	}
	return string(runes)
}

// fold makes two spellings of the same thing equal for comparison.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// sharesWord reports whether a and b have a Latin word of three letters or
// more, or two neighbouring Han characters, in common.
func sharesWord(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	runes := []rune(b)
	for i := 1; i < len(runes); i++ {
		if han(runes[i-1]) && han(runes[i]) && strings.Contains(a, string(runes[i-1:i+1])) {
			return true
		}
	}
	for _, word := range latinWords(b) {
		if givesAway(a, word) {
			return true
		}
	}
	return false
}

// latinWords returns the words of s in Latin letters, but for short ones.
func latinWords(s string) []string {
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.Is(unicode.Latin, r) })
	return slices.DeleteFunc(words, func(word string) bool { return length(word) < 3 })
}

// overlap reports whether a and b are equal or one contains the other, small
// differences in spelling aside.
func overlap(a, b string) bool {
	a, b = fold(a), fold(b)
	if a == "" || b == "" {
		return a == b
	}
	return strings.Contains(a, b) || strings.Contains(b, a)
}
