package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/deck/tomlfile"
	"github.com/mindleaf/mindleaf/decks"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/sm2"
	"github.com/mindleaf/mindleaf/store"
)

// shippedPath is what the index calls the deck built into the program, in
// whichever language it is studied.
const shippedPath = "shipped:"

// racyNS is how close to its indexing a file may have changed for its time
// stamp to be worth nothing: it is read again then.
const racyNS = int64(2 * time.Second)

// largeFile is the size of a deck file, in bytes, that leaves so much behind in
// memory that it is worth clearing away before the next one is read.
const largeFile = 64 << 10

// library is the open store with the index of decks up to date.
type library struct {
	*store.DB
	// now is when the command began, in the learner's zone, and day its study
	// day.
	now time.Time
	day srs.Day
	// notices tell what the learner should know about the decks.
	notices []string
	// broken says that a deck file could not be read.
	broken bool
	// written are the deck files that the command has written itself, by path: they
	// need not be checked before they are indexed.
	written map[string]writtenDeck
}

// writtenDeck is a deck file that the command has written; Large is nil when it has
// not.
type writtenDeck struct {
	*tomlfile.Large
	// leaves visits what it was written from; nil when that is gone.
	leaves iter.Seq[*deck.Leaf]
}

// openLibrary opens the store and reads the deck files that have changed.
func (a *app) openLibrary(ctx context.Context) (*library, error) { return a.openLibraryAfter(ctx, nil) }

// openLibraryAfter is openLibrary that runs first, unless it is nil, before it indexes
// any deck.
func (a *app) openLibraryAfter(ctx context.Context, first func(*library) error) (*library, error) {
	listed := a.startSources()
	lib, err := a.staleLibrary(ctx)
	if err != nil {
		return nil, err
	}
	sources, err := listed()
	if err == nil && first != nil {
		err = first(lib)
	}
	if err == nil {
		err = a.syncSources(ctx, lib, sources)
	}
	if err != nil {
		return nil, errors.Join(err, lib.Close())
	}
	return lib, nil
}

// staleLibrary opens the store with the index of decks as it was last.
func (a *app) staleLibrary(ctx context.Context) (*library, error) {
	db, err := a.openStore(ctx)
	if err != nil {
		return nil, err
	}
	now := a.now()
	lib := &library{DB: db, now: now, day: a.studyDay(now)}
	lib.notices = append(lib.notices, db.Warnings()...)
	return lib, nil
}

// studyDay is the study day of a time.
func (a *app) studyDay(at time.Time) srs.Day { return srs.DayOf(at, a.config.Review.RolloverHour) }

// openStore opens the database alone. One of an older version is backed up before
// it is brought up to date.
func (a *app) openStore(ctx context.Context) (*store.DB, error) {
	if info, err := os.Stat(a.places.database); err != nil || info.Size() == 0 {
		a.tellOfBackups()
	}
	return store.Open(ctx, a.places.database, store.Options{
		Schedulers: sm2.Schedulers, Random: a.random,
		BeforeMigration: func(ctx context.Context, old *store.DB) error {
			_, err := a.makeBackup(ctx, old, a.now())
			return err
		},
		TakingBack: func() {
			a.notice(a.t("taking back what is there of a history that was not imported to its end…"))
		},
	})
}

// tellOfBackups says that there are some, where there is no progress.
func (a *app) tellOfBackups() {
	if made, err := backups(a.places.backups); err == nil && len(made) > 0 {
		a.notice(a.t("there is no progress here, but there are backups of some: mindleaf restore brings one back"))
	}
}

// withLibrary runs f on the open library, prints what there is to say about
// the decks, makes a backup when one is due, and closes it.
func (a *app) withLibrary(ctx context.Context, f func(*library) error) (err error) {
	return a.withLibraryAfter(ctx, nil, f)
}

