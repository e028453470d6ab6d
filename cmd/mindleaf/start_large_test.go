//go:build unix

package main

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mindleaf/mindleaf/srs"
)

// The size of the large collection: files, cards a file, reviews a card.
const (
	largeFiles   = 100
	largeCards   = 1000
	largeReviews = 10
)

// makeLarge fills home with so many deck files, has the program index them, and
// writes ten reviews a card straight into the database, with counters of as many
// rows as three years of study leave. Adding a card to each file then has the
// program make the pages of states.
func makeLarge(b *testing.B, program, home string, files int) {
	b.Helper()
	folder := filepath.Join(home, "decks")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		b.Fatal(err)
	}
	for f := range files {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("deck%03d.toml", f)), []byte(largeDeck(f)), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	index := func() {
		if out, err := exec.Command(program, "due", "--home", home).CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
	index()
	db, err := sql.Open("sqlite", filepath.Join(home, "mindleaf.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	today := int64(srs.DayOf(time.Now(), 4))
	for _, query := range []string{
		`INSERT INTO scheduler (name) VALUES ('sm2 reading=program multiplier=100 fuzz=on max=36500')`,
		fmt.Sprintf(`WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < %d)
			INSERT INTO event (device, seq, clock, at_ms, zone_min, day, kind, card_id, grade, took_ms, scheduler_id)
			SELECT 1, n.i * (SELECT count(*) FROM card) + card.id, 1700000000000 + n.i * 1000000 + card.id, 1700000000000, 0,
			%d - 300 + 30 * n.i, 1, card.id, 4, 5000, 1 FROM n, card`, largeReviews-1, today),
		`UPDATE device SET seq = (SELECT max(seq) FROM event), clock = (SELECT max(clock) FROM event)`,
		fmt.Sprintf(`UPDATE card SET phase = 2, interval = 1 + id %% 400, due = %d - 1 + id %% 400, ease = 250, reps = 10, reviews = 10, last_day = %d - 30
			WHERE id %% 50 > 0`, today, today),
		`DELETE FROM level_count`,
		`INSERT INTO level_count (deck_id, level, n_new, n_mature) SELECT deck_id, level, sum(phase = 0), sum(phase = 2) FROM card WHERE archived = 0 GROUP BY 1, 2`,
		fmt.Sprintf(`WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
			INSERT INTO day_count (day, deck_id, reviews, young, young_passed, moved_young) SELECT %d - n.i, deck.id, 10, 4, 3, 1 FROM n, deck`, today),
		fmt.Sprintf(`WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
			INSERT INTO hour_count (day, hour, level, new_3, young_1, young_3, took_5, took_10, millis)
			SELECT %d - n.i, h.value, 1 + n.i %% 3, 3, 2, 8, 6, 7, 90000 FROM n, json_each('[8, 13, 21]') h`, today),
		`INSERT INTO day_total (day, reviews, new, again, young, young_passed, millis) SELECT day, sum(new_3 + young_1 + young_3), sum(new_3),
			sum(young_1), sum(young_1 + young_3), sum(young_3), sum(millis) FROM hour_count GROUP BY day`,
		fmt.Sprintf(`WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 60)
			INSERT INTO section_day (deck_id, day, section_id, reviews, tested, remembered, moved_young)
			SELECT deck_id, %d - n.i, id, 1, 1, 1, 1 FROM n, section WHERE (section.id + n.i) %% 6 = 0`, today),
	} {
		if _, err := db.Exec(query); err != nil {
			b.Fatalf("%s: %v", query, err)
		}
	}
	for f := range files {
		name := filepath.Join(folder, fmt.Sprintf("deck%03d.toml", f))
		if err := os.WriteFile(name, []byte(largeDeck(f)+"\n[[card]]\nid = \"last\"\nfront = \"最后？\"\nback = \"是\"\n"), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	index()
	time.Sleep(3 * time.Second) // until the files are old enough for their time stamps to be trusted
	index()
}

func largeDeck(f int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "[deck]\nid = \"deck%03d\"\ntitle = \"卡组 %03d\"\n", f, f)
	for c := range largeCards {
		fmt.Fprintf(&b, "\n[[leaf]]\npath = [\"第 %d 章\", \"第 %d 节\"]\ntext = \"叶子 %d-%d\"\nlevel = \"beginner\"\n", c/100, c/20, f, c)
		fmt.Fprintf(&b, "\n  [[leaf.card]]\n  id = \"card-%d\"\n  front = \"第 %d 组第 %d 张卡问什么？\"\n  back = \"它问的是第 %d 张卡的内容，一句不长不短的话。\"\n", c, f, c, c)
	}
	return b.String()
}
