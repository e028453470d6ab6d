// Package spill keeps the leaves of a deck in a file while they are put in order or
// must be visited again, because there may be a great many of them.
package spill

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"os"

	"github.com/mindleaf/mindleaf/deck"
)

// ErrChanged says that a leaf is not in the file any more as it was put there.
var ErrChanged = errors.New("what was put aside has changed")

// Spill is a file of leaves without their positions.
type Spill struct {
	file *os.File
	name string // "" once the file is taken out of its folder
	to   *bufio.Writer
	size int64
	buf  []byte
	// window is a part of the file that was read, from windowAt on: the next leaf
	// mostly lies behind the last one.
	window   []byte
	windowAt int64
}

// windowBytes is how much of the file is read for a leaf at least.
const windowBytes = 8 << 10

// Spot is where a leaf lies in a Spill.
type Spot struct {
	at   int64
	size int32
}

// New makes an empty Spill in a folder. Where the system allows it the file is taken
// out of the folder at once, so that nothing is left of it whatever happens.
func New(folder string) (*Spill, error) {
	f, err := os.CreateTemp(folder, "leaves-*")
	if err != nil {
		return nil, err
	}
	s := &Spill{file: f, name: f.Name(), to: bufio.NewWriterSize(f, 64<<10)}
	if os.Remove(s.name) == nil {
		s.name = ""
	}
	return s, nil
}

// Hidden reports whether the file is taken out of its folder already.
func (s *Spill) Hidden() bool { return s.name == "" }

// Close removes the file.
func (s *Spill) Close() error {
	err := s.file.Close()
	if s.name != "" {
		err = errors.Join(err, os.Remove(s.name))
	}
	return err
}

// Add puts a leaf at the end.
func (s *Spill) Add(l *deck.Leaf) (Spot, error) {
	p := packer{data: s.buf[:0]}
	p.leaf(l)
	s.buf = p.data
	head := binary.AppendUvarint(nil, uint64(len(p.data)))
	in := Spot{s.size + int64(len(head)), int32(len(p.data))}
	s.size = in.at + int64(in.size)
	_, err := s.to.Write(head)
	if err == nil {
		_, err = s.to.Write(p.data)
	}
	return in, err
}

// Flush must be called after the last leaf was added, before one is looked at.
func (s *Spill) Flush() error { return s.to.Flush() }

// Get returns a leaf. Its error is ErrChanged, or that of the file.
func (s *Spill) Get(in Spot) (l deck.Leaf, err error) {
	at := in.at - s.windowAt
	if at < 0 || at+int64(in.size) > int64(len(s.window)) {
		if err := s.look(in); err != nil {
			return l, err
		}
		at = 0
	}
	return unpack(string(s.window[at : at+int64(in.size)]))
}

// look makes the window begin with a leaf.
func (s *Spill) look(in Spot) error {
	window := s.window[:0]
	s.window, s.windowAt = nil, in.at
	if size := max(windowBytes, int(in.size)); cap(window) < size {
		window = make([]byte, size)
	}
	n, err := s.file.ReadAt(window[:cap(window)], in.at)
	if n < int(in.size) {
		return cmp.Or(err, io.ErrUnexpectedEOF)
	}
	s.window = window[:n]
	return nil
}

// All visits the leaves in the order in which they were added. It ends before one that
// cannot be read.
func (s *Spill) All(yield func(*deck.Leaf) bool) {
	from := bufio.NewReaderSize(io.NewSectionReader(s.file, 0, s.size), 64<<10)
	for {
		size, err := binary.ReadUvarint(from)
		if err != nil || size > uint64(s.size) {
			return
		}
		data := make([]byte, size)
		if _, err := io.ReadFull(from, data); err != nil {
			return
		}
		l, err := unpack(string(data))
		if err != nil || !yield(&l) {
			return
		}
	}
}

func unpack(data string) (l deck.Leaf, err error) {
	p := packer{from: data, reading: true}
	p.leaf(&l)
	if p.broken || p.from != "" {
		return l, ErrChanged
	}
	return l, nil
}

// packer makes bytes of a leaf, or a leaf of them when it is reading: the same
// methods do both, so that they cannot differ.
type packer struct {
	data    []byte
	from    string
	reading bool
	broken  bool
}

func (p *packer) leaf(l *deck.Leaf) {
	p.texts(&l.Path)
	p.text(&l.Text)
	packSmall(p, &l.Level)
	packList(p, &l.Entries, p.entry)
}

func (p *packer) entry(e *deck.Entry) {
	p.text((*string)(&e.ID))
	packSmall(p, &e.Kind)
	for _, s := range []*string{&e.Front, &e.Back, &e.Note, &e.Source} {
		p.text(s)
	}
	packList(p, &e.Choices, func(o *deck.Option) {
		p.text(&o.Text)
		p.text(&o.Why)
	})
	for _, l := range []*[]string{&e.Accept, &e.Tags, &e.Media} {
		p.texts(l)
	}
}

func (p *packer) texts(l *[]string) { packList(p, l, p.text) }

func (p *packer) text(s *string) {
	n := p.number(len(*s))
	if !p.reading {
		p.data = append(p.data, *s...)
		return
	}
	*s, p.from = p.from[:n], p.from[n:]
}

// number packs n, or returns what was packed. It is never more than what is left.
func (p *packer) number(n int) int {
	if !p.reading {
		p.data = binary.AppendUvarint(p.data, uint64(n))
		return n
	}
	head := p.from[:min(len(p.from), binary.MaxVarintLen64)]
	read, size := binary.Uvarint([]byte(head))
	if size <= 0 || read > uint64(len(p.from)-size) {
		p.broken, p.from = true, ""
		return 0
	}
	p.from = p.from[size:]
	return int(read)
}

// packSmall packs a kind or a level in a byte.
func packSmall[T ~int8](p *packer, n *T) {
	switch {
	case !p.reading:
		p.data = append(p.data, byte(*n))
	case p.from == "":
		p.broken = true
	default:
		*n, p.from = T(p.from[0]), p.from[1:]
	}
}

func packList[T any](p *packer, l *[]T, one func(*T)) {
	if n := p.number(len(*l)); p.reading && n > 0 {
		*l = make([]T, n)
	}
	for i := range *l {
		one(&(*l)[i])
	}
}
