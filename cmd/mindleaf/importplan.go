package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/mindleaf/mindleaf/cmd/mindleaf/internal/term"
	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/tomlfile"
	"github.com/mindleaf/mindleaf/store"
)

// plan is what an import is about to do with one deck.
type plan struct {
	*found
	// path is the deck file, and base the copy of what the import before wrote.
	path, base string
	// merge compares with the deck that is there; nil when the deck is new.
	merge *merge
	// shipped says that the program has the very deck built in, so that no file
	// is needed.
	shipped bool
	// keepsOld says that the deck file has changes made by hand, so that it is
	// kept beside the new one; kept is where.
	keepsOld bool
	kept     string
	// written is the deck file as it was written; nil when it was not.
	written *tomlfile.Large
	// fresh says that the deck file is new and was written.
	fresh  bool
	merged store.Merged
	// reviews counts the rows of history in the package of a dry run.
	reviews int
	// due counts the cards that are due today; only where notes is set.
	due int64
}

// plan looks at what is there and works out what importing f makes of it.
func (a *app) plan(ctx context.Context, lib *library, f *found, all bool) (*plan, error) {
	p := &plan{found: f, path: a.newDeckPath(f.deck.ID)}
	files, err := lib.Files(ctx)
	if err != nil {
		return nil, err
	}
	shadows := false
	for _, file := range files {
		switch {
		case file.Deck == f.deck.ID && file.Path == shippedPath:
			shadows = true
			if err := f.hold(); err != nil {
				return nil, err
			}
			if f.noFile {
				continue
			}
			if p.shipped, err = a.isShipped(f.deck); err != nil {
				return nil, err
			}
		case file.Deck == f.deck.ID:
			p.path = file.Path
		}
	}
	if p.shipped || p.noFile {
		return p, nil
	}
	if shadows && !exists(p.path) {
		p.warnings = append(p.warnings, fmt.Sprintf("%s takes the place of the deck that comes with mindleaf", f.deck.ID))
	}
	p.base = a.basePath(f.deck.ID)
	p.deck.StateIDs() // where importing has not done so
	data, err := os.ReadFile(p.path)
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	if err := f.hold(); err != nil {
		return nil, err
	}
	mine, err := tomlfile.Parse(p.path, data)
	if err != nil {
		return nil, mendFirst(err)
	}
	return p, p.compare(data, mine, all)
}

// mendFirst says what to do about a deck file that cannot be read.
func mendFirst(err error) error {
	return withHint(err, "mend it first (mindleaf deck check), or import under another name with --id")
}

// basePath is where the copy of what the import before wrote lies.
func (a *app) basePath(id deck.ID) string {
	return filepath.Join(a.places.decks, importedFolder, slug(string(id))+".toml")
}

// isShipped reports whether d says what the deck built into the program does.
func (a *app) isShipped(d *deck.Deck) (bool, error) {
	_, data, err := shippedDeck(a.deckLanguage())
	if err != nil {
		return false, err
	}
	shipped, err := tomlfile.Parse("", data)
	if err != nil {
		return false, err
	}
	shipped.ID = d.ID
	var ours, theirs bytes.Buffer
	if err := errors.Join(tomlfile.Write(&ours, shipped), tomlfile.Write(&theirs, d)); err != nil {
		return false, err
	}
	return bytes.Equal(ours.Bytes(), theirs.Bytes()), nil
}

// compare plans the import over a deck file that is there.
func (p *plan) compare(data []byte, mine *deck.Deck, all bool) error {
	base, err := readBase(p.base)
	if err != nil {
		return err
	}
	if mine.ID != p.deck.ID || base == nil && !mostlyHolds(mine, p.deck) {
		return withHint(fmt.Errorf("%s is there already and holds other cards", p.path), "--id makes another deck")
	}
	var written bytes.Buffer
	if base != nil {
		if err := tomlfile.Write(&written, base); err != nil {
			return err
		}
	}
	p.keepsOld = base != nil && !bytes.Equal(written.Bytes(), data)
	if p.untitled {
		p.deck.Title = mine.Title
	}
	p.merge = mergeDecks(base, mine, p.deck, p.crossing, all)
	p.deck, p.counts = p.merge.result, newCounts()
	for l := range p.all() {
		p.counts.add(l)
	}
	return nil
}

