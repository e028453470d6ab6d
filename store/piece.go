package store

import (
	"context"
	"time"
)

// pieces says how what takes long is done in short transactions.
type pieces struct {
	// large is the number of cards from which a deck is not indexed at once,
	// because somebody who reviews meanwhile would notice the wait.
	large int
	// size is how many cards are written in one transaction at most.
	size int
	// lasting is how long a transaction of inPieces lasts at most, about.
	lasting time.Duration
}

var ordinaryPieces = pieces{large: 2000, size: 512, lasting: 25 * time.Millisecond}

// fillGap is how long the store is left to others after each piece. It is longer
// than the pause between their tries: see begin.
const fillGap = time.Millisecond

// piecework is something that takes many steps, and some more work at the
// beginning and end of each transaction.
type piecework struct {
	// begin starts a transaction.
	begin func(*txn) error
	// step does the i-th step.
	step func(i int) error
	// end is called before the transaction is over, with the number of steps that
	// are done.
	end func(done int) error
}

// inPieces does n steps in transactions that keep nobody waiting for long, and
// leaves the store to others between them. Each must leave it sound. pace is how
// long the steps of a transaction have taken lately; it is kept from one call to
// the next of the same work.
func (d *DB) inPieces(ctx context.Context, doing string, n int, w piecework, pace *time.Duration) error {
	if *pace == 0 {
		*pace = d.pieces.lasting
	}
	for done := 0; done < n; time.Sleep(fillGap) {
		var began time.Time
		err := d.tx(ctx, doing, func(tx *txn) error {
			began = time.Now()
			if err := w.begin(tx); err != nil {
				return err
			}
			for first := done; done < n && done-first < d.pieces.size && (done == first || time.Since(began) < *pace); done++ {
				if err := w.step(done); err != nil {
					return err
				}
			}
			return w.end(done)
		})
		if err != nil {
			return err
		}
		// What comes after the steps takes its time too.
		if took := time.Since(began); took > d.pieces.lasting {
			*pace = max(*pace*d.pieces.lasting/took, time.Millisecond)
		} else {
			*pace = min(*pace*5/4, d.pieces.lasting)
		}
	}
	return nil
}
