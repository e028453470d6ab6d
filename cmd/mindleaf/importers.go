package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/ahead"
	"github.com/mindleaf/mindleaf/deck/mindmap"
	"github.com/mindleaf/mindleaf/deck/outline"
	"github.com/mindleaf/mindleaf/deck/textfile"
)

// importer takes over one family of other programs' files.
type importer struct {
	// name is what messages call the family.
	name string
	// formats are the words for --format.
	formats func() []string
	// sniff says how surely a file is of this family. It must be quick to say
	// no to the others.
	sniff func(in *input) certainty
	// read reads the file. Its errors name the file, and the place in it.
	read func(ctx context.Context, in *input) ([]found, error)
}

// importers lists the families. Of those that are equally sure of a file the
// first one reads it.
var importers = []importer{
	ankiImporter, jsonImporter, tableImporter, markdownImporter, mapImporter,
}

// certainty is how surely a file is of some format.
type certainty int

// The degrees of certainty: the name of the file may speak for a format, what
// stands in it may look like it, or cannot be anything else.
const (
	no certainty = iota
	byName
	likely
	sure
)

// certaintyOf is for a format that knows what is likely and what is sure.
func certaintyOf(isLikely, isSure bool) certainty {
	switch {
	case isSure:
		return sure
	case isLikely:
		return likely
	}
	return no
}

// found is one deck that an importer found in a file.
type found struct {
	// deck needs no identity: the only one of a file is called after the file,
	// several are called after their titles.
	deck *deck.Deck
	// untitled says that the deck is called after the file for want of a title.
	untitled bool
	// idOfName says that the deck's identity follows from a name that may change, and
	// ids are told of the leaves; they are needed until it is known where cards go.
	idOfName bool
	ids      *deck.Identities
	crossing
	// leaves visits the leaves, each with stated identities, when deck does not hold
	// them; nil when it does.
	leaves iter.Seq[*deck.Leaf]
	// failed says after a visit why it ended early; nil when it cannot.
	failed func() error
	// counts are those of the deck.
	counts deckCounts
	// root is the map that the deck was made from, nil when the file has cards.
	root *outline.Node
	// weak lists the leaves for which no good question was found.
	weak [][]string
	// warnings say in a sentence each what could not be taken over.
	warnings []string
	// log is what was learned of the cards of all decks of the file; it stands with
	// the first of them. seeds are those that the cards had where it comes from.
	log   *eventLog
	seeds map[deck.CardID]uint32
	// archived are cards that the deck had once, for the sake of their events. noFile
	// says that it has no others, and is to have no file.
	archived []deck.Leaf
	noFile   bool
	// notes counts the notes of another program that the cards were made of; 0
	// where there is no such thing.
	notes int
	// pack is the package that holds the history of this deck and the others of
	// the file; it stands with the first of them. It is nil for other formats.
	pack *ankiPackage
}

// all visits the leaves, wherever they are. Each lasts until the next one.
func (f *found) all() iter.Seq[*deck.Leaf] {
	if f.leaves != nil {
		return ahead.All(f.leaves)
	}
	return f.deck.All
}

// err is what kept all from visiting all leaves.
func (f *found) err() error {
	if f.leaves == nil || f.failed == nil {
		return nil
	}
	return f.failed()
}

// hold puts the leaves into the deck.
func (f *found) hold() error {
	if f.leaves == nil {
		return nil
	}
	for l := range f.leaves {
		f.deck.Leaves = append(f.deck.Leaves, *l)
	}
	err := f.err()
	f.leaves = nil
	return err
}

// input is a file on its way in.
type input struct {
	name  string
	size  int64
	file  io.ReaderAt
	flags *importFlags
	// format is the word of --format in lower case, "" when it is to be found
	// out.
	format string
	// progress is told how many bytes were read, making how many leaves of a map have
	// their cards; nil when nobody watches.
	progress, making func(done, total int64)
	// now is the present time in the learner's zone.
	now  time.Time
	read []byte
	// converted says that the file is in another encoding than the text in read.
	converted bool
}

const (
	// maxImportBytes is the size of the largest file that is read at once;
	// packages are not.
	maxImportBytes = 64 << 20
	// headBytes is how much of a file is looked at to tell what it is.
	headBytes = 64 << 10
)

// head returns the beginning of the file, at most 64 KiB of it, and whole lines
// where it has lines.
func (in *input) head() []byte {
	head := make([]byte, min(in.size, headBytes))
	n, _ := in.file.ReadAt(head, 0) // an error is met again when the file is read
	head = head[:n]
	if in.size > headBytes {
		if end := bytes.LastIndexByte(head, '\n'); end >= 0 {
			head = head[:end+1]
		}
	}
	head, _ = inUTF8(head)
	return head
}

