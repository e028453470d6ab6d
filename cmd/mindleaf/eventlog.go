package main

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/mindleaf/mindleaf/deck/pack"
	"github.com/mindleaf/mindleaf/deck/spill"
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
	run := eventRun{at: g.size}
	var event, head []byte
	for i := range g.waiting {
		p := pack.To(event[:0])
		packEvent(p, &g.waiting[i])
		event = p.Bytes()
		head = binary.AppendUvarint(head[:0], uint64(len(event)))
		for _, part := range [][]byte{head, event} {
			n, err := to.Write(part)
			if err != nil {
				return err
			}
			run.size += int64(n)
		}
	}
	if err := to.Flush(); err != nil {
		return err
	}
	g.runs = append(g.runs, run)
	g.size += run.size
	clear(g.waiting)
	g.waiting, g.bytes = g.waiting[:0], 0
	return nil
}

// packEvent packs an event without its time zone's name.
func packEvent(p *pack.Packer, l *store.Logged) {
	e := &l.Event
	for _, n := range []*int64{&e.Key.Device, &e.Key.Seq, &e.Target.Device, &e.Target.Seq, &e.Clock, &e.Card, (*int64)(&e.Took), &e.Batch} {
		pack.Int(p, n)
	}
	packTime(p, &e.At)
	pack.Int(p, &e.Day)
	pack.Int(p, &e.Due)
	pack.Int(p, &e.Kind)
	pack.Int(p, &e.Grade)
	pack.Int(p, &e.Level)
	pack.Int(p, &e.Flag)
	pack.Int(p, &e.Given.Phase)
	pack.Int(p, &e.Given.Due)
	pack.Int(p, &e.Given.LastDay)
	pack.Int(p, &e.Given.IntervalDays)
	pack.Int(p, &e.Given.Ease)
	pack.Int(p, &e.Given.Reps)
	pack.Int(p, &e.Given.Lapses)
	for _, s := range []*string{&e.Scheduler, &e.Text, &l.Device, &l.TargetDevice, (*string)(&l.Deck), (*string)(&l.CardID)} {
		p.Text(s)
	}
	p.Bool(&l.Restates)
}

func packTime(p *pack.Packer, t *time.Time) {
	_, offset := t.Zone()
	seconds, nanoseconds := t.Unix(), t.Nanosecond()
	pack.Int(p, &seconds)
	pack.Int(p, &nanoseconds)
	pack.Int(p, &offset)
	if p.Reading() {
		*t = time.Unix(seconds, int64(nanoseconds)).In(time.FixedZone("", offset))
	}
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
		r := &runReader{order: i, from: bufio.NewReaderSize(io.NewSectionReader(g.file, run.at, run.size), 16<<10), size: run.size}
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
	from  *bufio.Reader
	size  int64 // of the run
	data  []byte
	event store.Logged
}

// read reads the next event. Its error is io.EOF after the last one.
func (r *runReader) read() error {
	size, err := binary.ReadUvarint(r.from)
	if err != nil {
		return err
	}
	if size > uint64(r.size) {
		return spill.ErrChanged
	}
	r.data = slices.Grow(r.data[:0], int(size))[:size]
	if _, err := io.ReadFull(r.from, r.data); errors.Is(err, io.EOF) {
		return spill.ErrChanged
	} else if err != nil {
		return err
	}
	r.event = store.Logged{}
	p := pack.From(string(r.data))
	packEvent(p, &r.event)
	if !p.Whole() {
		return spill.ErrChanged
	}
	return nil
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
