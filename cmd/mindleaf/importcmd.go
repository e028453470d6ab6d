package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/table"
	"github.com/mindleaf/mindleaf/store"
	"github.com/spf13/cobra"
)

// importFlags are the flags of mindleaf import.
type importFlags struct {
	id, title, language, format string
	// separator, rowSeparator, columns and header are for tables; header is yes,
	// no or "".
	separator, rowSeparator, columns, header string
	dryRun                                   bool
	// replace is "", "merge" or "all".
	replace string
}

const importHelp = `import takes over what you have and writes it as a deck file into your decks
folder, where you can edit it. What a FILE is, is told from its content; - reads
standard input, and --format says it where the content does not:

  mind maps   %s
              of XMind, FreeMind, Freeplane, KityMinder (Baidu Naotu), Obsidian
              and others, what markmap draws (SVG and HTML), a Mermaid mindmap
              alone or in Markdown, Org, and text indented by tabs or spaces: each
              leaf becomes one or more cards, and a note becomes the answer to its
              topic
  tables      %s
              a row is a card: the text that Anki exports with all its #headers,
              CSV and TSV of any program, and what Quizlet exports. Separator and
              header row are guessed; columns are known by their names (%s)
              or are front and back in this order; --columns chooses others
  Markdown    %s
              Q: and A:, C: with [blanks], front::back and front:::back (both
              ways), ? or ?? between the lines of a front and a back, ==blanks==;
              headings become sections. Markdown without such cards is a mind map

  Anki        %s
              packages of every Anki, with schedule and history: each deck of the
              top level becomes a deck, the decks below it sections, and due days
              stay. A newer package of the same collection adds what is new, and a
              deck with another name and cards in another deck keep their history

  export      %s
              what mindleaf export wrote, with all that was learned

Text is UTF-8, UTF-16 or, as Chinese Excel writes it, GB18030. What cannot become a
card is named on standard error with its place.

Importing a file again compares it with the deck that is there and with what the
import before wrote, and lists what is added, changed, moved and removed. Cards
keep their identity, and so their progress: by their place in the map, or by
their text where that moved. Removed cards are archived with their history. What
you did by hand in the deck file is not undone: cards that you added stay, cards
that you changed keep your text and cards that you removed stay away, each
listed, even where FILE has changed too. On a terminal you are asked before
anything is written; without one, --replace says yes. --replace=all lets FILE
win over what you changed and removed by hand. A deck file with hand-made
changes is kept beside the new one, in the folder "removed".`

func newImportCommand(a *app) *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:   "import FILE...",
		Short: "Make a deck of a mind map or of another program's cards",
		Long: fmt.Sprintf(importHelp, strings.Join(mapFormats(), ", "), strings.Join(tableFormats(), ", "), strings.Join(table.Roles()[:8], ", "),
			strings.Join(markdownFormats(), ", "), strings.Join(ankiFormats(), ", "), strings.Join(jsonFormats(), ", ")),
		Example: `  mindleaf import map.xmind
  mindleaf import map.md --dry-run --json
  mindleaf import Spanish.apkg
  mindleaf import words.csv --columns front=2,back=3,tags=5
  mindleaf import quizlet.txt --separator ' - ' --row-separator ';;'`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runImport(cmd.Context(), args, &f)
		},
	}
	c.Flags().StringVar(&f.format, "format", "", "format of the files: "+formatWords()+" (default: told from the content)")
	c.Flags().StringVar(&f.id, "id", "", "deck id (default: from the file's name)")
	c.Flags().StringVar(&f.title, "title", "", "deck title (default: the root of the map, or the file's name)")
	c.Flags().StringVar(&f.language, "language", "", "language of the cards, such as zh or en (default: guessed)")
	c.Flags().StringVar(&f.separator, "separator", "", "table: what stands between fields, such as tab, comma, semicolon or a text of your own")
	c.Flags().StringVar(&f.rowSeparator, "row-separator", "", "table: what stands between rows (default: the end of the line)")
	c.Flags().StringVar(&f.columns, "columns", "", "table: the columns in order (front,back,,tags), or by name or number (front=2,back=Meaning)")
	c.Flags().StringVar(&f.header, "header", "", "table: yes or no, whether the first row names the columns (default: guessed)")
	c.Flags().Lookup("header").NoOptDefVal = "yes"
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "show what would be made and what would change, and change nothing")
	c.Flags().StringVar(&f.replace, "replace", "", "change the deck of an earlier import without asking: merge keeps what you changed by hand, all does not")
	c.Flags().Lookup("replace").NoOptDefVal = "merge"
	c.Flags().BoolVar(&a.json, "json", false, "print JSON")
	return c
}

