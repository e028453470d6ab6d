package store

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
	"github.com/mindleaf/mindleaf/srs/filter"
)

// Query is a learner's filter with what it is measured by.
type Query struct {
	Expr *filter.Expr
	// Today is the study day that due, is:due, is:buried and is:drill are about.
	Today srs.Day
	// LeechLapses is the number of lapses that makes a card a leech, 0 for never.
	LeechLapses int
}

// ofContent reports whether the conditions of q look at the table content.
func (q *Query) ofContent() bool {
	return len(q.Expr.Terms(""))+len(q.Expr.Terms("kind"))+len(q.Expr.Terms("tag")) > 0
}

// ofArchive reports whether q says itself if archived cards are meant.
func (q *Query) ofArchive() bool {
	for _, term := range q.Expr.Terms("is") {
		if term.Value == "archived" {
			return true
		}
	}
	return false
}

// where returns the condition of q on a row of card and the one of content that
// belongs to it.
func (q *Query) where(e *filter.Expr) (string, []any) {
	switch e.Op {
	case filter.Not:
		where, args := q.where(e.Args[0])
		return "NOT " + where, args
	case filter.And, filter.Or:
		joint := " AND "
		if e.Op == filter.Or {
			joint = " OR "
		}
		parts, all := make([]string, len(e.Args)), []any(nil)
		for i, arg := range e.Args {
			where, args := q.where(arg)
			parts[i], all = where, append(all, args...)
		}
		return "(" + strings.Join(parts, joint) + ")", all
	}
	switch e.Key {
	case "":
		return textCondition(e.Value)
	case "is":
		return q.is(e.Value)
	case "due":
		return compared("(card.phase > 0 AND card.due = ?)", e.Cmp, int64(q.Today)+e.Number)
	case "ease", "interval", "lapses":
		return compared("card."+e.Key+" = ?", e.Cmp, e.Number)
	}
	return placeCondition(e)
}

// compared puts an operator in the place of = in a condition.
func compared(condition, operator string, n int64) (string, []any) {
	return strings.Replace(condition, "=", operator, 1), []any{n}
}

// is returns the condition of is:word.
func (q *Query) is(word string) (string, []any) {
	switch word {
	case "due":
		return "(card.phase > 0 AND card.suspended = 0 AND card.due <= ? AND card.buried_day < ? AND card.drill_day <> ?)",
			[]any{q.Today, q.Today, q.Today}
	case "new":
		return "card.phase = ?", []any{srs.New}
	case "learning":
		return "card.phase IN (?, ?)", []any{srs.Learning, srs.Relearning}
	case "young":
		return "(card.phase = ? AND card.interval < ?)", []any{srs.Review, srs.MatureDays}
	case "mature":
		return "(card.phase = ? AND card.interval >= ?)", []any{srs.Review, srs.MatureDays}
	case "leech":
		return "(? > 0 AND card.lapses >= ?)", []any{q.LeechLapses, q.LeechLapses}
	case "suspended", "archived":
		return "card." + word + " = 1", nil
	case "buried":
		return "card.buried_day >= ?", []any{q.Today}
	case "flagged":
		return "card.flag > 0", nil
	}
	return "card.drill_day = ?", []any{q.Today} // is:drill
}

const (
	// A name that fits wholly goes before those that have it as a part.
	inDeck = `card.deck_id IN (SELECT id FROM deck WHERE lower(?1) IN (lower(uid), lower(title)) OR
		NOT EXISTS (SELECT 1 FROM deck WHERE lower(?1) IN (lower(uid), lower(title))) AND (instr(lower(uid), lower(?1)) OR instr(lower(title), lower(?1))))`
	inSection = `card.section_id IN (WITH RECURSIVE below (id) AS (SELECT id FROM section WHERE lower(name) = lower(?1) OR
		NOT EXISTS (SELECT 1 FROM section WHERE lower(name) = lower(?1)) AND instr(lower(name), lower(?1))
		UNION SELECT section.id FROM section JOIN below ON section.parent_id = below.id) SELECT id FROM below)`
	// A tag also stands for those below it, as in Anki.
	tagged = `(instr(content.extra, '"tags"') AND EXISTS (SELECT 1 FROM json_each(content.extra, '$.tags')
		WHERE lower(value) = lower(?1) OR substr(lower(value), 1, length(?1) + 2) = lower(?1) || '::'))`
)

// placeCondition returns the condition of a key about what a card is.
func placeCondition(e *filter.Expr) (string, []any) {
	switch e.Key {
	case "deck":
		return repeated(inDeck, e.Value)
	case "section":
		return repeated(inSection, e.Value)
	case "tag":
		return repeated(tagged, e.Value)
	case "level":
		if l, err := deck.ParseLevel(e.Value); err == nil {
			return "max(card.level, 1) = ?", []any{l}
		}
	case "kind":
		if k, err := deck.ParseKind(e.Value); err == nil {
			return "content.kind = ?", []any{k}
		}
	case "flag":
		return "card.flag = ?", []any{e.Number}
	case "id":
		return repeated("substr(card.uid, 1, length(?1)) = ?1", e.Value)
	}
	return "0", nil
}

// repeated fills a value into condition wherever it says ?1; there may be others
// before and behind.
func repeated(condition, value string) (string, []any) {
	args := make([]any, strings.Count(condition, "?1"))
	for i := range args {
		args[i] = value
	}
	return strings.ReplaceAll(condition, "?1", "?"), args
}

// contains returns the condition that a column has a text in it, and its value.
// The case of Latin letters does not count; for text without them instr is the
// quicker one, for others LIKE is.
func contains(column, text string) (string, any) {
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= 'a' && r <= 'z' }) {
		return "instr(" + column + ", ?)", text
	}
	return column + ` LIKE ? ESCAPE '\'`, "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text) + "%"
}

// textCondition finds text in what a card says and in its path.
func textCondition(text string) (string, []any) {
	var parts []string
	var args []any
	for _, t := range spellings(text) {
		for _, column := range []string{"content.front", "content.back", "content.note", "content.leaf"} {
			where, value := contains(column, t)
			parts, args = append(parts, where), append(args, value)
		}
		where, value := contains("name", t)
		parts, args = append(parts, `card.section_id IN (WITH RECURSIVE below (id) AS (SELECT id FROM section WHERE `+where+`
			UNION SELECT section.id FROM section JOIN below ON section.parent_id = below.id) SELECT id FROM below)`), append(args, value)
	}
	return "(" + strings.Join(parts, " OR ") + ")", args
}

// spellings returns text with half-width letters and, where they differ, as it is
// and in the cases of other letters than Latin ones, which SQLite does not know.
func spellings(text string) []string {
	narrow := strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, text)
	var out []string
	for _, t := range []string{narrow, text, strings.ToLower(narrow), strings.ToUpper(narrow), firstUpper(narrow)} {
		if t = lowerASCII(t); !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// lowerASCII does what lower does in SQLite.
func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r - 'A' + 'a'
		}
		return r
	}, s)
}

func firstUpper(s string) string {
	for i, r := range s {
		if i == 0 {
			return string(unicode.ToUpper(r)) + strings.ToLower(s[len(string(r)):])
		}
	}
	return s
}
