package table

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

// reader is one run of Read.
type reader struct {
	name    string
	text    string
	options Options
	header  header
	grid    grid
	columns columns
	rows    *scanner
	first   []row // those that were looked at already
	width   int   // the number of fields that the widest of them has
	report  Report
	decks   []*deck.Deck
	byTitle map[string]*deck.Deck
	lines   map[deck.CardID]int
	extras  map[string]bool
	shared  bool // whether blanks with the same number were seen
	// take, unless nil, gets the leaves of the only deck instead of the deck, until it
	// returns false.
	take func(*deck.Leaf) bool
}

var (
	// errSeveral says that there is more than one deck, and errEnough that take has
	// had enough.
	errSeveral = errors.New("several decks")
	errEnough  = errors.New("enough")
)

// hand gives take all leaves but the last few, to which more may be added.
func (t *reader) hand(last int) error {
	switch {
	case t.take == nil || len(t.decks) == 0:
		return nil
	case len(t.decks) > 1:
		return errSeveral
	}
	d := t.decks[0]
	for ; len(d.Leaves) > last; d.Leaves = slices.Delete(d.Leaves, 0, 1) {
		if !t.take(&d.Leaves[0]) {
			return errEnough
		}
	}
	return nil
}

func (t *reader) run() error {
	h, size := readHeader(t.text)
	t.header = h
	t.report.Warnings = append(t.report.Warnings, h.warnings...)
	t.byTitle, t.lines, t.extras = make(map[string]*deck.Deck), make(map[deck.CardID]int), make(map[string]bool)
	body := t.text[size:]
	t.setGrid(body)
	t.rows = newScanner(t.grid, body, strings.Count(t.text[:size], "\n")+1)
	if err := t.lookAhead(); err != nil {
		return err
	}
	if err := t.setColumns(); err != nil {
		return err
	}
	for {
		r, ok, err := t.next()
		if err != nil {
			return err
		}
		if !ok {
			t.reportComments()
			return t.hand(0)
		}
		if r.empty() {
			continue
		}
		if t.report.Rows++; t.report.Rows > MaxRows {
			return &Error{Name: t.name, Line: r.line, Message: fmt.Sprintf("more than %d rows", MaxRows), Hint: "split the table into several files"}
		}
		if reason := t.card(r); reason != "" {
			t.report.Skipped = append(t.report.Skipped, Skipped{Line: r.line, Reason: reason})
		}
		if err := t.hand(1); err != nil {
			return err
		}
	}
}

// reportComments tells of the comments that have as many fields as a row: they were
// hardly meant as comments.
func (t *reader) reportComments() {
	for _, c := range append(t.header.comments, t.rows.passed...) {
		if fields := strings.Count(c.text, t.grid.separator) + 1; fields > 1 && fields >= t.width && t.grid.separator != " " {
			t.report.Rows++
			t.report.Skipped = append(t.report.Skipped, Skipped{Line: c.line, Reason: "it begins with #, which makes it a comment unless it is in quotes"})
		}
	}
	slices.SortStableFunc(t.report.Skipped, func(a, b Skipped) int { return cmp.Compare(a.Line, b.Line) })
}

// setGrid finds out how body is divided.
func (t *reader) setGrid(body string) {
	t.grid = grid{separator: separatorOf(t.options.Separator), row: separatorOf(t.options.RowSeparator), comments: true}
	if t.grid.row == "" {
		t.grid.row, t.grid.quotes = "\n", true
	}
	if t.grid.separator == "" {
		t.grid.separator = t.header.separator
	}
	if t.grid.separator == "" {
		t.grid.separator = guessSeparator(t.name, body)
	}
	t.report.Separator = t.grid.separator
}

// lookAhead reads the first rows, from which the rest is guessed.
func (t *reader) lookAhead() error {
	const enough = 5
	for len(t.first) < enough {
		r, ok, err := t.scan()
		if err != nil || !ok {
			return err
		}
		if !r.empty() {
			t.first = append(t.first, r)
		}
	}
	return nil
}

