package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// Filter narrows a query down; zero fields do not.
type Filter struct {
	Deck deck.ID
	// Section is a section's key; what is below it counts too.
	Section int64
	Level   int8
	// Query is what the learner typed, nil for nothing.
	Query *Query
}

// where returns the conditions of f on the table card, each beginning with AND.
func (f Filter) where() (string, []any) {
	var b strings.Builder
	var args []any
	if f.Deck != "" {
		b.WriteString(" AND deck_id = (SELECT id FROM deck WHERE uid = ?)")
		args = append(args, f.Deck)
	}
	if f.Section != 0 {
		b.WriteString(` AND section_id IN (WITH RECURSIVE below (id) AS (VALUES (?)
			UNION ALL SELECT section.id FROM section JOIN below ON section.parent_id = below.id) SELECT id FROM below)`)
		args = append(args, f.Section)
	}
	if f.Level != 0 {
		// Cards of no level are the beginner's. With a range, unlike with =,
		// SQLite sees that the index card_new holds them in path order.
		b.WriteString(" AND max(level, 1) BETWEEN ? AND ?")
		args = append(args, f.Level, f.Level)
	}
	if f.Query != nil {
		condition, values := f.Query.where(f.Query.Expr)
		if f.Query.ofContent() {
			condition = "EXISTS (SELECT 1 FROM content WHERE content.card_id = card.id AND " + condition + ")"
		}
		b.WriteString(" AND " + condition)
		args = append(args, values...)
	}
	return b.String(), args
}

// isDue selects the cards due on a day that are not hidden, nor to be drilled
// that day; its first three conditions are those of the index card_due.
const isDue = ` FROM card INDEXED BY card_due WHERE phase > 0 AND archived = 0 AND suspended = 0 AND due <= ?1 AND buried_day < ?2 AND drill_day <> ?2`

// Due returns the cards that were reviewed before and are due on day or earlier,
// without those that are hidden on today or wait to be drilled then.
func (d *DB) Due(ctx context.Context, f Filter, today, day srs.Day) ([]srs.Card, error) {
	where, args := f.where()
	cards, err := collect(ctx, d.briefly(f), scanCard, "SELECT "+cardColumns+isDue+where, append([]any{day, today}, args...)...)
	if err != nil {
		return nil, d.explain("reading what is due", err)
	}
	return cards, nil
}

// DueCount returns how many cards Due returns for that day.
func (d *DB) DueCount(ctx context.Context, f Filter, day srs.Day) (n int64, err error) {
	where, args := f.where()
	err = d.db.QueryRowContext(ctx, "SELECT count(*)"+isDue+where, append([]any{day, day}, args...)...).Scan(&n)
	return n, d.explain("counting what is due", err)
}

// DueOn returns how many cards become due on each study day from one to another,
// both included, days without any left out. Unlike DueForecast it reads these
// days only.
func (d *DB) DueOn(ctx context.Context, from, to srs.Day) (map[srs.Day]int64, error) {
	due, err := collect(ctx, d.db, scanKeyed, `SELECT due, count(*) FROM card INDEXED BY card_due
		WHERE phase > 0 AND archived = 0 AND suspended = 0 AND due BETWEEN ? AND ? GROUP BY due`, from, to)
	if err != nil {
		return nil, d.explain("counting what will be due", err)
	}
	days := make(map[srs.Day]int64, len(due))
	for _, k := range due {
		days[srs.Day(k.key)] = k.n
	}
	return days, nil
}

// Coming is what a study day brings, limits aside.
type Coming struct {
	// Due are the due cards by deck, of those of one leaf only one: what
	// session.OnePerLeaf keeps of Due, when the leaves in drill count as seen.
	Due map[deck.ID]int64
	// Drill are the cards that wait to be drilled.
	Drill int64
}

