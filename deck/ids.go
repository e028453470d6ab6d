package deck

// StateIDs gives every entry that has none the identity that Cards derives for
// it, so that its cards keep it when they are reworded or moved later.
func (d *Deck) StateIDs() {
	ids := d.identities()
	for l := range d.All {
		ids.Fill(l)
	}
}

// Fill does for a leaf what Deck.StateIDs does for a deck. It is to be called once
// for each leaf, in the order of the map.
func (n *Identities) Fill(l *Leaf) {
	for i := range l.Entries {
		e := &l.Entries[i]
		if _, cards := e.Makes(); e.ID == "" && cards > 0 {
			e.ID = n.derive(l, e)
		}
	}
}

// Now returns what Cards will return for l, which State was told of last, unless
// Overtaken says in the end that it was too early.
func (n *Identities) Now(l *Leaf) []Card {
	return n.cards(l, func(e *Entry) CardID {
		id := n.derive(l, e)
		if n.derived == nil {
			n.derived = make(map[idSum]struct{})
		}
		n.derived[sumOf(string(id))] = struct{}{}
		return id
	})
}

// Overtaken reports whether an entry states an ID that Now had derived for another one
// before.
func (n *Identities) Overtaken() bool { return n.overtaken }

// Again returns the Identities of the same deck, for asking from the first leaf on.
func (n *Identities) Again() *Identities {
	n.forget()
	return &Identities{stated: n.stated, taken: make(map[idSum]int32), lacking: n.lacking}
}

// All visits the leaves of d in the order of the map.
func (d *Deck) All(yield func(*Leaf) bool) {
	for i := range d.Leaves {
		if !yield(&d.Leaves[i]) {
			return
		}
	}
}