// scan reads a row and checks its size.
func (t *reader) scan() (row, bool, error) {
	r, open, ok := t.rows.next()
	switch base := len(t.text) - len(t.rows.text); {
	case open >= 0:
		return r, false, textfile.ErrorAt(t.name, t.text, base+open, "a quote opens here and never closes",
			"close it, or write two quotes where one is meant")
	case len(r.fields) > maxColumns:
		return r, false, textfile.ErrorAt(t.name, t.text, base+r.at, fmt.Sprintf("more than %d fields", maxColumns), "choose another separator")
	}
	for _, f := range r.fields {
		if len(f) > deck.MaxTextBytes {
			return r, false, &Error{Name: t.name, Line: r.line, Message: fmt.Sprintf("a field has %d bytes, more than %d", len(f), deck.MaxTextBytes),
				Hint: "look for a quote that is not closed, or make several cards of it"}
		}
	}
	return r, ok, nil
}

// next returns the next row: one that was looked at, or a new one.
func (t *reader) next() (row, bool, error) {
	if len(t.first) > 0 {
		r := t.first[0]
		t.first = t.first[1:]
		return r, true, nil
	}
	return t.scan()
}

// setColumns finds out what the columns are, and whether their text is HTML.
func (t *reader) setColumns() error {
	for _, r := range t.first {
		t.width = max(t.width, len(r.fields))
	}
	if t.header.columns != "" {
		s := newScanner(t.grid, t.header.columns, t.header.columnsLine)
		names, _, _ := s.next()
		t.columns = named(names.fields)
	}
	for r, n := range t.header.of {
		t.columns.set(n-1, r)
	}
	guess := t.options.Header == GuessHeader && t.header.columns == "" && len(t.first) > 0 && isHeader(t.first[0].fields)
	if (guess || t.options.Header == WithHeader) && len(t.first) > 0 {
		t.columns = named(t.first[0].fields)
		t.first = t.first[1:]
	}
	if t.options.Columns != "" {
		if err := t.columns.choose(t.options.Columns); err != nil {
			return &Error{Name: t.name, Message: err.Error(), Hint: "say which columns to read, such as front,back or front=1,back=3"}
		}
	}
	t.columns.fill(max(t.width, len(t.columns.roles)))
	t.ankiTags(t.width)
	t.report.HTML = t.isHTML()
	if !t.columns.has(backRole) && len(t.first) > 0 && !t.clozes() {
		return &Error{Name: t.name, Line: t.first[0].line, Message: "only one column", Hint: "say what separates the columns, such as --separator tab"}
	}
	return nil
}

// ankiTags makes the column after the fields the one for tags, as Anki does when
// its text names none.
func (t *reader) ankiTags(width int) {
	h := t.header
	if !h.any || h.columns != "" || t.options.Columns != "" || t.columns.has(tagsRole) || len(h.of) > 0 {
		return
	}
	if last := width - 1; last > 1 && t.columns.role(last) == extraRole {
		t.columns.set(last, tagsRole)
	}
}

// clozes reports whether the first rows have Anki's blanks.
func (t *reader) clozes() bool {
	for _, r := range t.first {
		if hasBlank(r.fields[0]) {
			return true
		}
	}
	return strings.Contains(strings.ToLower(t.header.notetype), "cloze")
}

// isHTML is what the header says, or else whether one of the first five rows
// looks like it.
func (t *reader) isHTML() bool {
	if t.header.html != "" {
		return t.header.html == "true"
	}
	for _, r := range t.first {
		for _, f := range r.fields {
			if looksLikeHTML(f) {
				return true
			}
		}
	}
	return false
}

// finish states identities and names the decks.
func (t *reader) finish() []*deck.Deck {
	if len(t.decks) == 0 {
		t.deckOf("")
	}
	if len(t.decks) == 1 {
		d := t.decks[0]
		d.ID = t.options.ID
		if t.options.Title != "" {
			d.Title = t.options.Title
		}
	}
	for _, d := range t.decks {
		d.StateIDs()
	}
	if t.shared {
		t.report.Warnings = append(t.report.Warnings, "blanks with the same number, which Anki asks together, became a card each")
	}
	for i, name := range t.columns.names {
		if t.columns.role(i) == extraRole && t.extras[name] {
			t.report.Warnings = append(t.report.Warnings, fmt.Sprintf("column %q went into the notes of the cards", clip(name)))
		}
	}
	return t.decks
}

// clip keeps what a message quotes to a readable length.
func clip(s string) string {
	const most = 40
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
