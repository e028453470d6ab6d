package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/mindleaf/mindleaf/deck"
	"github.com/mindleaf/mindleaf/srs"
)

// RecordQuiz keeps the result of a finished quiz, as srs/quiz writes it.
func (d *DB) RecordQuiz(ctx context.Context, result string, at Stamp) error {
	_, err := d.Record(ctx, srs.Event{Kind: srs.QuizEvent, At: at.At, Day: at.Day, Text: result})
	return err
}

// newestQuizzes is answered by the index event_quiz alone, however many events
// there are; INDEXED BY makes it an error where it would not be.
const newestQuizzes = "SELECT " + eventColumns + ` FROM event e INDEXED BY event_quiz LEFT JOIN scheduler s ON s.id = e.scheduler_id
	WHERE e.kind = 16 AND substr(e.text, 1, length(?1)) = ?1 ORDER BY e.clock DESC`

// Quizzes visits the finished quizzes whose result begins with prefix, the
// newest first, until visit wants no more. visit must not use the store.
func (d *DB) Quizzes(ctx context.Context, prefix string, visit func(srs.Event) (more bool)) error {
	for e, err := range each(ctx, d.db, scanEvent, newestQuizzes, prefix) {
		if err != nil {
			return d.explain("reading the quizzes", err)
		}
		if !visit(e) {
			break
		}
	}
	return nil
}

// Contents returns the content of the cards that are not suspended, deck by deck
// in the order of the map. File and Line are not filled in.
func (d *DB) Contents(ctx context.Context, f Filter) ([]Content, error) {
	paths, err := sectionPaths(ctx, d.db, "1")
	if err != nil {
		return nil, d.explain("reading the sections", err)
	}
	where, args := f.where()
	contents, err := collect(ctx, d.db, func(row scanner) (c Content, err error) {
		var section int64
		var extra string
		if err := row.Scan(&c.ID, &c.Deck, &c.DeckTitle, &c.Card, &section, &c.Level, &c.Kind, &c.Leaf, &c.Front, &c.Back, &c.Note, &c.Source, &extra); err != nil {
			return c, err
		}
		var x extras
		err = json.Unmarshal([]byte(extra), &x)
		c.Choices, c.Accept, c.Tags, c.Media = x.Choices, x.Accept, x.Tags, x.Media
		c.Path = paths[section]
		return c, err
	}, `SELECT card.id, (SELECT uid FROM deck WHERE id = deck_id), (SELECT title FROM deck WHERE id = deck_id), uid, section_id, level,
		kind, leaf, front, back, note, source, extra
		FROM card JOIN content ON card_id = card.id WHERE archived = 0 AND suspended = 0`+where+" ORDER BY deck_id, ord", args...)
	return contents, d.explain("reading cards", err)
}

// sectionPaths returns the path of every section that fits a condition by its key.
func sectionPaths(ctx context.Context, q querier, where string, args ...any) (map[int64][]string, error) {
	paths := make(map[int64][]string)
	scan := func(row scanner) (s Section, err error) { return s, row.Scan(&s.Key, &s.Parent, &s.Name) }
	for s, err := range each(ctx, q, scan, "SELECT id, parent_id, name FROM section WHERE "+where+" ORDER BY id", args...) {
		if err != nil {
			return nil, err
		}
		// A parent is always made before what is below it.
		paths[s.Key] = append(slices.Clip(paths[s.Parent]), s.Name)
	}
	return paths, nil
}

// FindSection returns the key of the section of a deck with a path, 0 when there
// is none.
func (d *DB) FindSection(ctx context.Context, in deck.ID, path []string) (key int64, err error) {
	for _, name := range path {
		err := d.db.QueryRowContext(ctx, "SELECT id FROM section WHERE deck_id = (SELECT id FROM deck WHERE uid = ?) AND parent_id = ? AND name = ?",
			in, key, name).Scan(&key)
		if errors.Is(err, sql.ErrNoRows) {
			return 0, nil
		}
		if err != nil {
			return 0, d.explain(fmt.Sprintf("looking for section %q", name), err)
		}
	}
	return key, nil
}
