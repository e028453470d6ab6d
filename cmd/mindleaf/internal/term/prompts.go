package term

import (
	"errors"
	"text/template"

	"github.com/manifoldco/promptui"
)

// maxRows is how many items promptui draws at a time; in a longer list its own
// window moves inside ours.
const maxRows = 60

// errNoItems is for a choice without items, which promptui would show as a
// failed search.
var errNoItems = errors.New("nothing to choose from")

// row is an item as promptui's templates see it; Index is one less than its
// number.
type row struct {
	Index         int
	Label, Detail string
}

// Choose asks for one of items.
func (c *Console) Choose(v View, label string, items []Item, start int) (Outcome, error) {
	if len(items) == 0 {
		return Outcome{}, errNoItems
	}
	p := newPicker(items, start, v.first())
	help := c.words.HelpList
	if p.searchable() {
		help = c.words.HelpFind
	}
	d := c.ask(v, help, len(items))
	d.keys = func(k key) reaction {
		if cmd, ok := p.takes(k, d.view.Keys); ok {
			return d.end(Outcome{Kind: Command, Command: cmd.Command})
		}
		if !p.finding && (back(k) || d.scrolls(k)) {
			if back(k) {
				return d.end(Outcome{Kind: Back})
			}
			return reaction{}
		}
		send, done, _ := p.pick(k)
		if done {
			d.frame.freeze()
		}
		return reaction{send: send, end: done}
	}
	index, err := d.list(label, items, p)
	if err == nil {
		d.end(Outcome{Kind: Answer, Index: index})
	}
	return d.finish(err)
}

// list runs a promptui.Select. It ends with a real Enter, so that the index
// is promptui's own.
func (d *dialog) list(label string, items []Item, p *picker) (int, error) {
	const fields = "{{.Index}}" + markField + "{{.Label}}" + markField + "{{.Detail}}"
	rows := make([]row, len(items))
	for i, it := range items {
		rows[i] = row{i + p.first - 1, oneLine(it.Label), oneLine(it.Detail)}
	}
	size := min(len(items), maxRows)
	s := promptui.Select{
		Label: oneLine(label), Items: rows, Size: size,
		HideHelp: true, HideSelected: true,
		Stdin: d.feed, Stdout: d.frame, Pointer: caretMark,
		Keys: &promptui.SelectKeys{
			Next:     promptui.Key{Code: runeNext},
			Prev:     promptui.Key{Code: runePrev},
			PageUp:   promptui.Key{Code: runeLeft},
			PageDown: promptui.Key{Code: runeRight},
			Search:   promptui.Key{Code: runeSearch},
		},
		Templates: &promptui.SelectTemplates{
			Label: markLabel + "{{.}}", Active: markActive + fields, Inactive: markInactive + fields,
		},
	}
	if p.searchable() {
		s.Searcher = p.matches
	}
	index, _, err := s.RunCursorAt(p.at, max(0, p.at-size+1))
	return index, err
}

// WaitKey waits for Space, Enter or one of v.Keys.
func (c *Console) WaitKey(v View, label string) (Outcome, error) {
	d := c.ask(v, "", 0)
	d.keys = func(k key) reaction {
		if cmd, ok := command(k, d.view.Keys); ok {
			return d.end(Outcome{Kind: Command, Command: cmd.Command})
		}
		switch {
		case k.code == keyEnter || k.folded() == ' ':
			return d.end(Outcome{Kind: Answer})
		case back(k):
			return d.end(Outcome{Kind: Back})
		}
		d.scrollsByRow(k)
		return reaction{}
	}
	return d.finish(unlessEnded(d.keyPrompt(label)))
}

// unlessEnded drops the error that is our own way of ending a prompt.
func unlessEnded(err error) error {
	if errors.Is(err, promptui.ErrEOF) {
		return nil
	}
	return err
}

// Ask reads a line of text of at most 4,096 characters; what is typed or
// pasted beyond these is not taken.
func (c *Console) Ask(v View, label, initial string, validate func(string) error) (Outcome, error) {
	v.Keys = nil
	e := newEditor(initial)
	text := string(e.text)
	d := c.ask(v, c.words.HelpText, 0)
	d.keys = func(k key) reaction {
		blamed := d.blamed() != ""
		d.blame("")
		switch {
		case k.code == keyEnter:
			return d.submit(e, validate)
		case k.code == keyEsc, k.ctrl("d") && len(e.text) == 0:
			return d.end(Outcome{Kind: Back})
		}
		send, _ := e.edit(k)
		if len(send) == 0 && blamed {
			send = e.nudge()
		}
		return reaction{send: send}
	}
	t := templates(markLabel + "{{.}}{{mistake}}" + markField)
	t.FuncMap = template.FuncMap{"mistake": d.blamed}
	for name, f := range promptui.FuncMap {
		t.FuncMap[name] = f
	}
	p := promptui.Prompt{
		Label: oneLine(label), Default: text, AllowEdit: true, HideEntered: true,
		Stdin: d.feed, Stdout: d.frame, Pointer: caretMark, Templates: t,
		Validate: func(s string) error { text = s; return nil },
	}
	_, err := p.Run()
	o, err := d.finish(unlessEnded(err))
	if o.Kind == Answer {
		o.Text = text
	}
	return o, err
}

// submit ends the prompt, or says why the text is not accepted.
func (d *dialog) submit(e *editor, validate func(string) error) reaction {
	if validate != nil {
		if err := validate(string(e.text)); err != nil {
			d.blame(err.Error())
			return reaction{send: e.nudge()}
		}
	}
	return d.end(Outcome{Kind: Answer})
}

// Confirm asks a yes or no question.
func (c *Console) Confirm(v View, label string, destructive bool) (bool, Outcome, error) {
	if destructive {
		c.pump.drop()
	}
	yes := false
	d := c.ask(v, "", 0)
	d.keys = func(k key) reaction {
		said, ok := c.words.yesNo(k.folded())
		if k.code == keyEnter {
			said, ok = !destructive, true
		}
		switch cmd, is := command(k, d.view.Keys); {
		case ok:
			yes = said
			return d.end(Outcome{Kind: Answer})
		case is:
			return d.end(Outcome{Kind: Command, Command: cmd.Command})
		case back(k):
			return d.end(Outcome{Kind: Back})
		}
		d.scrollsByRow(k)
		return reaction{}
	}
	o, err := d.finish(unlessEnded(d.keyPrompt(label + c.words.yesNoHint(!destructive))))
	return yes && o.Kind == Answer, o, err
}