// comingByDeck counts the due cards that come on a day, ?1 and ?2: those without
// siblings, those made due again on the day they were reviewed, and one of every leaf
// that was not seen that day and has no card in drill. The cards in drill stand under
// no deck: one query costs a prompt less than two.
const comingByDeck = `SELECT uid, n FROM (SELECT deck_id, count(*) FILTER (WHERE leaf_id = 0 OR last_day = ?2) +
	count(DISTINCT leaf_id) FILTER (WHERE leaf_id <> 0 AND leaf_id NOT IN (
		SELECT leaf_id FROM card INDEXED BY card_seen WHERE phase > 0 AND last_day = ?2
		UNION ALL SELECT leaf_id` + toDrill + ")) AS n" + isDue + " GROUP BY deck_id) JOIN deck ON deck.id = deck_id" +
	" UNION ALL SELECT '', count(*)" + toDrill

// ComingCount counts what Due and Drill return for day, and what of it comes. It
// counts in the database, as a prompt that is drawn all the time cannot wait for
// the cards to be read.
func (d *DB) ComingCount(ctx context.Context, day srs.Day) (c Coming, err error) {
	c.Due = make(map[deck.ID]int64)
	var in deck.ID
	var n int64
	scan := func(row scanner) (none struct{}, err error) { return none, row.Scan(&in, &n) }
	for _, err := range each(ctx, d.db, scan, comingByDeck, day, day) {
		switch {
		case err != nil:
			return c, d.explain("counting what is due", err)
		case in == "":
			c.Drill = n
		default:
			c.Due[in] = n
		}
	}
	return c, nil
}

// isNew selects the cards that were never reviewed and are not suspended.
const (
	isNew       = " FROM card INDEXED BY card_new WHERE phase = 0 AND archived = 0 AND suspended = 0"
	inPathOrder = " ORDER BY deck_id, max(level, 1), ord"
)

// NewCards offers the cards that were never reviewed to take, in the order of
// the path, until it wants no more. take must not use the store.
func (d *DB) NewCards(ctx context.Context, f Filter, take func(srs.Card) (more bool)) error {
	where, args := f.where()
	for c, err := range each(ctx, cached{d}, scanCard, "SELECT "+cardColumns+isNew+where+inPathOrder, args...) {
		if err != nil {
			return d.explain("reading new cards", err)
		}
		if !take(c) {
			break
		}
	}
	return nil
}

// toDrill selects the cards that wait to be drilled on a day.
const toDrill = ` FROM card INDEXED BY card_drill
	WHERE drill_day > 0 AND drill_day = ?1 AND archived = 0 AND suspended = 0 AND buried_day < ?1`

// Drill returns the cards that wait to be drilled on day.
func (d *DB) Drill(ctx context.Context, f Filter, day srs.Day) ([]srs.Card, error) {
	where, args := f.where()
	cards, err := collect(ctx, d.briefly(f), scanCard, "SELECT "+cardColumns+toDrill+where+" ORDER BY id",
		append([]any{day}, args...)...)
	if err != nil {
		return nil, d.explain("reading what is to be drilled", err)
	}
	return cards, nil
}

const seenLeaves = "SELECT DISTINCT leaf_id FROM card INDEXED BY card_seen WHERE phase > 0 AND last_day = ? AND leaf_id <> 0"

// SeenLeaves returns the leaves of which a card was reviewed on day.
func (d *DB) SeenLeaves(ctx context.Context, day srs.Day) (map[int64]bool, error) {
	leaves, err := collect(ctx, brief{d}, scanInt, seenLeaves, day)
	if err != nil {
		return nil, d.explain("reading what was seen today", err)
	}
	seen := make(map[int64]bool, len(leaves))
	for _, l := range leaves {
		seen[l] = true
	}
	return seen, nil
}

func scanInt(row scanner) (n int64, err error) { return n, row.Scan(&n) }

// Content is what a card says and where it stands.
type Content struct {
	ID        int64
	Deck      deck.ID
	DeckTitle string
	Card      deck.CardID
	// Path holds the names of the sections above the card, outermost first.
	Path                      []string
	Leaf                      string
	Level                     deck.Level
	Kind                      deck.Kind
	Front, Back, Note, Source string
	Choices                   []deck.Option
	Accept, Tags, Media       []string
	// File and Line are where the card is written.
	File string
	Line int
	// Archived says that the card is no longer in the file.
	Archived bool
}

