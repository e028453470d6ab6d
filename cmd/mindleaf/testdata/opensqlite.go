// Command opensqlite opens the database at the path it is given, reads one row and
// ends: what no program with this driver can be faster than. BenchmarkStart runs it.
package main

import (
	"database/sql"
	"log"
	"os"

	_ "modernc.org/sqlite" // the SQLite driver
)

func main() {
	db, err := sql.Open("sqlite", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var id int64
	if err := db.QueryRow("SELECT id FROM card LIMIT 1").Scan(&id); err != nil {
		log.Fatal(err)
	}
	if err := db.Close(); err != nil {
		log.Fatal(err)
	}
}
