package main

import (
	"testing"

	"github.com/mindleaf/mindleaf/srs"
)

// TestEveryEventHasAName wants a name of its own for every kind of event, for
// learners in both languages and for scripts.
func TestEveryEventHasAName(t *testing.T) {
	same := map[srs.EventKind]srs.EventKind{srs.DrillEvent: srs.ReviewEvent, srs.CloseLevelsEvent: srs.FocusEvent}
	for _, a := range []*app{{}, {chinese: true}} {
		named, words := make(map[string]srs.EventKind), make(map[string]bool)
		for kind := srs.ReviewEvent; kind <= srs.CloseLevelsEvent; kind++ {
			word := eventKinds[kind]
			if word == "" || words[word] {
				t.Errorf("kind %d: got the word %q, want one of its own", kind, word)
			}
			words[word] = true
			name := a.eventName(srs.Event{Kind: kind, Grade: srs.Again})
			if other, ok := named[name]; ok && other != same[kind] {
				t.Errorf("kinds %d and %d are both %q", kind, other, name)
			}
			named[name] = kind
		}
	}
}