// withLibraryAfter is withLibrary that runs first before it indexes any deck.
func (a *app) withLibraryAfter(ctx context.Context, first, f func(*library) error) (err error) {
	lib, err := a.openLibraryAfter(ctx, first)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lib.Close()) }()
	a.tellNotices(lib)
	if lib.broken {
		a.tell(a.t("hint: %s", a.t("mindleaf deck check lists every mistake and what to do; the cards of these decks stay as they were")))
	}
	err = f(lib)
	if lib.Changed() {
		// Also after Ctrl-C, when ctx is done already.
		a.autoBackup(context.WithoutCancel(ctx), lib)
	}
	return err
}

// tellNotices prints what there is to say about the decks, once.
func (a *app) tellNotices(lib *library) {
	for _, n := range lib.notices {
		a.notice(a.tr(n))
	}
	lib.notices = nil
}

// source is a deck file, or the deck built into the program.
type source struct {
	file store.File
	read func() ([]byte, error)
	// old is what the index knows of the file when it was seen before, and changed
	// says that the file must be read.
	old           store.File
	seen, changed bool
	// written is the file as the command has written it.
	written writtenDeck
}

// name is what messages call the file.
func (s source) name() string {
	if s.file.Path == shippedPath {
		return s.file.Title
	}
	return s.file.Path
}

// syncDecks brings the index up to date with the deck files.
func (a *app) syncDecks(ctx context.Context, lib *library) error {
	sources, err := a.sources()
	if err != nil {
		return err
	}
	return a.syncSources(ctx, lib, sources)
}

func (a *app) syncSources(ctx context.Context, lib *library, sources []source) error {
	known, err := lib.Files(ctx)
	if err != nil {
		return err
	}
	index := make(map[string]store.File, len(known))
	for _, f := range known {
		index[f.Path] = f
	}
	var changed []source
	for i := range sources {
		s := &sources[i]
		s.old, s.seen = index[s.file.Path]
		s.written = lib.written[s.file.Path]
		delete(index, s.file.Path)
		if s.changed = !s.seen || !unchanged(s.file, s.old); s.changed {
			changed = append(changed, *s)
		}
	}
	owners, next := make(map[deck.ID]string), readAhead(changed)
	for _, s := range sources {
		if !s.changed {
			a.keepSource(lib, s, owners)
			continue
		}
		if err := a.syncSource(ctx, lib, s, owners, next()); err != nil {
			return err
		}
	}
	for path := range index {
		if _, err := lib.RemoveFile(ctx, path); err != nil {
			return err
		}
	}
	return nil
}

// syncSource indexes a deck file that has changed, as it was read. owners says which
// file has which deck; the first one keeps it.
func (a *app) syncSource(ctx context.Context, lib *library, s source, owners map[deck.ID]string, read readSource) (err error) {
	old, seen := s.old, s.seen
	if done := read.close; done != nil {
		defer func() { err = errors.Join(err, done()) }()
	}
	if read.err != nil {
		return a.breakSource(ctx, lib, s, fmt.Errorf("%s cannot be read: %w", s.name(), read.err))
	}
	s.file.Hash = read.hash
	s.file.IndexedNS = lib.now.UnixNano()
	if seen && old.Hash == s.file.Hash && (old.Err == "" || owners[old.Deck] == "") && !conflictGone(old, owners) {
		old.MTimeNS, old.Size, old.IndexedNS = s.file.MTimeNS, s.file.Size, s.file.IndexedNS
		if err := lib.TouchFile(ctx, old); err != nil {
			return err
		}
		a.keepSource(lib, s, owners)
		return nil
	}
	if read.large != nil {
		done, err := a.syncLarge(ctx, lib, s, owners, read)
		if err != nil || done {
			return err
		}
		if read = s.readAll(); read.err != nil {
			return a.breakSource(ctx, lib, s, fmt.Errorf("%s cannot be read: %w", s.name(), read.err))
		}
		s.file.Hash = read.hash
	}
	d, err := read.deck()
	if err != nil {
		if seen && old.Deck != "" {
			owners[old.Deck] = s.name()
		}
		return a.breakSource(ctx, lib, s, err)
	}
	if refused, err := a.ownDeck(ctx, lib, &s, owners, d); err != nil || refused {
		return err
	}
	if read.size > largeFile {
		defer runtime.GC() // what was read is of no use to the next file
	}
	changes, err := lib.SyncDeck(ctx, s.file, d, store.Stamp{At: lib.now, Day: lib.day})
	if err != nil {
		return err
	}
	a.noteChanges(lib, s, changes)
	return nil
}

