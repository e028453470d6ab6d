package store

import (
	"context"
	"errors"
	"iter"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// Changes says what became of the cards of a deck when its file was read again.
type Changes struct {
	// Added, Same, Changed, Archived and Revived count cards. Changed ones have
	// another wording or place; archived ones are gone from the file and
	// revived ones are back in it, both with their history.
	Added, Same, Changed, Archived, Revived int
	// Remembered counts those of Revived that were reviewed before.
	Remembered int
	// Renamed lists cards that were recognised although their identity changed.
	Renamed []Rename
	// Unclear lists cards with history that are gone while more than one new
	// card, or one that could be two old ones, may be what became of them. They
	// are archived, with their history.
	Unclear []Unclear
}

// Rename is a card that goes on under another identity.
type Rename struct {
	Old, New deck.CardID
	Front    string
}

// Unclear is a card with history whose successor cannot be told. Old.ID is the
// identity by which FindCard finds it now.
type Unclear struct {
	Old struct {
		ID    deck.CardID
		Front string
	}
	Candidates []deck.CardID
}

// SyncDeck makes the index hold what the deck file f says. Progress stays with its
// card: by a stated identity first, and then by what can be told apart without
// doubt (see matchCards). Cards that are gone are archived, never deleted. No card is
// written that has not changed. All is done in one transaction, but for a
// large deck: see fill and change.
func (d *DB) SyncDeck(ctx context.Context, f File, content *deck.Deck, at Stamp) (Changes, error) {
	s := syncing{ctx: ctx, at: at, deck: content, scheduler: d.scheduler}
	for i, c := range content.Cards() {
		in, err := newIncoming(content.ID, c, i)
		if err != nil {
			return Changes{}, err
		}
		s.cards = append(s.cards, in)
	}
	large, err := d.isLarge(s, f)
	if err != nil {
		return Changes{}, err
	}
	if !large {
		s.progress = d.progress
		return d.syncAtOnce(s, f)
	}
	return d.syncLarge(s, f, len(s.cards), func(yield func(*incoming, error) bool) {
		for _, c := range s.cards {
			if !yield(c, nil) {
				return
			}
		}
	})
}

// ErrOthers says that the cards of a file are not those that they were a moment ago.
var ErrOthers = errors.New("the cards have changed while they were indexed")

// SyncLarge does what SyncDeck does for a large deck, without holding the texts of its
// cards: head is the deck without its leaves, which has total cards, and known has all
// of them unless it is nil. After ErrOthers or an error of the source, SyncDeck is to
// be given the whole deck; what is written by then does no harm.
func (d *DB) SyncLarge(ctx context.Context, f File, head *deck.Deck, known *Cards, total int, source CardSource, at Stamp) (Changes, error) {
	s := syncing{ctx: ctx, at: at, deck: head, scheduler: d.scheduler, source: source}
	if known != nil {
		s.cards = known.list
	}
	return d.syncLarge(s, f, total, source.incomings(head.ID, nil))
}

func (d *DB) syncLarge(s syncing, f File, total int, all iter.Seq2[*incoming, error]) (Changes, error) {
	filled, err := d.fill(s, f, all, total)
	if err == nil || !errors.Is(err, errTaken) {
		return Changes{Added: filled}, err
	}
	if s.cards == nil {
		var cards Cards
		for c, err := range all {
			if err != nil {
				return Changes{}, err
			}
			cards.add(c)
		}
		s.cards = cards.list
	}
	changes, err := Changes{}, errTaken
	for errors.Is(err, errTaken) { // by another process, with the same file or a newer one
		changes, err = d.change(s, f)
	}
	changes.Added, changes.Same = changes.Added+filled, changes.Same-filled
	return changes, err
}

// isLarge reports whether there are many cards in a file, or were.
func (d *DB) isLarge(s syncing, f File) (bool, error) {
	if len(s.cards) >= d.pieces.large {
		return true, nil
	}
	var n int
	err := d.db.QueryRowContext(s.ctx, "SELECT count(*) FROM card WHERE deck_id IN (SELECT id FROM deck WHERE uid = ? OR path = ?)",
		s.deck.ID, f.Path).Scan(&n)
	return n >= d.pieces.large, d.explain("indexing "+f.Path, err)
}

// syncAtOnce is SyncDeck in one transaction.
func (d *DB) syncAtOnce(s syncing, f File) (changes Changes, err error) {
	err = d.tx(s.ctx, "indexing "+f.Path, func(tx *txn) error {
		if changes, err = s.in(tx, f); err != nil {
			return err
		}
		if err := dropDecision(s.ctx, tx, f.Path); err != nil {
			return err
		}
		return putFile(s.ctx, tx, f)
	})
	return changes, err
}

// in runs in a transaction.
func (s syncing) in(tx *txn, f File) (Changes, error) {
	s.tx, s.ledger = tx, newLedger()
	err := s.run(f)
	return s.changes, err
}

// syncing is one run of SyncDeck.
type syncing struct {
	ctx      context.Context
	tx       *txn
	at       Stamp
	deck     *deck.Deck
	deckID   int64
	sections map[place]*placed
	ordered  int64
	rows     []*row
	cards    []*incoming
	// source has the wording of the cards where they are without.
	source  CardSource
	changes Changes
	// ledger holds what the counters of days gain and lose by cards that move.
	ledger    *ledger
	scheduler func(name string) (srs.Scheduler, error)
	dirty     bool // whether the counters must be made anew
	// joined are the cards whose rows were found by more than their identity, and was
	// the identities that rows had which go on as another one.
	joined []*incoming
	was    map[*row]deck.CardID
	// counts, unless nil, holds what the piece under way adds to all counters, and
	// leaves how many cards in the file each leaf has by section.
	counts   *shift
	leaves   map[leafPlace]int
	progress func(done, total int64)
	// added are the new cards that wait to be inserted, lastID the key of the
	// newest card; 0 when it is not known yet.
	added  []*incoming
	lastID int64
}

// row is a card of the deck as the store has it before the file is read again.
type row struct {
	id, section, leaf, hash int64
	uid                     deck.CardID
	seed                    uint32
	order, reviews, line    int32
	level                   int8
	kind                    deck.Kind
	archived, matched       bool
	wordless                bool // its text is not there, but for a damage
}

func scanRow(s scanner) (*row, error) {
	r := &row{}
	return r, s.Scan(&r.id, &r.uid, &r.section, &r.leaf, &r.level, &r.seed, &r.order, &r.hash, &r.archived, &r.reviews, &r.kind, &r.line, &r.wordless)
}

func (s *syncing) run(f File) error {
	for _, step := range []func() error{
		func() error { return s.putDeck(f.Path) }, func() error { return s.retireOthers(f.Path) }, s.loadRows, s.loadSections, s.loadCards,
		s.matchCards, s.freeIdentities, s.putCards, s.archiveRest,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	if !s.dirty {
		return nil
	}
	if err := s.ledger.write(s.ctx, s.tx); err != nil {
		return err
	}
	if len(s.rows) == 0 {
		return s.countFirst()
	}
	return recount(s.ctx, s.tx, s.deckID)
}

func (s *syncing) loadRows() (err error) {
	s.rows, err = collect(s.ctx, s.tx, scanRow, `SELECT id, uid, section_id, leaf_id, level, seed, ord, hash, archived, reviews,
		coalesce(kind, 0), coalesce(line, 0), card_id IS NULL FROM card LEFT JOIN content ON card_id = id WHERE deck_id = ? ORDER BY id`, s.deckID)
	return err
}

// loadCards gives every card of the file its place and, unless it has one, finds
// its row by identity: a stated one always counts, one that follows from the card's place
// only when the content is the same.
func (s *syncing) loadCards() (err error) {
	byUID := s.byUID()
	for _, in := range s.cards {
		if in.section, err = s.section(in.path); err != nil {
			return err
		}
		if r := byUID[in.id]; in.row == nil && r != nil && !r.matched && (!in.positional() || r.hash == in.hash) {
			in.id, in.row, r.matched = r.uid, r, true // the same text, which is held once
		}
	}
	return nil
}

func (s *syncing) byUID() map[deck.CardID]*row {
	byUID := make(map[deck.CardID]*row, len(s.rows))
	for _, r := range s.rows {
		byUID[r.uid] = r
	}
	return byUID
}

// archiveRest hides the cards that are no longer in the file.
func (s *syncing) archiveRest() error {
	for _, r := range s.rest() {
		if err := s.archive(r); err != nil {
			return err
		}
	}
	return nil
}

// rest returns the rows in the file of which the file has no card any more.
func (s *syncing) rest() (rows []*row) {
	for _, r := range s.rows {
		if !r.matched && !r.archived {
			rows = append(rows, r)
		}
	}
	return rows
}

func (s *syncing) archive(r *row) error {
	s.changes.Archived++
	if err := s.move(r, spot{s.deckID, r.section, r.level, true}, r.leaf); err != nil {
		return err
	}
	_, err := s.tx.ExecContext(s.ctx, "UPDATE card SET archived = 1 WHERE id = ?", r.id)
	return err
}

// move makes a card, and the steps of it, count where it stands from now on.
func (s *syncing) move(r *row, to spot, leaf int64) error {
	s.dirty = true
	if s.counts != nil {
		if err := s.shift(r, to, leaf); err != nil {
			return err
		}
	}
	events, err := history(s.ctx, s.tx, r.id)
	if err != nil || len(events) == 0 {
		return err
	}
	_, steps, err := srs.Fold(events, r.seed, s.scheduler)
	if err != nil {
		return err
	}
	s.ledger.addAll(spot{s.deckID, r.section, r.level, r.archived}, steps, -1)
	s.ledger.addAll(to, steps, 1)
	return nil
}