// readBase reads what the import before wrote; nil when there is none, or it
// is of no use any more.
func readBase(path string) (*deck.Deck, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	d, err := tomlfile.Parse(path, data)
	if err != nil {
		return nil, nil
	}
	return d, nil
}

// mostlyHolds reports whether at least half of the entries of theirs are in mine.
func mostlyHolds(mine, theirs *deck.Deck) bool {
	there, shared, all := hold(mine), 0, hold(theirs)
	for _, h := range all.order {
		if _, ok := there.byID[h.entry.ID]; ok {
			shared++
		}
	}
	return 2*shared >= len(all.order)
}

// agreeToChange asks whether to change a deck that is there, unless yes is given.
func (a *app) agreeToChange(p *plan, yes bool) (bool, error) {
	if p.merge == nil || p.merge.same() || yes {
		return true, nil
	}
	if !a.talksToTerminal() {
		return false, withHint(usagef("%s is there already: %s", p.path, a.changeCounts(p.merge)),
			"--dry-run lists the changes, --replace makes them (progress stays with its cards), --id makes another deck")
	}
	var changes strings.Builder
	a.printChanges(&changes, p.merge)
	prompter, err := a.prompter(false)
	if err != nil {
		return false, err
	}
	view := term.View{Status: []string{a.t("import")}, Body: []term.Block{{Kind: term.Question,
		Text: a.t("%s: %s. Progress stays with its cards.", p.path, a.changeCounts(p.merge))}, {Kind: term.Detail, Text: changes.String()}}}
	agreed, out, err := prompter.Confirm(view, a.t("Make these changes?"), false)
	if err := errors.Join(err, prompter.Close()); err != nil {
		return false, err
	}
	if out.Kind == term.Interrupt || out.Kind == term.EOF {
		return false, errInterrupted
	}
	return agreed, nil
}

// talksToTerminal reports whether a learner is there to be asked.
func (a *app) talksToTerminal() bool { return a.onTerminal() && a.getenv("TERM") != "dumb" }

// write writes the deck file, unless it would stay the same, and the base for
// the next import.
func (p *plan) write() error {
	if p.shipped || p.noFile {
		return nil
	}
	if p.merge == nil || !p.merge.same() {
		if err := p.keepOld(); err != nil {
			return err
		}
		write := func(w io.Writer) (err error) {
			p.written, err = tomlfile.WriteLarge(p.path, w, p.deck, p.all())
			return errors.Join(err, p.err())
		}
		if err := p.put(write); err != nil {
			return err
		}
	}
	if p.merge != nil {
		return fillFile(p.base, func(w io.Writer) error { return tomlfile.Write(w, p.merge.imported) })
	}
	return copyFile(writeFile, p.base, p.path)
}

// put writes the deck file. That of a new deck takes the place of no other that has
// come meanwhile.
func (p *plan) put(write func(io.Writer) error) error {
	if p.merge != nil {
		return fillFile(p.path, write)
	}
	err := fillNew(p.path, write)
	if errors.Is(err, fs.ErrExist) {
		return withHint(fmt.Errorf("%s is there already", p.path), "import again to compare with it")
	}
	p.fresh = err == nil
	return err
}

// letGo forgets the leaves, which are in the deck file now, so that indexing it has
// the memory.
func (p *plan) letGo() {
	p.deck.Leaves = nil
	if p.merge != nil {
		p.merge.imported = nil
	}
}

// keepOld copies a deck file with changes made by hand into the folder for
// removed ones.
func (p *plan) keepOld() error {
	if !p.keepsOld {
		return nil
	}
	p.kept = asideName(p.path)
	return copyFile(writeNew, p.kept, p.path)
}

// copyFile writes what is in one file to another one.
func copyFile(write func(string, io.Reader) error, to, from string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	return errors.Join(write(to, f), f.Close())
}
