package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/deck/spelling"
)

// setting is one key of config.toml.
type setting struct {
	key, about string
	get        func(config) string
	check      func(value string) error
	// quoted says that the value is a TOML string.
	quoted bool
}

// settings lists every key in the order they are shown.
var settings = []setting{
	{key: "language", about: "interface language: en, zh, or empty to follow the locale", quoted: true,
		get: func(c config) string { return c.Language }, check: oneOf("", "en", "zh")},
	{key: "deck_language", about: "language of decks that come in several; empty: that of the interface or the locale, Chinese where it names none", quoted: true,
		get: func(c config) string { return c.DeckLanguage }, check: oneOf("", "en", "zh")},
	{key: "shipped_deck", about: "whether the deck that comes with mindleaf is studied",
		get: func(c config) string { return strconv.FormatBool(c.ShippedDeck) }, check: oneOf("true", "false")},
	{key: "review.new_per_day", about: "new cards a study day, 0 to 9999",
		get: func(c config) string { return strconv.Itoa(c.Review.NewPerDay) }, check: between(0, 9999)},
	{key: "review.reviews_per_day", about: "due cards a study day, 0 for no limit",
		get: func(c config) string { return strconv.Itoa(c.Review.ReviewsPerDay) }, check: between(0, 99999)},
	{key: "review.rollover_hour", about: "hour at which the study day turns, 0 to 23",
		get: func(c config) string { return strconv.Itoa(c.Review.RolloverHour) }, check: between(0, 23)},
	{key: "review.grades", about: "grades to choose from: 4 (Again, Hard, Good, Easy), 2 (Again, Good) or 6 (SuperMemo's 0 to 5)",
		get: func(c config) string { return strconv.Itoa(c.Review.Grades) }, check: oneOf("2", "4", "6")},
	{key: "review.leech_lapses", about: "lapses that make a card a leech, and again every half of that; 0 for never, up to 99",
		get: func(c config) string { return strconv.Itoa(c.Review.LeechLapses) }, check: between(0, 99)},
	{key: "review.leech_action", about: "what happens to a leech: ask, suspend, or flag (the red one)", quoted: true,
		get: func(c config) string { return c.Review.LeechAction }, check: oneOf(leechAsk, leechSuspend, leechFlag)},
	{key: "review.load_balance", about: "whether a day with few cards due is preferred within the spread of an interval",
		get: func(c config) string { return strconv.FormatBool(c.Review.LoadBalance) }, check: oneOf("true", "false")},
	{key: "review.easy_days", about: "days with less to do and their share in percent, such as \"sat=50 sun=0\"; with load_balance only", quoted: true,
		get: func(c config) string { return c.Review.EasyDays }, check: func(v string) error { _, err := parseEasyDays(v); return err }},
	{key: "review.timebox_minutes", about: "minutes after which a sitting asks whether to go on, 0 for never, up to 999",
		get: func(c config) string { return strconv.Itoa(c.Review.TimeboxMinutes) }, check: between(0, 999)},
	{key: "sm2.reading", about: "program: SuperMemo 2 as its author's program does it; text: as the 1990 article says", quoted: true,
		get: func(c config) string { return c.SM2.Reading }, check: oneOf("program", "text")},
	{key: "sm2.multiplier_percent", about: "intervals after the second are multiplied by this, 10 to 1000",
		get: func(c config) string { return strconv.Itoa(c.SM2.MultiplierPercent) }, check: between(10, 1000)},
	{key: "sm2.fuzz", about: "whether intervals of 3 days and more are spread a little",
		get: func(c config) string { return strconv.FormatBool(c.SM2.Fuzz) }, check: oneOf("true", "false")},
	{key: "sm2.max_interval_days", about: "longest interval in days, 1 to 36500",
		get: func(c config) string { return strconv.Itoa(c.SM2.MaxIntervalDays) }, check: between(1, 36500)},
	{key: "path.gate_percent", about: "share of a level that must be learned before the next opens, 0 to 100",
		get: func(c config) string { return strconv.Itoa(c.Path.GatePercent) }, check: between(0, 100)},
	{key: "terminal.ambiguous_width", about: "columns of characters such as · and …: 1 or 2, as your terminal draws them",
		get: func(c config) string { return strconv.Itoa(c.Terminal.AmbiguousWidth) }, check: between(1, 2)},
}

func oneOf(values ...string) func(string) error {
	return func(v string) error {
		for _, ok := range values {
			if v == ok {
				return nil
			}
		}
		shown := make([]string, len(values))
		for i, ok := range values {
			shown[i] = strconv.Quote(ok)
		}
		return fmt.Errorf("%q is not one of %s", v, strings.Join(shown, ", "))
	}
}

func between(low, high int) func(string) error {
	return func(v string) error {
		n, err := strconv.Atoi(v)
		if err != nil || n < low || n > high {
			return fmt.Errorf("%s is not a whole number from %d to %d", v, low, high)
		}
		return nil
	}
}

func findSetting(key string) (setting, error) {
	for _, s := range settings {
		if s.key == key {
			return s, nil
		}
	}
	if s, ok := deckSetting(key); ok {
		return s, nil
	}
	err := usagef("there is no setting %q", key)
	keys := settingKeys()
	meant := spelling.Closest(key, keys)
	if i := slices.IndexFunc(keys, func(k string) bool { return strings.HasSuffix(k, "."+key) }); meant == "" && i >= 0 {
		meant = keys[i]
	}
	if meant != "" {
		return setting{}, withHint(err, "did you mean %q?", meant)
	}
	return setting{}, withHint(err, "mindleaf config list shows all settings")
}

func settingKeys() []string {
	keys := make([]string, len(settings))
	for i, s := range settings {
		keys[i] = s.key
	}
	return keys
}

// setKey returns the text of a config file with key set to value. Every other
// line stays as it is.
func setKey(text, key, value string, quoted bool) string {
	if quoted {
		value = strconv.Quote(value)
	}
	table, name := "", key
	if i := strings.LastIndex(key, "."); i >= 0 {
		table, name = key[:i], key[i+1:]
	}
	line := name + " = " + value
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	if text == "" {
		lines = nil
	}
	if at := keyLine(text, key); at > 0 {
		lines[at-1] = line
		return strings.Join(lines, "\n") + "\n"
	}
	at, found := tableEnd(lines, table)
	if !found {
		lines = append(lines, "["+table+"]")
		at = len(lines)
	}
	lines = append(lines[:at], append([]string{line}, lines[at:]...)...)
	return strings.Join(lines, "\n") + "\n"
}

// keyLine returns the line, from 1, on which key is set; 0 when it is not.
func keyLine(text, key string) int {
	table := ""
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if name, ok := tableName(line); ok {
			table = name + "."
			continue
		}
		name, _, ok := strings.Cut(line, "=")
		if ok && table+strings.TrimSpace(name) == key {
			return i + 1
		}
	}
	return 0
}

func tableName(line string) (string, bool) {
	if !strings.HasPrefix(line, "[") {
		return "", false
	}
	name, _, ok := strings.Cut(line[1:], "]")
	return strings.TrimSpace(name), ok
}

// tableEnd returns the index of the line after the last key of table; the top
// of the file is the table "".
func tableEnd(lines []string, table string) (at int, found bool) {
	found = table == ""
	current := ""
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if name, ok := tableName(line); ok {
			current = name
		}
		if current == table {
			found = true
			if line != "" && !strings.HasPrefix(line, "#") {
				at = i + 1
			}
		}
	}
	return at, found
}
