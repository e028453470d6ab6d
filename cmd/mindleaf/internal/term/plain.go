package term

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Plain is a Prompter that works line by line, without redrawing or escape
// sequences: for pipes, screen readers and terminals that cannot do more. An
// empty line is the default answer.
type Plain struct {
	in     *bufio.Reader
	out    io.Writer
	words  Words
	last   []Block // the body shown last
	left   bool    // a text under last was left for the keys
	notice string
	closed bool
}

// NewPlain returns a Plain that reads lines from in and writes to out, in w's
// words. When reading fails with [context.Canceled] a prompt ends with Interrupt.
func NewPlain(in io.Reader, out io.Writer, w Words) *Plain {
	return &Plain{in: bufio.NewReader(in), out: out, words: w.orEnglish()}
}

// Interactive reports false.
func (p *Plain) Interactive() bool { return false }

// Notice prints text before the next prompt.
func (p *Plain) Notice(text string) { p.notice = oneLine(text) }

// Suspend runs f.
func (p *Plain) Suspend(f func() error) error { return f() }

// Close makes every later prompt end with EOF.
func (p *Plain) Close() error {
	p.closed = true
	return nil
}

// Choose prints a numbered list and reads a number.
func (p *Plain) Choose(v View, label string, items []Item, start int) (Outcome, error) {
	if len(items) == 0 {
		return Outcome{}, errNoItems
	}
	start = min(max(start, 0), len(items)-1)
	v = v.sanitized()
	var b strings.Builder
	b.WriteString(p.page(v))
	if label != "" {
		b.WriteString(oneLine(label) + "\n")
	}
	for i, it := range items {
		fmt.Fprintf(&b, "%d %s", i+v.first(), oneLine(it.Label))
		if it.Detail != "" {
			fmt.Fprintf(&b, "  %s", oneLine(it.Detail))
		}
		b.WriteByte('\n')
	}
	first, last := v.first(), v.first()+len(items)-1
	question := fmt.Sprintf(p.words.Choice, first, last) + fmt.Sprintf(" [%d]", start+first)
	return p.ask(v, b.String(), keyHint(v.Keys), question, func(s string) (Outcome, string) {
		n, err := strconv.Atoi(narrow(s))
		switch {
		case s == "":
			return Outcome{Kind: Answer, Index: start}, ""
		case err != nil || n < first || n > last:
			return Outcome{}, p.words.Unknown
		}
		return Outcome{Kind: Answer, Index: n - first}, ""
	})
}

// WaitKey waits for an empty line.
func (p *Plain) WaitKey(v View, label string) (Outcome, error) {
	v = v.sanitized()
	return p.ask(v, p.page(v), keyHint(v.Keys), oneLine(label), func(s string) (Outcome, string) {
		if s != "" {
			return Outcome{}, p.words.Unknown
		}
		return Outcome{Kind: Answer}, ""
	})
}

// Ask reads a line. An empty one is initial; without that it is Back where the view
// has keys, as Esc is on a screen, so that these can be had by WaitKey.
func (p *Plain) Ask(v View, label, initial string, validate func(string) error) (Outcome, error) {
	question := oneLine(label)
	if initial = typed(initial); initial != "" {
		question += " [" + initial + "]"
	}
	v = v.sanitized()
	hint := ""
	if initial == "" && keyHint(v.Keys) != "" {
		hint = p.words.EmptyLine + "\n"
	}
	v.Keys = nil
	return p.ask(v, p.page(v), hint, question, func(s string) (Outcome, string) {
		switch {
		case s == "" && hint != "":
			p.left = true
			return Outcome{Kind: Back}, ""
		case s == "":
			s = initial
		}
		if validate != nil {
			if err := validate(s); err != nil {
				return Outcome{}, oneLine(err.Error())
			}
		}
		return Outcome{Kind: Answer, Text: s}, ""
	})
}

