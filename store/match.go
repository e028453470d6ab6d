package store

import (
	"slices"

	"github.com/mindleaf/mindleaf/deck"
)

// known is a row that no card of the file is matched with yet.
type known struct {
	*row
	traits *traits
}

// matching is the search for the rows of cards whose identity does not tell.
type matching struct {
	*syncing
	gone     []*known // were in the file until now
	archived []*known // were not, but once
	fresh    []*incoming
}

// maxPairings bounds the comparisons of fronts: a file in which a thousand
// cards changed at once is another deck.
const maxPairings = 1 << 20

// matchCards finds, among the cards without a row, those that are old ones
// reworded or moved. Apart from the identity a rule counts only where it leaves
// exactly one pairing in both directions. The same text is looked for first, at
// the same place (the cards of one leaf and kind, the blanks of one cloze) and
// anywhere, among archived cards too. Then, at the same place: the same back,
// the same front, a front much alike, the same identity. Then anywhere: the same
// leaf and kind, the same front, the same back and kind, a front much alike.
func (s *syncing) matchCards() error {
	m := &matching{syncing: s}
	for _, c := range s.cards {
		if c.row == nil {
			m.fresh = append(m.fresh, c)
		}
	}
	if len(m.fresh) == 0 {
		return nil
	}
	if err := m.loadKnown(); err != nil || len(m.gone)+len(m.archived) == 0 {
		return err
	}
	i := 0
	for c, err := range m.worded(m.fresh) {
		if err != nil {
			return err
		}
		m.fresh[i].traits = traitsOfCard(c)
		i++
	}
	for _, rule := range []func(){
		m.sameIdentity,
		m.same(textHere, &m.gone), m.same(text, &m.gone), m.same(text, &m.archived),
		m.same(backHere, &m.gone), m.same(frontHere, &m.gone), m.alikeHere, m.samePlace,
		m.same(leafKind, &m.gone), m.same(front, &m.gone), m.same(kindBack, &m.gone), m.alikeAnywhere,
	} {
		rule()
		m.drop()
	}
	m.noteUnclear()
	return nil
}

// loadKnown reads the texts of the rows that are not matched. When the whole
// deck is archived its file was away and is back: its cards count as gone.
func (m *matching) loadKnown() error {
	left := make(map[int64]*row)
	away := true
	for _, r := range m.rows {
		away = away && r.archived
		if !r.matched {
			left[r.id] = r
		}
	}
	if len(left) == 0 {
		return nil
	}
	_, err := collect(m.ctx, m.tx, func(s scanner) (_ struct{}, err error) {
		var id int64
		var front, back string
		err = s.Scan(&id, &front, &back)
		switch r := left[id]; {
		case r == nil:
		case r.archived && !away:
			m.archived = append(m.archived, &known{r, traitsOf(r, front, back)})
		default:
			m.gone = append(m.gone, &known{r, traitsOf(r, front, back)})
		}
		return
	}, "SELECT card_id, front, back FROM content JOIN card ON id = card_id WHERE deck_id = ? ORDER BY card_id", m.deckID)
	return err
}

func byIdentity(rows ...[]*known) map[deck.CardID]*known {
	byUID := make(map[deck.CardID]*known)
	for _, k := range slices.Concat(rows...) {
		byUID[k.uid] = k
	}
	return byUID
}

// sameIdentity joins what has the same identity and the same text.
func (m *matching) sameIdentity() {
	byUID := byIdentity(m.gone, m.archived)
	for _, c := range m.fresh {
		k := byUID[c.id]
		if k == nil || text(k.traits) != text(c.traits) && !(k.archived && k.reviews == 0) {
			continue
		}
		m.join(k, c)
	}
}

// samePlace joins what has the same identity where as many cards are gone as
// are new, or where no progress can be mixed up.
func (m *matching) samePlace() {
	left := make(map[string]int)
	for _, k := range m.gone {
		left[k.traits.place]++
	}
	for _, c := range m.fresh {
		left[c.traits.place]--
	}
	byUID := byIdentity(m.gone)
	for _, c := range m.fresh {
		k := byUID[c.id]
		if k == nil || left[c.traits.place] != 0 && k.reviews > 0 {
			continue
		}
		m.join(k, c)
	}
}

// same returns the rule that joins every row and card whose keys are the same
// and nobody else's.
func (m *matching) same(key func(*traits) string, from *[]*known) func() {
	return func() {
		rows := make(map[string][]*known)
		for _, k := range *from {
			rows[key(k.traits)] = append(rows[key(k.traits)], k)
		}
		cards := make(map[string][]*incoming)
		for _, c := range m.fresh {
			cards[key(c.traits)] = append(cards[key(c.traits)], c)
		}
		delete(rows, "")
		for key, k := range rows {
			if len(k) != 1 || len(cards[key]) != 1 {
				delete(rows, key)
			}
		}
		for _, k := range *from {
			if rows[key(k.traits)] == nil {
				continue
			}
			m.join(k, cards[key(k.traits)][0])
		}
	}
}

// join makes a row the card's, which may go on under another identity.
func (m *matching) join(k *known, c *incoming) {
	c.row, k.matched = k.row, true
	m.joined = append(m.joined, c)
	if k.uid != c.id {
		m.renamed(k.row, k.uid)
		m.changes.Renamed = append(m.changes.Renamed, Rename{Old: k.uid, New: c.id, Front: c.traits.front})
	}
}

// renamed notes that a row goes on under another identity than it had.
func (s *syncing) renamed(r *row, was deck.CardID) {
	if s.was == nil {
		s.was = make(map[*row]deck.CardID)
	}
	s.was[r] = was
}

// drop forgets what is joined.
func (m *matching) drop() {
	matched := func(k *known) bool { return k.matched }
	m.gone = slices.DeleteFunc(m.gone, matched)
	m.archived = slices.DeleteFunc(m.archived, matched)
	m.fresh = slices.DeleteFunc(m.fresh, func(c *incoming) bool { return c.row != nil })
}
