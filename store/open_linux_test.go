package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/mindleaf/mindleaf/srs"
)

// asNobody runs f with the rights of no user where this one may write
// everything: the superuser.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if os.Geteuid() == 0 {
		const nobody = 65534
		runtime.LockOSThread()
		if err := syscall.Setfsuid(nobody); err != nil {
			t.Skip("the superuser may write everything")
		}
		defer func() { _ = syscall.Setfsuid(0) }() // the thread stays locked and ends with the test
	}
	f()
}

func TestOpenReadOnly(t *testing.T) {
	for name, modes := range map[string][2]os.FileMode{
		"file": {0o444, 0o777}, "folder": {0o666, 0o555}, "both": {0o444, 0o555}, "secret": {0, 0o755}, "missing": {0, 0o555},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			for f := folder; f != os.TempDir() && f != "/"; f = filepath.Dir(f) {
				if err := os.Chmod(f, 0o755); err != nil {
					t.Fatal(err)
				}
			}
			path := filepath.Join(folder, "progress.db")
			before := contentOf(t, made(t, 10))
			if name != "missing" {
				write(t, path, before)
				if err := os.Chmod(path, modes[0]); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Chmod(folder, modes[1]); err != nil {
				t.Fatal(err)
			}
			defer func() { _ = os.Chmod(folder, 0o700) }()
			asNobody(t, func() {
				d, err := Open(context.Background(), path, options())
				if err == nil { // what was learned may still be looked at
					_, err = d.Record(context.Background(), review(1, srs.Good, today))
					err = errors.Join(err, d.Close())
				}
				if !errors.Is(err, ErrReadOnly) {
					t.Errorf("got %v, want %v", err, ErrReadOnly)
				}
			})
			if err := os.Chmod(path, 0o600); err == nil && !bytes.Equal(before, contentOf(t, path)) {
				t.Error("the file was changed")
			}
		})
	}
}