func (f *importFlags) check(files int) error {
	switch {
	case f.replace != "" && f.replace != "merge" && f.replace != "all":
		return usagef("--replace=%s: use --replace, --replace=merge or --replace=all", f.replace)
	case f.header != "" && f.header != "yes" && f.header != "no":
		return usagef("--header=%s: use yes or no", f.header)
	case f.id != "" && files > 1:
		return usagef("--id names one deck, but there are %d files", files)
	case f.title != "" && files > 1:
		return usagef("--title names one deck, but there are %d files", files)
	}
	return nil
}

// deckID is the identity that the first deck of the file gets.
func (in *input) deckID() deck.ID {
	if in.flags.id != "" {
		return deck.ID(in.flags.id)
	}
	return deckIDOf(in.baseName())
}

func (a *app) runImport(ctx context.Context, names []string, f *importFlags) (err error) {
	if err := f.check(len(names)); err != nil {
		return err
	}
	defer saveMemory()()
	var decks []found
	defer func() { err = errors.Join(err, closeHistories(decks)) }()
	for _, name := range names {
		err := a.withInput(name, f, func(in *input) error {
			more, err := readInput(ctx, in)
			decks = append(decks, more...)
			return err
		})
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return errInterrupted
		}
	}
	if err := nameDecks(decks); err != nil {
		return err
	}
	return a.withLibrary(ctx, func(lib *library) error { return a.takeOver(ctx, lib, decks, f) })
}

// readInput reads one file and names the decks in it, which it returns with an error
// too, for their packages are open.
func readInput(ctx context.Context, in *input) ([]found, error) {
	i, err := importerOf(in)
	if err != nil {
		return nil, err
	}
	decks, err := i.read(ctx, in)
	if err != nil {
		return nil, err
	}
	if in.converted && len(decks) > 0 {
		decks[0].warnings = slices.Concat([]string{fmt.Sprintf("%s: not UTF-8; read as GB18030, in which Chinese Excel writes", in.name)}, decks[0].warnings)
	}
	for n := range decks {
		d := decks[n].deck
		if d.Title == "" {
			d.Title, decks[n].untitled = in.baseName(), true
		}
		switch {
		case d.ID != "":
		case len(decks) == 1:
			d.ID = in.deckID()
		default:
			d.ID = deckIDOf(d.Title)
		}
		v := deck.NewValidator()
		v.Head(d)
		decks[n].counts, decks[n].ids = newCounts(), v.IDs
		for l := range decks[n].all() {
			v.Leaf(l)
			decks[n].counts.add(l)
		}
		if err := decks[n].err(); err != nil {
			return decks, err
		}
		if len(v.Problems) > 0 {
			return decks, withHint(fmt.Errorf("%s: %s", in.name, v.Problems[0].Message), "%s", v.Problems[0].Hint)
		}
	}
	return decks, nil
}

// nameDecks refuses two decks with the same identity in one import.
func nameDecks(decks []found) error {
	seen := make(map[deck.ID]bool)
	for _, f := range decks {
		if seen[f.deck.ID] {
			return withHint(usagef("two of the decks to import have the id %q", f.deck.ID), "import them one by one, with --id")
		}
		seen[f.deck.ID] = true
	}
	return nil
}