// Confirm reads yes or no.
func (p *Plain) Confirm(v View, label string, destructive bool) (bool, Outcome, error) {
	v = v.sanitized()
	yes := !destructive
	o, err := p.ask(v, p.page(v), keyHint(v.Keys), oneLine(label)+p.words.yesNoHint(yes), func(s string) (Outcome, string) {
		r, n := utf8.DecodeRuneInString(narrow(s))
		said, ok := p.words.yesNo(r)
		switch {
		case s == "":
			return Outcome{Kind: Answer}, ""
		case n == len(narrow(s)) && ok:
			yes = said
			return Outcome{Kind: Answer}, ""
		}
		return Outcome{}, p.words.Unknown
	})
	return yes && err == nil && o.Kind == Answer, o, err
}

// ask prints a page, a hint at what a line may hold and a question, and reads lines
// until one is a key of v or understood by read, which says what is wrong with any
// other; the hint is then given again.
func (p *Plain) ask(v View, page, hint, question string, read func(string) (Outcome, string)) (Outcome, error) {
	if p.closed {
		return Outcome{Kind: EOF}, nil
	}
	if v.over() {
		return Outcome{Kind: Expired}, nil
	}
	for {
		if _, err := io.WriteString(p.out, page+hint+question+" "); err != nil {
			return Outcome{}, fmt.Errorf("writing a prompt: %w", err)
		}
		s, err := p.line()
		if end, ok := endOf(err); ok {
			_, err = io.WriteString(p.out, "\n")
			return Outcome{Kind: end}, err
		}
		if err != nil {
			return Outcome{}, fmt.Errorf("reading an answer: %w", err)
		}
		if v.over() {
			return Outcome{Kind: Expired}, nil
		}
		if k, ok := command(key{code: keyText, text: s}, v.Keys); ok {
			return Outcome{Kind: Command, Command: k.Command}, nil
		}
		o, why := read(s)
		if why == "" {
			return o, nil
		}
		page = why + "\n"
	}
}

// endOf returns how a prompt ends whose reading failed with err, false when that
// is a fault.
func endOf(err error) (OutcomeKind, bool) {
	switch {
	case errors.Is(err, io.EOF):
		return EOF, true
	case errors.Is(err, context.Canceled):
		return Interrupt, true
	}
	return 0, false
}

// line reads one line, without what surrounds it; the last may lack its end.
func (p *Plain) line() (string, error) {
	s, err := p.in.ReadString('\n')
	if err != nil && (s == "" || !errors.Is(err, io.EOF)) {
		return "", err
	}
	text := strings.TrimSpace(oneLine(s))
	if text == "" && strings.TrimSpace(s) != "" {
		// Nothing but control characters: not the empty line that means yes.
		return "\uFFFD", nil
	}
	return text, nil
}

// page returns what of v was not shown by the prompt before: all of a new
// card, of one that goes on only the rest, and nothing of one whose text was left
// for the keys.
func (p *Plain) page(v View) string {
	var b strings.Builder
	if p.notice != "" {
		b.WriteString(p.notice + "\n")
		p.notice = ""
	}
	body, n := v.Body, len(p.last)
	left := p.left && slices.Equal(body, p.last)
	p.left = false
	if left {
		return b.String()
	}
	if n > 0 && len(body) > n && slices.Equal(body[:n], p.last) {
		body = body[n:]
	} else if len(v.Status) > 0 {
		b.WriteString("\n" + strings.Join(v.status(), "  ") + "\n")
	}
	p.last = v.Body
	for _, block := range body {
		if block.Kind == Rule {
			b.WriteByte('\n')
			continue
		}
		if text := strings.Trim(block.Text, "\n"); text != "" {
			b.WriteString(text + "\n")
		}
	}
	return b.String()
}

// keyHint returns the keys a line may hold instead of an answer.
func keyHint(keys []Key) string {
	var hints []string
	for _, k := range keys {
		if k.Label != "" {
			hints = append(hints, string(k.Key)+" "+k.Label)
		}
	}
	if hints == nil {
		return ""
	}
	return strings.Join(hints, "  ") + "\n"
}

// narrow returns s with its full width forms made narrow.
func narrow(s string) string {
	return strings.Map(func(r rune) rune { return key{code: keyText, text: string(r)}.folded() }, s)
}
