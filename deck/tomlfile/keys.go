package tomlfile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck/spelling"
)

// table is a kind of table in a deck file and the keys it may have.
type table struct {
	name string // as its header is written; "" for the file itself
	keys []string
}

var (
	fileTable = table{"", []string{"format", "deck", "leaf", "card"}}
	deckTable = table{"[deck]", []string{"id", "title", "language", "about"}}
	leafTable = table{"[[leaf]]", []string{"path", "text", "level", "card"}}
	cardTable = table{"[[leaf.card]]", []string{"id", "kind", "front", "back", "note", "source",
		"choices", "accept", "tags", "media"}}
	aloneTable  = table{"[[card]]", append([]string{"path", "level"}, cardTable.keys...)}
	choiceTable = table{"choices", []string{"text", "why"}}
)

// others maps words that people use for a key to the key.
var others = map[string]string{
	"question": "front", "q": "front", "prompt": "front", "term": "front",
	"answer": "back", "answers": "back", "a": "back", "definition": "back", "reply": "back",
	"options": "choices", "option": "choices", "wrong": "choices", "distractors": "choices",
	"type": "kind", "difficulty": "level", "stage": "level",
	"section": "path", "sections": "path", "chapter": "path",
	"explanation": "note", "extra": "note", "comment": "note", "notes": "note", "hint": "note",
	"reference": "source", "ref": "source", "url": "source", "cite": "source",
	"tag": "tags", "image": "media", "audio": "media", "alternatives": "accept",
	"name": "title", "description": "about", "lang": "language", "version": "format",
	"leaves": "leaf", "node": "leaf", "nodes": "leaf", "reason": "why", "because": "why",
	"uid": "id", "key": "id",
}

// meant returns the key of t that somebody who wrote key had in mind, "" when
// there is none like it.
func (t table) meant(key string) string {
	low := strings.ToLower(key)
	if slices.Contains(t.keys, low) {
		return low
	}
	if other := others[low]; slices.Contains(t.keys, other) {
		return other
	}
	return nearest(low, t.keys)
}

// hint returns what to do about a key that t does not have.
func (t table) hint(key string) string {
	if meant := t.meant(key); meant != "" {
		return fmt.Sprintf("did you mean %q?", meant)
	}
	for _, place := range []table{aloneTable, leafTable, deckTable} {
		if slices.Contains(place.keys, key) {
			return fmt.Sprintf("%s goes under %s", key, place.within(t))
		}
	}
	return "the keys here are " + strings.Join(t.keys, ", ")
}

// within returns the header to look for when a key of t stands in the table
// from.
func (t table) within(from table) string {
	switch {
	case t.name == aloneTable.name && from.name == leafTable.name:
		return cardTable.name
	case t.name == aloneTable.name && from.name == cardTable.name:
		return leafTable.name
	}
	return t.name
}

// nearest returns the key that takes the fewest slips of the finger to become
// word, "" when none is near.
func nearest(word string, keys []string) string {
	best, most := "", max(1, len(word)/3)+1
	if len(word) < 2 || len(word) > 20 {
		return ""
	}
	for _, key := range keys {
		if d := spelling.Distance(word, key); d < most && d < len(key) {
			best, most = key, d
		}
	}
	return best
}
