package store

import (
	"fmt"
	"time"

	"github.com/mindleaf/mindleaf/srs"
)

// The columns of an event that are numbers, in the order of rawColumns.
const (
	cardColumn = iota // the first, so that it is read without the others
	deviceColumn
	seqColumn
	clockColumn
	atColumn
	zoneColumn
	dayColumn
	kindColumn
	gradeColumn
	tookColumn
	targetDeviceColumn
	targetSeqColumn
	dueColumn
	levelColumn
	batchColumn
	schedulerColumn
	numberColumns // how many there are
)

// rawColumns are the columns of an event e without those of other tables.
const rawColumns = `e.card_id, e.device, e.seq, e.clock, e.at_ms, e.zone_min, e.day, e.kind, e.grade, e.took_ms,
	e.target_device, e.target_seq, e.due, e.level, e.batch, e.scheduler_id, e.text`

// eventRow is a row of the log, with the key of its scheduler.
type eventRow struct {
	n    [numberColumns]number
	text words
}

// number is a column that is an integer, or NULL for 0. What database/sql makes of
// one for a type that it does not know goes by way of text, and takes ten times as
// long; there are many in a log.
type number int64

// Scan takes a value of the driver.
func (n *number) Scan(value any) error { return take((*int64)(n), value) }

// numbers are columns that are integers.
func numbers(to ...*int64) []any {
	fields := make([]any, len(to))
	for i, n := range to {
		fields[i] = (*number)(n)
	}
	return fields
}

// small is a column that is an integer of fewer bits.
type small[T ~int8 | ~int32 | ~uint32] struct{ to *T }

// Scan takes a value of the driver.
func (s small[T]) Scan(value any) error {
	n, ok := value.(int64)
	if !ok {
		return fmt.Errorf("a %T where a number should be", value)
	}
	if *s.to = T(n); int64(*s.to) != n {
		return fmt.Errorf("%d is out of range", n)
	}
	return nil
}

// words are a column that is text, or NULL for none: most events have none, and the
// driver looks up what kind of column a text is from.
type words string

// Scan takes a value of the driver.
func (w *words) Scan(value any) error { return take((*string)(w), value) }

// take makes to what the driver gives, or empty for NULL.
func take[T int64 | string](to *T, value any) error {
	var ok bool
	if *to, ok = value.(T); !ok && value != nil {
		return fmt.Errorf("a %T where a %T should be", value, *to)
	}
	return nil
}

// fields are where rawColumns go.
func (r *eventRow) fields() []any {
	to := make([]any, 0, numberColumns+1)
	for i := range r.n {
		to = append(to, &r.n[i])
	}
	return append(to, &r.text)
}

// event returns the event, without the name of its scheduler.
func (r *eventRow) event() (e srs.Event, err error) {
	n := &r.n
	e = srs.Event{
		Key:   srs.EventKey{Device: int64(n[deviceColumn]), Seq: int64(n[seqColumn])},
		Clock: int64(n[clockColumn]),
		At:    time.UnixMilli(int64(n[atColumn])).In(time.FixedZone("", int(n[zoneColumn])*60)),
		Day:   srs.Day(n[dayColumn]), Kind: srs.EventKind(n[kindColumn]), Card: int64(n[cardColumn]), Grade: srs.Grade(n[gradeColumn]),
		Took:   time.Duration(n[tookColumn]) * time.Millisecond,
		Target: srs.EventKey{Device: int64(n[targetDeviceColumn]), Seq: int64(n[targetSeqColumn])},
		Due:    srs.Day(n[dueColumn]), Level: int8(n[levelColumn]), Batch: int64(n[batchColumn]), Text: string(r.text),
	}
	if number(e.Day) != n[dayColumn] || number(e.Kind) != n[kindColumn] || number(e.Grade) != n[gradeColumn] ||
		number(e.Due) != n[dueColumn] || number(e.Level) != n[levelColumn] {
		return e, fmt.Errorf("event %d of device %d: %w: a number is out of range", e.Key.Seq, e.Key.Device, errEvent)
	}
	return unpacked(e)
}

// unpack reads a row of rawColumns that packRows has packed.
func (r *eventRow) unpack(row []byte) error {
	p := packedRow{rest: row}
	for i := range r.n {
		r.n[i] = number(p.number())
	}
	r.text = words(p.rest)
	return p.err
}
