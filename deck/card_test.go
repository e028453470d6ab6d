package deck

import "testing"

func TestCardsDeriveNoStatedID(t *testing.T) {
	entries := []Entry{{Front: "a", Back: "b"}, {Front: "c", Back: "d"}}
	d := Deck{Leaves: []Leaf{{Text: "l", Entries: entries}}}
	first, second := d.Cards()[0].ID, d.Cards()[1].ID

	entries[0].ID = first // as deck fmt writes it
	if got := d.Cards()[1].ID; got != second {
		t.Errorf("the second card became %s, want %s as before", got, second)
	}
	d.Leaves[0].Entries = append(entries, Entry{Front: "e", Back: "f"})
	seen := make(map[CardID]bool)
	for _, c := range d.Cards() {
		if seen[c.ID] {
			t.Errorf("two cards have the id %s", c.ID)
		}
		seen[c.ID] = true
	}
}
