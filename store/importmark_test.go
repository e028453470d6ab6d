package store

import (
	"context"
	"os"
	"slices"
	"testing"
)

func TestImportIsMarked(t *testing.T) {
	ctx := context.Background()
	d := capitals(t)
	const interrupted = "an import was interrupted before its end: import it again"
	warned := func(want bool) {
		t.Helper()
		if got := slices.Contains(open(t, d.path).Warnings(), interrupted); got != want {
			t.Errorf("warned of an import: %v, want %v", got, want)
		}
	}
	begin := func() func() error {
		t.Helper()
		return must[func() error](t)(d.BeginImport(ctx))
	}
	done := begin()
	warned(false) // it is under way
	second := begin()
	if err := second(); err != nil {
		t.Error(err)
	}
	warned(false)
	if err := done(); err != nil {
		t.Error(err)
	}
	warned(false) // it is done
	if _, err := os.Lstat(d.importMark()); !os.IsNotExist(err) {
		t.Errorf("the mark stays: %v", err)
	}
	// A process that is gone leaves the mark without its lock.
	write(t, d.importMark(), nil)
	warned(true)
	warned(false) // it is said once
	write(t, d.importMark(), []byte("not ours at all, and no database"))
	warned(false)
}
