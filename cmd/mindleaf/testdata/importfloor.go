// Command importfloor does the least that bringing deck files into the store can be:
// one goroutine decodes them with the TOML library, another inserts their cards, with
// this driver, into tables like those of a database that is there. No mistake would be
// found, no place in a file told, and no card recognised. BenchmarkImport runs it, as
//
//	importfloor DATABASE --home FOLDER
package main

import (
	"crypto/sha256"
	"database/sql"
	"log"
	"os"
	"path/filepath"

	"github.com/BurntSushi/toml"
	_ "modernc.org/sqlite" // the SQLite driver
)

type deckFile struct {
	Leaf []struct {
		Path        []string
		Text, Level string
		Card        []struct{ ID, Front, Back string }
	}
}

func main() {
	if err := fill(os.Args[1], os.Args[3]); err != nil {
		log.Fatal(err)
	}
}

func fill(like, home string) error {
	decks, err := filepath.Glob(filepath.Join(home, "decks", "*.toml"))
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", filepath.Join(home, "mindleaf.db")+"?_journal_mode=WAL&_synchronous=FULL")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if err := makeTables(db, like); err != nil {
		return err
	}
	read := make(chan *deckFile, 1)
	go func() {
		defer close(read)
		for _, path := range decks {
			read <- decode(path)
		}
	}()
	deck, id := 0, 0
	for f := range read {
		deck++
		if id, err = insert(db, deck, id, f); err != nil {
			return err
		}
	}
	return nil
}

func makeTables(db *sql.DB, like string) error {
	from, err := sql.Open("sqlite", like)
	if err != nil {
		return err
	}
	defer from.Close()
	rows, err := from.Query("SELECT sql FROM sqlite_schema WHERE tbl_name IN ('card', 'content') AND sql IS NOT NULL ORDER BY type DESC")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var statement string
		if err := rows.Scan(&statement); err != nil {
			return err
		}
		if _, err := db.Exec(statement); err != nil {
			return err
		}
	}
	return rows.Err()
}

func decode(path string) *deckFile {
	data, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	_ = sha256.Sum256(data) // by which a change is noticed
	f := &deckFile{}
	if err := toml.Unmarshal(data, f); err != nil {
		log.Fatal(err)
	}
	return f
}

func insert(db *sql.DB, deck, id int, f *deckFile) (int, error) {
	tx, err := db.Begin()
	if err != nil {
		return id, err
	}
	defer tx.Rollback()
	card, err := tx.Prepare("INSERT INTO card (id, deck_id, uid, section_id, leaf_id, level, ord, seed, hash) VALUES (?, ?, ?, 1, ?, 1, ?, 1, 1)")
	if err != nil {
		return id, err
	}
	content, err := tx.Prepare("INSERT INTO content (card_id, kind, line, leaf, front, back, note, source, extra) VALUES (?, 1, 1, ?, ?, ?, '', '', '{}')")
	if err != nil {
		return id, err
	}
	for _, l := range f.Leaf {
		for _, c := range l.Card {
			id++
			if _, err := card.Exec(id, deck, c.ID, id, id); err != nil {
				return id, err
			}
			if _, err := content.Exec(id, l.Text, c.Front, c.Back); err != nil {
				return id, err
			}
		}
	}
	return id, tx.Commit()
}
