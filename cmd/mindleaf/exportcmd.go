package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"
)

// exportFlags are the flags of mindleaf export.
type exportFlags struct {
	format, output string
	force          bool
}

const exportHelp = `export writes a deck, a section of one, or the cards that fit a filter (mindleaf
card search --help), for other programs and for safe keeping. The formats:

%s
Without --format the ending of the output file says it. What csv, tsv, markdown,
opml, mm, apkg and json hold, mindleaf import reads back: identities travel along,
so that the cards are the same ones. The maps hold sections, leaves and their notes,
from which import makes the cards anew.

Anki takes the schedule of an .apkg over when "Import any learning progress" is
ticked, of cards that it does not have yet: it changes no schedule of its own. A
note that came from Anki is a new one there, beside the one that it was made from.

json is the only format with everything, and without a name it holds all decks:

  {"mindleaf": 1, "exported": TIME,
   "decks": [{"id", "title", "language", "about",
     "leaves": [{"path": [], "text", "level", "entries": [{"id", "kind", "front",
       "back", "note", "source", "choices": [{"text", "why"}], "accept": [],
       "tags": [], "media": []}]}],
     "cards": [{"id", "seed", "archived", "front", "back", "state": {"phase",
       "due", "interval_days", "ease", "reps", "lapses", "reviews", "last_day",
       "drill_day", "suspended", "buried_day", "flag"}}]}],
   "events": [{"device", "seq", "clock", "at", "day", "kind", "deck", "card",
     "grade", "took_ms", "scheduler", "target_device", "target_seq", "due",
     "level", "flag", "given", "batch", "text"}]}

Keys without a value are left out. Days are dates, ease is in hundredths, clock
in milliseconds. "state" is the fold of the events: import makes it from them.
Archived cards carry "kind", "path", "leaf" and "level" too. A deck whose file is
gone or cannot be read has "no_file": true and archived cards alone, with their
history: import makes no deck file of it, and they are back when the file is.`

func newExportCommand(a *app) *cobra.Command {
	var f exportFlags
	var list strings.Builder
	for _, e := range exporters {
		fmt.Fprintf(&list, "  %-9s %s\n", e.name, e.about)
	}
	c := &cobra.Command{
		Use:   "export [DECK|SECTION|FILTER]",
		Short: "Write a deck for another program, or everything as JSON",
		Long:  fmt.Sprintf(exportHelp, list.String()),
		Example: `  mindleaf export llm-basics -o cards.csv
  mindleaf export llm-basics --format outline
  mindleaf export -o everything.json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runExport(cmd.Context(), args, f)
		},
		ValidArgsFunction: a.completeScope,
	}
	c.Flags().StringVar(&f.format, "format", "", "format to write (default: from the ending of the output file)")
	c.Flags().StringVarP(&f.output, "output", "o", "", "file to write (default: standard output)")
	c.Flags().BoolVar(&f.force, "force", false, "replace the output file when it is there already")
	return c
}

func (a *app) runExport(ctx context.Context, args []string, f exportFlags) error {
	if f.output == "-" {
		f.output = ""
	}
	e, err := exporterOf(f.format, f.output)
	if err != nil {
		return err
	}
	if f.output != "" && exists(f.output) && !f.force {
		return f.isThere()
	}
	return a.withLibrary(ctx, func(lib *library) error {
		x, err := a.exportOf(ctx, lib, args, e.several)
		if err != nil {
			return err
		}
		if f.output == "" {
			if err := e.write(ctx, a.stdout, x); err != nil {
				return err
			}
			return a.incomplete(x)
		}
		if err := f.writeFile(func(w io.Writer) error { return e.write(ctx, w, x) }); err != nil {
			return err
		}
		cards := 0
		for _, d := range x.decks {
			cards += len(d.Cards())
		}
		a.say("wrote %s: %d cards", f.output, cards)
		if e.name == "apkg" {
			a.say("Next: %s", a.t(`in Anki, File, Import, and tick "Import any learning progress"`))
		}
		return a.incomplete(x)
	})
}

func (f exportFlags) isThere() error {
	return withHint(fmt.Errorf("%s is there already", f.output), "--force replaces it")
}

// writeFile writes the output file, and replaces one only where that is wanted.
func (f exportFlags) writeFile(write func(io.Writer) error) error {
	var err error
	if f.force {
		if err := replaceable(f.output); err != nil {
			return err
		}
		err = replaceFile(f.output, 0o600, write)
	} else if err = putNew(f.output, write); errors.Is(err, fs.ErrExist) {
		return f.isThere()
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", f.output, err)
	}
	return nil
}
