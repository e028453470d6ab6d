package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/cardgen"
	"github.com/mindleaf/mindleaf/deck/markdown"
	"github.com/mindleaf/mindleaf/deck/mindmap"
	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/table"
	"github.com/mindleaf/mindleaf/store"
)

// exporter writes decks in one format.
type exporter struct {
	// name is the word for --format, endings are those of file names that mean
	// it, about says in the help what is written.
	name    string
	endings []string
	about   string
	// several says that it can write more than one deck.
	several bool
	write   func(ctx context.Context, w io.Writer, x *export) error
}

// export is what is to be written.
type export struct {
	lib *library
	// decks holds the decks, or the part of one that was named; whole says that
	// it is everything there is, narrowed that it is a part of a deck.
	decks           []*deck.Deck
	whole, narrowed bool
	// fileless are decks whose file is gone or cannot be read: of them there is what
	// the database holds. unread are the files that are there and cannot be read.
	fileless map[deck.ID]bool
	unread   []string
	// amiss counts, when the log is written, the events that are left out because
	// what they say cannot be.
	amiss int64
	// rollover is the hour at which the study day turns.
	rollover int
}

// exporters lists the formats in the order of the help.
var exporters = []exporter{
	{"csv", []string{".csv"}, "the cards as a table, with the headers that Anki reads", false, writeTable(table.CSV)},
	{"tsv", []string{".tsv", ".txt"}, "the same with tabs", false, writeTable(table.TSV)},
	{"markdown", []string{".md"}, "the cards as Q:, A: and C:", false, writeMarkdown},
	{"outline", nil, "the map as a Markdown outline, without cards", false, writeMap(mindmap.WriteMarkdown)},
	{"opml", []string{".opml"}, "the map as OPML 2.0", false, writeMap(mindmap.WriteOPML)},
	{"mm", []string{".mm"}, "the map for FreeMind and Freeplane", false, writeMap(mindmap.WriteFreeMind)},
	{"apkg", []string{".apkg"}, "an Anki package with schedule and history", false, writeApkg},
	{"json", []string{".json"}, "everything: cards, state and the log of all reviews", true, writeExportJSON},
}

func writeTable(f table.Format) func(context.Context, io.Writer, *export) error {
	return func(_ context.Context, w io.Writer, x *export) error { return table.Write(w, x.decks[0], f) }
}

func writeMarkdown(_ context.Context, w io.Writer, x *export) error {
	return markdown.Write(w, x.decks[0])
}

func writeMap(write func(io.Writer, *outline.Node) error) func(context.Context, io.Writer, *export) error {
	return func(_ context.Context, w io.Writer, x *export) error { return write(w, cardgen.Outline(x.decks[0])) }
}

// exporterOf returns the exporter for a word, or else for the name of a file.
func exporterOf(format, file string) (*exporter, error) {
	var words []string
	for i := range exporters {
		e := &exporters[i]
		if e.name == strings.ToLower(format) || format == "" && slices.Contains(e.endings, strings.ToLower(filepath.Ext(file))) {
			return e, nil
		}
		words = append(words, e.name)
	}
	what := fmt.Sprintf("unknown format %q", format)
	if format == "" {
		what = "no format is named"
	}
	return nil, withHint(usagef("%s", what), "--format takes %s", strings.Join(words, ", "))
}

// exportOf gathers what is named: a deck, a section, or everything.
func (a *app) exportOf(ctx context.Context, lib *library, args []string, several bool) (*export, error) {
	filter, err := a.findCards(ctx, lib, args)
	if err != nil {
		return nil, err
	}
	all, err := lib.Decks(ctx, lib.day)
	if err != nil {
		return nil, err
	}
	x := &export{lib: lib, whole: len(args) == 0, fileless: make(map[deck.ID]bool), rollover: a.config.Review.RolloverHour}
	if all, err = lib.decksOf(ctx, filter, all); err != nil {
		return nil, err
	}
	if filter.Query != nil && len(all) == 0 {
		return nil, noneFits(strings.Join(args, " "))
	}
	if len(all) > 1 && !several {
		ids := make([]string, len(all))
		for i, d := range all {
			ids[i] = string(d.ID)
		}
		return nil, withHint(usagef("this format holds one deck, but there are %d", len(all)), "name one: %s", strings.Join(ids, ", "))
	}
	// Only what takes several takes the history of decks that cannot be read too.
	if err := a.readDecks(x, all, several && filter.Section == 0 && filter.Query == nil); err != nil {
		return nil, err
	}
	if several {
		if err := errors.Join(x.addGone(ctx), x.findUnread(ctx)); err != nil {
			return nil, err
		}
	}
	if len(x.decks) == 0 {
		return nil, withHint(fmt.Errorf("there are no decks"), "bring one in with mindleaf import FILE")
	}
	switch {
	case filter.Section != 0:
		return x, x.narrow(ctx, filter.Section)
	case filter.Query != nil:
		return x, x.narrowTo(ctx, filter)
	}
	return x, nil
}

