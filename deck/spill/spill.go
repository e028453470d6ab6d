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
	"github.com/mindleaf/mindleaf/deck/pack"
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
	p := pack.To(s.buf[:0])
	packLeaf(p, l)
	s.buf = p.Bytes()
	head := binary.AppendUvarint(nil, uint64(len(s.buf)))
	in := Spot{s.size + int64(len(head)), int32(len(s.buf))}
	s.size = in.at + int64(in.size)
	_, err := s.to.Write(head)
	if err == nil {
		_, err = s.to.Write(s.buf)
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
	p := pack.From(data)
	packLeaf(p, &l)
	if !p.Whole() {
		return l, ErrChanged
	}
	return l, nil
}

func packLeaf(p *pack.Packer, l *deck.Leaf) {
	p.Texts(&l.Path)
	p.Text(&l.Text)
	pack.Int(p, &l.Level)
	pack.List(p, &l.Entries, func(e *deck.Entry) { packEntry(p, e) })
}

func packEntry(p *pack.Packer, e *deck.Entry) {
	p.Text((*string)(&e.ID))
	pack.Int(p, &e.Kind)
	for _, s := range []*string{&e.Front, &e.Back, &e.Note, &e.Source} {
		p.Text(s)
	}
	pack.List(p, &e.Choices, func(o *deck.Option) {
		p.Text(&o.Text)
		p.Text(&o.Why)
	})
	for _, l := range []*[]string{&e.Accept, &e.Tags, &e.Media} {
		p.Texts(l)
	}
}
