package anki

import (
	"crypto/sha1" // the checksum that Anki defines
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"html"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/lazyregexp"
)

// hashOf returns a number above 0 that follows from a name.
func hashOf(name string) int64 {
	sum := sha256.Sum256([]byte(name))
	return int64(binary.BigEndian.Uint64(sum[:])>>2) + 1
}

// deckLevels returns the levels of the name of a deck in Anki, where :: may not
// stand in one.
func deckLevels(title string, path []string) []string {
	out := []string{deckLevel(title)}
	for _, p := range path {
		out = append(out, deckLevel(p))
	}
	return out
}

func deckLevel(name string) string {
	for strings.Contains(name, "::") {
		name = strings.ReplaceAll(name, "::", ": :")
	}
	if name = strings.Trim(lineOf(strings.ReplaceAll(name, `"`, "'")), ":"); name == "" {
		return "…"
	}
	return name
}

// deckOf returns the number of the deck of a section, made with its parents when
// it is not there.
func (b *builder) deckOf(levels []string) int64 {
	var id int64
	for i := range levels {
		name := strings.Join(levels[:i+1], "::")
		id = 1_400_000_000_000 + hashOf(name)%(1<<38)
		b.decks[id] = name
	}
	return id
}

// note writes the note of the cards of one entry, its cards and their history.
func (b *builder) note(cards []deck.Card) error {
	e, l := cards[0].Entry, cards[0].Leaf
	uid, _, _ := strings.Cut(string(cards[0].ID), "~")
	fields := b.fields(e, l, deck.CardID(uid))
	for _, m := range e.Media {
		b.media[m] = true
	}
	name := string(b.Deck.ID) + "\x1f" + uid
	sum := sha256.Sum256([]byte(name))
	guid := strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
	id := b.number("note " + name)
	first := strippedText(fields[0])
	check := sha1.Sum([]byte(first))
	_, err := b.notes.ExecContext(b.ctx, id, guid, modelID(e.Kind), b.Changed.Unix(), tagsOf(e, l), strings.Join(fields, "\x1f"),
		first, binary.BigEndian.Uint32(check[:4]))
	if err != nil {
		return err
	}
	b.written.Notes++
	in := b.deckOf(deckLevels(b.Deck.Title, l.Path))
	b.place++
	for ord, c := range cards {
		if err := b.card(c, id, in, ord); err != nil {
			return err
		}
	}
	return nil
}

// fields returns the fields of an entry in the order of its note type.
func (b *builder) fields(e *deck.Entry, l *deck.Leaf, uid deck.CardID) []string {
	own := ownData{Deck: b.Deck.ID, Title: b.Deck.Title, Language: b.Deck.Language, Path: l.Path, Leaf: l.Text, Card: uid, Level: l.Level.String(),
		Choices: e.Choices, Accept: e.Accept, Media: e.Media}
	data, err := json.Marshal(own)
	if err != nil {
		panic(fmt.Sprintf("anki: marshalling strings: %v", err)) // cannot be
	}
	hidden := html.EscapeString(string(data))
	if e.Kind == deck.Cloze {
		return []string{clozeHTML(e.Front), ownHTML(e.Back), ownHTML(e.Note), ownHTML(e.Source), hidden}
	}
	return []string{ownHTML(e.Front), ownHTML(e.Back), choicesHTML(e, uid), ownHTML(e.Note), ownHTML(e.Source), hidden}
}

// tagsOf returns the tags of a note as Anki keeps them: each between spaces.
func tagsOf(e *deck.Entry, l *deck.Leaf) string {
	var tags []string
	add := func(t string) {
		if t = strings.Join(strings.Fields(clean(t)), "_"); t != "" && !slices.Contains(tags, t) {
			tags = append(tags, t)
		}
	}
	for _, t := range e.Tags {
		add(t)
	}
	if l.Level != deck.NoLevel {
		add(levelTag + l.Level.String())
	}
	if len(l.Path) > 0 {
		add(sectionTag + strings.Join(l.Path, "::"))
	}
	if len(tags) == 0 {
		return ""
	}
	return " " + strings.Join(tags, " ") + " "
}

// ownHTML turns text into HTML that ownText turns back into the same text, with
// bold text and code shown as such where that can be turned back.
func ownHTML(text string) string {
	if strings.ContainsAny(text, "*`") {
		rich := richText(text)
		if back := ownText(rich); back == text {
			return rich
		}
	}
	return plainHTML(text)
}

func plainHTML(text string) string {
	text = strings.ReplaceAll(html.EscapeString(text), "\n", "<br>")
	for strings.Contains(text, "  ") {
		text = strings.ReplaceAll(text, "  ", "&nbsp; ")
	}
	return text
}

var (
	boldText = lazyregexp.New(`\*\*([^*<>]+)\*\*`)
	codeText = lazyregexp.New("`([^`<>]+)`")
)

func richText(text string) string {
	s := plainHTML(text)
	s = codeText.ReplaceAllString(s, "<code>$1</code>")
	return boldText.ReplaceAllString(s, "<b>$1</b>")
}

// clozeHTML turns a cloze of ours into one of Anki's: each blank is a card.
func clozeHTML(front string) string {
	var b strings.Builder
	at := 0
	for i, blank := range deck.Blanks(front) {
		b.WriteString(plainHTML(front[at:blank.Start]))
		fmt.Fprintf(&b, "{{c%d::%s", i+1, plainHTML(blank.Answer))
		if blank.Hint != "" {
			b.WriteString("::" + plainHTML(blank.Hint))
		}
		b.WriteString("}}")
		at = blank.End
	}
	return b.String() + plainHTML(front[at:])
}

// choicesHTML lists the right answer and the wrong ones in an order that does
// not tell which is which, and stays.
func choicesHTML(e *deck.Entry, uid deck.CardID) string {
	if e.Kind != deck.Choice {
		return ""
	}
	options := []string{e.Back}
	for _, o := range e.Choices {
		options = append(options, o.Text)
	}
	slices.SortFunc(options, func(a, b string) int {
		return int(hashOf(string(uid)+a)>>32) - int(hashOf(string(uid)+b)>>32)
	})
	for i, o := range options {
		options[i] = "<li>" + plainHTML(o) + "</li>"
	}
	return "<ol>" + strings.Join(options, "") + "</ol>"
}

var anyTag = lazyregexp.New(`<[^>]*>`)

// strippedText is a field as Anki sorts and compares it.
func strippedText(field string) string {
	return strings.ReplaceAll(html.UnescapeString(anyTag.ReplaceAllString(field, "")), "\u00a0", " ")
}
