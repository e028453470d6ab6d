package anki

import (
	"encoding/json"
	"html"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// ownPrefix begins the names of the note types that Write makes, and ownField is
// the field that keeps what the others do not say.
const (
	ownPrefix = "mindleaf "
	ownField  = "mindleaf"
)

// The tags that Write makes of the level and the section begin with these.
const (
	levelTag   = "level::"
	sectionTag = "section::"
)

// ownData is what Write puts into ownField, so that reading the note again gives
// the same entry. What people see and may change stands in other fields.
type ownData struct {
	Deck  deck.ID `json:"deck"`
	Title string  `json:"title"`
	// Language is that of the deck.
	Language string        `json:"language,omitempty"`
	Path     []string      `json:"path,omitempty"`
	Leaf     string        `json:"leaf,omitempty"`
	Card     deck.CardID   `json:"card"`
	Level    string        `json:"level,omitempty"`
	Choices  []deck.Option `json:"choices,omitempty"`
	Accept   []string      `json:"accept,omitempty"`
	Media    []string      `json:"media,omitempty"`
}

// own returns what Write has put into a note; nil when it is none of its.
func (n *noteRow) own() *ownData {
	if !strings.HasPrefix(n.kind.name, ownPrefix) {
		return nil
	}
	field, _ := n.field(ownField)
	var o ownData
	if field == "" || json.Unmarshal([]byte(html.UnescapeString(field)), &o) != nil || o.Card == "" || o.Deck == "" {
		return nil
	}
	return &o
}

func (o *ownData) level() deck.Level {
	l, err := deck.ParseLevel(o.Level)
	if err != nil {
		return deck.NoLevel
	}
	return l
}

// kind returns the kind of entry that a note type of Write's is for.
func (n *noteRow) ownKind() (deck.Kind, bool) {
	k, err := deck.ParseKind(strings.TrimPrefix(n.kind.name, ownPrefix))
	return k, err == nil
}

// fits reports whether the cards in Anki are those that the entry makes.
func (o *ownData) fits(n *noteRow, cards []*cardRow) bool {
	kind, ok := n.ownKind()
	want := 1
	switch kind {
	case deck.Reversed:
		want = 2
	case deck.Cloze:
		text, _ := n.field("Text")
		numbers, pairs := parseCloze(text).oneToOne()
		for i, number := range numbers {
			ok = ok && number == i+1
		}
		ok, want = ok && pairs, len(numbers)
	}
	for i, c := range cards {
		ok = ok && int(c.ord) == i
	}
	return ok && len(cards) == want
}

// entry makes the entry again.
func (o *ownData) entry(n *noteRow, cards []*cardRow) made {
	kind, _ := n.ownKind()
	text := func(name string) string {
		field, _ := n.field(name)
		return ownText(field)
	}
	e := deck.Entry{ID: o.Card, Kind: kind, Note: text("Note"), Source: text("Source"), Choices: o.Choices, Accept: o.Accept, Media: o.Media}
	if kind == deck.Cloze {
		field, _ := n.field("Text")
		marked := parseCloze(withoutSigns.Replace(field)).blanks(func(*cloze) bool { return true })
		e.Front = strings.NewReplacer(blankOpen, "{{", blankClose, "}}", blankHint, "::").Replace(ownText(marked))
		e.Back = text("Back Extra")
	} else {
		e.Front, e.Back = text("Front"), text("Back")
	}
	e.Tags = slices.DeleteFunc(slices.Clone(n.tags), func(t string) bool {
		return strings.HasPrefix(t, levelTag) || strings.HasPrefix(t, sectionTag)
	})
	return made{e, cards}
}

// ownText is the reverse of ownHTML. A field that was changed in Anki is read as
// any other.
func ownText(field string) string {
	plain := strings.ReplaceAll(field, "<br>", "\n")
	if strings.ContainsAny(plain, "<") {
		text, _ := textOf(field)
		return text
	}
	return clean(strings.ReplaceAll(html.UnescapeString(plain), "\u00a0", " "))
}
