package pack_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mindleaf/mindleaf/deck/pack"
)

type small int8

type thing struct {
	Text  string
	Texts []string
	Yes   bool
	Small small
	Large int64
	Parts []thing
}

func (t *thing) pack(p *pack.Packer) {
	p.Text(&t.Text)
	p.Texts(&t.Texts)
	p.Bool(&t.Yes)
	pack.Int(p, &t.Small)
	pack.Int(p, &t.Large)
	pack.List(p, &t.Parts, func(part *thing) { part.pack(p) })
}

func things() []thing {
	return []thing{
		{},
		{Text: "叶子\x00", Texts: []string{"", "b"}, Yes: true, Small: math.MinInt8, Large: math.MaxInt64},
		{Large: math.MinInt64, Small: math.MaxInt8, Parts: []thing{{Text: "a"}, {Parts: []thing{{Yes: true}}}}},
	}
}

func TestPacker(t *testing.T) {
	for _, want := range things() {
		to := pack.To(nil)
		want.pack(to)
		var got thing
		from := pack.From(string(to.Bytes()))
		got.pack(from)
		if diff := cmp.Diff(want, got); diff != "" || !from.Whole() {
			t.Errorf("whole: %v (-want +got):\n%s", from.Whole(), diff)
		}
		for n := range to.Bytes() {
			from := pack.From(string(to.Bytes()[:n]))
			new(thing).pack(from)
			if from.Whole() {
				t.Errorf("%d of %d bytes are whole", n, len(to.Bytes()))
			}
		}
		from = pack.From(string(to.Bytes()) + "x")
		new(thing).pack(from)
		if from.Whole() {
			t.Error("one byte more than there was is whole")
		}
	}
}

// TestIntTooLarge reads a number into a type that cannot hold it.
func TestIntTooLarge(t *testing.T) {
	to := pack.To(nil)
	large := int64(math.MaxInt8 + 1)
	pack.Int(to, &large)
	from := pack.From(string(to.Bytes()))
	var got small
	if pack.Int(from, &got); from.Whole() {
		t.Errorf("%d was read as %d", large, got)
	}
}

// FuzzPacker reads what nobody packed: what is whole can be packed again.
func FuzzPacker(f *testing.F) {
	for _, t := range things() {
		to := pack.To(nil)
		t.pack(to)
		f.Add(to.Bytes())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var got, again thing
		from := pack.From(string(data))
		got.pack(from)
		if !from.Whole() {
			return
		}
		to := pack.To(nil)
		got.pack(to)
		again.pack(pack.From(string(to.Bytes())))
		if diff := cmp.Diff(got, again); diff != "" {
			t.Error(diff)
		}
	})
}