// ownDeck makes a file the owner of the deck d that it holds, unless another one
// owns it.
func (a *app) ownDeck(ctx context.Context, lib *library, s *source, owners map[deck.ID]string, d *deck.Deck) (refused bool, err error) {
	if owner, taken := owners[d.ID]; taken {
		if s.file.Path == shippedPath {
			return true, nil
		}
		return true, a.breakSource(ctx, lib, *s, fmt.Errorf("%s: deck id %q is already used by %s; give one of them another id", s.name(), d.ID, owner))
	}
	// The texts of a deck are parts of its file's: one that is kept keeps all of it.
	owners[deck.ID(strings.Clone(string(d.ID)))] = s.name()
	s.file.Deck, s.file.Language, s.file.Title = d.ID, d.Language, d.Title
	return false, nil
}

// syncLarge indexes a large deck file without holding it. It is not done when the file
// has changed since it was checked: then it must be read whole.
func (a *app) syncLarge(ctx context.Context, lib *library, s source, owners map[deck.ID]string, read readSource) (done bool, err error) {
	large := read.large
	if refused, err := a.ownDeck(ctx, lib, &s, owners, large.Deck); err != nil || refused {
		return true, err
	}
	defer saveMemory()()
	changes, err := lib.SyncLarge(ctx, s.file, large.Deck, read.cards, large.Count, s.cards(read), store.Stamp{At: lib.now, Day: lib.day})
	switch {
	case errors.Is(err, store.ErrOthers), errors.Is(err, tomlfile.ErrWhole), errors.As(err, new(*fs.PathError)):
		delete(owners, large.Deck.ID)
		return false, nil
	case err == nil:
		a.noteChanges(lib, s, changes)
	}
	return err == nil, err
}

// noteChanges notes what became of the cards of a deck file that was there before.
func (a *app) noteChanges(lib *library, s source, changes store.Changes) {
	if s.seen || changes.Remembered > 0 {
		lib.notices = append(lib.notices, a.changeNotices(s.name(), changes)...)
	}
}

// saveMemory has garbage collected before it is as much as half of what is in
// use, until the function that it returns is called. What is read of large files is
// garbage soon, and half of the memory that reading them takes.
func saveMemory() (done func()) {
	before := debug.SetGCPercent(50)
	return func() { debug.SetGCPercent(before) }
}

// conflictGone reports that old was refused for a deck id that is free now.
func conflictGone(old store.File, owners map[deck.ID]string) bool {
	return strings.Contains(old.Err, "is already used by") && owners[old.Deck] == ""
}

func unchanged(now, old store.File) bool {
	return now.MTimeNS == old.MTimeNS && now.Size == old.Size && now.Hash == ([32]byte{}) &&
		old.IndexedNS-old.MTimeNS > racyNS && old.Err == "" || now.Hash != ([32]byte{}) && now.Hash == old.Hash && old.Err == ""
}

func (a *app) keepSource(lib *library, s source, owners map[deck.ID]string) {
	old := s.old
	if old.Deck != "" && owners[old.Deck] == "" {
		owners[old.Deck] = s.name()
	}
	if old.Err != "" {
		lib.broken = true
		lib.notices = append(lib.notices, old.Err)
	}
}

func (a *app) breakSource(ctx context.Context, lib *library, s source, cause error) error {
	s.file.Err = cause.Error()
	lib.broken = true
	lib.notices = append(lib.notices, s.file.Err)
	return lib.MarkBroken(ctx, s.file)
}

