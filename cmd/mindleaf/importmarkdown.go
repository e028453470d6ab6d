package main

import (
	"context"
	"fmt"

	"github.com/mindleaf/mindleaf/deck/markdown"
)

// markdownImporter reads cards in Markdown; a Markdown outline is a mind map.
var markdownImporter = importer{name: "Markdown cards", formats: markdownFormats, sniff: sniffMarkdown, read: readMarkdown}

func markdownFormats() []string { return []string{"markdown-cards"} }

func sniffMarkdown(in *input) certainty { return certaintyOf(markdown.Likely(in.head())) }

func readMarkdown(_ context.Context, in *input) ([]found, error) {
	data, err := in.data()
	if err != nil {
		return nil, err
	}
	d, report, err := markdown.Parse(in.name, data, markdown.Options{ID: in.deckID(), Title: in.flags.title, Language: in.flags.language})
	if err != nil {
		return nil, err
	}
	out := found{deck: d}
	for _, w := range report.Warnings {
		out.warnings = append(out.warnings, in.name+": "+w)
	}
	for _, s := range report.Skipped {
		out.warnings = append(out.warnings, fmt.Sprintf("%s:%d:%d: left out: %s", in.name, s.Line, s.Column, s.Reason))
	}
	return []found{out}, nil
}
