package store

import (
	"context"
	"encoding/binary"
	"errors"

	"github.com/mindleaf/mindleaf/srs"
)

// mergeNote is the note of the merge under way, as its last piece left it. It says
// that what is noted with it is half a log and must not stay; the transaction that
// adds the rest drops it. id is 0 before there is one: a log that fits into one
// piece needs none.
type mergeNote struct {
	id, pieces int64
	// device is the newest device, seq and clock are those of this device before
	// the merge.
	device, seq, clock int64
}

// goOn makes sure at the beginning of a piece that all is as the last one left it.
func (n *mergeNote) goOn(ctx context.Context, tx *txn) error {
	if n.id == 0 {
		return tx.QueryRowContext(ctx, "SELECT (SELECT max(id) FROM device), seq, clock FROM device WHERE id = ?", thisDevice).
			Scan(&n.device, &n.seq, &n.clock)
	}
	result, err := tx.ExecContext(ctx, "UPDATE merge_note SET pieces = pieces + 1 WHERE id = ? AND pieces = ? AND leaving = 0", n.id, n.pieces)
	if err != nil {
		return err
	}
	n.pieces++
	if there, err := result.RowsAffected(); err != nil || there != 1 {
		return errors.Join(err, errors.New("a backup was restored meanwhile"))
	}
	return nil
}

// write notes what a piece has added.
func (n *mergeNote) write(ctx context.Context, tx *txn, added noted) error {
	if n.id == 0 {
		err := tx.QueryRowContext(ctx, "INSERT INTO merge_note (id, pieces, device, seq, clock) VALUES (random(), 0, ?, ?, ?) RETURNING id",
			n.device, n.seq, n.clock).Scan(&n.id)
		if err != nil {
			return err
		}
	}
	if len(added) == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO merge_piece (keys) VALUES (?)", added.pack())
	return err
}

// drop ends the merge: what it has added stays.
func (n *mergeNote) drop(ctx context.Context, tx *txn) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM merge_note WHERE id = ?", n.id)
	return err
}

// noted are the events that a piece has added, card after card.
type noted []notedCard

// notedCard is a card, 0 for none, with the keys of its events.
type notedCard struct {
	card int64
	keys []srs.EventKey
}

func (n *noted) add(card int64, key srs.EventKey) {
	if last := len(*n) - 1; last >= 0 && (*n)[last].card == card {
		(*n)[last].keys = append((*n)[last].keys, key)
		return
	}
	*n = append(*n, notedCard{card, []srs.EventKey{key}})
}

// pack writes numbers of varying length: for each card its key, the number of its
// events, and their devices and Seqs.
func (n noted) pack() []byte {
	var b []byte
	for _, c := range n {
		b = binary.AppendVarint(b, c.card)
		b = binary.AppendVarint(b, int64(len(c.keys)))
		for _, k := range c.keys {
			b = binary.AppendVarint(binary.AppendVarint(b, k.Device), k.Seq)
		}
	}
	return b
}

// unpackNoted reads what pack wrote, as far as it is whole.
func unpackNoted(b []byte) (n noted, whole bool) {
	whole = true
	next := func() int64 {
		v, size := binary.Varint(b)
		if size <= 0 {
			whole, b = false, nil
			return 0
		}
		b = b[size:]
		return v
	}
	for len(b) > 0 {
		c := notedCard{card: next()}
		for left := next(); left > 0 && whole; left-- {
			c.keys = append(c.keys, srs.EventKey{Device: next(), Seq: next()})
		}
		n = append(n, c)
	}
	return n, whole
}
