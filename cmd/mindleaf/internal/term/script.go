package term

import (
	"fmt"
	"strconv"
	"strings"
)

// What a step of a Script may be besides a number, a text, a key or the name
// of a command.
const (
	StepBack      = "<esc>"
	StepInterrupt = "<ctrl-c>"
	StepEOF       = "<eof>"
)

// Script is a Prompter for tests. Each prompt takes one step: for Choose a
// number as it is shown, for WaitKey, Confirm and Choose a key or a command of the
// view, for Ask any text, for Confirm y or n. An empty step is the default
// answer; without steps left the outcome is EOF.
type Script struct {
	Shown []Shown // every prompt so far
	steps []string
	note  string
}

// Shown is what the learner saw at one prompt.
type Shown struct {
	Prompt  string // "choose", "wait", "ask" or "confirm"
	View    View
	Label   string
	Items   []Item
	Start   int
	Initial string
	Notice  string
}

// NewScript returns a Script that answers with steps.
func NewScript(steps ...string) *Script { return &Script{steps: steps} }

// Left returns the steps no prompt has taken.
func (s *Script) Left() []string { return s.steps }

// Interactive reports true.
func (s *Script) Interactive() bool { return true }

// Notice records text with the next prompt.
func (s *Script) Notice(text string) { s.note = text }

// Suspend runs f.
func (s *Script) Suspend(f func() error) error { return f() }

// Close does nothing.
func (s *Script) Close() error { return nil }

// Choose takes the number of an item.
func (s *Script) Choose(v View, label string, items []Item, start int) (Outcome, error) {
	step, o, done := s.next(Shown{Prompt: "choose", View: v, Label: label, Items: items, Start: start})
	if done {
		return o, nil
	}
	n, err := strconv.Atoi(step)
	switch {
	case len(items) == 0:
		return Outcome{}, errNoItems
	case step == "":
		return Outcome{Kind: Answer, Index: min(max(start, 0), len(items)-1)}, nil
	case err != nil || n < v.first() || n >= v.first()+len(items):
		return Outcome{}, fmt.Errorf("step %q is no answer to %q with %d items", step, label, len(items))
	}
	return Outcome{Kind: Answer, Index: n - v.first()}, nil
}

// WaitKey takes an empty step.
func (s *Script) WaitKey(v View, label string) (Outcome, error) {
	step, o, done := s.next(Shown{Prompt: "wait", View: v, Label: label})
	if done {
		return o, nil
	}
	if strings.TrimSpace(step) != "" {
		return Outcome{}, fmt.Errorf("step %q is no answer to %q", step, label)
	}
	return Outcome{Kind: Answer}, nil
}

// Ask takes any text; an empty step is initial. A text that is not valid
// takes another step, as it takes another try.
func (s *Script) Ask(v View, label, initial string, validate func(string) error) (Outcome, error) {
	v.Keys = nil
	for {
		step, o, done := s.next(Shown{Prompt: "ask", View: v, Label: label, Initial: initial})
		if done {
			return o, nil
		}
		if step == "" {
			step = initial
		}
		if validate == nil || validate(step) == nil {
			return Outcome{Kind: Answer, Text: step}, nil
		}
	}
}

// Confirm takes y or n.
func (s *Script) Confirm(v View, label string, destructive bool) (bool, Outcome, error) {
	step, o, done := s.next(Shown{Prompt: "confirm", View: v, Label: label})
	switch {
	case done:
		return false, o, nil
	case step == "":
		return !destructive, Outcome{Kind: Answer}, nil
	case step == "y" || step == "n":
		return step == "y", Outcome{Kind: Answer}, nil
	}
	return false, Outcome{}, fmt.Errorf("step %q is neither y nor n for %q", step, label)
}

// next records a prompt and takes a step; done when that alone is the outcome.
func (s *Script) next(shown Shown) (step string, o Outcome, done bool) {
	shown.Notice, s.note = s.note, ""
	s.Shown = append(s.Shown, shown)
	switch {
	case shown.View.over():
		return "", Outcome{Kind: Expired}, true
	case len(s.steps) == 0:
		return "", Outcome{Kind: EOF}, true
	}
	step, s.steps = s.steps[0], s.steps[1:]
	switch step {
	case StepBack:
		return "", Outcome{Kind: Back}, true
	case StepInterrupt:
		return "", Outcome{Kind: Interrupt}, true
	case StepEOF:
		return "", Outcome{Kind: EOF}, true
	}
	for _, k := range shown.View.Keys {
		if step == string(k.Key) || step == k.Command {
			return "", Outcome{Kind: Command, Command: k.Command}, true
		}
	}
	return step, Outcome{}, false
}
