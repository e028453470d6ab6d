package markdown

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck"
)

// reader is one run of Read.
type reader struct {
	deck   *deck.Deck
	report Report
	// sections are the open headings; titled says that the first of them is the
	// deck's title and no section.
	sections []section
	titled   bool
	// card is the letter of the mark of the open card, 0 for none. front and
	// back are its lines so far, answered says that back is being read.
	card        byte
	answered    bool
	front, back []string
	at          int // the line of the card or paragraph
	// block is the paragraph that may be a card or not, blockAt the numbers of
	// its lines.
	block   []string
	blockAt []int
	extra   *extra
	fence   fence
	blank   bool // whether the line before was empty
	// fenceAt is where the last code block opened.
	fenceAt, schedules int
}

type section struct {
	level int
	name  string
}

// extra is what a card has that Markdown has no mark for, as a comment before
// the card says it in JSON.
type extra struct {
	ID      deck.CardID `json:"id,omitempty"`
	Kind    string      `json:"kind,omitempty"`
	Level   string      `json:"level,omitempty"`
	Path    []string    `json:"path,omitempty"`
	Leaf    string      `json:"leaf,omitempty"`
	Source  string      `json:"source,omitempty"`
	Choices []option    `json:"choices,omitempty"`
	Accept  []string    `json:"accept,omitempty"`
	Tags    []string    `json:"tags,omitempty"`
	Media   []string    `json:"media,omitempty"`
}

// option is a deck.Option as the comment has it.
type option struct {
	Text string `json:"text"`
	Why  string `json:"why,omitempty"`
}

// extraMark begins such a comment.
const extraMark = "<!--mindleaf "

func (r *reader) document(text string) {
	lines := strings.Split(text, "\n")
	start := r.frontMatter(lines)
	r.titled = onlyTitle(lines[start:])
	for i := start; i < len(lines); i++ {
		r.line(lines[i], i+1)
		r.blank = strings.TrimSpace(lines[i]) == ""
	}
	r.flush()
	if r.fence.open != "" {
		r.skip(r.fenceAt, 1, "a code block opens here and never closes")
	}
	if r.schedules > 0 {
		r.report.Warnings = append(r.report.Warnings, fmt.Sprintf("%d cards have the schedule of another program, which was not taken over", r.schedules))
	}
}

// onlyTitle reports whether the headings of the first level are all the same,
// and no card stands before them: then it is the title.
func onlyTitle(lines []string) bool {
	var f fence
	title, cards := "", false
	for _, line := range lines {
		if f.inside(line) {
			continue
		}
		letter, _ := marked(line)
		_, _, _, one := oneLiner(line)
		cards = cards || letter != 0 || one || isSplit(line)
		m := heading.FindStringSubmatch(line)
		switch {
		case m == nil:
		case len(m[1]) > 1:
			cards = true
		case title == "" && cards, title != "" && title != m[2]:
			return false
		default:
			title = m[2]
		}
	}
	return title != ""
}

// frontMatter reads the title in the lines between --- at the top, in YAML or
// TOML, and returns where the rest begins.
func (r *reader) frontMatter(lines []string) int {
	if strings.TrimSpace(lines[0]) != "---" && strings.TrimSpace(lines[0]) != "+++" {
		return 0
	}
	end := slices.IndexFunc(lines[1:], func(s string) bool { return strings.TrimSpace(s) == strings.TrimSpace(lines[0]) })
	if end < 0 {
		return 0
	}
	for _, line := range lines[1 : end+1] {
		key, value, ok := strings.Cut(line, ":")
		if before, after, found := strings.Cut(line, "="); found && (!ok || len(before) < len(key)) {
			key, value, ok = before, after, true
		}
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "name", "title", "deck":
			if value = strings.Trim(strings.TrimSpace(value), `"'`); ok && r.deck.Title == "" {
				r.deck.Title = printable(value)
			}
		}
	}
	return end + 2
}

