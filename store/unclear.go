package store

import "github.com/mindleaf/mindleaf/deck"

// alikeHere joins what has fronts much alike at the same place.
func (m *matching) alikeHere() {
	m.alike(func(t *traits) string { return t.place })
}

// alikeAnywhere joins what has fronts much alike, wherever it stands.
func (m *matching) alikeAnywhere() {
	if !m.tooMany() {
		m.alike(func(*traits) string { return "anywhere" })
	}
}

func (m *matching) tooMany() bool { return len(m.gone)*len(m.fresh) > maxPairings }

// alike joins rows and cards at the same place whose fronts are alike, where
// there is no choice in either direction.
func (m *matching) alike(place func(*traits) string) {
	there := make(map[string][]*incoming)
	for _, c := range m.fresh {
		there[place(c.traits)] = append(there[place(c.traits)], c)
	}
	delete(there, "")
	candidates := make(map[*known][]*incoming)
	claims := make(map[*incoming]int)
	for _, k := range m.gone {
		for _, c := range there[place(k.traits)] {
			if reworded(k.traits, c.traits) {
				candidates[k] = append(candidates[k], c)
				claims[c]++
			}
		}
	}
	for _, k := range m.gone {
		if of := candidates[k]; len(of) == 1 && claims[of[0]] == 1 {
			m.join(k, of[0])
		}
	}
}

// noteUnclear lists the rows with history that some new card may have become.
func (m *matching) noteUnclear() {
	keys := []func(*traits) string{
		func(t *traits) string { return t.place }, leafKind, front, kindBack,
	}
	by := make([]map[string][]*incoming, len(keys))
	for i, key := range keys {
		by[i] = make(map[string][]*incoming)
		for _, c := range m.fresh {
			by[i][key(c.traits)] = append(by[i][key(c.traits)], c)
		}
		delete(by[i], "")
	}
	for _, k := range m.gone {
		if k.reviews == 0 {
			continue
		}
		is := make(map[*incoming]bool)
		for i, key := range keys {
			for _, c := range by[i][key(k.traits)] {
				is[c] = true
			}
		}
		m.addUnclear(k, is)
	}
}

// addUnclear notes that k may have become one of the cards in is, or one alike.
func (m *matching) addUnclear(k *known, is map[*incoming]bool) {
	var candidates []deck.CardID
	few := !m.tooMany()
	if !few && len(is) == 0 {
		return
	}
	for _, c := range m.fresh {
		if is[c] || few && alike(k.traits, c.traits) {
			candidates = append(candidates, c.id)
		}
	}
	if len(candidates) > 0 {
		u := Unclear{Candidates: candidates}
		u.Old.ID, u.Old.Front = k.uid, k.traits.front
		m.changes.Unclear = append(m.changes.Unclear, u)
	}
}