// readDecks reads the files of decks. With spare set one that cannot be read is
// exported without.
func (a *app) readDecks(x *export, all []store.Deck, spare bool) error {
	for _, found := range all {
		d, err := a.readDeck(found)
		switch {
		case err == nil:
			d.ID = found.ID
			x.decks = append(x.decks, d)
		case spare:
			x.addFileless(found)
		default:
			return withHint(err, "mend it (mindleaf deck check); --format json exports what the database holds of a whole deck")
		}
	}
	return nil
}

// addFileless adds a deck of which there is no more than the database holds.
func (x *export) addFileless(d store.Deck) {
	x.decks = append(x.decks, &deck.Deck{Format: 1, ID: d.ID, Title: d.Title, Language: d.Language})
	x.fileless[d.ID] = true
}

// addGone adds to everything the decks whose file is gone, for the sake of their
// history.
func (x *export) addGone(ctx context.Context) error {
	if !x.whole {
		return nil
	}
	gone, err := x.lib.Gone(ctx)
	for _, d := range gone {
		x.addFileless(d)
	}
	return err
}

// findUnread notes the deck files that cannot be read and of which something would be
// in the export.
func (x *export) findUnread(ctx context.Context) error {
	files, err := x.lib.Files(ctx)
	for _, f := range files {
		if f.Err != "" && (x.whole || x.fileless[f.Deck]) {
			x.unread = append(x.unread, f.Path)
		}
	}
	return err
}

// incomplete says what is not in an export that was written.
func (a *app) incomplete(x *export) error {
	for _, path := range x.unread {
		a.notice(a.t("%s cannot be read; of its cards and their history the export has what the database holds", path))
	}
	if x.amiss > 0 {
		a.notice(a.t("left out: %d events with impossible values", x.amiss))
	}
	switch {
	case len(x.unread) > 0:
		return withHint(errors.New("the export is not complete"), "mend the deck files (mindleaf deck check) and export again")
	case x.amiss > 0:
		return withHint(errors.New("the export is not complete"), "mindleaf doctor looks for what is wrong with the history")
	}
	return nil
}

// narrowTo leaves the entries of which a card is let through by f.
func (x *export) narrowTo(ctx context.Context, f store.Filter) error {
	fit, err := x.lib.fitting(ctx, f)
	if err != nil {
		return err
	}
	x.narrowed = true
	for _, d := range x.decks {
		d.StateIDs()
		kept := make(map[deck.CardID]bool)
		err := x.lib.Stored(ctx, d.ID, func(s store.Stored) error {
			kept[s.Content.Card] = fit[s.Card.ID]
			return nil
		})
		if err != nil {
			return err
		}
		wanted := make(map[*deck.Entry]bool)
		for _, c := range d.Cards() {
			wanted[c.Entry] = wanted[c.Entry] || kept[c.ID]
		}
		for i := range d.Leaves {
			var entries []deck.Entry
			for j := range d.Leaves[i].Entries {
				if e := &d.Leaves[i].Entries[j]; wanted[e] {
					entries = append(entries, *e)
				}
			}
			d.Leaves[i].Entries = entries
		}
		d.Leaves = slices.DeleteFunc(d.Leaves, func(l deck.Leaf) bool { return len(l.Entries) == 0 })
	}
	return nil
}

// narrow leaves what is in a section and below it. What stands nowhere else, the
// identities, is stated before.
func (x *export) narrow(ctx context.Context, section int64) error {
	path, err := x.lib.SectionPath(ctx, section)
	if err != nil {
		return err
	}
	x.narrowed = true
	d := x.decks[0]
	d.StateIDs()
	d.Leaves = slices.DeleteFunc(d.Leaves, func(l deck.Leaf) bool {
		return len(l.Path) < len(path) || !slices.Equal(l.Path[:len(path)], path)
	})
	return nil
}
