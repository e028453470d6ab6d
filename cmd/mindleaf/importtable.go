package main

import (
	"context"
	"fmt"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/table"
)

// tableImporter reads CSV, TSV and the texts that Anki and Quizlet export. The
// words for the format say what the separator is when no flag does.
var tableImporter = importer{name: "table", formats: tableFormats, sniff: sniffTable, read: readTable}

func tableFormats() []string { return []string{"csv", "tsv", "anki-text", "quizlet"} }

// sniffTable takes a flag for tables as a word for one.
func sniffTable(in *input) certainty {
	if f := in.flags; f.separator+f.rowSeparator+f.columns+f.header != "" {
		return sure
	}
	return certaintyOf(table.Likely(in.name, in.head()))
}

func readTable(_ context.Context, in *input) ([]found, error) {
	data, err := in.data()
	if err != nil {
		return nil, err
	}
	o := table.Options{ID: in.deckID(), Title: in.flags.title, Language: in.flags.language,
		Separator: in.flags.separator, RowSeparator: in.flags.rowSeparator, Columns: in.flags.columns, Header: in.flags.headerRow()}
	if o.Separator == "" {
		o.Separator = map[string]string{"csv": "comma", "tsv": "tab", "quizlet": "tab"}[in.format]
	}
	in.read = nil // the table has a text of its own
	one, report, err := table.ParseOne(in.name, data, o)
	var decks []*deck.Deck
	switch {
	case err != nil:
	case one != nil:
		decks = []*deck.Deck{one.Deck}
	default:
		decks, report, err = table.Parse(in.name, data, o)
	}
	if err != nil {
		return nil, err
	}
	if report.Rows == 0 {
		return nil, withHint(fmt.Errorf("%s: no rows in it", in.name), "a row is a card: its front, a comma or a tab, and its back")
	}
	if report.Rows == len(report.Skipped) {
		return nil, withHint(fmt.Errorf("%s: %d rows, but no cards%s", in.name, report.Rows, firstReason(report)),
			"say what the columns are, such as --columns front,back --separator tab")
	}
	var warnings []string
	for _, w := range report.Warnings {
		warnings = append(warnings, in.name+": "+w)
	}
	for _, s := range report.Skipped {
		warnings = append(warnings, fmt.Sprintf("%s:%d: left out: %s", in.name, s.Line, s.Reason))
	}
	var out []found
	for i, d := range decks {
		f := found{deck: d}
		if i == 0 {
			f.warnings = warnings
		}
		if one != nil {
			f.leaves = one.Leaves
		}
		out = append(out, f)
	}
	return out, nil
}

func firstReason(r table.Report) string {
	if len(r.Skipped) == 0 {
		return ""
	}
	return fmt.Sprintf(": line %d was left out: %s", r.Skipped[0].Line, r.Skipped[0].Reason)
}

// headerRow is what --header says.
func (f *importFlags) headerRow() table.Header {
	switch f.header {
	case "yes":
		return table.WithHeader
	case "no":
		return table.WithoutHeader
	}
	return table.GuessHeader
}
