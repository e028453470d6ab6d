//go:build unix

package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestWriteResultLeavesWhatIsNoFile(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	a := &app{env: env{stdout: io.Discard, stderr: io.Discard}}
	err := a.writeResult(pipe, func(w io.Writer) error {
		_, err := io.WriteString(w, "导图")
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "is no file that can be replaced") {
		t.Errorf("got error %v, want that it cannot be replaced", err)
	}
	info, err := os.Lstat(pipe)
	if err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Errorf("got %v, %v, want the pipe still there", info, err)
	}
}

func TestWriteFileKeepsWhatIsThere(t *testing.T) {
	folder := t.TempDir()
	file, link := filepath.Join(folder, "deck.toml"), filepath.Join(folder, "link.toml")
	if err := errors.Join(os.WriteFile(file, nil, 0o600), os.Chmod(file, 0o640), os.Symlink(file, link)); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(link, strings.NewReader("新")); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if err != nil || string(got) != "新" {
		t.Errorf("got %q, %v behind the link", got, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("got permissions %v, %v, want 0640", info.Mode(), err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("got %v, %v, want a link", info, err)
	}
}
