package cardgen

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

// fact is what the text of a leaf says, taken apart.
type fact struct {
	// text is the whole, without the full stop.
	text string
	// term is what is defined; its text is "" when the leaf is no definition.
	term phrase
	// body is the definition, or the whole text.
	body phrase
}

// phrase is a part of a fact. inner is what a bracket at its end holds and
// head what stands before that; items are its elements when it is a list.
type phrase struct {
	text, head, inner string
	items             []string
	// open tells that the list goes on: its end is 等 or "etc.".
	open bool
}

const (
	maxTermRunes = 40
	maxItemRunes = 20
)

func parseFact(text string) fact {
	f := fact{text: withoutStop(text)}
	if term, body, ok := splitDefinition(f.text); ok {
		f.term, f.body = parsePhrase(term), parsePhrase(body)
		if f.body.items == nil {
			f.body.items = pairItems(f.body.text)
		}
		return f
	}
	f.body = parsePhrase(f.text)
	return f
}

func parsePhrase(s string) phrase {
	p := phrase{text: s, head: s}
	if head, inner, ok := lastBracket(s); ok {
		p.head, p.inner = head, inner
	}
	p.items, p.open = listItems(s)
	if p.items != nil {
		p.head, p.inner = s, ""
	}
	return p
}

// splitDefinition splits "term: definition" at the first colon outside
// brackets, or else at a dash or at the verb of a short definition.
func splitDefinition(s string) (term, body string, ok bool) {
	at, width := -1, 0
	outside(s, func(i int, r rune) {
		if at < 0 && (r == '：' || r == ':' && definingColon(s, i)) {
			at, width = i, utf8.RuneLen(r)
		}
	})
	if at < 0 {
		if where := dash.FindStringIndex(s); where != nil {
			at, width = where[0], where[1]-where[0]
		} else if where := copula.FindStringSubmatchIndex(s); where != nil {
			verb := where[2:4]
			if verb[0] < 0 {
				verb = where[4:6]
			}
			at, width = verb[0], verb[1]-verb[0]
		}
	}
	if at < 0 || !isOutside(s, at) {
		return "", "", false
	}
	term, body = strings.TrimSpace(s[:at]), strings.TrimSpace(strings.TrimLeft(s[at+width:], ":： "))
	if term == "" || body == "" || length(term) > maxTermRunes {
		return "", "", false
	}
	return term, body, true
}

var (
	dash = lazyregexp.New(`\s*(——|—|\s–\s|\s-\s)\s*`)
	// copula finds the verb of "X is a Y" after at most four words and of
	// "X是一种Y".
	copula = lazyregexp.New(`^(?:\S+ ){0,3}\S+( (?:is|are) )(?:an? |the )?\S|^[^\s，。,]{1,12}(是)(?:一[种类个项]|指)`)
)

// definingColon reports whether the half-width colon at i of s stands between
// a term and its definition and not in a time, a ratio, an address or a name.
func definingColon(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	if i+1 == len(s) || i == 0 || strings.ContainsRune(`/\:`, after) || before == ':' {
		return false
	}
	return !unicode.IsDigit(before) || !unicode.IsDigit(after)
}
