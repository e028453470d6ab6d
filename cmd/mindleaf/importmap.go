package main

import (
	"bytes"
	"context"

	"github.com/mindleaf/mindleaf/deck/cardgen"
	"github.com/mindleaf/mindleaf/deck/mindmap"
)

// mapImporter makes cards from the leaves of a mind map.
var mapImporter = importer{name: "mind map", formats: mapFormats, sniff: sniffMap, read: readMap}

func mapFormats() []string {
	var words []string
	for _, f := range mindmap.Formats() {
		words = append(words, string(f))
	}
	return words
}

// sniffMap is never sure of Markdown: a list is soon written.
func sniffMap(in *input) certainty {
	data, err := in.data()
	if err != nil {
		return no
	}
	f, isSure := mindmap.Detect(in.name, data)
	switch {
	case f == "":
		return no
	case !isSure:
		return byName
	case f == mindmap.Markdown:
		return likely
	}
	return sure
}

// readMap makes the deck of a map. It touches nothing but the memory, so that an
// interrupt does not have to wait for a large map to be done.
func readMap(ctx context.Context, in *input) ([]found, error) {
	data, err := in.data()
	if err != nil {
		return nil, err
	}
	return await(ctx, func() ([]found, error) { return makeOfMap(ctx, in, data) })
}

func makeOfMap(ctx context.Context, in *input, data []byte) ([]found, error) {
	m, err := readMapAs(in, data)
	if err != nil {
		return nil, err
	}
	o := cardgen.Options{Title: in.flags.title, Language: in.flags.language, ID: in.deckID(), IDs: true}
	if in.making != nil {
		o.OnProgress = func(done, total int64) {
			if ctx.Err() == nil { // else nobody waits for it any more
				in.making(done, total)
			}
		}
	}
	d, report := cardgen.Deck(m.Root, o)
	out := found{deck: d, root: m.Root}
	for _, w := range m.Warnings {
		out.warnings = append(out.warnings, in.name+": "+w)
	}
	for _, w := range report.Weak {
		out.weak = append(out.weak, append(append([]string{}, w.Path...), w.Text))
	}
	return []found{out}, nil
}

func readMapAs(in *input, data []byte) (*mindmap.Map, error) {
	if in.format == "" {
		return mindmap.Read(in.name, bytes.NewReader(data))
	}
	f, err := mindmap.ParseFormat(in.format)
	if err != nil {
		return nil, usageError{err}
	}
	return mindmap.ReadAs(f, in.name, bytes.NewReader(data))
}