// inUTF8 returns a text in UTF-8 and whether it was in another encoding before. XML,
// whose first line says in which it is, stays as it is.
func inUTF8(data []byte) (text []byte, converted bool) {
	if !bytes.HasPrefix(data, []byte("<?xml")) {
		if text, ok := textfile.FromGB18030(data); ok {
			return text, true
		}
	}
	return data, false
}

// data returns the whole file as text in UTF-8, unless it is no text or something in
// it says in which encoding it is. It gives an error when the file is larger than
// maxImportBytes.
func (in *input) data() ([]byte, error) {
	if in.read != nil {
		return in.read, nil
	}
	if in.size > maxImportBytes {
		return nil, withHint(fmt.Errorf("%s: larger than %d MB", in.name, maxImportBytes>>20), "split it into several files")
	}
	data := make([]byte, in.size)
	for at := 0; at < len(data); {
		n, err := in.file.ReadAt(data[at:min(at+headBytes, len(data))], int64(at))
		at += n
		if err != nil && at < len(data) {
			return nil, fmt.Errorf("reading %s: %w", in.name, err)
		}
		if in.progress != nil {
			in.progress(int64(at), in.size)
		}
	}
	in.read, in.converted = inUTF8(data)
	return in.read, nil
}

// baseName is the file's name without folder and ending.
func (in *input) baseName() string {
	base := filepath.Base(in.name)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// ending is the ending of the file's name in lower case, with the dot.
func (in *input) ending() string { return strings.ToLower(filepath.Ext(in.name)) }

// withInput opens a file, or reads standard input, and hands it to use.
func (a *app) withInput(name string, flags *importFlags, use func(*input) error) (err error) {
	in := &input{name: name, flags: flags, format: strings.ToLower(flags.format), now: a.now(),
		progress: a.progressBar(a.t("reading %s", name)), making: a.progressBar(a.t("making cards"))}
	if name == "-" {
		in.name = "stdin"
		return readStream(in, a.input, use)
	}
	// To open a pipe can take until somebody writes into it.
	f, err := await(a.input.ctx, func() (*os.File, error) { return os.Open(name) })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	switch {
	case err != nil:
		return err
	case info.IsDir():
		return withHint(fmt.Errorf("%s is a folder", name), "name the files in it")
	case !info.Mode().IsRegular():
		return readStream(in, endable{a.input.ctx, f}, use)
	}
	in.file, in.size = f, info.Size()
	return use(in)
}

// readStream reads what can be read only once.
func readStream(in *input, r io.Reader, use func(*input) error) error {
	data, err := io.ReadAll(io.LimitReader(r, maxImportBytes+1))
	if err != nil {
		return fmt.Errorf("reading %s: %w", in.name, err)
	}
	in.file, in.size = bytes.NewReader(data), int64(len(data))
	if in.size > maxImportBytes && (in.format == "json" || sniffJSON(in) == sure) {
		return spoolStream(in, io.MultiReader(bytes.NewReader(data), r), use)
	}
	return use(in)
}

// spoolStream is readStream for what is too large for memory.
func spoolStream(in *input, r io.Reader, use func(*input) error) (err error) {
	f, err := newHidden()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	if in.size, err = io.Copy(f, r); err != nil {
		return fmt.Errorf("reading %s: %w", in.name, err)
	}
	in.file = f
	return use(in)
}

// importerOf returns the importer for a file: the one for --format, or the one
// that is surest.
func importerOf(in *input) (*importer, error) {
	if in.format != "" {
		for i := range importers {
			if slices.Contains(importers[i].formats(), in.format) {
				return &importers[i], nil
			}
		}
		if _, err := mindmap.ParseFormat(in.format); err == nil { // another word for one of these
			return &mapImporter, nil
		}
		return nil, usagef("unknown format %q: use %s", in.format, formatWords())
	}
	if in.ending() == ".toml" {
		return nil, withHint(fmt.Errorf("%s is a deck file already", in.name), "mindleaf deck add %s", in.name)
	}
	var best *importer
	most := no
	for i := range importers {
		if c := importers[i].sniff(in); c > most {
			best, most = &importers[i], c
		}
		if most == sure {
			break
		}
	}
	if best == nil {
		if _, err := in.data(); err != nil {
			return nil, err
		}
		return nil, withHint(fmt.Errorf("%s: not in a format that is known", in.name), "say with --format which of these it is: %s", formatWords())
	}
	return best, nil
}

// formatWords lists the words for --format.
func formatWords() string {
	var words []string
	for i := range importers {
		words = append(words, importers[i].formats()...)
	}
	return strings.Join(words, ", ")
}