// line reads one line.
func (r *reader) line(line string, number int) {
	wasOpen := r.fence.open != ""
	if r.fence.inside(line) {
		if !wasOpen {
			r.fenceAt = number
		}
		r.text(line, number)
		return
	}
	if schedule.MatchString(line) {
		r.schedules++
		if line = schedule.ReplaceAllString(line, ""); strings.TrimSpace(line) == "" {
			return
		}
	}
	letter, rest := marked(line)
	if letter != 0 && r.fence.inside(rest) {
		r.fenceAt = number
	}
	h := heading.FindStringSubmatch(line)
	switch {
	case h != nil:
		r.flush()
		r.open(len(h[1]), h[2])
	case rule.MatchString(line):
		r.flush()
	case comment.MatchString(line):
		r.comment(line, number)
	case letter == 'A' && r.card != 0 && !r.answered:
		r.answered, r.back = true, []string{rest}
	case letter == 'A':
		r.flush()
		r.skip(number, 1, "A: without a Q: before it")
	case letter != 0:
		r.flush()
		r.card, r.at, r.front = letter, number, []string{rest}
	case r.card != 0 && r.blank && breaksOff("", line):
		r.flush()
		r.text(line, number)
	case r.card == 0 && strings.TrimSpace(line) == "", r.card == 0 && tagLine.MatchString(line):
		r.flush()
	default:
		r.text(line, number)
	}
}

// text adds a line to the open card or paragraph.
func (r *reader) text(line string, number int) {
	switch {
	case r.answered:
		r.back = append(r.back, line)
	case r.card != 0:
		r.front = append(r.front, line)
	default:
		r.block, r.blockAt = append(r.block, line), append(r.blockAt, number)
	}
}

// open opens a heading.
func (r *reader) open(level int, name string) {
	for len(r.sections) > 0 && r.sections[len(r.sections)-1].level >= level {
		r.sections = r.sections[:len(r.sections)-1]
	}
	name = printable(name)
	if r.titled && level == 1 {
		if r.deck.Title == "" {
			r.deck.Title = name
		}
		return
	}
	if name != "" {
		r.sections = append(r.sections, section{level, name})
	}
}

// comment reads a comment on a line of its own, which may say what a card has
// beside its text.
func (r *reader) comment(line string, number int) {
	said, ok := strings.CutPrefix(strings.TrimSpace(line), extraMark)
	if !ok {
		return
	}
	r.flush()
	r.extra = &extra{}
	if err := json.Unmarshal([]byte(strings.TrimSuffix(said, "-->")), r.extra); err != nil {
		r.extra = nil
		r.skip(number, 1, "a comment for mindleaf that cannot be read: "+err.Error())
	}
}

// flush ends the open card or paragraph.
func (r *reader) flush() {
	if r.card != 0 {
		r.endCard()
	} else if len(r.block) > 0 {
		r.endBlock()
		r.extra = nil
	}
	r.card, r.answered, r.front, r.back, r.block, r.blockAt = 0, false, nil, nil, nil, nil
}

// endCard ends a card with marks.
func (r *reader) endCard() {
	e := deck.Entry{Front: clean(unescape(r.front))}
	back := r.back
	if r.card == 'C' && !r.answered {
		r.front, e.Note = cutNote(r.front)
		e.Front = clean(unescape(r.front))
	} else {
		back, e.Note = cutNote(back)
	}
	e.Back = clean(unescape(back))
	if r.card == 'C' {
		e.Kind, e.Front = deck.Cloze, fromBrackets(e.Front)
	}
	r.put(&e, r.at)
}

// cutNote takes the quote at the end of a text off.
func cutNote(lines []string) (text []string, note string) {
	end := len(lines)
	for end > 0 && strings.TrimSpace(lines[end-1]) == "" {
		end--
	}
	start := end
	for start > 0 && strings.HasPrefix(strings.TrimSpace(lines[start-1]), ">") {
		start--
	}
	if start == end || start == 0 || strings.TrimSpace(lines[start-1]) != "" || strings.TrimSpace(strings.Join(lines[:start], "")) == "" {
		return lines, ""
	}
	quote := make([]string, 0, end-start)
	for _, line := range lines[start:end] {
		line = strings.TrimPrefix(strings.TrimSpace(line), ">")
		quote = append(quote, strings.TrimPrefix(line, " "))
	}
	return lines[:start], clean(strings.Join(quote, "\n"))
}