// changeNotices says what became of cards when a file changed.
func (a *app) changeNotices(name string, c store.Changes) []string {
	var out []string
	add := func(n int, text string) {
		if n > 0 {
			out = append(out, a.t("%s: %s", name, a.t(text, n)))
		}
	}
	add(len(c.Renamed), "%d reworded or moved cards were recognised and keep their history")
	add(c.Archived, "%d cards are no longer in the file; their history is kept")
	add(c.Remembered, "%d cards are back, with their history")
	for _, u := range c.Unclear {
		out = append(out, a.t("%s: %s", name, a.t("a card with history is gone and more than one new card could be it: %s", u.Old.Front)))
	}
	return out
}

// startSources begins to list the sources, which takes about as long as opening
// the store, and returns what waits for the list.
func (a *app) startSources() func() ([]source, error) {
	var sources []source
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		sources, err = a.sources()
	}()
	return func() ([]source, error) {
		<-done
		return sources, err
	}
}

// sources lists the learner's deck files in the order of their names and then
// the shipped deck, so that a file of the learner's with the same deck id goes
// first.
func (a *app) sources() ([]source, error) {
	sources, err := deckFiles(a.places.decks)
	if err != nil {
		return nil, err
	}
	if a.config.ShippedDeck {
		name := shippedName(a.deckLanguage())
		sum, err := shippedSum(name)
		if err != nil {
			return nil, err
		}
		sources = append(sources, source{
			file: store.File{Path: shippedPath, Hash: sum, Title: name},
			read: func() ([]byte, error) { return fs.ReadFile(decks.FS, name) },
		})
	}
	return sources, nil
}

func deckFiles(folder string) ([]source, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the decks folder: %w", err)
	}
	sources := make([]source, 0, len(entries)+1) // with the shipped deck
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".toml") || strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		path := filepath.Join(folder, entry.Name())
		s := source{file: store.File{Path: path}, read: func() ([]byte, error) { return os.ReadFile(path) }}
		if info, err := os.Stat(path); err == nil {
			if info.IsDir() {
				continue
			}
			s.file.MTimeNS, s.file.Size = info.ModTime().UnixNano(), info.Size()
		}
		sources = append(sources, s)
	}
	sort.Slice(sources, func(i, j int) bool { return sources[i].file.Path < sources[j].file.Path })
	return sources, nil
}

// deckLanguage is the language in which decks that come in several are studied:
// as set, else that of the interface as set, else by the locale. English serves
// where that names a third language, as it does for the interface; where it names
// none, as C does, it is the map's own, Chinese.
func (a *app) deckLanguage() string {
	language, _, _ := strings.Cut(locale(a.getenv), "_")
	language, _, _ = strings.Cut(language, ".")
	switch {
	case a.config.DeckLanguage != "":
		return a.config.DeckLanguage
	case a.config.Language != "":
		return a.config.Language
	case slices.Contains([]string{"zh", "", "c", "posix"}, language):
		return "zh"
	}
	return "en"
}

// shippedDeck returns the deck built into the program in the wanted language,
// or in Chinese when it does not exist in that one.
func shippedDeck(language string) (name string, data []byte, err error) {
	name = shippedName(language)
	data, err = fs.ReadFile(decks.FS, name)
	return name, data, err
}

func shippedName(language string) string {
	name := "llm-basics." + language + ".toml"
	if _, err := fs.Stat(decks.FS, name); err != nil {
		return "llm-basics.zh.toml"
	}
	return name
}

// shippedSum returns the checksum of a deck built into the program.
func shippedSum(name string) (sum [sha256.Size]byte, err error) {
	text, err := fs.ReadFile(decks.FS, name+".sha256")
	if err == nil {
		_, err = hex.Decode(sum[:], bytes.TrimSpace(text))
	}
	if err != nil {
		return sum, fmt.Errorf("reading the checksum of %s: %w", name, err)
	}
	return sum, nil
}
