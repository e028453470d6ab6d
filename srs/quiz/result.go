package quiz

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// resultVersion is the version of the form in which results are kept.
const resultVersion = 1

// Result is what came of a finished quiz, as it is kept.
type Result struct {
	Version int `json:"v"`
	Scope
	Kind string `json:"kind"`
	// Seed made the quiz.
	Seed uint64 `json:"seed"`
	// Exam says that feedback was given only at the end, and Pass the share that
	// had to be right, in percent; 0 when there was no pass mark.
	Exam bool `json:"exam,omitempty"`
	Pass int  `json:"pass,omitempty"`
	// Seconds is the time from the first question to the last answer.
	Seconds int64 `json:"seconds"`
	Tally
	// Sections and Levels are Tally by section, in the order of the quiz, and by
	// level, in the order of the path.
	Sections []SectionTally `json:"sections"`
	Levels   []LevelTally   `json:"levels"`
}

// Scope is what a quiz was about: results compare with those of the same scope.
// Section is a path; empty fields do not narrow it down.
type Scope struct {
	Deck    deck.ID  `json:"deck,omitempty"`
	Section []string `json:"section,omitempty"`
	Level   string   `json:"level,omitempty"`
	// Filter is a filter in the learner's words.
	Filter string `json:"filter,omitempty"`
}

// Prefix is what the String of every result of the scope s, and of no other,
// begins with.
func (s Scope) Prefix() string {
	const next = `"kind":`
	text := Result{Version: resultVersion, Scope: s}.String()
	return text[:strings.Index(text, next)+len(next)]
}

// Tally counts questions. What was not answered in time is asked and not right.
type Tally struct {
	Asked int `json:"asked"`
	Right int `json:"right"`
	// Unanswered of the asked ones got no answer.
	Unanswered int `json:"unanswered,omitempty"`
}

// Percent is the share that is right, rounded down; 0 when nothing was asked.
func (t Tally) Percent() int {
	if t.Asked == 0 {
		return 0
	}
	return t.Right * 100 / t.Asked
}

func (t *Tally) add(a Answer) {
	t.Asked++
	if a.Right {
		t.Right++
	}
	if a.Unanswered {
		t.Unanswered++
	}
}

// SectionTally is the tally of the section of a deck with a path, two names at
// most.
type SectionTally struct {
	Deck deck.ID  `json:"deck"`
	Path []string `json:"path"`
	Tally
}

// LevelTally is the tally of a level.
type LevelTally struct {
	Level string `json:"level"`
	Tally
}

// InSection returns the tally of a section of r; of nothing when none was asked.
func (r Result) InSection(of deck.ID, path []string) Tally {
	for _, s := range r.Sections {
		if s.Deck == of && slices.Equal(s.Path, path) {
			return s.Tally
		}
	}
	return Tally{}
}

// InLevel returns the tally of a level of r; of nothing when none was asked.
func (r Result) InLevel(level string) Tally {
	for _, l := range r.Levels {
		if l.Level == level {
			return l.Tally
		}
	}
	return Tally{}
}

// Answer says how a question was answered.
type Answer struct{ Right, Unanswered bool }

// sectionDepth is how deep results tell sections apart.
const sectionDepth = 2

// Count fills in the tallies of r from the answers to questions, in the order of
// these.
func (r *Result) Count(questions []Question, answers []Answer) {
	r.Version = resultVersion
	byLevel := make(map[deck.Level]*Tally)
	for i, q := range questions {
		r.add(answers[i])
		path := q.Path[:min(len(q.Path), sectionDepth)]
		at := slices.IndexFunc(r.Sections, func(s SectionTally) bool {
			return s.Deck == q.Deck && slices.Equal(s.Path, path)
		})
		if at < 0 {
			at = len(r.Sections)
			r.Sections = append(r.Sections, SectionTally{Deck: q.Deck, Path: append([]string{}, path...)})
		}
		r.Sections[at].add(answers[i])
		if byLevel[q.Level] == nil {
			byLevel[q.Level] = &Tally{}
		}
		byLevel[q.Level].add(answers[i])
	}
	for _, l := range deck.Levels {
		if t := byLevel[l]; t != nil {
			r.Levels = append(r.Levels, LevelTally{Level: l.String(), Tally: *t})
		}
	}
}

// Passed reports whether r reaches its pass mark.
func (r Result) Passed() bool { return r.Right*100 >= r.Pass*r.Asked }

// String writes r the way ParseResult reads it.
func (r Result) String() string {
	text, err := json.Marshal(r)
	if err != nil {
		panic("a result always has a JSON form: " + err.Error())
	}
	return string(text)
}

// ParseResult reads what String writes. A result of a later version is an error.
func ParseResult(text string) (Result, error) {
	var r Result
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return r, fmt.Errorf("reading the result of a quiz: %w", err)
	}
	if r.Version != resultVersion {
		return r, fmt.Errorf("reading the result of a quiz: version %d is not known", r.Version)
	}
	return r, nil
}
