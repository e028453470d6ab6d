package anki

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// noteRow is a note as the collection has it, on its way to become a leaf.
type noteRow struct {
	id     int64
	key    string // what identifies it
	kind   *noteType
	fields []string
	tags   []string
	deck   []string // of the card that is made
	media  []string
}

func (n *noteRow) field(name string) (string, bool) {
	for i, f := range n.kind.fields {
		if f == name {
			if i < len(n.fields) {
				return n.fields[i], true
			}
			return "", true
		}
	}
	return "", false
}

// noteMark begins all identities that are made of a note's.
const noteMark = "anki-"

// IsNoteID reports whether an entry's identity is made of that of a note in Anki, so
// that an entry of another deck with the same one comes from the same note.
func IsNoteID(id deck.CardID) bool { return strings.HasPrefix(string(id), noteMark) }

// noteKey makes the beginning of the entries' identities of what identifies a
// note: its guid, which Anki keeps for ever and which all copies share.
func noteKey(guid string) string {
	sum := sha256.Sum256([]byte(guid))
	return noteMark + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

func (n *noteRow) entryID(ord int32) deck.CardID {
	return deck.CardID(n.key + "-" + strconv.Itoa(int(ord)))
}

// made is an entry with the cards of Anki that its cards are, in their order.
type made struct {
	entry deck.Entry
	cards []*cardRow
}

// entries makes the entries of those cards of a note that lie in one deck; own is
// what Write has put into the note. What cannot be made is counted in the report.
func (n *noteRow) entries(own *ownData, cards []*cardRow, r *Report) []made {
	switch {
	case n.kind.occlusion || n.kind.cloze && strings.Contains(strings.Join(n.fields, ""), "image-occlusion:"):
		r.skip(isOcclusion, len(cards))
		return nil
	case own != nil && own.fits(n, cards):
		return []made{own.entry(n, cards)}
	case n.kind.cloze:
		return n.clozes(cards, r)
	}
	return n.plainCards(cards, r)
}

// plainCards makes an entry of each card, and one of two that ask for the same
// thing from both sides.
func (n *noteRow) plainCards(cards []*cardRow, r *Report) []made {
	var out []made
	for _, c := range cards {
		if c.ord < 0 || int(c.ord) >= len(n.kind.templates) {
			r.skip(noTemplate, 1)
			continue
		}
		t := &n.kind.templates[c.ord]
		e := n.plain(t, int(c.ord)+1)
		switch {
		case e.Front == "":
			r.skip(noFront, 1)
			continue
		case e.Back == "":
			r.skip(noAnswer, 1)
			e.Back = "—"
		}
		e.ID = n.entryID(c.ord)
		out = append(out, made{e, []*cardRow{c}})
	}
	if len(out) == 2 && isReverse(&out[0].entry, &out[1].entry) {
		out[0].entry.Kind = deck.Reversed
		out[0].cards = append(out[0].cards, out[1].cards...)
		out = out[:1]
	}
	return out
}

func isReverse(a, b *deck.Entry) bool {
	return a.Kind == deck.Basic && b.Kind == deck.Basic && a.Front == b.Back && a.Back == b.Front && a.Note == "" && b.Note == "" && a.Back != "—"
}

// plain makes the entry of a card that is no cloze.
func (n *noteRow) plain(t *template, card int) deck.Entry {
	question := n.render(t, card)
	question.parts(t.parsed.question)
	front, spoken := n.text(question.out.String()), n.text(strings.Join(question.spoken, " "))
	if front == "" {
		front = spoken
	}
	back := n.answer(t, card, front)
	e := deck.Entry{Front: front, Back: back}
	if typed, _ := n.field(t.parsed.typed); t.parsed.typed != "" {
		if answer := n.text(typed); answer != "" {
			e.Kind, e.Note, e.Back = deck.Typed, back, answer
		}
	}
	for _, hint := range question.hints {
		if text := n.text(hint); text != "" && !strings.Contains(e.Back, text) && !strings.Contains(e.Note, text) {
			e.Note = strings.TrimSpace(e.Note + "\n\n" + text)
		}
	}
	return n.finish(e)
}

// finish adds what every entry of a note has.
func (n *noteRow) finish(e deck.Entry) deck.Entry {
	e.Tags = slices.Clone(n.tags)
	e.Media = slices.Clone(n.media)
	slices.Sort(e.Media)
	e.Media = slices.Compact(e.Media)
	n.media = n.media[:0]
	return e
}

func (n *noteRow) render(t *template, card int) *rendering {
	return &rendering{note: n, card: card, template: t.name}
}

// answer returns the text of the answer side without the question that it
// repeats.
func (n *noteRow) answer(t *template, card int, front string) string {
	above, below := n.render(t, card), n.render(t, card)
	above.answer, below.answer = true, true
	below.parts(t.parsed.below)
	if t.parsed.split {
		above.parts(t.parsed.above)
		if head := n.text(above.out.String()); head != "" && head != front {
			return strings.TrimSpace(head + "\n\n" + n.text(below.out.String()))
		}
		return n.text(below.out.String())
	}
	text := n.text(below.out.String())
	if rest, ok := strings.CutPrefix(text, front+"\n"); ok && front != "" {
		return strings.TrimSpace(rest)
	}
	return text
}

// text turns HTML into text and keeps the names of its media.
func (n *noteRow) text(source string) string {
	text, media := textOf(source)
	n.media = append(n.media, media...)
	return text
}

// clozes makes one entry of a cloze note where each blank is one card of Anki,
// else one for each card.
func (n *noteRow) clozes(cards []*cardRow, r *Report) []made {
	if len(n.kind.templates) == 0 {
		r.skip(noTemplate, len(cards))
		return nil
	}
	t := &n.kind.templates[0]
	if m, ok := n.wholeCloze(t, cards); ok {
		return []made{m}
	}
	var out []made
	for _, c := range cards {
		if m, ok := n.singleCloze(t, c); ok {
			out = append(out, m)
		} else {
			r.skip(noBlank, 1)
		}
	}
	return out
}

// wholeCloze makes a Cloze of all cards; false when they and the blanks do not
// pair up.
func (n *noteRow) wholeCloze(t *template, cards []*cardRow) (m made, ok bool) {
	var numbers []int
	ok = true
	question := n.render(t, 1)
	question.cloze = func(s string) string {
		c := parseCloze(withoutSigns.Replace(s))
		more, pairs := c.oneToOne()
		numbers, ok = append(numbers, more...), ok && pairs
		return c.blanks(func(*cloze) bool { return true })
	}
	question.parts(t.parsed.question)
	if !ok || len(numbers) != len(cards) {
		return m, false
	}
	byNumber := make(map[int]*cardRow, len(cards))
	for _, c := range cards {
		byNumber[int(c.ord)+1] = c
	}
	for _, number := range numbers {
		c := byNumber[number]
		delete(byNumber, number)
		m.cards = append(m.cards, c)
		ok = ok && c != nil
	}
	m.entry = deck.Entry{ID: n.entryID(0), Kind: deck.Cloze, Front: blankText(n.text(question.out.String()))}
	if !ok || len(deck.Blanks(m.entry.Front)) != len(cards) {
		return m, false
	}
	m.entry.Back = n.clozeExtra(t, 1)
	m.entry = n.finish(m.entry)
	return m, true
}

// singleCloze makes the entry of one card: a Cloze with one blank, or a
// question with several gaps at once, which Cloze does not have.
func (n *noteRow) singleCloze(t *template, c *cardRow) (m made, ok bool) {
	card := int(c.ord) + 1
	question := n.render(t, card)
	question.cloze = func(s string) string {
		return parseCloze(withoutSigns.Replace(s)).blanks(func(p *cloze) bool { return slices.Contains(p.numbers, card) })
	}
	question.parts(t.parsed.question)
	text := n.text(question.out.String())
	e := deck.Entry{ID: n.entryID(c.ord), Kind: deck.Cloze, Front: blankText(text), Back: n.clozeExtra(t, card)}
	if blanks := strings.Count(text, blankOpen); blanks == 0 {
		return m, false
	} else if blanks > 1 || len(deck.Blanks(e.Front)) != 1 {
		front, answers := cutBlanks(text)
		e.Kind, e.Front = deck.Basic, front
		e.Back = strings.TrimSpace(strings.Join(answers, "\n") + "\n\n" + e.Back)
		if e.Back == "" {
			e.Back = "—"
		}
	}
	return made{n.finish(e), []*cardRow{c}}, true
}

// clozeExtra is what the answer of a cloze shows besides the text.
func (n *noteRow) clozeExtra(t *template, card int) string {
	extra := ""
	for i, parts := range [][]part{t.parsed.above, t.parsed.below} {
		answer := n.render(t, card)
		answer.answer, answer.cloze = true, func(string) string { return "" }
		answer.parts(parts)
		text := n.text(answer.out.String())
		if i == 0 && text != "" {
			text += "\n\n"
		}
		extra += text
	}
	return strings.TrimSpace(extra)
}
