//go:build unix

package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// typistDeck writes a deck of n cards that tell themselves apart, and returns the
// home folder it lies in.
func typistDeck(t testing.TB, n int) string {
	t.Helper()
	home := t.TempDir()
	var b strings.Builder
	b.WriteString("[deck]\ntitle = \"打字\"\n")
	for i := range n {
		fmt.Fprintf(&b, "\n[[card]]\nid = \"card-%04d\"\nfront = \"第 %04d 题是什么？\"\nback = \"答案 %04d。\"\n", i, i, i)
	}
	path := filepath.Join(home, "decks", "typist.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "config.toml"), []byte("shipped_deck = false\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return home
}

// TestTypist answers cards with keys 1 ms apart, now and then takes an answer
// back, and wants each grade on its card and no more memory at the end than near
// the beginning; that not in a short run, which ends while memory still settles,
// and mostly has the race detector's memory beside it.
func TestTypist(t *testing.T) {
	cards := 500
	if testing.Short() {
		cards = 100
	}
	home := typistDeck(t, cards)
	w := open(t, 80, 24, home, "review", "--new", fmt.Sprint(cards), "--limit", fmt.Sprint(cards))
	w.shows("0000 题")
	type answer struct {
		card    string
		quality int // SM-2's, one more than the key
	}
	var want []answer
	early := int64(0)
	for i := range cards {
		keys, card := []string{" 3", " 4"}[i%2], fmt.Sprintf("card-%04d", i)
		want = append(want, answer{card, 4 + i%2})
		if i%50 == 25 {
			keys, want = keys+"u 2u 4", append(want, answer{card, 3}, answer{card, 5})
		}
		for _, key := range keys {
			w.press(string(key))
			time.Sleep(time.Millisecond)
		}
		if i == cards/5 {
			w.shows(fmt.Sprintf("%04d 题", i+1))
			early = residentSize(t, w.command.Process)
		}
		if i == cards-2 {
			w.shows(fmt.Sprintf("%04d 题", i+1))
			if late := residentSize(t, w.command.Process); !testing.Short() && late > early*5/4 {
				t.Errorf("got %d KB after %d answers and %d KB after %d, want at most a quarter more", early>>10, cards/5, late>>10, i)
			}
		}
	}
	if code := w.ends(); code != 0 {
		t.Errorf("got exit %d, want 0", code)
	}

	db, err := sql.Open("sqlite", filepath.Join(home, "mindleaf.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var got []answer
	each(t, db, "SELECT uid, grade FROM event JOIN card ON id = card_id WHERE grade > 0 ORDER BY seq", func(scan func(...any)) {
		var a answer
		scan(&a.card, &a.quality)
		got = append(got, a)
	})
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("answer %d: got %v, want %v", i, got[i], want[i])
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %d answers, want %d", len(got), len(want))
	}
}

// BenchmarkTypist presses keys one after the other as soon as the screen shows
// what the last one did, and reports the median and the 99th of 100 from key to
// redraw. Half of the keys show an answer, half grade it, which writes it to disk.
func BenchmarkTypist(b *testing.B) {
	const cards = 500
	program := build(b, b.TempDir(), "mindleaf", ".")
	var times []time.Duration
	for b.Loop() {
		times = append(times, typed(b, program, typistDeck(b, cards), cards)...)
	}
	b.ReportMetric(float64(median(times).Microseconds())/1000, "ms/key")
	b.ReportMetric(float64(percentile(times, 99).Microseconds())/1000, "p99-ms/key")
	b.ReportMetric(0, "ns/op")
}

// typed answers all cards and returns how long each key took.
func typed(b *testing.B, program, home string, cards int) (times []time.Duration) {
	b.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, program, "review", "--home", home, "--new", fmt.Sprint(cards), "--limit", fmt.Sprint(cards))
	c.Env = append(os.Environ(), "TERM=xterm-256color", "LANG=C.UTF-8", "NO_COLOR=1")
	terminal, err := pty.StartWithSize(c, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		b.Fatal(err)
	}
	defer terminal.Close()
	press := func(key, shows string) {
		start := time.Now()
		if _, err := terminal.WriteString(key); err != nil {
			b.Fatal(err)
		}
		readUntil(b, terminal, shows)
		times = append(times, time.Since(start))
	}
	readUntil(b, terminal, "0000")
	for i := range cards - 1 {
		press(" ", fmt.Sprintf("%04d。", i))
		press("3", fmt.Sprintf("%04d ", i+1))
	}
	leave(b, terminal, c)
	return times
}
