// Package pack turns values into bytes, and these into values again, for temporary
// files. The same calls do both, so that they cannot differ: what packs a value is
// given a Packer that writes, or one that reads.
package pack

import "encoding/binary"

// Packer writes values one after the other, or reads them in the same order.
type Packer struct {
	data    []byte
	from    string
	reading bool
	broken  bool
}

// To returns a Packer that appends to data what it is given.
func To(data []byte) *Packer { return &Packer{data: data} }

// From returns a Packer that sets what it is given to what was packed in data.
func From(data string) *Packer { return &Packer{from: data, reading: true} }

// Reading reports whether p reads.
func (p *Packer) Reading() bool { return p.reading }

// Bytes returns what was written.
func (p *Packer) Bytes() []byte { return p.data }

// Whole reports whether everything in what was read had its place, and nothing was
// missing. What was set is worth nothing otherwise.
func (p *Packer) Whole() bool { return !p.broken && p.from == "" }

// Text packs a text.
func (p *Packer) Text(s *string) {
	n := p.length(len(*s))
	if !p.reading {
		p.data = append(p.data, *s...)
		return
	}
	*s, p.from = p.from[:n], p.from[n:]
}

// Texts packs several texts.
func (p *Packer) Texts(l *[]string) { List(p, l, p.Text) }

// Bool packs a bool.
func (p *Packer) Bool(b *bool) {
	var n int8
	if *b {
		n = 1
	}
	Int(p, &n)
	if p.reading {
		*b = n == 1
	}
}

// Int packs a number, a small one in a byte.
func Int[T ~int | ~int8 | ~int16 | ~int32 | ~int64](p *Packer, n *T) {
	if !p.reading {
		p.data = binary.AppendVarint(p.data, int64(*n))
		return
	}
	read, size := binary.Varint([]byte(p.head()))
	if size <= 0 || int64(T(read)) != read {
		p.breakOff()
		return
	}
	*n, p.from = T(read), p.from[size:]
}

// List packs a list, of which one packs an element. An empty one is nil when it is
// read.
func List[T any](p *Packer, l *[]T, one func(*T)) {
	if n := p.length(len(*l)); p.reading && n > 0 {
		*l = make([]T, n)
	}
	for i := range *l {
		one(&(*l)[i])
	}
}

// length packs the length of what follows, or returns the one that was packed. It is
// never more than the bytes that are left, of which an element takes one at least.
func (p *Packer) length(n int) int {
	if !p.reading {
		p.data = binary.AppendUvarint(p.data, uint64(n))
		return n
	}
	read, size := binary.Uvarint([]byte(p.head()))
	if size <= 0 || read > uint64(len(p.from)-size) {
		p.breakOff()
		return 0
	}
	p.from = p.from[size:]
	return int(read)
}

func (p *Packer) head() string { return p.from[:min(len(p.from), binary.MaxVarintLen64)] }

func (p *Packer) breakOff() { p.broken, p.from = true, "" }
