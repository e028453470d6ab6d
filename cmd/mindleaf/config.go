package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/lazyregexp"
	"github.com/mindleaf/mindleaf/deck/spelling"
	"github.com/mindleaf/mindleaf/deck/tomlfile"
	"github.com/mindleaf/mindleaf/srs/path"
	"github.com/mindleaf/mindleaf/srs/sm2"
)

// config is what the learner can set; its tags are the keys of config.toml.
type config struct {
	Language     string         `toml:"language" json:"language"`
	DeckLanguage string         `toml:"deck_language" json:"deck_language"`
	ShippedDeck  bool           `toml:"shipped_deck" json:"shipped_deck"`
	Review       reviewConfig   `toml:"review" json:"review"`
	SM2          sm2Config      `toml:"sm2" json:"sm2"`
	Path         pathConfig     `toml:"path" json:"path"`
	Terminal     terminalConfig `toml:"terminal" json:"terminal"`
	// Decks holds limits of single decks, by deck id.
	Decks map[string]deckConfig `toml:"decks" json:"decks,omitempty"`
}

type reviewConfig struct {
	NewPerDay     int `toml:"new_per_day" json:"new_per_day"`
	ReviewsPerDay int `toml:"reviews_per_day" json:"reviews_per_day"`
	RolloverHour  int `toml:"rollover_hour" json:"rollover_hour"`
	Grades        int `toml:"grades" json:"grades"`
	// LeechLapses is the number of lapses that make a leech, 0 for never.
	LeechLapses    int    `toml:"leech_lapses" json:"leech_lapses"`
	LeechAction    string `toml:"leech_action" json:"leech_action"`
	LoadBalance    bool   `toml:"load_balance" json:"load_balance"`
	EasyDays       string `toml:"easy_days" json:"easy_days"`
	TimeboxMinutes int    `toml:"timebox_minutes" json:"timebox_minutes"`
}

// deckConfig limits one deck beside the limits of all; nil is no limit of its
// own.
type deckConfig struct {
	NewPerDay     *int `toml:"new_per_day" json:"new_per_day,omitempty"`
	ReviewsPerDay *int `toml:"reviews_per_day" json:"reviews_per_day,omitempty"`
}

type sm2Config struct {
	Reading           string `toml:"reading" json:"reading"`
	MultiplierPercent int    `toml:"multiplier_percent" json:"multiplier_percent"`
	Fuzz              bool   `toml:"fuzz" json:"fuzz"`
	MaxIntervalDays   int    `toml:"max_interval_days" json:"max_interval_days"`
}

type pathConfig struct {
	GatePercent int `toml:"gate_percent" json:"gate_percent"`
}

type terminalConfig struct {
	AmbiguousWidth int `toml:"ambiguous_width" json:"ambiguous_width"`
}

func defaultConfig() config {
	s := sm2.Default()
	return config{
		ShippedDeck: true,
		Review: reviewConfig{
			NewPerDay: 10, RolloverHour: 4, Grades: 4, LeechLapses: 8, LeechAction: leechAsk, LoadBalance: true,
		},
		SM2: sm2Config{
			Reading: s.Reading.String(), MultiplierPercent: s.MultiplierPercent,
			Fuzz: s.Fuzz, MaxIntervalDays: int(s.MaxIntervalDays),
		},
		Path:     pathConfig{GatePercent: path.Default().GatePercent},
		Terminal: terminalConfig{AmbiguousWidth: 1},
	}
}

// The largest settings that are read, limits for hundreds of decks, the longest line in
// them, and the dots in one. The TOML parser goes as deep as a file has brackets, has no
// stack left with millions of them, and takes the square of their number with those of a
// line, and of the dots in a key.
const (
	maxConfigBytes = 64 << 10
	maxConfigLine  = 1 << 10
	maxConfigDots  = 64
)

// readConfig reads the file at name over the defaults; a file that is not
// there is no error.
func readConfig(name string) (config, error) {
	text, err := readSettings(name)
	if err != nil {
		return config{}, fmt.Errorf("reading settings: %w", err)
	}
	return parseConfig(name, text)
}

