package sm2

import (
	"testing"

	"github.com/mindleaf/mindleaf/srs"
)

func BenchmarkNext(b *testing.B) {
	s, err := New(Default())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		s.Next(learned, 7, srs.Good, 130)
	}
}

func BenchmarkSchedulers(b *testing.B) {
	name := Default().name()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Schedulers(name); err != nil {
			b.Fatal(err)
		}
	}
}
