package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/mindleaf/mindleaf/srs"
)

// The columns of an event that are numbers, in the order of rawColumns.
const (
	deviceColumn = iota
	seqColumn
	clockColumn
	atColumn
	zoneColumn
	dayColumn
	kindColumn
	cardColumn
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
const rawColumns = `e.device, e.seq, e.clock, e.at_ms, e.zone_min, e.day, e.kind, e.card_id, e.grade, e.took_ms,
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
		return e, fmt.Errorf("event %d of device %d: a number is out of range", e.Key.Seq, e.Key.Device)
	}
	return unpacked(e)
}

// pack appends the row to b, in some 30 bytes.
func (r *eventRow) pack(b []byte) []byte {
	for _, n := range r.n {
		b = binary.AppendVarint(b, int64(n))
	}
	b = binary.AppendUvarint(b, uint64(len(r.text)))
	return append(b, r.text...)
}

// errPacked says that what pack wrote is not what is there.
var errPacked = errors.New("reading a packed event")

// unpack reads what pack wrote, and returns the rest of b.
func (r *eventRow) unpack(b []byte) ([]byte, error) {
	for i := range r.n {
		n, size := binary.Varint(b)
		if size <= 0 {
			return nil, errPacked
		}
		r.n[i], b = number(n), b[size:]
	}
	length, size := binary.Uvarint(b)
	if size <= 0 || length > uint64(len(b)-size) {
		return nil, errPacked
	}
	b = b[size:]
	r.text = words(b[:length])
	return b[length:], nil
}
