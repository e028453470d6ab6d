package anki

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"
)

// large is a package of n basic notes with five reviews each, as a user of some
// years has it: Chinese and English, some HTML, tags, nested decks.
func large(tb testing.TB, n int) []byte {
	tb.Helper()
	f := stock()
	for i := range 50 {
		f.decks[int64(10+i)] = fmt.Sprintf("语言::第%d章::%d", i%10, i)
	}
	name := filepath.Join(tb.TempDir(), "c")
	if err := os.WriteFile(name, f.file(tb), 0o600); err != nil {
		tb.Fatal(err)
	}
	db, err := sql.Open("sqlite", fileURL(name)+"?_pragma=journal_mode(off)&_pragma=synchronous(off)")
	if err != nil {
		tb.Fatal(err)
	}
	for _, query := range []string{
		`WITH RECURSIVE i (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM i WHERE n < ?1) INSERT INTO notes SELECT 1600000000000 + n * 1000, 'guid' || n, 1, 0, 0,
			' 词汇 level' || n % 9 || ' ', '第' || n || '个问题：<b>Transformer</b> 为什么需要位置编码？' || char(31)
			|| '因为自注意力本身不区分词的先后，打乱词序后的输出只是同样地被打乱。<br>See&nbsp;<i>Vaswani</i> 2017, ' || n, '', 0, 0, '' FROM i`,
		`INSERT INTO cards SELECT id + 1, id, 10 + id / 1000 % 50, 0, 1700000000, 0, 2, 2, 60 + id / 1000 % 90, 5 + id / 1000 % 90, 2500, 5, 0, 0, 0, 0, 0, '{"pos":1}' FROM notes`,
		`WITH j (k) AS (VALUES (1), (2), (3), (4), (5)) INSERT INTO revlog SELECT 1700000000000 + k * 100000000 + (id - 1600000000000) / 100, id + 1, 0, 3, k * 2, k * 2 - 2, 2500, 5000, k > 1
			FROM notes, j`,
	} {
		args := []any{n}
		if query[0] == 'I' || query[:6] == "WITH j" {
			args = nil
		}
		if _, err := db.Exec(query, args...); err != nil {
			tb.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		tb.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	return archiveOf(tb, zipped{"collection.anki2", data}, zipped{"media", []byte("{}")})
}

// BenchmarkRead reads 100,000 notes with 500,000 reviews, one at a time.
func BenchmarkRead(b *testing.B) {
	const notes = 100_000
	data := large(b, notes)
	ctx := context.Background()
	folder := b.TempDir()
	runtime.GC()
	peak := watchHeap(b)
	for b.Loop() {
		p, err := Open(ctx, bytes.NewReader(data), int64(len(data)), Options{Folder: folder, Now: now})
		if err != nil {
			b.Fatal(err)
		}
		if err := p.Notes(ctx, func(*Note) error { return nil }); err != nil {
			b.Fatal(err)
		}
		reviews := 0
		if err := p.History(ctx, func(g *Progress) error { reviews += len(g.Events); return nil }); err != nil {
			b.Fatal(err)
		}
		if reviews != 5*notes || p.Report().Cards != notes {
			b.Fatalf("%d cards and %d reviews", p.Report().Cards, reviews)
		}
		if err := p.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(notes*b.N)/b.Elapsed().Seconds(), "cards/s")
	b.ReportMetric(float64(peak()-int64(len(data)))/(1<<20), "peak-MB")
}

// watchHeap returns what tells the highest size of the heap since, the file in
// memory included.
func watchHeap(b *testing.B) (peak func() int64) {
	var most atomic.Int64
	done := make(chan struct{})
	go func() {
		var m runtime.MemStats
		for {
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
				runtime.ReadMemStats(&m)
				most.Store(max(most.Load(), int64(m.HeapInuse)))
			}
		}
	}()
	return func() int64 { close(done); return most.Load() }
}
