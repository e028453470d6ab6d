package cardgen

import (
	"strings"
	"unicode/utf8"
)

var closers = map[rune]rune{'(': ')', '（': '）', '[': ']', '【': '】', '《': '》', '「': '」', '“': '”', '『': '』'}

// outside calls visit with the offset of every rune of s that stands outside
// brackets, quotation marks and book titles. Brackets that are never closed
// count as ordinary characters.
func outside(s string, visit func(at int, r rune)) {
	var waiting []rune
	for at, r := range s {
		last := len(waiting) - 1
		switch closer, opens := closers[r]; {
		case last >= 0 && r == waiting[last]:
			waiting = waiting[:last]
		case opens && strings.ContainsRune(s[at+utf8.RuneLen(r):], closer):
			waiting = append(waiting, closer)
		case last < 0:
			visit(at, r)
		}
	}
}

// splitOutside splits s at the separators outside brackets and trims the
// parts; parts that are empty are left out.
func splitOutside(s, separators string) []string {
	var parts []string
	start := 0
	add := func(end int) {
		if part := strings.TrimSpace(s[start:end]); part != "" {
			parts = append(parts, part)
		}
	}
	outside(s, func(at int, r rune) {
		if strings.ContainsRune(separators, r) {
			add(at)
			start = at + utf8.RuneLen(r)
		}
	})
	add(len(s))
	return parts
}

// anyOutside reports whether one of the characters stands outside brackets.
func anyOutside(s, characters string) bool {
	found := false
	outside(s, func(_ int, r rune) { found = found || strings.ContainsRune(characters, r) })
	return found
}

// isOutside reports whether the byte at offset at of s stands outside brackets.
func isOutside(s string, at int) bool {
	found := false
	outside(s, func(i int, _ rune) { found = found || i == at })
	return found
}

// lastBracket splits "head(inner)" into its two parts; ok is false when s does
// not end in a round bracket that has something before and in it.
func lastBracket(s string) (head, inner string, ok bool) {
	if !strings.HasSuffix(s, ")") && !strings.HasSuffix(s, "）") {
		return s, "", false
	}
	depth := 0
	for at := len(s); at > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
		switch r {
		case ')', '）':
			depth++
		case '(', '（':
			depth--
		}
		if depth == 0 {
			_, last := utf8.DecodeLastRuneInString(s)
			head, inner = strings.TrimSpace(s[:at]), strings.TrimSpace(s[at+size:len(s)-last])
			return head, inner, head != "" && inner != ""
		}
	}
	return s, "", false
}
