package store

import (
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"modernc.org/sqlite"
)

// packRows is an SQL aggregate that packs rows for nextPacked: all its arguments but
// the last are integers, or NULL for 0, and the last is a text, or NULL for none. To
// ask SQLite for every column of every row costs several times as much as the row.
const packRows = "mindleaf_pack_rows"

// registerFunctions makes packRows known to connections that are opened afterwards.
var registerFunctions = sync.OnceValue(func() error {
	return sqlite.RegisterFunction(packRows, &sqlite.FunctionImpl{
		NArgs: -1, Deterministic: true,
		MakeAggregate: func(sqlite.FunctionContext) (sqlite.AggregateFunction, error) { return &rowPacker{}, nil },
		VolatileArgs:  true, // and so no text ends at a zero byte
	})
})

// rowPacker is an evaluation of packRows. All has the number of bytes and the packed
// row, for every row.
type rowPacker struct{ one, all []byte }

// Step adds a row.
func (p *rowPacker) Step(_ *sqlite.FunctionContext, args []driver.Value) error {
	p.one = p.one[:0]
	last := len(args) - 1
	for _, arg := range args[:last] {
		var n number
		if err := n.Scan(arg); err != nil {
			return err
		}
		p.one = binary.AppendVarint(p.one, int64(n))
	}
	var text words
	if err := text.Scan(args[last]); err != nil {
		return err
	}
	p.one = append(p.one, text...) // a copy: text is SQLite's
	p.all = binary.AppendUvarint(p.all, uint64(len(p.one)))
	p.all = append(p.all, p.one...)
	return nil
}

// WindowInverse refuses: rows are packed for good.
func (p *rowPacker) WindowInverse(*sqlite.FunctionContext, []driver.Value) error {
	return errors.New(packRows + " is no window function")
}

// WindowValue returns the rows.
func (p *rowPacker) WindowValue(*sqlite.FunctionContext) (driver.Value, error) { return p.all, nil }

// Final does nothing.
func (p *rowPacker) Final(*sqlite.FunctionContext) {}

// errPacked says that a packed row is not one.
var errPacked = errors.New("reading a packed row")

// nextPacked returns the first of packed rows, with and without what says how long it
// is, and those after it.
func nextPacked(rows []byte) (whole, row, rest []byte, err error) {
	length, size := binary.Uvarint(rows)
	if size <= 0 || length > uint64(len(rows)-size) {
		return nil, nil, nil, errPacked
	}
	end := size + int(length)
	return rows[:end], rows[size:end], rows[end:], nil
}

// eachPacked hands on packed rows, with and without what says how long they are.
func eachPacked(rows []byte, f func(whole, row []byte) error) error {
	for len(rows) > 0 {
		whole, row, rest, err := nextPacked(rows)
		if err != nil {
			return err
		}
		if err := f(whole, row); err != nil {
			return err
		}
		rows = rest
	}
	return nil
}

// packedRow is a packed row, from the next column on, and what was wrong with those
// before.
type packedRow struct {
	rest []byte
	err  error
}

// number reads a column that is an integer.
func (r *packedRow) number() int64 {
	n, size := binary.Varint(r.rest)
	if size <= 0 {
		r.rest, r.err = nil, errPacked
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

var errRange = errors.New("is out of range")

// narrow reads a column that is an integer of fewer bits.
func narrow[T ~int8 | ~int32 | ~uint32](r *packedRow) T {
	n := r.number()
	if int64(T(n)) != n {
		r.err = fmt.Errorf("%d %w", n, errRange)
	}
	return T(n)
}
