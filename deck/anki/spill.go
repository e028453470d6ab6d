package anki

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"github.com/mindleaf/mindleaf/deck"
)

// spill keeps leaves in a file, because they must be put in order and there may be
// a great many of them.
type spill struct {
	file *os.File
	name string // "" once the file is taken out of its folder
	to   *bufio.Writer
	size int64
	buf  []byte
}

// spot is where a leaf lies in a spill.
type spot struct {
	at   int64
	size int32
}

// newSpill makes an empty spill. Where the system allows it the file is taken out of
// its folder at once, as that of a collection is.
func newSpill(folder string) (*spill, error) {
	f, err := os.CreateTemp(folder, "leaves-*")
	if err != nil {
		return nil, err
	}
	s := &spill{file: f, name: f.Name(), to: bufio.NewWriterSize(f, 64<<10)}
	if os.Remove(s.name) == nil {
		s.name = ""
	}
	return s, nil
}

func (s *spill) close() error {
	err := s.file.Close()
	if s.name != "" {
		err = errors.Join(err, os.Remove(s.name))
	}
	return err
}

// add puts a leaf at the end; its positions are lost.
func (s *spill) add(l *deck.Leaf) (spot, error) {
	p := packer{data: s.buf[:0]}
	p.leaf(l)
	s.buf = p.data
	in := spot{s.size, int32(len(p.data))}
	s.size += int64(len(p.data))
	_, err := s.to.Write(p.data)
	return in, err
}

// get returns a leaf. All that was added must be flushed.
func (s *spill) get(in spot) (l deck.Leaf, err error) {
	if int(in.size) > cap(s.buf) {
		s.buf = make([]byte, in.size)
	}
	buf := s.buf[:in.size]
	if _, err := s.file.ReadAt(buf, in.at); err != nil {
		return l, err
	}
	p := packer{from: string(buf), reading: true}
	p.leaf(&l)
	if p.broken || p.from != "" {
		return l, fmt.Errorf("%w: what was put aside has changed", ErrDamaged)
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
