package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/mindleaf/mindleaf/deck"
)

// Search returns the keys of the cards that f lets through, at most limit of
// them, all for 0, and how many there are. Archived cards are among them only
// when the query asks for them. Those come first that have its text in the front,
// then in the back, the note and the path, in front and back as a whole word
// before a part of one; equals come deck by deck in the order of the map.
func (d *DB) Search(ctx context.Context, f Filter, limit int) (keys []int64, total int64, err error) {
	if limit <= 0 {
		limit = -1
	}
	query, args := searchQuery(f)
	keys, err = collect(ctx, d.db, func(row scanner) (key int64, err error) { return key, row.Scan(&key, &total) },
		query, append(args, limit)...)
	return keys, total, d.explain("searching", err)
}

// Cards offers cards by their keys to visit, with all that the store has of them
// but their events, until visit returns an error, which it then returns. visit
// must not use the store.
func (d *DB) Cards(ctx context.Context, keys []int64, visit func(Stored) error) error {
	return d.read(ctx, "reading cards", func(tx *txn) error {
		paths := make(map[int64][]string)
		for _, key := range keys {
			card, _, err := getCard(ctx, tx, key)
			if err != nil {
				return err
			}
			content, section, err := getContent(ctx, tx, key)
			if err != nil {
				return err
			}
			path, known := paths[section]
			if !known {
				if path, err = sectionPath(ctx, tx, section); err != nil {
					return err
				}
				paths[section] = path
			}
			content.Path = path
			if err := visit(Stored{card, content}); err != nil {
				return err
			}
		}
		return nil
	})
}

// DecksOf returns the keys of the decks that have a card which f lets through.
func (d *DB) DecksOf(ctx context.Context, f Filter) (map[int64]bool, error) {
	where, args := sought(f)
	keys, err := collect(ctx, d.db, scanInt, "SELECT DISTINCT card.deck_id"+where, args...)
	decks := make(map[int64]bool, len(keys))
	for _, key := range keys {
		decks[key] = true
	}
	return decks, d.explain("searching", err)
}

// sought selects the cards of f. It reads content from one end to the other, once,
// and card where that fits: for 100,000 cards that takes a tenth of a second, and
// keeping an index would make every import slower.
func sought(f Filter) (string, []any) {
	from, where, args := "card", "1", []any(nil)
	q := f.Query
	if q == nil || !q.ofArchive() {
		where = "card.archived = 0"
	}
	if q != nil {
		condition, values := q.where(q.Expr)
		where, args = where+" AND "+condition, append(args, values...)
		if q.ofContent() {
			from = "content CROSS JOIN card ON card.id = content.card_id"
		}
		f.Query = nil
	}
	rest, values := f.where()
	return " FROM " + from + " WHERE " + where + rest, append(args, values...)
}

// searchQuery ranks the cards of f.
func searchQuery(f Filter) (string, []any) {
	rank, args := "0", []any(nil)
	if q := f.Query; q != nil && len(q.Expr.Sought()) > 0 {
		rank, args = rankOf(q.Expr.Sought())
	}
	where, values := sought(f)
	return "WITH hits AS MATERIALIZED (SELECT card.id AS id, " + rank + " AS rank, card.deck_id AS deck_id, card.ord AS ord" + where +
		") SELECT id, (SELECT count(*) FROM hits) FROM hits ORDER BY rank, deck_id, ord, id LIMIT ?", append(args, values...)
}

// rankOf returns an expression that is lower for cards that fit better.
func rankOf(texts []string) (string, []any) {
	var sum []string
	var args []any
	for _, text := range texts {
		text = spellings(text)[0]
		var b strings.Builder
		b.WriteString("CASE")
		for i, column := range []string{"content.front", "content.back", "content.note"} {
			where, value := contains(column, text)
			fmt.Fprintf(&b, " WHEN %s THEN %d", where, 2*i+1)
			args = append(args, value)
			if word, ok := wholeWord(text); ok && i < 2 { // notes are long: to look at all their words takes long too
				fmt.Fprintf(&b, " - (' ' || lower(%s) || ' ' GLOB ?)", column)
				args = append(args, word)
			}
		}
		b.WriteString(" ELSE 7 END")
		sum = append(sum, b.String())
	}
	return strings.Join(sum, " + "), args
}

// wholeWord returns the pattern of text as a whole word, in lower case between
// what is no Latin letter and no digit; false for text that has no such edges.
func wholeWord(text string) (string, bool) {
	if text == "" || !latin(text[0]) || !latin(text[len(text)-1]) {
		return "", false
	}
	return "*[^0-9a-z]" + strings.NewReplacer("*", "[*]", "?", "[?]", "[", "[[]").Replace(text) + "[^0-9a-z]*", true
}

func latin(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' }

// Named is a card by its names.
type Named struct {
	Key      int64
	Deck     deck.ID
	Card     deck.CardID
	Archived bool
}

// Named returns the card whose identity, or deck and identity with a slash
// between, is name; where there is none, those for which it begins so, at most
// limit. Archived cards are among them only when no other is.
func (d *DB) Named(ctx context.Context, name string, limit int) ([]Named, error) {
	const from = `SELECT card.id, deck.uid, card.uid, card.archived FROM card JOIN deck ON deck.id = card.deck_id WHERE `
	const order = ` ORDER BY card.archived, card.deck_id, card.ord LIMIT ?`
	for _, where := range []string{
		"?1 IN (card.uid, deck.uid || '/' || card.uid)",
		"?1 IN (substr(card.uid, 1, length(?1)), substr(deck.uid || '/' || card.uid, 1, length(?1)))",
	} {
		where, args := repeated(where, name)
		found, err := collect(ctx, d.db, scanNamed, from+where+order, append(args, limit)...)
		if err != nil || len(found) > 0 {
			for i := range found {
				if found[i].Archived != found[0].Archived {
					found = found[:i]
					break
				}
			}
			return found, d.explain("looking for a card", err)
		}
	}
	return nil, nil
}

func scanNamed(row scanner) (n Named, err error) {
	return n, row.Scan(&n.Key, &n.Deck, &n.Card, &n.Archived)
}
