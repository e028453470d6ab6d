package store

import (
	"context"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// Logged is an event on its way out of a store or into one, where keys mean
// nothing: it names devices, deck and card by the names that last. Of the Event
// in it Key.Device, Target.Device and Card are not used.
type Logged struct {
	srs.Event
	// Device logged the event; TargetDevice the one that it takes back.
	Device, TargetDevice string
	// Deck and CardID name the card; both are "" when it concerns none.
	Deck   deck.ID
	CardID deck.CardID
	// Restates says that the event may be known here in other words, because it
	// comes from a program that tells how things are and not what was done. Merge
	// then leaves it out when another device logged the same at the very same
	// moment, or, unless it is an answer, when it changes nothing where it stands.
	Restates bool
}

// Merged says what came of merging a log.
type Merged struct {
	// Added events are new; Known ones were there already.
	Added, Known int64
	// Orphans name cards that are not there; they were left out.
	Orphans int64
}

// Log visits every event in the order of the log, undone ones and undos
// included, until visit returns an error, which it then returns. Events that no store
// would take, because what they say cannot be, are left out and counted.
func (d *DB) Log(ctx context.Context, visit func(Logged) error) (amiss int64, err error) {
	err = d.read(ctx, "reading the log", func(tx *txn) error {
		for l, err := range each(ctx, tx, scanLogged, "SELECT "+eventColumns+`, v.uid, coalesce(t.uid, ''), coalesce(k.uid, ''), coalesce(c.uid, '')
			FROM event e JOIN device v ON v.id = e.device LEFT JOIN scheduler s ON s.id = e.scheduler_id
			LEFT JOIN device t ON t.id = e.target_device LEFT JOIN card c ON c.id = e.card_id LEFT JOIN deck k ON k.id = c.deck_id
			ORDER BY e.clock, e.device, e.seq`) {
			if err != nil {
				return err
			}
			if l.wrong {
				amiss++
				continue
			}
			if err := visit(l.Logged); err != nil {
				return err
			}
		}
		return nil
	})
	return amiss, err
}

// readLogged is an event of the log; wrong says that what it says cannot be.
type readLogged struct {
	Logged
	wrong bool
}

func scanLogged(row scanner) (l readLogged, err error) {
	var r eventRow
	var scheduler string
	if err := row.Scan(append(r.fields(), &scheduler, &l.Device, &l.TargetDevice, &l.Deck, &l.CardID)...); err != nil {
		return l, err
	}
	event, impossible := r.event()
	l.Event, l.Scheduler = event, scheduler
	cardless := l.Card != 0 && l.CardID == ""
	l.wrong = impossible != nil || cardless || checkLogged(l.Logged) != nil
	return l, nil
}
