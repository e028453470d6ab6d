package anki

import (
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

// rendering makes the HTML of one side of a card.
type rendering struct {
	note *noteRow
	// card is the number of the cloze, from 1, or of the template.
	card     int
	template string
	// cloze writes a field with clozes; nil where they are shown as they are.
	cloze func(text string) string
	// answer says that it is the side with the answer, where hints are open.
	answer bool
	out    strings.Builder
	// hints are what the question hides behind a word to be clicked, spoken
	// what is only read out.
	hints, spoken []string
}

// full reports whether the output is as long as it may become.
func (r *rendering) full() bool { return r.out.Len() >= maxRendered }

func (r *rendering) parts(parts []part) {
	for i := range parts {
		p := &parts[i]
		switch {
		case r.full():
			return
		case p.section:
			if r.filled(p.field) != p.inverse {
				r.parts(p.parts)
			}
		case p.field != "":
			r.out.WriteString(r.value(p))
		default:
			r.out.WriteString(p.text)
		}
	}
}

var emptyField = lazyregexp.New(`(?i)^(?:\s|&nbsp;|</?(?:br|div) ?/?>)*$`)

// filled reports whether a field has content; "c1" asks whether it is the card
// of that cloze.
func (r *rendering) filled(name string) bool {
	if number, ok := strings.CutPrefix(name, "c"); ok && r.note.kind.cloze {
		if n, err := strconv.Atoi(number); err == nil {
			return n == r.card
		}
	}
	value := r.lookUp(name)
	return value != "" && !emptyField.MatchString(value)
}

// lookUp returns the content of a field or of one of the names that Anki gives
// a meaning.
func (r *rendering) lookUp(name string) string {
	if value, ok := r.note.field(name); ok {
		return value
	}
	switch name {
	case "Tags":
		return strings.Join(r.note.tags, " ")
	case "Type":
		return r.note.kind.name
	case "Deck":
		return strings.Join(r.note.deck, "::")
	case "Subdeck":
		if n := len(r.note.deck); n > 0 {
			return r.note.deck[n-1]
		}
	case "Card":
		return r.template
	}
	return "" // FrontSide too: the answer is shown below the question anyway
}

// value returns a field with its filters applied.
func (r *rendering) value(p *part) string {
	value := r.lookUp(p.field)
	for _, f := range p.filters {
		switch f {
		case "text":
			value, _ = textOf(value)
			value = escape(value)
		case "furigana":
			value = ruby.ReplaceAllString(value, "$1($2)")
		case "kana":
			value = ruby.ReplaceAllString(value, "$2")
		case "kanji":
			value = ruby.ReplaceAllString(value, "$1")
		case "cloze":
			if r.cloze != nil {
				value = r.cloze(value)
			}
		case "hint":
			if !r.answer {
				r.hints = append(r.hints, value)
				value = ""
			}
		case "tts":
			r.spoken = append(r.spoken, value)
			value = ""
		case "type":
			if !hasFilter(*p, "cloze") {
				value = ""
			}
		}
	}
	return value
}

// ruby is a word with its reading, as in 漢字[かんじ].
var ruby = lazyregexp.New(` ?([^ >\[\]]+?)\[([^\[\]:]+?)\]`)

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", "<br>").Replace(s)
}
