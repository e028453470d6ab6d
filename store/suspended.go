package store

import (
	"context"

	"github.com/mindleaf/mindleaf/srs"
)

// dayMillis are the milliseconds of a day. Whatever the zone of the learner, what is
// done on study day n has a clock of more than n-1 days.
const dayMillis = 24 * 60 * 60 * 1000

// SuspendedMoves is how a card that is suspended now moved lately, as in Recent.
type SuspendedMoves struct {
	Deck, Section int64
	Short, Long   srs.Counts
}

// movedSuspended selects the events of the cards that are suspended now and were
// suspended since a moment of the log's clock, those of a card together. What was
// suspended longer did not move. The log is read back from its end: no index tells
// which cards are suspended.
const movedSuspended = "SELECT " + eventColumns + `, card.deck_id, card.section_id, card.seed
	FROM (SELECT DISTINCT card_id FROM device CROSS JOIN event ON event.device = device.id
		AND event.seq > coalesce((SELECT seq FROM event AS old WHERE old.device = device.id AND old.clock < ?1 ORDER BY seq DESC LIMIT 1), 0)
		WHERE kind = ?2) AS late
	CROSS JOIN card ON card.id = late.card_id AND suspended = 1 AND archived = 0 AND (?3 = 0 OR deck_id = ?3)
	CROSS JOIN event e ON e.card_id = card.id LEFT JOIN scheduler s ON s.id = e.scheduler_id`

// SuspendedLately returns how each card that is suspended now moved in the spans of
// l. The counters of days have these moves too: who compares how well the cards that
// are not suspended are known now and were known then leaves them out of both. What
// one card did is in no counter, so that its history is folded again.
func (d *DB) SuspendedLately(ctx context.Context, l Lately) ([]SuspendedMoves, error) {
	type ofCard struct {
		at    SuspendedMoves
		seed  uint32
		event srs.Event
	}
	rows, err := collect(ctx, d.db, func(row scanner) (o ofCard, err error) {
		o.event, err = scanEvent(alsoScan{row, []any{&o.at.Deck, &o.at.Section, &o.seed}})
		return o, err
	}, movedSuspended, dayMillis*int64(l.Day-srs.Day(l.Long)), srs.SuspendEvent, l.Deck)
	if err != nil {
		return nil, d.explain("reading what is suspended", err)
	}
	var all []SuspendedMoves
	var events []srs.Event
	for i, o := range rows {
		events = append(events, o.event)
		if i+1 < len(rows) && rows[i+1].event.Card == o.event.Card {
			continue
		}
		_, steps, err := srs.Fold(events, o.seed, d.scheduler)
		if err != nil {
			return nil, d.explain("reading what is suspended", err)
		}
		all, events = append(all, o.at.moved(steps, l)), events[:0]
	}
	return all, nil
}

// moved is m with what steps moved in the spans of l.
func (m SuspendedMoves) moved(steps []srs.Step, l Lately) SuspendedMoves {
	for _, s := range steps {
		ago := int(l.Day - s.Event.Day)
		if ago >= 0 && ago < l.Short {
			m.Short = m.Short.Add(s.Moved(), 1)
		}
		if ago >= 0 && ago < l.Long {
			m.Long = m.Long.Add(s.Moved(), 1)
		}
	}
	return m
}
