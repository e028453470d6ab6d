package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/mindleaf/mindleaf/deck/property"
)

const jsonHead = `{"mindleaf": 1, "decks": [{"id": "many", "leaves": [{"entries": [{"id": "c0", "front": "Q", "back": "A"}]}]}], "events": [`

// jsonEvents writes an export of one card and so many events.
func jsonEvents(to io.Writer, events int) error {
	w := bufio.NewWriter(to)
	fmt.Fprint(w, jsonHead)
	for i := range events {
		if i > 0 {
			fmt.Fprint(w, ",")
		}
		fmt.Fprintf(w, "\n"+`{"device":"0123456789abcdef","seq":%d,"clock":%d,"at":"2026-01-05T09:00:00+08:00","day":"2026-01-05",`+
			`"kind":"review","deck":"many","card":"c%d","grade":4,"took_ms":5000,"scheduler":"sm2 reading=program multiplier=100"}`, i+1, i, i%1000)
	}
	fmt.Fprint(w, "\n]}\n")
	return w.Flush()
}

func jsonInput(file io.ReaderAt, size int64) *input {
	return &input{name: "all.json", file: file, size: size, flags: &importFlags{}}
}

// TestJSONImportHoldsNoHistory reads a long history and looks how much memory that
// takes: each event by itself would take more than all may.
func TestJSONImportHoldsNoHistory(t *testing.T) {
	property.OneAtATime(t) // the race detector would take memory of its own
	const events, most = 300_000, 100 << 20
	f, err := os.Create(filepath.Join(t.TempDir(), "all.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := jsonEvents(f, events); err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	defer saveMemory()()
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	peak, next := uint64(0), int64(0)
	in := jsonInput(f, info.Size())
	in.progress = func(done, _ int64) {
		if done >= next {
			runtime.ReadMemStats(&now)
			peak, next = max(peak, now.HeapAlloc), done+1<<20
		}
	}
	decks, err := readExportJSON(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	if used := int64(peak) - int64(before.HeapAlloc); used > most {
		t.Errorf("reading %d events takes %d MB, want at most %d", events, used>>20, most>>20)
	} else {
		t.Logf("reading %d events takes %d MB", events, used>>20)
	}
	n := 0
	for _, err := range decks[0].log.all {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != events {
		t.Errorf("got %d events, want %d", n, events)
	}
	if err := closeHistories(decks); err != nil {
		t.Error(err)
	}
}

func TestJSONImportBoundsAnEvent(t *testing.T) {
	text := jsonHead + `{"device":"a","kind":"review","text":"` + strings.Repeat("x", 2*maxEventBytes) + `"}]}`
	_, err := readExportJSON(context.Background(), jsonInput(strings.NewReader(text), int64(len(text))))
	if !errors.Is(err, errTooLarge) {
		t.Errorf("got %v, want %v", err, errTooLarge)
	}
}

func TestJSONImportCanBeInterrupted(t *testing.T) {
	var text bytes.Buffer
	if err := jsonEvents(&text, 20_000); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	in := jsonInput(bytes.NewReader(text.Bytes()), int64(text.Len()))
	in.progress = func(done, total int64) {
		if done > total/2 {
			cancel()
		}
	}
	if _, err := readExportJSON(ctx, in); !errors.Is(err, errInterrupted) {
		t.Errorf("got %v, want %v", err, errInterrupted)
	}
}

// TestLongExportFromAPipe reads an export that does not fit into what other formats may
// take of memory.
func TestLongExportFromAPipe(t *testing.T) {
	space := strings.NewReader(strings.Repeat(" ", maxImportBytes))
	pipe := io.MultiReader(strings.NewReader(`{"mindleaf": 1,`), space, strings.NewReader(strings.TrimPrefix(jsonHead, `{"mindleaf": 1,`)+"]}"))
	in := &input{name: "stdin", flags: &importFlags{}}
	err := readStream(in, pipe, func(in *input) error {
		decks, err := readExportJSON(context.Background(), in)
		if err == nil && (len(decks) != 1 || decks[0].deck.ID != "many") {
			t.Errorf("got %v", decks)
		}
		return errors.Join(err, closeHistories(decks))
	})
	if err != nil {
		t.Error(err)
	}
}
