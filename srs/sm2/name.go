package sm2

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mindleaf/mindleaf/srs"
)

// algorithm is the first word of every name of this package.
const algorithm = "sm2"

// Name returns the algorithm with all its settings, as stored with each review:
// "sm2 reading=program multiplier=100 fuzz=on max=36500".
func (s *Scheduler) Name() string { return s.name }

func (s Settings) name() string {
	fuzz := "off"
	if s.Fuzz {
		fuzz = "on"
	}
	return fmt.Sprintf("%s reading=%s multiplier=%d fuzz=%s max=%d",
		algorithm, s.Reading, s.MultiplierPercent, fuzz, s.MaxIntervalDays)
}

// Parse returns the scheduler that Name names. All settings must be there, in
// any order. Errors name the column, counted in bytes from 1. Names are kept in
// logs for ever: a setting added later must be optional here, and mean what held
// before it was added.
func Parse(name string) (*Scheduler, error) {
	p := parser{name: name}
	if word, ok := p.next(); !ok || word != algorithm {
		return nil, fmt.Errorf("scheduler %q, column 1: want %q", name, algorithm)
	}
	for {
		word, ok := p.next()
		if !ok {
			break
		}
		if err := p.field(word); err != nil {
			return nil, fmt.Errorf("scheduler %q, column %d: %w", name, p.start+1, err)
		}
	}
	if p.seen != allFields {
		return nil, fmt.Errorf("scheduler %q, column %d: a setting is missing: want %q",
			name, len(name)+1, Default().name())
	}
	s, err := New(p.settings)
	if err != nil {
		return nil, fmt.Errorf("scheduler %q: %w", name, err)
	}
	return s, nil
}

// Schedulers is Parse as srs.Fold wants it. It parses at every call; who folds
// long logs keeps what it returns, by name.
func Schedulers(name string) (srs.Scheduler, error) {
	s, err := Parse(name)
	if err != nil {
		return nil, err
	}
	return s, nil
}

const (
	readingField = 1 << iota
	multiplierField
	fuzzField
	maxField
	allFields = readingField | multiplierField | fuzzField | maxField
)

type parser struct {
	name       string
	start, end int
	seen       int
	settings   Settings
}

// next returns the next word; a single space separates words.
func (p *parser) next() (string, bool) {
	if p.end >= len(p.name) {
		return "", false
	}
	if p.end > 0 {
		p.end++
	}
	p.start = p.end
	if n := strings.IndexByte(p.name[p.start:], ' '); n >= 0 {
		p.end += n
	} else {
		p.end = len(p.name)
	}
	return p.name[p.start:p.end], true
}

func (p *parser) field(word string) error {
	key, value, found := strings.Cut(word, "=")
	if !found {
		return fmt.Errorf("%q is not key=value", word)
	}
	bit, err := p.set(key, value)
	if err == nil && p.seen&bit != 0 {
		err = fmt.Errorf("%s is there twice", key)
	}
	p.seen |= bit
	return err
}

func (p *parser) set(key, value string) (bit int, err error) {
	switch key {
	case "reading":
		p.settings.Reading, err = ParseReading(value)
		return readingField, err
	case "multiplier":
		p.settings.MultiplierPercent, err = number(value, checkMultiplier)
		return multiplierField, err
	case "fuzz":
		p.settings.Fuzz, err = onOff(value)
		return fuzzField, err
	case "max":
		days, err := number(value, checkMax)
		p.settings.MaxIntervalDays = int32(days)
		return maxField, err
	}
	return 0, fmt.Errorf("unknown setting %q", key)
}

// number reads what strconv.Itoa writes, within what check allows, and nothing
// else, so that no value has two spellings.
func number(s string, check func(int) error) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || strconv.Itoa(n) != s {
		return 0, fmt.Errorf("%q is not a whole number", s)
	}
	if err := check(n); err != nil {
		return 0, err
	}
	return n, nil
}

func onOff(s string) (bool, error) {
	if s != "on" && s != "off" {
		return false, fmt.Errorf("%q is neither on nor off", s)
	}
	return s == "on", nil
}