// readSettings returns what the file at name holds, and of one that is too large
// only so much that this can be seen; "" when it is not there.
func readSettings(name string) (text string, err error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	data, err := io.ReadAll(io.LimitReader(f, maxConfigBytes+1))
	return string(data), err
}

// tooLarge says what about the settings is larger than they may be.
func tooLarge(name, text string) error {
	const hint = "take out what is no setting, or remove the file to go back to the defaults"
	if len(text) > maxConfigBytes {
		return withHint(fmt.Errorf("%s is larger than %d KB, too large for settings", name, maxConfigBytes>>10), hint)
	}
	n := 0
	for line := range strings.Lines(text) {
		if n++; len(line) > maxConfigLine {
			return withHint(fmt.Errorf("%s:%d: the line has more than %d bytes", name, n, maxConfigLine), hint)
		}
		if !strings.HasPrefix(line, "#") && strings.Count(line, ".") > maxConfigDots {
			return withHint(fmt.Errorf("%s:%d: the line has more than %d dots", name, n, maxConfigDots), hint)
		}
	}
	return nil
}

func parseConfig(name, text string) (config, error) {
	if err := tooLarge(name, text); err != nil {
		return config{}, err
	}
	// As the parser takes it, so that what it says stands where it says.
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	c := defaultConfig()
	meta, err := toml.Decode(text, &c)
	var syntax toml.ParseError
	switch {
	case errors.As(err, &syntax):
		p := tomlfile.SyntaxProblem(name, text, syntax)
		return config{}, withHint(fmt.Errorf("%s:%d:%d: %s", name, p.Line, p.Column, p.Message),
			"%s", cmp.Or(p.Hint, "correct that line, or remove the file to go back to the defaults"))
	case err != nil:
		return config{}, withHint(wrongKind(name, err), "mindleaf config list shows the settings and their values")
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return config{}, unknownKey(name, text, unknown[0])
	}
	for _, s := range append(settings, c.deckSettings()...) {
		if err := s.check(s.get(c)); err != nil {
			return config{}, withHint(fmt.Errorf("%s:%d: %s: %w", name, keyLine(text, s.key), s.key, err),
				"mindleaf config list shows the settings and their values")
		}
	}
	return c, nil
}

// lastKey is where the parser says that a value is of another type: line and key.
var lastKey = lazyregexp.New(`^line\s(\d+)\s\(last\skey\s"([^"\\]+)"\): `)

// wrongKind says what a setting must be that is something else. The parser tells the
// line and the key, but names types of Go.
func wrongKind(name string, err error) error {
	text := strings.TrimPrefix(err.Error(), "toml: ")
	found := lastKey.FindStringSubmatch(text)
	if found == nil {
		return fmt.Errorf("%s: %s", name, text)
	}
	line, key := found[1], found[2]
	s, err := findSetting(key)
	switch {
	case err != nil:
		return fmt.Errorf("%s:%s: %s must be a table: [%s] on a line of its own", name, line, key, key)
	case s.quoted:
		return fmt.Errorf("%s:%s: %s must be text in quotes", name, line, key)
	case s.check("true") == nil:
		return fmt.Errorf("%s:%s: %s must be true or false", name, line, key)
	}
	return fmt.Errorf("%s:%s: %s must be a whole number", name, line, key)
}

func unknownKey(name, text string, key toml.Key) error {
	err := fmt.Errorf("%s:%d: there is no setting %q", name, keyLine(text, key.String()), deck.Shorten(key.String()))
	if meant := spelling.Closest(key.String(), settingKeys()); meant != "" {
		return withHint(err, "did you mean %q?", meant)
	}
	return withHint(err, "mindleaf config list shows all settings")
}

// scheduler returns the SM-2 settings of c, which parseConfig has checked.
func (c config) scheduler() (*sm2.Scheduler, error) {
	reading, err := sm2.ParseReading(c.SM2.Reading)
	if err != nil {
		return nil, err
	}
	return sm2.New(sm2.Settings{
		Reading: reading, MultiplierPercent: c.SM2.MultiplierPercent,
		Fuzz: c.SM2.Fuzz, MaxIntervalDays: int32(c.SM2.MaxIntervalDays),
	})
}
