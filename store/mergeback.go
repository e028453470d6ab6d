package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/mindleaf/mindleaf/srs"
)

const takingBack = "taking back a log that was not merged to its end"

// takeBackLeft takes back what was merged of a log by a process that is gone. It
// waits while another does so.
func (d *DB) takeBackLeft(ctx context.Context) error {
	for {
		var left, leaving bool
		err := (brief{d}).QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM merge_note) OR EXISTS (SELECT 1 FROM merge_piece),
			EXISTS (SELECT 1 FROM merge_note WHERE leaving = 1)`).Scan(&left, &leaving)
		if err != nil || !left {
			return err
		}
		unlock, err := d.tryLockMerges(ctx)
		if err != nil {
			return err
		}
		if unlock != nil {
			warning, err := d.takeBack(ctx)
			if warning != "" {
				d.warnings = append(d.warnings, warning)
			}
			return errors.Join(err, unlock())
		}
		if !leaving {
			return nil // it is being merged
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lockTries):
		}
	}
}

// takeBack takes back, in short transactions, what is noted as merged, and says so; ""
// when there was nothing. The caller must have the lock. Answers given since
// stay, and count as if nothing had been merged.
func (d *DB) takeBack(ctx context.Context) (warning string, err error) {
	var n mergeNote
	err = d.db.QueryRowContext(ctx, "SELECT id, device, seq, clock FROM merge_note").Scan(&n.id, &n.device, &n.seq, &n.clock)
	if errors.Is(err, sql.ErrNoRows) {
		return "", d.forgetPieces(ctx)
	}
	if err == nil {
		if d.takingBack != nil {
			d.takingBack()
		}
		err = d.tx(ctx, takingBack, func(tx *txn) error {
			_, err := tx.ExecContext(ctx, "UPDATE merge_note SET leaving = 1")
			return err
		})
	}
	if err != nil {
		return "", d.explain(takingBack, err)
	}
	b := &takingOut{DB: d, ctx: ctx}
	for more := true; more && err == nil; {
		more, err = b.lastPiece()
	}
	if err == nil {
		err = d.tx(ctx, takingBack, func(tx *txn) error { return n.undo(ctx, tx) })
	}
	if err != nil {
		return "", err
	}
	if b.partly {
		return "an import was interrupted, and the note of what was there of its history is damaged: import it again", nil
	}
	return "an import was interrupted; what was there of its history is taken back: import it again", nil
}

// undo makes the devices what they were before the merge, but for what was logged
// here since, and drops the note.
func (n *mergeNote) undo(ctx context.Context, tx *txn) error {
	_, err := tx.ExecContext(ctx, `UPDATE device SET
		seq = max(?2, (SELECT coalesce(max(seq), 0) FROM event WHERE device = ?1)),
		clock = max(?3, (SELECT coalesce(max(clock), 0) FROM event WHERE device = ?1 AND seq > ?2)) WHERE id = ?1`, thisDevice, n.seq, n.clock)
	if err == nil {
		_, err = tx.ExecContext(ctx, "DELETE FROM device WHERE id > ? AND NOT EXISTS (SELECT 1 FROM event WHERE device = device.id)", n.device)
	}
	if err == nil {
		err = n.drop(ctx, tx)
	}
	return err
}

// takingOut is one run of takeBack.
type takingOut struct {
	*DB
	ctx    context.Context
	tx     *txn
	counts *shift
	pace   pace
	// partly says that a piece is damaged, so that it can be taken back in part only.
	partly bool
}

// lastPiece takes the newest piece back, and reports whether there was one.
func (b *takingOut) lastPiece() (more bool, err error) {
	var id int64
	var keys []byte
	err = b.db.QueryRowContext(b.ctx, "SELECT id, keys FROM merge_piece ORDER BY id DESC LIMIT 1").Scan(&id, &keys)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, b.explain(takingBack, err)
	}
	cards, whole := unpackNoted(keys)
	b.partly = b.partly || !whole
	if len(cards) == 0 {
		return true, b.DB.tx(b.ctx, takingBack, func(tx *txn) error { return forgetPiece(b.ctx, tx, id) })
	}
	return true, b.inPieces(b.ctx, takingBack, len(cards), piecework{
		begin: func(tx *txn) error {
			b.tx, b.counts = tx, newShift()
			return nil
		},
		step: func(i int) error { return b.card(cards[len(cards)-1-i]) },
		end: func(done int) error {
			if err := b.counts.write(b.ctx, b.tx); err != nil {
				return err
			}
			if left := cards[:len(cards)-done]; len(left) > 0 {
				_, err := b.tx.ExecContext(b.ctx, "UPDATE merge_piece SET keys = ? WHERE id = ?", left.pack(), id)
				return err
			}
			return forgetPiece(b.ctx, b.tx, id)
		},
	}, &b.pace)
}

func forgetPiece(ctx context.Context, tx *txn, id int64) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM merge_piece WHERE id = ?", id)
	return err
}

// card takes the noted events of a card out of the log and folds it again.
func (b *takingOut) card(n notedCard) error {
	before, err := history(b.ctx, b.tx, n.card)
	if err != nil {
		return err
	}
	out := make(map[srs.EventKey]bool, len(n.keys))
	for _, key := range n.keys {
		out[key] = true
		if _, err := b.tx.ExecContext(b.ctx, "DELETE FROM event WHERE device = ? AND seq = ? AND card_id = ?", key.Device, key.Seq, n.card); err != nil {
			return err
		}
	}
	if n.card == 0 {
		return foldPath(b.ctx, b.tx)
	}
	card, err := getMerged(b.ctx, b.tx, n.card)
	if errors.Is(err, sql.ErrNoRows) { // the note is damaged
		b.partly = true
		return nil
	}
	if err != nil {
		return err
	}
	_, was, err := srs.Fold(before, card.Seed, b.scheduler)
	if err != nil {
		return err
	}
	after := slices.DeleteFunc(slices.Clone(before), func(e srs.Event) bool { return out[e.Key] })
	now, is, err := srs.Fold(after, card.Seed, b.scheduler)
	if err != nil {
		return err
	}
	return b.counts.refold(b.ctx, b.tx, card, was, is, now)
}

// forgetPieces removes what was noted of a merge that is done.
func (d *DB) forgetPieces(ctx context.Context) error {
	for more := true; more; {
		err := d.tx(ctx, mergingLog, func(tx *txn) error {
			result, err := tx.ExecContext(ctx, "DELETE FROM merge_piece WHERE id IN (SELECT id FROM merge_piece LIMIT 64)")
			if err != nil {
				return err
			}
			n, err := result.RowsAffected()
			more = n > 0
			return err
		})
		if err != nil {
			return err
		}
		time.Sleep(fillGap)
	}
	return nil
}
