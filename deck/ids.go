package deck

import "strings"

// StateIDs gives every entry that has none the identity that Cards derives for
// it, so that its cards keep it when they are reworded or moved later.
func (d *Deck) StateIDs() {
	ids := make(map[*Entry]CardID)
	for _, c := range d.Cards() {
		if _, known := ids[c.Entry]; c.Derived && !known {
			id, _, _ := strings.Cut(string(c.ID), "~")
			ids[c.Entry] = CardID(id)
		}
	}
	for e, id := range ids {
		e.ID = id
	}
}
