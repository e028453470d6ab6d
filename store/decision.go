package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/mindleaf/mindleaf/deck"
)

// decision is what was decided about a card of a file that has changed: it is what
// became of Row, which was called Was. A card with the identity of its row needs no
// decision, and all others are new.
type decision struct {
	Row  int64
	Was  deck.CardID
	Card deck.CardID
}

// decide finds out which row goes on as which card, and notes it: once some of the
// cards are written and others are not, it could not be found out again. Whoever
// comes after a kill does what is noted.
func (c *changing) decide() error {
	var found bool
	err := c.read(func() (err error) {
		if err = c.loadRows(); err != nil {
			return err
		}
		c.countLeaves()
		var decided []decision
		if decided, found, err = getDecision(c.ctx, c.tx, c.file.Path); err != nil {
			return err
		}
		c.recall(decided)
		if err = c.loadCards(); err != nil || found {
			return err
		}
		return c.matchCards()
	})
	if err != nil || found {
		return err
	}
	decided := make([]decision, len(c.joined))
	for i, in := range c.joined {
		decided[i] = decision{in.row.id, c.was[in.row], in.id}
	}
	joins, err := json.Marshal(decided)
	if err != nil {
		return err
	}
	return c.db.tx(c.ctx, c.doing, func(tx *txn) error {
		if err := c.begin(tx); err != nil {
			return err
		}
		_, err := tx.ExecContext(c.ctx, "INSERT INTO decision (path, hash, joins) VALUES (?, ?, ?)", c.file.Path, c.contents(), joins)
		return err
	})
}

// recall gives the cards about which something was decided their rows.
func (c *changing) recall(decided []decision) {
	rows, cards := make(map[int64]*row), make(map[deck.CardID]*incoming)
	for _, d := range decided {
		rows[d.Row], cards[d.Card] = nil, nil
	}
	for _, r := range c.rows {
		if _, ok := rows[r.id]; ok {
			rows[r.id] = r
		}
	}
	for _, in := range c.cards {
		in.row = nil // which it may have from a try before
		if _, ok := cards[in.id]; ok {
			cards[in.id] = in
		}
	}
	for _, d := range decided {
		r, in := rows[d.Row], cards[d.Card]
		if r == nil || in == nil {
			continue
		}
		if in.row, r.matched = r, true; r.uid != in.id && d.Was != "" {
			c.renamed(r, d.Was)
		}
	}
}

// contents is a number for what the cards of the file say.
func (c *changing) contents() int64 {
	return hashEach(func(yield func(string) bool) {
		for _, in := range c.cards {
			if !yield(string(in.id)) || !yield(strconv.FormatInt(in.hash, 16)) {
				return
			}
		}
	})
}

func getDecision(ctx context.Context, tx *txn, path string) (decided []decision, found bool, err error) {
	var joins []byte
	err = tx.QueryRowContext(ctx, "SELECT joins FROM decision WHERE path = ?", path).Scan(&joins)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err == nil {
		err = json.Unmarshal(joins, &decided)
	}
	return decided, err == nil, err
}

// dropDecision forgets what was decided about the cards of a file.
func dropDecision(ctx context.Context, tx *txn, path string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM decision WHERE path = ?", path)
	return err
}