// takeOver plans, asks, and writes.
func (a *app) takeOver(ctx context.Context, lib *library, decks []found, f *importFlags) error {
	if err := followRenamed(ctx, lib, decks); err != nil {
		return err
	}
	decks, moves, err := a.findMoving(ctx, lib, decks)
	if err != nil {
		return err
	}
	for i := range decks {
		decks[i].ids = nil
	}
	plans := make([]*plan, len(decks))
	for i := range decks {
		var err error
		if plans[i], err = a.plan(ctx, lib, &decks[i], f.replace == "all"); err != nil {
			return err
		}
	}
	if f.dryRun {
		if err := countHistories(ctx, plans); err != nil {
			return err
		}
		return a.printDryRun(plans)
	}
	for _, p := range plans {
		if agreed, err := a.agreeToChange(p, f.replace != ""); err != nil {
			return err
		} else if !agreed {
			a.say("Nothing was changed.")
			return nil
		}
	}
	if err := moveCards(ctx, lib, moves); err != nil {
		return err
	}
	if err := a.finishImport(ctx, lib, plans); err != nil {
		return errors.Join(err, takeBack(plans))
	}
	for _, n := range lib.notices {
		a.notice(a.tr(n))
	}
	return a.printImported(plans)
}

// finishImport writes the deck files, indexes them, and takes the history over.
// After a kill between these steps importing again does what is missing, and the next
// start says so.
func (a *app) finishImport(ctx context.Context, lib *library, plans []*plan) (err error) {
	done, err := lib.BeginImport(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	lib.written = make(map[string]writtenDeck, len(plans))
	for _, p := range plans {
		if err := p.write(); err != nil {
			return err
		}
		lib.written[p.path] = writtenDeck{p.written, p.leaves}
		p.letGo()
		if ctx.Err() != nil {
			return errInterrupted
		}
	}
	if err := lib.ExpectImport(ctx); err != nil {
		return err
	}
	lib.OnProgress(a.progressBar(a.t("indexing cards")))
	defer lib.OnProgress(nil)
	if err := a.syncDecks(ctx, lib); err != nil {
		return err
	}
	if err := a.indexArchived(ctx, lib, plans); err != nil {
		return err
	}
	for _, p := range plans {
		if len(p.seeds) == 0 {
			continue
		}
		if err := lib.SetSeeds(ctx, p.deck.ID, p.seeds); err != nil {
			return err
		}
	}
	return a.mergeHistories(ctx, lib, plans)
}

// mergeHistories takes over what came with the cards.
func (a *app) mergeHistories(ctx context.Context, lib *library, plans []*plan) (err error) {
	for _, p := range plans {
		switch {
		case p.pack != nil:
			p.merged, err = lib.MergeByCard(ctx, p.pack.events(ctx, plans))
			p.warnings = p.pack.warnings()
		case p.log != nil && !p.log.empty():
			p.merged, err = lib.MergeByCard(ctx, p.log.all)
		}
		if err != nil {
			return err
		}
	}
	for _, p := range plans {
		if p.notes == 0 {
			continue
		}
		if p.due, err = lib.DueCount(ctx, store.Filter{Deck: p.deck.ID}, lib.day); err != nil {
			return err
		}
	}
	return nil
}

// countHistories reads what mergeHistories would merge, to tell of it.
func countHistories(ctx context.Context, plans []*plan) error {
	for _, p := range plans {
		if p.pack == nil {
			continue
		}
		for _, err := range p.pack.events(ctx, plans) {
			if err != nil {
				return err
			}
		}
		p.reviews, p.warnings = p.pack.Report().Reviews, p.pack.warnings()
	}
	return nil
}

// takeBack removes the new deck files of an import that could not be finished: a
// deck that has forgotten what was learned is worse than none.
func takeBack(plans []*plan) error {
	var errs []error
	for _, p := range plans {
		if !p.fresh {
			continue
		}
		for _, file := range []string{p.path, p.base} {
			if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}

// newDeckPath is where the deck file of a new deck goes. The identity may come
// from a file that means harm: no path can be made with it.
func (a *app) newDeckPath(id deck.ID) string {
	return filepath.Join(a.places.decks, slug(string(id))+".toml")
}

// progressBar returns what shows on a terminal how much of something is done; nil
// when standard error is none.
func (a *app) progressBar(label string) func(done, total int64) {
	if a.talk == nil || !term.IsTerminal(a.talk) || a.getenv("TERM") == "dumb" {
		return nil
	}
	return drawBar(a.talk, label, terminalColumns(a.talk)-1)
}
