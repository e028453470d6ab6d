package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// Merge adds the events of another log that are not here yet and folds the
// cards they concern again, all or nothing. An event is known by its device and
// Seq, so merging the same log twice adds nothing the second time. A device that
// is not known is made; its Seqs need not be without gaps.
func (d *DB) Merge(ctx context.Context, events []Logged) (Merged, error) {
	order := make([]int, len(events))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(events[a].Deck, events[b].Deck), cmp.Compare(events[a].CardID, events[b].CardID))
	})
	return d.MergeByCard(ctx, func(yield func(Logged, error) bool) {
		for _, i := range order {
			if !yield(events[i], nil) {
				return
			}
		}
	})
}

// MergeByCard is Merge for a log that is too large for memory. It is fast when
// the events of a card follow each other, and correct when they do not. An error
// among the events ends it, and nothing is merged.
func (d *DB) MergeByCard(ctx context.Context, events iter.Seq2[Logged, error]) (Merged, error) {
	var m Merged
	err := d.tx(ctx, "merging a log", func(tx *txn) error {
		g := &merging{DB: d, ctx: ctx, tx: tx, devices: make(map[string]int64), decks: make(map[deck.ID]map[deck.CardID]*mergedCard),
			ledger: newLedger(), moved: make(map[int64][]movedCard)}
		if err := g.run(events); err != nil {
			return err
		}
		m = g.merged
		return nil
	})
	d.changed.CompareAndSwap(false, err == nil && m.Added > 0)
	return m, err
}

// merging is one run of MergeByCard.
type merging struct {
	*DB
	ctx     context.Context
	tx      *txn
	merged  Merged
	devices map[string]int64
	decks   map[deck.ID]map[deck.CardID]*mergedCard
	ledger  *ledger
	moved   map[int64][]movedCard // by deck
	clock   int64
}

// mergedCard is a card that events may concern. It is fresh as long as it has
// no event.
type mergedCard struct {
	srs.Card
	archived, fresh bool
}

// movedCard is a card in a file whose state is another one than before.
type movedCard struct {
	card   *mergedCard
	before srs.State
}

// manyCards is how many cards of a deck must have moved for it to be cheaper to
// count the whole deck again.
const manyCards = 500

// restated is an event on its way in.
type restated struct {
	srs.Event
	restates bool
}

func (g *merging) run(events iter.Seq2[Logged, error]) error {
	var card *mergedCard
	var waiting []restated
	for l, err := range events {
		if err != nil {
			return err
		}
		e, of, err := g.local(l)
		switch {
		case err != nil:
			return fmt.Errorf("event %d of device %q: %w", l.Key.Seq, l.Device, err)
		case of == nil && l.CardID != "":
			g.merged.Orphans++
			continue
		case of != card:
			if err := g.add(card, waiting); err != nil {
				return err
			}
			card, waiting = of, waiting[:0]
		}
		waiting = append(waiting, restated{e, l.Restates})
	}
	if err := g.add(card, waiting); err != nil {
		return err
	}
	return g.finish()
}

// local gives an event the keys of this store, and finds its card; that is nil
// when the card is not here, or the event concerns none.
func (g *merging) local(l Logged) (e srs.Event, card *mergedCard, err error) {
	e = l.Event
	if e.Key.Device, err = g.device(l.Device); err != nil {
		return e, nil, err
	}
	e.Target.Device = 0
	if l.TargetDevice != "" {
		if e.Target.Device, err = g.device(l.TargetDevice); err != nil {
			return e, nil, err
		}
	}
	e.Card = 0
	if l.CardID != "" {
		if card, err = g.card(l.Deck, l.CardID); err != nil || card == nil {
			return e, nil, err
		}
		e.Card = card.ID
	}
	return e, card, checkLogged(e)
}

// checkLogged is checkEvent for an event that is in a log already.
func checkLogged(e srs.Event) error {
	switch {
	case e.Key.Seq <= 0:
		return fmt.Errorf("its number %d is not above 0", e.Key.Seq)
	case e.Kind == srs.UndoEvent || e.Kind == srs.RenameEvent:
		return nil
	case e.Kind < srs.ReviewEvent || e.Kind > srs.CloseLevelsEvent:
		return fmt.Errorf("kind %d is not known", e.Kind)
	}
	return checkEvent(e)
}

func (g *merging) device(uid string) (int64, error) {
	if id, ok := g.devices[uid]; ok {
		return id, nil
	}
	if uid == "" {
		return 0, errors.New("the device has no name")
	}
	var id int64
	err := g.tx.QueryRowContext(g.ctx, "SELECT id FROM device WHERE uid = ?", uid).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		var result sql.Result
		if result, err = g.tx.ExecContext(g.ctx, "INSERT INTO device (uid) VALUES (?)", uid); err == nil {
			id, err = result.LastInsertId()
		}
	}
	g.devices[uid] = id
	return id, err
}

// card returns a card, nil when it is not here. The first card of a deck that is
// asked for loads them all.
func (g *merging) card(in deck.ID, uid deck.CardID) (*mergedCard, error) {
	cards, ok := g.decks[in]
	if !ok {
		cards = make(map[deck.CardID]*mergedCard)
		_, err := collect(g.ctx, g.tx, func(row scanner) (_ struct{}, err error) {
			var uid deck.CardID
			c := &mergedCard{}
			c.Card, err = scanCard(alsoScan{row, []any{&c.archived, &uid, &c.fresh}})
			cards[uid] = c
			return struct{}{}, err
		}, "SELECT "+cardColumns+`, archived, uid, NOT EXISTS (SELECT 1 FROM event WHERE card_id = card.id)
			FROM card WHERE deck_id = (SELECT id FROM deck WHERE uid = ?)`, in)
		if err != nil {
			return nil, err
		}
		g.decks[in] = cards
	}
	return cards[uid], nil
}