// endBlock makes cards of a paragraph, or reports it.
func (r *reader) endBlock() {
	if i := slices.IndexFunc(r.block, isSplit); i > 0 && i < len(r.block)-1 {
		e := deck.Entry{Front: clean(unescape(below(r.block[:i]))), Back: clean(unescape(below(r.block[i+1:])))}
		if strings.TrimSpace(r.block[i]) == "??" {
			e.Kind = deck.Reversed
		}
		r.put(&e, r.blockAt[0])
		return
	}
	var left []string
	leftAt := 0
	var f fence
	for i, line := range r.block {
		front, back, reversed, ok := oneLiner(line)
		if f.inside(line) || !ok {
			if len(left) == 0 {
				leftAt = r.blockAt[i]
			}
			left = append(left, line)
			continue
		}
		e := deck.Entry{Front: clean(front), Back: clean(back)}
		if reversed {
			e.Kind = deck.Reversed
		}
		r.put(&e, r.blockAt[i])
	}
	if len(left) > 0 {
		r.rest(left, leftAt)
	}
}

// below returns lines that follow no mark as unescape wants them.
func below(lines []string) []string { return append([]string{""}, lines...) }

// rest makes a cloze of what a paragraph has beside lines that are cards, or
// reports it.
func (r *reader) rest(lines []string, at int) {
	text := clean(bullet.ReplaceAllString(strings.Join(lines, "\n"), ""))
	if filled := fromMarkers(text); len(deck.Blanks(filled)) > 0 && marker.MatchString(text) {
		r.put(&deck.Entry{Kind: deck.Cloze, Front: filled}, at)
		return
	}
	column := utf8.RuneCountInString(lines[0]) - utf8.RuneCountInString(strings.TrimLeft(lines[0], " \t")) + 1
	r.skip(at, column, fmt.Sprintf("text that is no card: %q", clip(text)))
}

func (r *reader) skip(line, column int, reason string) {
	r.report.Skipped = append(r.report.Skipped, Skipped{Line: line, Column: column, Reason: reason})
}

// put adds a card, or reports why it is none.
func (r *reader) put(e *deck.Entry, at int) {
	e.Pos = deck.Pos{Line: at, Column: 1}
	leaf := deck.Leaf{Pos: e.Pos}
	for _, s := range r.sections {
		leaf.Path = append(leaf.Path, s.name)
	}
	if err := r.addExtra(e, &leaf); err != nil {
		r.skip(at, 1, err.Error())
	}
	if reason := check(e); reason != "" {
		r.skip(at, 1, reason)
		return
	}
	d := r.deck
	if n := len(d.Leaves); n > 0 && leaf.Text != "" && d.Leaves[n-1].Text == leaf.Text && slices.Equal(d.Leaves[n-1].Path, leaf.Path) {
		d.Leaves[n-1].Entries = append(d.Leaves[n-1].Entries, *e)
		return
	}
	leaf.Entries = []deck.Entry{*e}
	d.Leaves = append(d.Leaves, leaf)
}

// addExtra adds to a card what the comment before it says.
func (r *reader) addExtra(e *deck.Entry, leaf *deck.Leaf) (err error) {
	x := r.extra
	if x == nil {
		return nil
	}
	r.extra = nil
	e.ID, e.Source, e.Accept, e.Tags, e.Media = x.ID, x.Source, x.Accept, x.Tags, x.Media
	for _, o := range x.Choices {
		e.Choices = append(e.Choices, deck.Option(o))
	}
	leaf.Text = printable(x.Leaf)
	if x.Path != nil {
		leaf.Path = x.Path
	}
	if leaf.Level, err = deck.ParseLevel(x.Level); err != nil {
		return err
	}
	if x.Kind != "" {
		e.Kind, err = deck.ParseKind(x.Kind)
	}
	return err
}

// check says why an entry cannot be a card.
func check(e *deck.Entry) (reason string) {
	if problems := (&deck.Deck{Title: "x", Leaves: []deck.Leaf{{Entries: []deck.Entry{*e}}}}).Validate(); len(problems) > 0 {
		return problems[0].Message
	}
	return ""
}

// clean removes control characters, and the white space around a text.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			return -1
		}
		return c
	}, s))
}

// printable makes a name of a text: one line without control characters.
func printable(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// clip keeps what a message quotes to a readable length.
func clip(s string) string {
	const most = 60
	s = printable(s)
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
