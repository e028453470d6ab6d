package term

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/manifoldco/promptui"
)

// setUpPromptui sets what promptui keeps in package variables.
var setUpPromptui = sync.OnceFunc(func() {
	promptui.SearchPrompt = markSearch
	takeWindowSignal()
})

// dialog is one prompt: promptui between a feed and a frame.
type dialog struct {
	console *Console
	view    View
	scene   *scene
	feed    *feed
	frame   *frame
	keys    func(key) reaction // the keys that are this prompt's own
	mu      sync.Mutex
	outcome *Outcome // nil until known
	mistake string   // why the text was not accepted
	ended   chan struct{}
}

// ask prepares a prompt. keys gets every key but those that mean the same
// everywhere.
func (c *Console) ask(v View, help string, total int) *dialog {
	d := &dialog{console: c, view: v.sanitized(), ended: make(chan struct{})}
	d.scene = &scene{view: d.view, help: help, total: total}
	d.frame = &frame{guard: c.guard, draw: func(rows []string) { c.show(d.scene, rows) }}
	d.feed = &feed{pump: c.pump, frame: d.frame, handle: d.press, guard: c.guard}
	c.begin(d.scene)
	if d.view.Clock != nil {
		go d.tick()
	}
	return d
}

// tick shows the time left every second, and ends the prompt when it is over.
func (d *dialog) tick() {
	defer d.console.guard()
	second := time.NewTicker(time.Second)
	defer second.Stop()
	for !d.view.over() {
		select {
		case <-d.ended:
			return
		case <-second.C:
			d.console.refresh(d.scene)
		}
	}
	d.console.pump.pushFirst(key{code: keyExpired})
}

// press reacts to what means the same in every prompt.
func (d *dialog) press(k key) reaction {
	c := d.console
	switch {
	case k.code == keyInterrupt || k.ctrl("c"):
		return d.end(Outcome{Kind: Interrupt})
	case k.code == keyEOF:
		return d.end(Outcome{Kind: EOF})
	case k.ctrl("z"):
		c.stop(stopGroup)
		return reaction{}
	case k.code == keyStop:
		c.stop(stopProcess)
		return reaction{}
	case k.code == keyExpired:
		// It may have been meant for the prompt before.
		if d.view.over() {
			return d.end(Outcome{Kind: Expired})
		}
		return reaction{}
	case k.code == keyResume:
		c.resume()
		return reaction{}
	case k.ctrl("l"):
		c.redraw()
		return reaction{}
	case k.code == keyPageDown && c.scroll(1, 0), k.code == keyPageUp && c.scroll(-1, 0):
		return reaction{}
	}
	return d.keys(k)
}

// scrolls reacts to the keys that scroll where no text is typed.
func (d *dialog) scrolls(k key) bool {
	c := d.console
	return k.ctrl("f") && c.scroll(1, 0) || k.ctrl("b") && c.scroll(-1, 0)
}

// scrollsByRow is scrolls with the arrow keys, for where there is no list.
func (d *dialog) scrollsByRow(k key) bool {
	c := d.console
	return k.code == keyDown && c.scroll(0, 1) || k.code == keyUp && c.scroll(0, -1) || d.scrolls(k)
}

// end fixes the outcome and ends promptui's input: with a real Enter or
// Ctrl-C its goroutines would still draw, and race with one another.
func (d *dialog) end(o Outcome) reaction {
	d.mu.Lock()
	d.outcome = &o
	d.mu.Unlock()
	d.frame.freeze()
	return reaction{end: true}
}

// back reports whether k leaves the prompt without an answer.
func back(k key) bool { return k.code == keyEsc || k.ctrl("d") }

// finish cleans up after run, promptui's result, and returns the outcome.
func (d *dialog) finish(run error) (Outcome, error) {
	d.frame.freeze()
	close(d.ended)
	_ = d.feed.Close()
	d.console.Notice("")
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.outcome != nil {
		return *d.outcome, nil
	}
	if run == nil {
		run = errors.New("it ended without an answer")
	}
	return Outcome{}, fmt.Errorf("showing a prompt: %w", run)
}

func (d *dialog) blame(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mistake = oneLine(text)
}

// blamed returns the mistake as the template of a prompt shows it.
func (d *dialog) blamed() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.mistake == "" {
		return ""
	}
	return markMistake + d.mistake
}

// keyPrompt shows a label and no text; it ends with a key.
func (d *dialog) keyPrompt(label string) error {
	const template = markLabel + "{{.}}"
	p := promptui.Prompt{
		Label: oneLine(label), HideEntered: true,
		Stdin: d.feed, Stdout: d.frame,
		Pointer:   func([]rune) []rune { return nil },
		Templates: templates(template),
	}
	_, err := p.Run()
	return err
}

// templates makes every state of a prompt look the same.
func templates(t string) *promptui.PromptTemplates {
	return &promptui.PromptTemplates{Prompt: t, Valid: t, Invalid: t, Success: t}
}

// caretMark is the Pointer of promptui: it marks where the caret is, for the
// terminal's own cursor to be put there.
func caretMark(under []rune) []rune {
	return append([]rune(markCaret), under...)
}

// sanitized returns v without anything the terminal would obey.
func (v View) sanitized() View {
	s := View{Keys: make([]Key, len(v.Keys)), FromZero: v.FromZero, Clock: v.Clock}
	for _, t := range v.Status {
		s.Status = append(s.Status, oneLine(t))
	}
	for _, b := range v.Body {
		s.Body = append(s.Body, Block{b.Kind, Sanitize(b.Text)})
	}
	for i, k := range v.Keys {
		s.Keys[i] = Key{k.Key, k.Command, oneLine(k.Label)}
	}
	return s
}

// yesNo reads an answer to a yes or no question in w's letters.
func (w Words) yesNo(r rune) (yes, ok bool) {
	lower := []rune(strings.ToLower(string(r)))[0]
	switch {
	case r == 0:
		return false, false
	case strings.ContainsRune(strings.ToLower(w.Yes), lower):
		return true, true
	case strings.ContainsRune(strings.ToLower(w.No), lower):
		return false, true
	}
	return false, false
}

// yesNoHint returns the letters to show after a question, the one that Enter
// stands for in capitals.
func (w Words) yesNoHint(yes bool) string {
	y, n := string([]rune(w.Yes)[:1]), string([]rune(w.No)[:1])
	if yes {
		return " [" + strings.ToUpper(y) + "/" + n + "]"
	}
	return " [" + y + "/" + strings.ToUpper(n) + "]"
}
