package main

import (
	"context"
	"strings"
	"testing"
)

// FuzzExportJSON reads what may be no export: it ends, and says either where it is
// wrong or what is in it.
func FuzzExportJSON(f *testing.F) {
	for _, seed := range []string{
		`{"mindleaf": 1, "decks": [{"id": "d", "title": "卡组", "leaves": [{"path": ["章"], "text": "点", "level": "beginner",
			"entries": [{"id": "one", "kind": "choice", "front": "问？", "back": "答", "choices": [{"text": "乙", "why": "不"}]}]}],
			"cards": [{"id": "one", "seed": 7}, {"id": "gone", "archived": true, "front": "旧", "back": "去", "kind": "basic"}]}],
			"events": [{"device": "a", "seq": 1, "clock": 1, "at": "2026-01-05T09:00:00+08:00", "day": 20458, "kind": "review", "deck": "d", "card": "one", "grade": 4}]}`,
		`{"mindleaf": 99}`, `{"mindleaf": 1, "decks": [{}]}`, `{"mindleaf": 1, "events": [{"kind": "undo"}]}`, `{"mindleaf": 1, "decks": [{"id": "d", "leaves": [{}]}]}`, `{`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		in := &input{name: "all.json", size: int64(len(text)), file: strings.NewReader(text), flags: &importFlags{}}
		found, err := readExportJSON(context.Background(), in)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "all.json: ") {
				t.Errorf("%v does not name the file", err)
			}
			return
		}
		for _, one := range found {
			one.deck.StateIDs()
			one.deck.Validate()
			one.deck.Cards()
		}
	})
}

// FuzzConfig reads settings that may be none: they are good afterwards, or the file
// and what is wrong are named.
func FuzzConfig(f *testing.F) {
	for _, seed := range []string{
		"language = \"zh\"\n[review]\nnew = 5\nrollover_hour = 4\n[sm2]\nfuzz = false\n", "[review\n", "nwe = 1\n", "language = 3\n", "[deck.x]\nnew = -1\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parseConfig("config.toml", text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "config.toml:") {
				t.Errorf("%v does not name the file", err)
			}
			return
		}
		if _, err := c.scheduler(); err != nil {
			t.Errorf("settings that were taken make no scheduler: %v", err)
		}
	})
}
