package main

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/gob"
	"errors"
	"io"
	"slices"

	"github.com/mindleaf/mindleaf/store"
)

// eventLog is a log of any length on its way into the store, which is fast when the
// events of a card follow each other: an export has them by time. It is put in order
// in pieces that fit into memory, which are then merged from a temporary file.
type eventLog struct {
	// waiting are events that are not in the file yet, about so many bytes, and of
	// them at most so many.
	waiting     []store.Logged
	bytes, most int
	file        *hidden // nil as long as all fit into memory
	size        int64
	runs        []eventRun
}

// eventRun is where in the file there are events in order.
type eventRun struct{ at, size int64 }

const (
	// eventBytes is about what an event takes in memory, but for its text.
	eventBytes = 400
	// logBytes is how much memory the events of an eventLog may take, about.
	logBytes = 24 << 20
)

func newEventLog() *eventLog { return &eventLog{most: logBytes} }

// add puts an event into the log.
func (g *eventLog) add(l store.Logged) error {
	g.waiting = append(g.waiting, l)
	if g.bytes += eventBytes + len(l.Text); g.bytes < g.most {
		return nil
	}
	return g.spill()
}

// done must be called after the last event was added.
func (g *eventLog) done() error {
	if g.file == nil {
		slices.SortStableFunc(g.waiting, byCard)
		return nil
	}
	if len(g.waiting) == 0 {
		return nil
	}
	err := g.spill()
	g.waiting = nil
	return err
}

func (g *eventLog) empty() bool { return len(g.waiting) == 0 && len(g.runs) == 0 }

// byCard is the order in which the store likes events best.
func byCard(a, b store.Logged) int {
	return cmp.Or(cmp.Compare(a.Deck, b.Deck), cmp.Compare(a.CardID, b.CardID))
}

// spill writes the events that wait to the file.
func (g *eventLog) spill() (err error) {
	if g.file == nil {
		if g.file, err = newHidden(); err != nil {
			return err
		}
	}
	slices.SortStableFunc(g.waiting, byCard)
	to := bufio.NewWriterSize(io.NewOffsetWriter(g.file, g.size), 64<<10)
	counted := &countedWriter{to: to}
	encoder := gob.NewEncoder(counted)
	for i := range g.waiting {
		if err := encoder.Encode(&g.waiting[i]); err != nil {
			return err
		}
	}
	if err := to.Flush(); err != nil {
		return err
	}
	g.runs = append(g.runs, eventRun{g.size, counted.size})
	g.size += counted.size
	clear(g.waiting)
	g.waiting, g.bytes = g.waiting[:0], 0
	return nil
}

type countedWriter struct {
	to   io.Writer
	size int64
}

// Write writes on.
func (c *countedWriter) Write(b []byte) (int, error) {
	n, err := c.to.Write(b)
	c.size += int64(n)
	return n, err
}

// all visits the events, those of a card one after another and in the order in which
// they were added.
func (g *eventLog) all(yield func(store.Logged, error) bool) {
	if g.file == nil {
		for _, l := range g.waiting {
			if !yield(l, nil) {
				return
			}
		}
		return
	}
	var next eventHeap
	for i, run := range g.runs {
		r := &runReader{order: i, from: gob.NewDecoder(bufio.NewReaderSize(io.NewSectionReader(g.file, run.at, run.size), 16<<10))}
		if err := r.read(); err != nil {
			yield(store.Logged{}, err)
			return
		}
		next = append(next, r)
	}
	heap.Init(&next)
	for len(next) > 0 {
		if !yield(next[0].event, nil) {
			return
		}
		switch err := next[0].read(); {
		case err == nil:
			heap.Fix(&next, 0)
		case errors.Is(err, io.EOF):
			heap.Pop(&next)
		default:
			yield(store.Logged{}, err)
			return
		}
	}
}

// close removes the file.
func (g *eventLog) close() error {
	if g.file == nil {
		return nil
	}
	return g.file.close()
}

// runReader reads the events of a run.
type runReader struct {
	order int
	from  *gob.Decoder
	event store.Logged
}

func (r *runReader) read() error {
	r.event = store.Logged{} // of which only what is not zero is read
	return r.from.Decode(&r.event)
}

// eventHeap has the reader with the next event first.
type eventHeap []*runReader

// Len is the number of readers.
func (h eventHeap) Len() int { return len(h) }

// Less reports whether the event of reader i comes before that of j.
func (h eventHeap) Less(i, j int) bool {
	return cmp.Or(byCard(h[i].event, h[j].event), cmp.Compare(h[i].order, h[j].order)) < 0
}

// Swap swaps two readers.
func (h eventHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }

// Push adds a reader.
func (h *eventHeap) Push(r any) { *h = append(*h, r.(*runReader)) }

// Pop removes the last reader.
func (h *eventHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
