package term

import (
	"strings"
	"unicode/utf8"
)

// pageItems is how far PgUp and PgDn go in a list.
const pageItems = 10

// picker is where promptui's list stands after the runes handed out so far.
type picker struct {
	labels  []string // in lower case
	first   int      // the digit of the first item
	shown   int      // items the search leaves
	at      int      // the highlighted one of these
	finding bool
	query   []rune
}

func newPicker(items []Item, start, first int) *picker {
	p := &picker{first: first, shown: len(items), at: min(max(start, 0), len(items)-1)}
	for _, it := range items {
		p.labels = append(p.labels, strings.ToLower(it.Label))
	}
	return p
}

// searchable reports whether the list is long enough to be searched.
func (p *picker) searchable() bool { return len(p.labels) > maxDigit }

// matches is promptui's Searcher.
func (p *picker) matches(query string, index int) bool {
	return strings.Contains(p.labels[index], strings.ToLower(query))
}

// pick returns what k is for promptui; done when it takes the highlighted
// item, false when k does not concern the list.
func (p *picker) pick(k key) (send []rune, done, ok bool) {
	if p.finding {
		if send, ok := p.find(k); ok {
			return send, false, true
		}
	} else if send, done, ok := p.press(k.folded()); ok {
		return send, done, true
	}
	switch k.code {
	case keyUp:
		return p.moveTo(p.at - 1), false, true
	case keyDown:
		return p.moveTo(p.at + 1), false, true
	case keyHome:
		return p.moveTo(0), false, true
	case keyEnd:
		return p.moveTo(p.shown - 1), false, true
	case keyPageUp, keyPageDown:
		// In a short list these keys are for the card above it: they must
		// not change the answer where there is nothing to scroll.
		if !p.searchable() {
			return nil, false, true
		}
		if k.code == keyPageUp {
			return p.moveTo(p.at - pageItems), false, true
		}
		return p.moveTo(p.at + pageItems), false, true
	case keyEnter:
		if p.shown == 0 {
			return nil, false, true
		}
		return []rune{runeEnter}, true, true
	}
	return nil, false, false
}

// press handles the characters that mean something outside a search.
func (p *picker) press(r rune) (send []rune, done, ok bool) {
	digit := int(r-'0') - p.first
	switch {
	case r == ' ':
		return []rune{runeEnter}, true, true
	case r >= '0' && r <= '9' && digit >= 0 && digit < min(p.shown, maxDigit):
		return append(p.moveTo(digit), runeEnter), true, true
	case r == 'j':
		return p.moveTo(p.at + 1), false, true
	case r == 'k':
		return p.moveTo(p.at - 1), false, true
	case r == '/' && p.searchable():
		p.finding = true
		return []rune{runeSearch}, false, true
	}
	return nil, false, false
}

// find handles the keys that edit the text of a search.
func (p *picker) find(k key) ([]rune, bool) {
	switch {
	case k.code == keyText || k.code == keyPaste:
		rs := []rune(typed(k.text))
		if len(rs) > 0 {
			p.search(append(p.query, rs...))
		}
		return rs, true
	case k.code == keyBackspace && len(p.query) > 0:
		p.search(p.query[:len(p.query)-1])
		return []rune{runeBackspace}, true
	case k.code == keyEsc || k.code == keyBackspace:
		p.finding = false
		p.search(nil)
		return []rune{runeSearch}, true
	case k.ctrl("u") && len(p.query) > 0:
		n := len(p.query)
		p.search(nil)
		return repeat(runeBackspace, n), true
	}
	return nil, false
}

// search counts what promptui's list will show for query.
func (p *picker) search(query []rune) {
	p.query, p.at, p.shown = query, 0, 0
	term := strings.Trim(string(query), " ")
	for i := range p.labels {
		if p.matches(term, i) {
			p.shown++
		}
	}
}

// moveTo moves the highlight to the i-th item shown, or the nearest there is.
func (p *picker) moveTo(i int) []rune {
	i = max(min(i, p.shown-1), 0)
	by := i - p.at
	p.at = i
	if by < 0 {
		return repeat(runePrev, -by)
	}
	return repeat(runeNext, by)
}

// takes reports whether k is a command of keys rather than the list's own.
func (p *picker) takes(k key, keys []Key) (Key, bool) {
	if p.finding {
		return Key{}, false
	}
	return command(k, keys)
}

// command returns the one of keys that k is.
func command(k key, keys []Key) (Key, bool) {
	if k.code != keyText || utf8.RuneCountInString(k.text) != 1 {
		return Key{}, false
	}
	for _, c := range keys {
		if k.matches(c.Key, keys) {
			return c, true
		}
	}
	return Key{}, false
}