// Content returns the content of a card by its key.
func (d *DB) Content(ctx context.Context, id int64) (Content, error) {
	ctx = unlessDone(ctx)
	c, section, err := getContent(ctx, cached{d}, id)
	if err != nil {
		return c, d.explain("reading a card", err)
	}
	c.Path, err = d.SectionPath(ctx, section)
	return c, err
}

// getContent returns the content of a card but its path, and the key of its section.
func getContent(ctx context.Context, q querier, id int64) (c Content, section int64, err error) {
	c.ID = id
	var extra string
	err = q.QueryRowContext(ctx, `SELECT deck.uid, deck.title, card.uid, card.section_id, content.leaf, card.level, content.kind,
		content.front, content.back, content.note, content.source, content.extra, deck.path, content.line, card.archived
		FROM card JOIN content ON content.card_id = card.id JOIN deck ON deck.id = card.deck_id WHERE card.id = ?`, id).
		Scan(&c.Deck, &c.DeckTitle, &c.Card, &section, &c.Leaf, &c.Level, &c.Kind, &c.Front, &c.Back, &c.Note, &c.Source,
			&extra, &c.File, &c.Line, &c.Archived)
	if errors.Is(err, sql.ErrNoRows) {
		if _, _, err := getCard(ctx, q, id); err != nil {
			return c, 0, err
		}
		return c, 0, fmt.Errorf("card %d has no text; mindleaf doctor --fix reads it from the deck file again", id)
	}
	if err != nil || extra == noExtras {
		return c, section, err
	}
	var x extras
	err = json.Unmarshal([]byte(extra), &x)
	c.Choices, c.Accept, c.Tags, c.Media = x.Choices, x.Accept, x.Tags, x.Media
	return c, section, err
}

// SectionPath returns the names from the outermost section down to the one with
// the given key; none for key 0.
func (d *DB) SectionPath(ctx context.Context, key int64) ([]string, error) {
	names, err := sectionPath(unlessDone(ctx), cached{d}, key)
	return names, d.explain("reading a section", err)
}

// sectionPath asks for one section after the other: there are few above any, and a
// recursive query takes longer to prepare than all of these. In a damaged database they
// may go in a circle, which is left where it closes.
func sectionPath(ctx context.Context, q querier, key int64) (names []string, err error) {
	for seen := []int64{0}; !slices.Contains(seen, key); {
		seen = append(seen, key)
		var name string
		err := q.QueryRowContext(ctx, "SELECT parent_id, name FROM section WHERE id = ?", key).Scan(&key, &name)
		if errors.Is(err, sql.ErrNoRows) {
			break
		}
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	slices.Reverse(names)
	return names, nil
}

func scanString(row scanner) (s string, err error) { return s, row.Scan(&s) }

// CardIDs returns the identities of the cards of a deck that are in its file.
func (d *DB) CardIDs(ctx context.Context, in deck.ID) ([]deck.CardID, error) {
	ids, err := collect(ctx, d.db, func(row scanner) (id deck.CardID, err error) { return id, row.Scan(&id) },
		"SELECT card.uid FROM card JOIN deck ON deck.id = card.deck_id WHERE deck.uid = ? AND archived = 0", in)
	return ids, d.explain("reading the cards", err)
}

// FindCard returns the key of a card by its identity.
func (d *DB) FindCard(ctx context.Context, in deck.ID, card deck.CardID) (id int64, err error) {
	err = d.db.QueryRowContext(ctx, "SELECT card.id FROM card JOIN deck ON deck.id = card.deck_id WHERE deck.uid = ? AND card.uid = ?",
		in, card).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("there is no card %q in deck %q", card, in)
	}
	return id, d.explain("looking for a card", err)
}

// ReviewedCards returns the cards that were reviewed before, are in a file and
// are not suspended, whether they are due or not.
func (d *DB) ReviewedCards(ctx context.Context) ([]srs.Card, error) {
	cards, err := collect(ctx, d.db, scanCard, "SELECT "+cardColumns+` FROM card INDEXED BY card_due
		WHERE phase > 0 AND archived = 0 AND suspended = 0 ORDER BY due, id`)
	return cards, d.explain("reading the cards", err)
}
