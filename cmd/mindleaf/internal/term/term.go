// Package term owns the terminal: it shows a screen, asks a question and says
// how the learner answered.
//
// It stands apart because it is the only place that knows promptui, escape
// sequences and key codes. Every prompt is a promptui.Select or a
// promptui.Prompt, but promptui never touches the terminal: its input comes
// from a feed that hands it one rune at a time, and its output goes to a frame
// that reads it back into logical lines. What the learner sees is composed
// here from the view, that frame and the size of the window.
//
//	reader -> decoder -> pump -> feed -> promptui -> frame -> composer -> screen
//
// There are three ways to be asked: a Console (a terminal), a Plain (line by
// line: pipes, screen readers) and a Script (tests).
package term

// Prompter is how a command talks with the learner.
type Prompter interface {
	// Choose shows v and asks for one of items; start is the index
	// highlighted first. Digits 1 to 9, or 0 to 8 with v.FromZero, pick at
	// once, Enter and Space take the highlighted item, a key of v.Keys ends
	// the prompt with Command.
	Choose(v View, label string, items []Item, start int) (Outcome, error)
	// WaitKey shows v and waits for Space or Enter, which are an Answer, or
	// for one of v.Keys.
	WaitKey(v View, label string) (Outcome, error)
	// Ask reads one line of text, starting from initial. A nil validate
	// accepts anything; the text of its error is shown to the learner.
	// v.Keys are not active: their letters are text here. Esc is Back, and
	// line by line, where v has keys, so is an empty line without initial.
	Ask(v View, label, initial string, validate func(string) error) (Outcome, error)
	// Confirm asks a yes or no question. A destructive one ignores what was
	// typed before it appeared, and Enter alone says no.
	Confirm(v View, label string, destructive bool) (bool, Outcome, error)
	// Notice shows one line in the status row of the next prompt, until
	// that prompt is answered.
	Notice(text string)
	// Suspend gives the terminal back, runs f, and takes it again. It
	// returns what f returned.
	Suspend(f func() error) error
	// Interactive reports whether the screen is redrawn in place; false
	// line by line.
	Interactive() bool
	// Close restores the terminal. It may be called more than once; every
	// later prompt has the outcome EOF.
	Close() error
}

// Outcome is how a prompt ended.
type Outcome struct {
	Kind    OutcomeKind
	Index   int    // of the chosen item, from 0; only for Choose
	Text    string // what was typed; only for Ask
	Command string // of the Key that was pressed; only for Command
}

// OutcomeKind says in which of the possible ways a prompt ended.
type OutcomeKind int

const (
	Answer    OutcomeKind = iota // an item, a text, yes or no, or just "go on"
	Command                      // one of the view's keys
	Back                         // Esc
	Interrupt                    // Ctrl-C, or a signal that asks to stop
	EOF                          // the terminal is gone or the input has ended
	Expired                      // the view's clock has run out
)

// Item is one thing to choose. The prompt numbers the first nine itself.
type Item struct {
	Label  string
	Detail string // shown dim beside the label: "6 天"
}

// Key is a letter that stands for a command while a prompt waits.
type Key struct {
	Key     rune
	Command string // becomes Outcome.Command
	Label   string // shown in the help row after the letter: "撤销"
}

// View is what the learner sees above and below a prompt. Its texts may hold
// anything: what a terminal would obey is removed before it is shown.
type View struct {
	// Status is the first row: the place in the deck, then segments set to
	// the right, which are dropped from the right when there is no room.
	Status []string
	// Body is the card. It scrolls when it is taller than its place.
	Body []Block
	// Keys are listed in the last row as far as they fit; all are active.
	Keys []Key
	// FromZero numbers what there is to choose from 0 instead of from 1.
	FromZero bool
	// Clock, when there is one, says how much time is left, which is shown
	// right after the place in the deck. Once it says that the time is over
	// the prompt ends with Expired; line by line when the line is read. It is
	// called from other goroutines too.
	Clock func() (left string, over bool)
}

// first is the number of the first item.
func (v View) first() int {
	if v.FromZero {
		return 0
	}
	return 1
}

// status returns the first row's parts with the clock among them.
func (v View) status() []string {
	if v.Clock == nil || len(v.Status) == 0 {
		return v.Status
	}
	left, _ := v.Clock()
	return append([]string{v.Status[0], oneLine(left)}, v.Status[1:]...)
}

// over reports whether the time for v is over.
func (v View) over() bool {
	if v.Clock == nil {
		return false
	}
	_, over := v.Clock()
	return over
}

// Block is one part of the card.
type Block struct {
	Kind BlockKind
	Text string // **bold**, `code`, lists and fenced code are understood
}

// BlockKind says what a block is, and so how it looks.
type BlockKind int

const (
	Question   BlockKind = iota // the front
	Rule                        // a line across; Text is ignored
	AnswerText                  // the back
	Note                        // an explanation, indented
	Source                      // where it comes from, after a dash
	Detail                      // secondary, dim
	Heading                     // the title of a part
	Verbatim                    // code or a picture: spaces and lines kept
	Pairs                       // lines of two columns, two spaces or more between: the second wraps beside the first
	Right                       // says that something is right; begins with a mark and a space
	Wrong                       // says that something is wrong, likewise
	Difference                  // a text with {+what is missing+} and [-what is too much-]
)
