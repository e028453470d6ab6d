package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestAgreeing(t *testing.T) {
	tests := []struct {
		message string
		args    []any
		want    string
	}{
		{"%d cards", []any{2}, "2 cards"},
		{"%d cards", []any{int64(1)}, "1 card"},
		{"%d cards, %d reviews, %.1f MB", []any{1, 12, 0.5}, "1 card, 12 reviews, 0.5 MB"},
		{"%d cards, %d reviews, %.1f MB", []any{11, 1, 0.5}, "11 cards, 1 review, 0.5 MB"},
		{"%d cards are no longer in the file; their history is kept", []any{1}, "1 card is no longer in the file; its history is kept"},
		{"%d reworded or moved cards were recognised and keep their history", []any{1}, "1 reworded or moved card was recognised and keeps its history"},
		{"left out: %d events of cards that are not there any more", []any{1}, "left out: 1 event of cards that are not there any more"},
		{"%d of %d right, %d%%, in %s", []any{1, 1, 100, "1 cards"}, "1 of 1 right, 100%, in 1 cards"},
		{"  about %d days to go at %s new cards a day", []any{1, "1"}, "  about 1 day to go at 1 new card a day"},
		{"Nothing is due now: done for today.", nil, "Nothing is due now: done for today."},
	}
	for _, tt := range tests {
		a := &app{config: defaultConfig()}
		if got := a.t(tt.message, tt.args...); got != tt.want {
			t.Errorf("t(%q, %v) = %q, want %q", tt.message, tt.args, got, tt.want)
		}
	}
}

func TestAgreeingText(t *testing.T) {
	for text, want := range map[string]string{
		"1 problems in 1 files":                             "1 problem in 1 file",
		"11 problems in 21 files":                           "11 problems in 21 files",
		"x.apkg: 1 cards left out: their note is missing":   "x.apkg: 1 card left out: its note is missing",
		"1 notes left out: they have no cards":              "1 note left out: it has no cards",
		"1 is not 1 to 36500 days":                          "1 is not 1 to 36500 days",
		`there is no deck "the 1 cards"; 1 decks are there`: `there is no deck "the 1 cards"; 1 deck is there`,
		"": "",
	} {
		if got := (&app{}).tr(text); got != want {
			t.Errorf("tr(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestNoPluralOfOne fills a one into every message and error of the source.
func TestNoPluralOfOne(t *testing.T) {
	plural := regexp.MustCompile(`(?:^| )1 (?:[a-z]+ ){0,2}([a-z]+s)\b`)
	fine := []string{"is", "was", "has", "this", "waits", "keeps", "gets", "makes", "lines", "items"}
	check := func(message string) {
		ones := make([]any, strings.Count(message, "%"))
		for i := range ones {
			ones[i] = 1
		}
		text := agreeingText(strings.ReplaceAll(agreeing(message, ones), "%d", "1"))
		if m := plural.FindStringSubmatch(text); m != nil && !slices.Contains(fine, m[1]) {
			t.Errorf("%q of one becomes %q", message, text)
		}
	}
	for message := range messagesInSource(t) {
		check(message)
	}
	spoken := spokenInSource(t)
	for message := range spoken {
		_, both := spoken[strings.TrimSuffix(message, "s")]
		if both = both && strings.HasSuffix(message, "s"); !both && !strings.Contains(message, "more than %d") {
			check(message)
		}
	}
}
