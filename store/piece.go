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
	// size is of how many cards change has the wording at hand, and steps how many
	// steps inPieces does in one transaction at most.
	size, steps int
	// lasting is how long a transaction of inPieces lasts at most, about, and alone
	// the same while nobody else writes. Counters that a piece adds to more than
	// once are written once, so that longer ones get on faster.
	lasting, alone time.Duration
}

var ordinaryPieces = pieces{large: 2000, size: 512, steps: 1 << 14, lasting: 25 * time.Millisecond, alone: 60 * time.Millisecond}

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
	// are done, and after, unless nil, when it is.
	end   func(done int) error
	after func(done int)
}

// pace is how fast a piecework has got on, from one call of inPieces to the next.
type pace struct {
	// work is how long the steps of a piece may take: what comes after them takes
	// its time too.
	work time.Duration
	// version is SQLite's number for what others have written, and company for how
	// many pieces more they must be expected to write.
	version, company int64
}

// companyLasts is for how many pieces somebody who has written is expected to write
// again: a second or two, and a moment at the beginning.
const (
	companyLasts = 64
	companyFirst = 4
)

// look finds out whether others write.
func (p *pace) look(ctx context.Context, tx *txn) error {
	before := p.version
	if err := tx.QueryRowContext(ctx, "PRAGMA data_version").Scan(&p.version); err != nil {
		return err
	}
	switch {
	case before == 0:
		p.company = companyFirst
	case before != p.version:
		p.company = companyLasts
	case p.company > 0:
		p.company--
	}
	return nil
}

// learn sets how long the next steps may take, after a piece that took so long.
func (p *pace) learn(took, limit time.Duration) {
	if took > limit {
		p.work = max(p.work*limit/took, time.Millisecond)
	} else {
		p.work = min(p.work*5/4, limit)
	}
}

// inPieces does n steps in transactions that keep nobody waiting for long, and
// leaves the store to others between them. Each must leave it sound.
func (d *DB) inPieces(ctx context.Context, doing string, n int, w piecework, p *pace) error {
	if p.work == 0 {
		p.work = d.pieces.lasting
	}
	for done := 0; done < n; time.Sleep(fillGap) {
		var began time.Time
		err := d.tx(ctx, doing, func(tx *txn) error {
			began = time.Now()
			if err := p.look(ctx, tx); err != nil {
				return err
			}
			if err := w.begin(tx); err != nil {
				return err
			}
			for first := done; done < n && done-first < d.pieces.steps && (done == first || time.Since(began) < p.work); done++ {
				if err := w.step(done); err != nil {
					return err
				}
			}
			return w.end(done)
		})
		if err != nil {
			return err
		}
		limit := d.pieces.lasting
		if p.company == 0 {
			limit = max(limit, d.pieces.alone)
		}
		p.learn(time.Since(began), limit)
		if w.after != nil {
			w.after(done)
		}
	}
	return nil
}
